"""What all tests share: the real guideline, the built site, and no skipping in CI."""

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from cases import TESTS, copy_project, make_once, make_small_project, run_in
from desking import make_desk_project
from hypothesis import settings
from ncbi import World

from generator.cli import PROJECT, read
from generator.guideline import Guideline
from generator.problems import Problem

# `make test` takes the first; `make test-all` takes the second, by an option of pytest.
settings.register_profile("quick", max_examples=25, deadline=None)
settings.register_profile("full", max_examples=600, deadline=None)
settings.load_profile("quick")


@pytest.fixture(scope="session")
def loaded() -> tuple[Guideline, list[Problem]]:
    """The real guideline and its problems."""
    guideline, problems = read(PROJECT)
    assert guideline is not None, problems
    return guideline, problems


@pytest.fixture(scope="session")
def guideline(loaded: tuple[Guideline, list[Problem]]) -> Guideline:
    return loaded[0]


@pytest.fixture(scope="session")
def shown() -> Guideline:
    """A small guideline that has every field."""
    guideline, _ = read(TESTS / "show")
    assert guideline is not None
    return guideline


@pytest.fixture(scope="session")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this checkout in which the site was built, once for all processes of the tests."""

    def build(folder: Path) -> None:
        copy_project(folder)
        run_in(folder, "generator", "site")

    return make_once(tmp_path_factory, "workshop", build)


@pytest.fixture(scope="session")
def small_workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same of the small guideline, in which a record was renamed."""

    def build(folder: Path) -> None:
        make_small_project(folder)
        record = folder / "content/practice/dosing.yaml"
        text = record.read_text("utf-8").replace("name: Dosing", "name: Dosing\nformerly: [practice/doses]")
        record.write_text(text, "utf-8")
        run_in(folder, "generator", "site")

    return make_once(tmp_path_factory, "small", build)


@pytest.fixture(scope="session")
def site(workshop: Path) -> Path:
    """The real site as it is hosted."""
    return workshop / "site"


@pytest.fixture(scope="session")
def offline(workshop: Path) -> Path:
    """The real site as it is opened from a folder."""
    return workshop / "site-offline"


@pytest.fixture(scope="session")
def offline_zip(workshop: Path) -> Path:
    """The same, packed."""
    return workshop / "site-offline.zip"


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """A server on the loopback address that answers as it is told, and to nobody's key."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.delenv("NCBI_API_KEY", raising=False)
    with World() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield server
        server.over.set()
        server.shutdown()


@pytest.fixture(scope="session")
def locked_desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with a record to review at the desk, locked once for all tests of a process."""
    return make_desk_project(tmp_path_factory.mktemp("desk"))


@pytest.fixture
def desk_project(locked_desk: Path, tmp_path: Path) -> Path:
    return shutil.copytree(locked_desk.parent, tmp_path / "desk") / locked_desk.name


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One file that needs the real site is the first, so that it is built while others run that need none."""

    def turn(file: Path) -> int:
        return 0 if file == first else 2 if file in with_site else 1

    with_site = dict.fromkeys(item.path for item in items if "workshop" in getattr(item, "fixturenames", ()))
    first = next(iter(with_site), None)
    items.sort(key=lambda item: turn(item.path))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """In CI a skipped test is a failed one."""
    report = yield
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI, where every test is meant to run: {report.longrepr}"
    return report
