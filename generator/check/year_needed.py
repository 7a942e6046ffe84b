"""What holds at a time says when: an approval, a licence, what nobody had studied so far.

`as_of` gives the year in which it held, or the text names a year. Without one a reader takes it for today's state.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.meaning.agreement import find_differences
from generator.problems import Problem

ID = "year-needed"
MEANING = True


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each claim that does not tell it."""
    yield from find_differences(guideline, ID, "year", fix="Add `as_of` with the year of the source.")
