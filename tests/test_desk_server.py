"""The desk answers its own page and nobody else: not other pages, not other names, not who has no key."""

import json
import re
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE
from typing import Any
from urllib.parse import urlsplit

import pytest
from cases import git
from comparing import ORCID, RECORD, content, kept, run
from desking import ask, false_numbers, read_through, served, session_of

from generator.cli import PROJECT
from generator.cli.desk import HELD, _page, _serve
from generator.comparing.alter import rank
from generator.desk.server import MOST_BYTES, Desk, make_server
from generator.desk.session import Ended
from generator.write import hold

GIVEN = {"number": 0, "verdict": "agreed"}


@pytest.fixture
def project(desk_project: Path) -> Path:
    return desk_project


@pytest.fixture
def desk(project: Path) -> Iterator[tuple[Desk, int]]:
    """A desk that nobody has opened."""
    with served(project) as found:
        yield found


@pytest.fixture(scope="module")
def open_desk(locked_desk: Path) -> Iterator[tuple[int, str]]:
    """The port of a desk that was opened, and its key: for all that is refused and changes nothing."""
    with served(locked_desk) as found:
        yield found[1], key_of(found)


def key_of(desk: tuple[Desk, int]) -> str:
    status, said = ask(desk[1], "POST", "/open", {"token": desk[0].token})
    assert status == 200
    return str(said["key"])


def given(open_desk: tuple[int, str]) -> object:
    return ask(open_desk[0], "POST", "/queue", {}, X_Desk_Key=open_desk[1])[1]["given"]


def test_the_page_asks_and_is_answered(desk: tuple[Desk, int]) -> None:
    port, key = desk[1], key_of(desk)
    status, queue = ask(port, "POST", "/queue", {}, X_Desk_Key=key)
    assert (status, len(queue["items"]), queue["by"], queue["given"]) == (200, 14, ORCID, [])
    assert ask(port, "POST", "/answer", GIVEN, X_Desk_Key=key) == (200, None)
    assert ask(port, "POST", "/queue", {}, X_Desk_Key=key)[1]["given"] == [{**GIVEN, "note": None, "reasons": []}]
    assert ask(port, "POST", "/withdraw", {"number": 0}, X_Desk_Key=key) == (200, None)
    assert ask(port, "POST", "/check", {}, X_Desk_Key=key) == (409, {"wrong": "not yet: 14 open"})


def test_it_listens_on_loopback_alone(open_desk: tuple[int, str]) -> None:
    """On Linux all of 127.0.0.0/8 is this machine: another of its addresses stands for any other interface."""
    with socket.socket() as other:
        other.settimeout(2)
        assert other.connect_ex(("127.0.0.2", open_desk[0])) != 0


def test_the_token_of_the_address_opens_the_desk_once(desk: tuple[Desk, int]) -> None:
    token, port = desk[0].token, desk[1]
    assert ask(port, "POST", "/open", {"token": "x" * len(token)})[0] == 403
    assert ask(port, "POST", "/open", {"token": ""})[0] == 403
    key_of(desk)
    for again in (token, ""):
        assert ask(port, "POST", "/open", {"token": again})[0] == 403


@pytest.mark.parametrize("key", ["", None])
def test_a_desk_that_nobody_has_opened_answers_nobody(key: str | None, desk: tuple[Desk, int]) -> None:
    assert ask(desk[1], "POST", "/queue", {}, X_Desk_Key=key)[0] == 403


FORGED: dict[str, tuple[int, dict[str, Any]]] = {
    "no key": (403, {"X_Desk_Key": None}),
    "a wrong key": (403, {"X_Desk_Key": "x"}),
    "a key that is no ASCII": (403, {"X_Desk_Key": "\xff"}),
    "another origin": (403, {"Origin": "http://evil.example"}),
    "another port of this machine": (403, {"Origin": "http://127.0.0.1:1"}),
    "an origin that is none": (403, {"Origin": "null"}),
    "no origin": (403, {"Origin": None}),
    "another site": (403, {"Sec_Fetch_Site": "cross-site"}),
    "a sibling": (403, {"Sec_Fetch_Site": "same-site"}),
    "the address bar": (403, {"Sec_Fetch_Site": "none"}),
    "another host": (421, {"Host": "evil.example"}),
    "another host with this port": (421, {"Host": "evil.example:{port}", "Origin": "http://evil.example:{port}"}),
    "this host without its port": (421, {"Host": "127.0.0.1"}),
    "no host": (421, {"Host": None}),
    "a form": (415, {"Content_Type": "application/x-www-form-urlencoded"}),
    "text, as a form sends it without being asked for": (415, {"Content_Type": "text/plain"}),
    "JSON with a charset": (415, {"Content_Type": "application/json; charset=utf-16"}),
    "no type": (415, {"Content_Type": None}),
    "in pieces": (415, {"Transfer_Encoding": "chunked"}),
    "no length": (411, {"Content_Length": None}),
    "a negative length": (411, {"Content_Length": "-1"}),
    "a length in other digits": (411, {"Content_Length": "٣"}),
    "a length beyond the limit": (413, {"Content_Length": str(MOST_BYTES + 1)}),
    "a length beyond reason": (413, {"Content_Length": "9" * 5000}),
}


@pytest.mark.parametrize("what", FORGED)
def test_a_forged_request_is_refused_and_changes_nothing(what: str, open_desk: tuple[int, str]) -> None:
    port, key = open_desk
    status, headers = FORGED[what]
    named = {name: str(value).format(port=port) if value else value for name, value in headers.items()}
    if any(value and not value.isascii() for value in named.values()):
        named = {name: value.encode().decode("latin-1") if value else value for name, value in named.items()}
    found, said = ask(port, "POST", "/answer", GIVEN, **{"X_Desk_Key": key, **named})
    assert (found, [*said]) == (status, ["wrong"])
    assert given(open_desk) == []


BODIES = {
    "no JSON": b"number=0&verdict=agreed",
    "nothing": b"",
    "no UTF-8": b'{"number": 0, "verdict": "\xff"}',
    "nested": b"[" * 20_000,
    "a verdict that is none": b'{"number": 0, "verdict": "perfect"}',
    "a number below nought": b'{"number": -1, "verdict": "agreed"}',
    "a number as text": b'{"number": "0", "verdict": "agreed"}',
    "a key of its own": b'{"number": 0, "verdict": "agreed", "by": "somebody"}',
    "a note of two lines": b'{"number": 0, "verdict": "agreed", "note": "a\\nb"}',
    "a note that turns": '{"number": 0, "verdict": "agreed", "note": "a \u202e b"}'.encode(),
    "reasons without end": json.dumps({**GIVEN, "reasons": ["a"] * 60}).encode(),
}


@pytest.mark.parametrize("what", BODIES)
def test_a_body_that_is_no_answer_is_refused(what: str, open_desk: tuple[int, str]) -> None:
    status, said = ask(open_desk[0], "POST", "/answer", BODIES[what], X_Desk_Key=open_desk[1])
    assert (status, [*said]) == (400, ["wrong"])
    assert given(open_desk) == []


def test_a_number_beyond_the_last_item_is_refused(open_desk: tuple[int, str]) -> None:
    port, key = open_desk
    assert ask(port, "POST", "/answer", {**GIVEN, "number": 10**30}, X_Desk_Key=key)[0] in (400, 409)
    assert ask(port, "POST", "/withdraw", {"number": 14}, X_Desk_Key=key)[0] == 409


PATHS = [
    "/../pyproject.toml",
    "/..%2f..%2fetc/passwd",
    "/%2e%2e/",
    "//etc/passwd",
    "/desk.js/..",
    "/desk.html?x",
    "/content",
]


@pytest.mark.parametrize("path", [*PATHS, "/content", "/.cache", "/__init__.py", "/desk.js%00", "http://evil.example/"])
def test_no_other_file_is_given_out(path: str, open_desk: tuple[int, str]) -> None:
    assert ask(open_desk[0], "GET", path, Origin=None) == (404, {"wrong": "nothing is here"})
    assert ask(open_desk[0], "POST", path, {}, X_Desk_Key=open_desk[1])[0] == 404


@pytest.mark.parametrize("address", ["/queue", "/answer", "/open", "/end"])
def test_nothing_is_asked_by_an_address_alone(address: str, open_desk: tuple[int, str]) -> None:
    """As an image or a link of another page would."""
    assert ask(open_desk[0], "GET", address, X_Desk_Key=open_desk[1])[0] == 404


@pytest.mark.parametrize("method", ["OPTIONS", "PUT", "DELETE", "HEAD"])
def test_no_other_method_is_answered_and_no_other_origin_is_let_in(method: str, open_desk: tuple[int, str]) -> None:
    with socket.create_connection(("127.0.0.1", open_desk[0]), timeout=5) as connection:
        lines = [f"{method} /answer HTTP/1.1", f"Host: 127.0.0.1:{open_desk[0]}", "Origin: http://evil.example", "", ""]
        connection.sendall("\r\n".join(lines).encode())
        answer = connection.recv(65536).decode()
    assert answer.startswith("HTTP/1.1 501")
    assert "access-control" not in answer.lower()


@pytest.mark.parametrize("address", ["/", "/desk.html", "/desk.js", "/desk.css", "/item.js"])
def test_the_page_says_what_a_browser_may_do_and_holds_no_content(address: str, open_desk: tuple[int, str]) -> None:
    with socket.create_connection(("127.0.0.1", open_desk[0]), timeout=5) as connection:
        connection.sendall(
            f"GET {address} HTTP/1.1\r\nHost: localhost:{open_desk[0]}\r\nConnection: close\r\n\r\n".encode()
        )
        answer = b"".join(iter(lambda: connection.recv(65536), b"")).decode()
    head, _, body = answer.partition("\r\n\r\n")
    assert head.startswith("HTTP/1.1 200")
    for line in (
        "Cache-Control: no-store",
        "X-Content-Type-Options: nosniff",
        "Referrer-Policy: no-referrer",
        "Cross-Origin-Resource-Policy: same-origin",
        "X-Frame-Options: DENY",
    ):
        assert line in head.split("\r\n")
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in head
    assert "unsafe" not in head
    assert "Set-Cookie" not in head
    assert "arker" not in body
    assert "<script>" not in body
    assert " style=" not in body
    assert "innerHTML" not in body


def test_a_page_that_was_closed_meanwhile_is_no_error(capfd: pytest.CaptureFixture[str]) -> None:
    server = make_server(Desk(None, None, {}), 0)  # type: ignore[arg-type]
    for error in (BrokenPipeError(), ConnectionResetError(), ValueError("a bug")):
        try:
            raise error
        except Exception:
            server.handle_error(None, ("127.0.0.1", 1))  # type: ignore[arg-type]
    server.server_close()
    told = capfd.readouterr().err
    assert told.count("Traceback") == 1
    assert "a bug" in told


def test_a_port_that_is_taken_is_told_in_words(open_desk: tuple[int, str], project: Path) -> None:
    result = run(
        project, "desk", RECORD, "--texts", str(project.parent / "texts"), "--no-open", "--port", str(open_desk[0])
    )
    assert result.exit_code == 2
    assert f"port {open_desk[0]} cannot be had (Address already in use): leave out --port" in result.output


def test_a_second_desk_of_a_record_says_where_the_first_is(project: Path) -> None:
    held = project / HELD / f"{rank(RECORD, ORCID)}.open"
    held.parent.mkdir(parents=True)
    held.write_text("http://127.0.0.1:1/", "utf-8")  # of a process that is dead
    with hold(held) as say:
        assert held.read_text("utf-8") == ""
        say("http://127.0.0.1:2/")
        asked = ["desk", RECORD, "--texts", str(project.parent / "texts"), "--no-open"]
        result = run(project, *asked, "--by", f"https://orcid.org/{ORCID}")
        assert result.exit_code == 2
        assert f"{RECORD} is open already at http://127.0.0.1:2/: go on there" in result.output
        assert held.read_text("utf-8") == "http://127.0.0.1:2/"
    with hold(held):
        pass


def test_a_review_ends_once(project: Path) -> None:
    session = session_of(project)
    read_through(session)
    with served(project, session) as desk:
        key = key_of(desk)
        assert ask(desk[1], "POST", "/end", {}, X_Desk_Key=key)[0] == 409
        declared = Ended(interests="none", not_author=True).model_dump()
        status, said = ask(desk[1], "POST", "/end", declared, X_Desk_Key=key)
        assert (status, said["done"][-1]) == (200, f"{RECORD} is reviewed by {ORCID}")
        assert desk[0].ended.wait(timeout=5)
        assert ask(desk[1], "POST", "/end", declared, X_Desk_Key=key) == (409, {"wrong": "this review has ended"})
    assert len(kept(project)) == 14
    assert content(project).records[RECORD].standing != "unreviewed"


@contextmanager
def command(project: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], int, str]]:
    """Run the command as a reader does; give its process, its port and the key to it."""
    asked = [sys.executable, "-m", "generator", "--project", str(project), "desk", RECORD, "--by", ORCID, "--no-open"]
    texts = ["--texts", str(project.parent / "texts")]
    pipes = {"stdout": PIPE, "stderr": PIPE, "text": True}
    with subprocess.Popen([*asked, *texts, *arguments], cwd=PROJECT, preexec_fn=_heed_interrupts, **pipes) as process:
        try:
            assert process.stdout
            address = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/#(\S+)\n", process.stdout.readline())
            assert address
            port = int(address[1])
            yield process, port, str(ask(port, "POST", "/open", {"token": address[2]})[1]["key"])
            assert process.wait(timeout=20) is not None
        finally:
            process.kill()  # one that does not end would be waited for without end


def _heed_interrupts() -> None:
    """Take Ctrl+C, which a program that is started in the background of a shell is told to ignore."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.wide
def test_the_command_holds_what_was_said_until_the_review_ends_and_commits_it(project: Path) -> None:
    """As a whole: stopped with Ctrl+C it goes on, and leaves no word of a source, in the project or beside it."""
    for arguments in (["init", "-q"], ["add", "content"], ["commit", "-q", "-m", "Begin"]):
        git(project, *arguments)
    for name, value in (("name", "Test"), ("email", "test@example.org")):
        git(project, "config", f"user.{name}", value)
    with command(project, "--commit") as (process, port, key):
        assert ask(port, "POST", "/answer", {"number": 1, "verdict": "agreed"}, X_Desk_Key=key)[0] == 200
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 1
    (held,) = (project / ".cache/desk").glob("*.json")
    assert "arker" not in held.read_text("utf-8")
    session = session_of(project, state=held.read_bytes())
    assert [*session.given] == [1]
    (false,) = false_numbers(session)
    with command(project, "--commit") as (process, port, key):
        assert [one["number"] for one in ask(port, "POST", "/queue", {}, X_Desk_Key=key)[1]["given"]] == [1]
        for number in range(14):
            verdict = "wrong" if number == false else "agreed"
            assert ask(port, "POST", "/answer", {"number": number, "verdict": verdict}, X_Desk_Key=key)[0] == 200
        assert len(ask(port, "POST", "/check", {}, X_Desk_Key=key)[1]["revealed"]) == 1
        assert ask(port, "POST", "/answer", {"number": 14, "verdict": "agreed"}, X_Desk_Key=key)[0] == 200
        declared = {"interests": "none", "not_author": True}
        done = ask(port, "POST", "/end", declared, X_Desk_Key=key)[1]["done"]
        assert process.wait(timeout=20) == 0
    assert done[2] == f"{RECORD} is reviewed by {ORCID}"
    assert list((project / ".cache/desk").glob("*.json")) == []
    assert git(project, "log", "--format=%s").splitlines() == [f"Review {RECORD}", "Begin"]
    assert git(project, "status", "--porcelain", "content") == ""


def test_the_browser_is_started_without_the_token_on_its_command_line(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = Desk(session_of(project), lambda _: [], _page())
    opened: list[Path] = []

    def look(address: str) -> None:
        assert desk.token not in address
        file = Path(urlsplit(address).path)
        assert (stat.S_IMODE(file.stat().st_mode), stat.S_IMODE(file.parent.stat().st_mode)) == (0o600, 0o700)
        (target,) = re.findall('url=([^"]+)', file.read_text("utf-8"))
        assert target == capsys.readouterr().out.strip()
        opened.append(file)
        desk.ended.set()

    monkeypatch.setattr("webbrowser.open", look)
    _serve(desk, 0, no_open=False, say=lambda _: None)
    assert [file.parent.exists() for file in opened] == [False]


def test_what_comes_with_a_get_is_not_read_as_a_request(project: Path) -> None:
    with served(project) as (_, port), socket.create_connection(("127.0.0.1", port)) as connection:
        host = f"Host: 127.0.0.1:{port}\r\n\r\n"
        inside = f"GET /none HTTP/1.1\r\n{host}"
        connection.sendall(f"GET / HTTP/1.1\r\nContent-Length: {len(inside)}\r\n{host}{inside}".encode())
        with connection.makefile("rb") as answers:
            assert answers.read().count(b"HTTP/1.1 ") == 1


def test_what_a_form_of_another_page_sends_is_not_read_as_a_request_of_the_desks_own(
    open_desk: tuple[int, str],
) -> None:
    """Its body stays unread where it is refused: the connection ends with it."""
    port, key = open_desk
    own = f"Host: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
    inside = f"POST /queue HTTP/1.1\r\n{own}X-Desk-Key: {key}\r\nContent-Length: 2\r\n\r\n{{}}"
    form = f"Host: 127.0.0.1:{port}\r\nOrigin: http://evil.example\r\nContent-Type: text/plain\r\n"
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(f"POST / HTTP/1.1\r\n{form}Content-Length: {len(inside)}\r\n\r\n{inside}".encode())
        with connection.makefile("rb") as answers:
            assert re.findall(rb"HTTP/1.1 (...)", answers.read()) == [b"403"]
