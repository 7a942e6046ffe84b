"""Changes of records: added, gone, renamed, described otherwise, what they show of others, and former addresses."""

from collections.abc import Iterator, Mapping

from generator.changes import Change
from generator.guideline import Guideline
from generator.model import Record, Review
from generator.review.impact import highest, impact_of_claims
from generator.review.saying import say_address, shown


def record_changes(
    before: Guideline, after: Guideline, renamed: Mapping[str, str], moved: Mapping[str, str]
) -> Iterator[Change]:
    """Yield the changes of records, but of what stands in their claims."""
    yield from _records(before, after, renamed)
    yield from _shown_claims(before, after, renamed, moved)
    yield from _former_addresses(before, after, {**moved, **renamed})


def _records(before: Guideline, after: Guideline, renamed: Mapping[str, str]) -> Iterator[Change]:
    for id_, record in after.records.items():
        if id_ not in before.records and id_ not in before.unread and id_ not in renamed.values():
            impact = _impact_of_record(id_, after, "new-evidence")
            yield Change.of("record-added", impact, id_, record.name, after=_described(record))
    for id_, record in before.records.items():
        home = renamed.get(id_, id_)
        impact = highest(
            [_impact_of_record(id_, before, "evidence-strength"), _impact_of_record(home, after, "wording")]
        )
        if home in after.records:
            new = after.records[home]
            if home != id_:
                yield Change.of("record-renamed", impact, home, new.name, id_, home, [say_address(id_, after)])
            if _described(record) != _described(new):
                yield Change.of("record-described", impact, home, new.name, _described(record), _described(new))
            if record.codes != new.codes:
                yield Change.of("codes-changed", "bibliography", home, new.name, *_codes(record, new))
            if record.standing != new.standing:
                sides = (_standing(record.standing), _standing(new.standing))
                yield Change.of("standing-changed", impact, home, new.name, sides[0], sides[1])
        elif id_ not in after.unread:
            yield Change.of("record-removed", impact, id_, record.name, before=_described(record))


def _shown_claims(
    before: Guideline, after: Guideline, renamed: Mapping[str, str], moved: Mapping[str, str]
) -> Iterator[Change]:
    """Yield the records that show other claims of others than before."""
    was = {renamed.get(id_, id_): record.shows for id_, record in before.records.items()}
    for id_, record in after.records.items():
        old = was.get(id_, ())
        if id_ not in before.unread and tuple(moved.get(claim, claim) for claim in old) != record.shows:
            notes, claims = [], []
            for words, version, ids in (
                ("no longer shown", before, [claim for claim in old if moved.get(claim, claim) not in record.shows]),
                (
                    "shown",
                    after,
                    [claim for claim in record.shows if claim not in {moved.get(id_, id_) for id_ in old}],
                ),
            ):
                entries = [version.claims[claim] for claim in ids if claim in version.claims]
                notes += [f"{words}: {shown(entry)}" for entry in entries]
                claims += entries
            impact = impact_of_claims(claims, "evidence-strength")
            sides = (", ".join(old), ", ".join(record.shows))
            yield Change.of("shown-claims-changed", impact, id_, record.name, sides[0], sides[1], notes)


def _former_addresses(before: Guideline, after: Guideline, follows: Mapping[str, str]) -> Iterator[Change]:
    """Yield each former address that leads nowhere now, is new, or leads to something else than what was there."""
    for old in dict.fromkeys(old for version in (before, after) for old, _, _ in version.former_ids()):
        was, now = (
            version.former.get(old, old if old in version.records or old in version.claims else "")
            for version in (before, after)
        )
        homes = {id_.partition("#")[0] for id_ in (old, was, now)}
        if follows.get(was, was) != now and not homes & (before.unread | after.unread):
            record = (after if now else before).records[(now or was).partition("#")[0]]
            where, sides = now or was, [f"{old} leads to {id_}" if id_ else "" for id_ in (was, now)]
            yield Change.of("former-address-changed", "wording", where, record.name, sides[0], sides[1])


def _impact_of_record(id_: str, guideline: Guideline, otherwise: str) -> str:
    return impact_of_claims((entry for entry in guideline.claims.values() if entry.record == id_), otherwise)


def _described(record: Record) -> str:
    also = f" ({', '.join(record.also_known_as)})" if record.also_known_as else ""
    return f"{record.name}{also}; group: {record.group}"


def _codes(old: Record, new: Record) -> tuple[str, str]:
    """Return the codes that one of two versions of a record has alone."""
    gone, come = (
        [
            f"{code.system} {code.code} ({code.match}), seen {code.on} at {code.seen}"
            for code in here.codes
            if code not in there.codes
        ]
        for here, there in ((old, new), (new, old))
    )
    return "; ".join(gone), "; ".join(come)


def _standing(standing: str | Review) -> str:
    return f"reviewed on {standing.reviewed_on} by {standing.reviewed_by}" if isinstance(standing, Review) else standing
