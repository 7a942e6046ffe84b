"""The content keeps every rule of the program."""

from pathlib import Path

import pytest

from generator.cli import all_rules, read

PROJECT = Path(__file__).parent.parent
GUIDELINE, PROBLEMS = read(PROJECT)


def test_the_content_can_be_read() -> None:
    assert GUIDELINE is not None


@pytest.mark.parametrize("rule", all_rules())
def test_no_problem_of(rule: str) -> None:
    assert [str(problem) for problem in PROBLEMS if problem.rule == rule] == []
