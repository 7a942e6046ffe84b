"""A claim keeps the doubt of its passage: may, might, suggests, appears to, probably.

A claim may be more careful than its source, never less.
"""

from collections.abc import Iterator

from generator.evidence.agreement import find_differences
from generator.guideline import Guideline
from generator.problems import Problem

ID = "hedge-agrees"
MEANING = True


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each claim that parts from its passages in this."""
    yield from find_differences(guideline, ID, "hedge")
