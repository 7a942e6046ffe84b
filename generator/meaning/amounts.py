"""Whether two quantities are the same amount."""

from generator.meaning.lexicon import INTERVAL
from generator.meaning.measures import COUNTED, Measure

_CASES = frozenset(("persons", "cases", "events"))
"""A case may be a patient or an event."""


def agree(ours: Measure, theirs: Measure) -> bool:
    """Return whether two quantities are the same amount, of dimensions that agree or are not told."""
    if ours.number == theirs.number and ours.unit is theirs.unit:
        return True
    mine, other = dimension_of(ours), dimension_of(theirs)
    if mine == other or ("cases" in (mine, other) and mine in _CASES and other in _CASES):
        return ours.value == theirs.value
    if ours.plain_number != theirs.plain_number:
        return False
    if not other and mine in COUNTED:
        return "." not in ours.number
    if not mine:
        return not other or other in COUNTED or other == INTERVAL.dimension
    return not other or INTERVAL.dimension in (mine, other)


def dimension_of(measure: Measure) -> str:
    """Return what a quantity is of; nothing where it would be a part of a person: a score of 5.2 in 43 patients."""
    return "" if measure.unit.dimension in _CASES and "." in measure.number else measure.unit.dimension
