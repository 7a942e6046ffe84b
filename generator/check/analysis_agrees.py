"""A claim calls significant what its passage calls so, a mean a mean, an odds ratio an odds ratio, a result primary.

A p value below 0.05 counts as the word, one above it as its denial; a claim may not leave out that something was not
significant.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.meaning.agreement import find_differences
from generator.problems import Problem

ID = "analysis-agrees"
MEANING = True


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each claim that parts from its passages in this."""
    yield from find_differences(guideline, ID)
