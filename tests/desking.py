"""A record with answers and twelve claims to review at the desk, and the desk as the command makes it."""

import datetime
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from comparing import ORCID, RECORD, content, make_project

from generator import load
from generator.check import differences
from generator.cli.desk import _page
from generator.cli.desk_results import apply_sent
from generator.desk.server import Desk, make_server
from generator.desk.session import Ended, Given, Session
from generator.guideline import Guideline

TODAY = datetime.date(2026, 1, 20)
ANSWERS = """answers:
  steps:
    text: Marker A may be higher in adults after 3 weeks.
    rests_on: [practice/markers#a-rose, {claim: indications/pemphigus#response, indirect: disease}]
    otherwise: [indications/pemphigus#no-response]
not_known: [{questions: [basis], because: Nobody looked for it., beside: [practice/markers#b-rose]}]
claims:
"""
AGREED = Ended(interests="none", not_author=True)


def make_desk_project(folder: Path) -> Path:
    """Return a project whose record has an answer, a question not known and twelve claims."""
    project = make_project(folder)
    change(project, f"{RECORD}.yaml", "claims:\n", ANSWERS)
    return project


def change(project: Path, file: str, old: str, new: str) -> None:
    path = project / "content" / file
    assert old in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")


def session_of(
    project: Path,
    by: str | None = ORCID,
    state: bytes = b"",
    keep: Callable[[bytes], None] = lambda _: None,
    guideline: Guideline | None = None,
    seed: str = "",
) -> Session:
    texts = load.load_texts(project.parent / "texts").get
    return Session(guideline or content(project), RECORD, by, texts, differences, keep, state, seed)


def false_numbers(session: Session) -> list[int]:
    return [number for number, item in enumerate(session.items) if item.pair.altered]


def read_all(session: Session, **otherwise: Any) -> None:
    """Judge each open item as a reader who reads: a false one is wrong, the others are agreed to."""
    for number, item in enumerate(session.items):
        if number not in session.given:
            verdict = "wrong" if item.pair.altered else "agreed"
            reasons = ("It is so.",) * len(item.pair.differences) if verdict == "agreed" else ()
            session.answer(Given.model_validate({"number": number, "verdict": verdict, "reasons": reasons} | otherwise))


def read_through(session: Session) -> None:
    """Read all, and what was changed on purpose once more as it stands."""
    read_all(session)
    if "revealed" in session.check():
        read_all(session)
    assert "agreed" in session.check()


@contextmanager
def served(project: Path, session: Session | None = None) -> Iterator[tuple[Desk, int]]:
    """Serve the desk of a project as the command does."""
    known = session or session_of(project)
    desk = Desk(known, lambda ended: apply_sent(project, known.end(ended, TODAY), commit=False), _page())
    server = make_server(desk, 0)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield desk, server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


def ask(port: int, method: str, address: str, body: object = None, **headers: str | None) -> tuple[int, Any]:
    """Ask as the page does, with some headers otherwise or, if None, left out; return the status and what was said."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode() if body is not None else b""
    usual = {
        "Host": f"127.0.0.1:{port}",
        "Origin": f"http://127.0.0.1:{port}",
        "Sec-Fetch-Site": "same-origin",
        "Content-Type": "application/json",
        "Content-Length": str(len(raw)),
    }
    sent = usual | {name.replace("_", "-"): value for name, value in headers.items()}
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    connection.putrequest(method, address, skip_host=True, skip_accept_encoding=True)
    for name, value in sent.items():
        if value is not None:
            connection.putheader(name, value)
    connection.endheaders(raw)
    answer = connection.getresponse()
    content_ = answer.read()
    connection.close()
    is_json = answer.headers["Content-Type"] == "application/json"
    return answer.status, json.loads(content_) if is_json else content_
