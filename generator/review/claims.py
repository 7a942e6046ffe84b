"""Changes of records and their claims: words, figures, doses, limits, citations, strength, disagreements."""

from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher

from generator.changes import Change
from generator.data import Dose
from generator.evidence.passages import normalise, numerals
from generator.evidence.strength import strength_of
from generator.evidence.wording import describe_data
from generator.facts.claims import ClaimFacts
from generator.guideline import ClaimEntry, Guideline
from generator.links import plain_text
from generator.model import Citation, LockedPassage, Record, Review
from generator.notions import DOSE
from generator.review.impact import class_of, highest, impact_of_claims, impact_of_rewording, words_of

_ALIKE = 0.6  # the share of words in common from which a claim without its old name counts as the same claim

_ABOUT_A_CLAIM = (
    *("citation-added", "citation-removed", "citation-swapped", "passage-moved", "bearing-changed"),
    *("strength-changed", "claim-reclassified", "claim-limited", "figures-relocked", "superseding-changed"),
    "disagreement-explained",
)
"""Kinds that do not show the claim's words as what changed."""


def claim_changes(before: Guideline, after: Guideline, moved: Mapping[str, str]) -> Iterator[Change]:
    """Yield the changes of all records and claims, record by record; a record unread on one side is left out."""
    unread = before.unread | after.unread
    old_claims = {id_: entry for id_, entry in before.claims.items() if entry.record not in unread}
    new_claims = {id_: entry for id_, entry in after.claims.items() if entry.record not in unread}
    renamed = renamed_records(before, after, moved)
    yield from _records(before, after, renamed)
    yield from _shown_claims(before, after, renamed, moved)
    yield from _former_addresses(before, after, {**moved, **renamed})
    follows = {new: old for old, new in moved.items()}
    for id_, entry in new_claims.items():
        old = old_claims.get(follows.get(id_, id_))
        if old is None:
            impact = class_of(entry) or "new-evidence"
            yield _change("claim-added", impact, entry, after=shown(entry), cites=entry.claim.cites)
            continue
        if old.id != id_ and (renamed.get(old.record) != entry.record or old.name != entry.name):
            here = renamed.get(old.record, old.record) == entry.record
            impact = "wording" if here else class_of(entry) or "evidence-strength"
            notes = [_address(old.id, after)]
            yield _change("claim-moved", impact, entry, old.id, id_, notes, entry.claim.cites)
        yield from _within(old, entry, before, after, moved)
    for id_, entry in old_claims.items():
        if id_ not in new_claims and id_ not in moved:
            impact = class_of(entry) or "evidence-strength"
            yield _change("claim-removed", impact, entry, before=shown(entry), cites=entry.claim.cites)


def shown(entry: ClaimEntry) -> str:
    """Return a claim's words with its structured numbers."""
    data = entry.claim.data
    line = f" · {describe_data(data, entry.guideline)}" if data else ""
    return f"{plain_text(entry.claim.text)}{line}"


def title(entry: ClaimEntry) -> str:
    """Return where a claim stands, in words."""
    kind = entry.guideline.term("claim-kinds", entry.claim.kind).name
    return f"{entry.guideline.records[entry.record].name}: {kind.lower()}"


def _change(
    kind: str,
    impact: str,
    entry: ClaimEntry,
    before: str = "",
    after: str = "",
    notes: Iterable[str] = (),
    cites: Iterable[Citation] = (),
) -> Change:
    if kind in _ABOUT_A_CLAIM:
        notes = [f"the claim: {shown(entry)}", *notes]
    return Change.of(kind, impact, entry.id, title(entry), before, after, notes, [cite.pmid for cite in cites])


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


def _records(before: Guideline, after: Guideline, renamed: dict[str, str]) -> Iterator[Change]:
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
                yield Change.of("record-renamed", impact, home, new.name, id_, home, [_address(id_, after)])
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


def _address(old: str, after: Guideline) -> str:
    """Say whether the address of an id that is gone is kept."""
    return (
        "the old address leads here"
        if old in after.former
        else "the old address leads nowhere; list it under `formerly`"
    )


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


def _within(
    old: ClaimEntry, new: ClaimEntry, before: Guideline, after: Guideline, moved: Mapping[str, str]
) -> Iterator[Change]:
    """Yield the changes of a claim that both versions have."""
    a, b = old.claim, new.claim
    weighty = impact_of_claims((old, new), "evidence-strength")
    if _numbers(a.text) != _numbers(b.text) or a.data != b.data:
        dose = isinstance(a.data, Dose) or isinstance(b.data, Dose) or old.is_about(DOSE) or new.is_about(DOSE)
        kind = "dose-changed" if dose else "figure-changed"
        yield _change(kind, weighty, new, shown(old), shown(new), cites=b.cites)
    elif a.text != b.text:
        notes = ["only links differ"] if plain_text(a.text) == plain_text(b.text) else []
        yield _change("claim-reworded", impact_of_rewording(old, new), new, shown(old), shown(new), notes, b.cites)
    if (a.kind, a.population) != (b.kind, b.population):
        labels = [", ".join((claim.kind, *claim.population)) for claim in (a, b)]
        yield _change("claim-reclassified", weighty, new, labels[0], labels[1], cites=b.cites)
    limits = [_limits(entry) for entry in (old, new)]
    if limits[0] != limits[1]:
        yield _change("claim-limited", weighty, new, limits[0], limits[1], cites=b.cites)
    yield from _citations(old, new, weighty)
    yield from _locked(new, before, after, weighty)
    yield from _strength(old, new, before, after)
    if tuple(moved.get(id_, id_) for id_ in a.supersedes) != b.supersedes:
        sides = (", ".join(a.supersedes), ", ".join(b.supersedes))
        yield _change("superseding-changed", weighty, new, sides[0], sides[1], cites=b.cites)
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
            yield _change("disagreement-explained", impact, new, was[id_], now[id_], notes, new.claim.cites)
        else:
            kind = "disagreement-opened" if id_ in now else "disagreement-closed"
            notes.append(f"the reason: {now.get(id_) or was.get(id_)}")
            yield _change(kind, impact, new, notes=notes, after=shown(new), cites=new.claim.cites)


def _numbers(text: str) -> list[str]:
    return list(numerals(normalise(plain_text(text))))


def _citations(old: ClaimEntry, new: ClaimEntry, weighty: str) -> Iterator[Change]:
    was = {cite.key: cite for cite in old.claim.cites}
    now = {cite.key: cite for cite in new.claim.cites}
    gone = [cite for key, cite in was.items() if key not in now]
    come = [cite for key, cite in now.items() if key not in was]
    for cite in list(gone):
        if same := next((other for other in come if other.pmid == cite.pmid), None):
            yield _change("passage-moved", weighty, new, _passage(cite), _passage(same), cites=[same])
            gone.remove(cite)
            come.remove(same)
    for cite, other in zip(list(gone), list(come), strict=False):
        yield _change("citation-swapped", weighty, new, _passage(cite), _passage(other), cites=[cite, other])
        gone.remove(cite)
        come.remove(other)
    for cite in gone:
        yield _change("citation-removed", weighty, new, before=_passage(cite), cites=[cite])
    added = class_of(new) or "new-evidence"
    for cite in come:
        yield _change("citation-added", added, new, after=_passage(cite), cites=[cite])
    for key in [key for key in was if key in now]:
        if (was[key].section, was[key].part) != (now[key].section, now[key].part):
            yield _change("passage-moved", weighty, new, _passage(was[key]), _passage(now[key]), cites=[now[key]])
        if was[key].bearing != now[key].bearing:
            sides = (f"PMID {key.pmid} {was[key].bearing}", f"PMID {key.pmid} {now[key].bearing}")
            yield _change("bearing-changed", weighty, new, sides[0], sides[1], cites=[now[key]])


def _locked(entry: ClaimEntry, before: Guideline, after: Guideline, weighty: str) -> Iterator[Change]:
    """Yield a change where a passage is the same by its words, and its fingerprint, length or figures are not."""
    for cite in entry.claim.cites:
        old, new = before.passages.get(cite.key), after.passages.get(cite.key)
        if old and new and (old.sha256, _lock_line(old)) != (new.sha256, _lock_line(new)):
            notes = ["the fingerprint is another"] if old.sha256 != new.sha256 else []
            yield _change("figures-relocked", weighty, entry, _lock_line(old), _lock_line(new), notes, [cite])


def _lock_line(passage: LockedPassage) -> str:
    return f"figures {', '.join(passage.figures) or 'none'}; {passage.words} words; by {passage.via}"


def _passage(cite: Citation) -> str:
    part = f", {cite.part}" if cite.part else ""
    return f"PMID {cite.pmid}, {cite.section}{part}: {cite.start} … {cite.end}"


def _strength(old: ClaimEntry, new: ClaimEntry, before: Guideline, after: Guideline) -> Iterator[Change]:
    if any(cite.pmid not in before.references for cite in old.claim.cites):
        return  # a source that could not be read has no design
    if any(cite.pmid not in after.references for cite in new.claim.cites):
        return
    was, now = strength_of(old), strength_of(new)
    if was == now:
        return
    cited, cites = ({cite.pmid for cite in entry.claim.cites} for entry in (old, new))
    notes = [f"PMID {pmid} is no longer cited" for pmid in sorted(cited - cites)]
    notes += [f"PMID {pmid} is cited in addition" for pmid in sorted(cites - cited)]
    for pmid in sorted(cited & cites):
        designs = [version.references[pmid] for version in (before, after)]
        for name in ("design", "synthesises", "species", "study"):
            values = [getattr(reference, name) for reference in designs]
            if values[0] != values[1]:
                notes.append(f"{name} of PMID {pmid}: {values[0]} became {values[1]}")
        states = [reference.retraction.state for reference in designs]
        if "retracted" in states and states[0] != states[1]:
            notes.append(f"retraction of PMID {pmid}: {states[0]} became {states[1]}")
    if old.opponents.keys() != new.opponents.keys():
        notes.append("disagreements changed")
    if old.claim.kind != new.claim.kind:
        notes.append("the kind of claim changed")
    if not notes:
        notes.append("the levels of designs in the vocabulary, or a citation's bearing, changed")
    impact = impact_of_claims((new,), "evidence-strength")
    labels = [ClaimFacts(entry).strength_label or "describes only" for entry in (old, new)]
    yield _change("strength-changed", impact, new, labels[0], labels[1], notes, new.claim.cites)
