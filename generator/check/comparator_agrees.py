"""What a claim says was given, with what or against what, stands in a passage of the same source."""

from collections.abc import Iterator

from generator.evidence.agreement import find_differences
from generator.guideline import Guideline
from generator.problems import Problem

ID = "comparator-agrees"
MEANING = True


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each claim that parts from its passages in this."""
    yield from find_differences(guideline, ID, "comparator", "route", "role")
