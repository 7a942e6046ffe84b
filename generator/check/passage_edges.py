"""A passage ends where a sentence ends, and what turns it in the next sentence is told.

A passage that breaks off in mid-sentence may have lost what limits it; one that is followed by "however" is half of
what its authors say. Lengthen it, or say why what follows changes nothing for the claim.
"""

from collections.abc import Iterator

from generator.guideline import ClaimEntry, Guideline
from generator.meaning.agreement import FIX, turns
from generator.passages import LockedPassage
from generator.problems import Problem

ID = "passage-edges"
MEANING = True


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each citation of a claim that breaks off, or whose turn the claim does not tell."""
    for entry in guideline.claims.values():
        for index, passage in enumerate(entry.passages):
            for wrong in _wrong(entry, passage) if passage else ():
                yield Problem(ID, wrong, FIX.format(entry.id), entry.place("cites", index))


def _wrong(entry: ClaimEntry, passage: LockedPassage) -> Iterator[str]:
    if passage.cut:
        yield f"the passage that begins with “{passage.start}” ends in mid-sentence"
    if passage.turned and not turns(entry.claim, entry.guideline):
        yield (
            f"the sentence after the passage that begins with “{passage.start}” turns it, and the claim does not say so"
        )
