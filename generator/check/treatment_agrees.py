"""What a claim says was given, how, in which dose and place in therapy, and against what, stands in its source.

What another passage of the same source says of the study counts too.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.meaning.agreement import find_differences
from generator.problems import Problem

ID = "treatment-agrees"
MEANING = True


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each claim that parts from its passages in this."""
    yield from find_differences(guideline, ID)
