"""`make serve`: the open page follows a save, once; what editors leave stops nothing; nothing is written."""

import re
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from cases import make_small_project
from watchdog.events import FileClosedNoWriteEvent, FileModifiedEvent, FileMovedEvent

from generator.preview.server import QUIET, _Watcher

PAGE = "indications/pemphigus/"
RECORD = "content/indications/pemphigus.yaml"


class Served:
    """A project that is served: what its addresses answer, and what the server says."""

    def __init__(self, project: Path, address: str, said: list[str]):
        self.project, self.address, self.said = project, address, said

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.address + path, timeout=60) as answer:
            return str(answer.read().decode())

    def status(self, path: str) -> tuple[int, str]:
        try:
            return 200, self.get(path)
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def change(self, file: str, old: str, new: str) -> str:
        """Save a file, wait as an open page waits, and return the page."""
        seen = re.search(r"__change/(\d+)", self.get(PAGE))[1]
        path = self.project / file
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")
        self.get(f"__change/{seen}")
        return self.get(PAGE)

    def settled(self) -> str:
        """Return the number of the last change as soon as none came for two seconds."""
        seen = ""
        while seen != (seen := re.search(r"__change/(\d+)", self.get(PAGE))[1]):
            time.sleep(2)
        return seen

    def until(self, words: str, page: str = PAGE, *, there: bool = True) -> str:
        """Return a page as soon as it holds some words, or holds them no more; at most 30 seconds later."""
        end = time.monotonic() + 30
        while ((words in (html := self.get(page))) != there) and time.monotonic() < end:
            time.sleep(0.1)
        assert (words in html) == there
        return html


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    project = tmp_path_factory.mktemp("served")
    make_small_project(project)
    command = [sys.executable, "-m", "generator", "serve", "--port", "0"]
    said: list[str] = []
    with subprocess.Popen(command, cwd=project, stderr=subprocess.PIPE, text=True) as process:
        try:
            while not said or not said[-1].startswith("http://"):
                line = process.stderr.readline()
                assert line, said
                said.append(line.strip())
            address = said[-1].split()[0]
            threading.Thread(target=lambda: said.extend(map(str.strip, process.stderr)), daemon=True).start()
            yield Served(project, address, said)
        finally:
            process.terminate()


def files_of(project: Path) -> dict[str, bytes]:
    return {
        path.relative_to(project).as_posix(): path.read_bytes()
        for path in project.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_a_saved_record_shows_on_the_open_page_and_is_read_once(served: Served) -> None:
    before = len([line for line in served.said if "read in" in line])
    page = served.change(RECORD, "name: Pemphigus", "name: Pemphigus zqx")
    assert "Pemphigus zqx" in page
    time.sleep(0.5)
    assert len([line for line in served.said if "read in" in line]) == before + 1
    assert "Pemphigus zqx" in served.until("Pemphigus zqx", "indications/")  # the rest follows


def test_a_template_a_module_and_a_style_sheet_show_as_well(served: Served) -> None:
    template = "generator/render/site/templates/record.md.j2"
    assert "Sources zqx" in served.change(template, '{{ say("Sources") }} {', '{{ say("Sources") }} zqx {')
    assert "Unreviewed zqx." in served.change(
        "generator/render/site/templates/_standing.md.j2", '{{ say("Unreviewed.") }}', "Unreviewed zqx."
    )
    assert 'id="kindzqx--' in served.change("generator/links.py", 'f"kind--{kind}"', 'f"kindzqx--{kind}"')
    served.change("docs/assets/guideline.css", "\n", "\n/* zqx */\n")
    assert "zqx" in served.get("assets/guideline.css")


def test_a_broken_record_leaves_the_page_and_says_what_is_wrong(served: Served) -> None:
    whole = (served.project / RECORD).read_text("utf-8")
    page = served.change(RECORD, "claims:", "claims: [")
    assert "The page above is as it was before this" in page
    assert f"{RECORD}:" in page
    assert 'id="response"' in page
    (served.project / RECORD).write_text(whole, "utf-8")
    served.until("as it was before", there=False)


def test_what_a_rule_finds_is_said_a_moment_later(served: Served) -> None:
    whole = (served.project / RECORD).read_text("utf-8")
    served.change(RECORD, "responded", "responded`")
    served.until("[plain-text]")
    (served.project / RECORD).write_text(whole, "utf-8")
    served.until("[plain-text]", there=False)


def test_what_editors_and_file_managers_leave_stops_nothing(served: Served) -> None:
    seen = served.settled()
    folder = served.project / "content/indications"
    for name in (".pemphigus.yaml.swp", ".DS_Store", "pemphigus.yaml~", "#pemphigus.yaml#"):
        (folder / name).write_bytes(b"\0")
    time.sleep(1)
    page = served.get(PAGE)
    assert re.search(r"__change/(\d+)", page)[1] == seen
    assert "as it was before" not in page
    for name in (".pemphigus.yaml.swp", ".DS_Store", "pemphigus.yaml~", "#pemphigus.yaml#"):
        (folder / name).unlink()


def test_there_is_no_file_to_publish(served: Served) -> None:
    before = files_of(served.project)
    status, words = served.status("indications/pemphigus.pdf")
    assert status == 404
    assert "`make site` makes them" in words
    assert "+preview" in served.get("changes/")
    assert '"format"' in served.get("data/guideline.json")
    assert "search/first.js" in served.get("scripts/search-box.js")
    assert '"Pemphigus' in served.get("search/first.js")
    assert served.status("nothing/here")[0] == 404
    assert files_of(served.project) == before
    assert not {"site", "site-offline", ".cache"} & {path.name for path in served.project.iterdir()}


def test_the_steps_of_one_save_are_handed_on_together(tmp_path: Path) -> None:
    heard: list[set[str]] = []
    watcher = _Watcher(tmp_path, heard.append)
    threading.Thread(target=watcher.run, daemon=True).start()
    record = tmp_path / "content/a.yaml"
    for event in (
        FileMovedEvent(str(tmp_path / "content/.a.yaml.swp"), str(record)),
        FileModifiedEvent(str(record)),
        FileModifiedEvent(str(tmp_path / "content/.DS_Store")),
        FileClosedNoWriteEvent(str(tmp_path / "docs/about.md")),
    ):
        watcher.on_any_event(event)
    time.sleep(6 * QUIET)
    assert heard == [{"content/a.yaml"}]
