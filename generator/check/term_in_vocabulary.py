"""Every term stands in its section of `content/vocabulary.yaml`.

Kinds, designs, groups, populations and units are words with one meaning each; a new one is added there first.
"""

import difflib
from collections.abc import Iterator

from generator.guideline import Guideline, terms_in
from generator.problems import Problem

ID = "term-in-vocabulary"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each term that its section does not hold."""
    nodes: dict[str, object] = dict(guideline.records)
    nodes |= {f"references/{pmid}": reference for pmid, reference in guideline.references.items()}
    nodes["pending"] = guideline.pending
    for id_, node in nodes.items():
        base = ("sources",) if id_ == "pending" else ()
        for path, section, term in terms_in(node):
            terms = guideline.vocabulary.sections.get(section, {})
            if term not in terms:
                near = difflib.get_close_matches(term, terms, n=1)
                fix = f"Did you mean `{near[0]}`?" if near else f"Terms: {', '.join(terms) or 'none'}."
                place = guideline.place(id_, *base, *path)
                yield Problem(ID, f"`{term}` is not in the vocabulary's {section}", fix, place)
