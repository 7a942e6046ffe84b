"""Bad cases: a valid small guideline with one thing changed, and the messages that it must give.

A case is a YAML file in `tests/check/<rule>/` with `edit`, `replace` and `with`; or `write` with `content` (or
`bytes`, as Latin-1); or `rename` and `to`; or `delete`; and `expect`, the exact lines that `check` prints.
"""

import fcntl
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import settings

from generator.cli import PROJECT, read
from generator.guideline import Guideline
from generator.render.book.volumes import Volume, handbook_volumes, pocket_volumes

TESTS = Path(__file__).parent
KINDS: tuple[str, ...] = tuple(yaml.safe_load((TESTS.parent / "content/profile.yaml").read_text("utf-8"))["kinds"])
"""The folders of records of the real content."""


def apply_case(case: dict[str, str], project: Path) -> None:
    """Copy the valid guideline into a folder and change it as the case says."""
    shutil.copytree(TESTS / "base" / "content", project / "content")
    change(case, project)


def change(case: dict[str, str], project: Path) -> None:
    """Change a project's content as a case says."""
    if "edit" in case:
        file = project / case["edit"]
        before = file.read_text("utf-8")
        assert case["replace"] in before, f"{case['edit']} does not hold {case['replace']!r}"
        file.write_text(before.replace(case["replace"], case["with"], 1), "utf-8")
    elif "write" in case:
        content = case["content"].encode() if "content" in case else case["bytes"].encode("latin-1")
        (project / case["write"]).parent.mkdir(parents=True, exist_ok=True)
        (project / case["write"]).write_bytes(content)
    elif "rename" in case:
        (project / case["rename"]).rename(project / case["to"])
    else:
        target = project / case["delete"]
        shutil.rmtree(target) if target.is_dir() else target.unlink()


def copy_project(folder: Path) -> None:
    """Copy what the site is built of into a folder."""
    for name in ("content", "docs", "generator", "overrides"):
        shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("README.md", "mkdocs.yml"):
        shutil.copy(PROJECT / name, folder / name)


def tracked(*folders: str) -> list[str]:
    """Return the files of this checkout below some folders that git knows."""
    command = ["git", "ls-files", *folders]
    return subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, text=True).stdout.splitlines()


def make_small_project(folder: Path) -> None:
    """Make a project of the small guideline, with hand-written pages that have the headings of the real ones alone."""
    shutil.copytree(TESTS / "base/content", folder / "content")
    for name in ("generator", "overrides", "docs/assets"):
        shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("Makefile", "requirements.lock", "mkdocs.yml"):
        shutil.copy(PROJECT / name, folder / name)
    for name in tracked("docs"):
        if name.endswith(".md"):
            lines = (PROJECT / name).read_text("utf-8").splitlines()
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text("\n\n".join(line for line in lines if line.startswith("#")), "utf-8")
    (folder / "README.md").write_text("# Small\n", "utf-8")
    shutil.copy(PROJECT / "docs/manifest.webmanifest", folder / "docs")


def built(project: Path) -> dict[str, bytes]:
    """Return what was built in a project, file by file."""
    files = {project / "site-offline.zip", *project.glob("site*/**/*")}
    return {str(file.relative_to(project)): file.read_bytes() for file in sorted(files) if file.is_file()}


def examples(full: int, **options: Any) -> settings:
    """Try a property with so many examples in `make test-all`, and with 25 at most in `make test`."""
    return settings(max_examples=min(full, settings.default.max_examples), **options)


def make_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return a folder that is made once in a run of the tests: the other processes wait, and take it as it is."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, said = shared / name, shared / f"{name}.said"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            folder.mkdir()
            try:
                make(folder)
            except BaseException as error:
                said.write_text(repr(error), "utf-8")
                raise
            said.touch()
    assert not said.read_text("utf-8"), f"another process could not make it: {said.read_text('utf-8')}"
    return folder


def whole(guideline: Guideline) -> Volume:
    """Return the one volume of a handbook that has one."""
    (volume,) = handbook_volumes(guideline)
    return volume


def all_sheets(guideline: Guideline) -> Volume:
    """Return the one volume of a pocket edition that has one."""
    (volume,) = pocket_volumes(guideline)
    return volume


def git(folder: Path, *arguments: str) -> str:
    """Run git in a folder as nobody in particular; return what it prints."""
    options = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "init.defaultBranch=main"]
    command = ["git", *options, *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def run_in(folder: Path, *command: str) -> None:
    """Run a module of Python in a copy of the project, elsewhere in the world; fail with what it printed."""
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    elsewhere = {**quiet, "PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "Asia/Tokyo"}
    result = subprocess.run([sys.executable, "-m", *command], cwd=folder, env=elsewhere, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


def messages(project: Path) -> list[str]:
    """Return the lines of text that `check` prints for a project."""
    return [str(problem) for problem in read(project)[1]]


def as_text(content: bytes) -> str:
    """Return a file that is rendered as text: of a database the statements that make it."""
    if not content.startswith(b"SQLite format 3\0"):
        return content.decode()
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(content)
        return "\n".join(database.iterdump()) + "\n"


def search_data(folder: Path) -> dict[str, Any]:
    """Return what the search of a built site looks through: both files together."""
    data: dict[str, Any] = {}
    for name in ("first", "rest"):
        script = (folder / f"search/{name}.js").read_text("utf-8")
        before, _, after = script.partition(f".{name} = ")
        assert before == "(self.searchData = self.searchData || {})"
        data |= json.loads(after.rstrip().removesuffix(";"))
    return data
