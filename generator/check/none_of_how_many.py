"""Where a harm was not seen, a claim says among how many it was looked for.

None in 8 patients and none in 8,000 are not the same news.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.links import plain_text
from generator.meaning.agreement import FIX
from generator.meaning.lexicon import lexicon_of
from generator.meaning.measures import COUNTED
from generator.meaning.sentence import read_sentences
from generator.meaning.signs import DENIED
from generator.problems import Problem

ID = "none-of-how-many"
MEANING = True

_KINDS = ("safety", "frequency")


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each claim of harms that denies one and counts nobody."""
    lexicon = lexicon_of(guideline)
    denied = tuple(f"{DENIED}{family}:" for family in lexicon.words.harms)
    for entry in guideline.claims.values() if denied else ():
        if entry.claim.kind in _KINDS:
            read = read_sentences(plain_text(entry.claim.text), lexicon)
            counted = any(m.part or m.unit.dimension in COUNTED for sentence in read for m in sentence.quantities)
            if not counted and any(sign.startswith(denied) for sentence in read for sign in sentence.signs):
                fix = f"Say among how many it was not seen. {FIX.format(entry.id)}"
                yield Problem(ID, "denies a harm and counts nobody", fix, entry.place("text"))
