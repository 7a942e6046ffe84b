"""The class of clinical impact of a change: a rule over what happened and the kind of claim, never a judgement.

1. A claim belongs to *dose*, *safety* or *position in therapy* by its kind, as the vocabulary says (`impact`); a claim
   on a page of a harm belongs to *safety* whatever its kind, and one with a dose as its data to *dose*. A kind of which
   the vocabulary does not say it belongs to *safety*.
2. Whatever happens to such a claim has that class: added, removed, moved to another record, its words, figures,
   limits, sources, passages or locked figures changed, shown or no longer shown by another record. Another claim
   (response, mechanism, background, what is not known) is *new evidence* where it is added or gets one more source,
   and *evidence strength* for everything else.
3. *Wording* are words that differ in case, punctuation, links or articles alone, and a new name for an unchanged claim
   of the same record.
4. A changed strength, an opened or closed disagreement or another reason for one, what a claim supersedes, a changed
   design, reading, title or DOI of a source, a retraction, a recorded or withdrawn review, a new name or group of a
   record, and a changed term are *evidence strength*, or the class of the claims concerned where that is higher.
   Changed words that carry meaning, and what the lock keeps of the meaning of a passage, are *evidence strength*:
   they decide what the rules see.
5. Whatever changes the pathway's steps, what they say, ways, items or stages is *pathway outcome*.
6. A new source is *new evidence*; other corrections of its description, papers not citable yet, the log of
   searches and codes of records in other systems are *bibliography*.
7. What the guideline says of itself is *evidence strength* (title, scope, sources, where it is hosted, rewritten
   records of changes), but for version, date, licence and codes, which are *wording*.
8. A comparison with a passage that lapsed, and a difference that was judged right, are *evidence strength*, or the
   class of the claim where that is higher.
9. An answer, and what is called not known, has the class of its question: the highest of the kinds of claims that
   answer it, *safety* on a page of a harm, *evidence strength* at least. Only other case, punctuation or
   articles are *wording*. The profile's harms, its fixed sentences and what a kind of record counts as are *safety*,
   its units of doses *dose*, its questions *evidence strength*, its words of the search *wording*.
10. What a hand-written page says, and which of its sentences are approved as no medicine, is *wording*.
11. What could not be read on one side has the class of its claims on the other, and *safety* at least.
"""

import re
from collections.abc import Iterable, Mapping

from generator.changes import IMPACTS
from generator.data import Dose
from generator.guideline import ClaimEntry, Guideline
from generator.linked_text import plain_text
from generator.profile import RecordQuestion

HARMLESS = frozenset({"a", "an", "the"})
"""Words whose coming or going turns no meaning."""

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
    """Return the words of a text in their order, without case, punctuation, links and articles."""
    return [word for word in re.findall(r"\w+", plain_text(text).casefold()) if word not in HARMLESS]


def highest(impacts: Iterable[str]) -> str:
    """Return the highest of some classes of impact; `bibliography` for none."""
    return min(impacts, key=list(IMPACTS).index, default="bibliography")


def class_of(entry: ClaimEntry) -> str:
    """Return the class that a claim belongs to: `dose`, `safety`, `position-in-therapy`, or empty."""
    if isinstance(entry.claim.data, Dose):
        return "dose"
    if entry.is_of_harm:
        return "safety"
    return _class_of_kind(entry.claim.kind, entry.guideline)


def _class_of_kind(kind: str, guideline: Guideline) -> str:
    """Return the class that a kind of claim belongs to; empty where what happened decides, *safety* if it says none."""
    impact = guideline.term("claim-kinds", kind).impact or "safety"
    return "" if impact == "none" else impact


def impact_of_claims(entries: Iterable[ClaimEntry], otherwise: str) -> str:
    """Return the highest class among some claims and a class for those that belong to none."""
    return highest([otherwise, *(class_of(entry) for entry in entries if class_of(entry))])


def impact_of_question(is_of_harm: bool, question: RecordQuestion | None, guideline: Guideline) -> str:
    """Return the class of an answer to a question; of a harm, or to one that the profile lacks, it is *safety*."""
    if question is None or is_of_harm:
        return "safety"
    classes = (_class_of_kind(name, guideline) for name in question.kinds)
    return highest(["evidence-strength", *(name for name in classes if name)])


def impact_of_rewording(before: ClaimEntry, after: ClaimEntry) -> str:
    """Return the class of a change of a claim's words."""
    old, new = words_of(before.claim.text), words_of(after.claim.text)
    if old == new:
        return "wording"
    return impact_of_claims((before, after), "evidence-strength")
