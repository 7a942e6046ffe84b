"""Numbers stand in the order of their passage, a count beside its own percentage, and a part is no more than the whole.

Two numbers of one unit that change places are the commonest way to turn a comparison round. Where a claim tells the
sides in another order than its source on purpose, a reader says so.
"""

from collections.abc import Iterator

from generator.evidence.agreement import find_differences
from generator.guideline import Guideline
from generator.problems import Problem

ID = "order-agrees"
MEANING = True


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each claim that parts from its passages in this."""
    yield from find_differences(guideline, ID, "order")
