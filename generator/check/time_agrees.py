"""Before, during and after, a day or a month: as in the passage."""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.meaning.agreement import find_differences
from generator.problems import Problem

ID = "time-agrees"
MEANING = True


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each claim that parts from its passages in this."""
    yield from find_differences(guideline, ID)
