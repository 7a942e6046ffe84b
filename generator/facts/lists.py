"""Lists of many records, claims or sources: by group, by letter, by topic, in pairs that disagree."""

import unicodedata
from collections.abc import Mapping, Sequence
from itertools import groupby

from generator.facts.claims import ClaimFacts, claims_of
from generator.facts.records import RecordFacts, records_of
from generator.facts.sources import SourceFacts, sources_of
from generator.guideline import Guideline, once
from generator.notions import GAP
from generator.sources import PendingSource
from generator.vocabulary import Term

Groups = Sequence[tuple[Term, Sequence[RecordFacts]]]


@once
def records_by_kind(guideline: Guideline) -> Mapping[str, Groups]:
    """Return the records of each kind by group in the vocabulary's order, by name within a group."""
    return {kind: _grouped(kind, guideline) for kind in guideline.profile.kinds}


def _grouped(kind: str, guideline: Guideline) -> Groups:
    records = [facts for facts in records_of(guideline).values() if kind == facts.kind]
    records.sort(key=lambda facts: (facts.record.name.casefold(), facts.id))
    groups = guideline.groups_of(kind)
    return [
        (term, members)
        for name, term in groups.items()
        if (members := [facts for facts in records if facts.record.group == name])
    ]


@once
def records_by_letter(guideline: Guideline) -> Sequence[tuple[str, Sequence[tuple[str, RecordFacts]]]]:
    """Return, for each first letter, every name and synonym with its record, in alphabetical order."""
    names = {
        (name, facts)
        for facts in records_of(guideline).values()
        for name in (facts.record.name, *facts.record.also_known_as)
    }
    letters: dict[str, list[tuple[str, RecordFacts]]] = {}
    for name, facts in sorted(names, key=lambda item: (_plain(item[0]), item[0], item[1].id)):
        letters.setdefault(_plain(name)[:1].upper(), []).append((name, facts))
    return list(letters.items())


def _plain(name: str) -> str:
    """Return a name as it is sorted: without accents, signs and capitals, and a Greek letter by its name."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    return "".join(_latin(char) for char in letters if char.isalnum() or char == " ").strip()


def _latin(char: str) -> str:
    """Return the name of a Greek letter, such as `alpha`, and any other character as it is."""
    words = unicodedata.name(char, "").split()
    return words[-1].lower() if words[:1] == ["GREEK"] else char


@once
def topics_of_sources(guideline: Guideline) -> Mapping[str, Sequence[str]]:
    """Return, for each PMID, the names of the groups of records that cite it."""
    topics: dict[str, dict[str, None]] = {}
    for groups in records_by_kind(guideline).values():
        for term, members in groups:
            for facts in members:
                for pmid in facts.numbers:
                    topics.setdefault(pmid, {})[term.name] = None
    return {pmid: list(names) for pmid, names in topics.items()}


@once
def disagreements(guideline: Guideline) -> Sequence[tuple[ClaimFacts, ClaimFacts]]:
    """Return each pair of claims that disagree, once: in the order of the sentence that tells it."""
    pairs = {tuple(sorted((entry.id, other))): None for entry in guideline.claims.values() for other in entry.opponents}
    claims = claims_of(guideline)
    return [claims[a].sides(claims[b]) for a, b in pairs]


@once
def sources_by_year(guideline: Guideline) -> Sequence[tuple[int | None, Sequence[SourceFacts]]]:
    """Return the sources of each year, the newest year first, and last those whose year is unknown."""
    ordered = sorted(
        sources_of(guideline).values(),
        key=lambda source: (-(source.reference.year or 0), source.short_name.casefold(), int(source.pmid)),
    )
    return [(year, list(sources)) for year, sources in groupby(ordered, lambda source: source.reference.year)]


@once
def pending_by_reason(guideline: Guideline) -> Sequence[tuple[Term, Mapping[str, PendingSource]]]:
    """Return the sources that cannot be cited yet by why, in the vocabulary's order."""
    reasons = guideline.vocabulary.sections["pending-reasons"]
    waiting = {
        reason: {name: source for name, source in guideline.pending.items() if source.reason == reason}
        for reason in reasons
    }
    return [(term, waiting[reason]) for reason, term in reasons.items() if waiting[reason]]


@once
def gaps_by_record(guideline: Guideline) -> Sequence[tuple[RecordFacts, Sequence[ClaimFacts]]]:
    """Return what sources say is not known, by the record that it stands on."""
    gaps = [
        (facts, [claim for claim in facts.claims if claim.entry.is_about(GAP)])
        for facts in records_of(guideline).values()
    ]
    return [(facts, claims) for facts, claims in gaps if claims]


def claims_of_source(pmid: str, guideline: Guideline) -> Sequence[ClaimFacts]:
    """Return every claim that rests on a source."""
    claims = claims_of(guideline)
    return [claims[entry.id] for entry in guideline.claims_by_source.get(pmid, ())]
