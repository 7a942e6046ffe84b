"""The class of clinical impact of a change: a rule over what happened and the kind of claim, never a judgement.

1. A claim belongs to *dose*, *safety* or *position in therapy* by its kind, as `CLASS_OF_KIND` says; a claim on a page
   of an adverse event belongs to *safety* whatever its kind, and one with a dose as its data to *dose*. A kind that
   the rule does not know belongs to *safety*.
2. Whatever happens to such a claim (added, removed, moved to another record, its words, figures, sources or passages)
   has that class, with two exceptions: words that differ in case, punctuation or links alone are *wording*, and so is
   a new name for an unchanged claim.
3. Other claims (response, mechanism, background, what is not known): added, or given one more source, *new evidence*;
   removed, or changed in a figure, a source, a passage or a word that turns a meaning (`TURNING`), *evidence
   strength*; otherwise *wording*.
4. A changed strength, an opened or closed disagreement, a changed design or reading of a source, and a recorded or
   withdrawn review are *evidence strength*, or the class of the claims concerned where that is higher. The same
   holds for a retraction.
5. Whatever changes the pathway's steps or ways is *pathway outcome*; a step's number or wording never less.
6. A new source is *new evidence*; corrections of its description, and papers not citable yet, are *bibliography*.
7. Vocabulary: *evidence strength* where a level changes, otherwise *wording*; the same for names and synonyms.
"""

import re
from collections.abc import Iterable, Mapping

from generator.changes import IMPACTS
from generator.data import Dose
from generator.guideline import ClaimEntry
from generator.links import plain_text

CLASS_OF_KIND: Mapping[str, str] = {
    "dosing": "dose",
    "duration": "dose",
    "frequency": "safety",
    "onset": "safety",
    "risk-factor": "safety",
    "safety": "safety",
    "caution": "safety",
    "prevention": "safety",
    "management": "safety",
    "monitoring": "safety",
    "line-of-therapy": "position-in-therapy",
    "comparison": "position-in-therapy",
    "relapse": "position-in-therapy",
    "efficacy": "",
    "mechanism": "",
    "background": "",
    "evidence-gap": "",
}
"""The class that a claim belongs to by its kind; empty where what happened decides."""

_WORDS = """
no not none never nor neither without cannot may might can could should must only all most some few any
each every both more less fewer higher lower longer shorter better worse increased decreased reduced
improved failed first second third before after until unless except despite although but however possibly
probably likely unlikely suggest suggests recommended contraindicated avoid significant significantly
half double twice day days week weeks month months year years hour hours mg g kg daily weekly monthly
"""
TURNING = frozenset(_WORDS.split())
"""Words whose coming or going turns a meaning: negations, hedges, quantities, units, directions, order."""

APPROVALS: Mapping[str, int] = {
    "dose": 2,
    "safety": 2,
    "position-in-therapy": 2,
    "pathway-outcome": 2,
    "evidence-strength": 1,
    "new-evidence": 1,
    "wording": 1,
    "bibliography": 1,
}
"""How many approvals the policy asks for, by the highest class of a change."""


def words_of(text: str) -> list[str]:
    """Return the words of a text without case, punctuation and links."""
    return re.findall(r"\w+", plain_text(text).casefold())


def highest(impacts: Iterable[str]) -> str:
    """Return the highest of some classes of impact; `bibliography` for none."""
    return min(impacts, key=list(IMPACTS).index, default="bibliography")


def class_of(entry: ClaimEntry) -> str:
    """Return the class that a claim belongs to: `dose`, `safety`, `position-in-therapy`, or empty."""
    if isinstance(entry.claim.data, Dose):
        return "dose"
    if entry.record.startswith("adverse-events/"):
        return "safety"
    return CLASS_OF_KIND.get(entry.claim.kind, "safety")


def impact_of_claims(entries: Iterable[ClaimEntry], otherwise: str) -> str:
    """Return the highest class among some claims and a class for those that belong to none."""
    return highest([otherwise, *(class_of(entry) for entry in entries if class_of(entry))])


def impact_of_rewording(before: ClaimEntry, after: ClaimEntry) -> str:
    """Return the class of a change of a claim's words."""
    old, new = words_of(before.claim.text), words_of(after.claim.text)
    if old == new:
        return "wording"
    own = [found for entry in (before, after) if (found := class_of(entry))]
    if own:
        return highest(own)
    return "evidence-strength" if TURNING & (set(old) ^ set(new)) else "wording"
