"""The vocabulary has every section that the format names, and in it terms for all that the program acts on.

A term says under `means` what the program takes it for: a plot shows claims of a kind that means `response`, counted in
a unit that means `people`. Where no term means such a thing the plot would be empty, and nothing would be misspelt. How
a term is called is free. Each kind of claim says its `impact`: the class of a change of one.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.notions import NEEDED, NOTIONS
from generator.problems import Problem, did_you_mean
from generator.vocabulary import SECTIONS

ID = "term-needed"

_WITH_IMPACT = "claim-kinds"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each section and meaning that is missing, and each term that cannot mean what it says."""
    groups = map(guideline.section_of_groups, guideline.profile.kinds)
    for section in (*SECTIONS, *groups):
        if section not in guideline.vocabulary.sections:
            place = guideline.place("vocabulary", "sections", section)
            yield Problem(ID, f"the section `{section}` is missing", "Add it; it may be empty (`{}`).", place)
    for section in NEEDED:
        terms = guideline.vocabulary.sections.get(section, {})
        for notion, says in NOTIONS[section].items():
            if terms and not any(notion in term.means for term in terms.values()):
                fix = f"Add `means: [{notion}]` to the term for it: {says}."
                place = guideline.place("vocabulary", "sections", section)
                yield Problem(ID, f"no term of {section} means `{notion}`", fix, place)
    for section, terms in guideline.vocabulary.sections.items():
        possible = NOTIONS.get(section, {})
        for name, term in terms.items():
            place = guideline.place("vocabulary", "sections", section, name)
            for notion in term.means:
                if notion not in possible:
                    fix = did_you_mean(notion, possible) or f"They may mean: {', '.join(possible) or 'nothing'}."
                    yield Problem(ID, f"a term of {section} cannot mean `{notion}`", fix, place)
            if (term.impact is None) == (section == _WITH_IMPACT):
                wrong = (
                    "a kind of claim without `impact`" if term.impact is None else "only kinds of claims have an impact"
                )
                fix = "Add `impact:`, or `none` if what happened decides." if term.impact is None else "Remove it."
                yield Problem(ID, wrong, fix, place)
