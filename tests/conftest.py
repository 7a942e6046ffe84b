"""What all tests share: the real guideline, the built site, and no skipping in CI."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from cases import copy_project, run_in

from generator.cli import PROJECT, read
from generator.guideline import Guideline
from generator.problems import Problem


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
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this checkout in which `make site` ran: tests at work beside each other do not write into it."""
    folder = tmp_path_factory.mktemp("workshop")
    copy_project(folder)
    for command in (
        ["mkdocs", "build", "--strict", "-f", "mkdocs.offline.yml"],
        ["generator", "publish", "site-offline", "--offline"],
        ["mkdocs", "build", "--strict"],
        ["generator", "publish", "site"],
    ):
        run_in(folder, *command)
    return folder


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


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """In CI a skipped test is a failed one."""
    report = yield
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI, where every test is meant to run: {report.longrepr}"
    return report
