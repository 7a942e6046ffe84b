"""A claim calls significant what its passage calls so, and says so where the passage finds no significance.

A p value below 0.05 counts as the word, one above it as its denial.
"""

from collections.abc import Iterator

from generator.evidence.agreement import find_differences
from generator.guideline import Guideline
from generator.problems import Problem

ID = "significance-agrees"
MEANING = True


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each claim that parts from its passages in this."""
    yield from find_differences(guideline, ID, "significance")
