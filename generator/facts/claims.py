"""One source, citation, claim or record as templates show it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

from markupsafe import Markup

from generator import links
from generator.changes import Change, ChangeList
from generator.escape import escape
from generator.evidence.strength import LEVELS, Strength, highest, level_of, strength_of
from generator.evidence.wording import describe_data
from generator.guideline import ClaimEntry, Guideline
from generator.model import Citation, PendingSource, Record, Reference, Term


@dataclass(frozen=True)
class SourceView:
    """A source as it is shown: its number on the page where it has one, and its words."""

    pmid: str
    reference: Reference
    guideline: Guideline
    number: int | None = None

    @property
    def short_name(self) -> str:
        """First author, or else the journal, and the year."""
        authors = self.reference.authors
        return f"{_surname(authors[0]) if authors else self.reference.journal} {self.reference.year or ''}".strip()

    @property
    def authors(self) -> str:
        """The first six authors."""
        authors = self.reference.authors or ()
        more = len(authors) > 6 or not self.reference.authors_complete
        return ", ".join(authors[:6]) + (", et al" if more else "")

    @property
    def printed_in(self) -> str:
        """Journal, year, volume, issue and pages, as far as they are known."""
        reference = self.reference
        text = f"{reference.journal}. {reference.year or 'year unknown'}"
        if reference.volume:
            text += f";{reference.volume}" + (f"({reference.issue})" if reference.issue else "")
        return text + (f":{reference.pages}" if reference.pages else "")

    @property
    def design(self) -> str:
        """The name of the design, with the species where they are not patients."""
        name = str(self.guideline.term("designs", self.reference.design).name)
        if self.reference.species in ("human", "unstated"):
            return name
        return f"{name}, {self.guideline.term('species', self.reference.species).name.lower()}"

    @property
    def design_and_size(self) -> str:
        """The design, with the number of participants where it is known."""
        count = self.reference.participants
        return self.design + (f", n = {count:,}" if count else "")

    @property
    def reading(self) -> str:
        """How the source was read."""
        return str(self.guideline.term("readings", self.reference.read).name)

    @property
    def retraction(self) -> str:
        """Whether the source was found retracted."""
        return str(self.guideline.term("retraction-states", self.reference.retraction.state).name)

    @property
    def level(self) -> str:
        """The level of evidence that the source counts at."""
        return LEVELS[level_of(self.reference, self.guideline)]


@dataclass(frozen=True)
class CitationView:
    """A citation with its source."""

    citation: Citation
    source: SourceView

    @property
    def on_pubmed(self) -> bool:
        """Whether the passage stands on the PubMed page, so that its address opens there."""
        return "#" in links.passage(self.citation)


@dataclass(frozen=True)
class ClaimView:
    """A claim as one page shows it."""

    entry: ClaimEntry
    page: PurePosixPath
    numbers: Mapping[str, int]

    @property
    def text(self) -> Markup:
        """The text as Markdown, with links from the page it stands on."""
        return Markup("").join(
            escape(part)
            if isinstance(part, str)
            else Markup(f"[{escape(part.words)}]({links.to_id(self.page, part.target)})")
            for part in links.split_text(self.entry.claim.text)
        )

    @cached_property
    def citations(self) -> list[CitationView]:
        """The citations with their sources, numbered where the page numbers them."""
        guideline = self.entry.guideline
        return [
            CitationView(
                cite,
                SourceView(cite.pmid, guideline.references[cite.pmid], guideline, self.numbers.get(cite.pmid)),
            )
            for cite in self.entry.claim.cites
        ]

    @property
    def sources(self) -> list[CitationView]:
        """The first citation of each source."""
        return list({view.source.pmid: view for view in reversed(self.citations)}.values())[::-1]

    @property
    def strength(self) -> Strength | None:
        """The strength of the cited evidence."""
        return strength_of(self.entry.claim, self.entry.guideline)

    @property
    def evidence(self) -> str:
        """Design and size of the first source, and the strength where it says more than that design."""
        parts = [self.citations[0].source.design_and_size]
        if len(self.sources) > 1:
            parts.append(f"{len(self.sources)} sources")
        if self.strength and self.strength.disputed:
            parts.append("disputed")
        return " · ".join(parts)

    @property
    def level(self) -> str:
        """The id of the level of evidence, for style; empty for a claim without strength."""
        return self.strength.level if self.strength else ""

    @property
    def populations(self) -> list[str]:
        """The names of the populations studied."""
        return [self.entry.guideline.term("populations", name).name for name in self.entry.claim.population]

    @property
    def kind(self) -> str:
        """The name of the claim's kind."""
        return str(self.entry.guideline.term("claim-kinds", self.entry.claim.kind).name)

    @property
    def record(self) -> Record:
        """The record that the claim stands on."""
        return self.entry.guideline.records[self.entry.record]

    @property
    def numbers_line(self) -> str:
        """The structured numbers in one line; empty without data."""
        return describe_data(self.entry.claim.data, self.entry.guideline) if self.entry.claim.data else ""

    @property
    def opponents(self) -> list["ClaimView"]:
        """The claims that this one disagrees with."""
        claims = self.entry.guideline.claims
        return [ClaimView(claims[id_], self.page, {}) for id_ in self.entry.claim.disagrees_with]

    @property
    def superseded(self) -> list["ClaimView"]:
        """The claims that this one supersedes."""
        claims = self.entry.guideline.claims
        return [ClaimView(claims[id_], self.page, {}) for id_ in self.entry.claim.supersedes]


@dataclass(frozen=True)
class RecordView:
    """A record's page."""

    id: str
    record: Record = field(compare=False)
    guideline: Guideline = field(compare=False)

    @property
    def page(self) -> PurePosixPath:
        """The path of the page."""
        return links.record_page(self.id)

    @property
    def group(self) -> Term:
        """The group that the record belongs to."""
        return self.guideline.term(f"{GROUPS[self.record.KIND]}", self.record.group)

    @cached_property
    def entries(self) -> list[ClaimEntry]:
        """The claims by kind: first those that a reader of this kind of record comes for, then by the vocabulary."""
        first = LEADING_KINDS.get(self.record.KIND, ())
        order = [*first, *(k for k in self.guideline.vocabulary.sections["claim-kinds"] if k not in first)]
        own = [entry for entry in self.guideline.claims.values() if entry.record == self.id]
        return sorted(own, key=lambda entry: order.index(entry.claim.kind))

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each source on the page, in order of first citation."""
        pmids = dict.fromkeys(cite.pmid for entry in self.entries for cite in entry.claim.cites)
        return {pmid: number for number, pmid in enumerate(pmids, start=1)}

    @cached_property
    def sections(self) -> list[tuple[str, Term, list[ClaimView]]]:
        """Kind, its term and its claims, for each kind that the record has."""
        views = [ClaimView(entry, self.page, self.numbers) for entry in self.entries]
        kinds = dict.fromkeys(view.entry.claim.kind for view in views)
        return [
            (kind, self.guideline.term("claim-kinds", kind), [v for v in views if v.entry.claim.kind == kind])
            for kind in kinds
        ]

    @property
    def claims(self) -> list[ClaimView]:
        """The claims in the order of the page."""
        return [claim for _, _, claims in self.sections for claim in claims]

    @property
    def sources(self) -> list[SourceView]:
        """The sources of the page by number."""
        return [
            SourceView(pmid, self.guideline.references[pmid], self.guideline, number)
            for pmid, number in self.numbers.items()
        ]

    @cached_property
    def mentions(self) -> list[ClaimView]:
        """Claims of other records whose text links here."""
        return [
            ClaimView(entry, self.page, {})
            for entry in self.guideline.claims.values()
            if entry.record != self.id and any(link.record == self.id for link in links.links_in(entry.claim.text))
        ]

    @property
    def pending(self) -> list[PendingSource]:
        """Papers that matter to the record and cannot be cited yet."""
        return [source for source in self.guideline.pending.values() if self.id in source.matters_to]

    @property
    def disputed(self) -> int:
        """How many claims disagree with another."""
        return sum(1 for entry in self.entries if entry.claim.disagrees_with)

    @property
    def changes(self) -> list[tuple[ChangeList, list[Change]]]:
        """The recorded versions that changed the record, the newest first, with what they changed."""
        own = [(version, [c for c in version.changes if c.record == self.id]) for version in self.guideline.changes]
        return [(version, changes) for version, changes in own if changes]

    @property
    def levels(self) -> list[tuple[str, int]]:
        """Name of level and number of claims, from the highest level."""
        return count_levels(self.entries, self.guideline)

    @property
    def highest_level(self) -> str:
        """The name of the highest level of evidence among the claims."""
        found = [strength.level for entry in self.entries if (strength := strength_of(entry.claim, self.guideline))]
        return LEVELS[highest(found)] if found else ""

    @property
    def secondary(self) -> list[SourceView]:
        """The sources that were read only through a report by others."""
        return [source for source in self.sources if source.reference.read == "secondary-report"]


TITLES = {
    "indications": "Indications",
    "adverse-events": "Adverse events",
    "mechanisms": "Mechanisms",
    "practice": "Practice",
}
"""The name of each kind of record, as a heading."""

LEADING_KINDS = {
    "adverse-events": ("frequency", "onset", "risk-factor", "prevention", "management", "monitoring"),
}
"""Kinds of claims that stand first on the pages of a kind of record, before the vocabulary's order."""

GROUPS = {
    "indications": "indication-groups",
    "adverse-events": "adverse-event-groups",
    "mechanisms": "mechanism-groups",
    "practice": "practice-groups",
}
"""The section of the vocabulary that holds the groups of each kind."""


def count_levels(entries: Iterable[ClaimEntry], guideline: Guideline) -> list[tuple[str, int]]:
    """Return name of level and number of claims, from the highest level; the numbers add up to all claims."""
    found = Counter(strength.level if (strength := strength_of(entry.claim, guideline)) else "" for entry in entries)
    return [(name, found[level]) for level, name in {**LEVELS, "": "Description only"}.items() if found[level]]


def _surname(author: str) -> str:
    words = author.split()
    return " ".join(words[:-1]) if len(words) > 1 and words[-1].isupper() else author
