"""Changes of the comparisons of claims with their passages: which lapsed, and what was judged right, with the reason.

They are no changes of content: the recorded changes of a version leave them out.
"""

from collections.abc import Iterator

from generator.changes import Change
from generator.evidence.comparisons import current
from generator.guideline import ClaimEntry, Guideline
from generator.review.impact import impact_of_claims
from generator.review.saying import shown


def comparison_changes(before: Guideline, after: Guideline) -> Iterator[Change]:
    """Yield each comparison by a named reader that holds no more, and each judgement that came, went or changed."""
    if {"comparisons", "passages"} & (before.unread | after.unread):
        return
    held, holds = current(before), current(after)
    for id_, entry in after.claims.items():
        old = held.get(id_)
        if old and old.by and id_ not in holds:  # what nobody signed lapses with every change, and `check` tells
            yield _change("comparison-lapsed", entry, "", "", f"compared on {old.on} by {old.by}")
        was, now = _judged(before, id_), _judged(after, id_)
        for what in sorted(was.keys() | now.keys()):
            if was.get(what) != now.get(what):
                yield _change("difference-judged", entry, was.get(what, ""), now.get(what, ""), ": ".join(what))


def _judged(version: Guideline, id_: str) -> dict[tuple[str, str], str]:
    """Return the reasons of the differences in a claim that were judged right, by rule and difference."""
    compared = version.comparisons.get(id_)
    return {(one.rule, one.what): one.because for one in compared.differs} if compared else {}


def _change(kind: str, entry: ClaimEntry, before: str, after: str, note: str) -> Change:
    impact = impact_of_claims([entry], "evidence-strength")
    pmids = [cite.pmid for cite in entry.claim.cites]
    notes = [note, f"the claim: {shown(entry)}"]
    return Change.of(kind, impact, entry.id, entry.where, before, after, notes, pmids)
