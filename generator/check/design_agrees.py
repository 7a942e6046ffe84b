"""Words of design in a claim fit its sources: trial, cohort, series, review, randomised, retrospective.

They stand in a passage of the source, or the reference's design is one that they fit (`designs` in
`content/signs.yaml`). What a claim calls its own source must always fit the reference's design.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.meaning.agreement import find_differences
from generator.problems import Problem

ID = "design-agrees"
MEANING = True


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each claim that parts from its passages in this."""
    yield from find_differences(guideline, ID, "own design")
