"""Lists of many records, claims or sources: by group, by letter, by topic, in pairs that disagree."""

import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from generator.facts.claims import GROUPS, ClaimView, RecordView
from generator.guideline import Guideline
from generator.model import Term


def views_of(kind: str, guideline: Guideline) -> list[tuple[Term, list[RecordView]]]:
    """Return the records of a kind by group in the vocabulary's order, by name within a group."""
    views = [RecordView(id_, record, guideline) for id_, record in guideline.records.items() if kind == record.KIND]
    views.sort(key=lambda view: (view.record.name.casefold(), view.id))
    groups = guideline.vocabulary.sections[GROUPS[kind]]
    return [
        (term, members)
        for name, term in groups.items()
        if (members := [view for view in views if view.record.group == name])
    ]


def by_letter(
    kinds: Mapping[str, list[tuple[Term, list[RecordView]]]],
) -> list[tuple[str, list[tuple[str, RecordView]]]]:
    """Return, for each first letter, every name and synonym with its record, in alphabetical order."""
    names = {
        (name, view)
        for groups in kinds.values()
        for _, members in groups
        for view in members
        for name in (view.record.name, *view.record.also_known_as)
    }
    letters: dict[str, list[tuple[str, RecordView]]] = {}
    for name, view in sorted(names, key=lambda item: (_plain(item[0]), item[0], item[1].id)):
        letters.setdefault(_plain(name)[:1].upper(), []).append((name, view))
    return list(letters.items())


def _plain(name: str) -> str:
    """Return a name as it is sorted: without accents, signs and capitals."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    return "".join(char for char in letters if char.isalnum() or char == " ").strip()


def topics_of_sources(kinds: Mapping[str, list[tuple[Term, list[RecordView]]]]) -> dict[str, list[str]]:
    """Return, for each PMID, the names of the groups of records that cite it."""
    topics: dict[str, dict[str, None]] = {}
    for groups in kinds.values():
        for term, members in groups:
            for view in members:
                for pmid in view.numbers:
                    topics.setdefault(pmid, {})[term.name] = None
    return {pmid: list(names) for pmid, names in topics.items()}


def disagreements(guideline: Guideline, page: PurePosixPath) -> list[tuple[ClaimView, ClaimView]]:
    """Return each pair of claims that disagree, once."""
    pairs = {
        tuple(sorted((entry.id, other))): None
        for entry in guideline.claims.values()
        for other in entry.claim.disagrees_with
    }
    claims = guideline.claims
    return [(ClaimView(claims[a], page, {}), ClaimView(claims[b], page, {})) for a, b in pairs]


def reference_claims(pmid: str, guideline: Guideline, page: PurePosixPath) -> Iterator[ClaimView]:
    """Yield every claim that rests on a source."""
    for entry in guideline.claims.values():
        if any(cite.pmid == pmid for cite in entry.claim.cites):
            yield ClaimView(entry, page, {})
