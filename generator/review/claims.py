"""Changes of claims: added, gone, moved; of one that stays its words, figures, limits and disagreements."""

from collections.abc import Iterator, Mapping

from generator.changes import Change
from generator.data import Dose
from generator.evidence.passages import normalise, numerals
from generator.facts.claims import ClaimFacts
from generator.guideline import ClaimEntry, Guideline
from generator.linked_text import plain_text
from generator.notions import DOSE
from generator.review.following import renamed_records
from generator.review.impact import class_of, impact_of_claims, impact_of_rewording, words_of
from generator.review.records import record_changes
from generator.review.saying import claim_change, say_address, shown
from generator.review.support import citation_changes, locked_changes, strength_changes


def claim_changes(before: Guideline, after: Guideline, moved: Mapping[str, str]) -> Iterator[Change]:
    """Yield the changes of all records and claims, record by record; a record unread on one side is left out."""
    unread = before.unread | after.unread
    old_claims = {id_: entry for id_, entry in before.claims.items() if entry.record not in unread}
    new_claims = {id_: entry for id_, entry in after.claims.items() if entry.record not in unread}
    renamed = renamed_records(before, after, moved)
    yield from record_changes(before, after, renamed, moved)
    follows = {new: old for old, new in moved.items()}
    for id_, entry in new_claims.items():
        old = old_claims.get(follows.get(id_, id_))
        if old is None:
            impact = class_of(entry) or "new-evidence"
            yield claim_change("claim-added", impact, entry, after=shown(entry), cites=entry.claim.cites)
            continue
        if old.id != id_ and (renamed.get(old.record) != entry.record or old.name != entry.name):
            here = renamed.get(old.record, old.record) == entry.record
            impact = "wording" if here else class_of(entry) or "evidence-strength"
            notes = [say_address(old.id, after)]
            yield claim_change("claim-moved", impact, entry, old.id, id_, notes, entry.claim.cites)
        yield from _within(old, entry, before, after, moved)
    for id_, entry in old_claims.items():
        if id_ not in new_claims and id_ not in moved:
            impact = class_of(entry) or "evidence-strength"
            yield claim_change("claim-removed", impact, entry, before=shown(entry), cites=entry.claim.cites)


def _within(
    old: ClaimEntry, new: ClaimEntry, before: Guideline, after: Guideline, moved: Mapping[str, str]
) -> Iterator[Change]:
    """Yield the changes of a claim that both versions have."""
    a, b = old.claim, new.claim
    weighty = impact_of_claims((old, new), "evidence-strength")
    if _numbers(a.text) != _numbers(b.text) or a.data != b.data:
        dose = isinstance(a.data, Dose) or isinstance(b.data, Dose) or old.is_about(DOSE) or new.is_about(DOSE)
        kind = "dose-changed" if dose else "figure-changed"
        yield claim_change(kind, weighty, new, shown(old), shown(new), cites=b.cites)
    elif a.text != b.text:
        notes = ["only links differ"] if plain_text(a.text) == plain_text(b.text) else []
        yield claim_change("claim-reworded", impact_of_rewording(old, new), new, shown(old), shown(new), notes, b.cites)
    if (a.kind, a.population) != (b.kind, b.population):
        labels = [", ".join((claim.kind, *claim.population)) for claim in (a, b)]
        yield claim_change("claim-reclassified", weighty, new, labels[0], labels[1], cites=b.cites)
    limits = [_limits(entry) for entry in (old, new)]
    if limits[0] != limits[1]:
        yield claim_change("claim-limited", weighty, new, limits[0], limits[1], cites=b.cites)
    yield from citation_changes(old, new, weighty)
    yield from locked_changes(new, before, after, weighty)
    yield from strength_changes(old, new, before, after)
    if tuple(moved.get(id_, id_) for id_ in a.supersedes) != b.supersedes:
        sides = (", ".join(a.supersedes), ", ".join(b.supersedes))
        yield claim_change("superseding-changed", weighty, new, sides[0], sides[1], cites=b.cites)
    yield from _disagreements(old, new, before, after, moved)


def _limits(entry: ClaimEntry) -> str:
    return "; ".join(ClaimFacts(entry).limits)


def _disagreements(
    old: ClaimEntry, new: ClaimEntry, before: Guideline, after: Guideline, moved: Mapping[str, str]
) -> Iterator[Change]:
    """Yield the disagreements that opened or closed, and those of which the reason changed; each pair once.

    A pair is told on either side. If the record of one side could not be read, only what the other tells is compared.
    """
    follows = {id_: was for was, id_ in moved.items()}
    unread = before.unread | after.unread
    told = {moved.get(other.claim, other.claim) for other in old.claim.disagrees_with}
    told |= {other.claim for other in new.claim.disagrees_with}
    was = {moved.get(id_, id_): because for id_, because in old.opponents.items()}
    now = new.opponents
    for id_ in sorted(was.keys() | now.keys()):
        sides = before.claims.get(follows.get(id_, id_)), after.claims.get(id_)
        other = sides[1] or sides[0]
        if other is None or (other.record in unread and id_ not in told):
            continue
        if was.get(id_) == now.get(id_) or (all(sides) and id_ < new.id):
            continue
        impact = impact_of_claims((old, new, other), "evidence-strength")
        notes = [f"against {id_}: {shown(other)}"]
        if id_ in was and id_ in now:
            if words_of(was[id_]) == words_of(now[id_]):
                impact = "wording"
            yield claim_change("disagreement-explained", impact, new, was[id_], now[id_], notes, new.claim.cites)
        else:
            kind = "disagreement-opened" if id_ in now else "disagreement-closed"
            notes.append(f"the reason: {now.get(id_) or was.get(id_)}")
            yield claim_change(kind, impact, new, notes=notes, after=shown(new), cites=new.claim.cites)


def _numbers(text: str) -> list[str]:
    return list(numerals(normalise(plain_text(text))))
