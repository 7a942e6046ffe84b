"""A claim denies what its passage denies, and nothing else.

Seen are: a negation of which the passage has none, one of the passage that the claim leaves out, more or fewer of them,
and a word that is denied on one side only.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.meaning.agreement import find_differences
from generator.problems import Problem

ID = "negation-agrees"
MEANING = True


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each claim that parts from its passages in this."""
    yield from find_differences(guideline, ID)
