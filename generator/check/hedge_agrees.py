"""A claim keeps the doubt of its passage: may, might, suggests, appears to, probably.

A claim may be more careful than its source, never less. What only the opening or the conclusion of a source says is
told as a view: the authors conclude, a review states.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.meaning.agreement import find_differences
from generator.problems import Problem

ID = "hedge-agrees"
MEANING = True


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each claim that parts from its passages in this."""
    yield from find_differences(guideline, ID, "view")
