"""A sentence that tells in what two claims differ begins with the claim that tells it.

Pages name the two claims below the sentence in this order. The order is read off figures that one of the two says and
the other does not: of a sentence that has such figures of both, the first is of the claim itself.
"""

from collections.abc import Iterator

from generator.evidence.passages import figures, normalise
from generator.guideline import Guideline
from generator.linked_text import plain_text
from generator.problems import Problem

ID = "side-first"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each sentence whose first figure is of the other claim alone, though both have some."""
    said = {id_: {*_figures(plain_text(entry.claim.text))} for id_, entry in guideline.claims.items()}
    for id_, entry in guideline.claims.items():
        for index, other in enumerate(entry.claim.disagrees_with):
            own, others = said[id_], said.get(other.claim, set())
            telling = [figure for figure in _figures(other.because) if (figure in own) != (figure in others)]
            if telling and telling[0] in others and any(figure in own for figure in telling):
                wrong = f"`because` begins with {telling[0]}, which `{other.claim}` says and this claim does not"
                fix = "Begin with what this claim says."
                yield Problem(ID, wrong, fix, entry.place("disagrees_with", index, "because"))


def _figures(text: str) -> list[str]:
    return figures(normalise(text))
