"""What `make` and the scripts refuse: a linked environment, and a page with a link that leads nowhere."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cases import make_small_project, run_in

from generator.cli import PROJECT


def make(folder: Path, *targets: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["make", *targets], cwd=folder, capture_output=True, text=True)


@pytest.mark.parametrize("target", ["setup", "check", "site", "test"])
def test_a_linked_environment_is_refused_and_left_alone(target: str, tmp_path: Path) -> None:
    project, elsewhere = tmp_path / "project", tmp_path / "elsewhere"
    project.mkdir()
    elsewhere.mkdir()
    (elsewhere / "precious").write_text("kept")
    for name in ("Makefile", "requirements.lock"):
        shutil.copy(PROJECT / name, project)
    (project / ".venv").symlink_to(elsewhere)
    result = make(project, target)
    assert result.returncode == 2
    assert ".venv is a symbolic link: remove it" in result.stderr
    assert [path.name for path in elsewhere.iterdir()] == ["precious"]


def test_a_linked_environment_of_another_engine_is_refused_and_left_alone(tmp_path: Path) -> None:
    shutil.copytree(PROJECT / ".ci", tmp_path / "project/.ci")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/precious").write_text("kept")
    (tmp_path / "project/.venv-zensical").symlink_to(tmp_path / "elsewhere")
    command = [tmp_path / "project/.ci/engine", "zensical"]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 2
    assert "is a symbolic link" in result.stderr
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["precious"]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small guideline, with an environment that is this one, and with what `make site` leaves."""
    folder = tmp_path_factory.mktemp("small")
    make_small_project(folder)
    (folder / ".venv/bin").mkdir(parents=True)
    for name, call in (("python", ""), ("mkdocs", " -m mkdocs")):
        script = folder / ".venv/bin" / name
        script.write_text(f'#!/bin/sh\nexec "{sys.executable}"{call} "$@"\n')
        script.chmod(0o755)
    planned = make(folder, "-n", "setup").stdout
    (folder / ".venv" / re.search(r"\.locked-[0-9a-f]{16}", planned)[0]).touch()
    practice = folder / "content/practice"  # a template leads to a record of this name
    record = (practice / "dosing.yaml").read_text("utf-8").replace("name: Dosing", "name: Dosing by weight")
    (practice / "dosing-in-obesity.yaml").write_text(record, "utf-8")
    run_in(folder, "generator", "lock")
    built = make(folder, "site")
    assert built.returncode == 0, built.stdout + built.stderr
    return folder


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        ("[nothing](nothing-here.md)", "nothing-here.md"),
        ("[nowhere](method.md#nowhere)", "#nowhere"),
    ],
)
def test_a_link_that_leads_nowhere_fails_make_site(planted: str, said: str, small: Path) -> None:
    page = small / "docs/about.md"
    before = page.read_text("utf-8")
    page.write_text(f"{before}\n\nSee {planted}.\n", "utf-8")
    try:
        result = make(small, "site")
    finally:
        page.write_text(before, "utf-8")
    assert result.returncode == 2
    assert said in result.stdout + result.stderr


def test_nothing_builds_strictly_and_quietly() -> None:
    """MkDocs counts warnings through its log: with `--quiet` none is counted, and `--strict` refuses nothing."""
    tracked = subprocess.run(["git", "ls-files"], cwd=PROJECT, check=True, capture_output=True, text=True)
    files = [PROJECT / name for name in tracked.stdout.splitlines()]
    lines = [
        f"{file.relative_to(PROJECT)}:{number}"
        for file in files
        if file.is_file() and (file.suffix in (".py", ".yml") or file.parent.name == ".ci" or file.name == "Makefile")
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1)
        if re.search(r"(?<![\w-])(--quiet|-q)(?![\w-])", line) and re.search(r"\bbuild\b|--strict|options=", line)
    ]
    assert [line for line in lines if not line.startswith("tests/test_make.py")] == []
