"""Claims and records that go by another id than before: which new one an old one became."""

from collections.abc import Mapping
from difflib import SequenceMatcher

from generator.guideline import ClaimEntry, Guideline
from generator.review.impact import words_of

_ALIKE = 0.6  # the share of words in common from which a claim without its old name counts as the same claim


def moved_claims(before: Guideline, after: Guideline) -> dict[str, str]:
    """Return the new id of each claim whose old one is gone and whose passages and words stand under a new one."""
    unread = before.unread | after.unread
    gone = [e for id_, e in before.claims.items() if id_ not in after.claims and e.record not in unread]
    come = {id_: e for id_, e in after.claims.items() if id_ not in before.claims and e.record not in unread}
    moved: dict[str, str] = {}
    for old in gone:
        keys = {cite.key for cite in old.claim.cites}
        likest = max(
            (entry for entry in come.values() if keys & {cite.key for cite in entry.claim.cites}),
            key=lambda entry: _likeness(old, entry),
            default=None,
        )
        if likest is not None and _likeness(old, likest) >= _ALIKE:
            moved[old.id] = likest.id
            del come[likest.id]
    return moved


def _likeness(old: ClaimEntry, new: ClaimEntry) -> float:
    return SequenceMatcher(None, words_of(old.claim.text), words_of(new.claim.text), autojunk=False).ratio()


def renamed_records(before: Guideline, after: Guideline, moved: Mapping[str, str]) -> dict[str, str]:
    """Return the new id of each record that is gone and most of whose claims stand in one new record."""
    renamed = {}
    for id_ in before.records.keys() - after.records.keys():
        own = [claim for claim in before.claims if claim.startswith(f"{id_}#")]
        homes = [moved[claim].partition("#")[0] for claim in own if claim in moved]
        home = max(sorted(set(homes)), key=homes.count, default="")
        if home and home not in before.records and 2 * homes.count(home) > len(own):
            renamed[id_] = home
    return renamed
