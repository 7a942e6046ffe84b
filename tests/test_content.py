"""The real content keeps every rule."""

from generator.guideline import Guideline
from generator.problems import Problem


def test_the_content_has_no_problem(loaded: tuple[Guideline, list[Problem]]) -> None:
    """That each rule bites is shown by its cases in `tests/check/`."""
    assert [str(problem) for problem in loaded[1]] == []
