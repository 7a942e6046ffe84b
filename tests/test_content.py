"""The real content keeps every rule: one test a record and rule."""

import subprocess
import sys

import pytest

from generator.check import RULES
from generator.cli import PROJECT, all_rules, read
from generator.guideline import Guideline, Place
from generator.problems import Problem

FILES = sorted(
    [*PROJECT.glob("content/*/*.yaml"), *PROJECT.glob("content/*.yaml"), PROJECT / "content/passages.lock.json"],
    key=str,
)
NAMES = [str(file.relative_to(PROJECT / "content")).removesuffix(".yaml") for file in FILES]
RECORDS = [name for name in NAMES if not name.startswith("references/")]
READING = [rule for rule in all_rules() if rule not in RULES]


@pytest.fixture(scope="module")
def problems(loaded: tuple[Guideline, list[Problem]]) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for problem in loaded[1]:
        name = problem.place.file.removeprefix("content/").removesuffix(".yaml")
        found.setdefault((name, problem.rule), []).append(str(problem))
    return found


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("record", RECORDS)
def test_record_keeps_rule(record: str, rule: str, problems: dict[tuple[str, str], list[str]]) -> None:
    assert problems.get((record, rule), []) == []


@pytest.mark.parametrize("name", NAMES)
def test_file_can_be_read(name: str, problems: dict[tuple[str, str], list[str]]) -> None:
    assert [message for rule in READING for message in problems.get((name, rule), [])] == []


def test_no_problem_at_all() -> None:
    """Also where a problem's file is none of those named above."""
    assert [str(problem) for problem in read(PROJECT)[1]] == []


def test_nothing_looks_for_a_line_while_there_is_no_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    """To find one, a file is read a second time, and more slowly."""

    def refuse(place: Place) -> int:
        raise AssertionError(place.file)

    monkeypatch.setattr(Place, "line", property(refuse))
    assert read(PROJECT)[1] == []
    with pytest.raises(AssertionError, match="x.yaml"):
        str(Problem("rule", "wrong", "fix", Place("x.yaml", lambda: 1)))


def test_check_waits_for_nothing_that_only_rendering_needs() -> None:
    code = "import sys; from generator.cli import main; main(['check'], standalone_mode=False); print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    modules = run.stdout.split()
    assert "generator.check.sentence" in modules
    assert not {"jinja2", "mkdocs", "pikepdf", "typst", "generator.render", "generator.review"} & set(modules)
