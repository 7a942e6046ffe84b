"""What `make` and the scripts refuse: a linked environment, and a page with a link that leads nowhere."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cases import built

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
    shutil.copytree(PROJECT / "engines", tmp_path / "project/engines")
    (tmp_path / "project/site").mkdir()
    (tmp_path / "project/site/index.html").touch()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/precious").write_text("kept")
    (tmp_path / "project/.venv-zensical").symlink_to(tmp_path / "elsewhere")
    command = [tmp_path / "project/.ci/engine", "zensical"]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == 1
    assert "is a link; remove it" in result.stderr
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["precious"]


def test_a_link_that_leads_nowhere_fails_make_site_and_leaves_the_site_that_is_there(
    small_workshop: Path, tmp_path: Path
) -> None:
    """A page and an anchor that are not there, in one build: each is named."""
    project = tmp_path / "project"
    shutil.copytree(small_workshop, project)
    (project / ".venv/bin").mkdir(parents=True)
    python = project / ".venv/bin/python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    planned = make(project, "-n", "setup").stdout
    (project / ".venv" / re.search(r"\.locked-[0-9-]+", planned)[0]).touch()
    before = built(project)
    page = project / "docs/about.md"
    page.write_text(f"{page.read_text('utf-8')}\n\nSee [a](nothing-here.md), [b](method.md#nowhere).\n", "utf-8")
    result = make(project, "site")
    assert result.returncode == 2
    said = result.stdout + result.stderr
    assert re.search(r"about\.md' contains a link 'nothing-here\.md'", said)
    assert re.search(r"about\.md' contains a link 'method\.md#nowhere'", said)
    assert "nothing was changed" in said
    assert "site/index.html is ready" not in said
    assert built(project) == before
    assert list((project / ".cache").glob("work-*")) == []


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
