"""Every design of the vocabulary has a level of evidence, and no other term has one.

The strength of the cited evidence is computed from these levels; a design without one could not be placed.
"""

from collections.abc import Iterator

from generator.evidence.strength import LEVELS
from generator.guideline import Guideline
from generator.problems import Problem

ID = "design-level"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each design without a known level and each other term with a level."""
    for section, terms in guideline.vocabulary.sections.items():
        for name, term in terms.items():
            place = guideline.place("vocabulary", "sections", section, name)
            if section == "designs" and term.level not in LEVELS:
                yield Problem(ID, f"the level `{term.level}` is not known", f"Levels: {', '.join(LEVELS)}.", place)
            if section != "designs" and term.level is not None:
                yield Problem(ID, "only designs have a level", "Remove `level`.", place)
