"""Every term stands in its section of `content/vocabulary.yaml`.

Kinds, designs, groups, populations and units are words with one meaning each; a new one is added there first.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.problems import Problem, did_you_mean
from generator.profile import kind_of
from generator.walks import terms_in

ID = "term-in-vocabulary"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each term that its section does not hold."""
    nodes: dict[str, object] = dict(guideline.records)
    nodes |= {f"references/{pmid}": reference for pmid, reference in guideline.references.items()}
    nodes["profile"] = guideline.profile
    nodes["pending"] = guideline.pending
    for id_, node in nodes.items():
        base = ("sources",) if id_ == "pending" else ()
        for path, section, term in terms_in(node):
            terms = guideline.terms_of(section, kind_of(id_))
            if term not in terms:
                fix = did_you_mean(term, terms) or f"Terms: {', '.join(terms) or 'none'}."
                place = guideline.place(id_, *base, *path)
                yield Problem(ID, f"`{term}` is not in the vocabulary's {section}", fix, place)
