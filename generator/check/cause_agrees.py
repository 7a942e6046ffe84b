"""A claim says that one thing causes another only where its passage does; an association is none."""

from collections.abc import Iterator

from generator.evidence.agreement import find_differences
from generator.guideline import Guideline
from generator.problems import Problem

ID = "cause-agrees"
MEANING = True


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each claim that parts from its passages in this."""
    yield from find_differences(guideline, ID, "cause")
