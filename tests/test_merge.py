"""Two branches that each add to the content are merged by git, with and without the attributes of the repository."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from cases import TESTS, git, messages
from click.testing import CliRunner, Result

from generator.cli import PROJECT, main

LOCK = "content/passages.lock.json"
TEXT = "Of ten patients eight responded. The dose was 2 g per kg per cycle. We propose receptors as the target. "


def add_claim(project: Path, record: str, name: str, start: str, end: str) -> None:
    """Add a claim that cites another passage of the first source, and lock it."""
    claim = f'\n  {name}:\n    kind: background\n    text: Something else was seen.\n    cites:\n      - pmid: "111"\n'
    file = project / f"content/{record}.yaml"
    file.write_text(f"{file.read_text('utf-8').rstrip()}\n{claim}        from: {start}\n        to: {end}\n", "utf-8")
    assert lock(project, "--texts", str(project.parent / "texts")).exit_code == 0


def lock(project: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["--project", str(project), "lock", *options])


def commit(project: Path) -> None:
    git(project, "add", "content", ".gitattributes")
    git(project, "commit", "--quiet", "-m", "change")


@pytest.fixture
def branches(tmp_path: Path) -> Path:
    """A repository with two branches, `one` and `two`, each with a claim of its own on one source; `two` is here."""
    project = tmp_path / "project"
    shutil.copytree(TESTS / "base/content", project / "content")
    shutil.copy(PROJECT / ".gitattributes", project)
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/111.txt").write_text(f"{TEXT}Zeta waves rose. Zinc levels fell.", "utf-8")
    git(project, "init", "--quiet")
    commit(project)
    for branch, record, start, end in (
        ("one", "practice/dosing", "Zeta waves", "waves rose"),
        ("two", "mechanisms/receptors", "Zinc levels", "levels fell"),
    ):
        git(project, "checkout", "--quiet", "-b", branch, "main")
        add_claim(project, record, "added", start, end)
        commit(project)
    return project


def starts(project: Path) -> list[str]:
    return [row["from"] for row in json.loads((project / LOCK).read_text("utf-8"))["passages"]]


def test_claims_of_two_branches_merge_without_a_conflict(branches: Path) -> None:
    """The lock is then joined by one command, which `check` names, and which needs no text."""
    git(branches, "merge", "--quiet", "-m", "merge", "one")
    assert messages(branches) == [
        f"{LOCK}:1: the lock is not as written by machine. Run `python -m generator lock`. [passage-locked]"
    ]
    assert lock(branches).exit_code == 0
    assert messages(branches) == []
    assert {"Zeta waves", "Zinc levels"} <= set(starts(branches))


def test_a_lock_with_markers_of_git_is_joined(branches: Path) -> None:
    """As a host leaves it that does not read .gitattributes."""
    (branches / ".gitattributes").write_text("", "utf-8")
    with pytest.raises(subprocess.CalledProcessError):
        git(branches, "merge", "--quiet", "-m", "merge", "one")
    line = (branches / LOCK).read_text("utf-8").split("\n").index("<<<<<<< HEAD") + 1
    (message,) = messages(branches)
    assert message.startswith(f"{LOCK}:{line}: a merge conflict: ")
    assert message.endswith("Run `python -m generator lock`: it joins both sides. [merge-conflict]")
    assert lock(branches).exit_code == 0
    assert messages(branches) == []
    assert {"Zeta waves", "Zinc levels"} <= set(starts(branches))


def test_two_fingerprints_of_one_passage_are_settled_by_the_text_alone(branches: Path) -> None:
    """Here git kept two rows of branches that read different printings of the source."""
    lines = (branches / LOCK).read_text("utf-8")
    other = next(line for line in lines.split("\n") if "Zinc levels" in line)
    changed = other.replace('"words": 3', '"words": 9')
    assert changed != other
    (branches / LOCK).write_text(lines.replace(other, f"{other.rstrip(',')},\n{changed}"), "utf-8")
    before = (branches / LOCK).read_bytes()
    result = lock(branches)
    assert (result.exit_code, (branches / LOCK).read_bytes()) == (1, before)
    assert '"Zinc levels", has another fingerprint here than on a line before' in result.output
    assert lock(branches, "--texts", str(branches.parent / "texts")).exit_code == 0
    assert starts(branches).count("Zinc levels") == 1
