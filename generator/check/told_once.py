"""One claim is written once: a record that needs a claim of another shows it.

Two claims are taken for one where they share a passage, most of their words, all their quantities, and what they name:
diseases, harms, outcomes, treatments. A record lists under `shows` what another tells.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

from generator.guideline import Guideline
from generator.linked_text import plain_text
from generator.meaning.agreement import FIX
from generator.meaning.lexicon import HEARD, lexicon_of
from generator.meaning.sentence import Together, read_sentences
from generator.meaning.signs import family_of, plain
from generator.passages import PassageKey
from generator.problems import Problem

ID = "told-once"
MEANING = True

_ALIKE = 0.6


class _Told(NamedTuple):
    words: list[str]
    quantities: set[str]
    named: set[str]


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each claim that says what an earlier one on the same passage says."""
    told = _told(guideline)
    earlier: dict[PassageKey, list[str]] = {}
    for id_, entry in guideline.claims.items() if lexicon_of(guideline).words.names else ():
        if id_ not in told:
            continue
        others = dict.fromkeys(other for key in entry.keys for other in earlier.get(key, ()))
        twin = next((other for other in others if _alike(told[other], told[id_])), None)
        if twin:
            fix = f"Keep one, and show it in the other record (`shows`, `formerly`). {FIX.format(entry.id)}"
            yield Problem(ID, f"says what `{twin}` says", fix, entry.place("text"))
        for key in entry.keys:
            earlier.setdefault(key, []).append(id_)


def _alike(one: _Told, other: _Told) -> bool:
    if one.quantities != other.quantities or one.named != other.named:
        return False
    matcher = SequenceMatcher(None, one.words, other.words, autojunk=False)
    return matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE


def _told(guideline: Guideline) -> Mapping[str, _Told]:
    """Return what each claim tells that shares a passage with another, by its id."""
    lexicon = lexicon_of(guideline)
    found = {}
    cited = Counter(key for entry in guideline.claims.values() for key in entry.keys)
    for id_, entry in guideline.claims.items():
        if any(cited[key] > 1 for key in entry.keys):
            text = plain_text(entry.claim.text)
            read = read_sentences(text, lexicon)
            signs = {plain(name) for name in Together(read).known if name[-1] != HEARD}
            found[id_] = _Told(
                text.casefold().strip(".").split(),
                {str(measure) for sentence in read for measure in sentence.quantities},
                {sign for sign in signs if family_of(sign) in lexicon.words.names},
            )
    return found
