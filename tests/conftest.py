"""What all tests share: the real guideline, the built site, and no skipping in CI."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

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
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, built strictly by MkDocs from this checkout into a folder of its own."""
    folder = tmp_path_factory.mktemp("site") / "site"
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict", "--site-dir", str(folder)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    result = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
    return folder


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """In CI a skipped test is a failed one."""
    report = yield
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI, where every test is meant to run: {report.longrepr}"
    return report
