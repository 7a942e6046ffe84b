"""Each quantity of a claim, in its text and its data, is one of its passages, with its unit.

Equal amounts in other units agree (400 mg/kg and 0.4 g/kg, 14 days and 2 weeks); a percentage is no count, a patient no
infusion. A number that the claim gives without a unit may count anything, but is no percentage, dose or time; one that
the source prints without a unit, as a table does, may be any of these. A number word counts as its number; a bare "one"
is passed over.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.meaning.agreement import find_differences
from generator.problems import Problem

ID = "quantity-agrees"
MEANING = True


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each claim that parts from its passages in this."""
    yield from find_differences(guideline, ID, "quantity", "data")
