"""One claim is written once: a record that needs a claim of another shows it.

Two claims are taken for one where they share a passage, most of their words, all their quantities, and what they name:
diseases, harms, outcomes, treatments. A record lists under `shows` what another tells.
"""

from collections.abc import Iterator
from difflib import SequenceMatcher

from generator.guideline import ClaimEntry, Guideline
from generator.links import plain_text
from generator.meaning.agreement import FIX
from generator.meaning.lexicon import lexicon_of
from generator.meaning.sentence import read_sentences
from generator.model import PassageKey
from generator.problems import Problem

ID = "told-once"
MEANING = True

_ALIKE = 0.6


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each claim that says what an earlier one on the same passage says."""
    first: dict[PassageKey, list[ClaimEntry]] = {}
    for entry in guideline.claims.values() if lexicon_of(guideline).words.names else ():
        others = [other for cite in entry.claim.cites for other in first.get(cite.key, ())]
        twin = next((other for other in dict.fromkeys(others) if _alike(other, entry, guideline)), None)
        if twin:
            fix = f"Keep one, and show it in the other record (`shows`, `formerly`). {FIX.format(entry.id)}"
            yield Problem(ID, f"says what `{twin.id}` says", fix, entry.place("text"))
        for cite in entry.claim.cites:
            first.setdefault(cite.key, []).append(entry)


def _alike(one: ClaimEntry, other: ClaimEntry, guideline: Guideline) -> bool:
    texts = [plain_text(entry.claim.text) for entry in (one, other)]
    words = [text.casefold().strip(".").split() for text in texts]
    matcher = SequenceMatcher(None, words[0], words[1], autojunk=False)
    if matcher.quick_ratio() < _ALIKE or matcher.ratio() < _ALIKE:
        return False
    told, same = (_told(text, guideline) for text in texts)
    return told == same


def _told(text: str, guideline: Guideline) -> tuple[set[str], set[str]]:
    """Return the quantities of a text, and the things it names."""
    read = read_sentences(text, lexicon_of(guideline))
    named = lexicon_of(guideline).words.names
    signs = {sign for sentence in read for sign in sentence.plainly if sign.partition(":")[0] in named}
    return {str(measure) for sentence in read for measure in sentence.quantities}, signs
