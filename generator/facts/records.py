"""What a reader must know of a record: its claims in order, its sources by number, what others say of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from generator.changes import Change, ChangeList
from generator.evidence.strength import LEVELS, level_of, strongest
from generator.facts.claims import ClaimFacts, claims_of, count_levels
from generator.facts.codes import CodeFacts, facts_of_codes
from generator.facts.order import numbers_of_sources, ordered_claims
from generator.facts.searches import SearchFacts, searches_of
from generator.facts.sources import SourceFacts, sources_of
from generator.guideline import Guideline, once
from generator.linked_text import links_in
from generator.model import Record
from generator.notions import SECOND_HAND
from generator.profile import kind_of
from generator.sources import PendingSource
from generator.vocabulary import Term


@dataclass(frozen=True)
class RecordFacts:
    """A record with all that a reader must know of it."""

    id: str
    record: Record = field(compare=False)
    guideline: Guideline = field(compare=False, repr=False)

    @property
    def kind(self) -> str:
        """The kind of record."""
        return kind_of(self.id)

    @property
    def is_treated(self) -> bool:
        """Whether it is about what is treated, such as a disease."""
        return self.kind == self.guideline.profile.treated

    @property
    def group(self) -> Term:
        """The group that the record belongs to."""
        return self.guideline.group_of(self.kind, self.record.group)

    @property
    def codes(self) -> Sequence[CodeFacts]:
        """The codes of the record in other systems."""
        return facts_of_codes(self.record.codes)

    @cached_property
    def claims(self) -> Sequence[ClaimFacts]:
        """The claims by kind, in the order of the page."""
        known = claims_of(self.guideline)
        return [known[entry.id] for entry in ordered_claims(self.guideline)[self.id]]

    @property
    def numbers(self) -> Mapping[str, int]:
        """The number of each source of the record, in order of first citation."""
        return numbers_of_sources(self.guideline)[self.id]

    @cached_property
    def sections(self) -> Sequence[tuple[str, Term, Sequence[ClaimFacts]]]:
        """Kind, its term and its claims, for each kind that the record has."""
        kinds = dict.fromkeys(claim.claim.kind for claim in self.claims)
        return [
            (kind, self.guideline.term("claim-kinds", kind), [c for c in self.claims if c.claim.kind == kind])
            for kind in kinds
        ]

    @property
    def sources(self) -> Sequence[SourceFacts]:
        """The sources of the record by number."""
        known = sources_of(self.guideline)
        return [known[pmid] for pmid in self.numbers]

    @property
    def shown(self) -> Sequence[ClaimFacts]:
        """Claims of other records that this one shows."""
        known = claims_of(self.guideline)
        return [known[id_] for id_ in self.record.shows if id_ in known]

    @property
    def mentions(self) -> Sequence[ClaimFacts]:
        """Claims of other records that this one shows, then those whose text links here."""
        linked = [claim for claim in mentions_of(self.guideline).get(self.id, ()) if claim.id not in self.record.shows]
        return [*self.shown, *linked]

    @property
    def pending(self) -> Sequence[PendingSource]:
        """Papers that matter to the record and cannot be cited yet."""
        return list(self.awaited.values())

    @property
    def awaited(self) -> Mapping[str, PendingSource]:
        """The same by name."""
        return {key: source for key, source in self.guideline.pending.items() if self.id in source.matters_to}

    @property
    def searches(self) -> Sequence[SearchFacts]:
        """The searches for evidence that were for the record, the newest first."""
        return searches_of(self.guideline).get(self.id, ())

    @property
    def studies(self) -> int:
        """How many independent studies in people the record cites: no opinion, nothing retracted."""
        counted = [source for source in self.sources if not source.is_retracted]
        levels = {source.pmid: level_of(source.reference, self.guideline) for source in counted}
        return len(
            {
                source.reference.study or source.pmid
                for source in counted
                if levels[source.pmid] not in ("expert-opinion", "laboratory")
            }
        )

    @cached_property
    def disagreements(self) -> Sequence[tuple[ClaimFacts, ClaimFacts]]:
        """Each pair of claims that disagree, of which one at least is the record's, once, in the sentence's order."""
        return list(dict.fromkeys(claim.sides(other) for claim in self.claims for other in claim.opponents))

    @property
    def disputed(self) -> int:
        """How many claims are disputed."""
        return sum(claim.disputed for claim in self.claims)

    @property
    def changes(self) -> Sequence[tuple[ChangeList, Sequence[Change]]]:
        """The recorded versions that changed the record, the newest first, with what they changed."""
        own = [(version, [c for c in version.changes if c.record == self.id]) for version in self.guideline.changes]
        return [(version, changes) for version, changes in own if changes]

    @property
    def levels(self) -> list[tuple[str, int]]:
        """Name of level, as within a line, and number of claims, from the highest level."""
        return count_levels(self.claims, inside=True)

    @property
    def highest_level(self) -> str:
        """The name of the highest level of evidence among the claims."""
        found = [claim.level for claim in self.claims if claim.level]
        return self.guideline.about.speech.say(LEVELS[strongest(found)]) if found else ""

    @property
    def secondary(self) -> Sequence[SourceFacts]:
        """The sources that were read only through a report by others."""
        return [
            source for source in self.sources if self.guideline.means("readings", source.reference.read, SECOND_HAND)
        ]


@once
def records_of(guideline: Guideline) -> Mapping[str, RecordFacts]:
    """Return what is to be known of each record, by its id."""
    return {id_: RecordFacts(id_, record, guideline) for id_, record in guideline.records.items()}


@once
def mentions_of(guideline: Guideline) -> Mapping[str, Sequence[ClaimFacts]]:
    """Return, for each record that others link to, the claims of other records that do."""
    found: dict[str, list[ClaimFacts]] = {}
    for claim in claims_of(guideline).values():
        for record in dict.fromkeys(link.record for link in links_in(claim.claim.text)):
            if record != claim.entry.record:
                found.setdefault(record, []).append(claim)
    return found
