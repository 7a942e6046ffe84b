"""How a change of a claim is said: its words, where it stands, and whether an old address is kept."""

from collections.abc import Iterable

from generator.changes import Change
from generator.evidence.wording import describe_data
from generator.guideline import ClaimEntry, Guideline
from generator.linked_text import plain_text
from generator.model import Citation

_ABOUT_A_CLAIM = (
    *("citation-added", "citation-removed", "citation-swapped", "passage-moved", "bearing-changed"),
    *("strength-changed", "claim-reclassified", "claim-limited", "figures-relocked", "superseding-changed"),
    "disagreement-explained",
)
"""Kinds that do not show the claim's words as what changed."""


def shown(entry: ClaimEntry) -> str:
    """Return a claim's words with its structured numbers."""
    data = entry.claim.data
    line = f" · {describe_data(data, entry.guideline)}" if data else ""
    return f"{plain_text(entry.claim.text)}{line}"


def claim_change(
    kind: str,
    impact: str,
    entry: ClaimEntry,
    before: str = "",
    after: str = "",
    notes: Iterable[str] = (),
    cites: Iterable[Citation] = (),
) -> Change:
    """Return a change of a claim; its words are told with it where they are not what changed."""
    if kind in _ABOUT_A_CLAIM:
        notes = [f"the claim: {shown(entry)}", *notes]
    return Change.of(kind, impact, entry.id, entry.where, before, after, notes, [cite.pmid for cite in cites])


def say_address(old: str, after: Guideline) -> str:
    """Say whether the address of an id that is gone is kept."""
    return (
        "the old address leads here"
        if old in after.former
        else "the old address leads nowhere; list it under `formerly`"
    )
