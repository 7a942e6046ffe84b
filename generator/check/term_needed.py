"""The vocabulary has every section that the format names, and every term that the program knows the meaning of.

A plot shows claims of the kind `efficacy` counted in `patients`; a source is of an animal unless its species is
`human`. With such a term renamed everywhere, nothing would be misspelt, and the plot would be empty. How a term is
shown, its `name`, is free.
"""

import difflib
from collections.abc import Iterator

from generator.guideline import Guideline
from generator.model import NEEDED_TERMS
from generator.problems import Problem

ID = "term-needed"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each section and each term that is missing."""
    groups = {guideline.section_of_groups(kind): () for kind in guideline.profile.kinds}
    for section, needed in {**NEEDED_TERMS, **groups}.items():
        terms = guideline.vocabulary.sections.get(section)
        place = guideline.place("vocabulary", "sections", section)
        if terms is None:
            yield Problem(ID, f"the section `{section}` is missing", "Add it; it may be empty (`{}`).", place)
            continue
        for name in needed:
            if name not in terms:
                near = difflib.get_close_matches(name, terms.keys() - set(needed), n=1)
                renamed = f", or name `{near[0]}` so again and change its `name:`" if near else ""
                fix = f"Add it{renamed}: the program acts on it."
                yield Problem(ID, f"the term `{name}` of {section} is missing", fix, place)
