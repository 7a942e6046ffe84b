"""Where a harm was not seen, a claim says among how many it was looked for.

None in 8 patients and none in 8,000 are not the same news.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.meaning.agreement import find_differences
from generator.problems import Problem

ID = "none-of-how-many"
MEANING = True


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each claim that does not tell it."""
    yield from find_differences(guideline, ID, "none", fix="Say among how many it was not seen.")
