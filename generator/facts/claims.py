"""What a reader must know of a citation and a claim: one description that every output asks."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

from generator import elsewhere
from generator.evidence.passages import figures, normalise
from generator.evidence.strength import (
    LEVELS,
    LEVELS_INSIDE,
    Strength,
    is_disputed,
    strength_of,
)
from generator.evidence.wording import describe_data
from generator.facts.marks import mark, mark_of
from generator.facts.order import numbers_by_page, numbers_of_sources
from generator.facts.sources import SourceFacts, sources_of
from generator.guideline import ClaimEntry, Guideline, once
from generator.linked_text import Link, plain_text, split_text
from generator.meaning.lexicon import lexicon_of
from generator.meaning.sentence import read_sentences
from generator.meaning.signs import HEDGE
from generator.model import Citation, Claim, Record
from generator.speech import Speech, to_say


@dataclass(frozen=True)
class CitationFacts:
    """A citation with its source; `number` is that of the source in the list of the claim's own record.

    `numbers` are those by the page of each record that lists the source.
    """

    citation: Citation
    source: SourceFacts
    number: int
    numbers: Mapping[PurePosixPath, int] = field(default_factory=dict, repr=False, hash=False)

    @property
    def passage(self) -> str:
        """The address that opens the passage."""
        return elsewhere.passage(self.citation)

    @property
    def on_pubmed(self) -> bool:
        """Whether the passage stands on the PubMed page, so that its address opens there."""
        return "#" in self.passage

    @property
    def states(self) -> tuple[str, ...]:
        """How the citation bears on the claim unless it supports it, then the state of the source."""
        bearing = mark_of(self.citation.bearing, self.source.speech)
        return (*((bearing,) if bearing else ()), *self.source.states)

    @property
    def marks(self) -> tuple[str, ...]:
        """The states, and that the source was read in part: for a place that says nothing else of the citation."""
        return (*self.states, self.source.read_in_part) if self.source.read_in_part else self.states

    @property
    def marked_name(self) -> str:
        """The short name of the source with all marks of the citation."""
        return mark(self.source.short_name, *self.marks)

    @property
    def words(self) -> str:
        """The citation in one line: source, design, size, how it was read, bearing and state."""
        source = self.source
        return mark(f"{source.short_name}, {source.design_and_size}", source.reading_inside, *self.states)


@dataclass(frozen=True)
class ClaimFacts:
    """A claim with all that a reader must know of it."""

    entry: ClaimEntry

    @property
    def id(self) -> str:
        """The full id."""
        return self.entry.id

    @property
    def claim(self) -> Claim:
        """The claim as it is recorded."""
        return self.entry.claim

    @property
    def speech(self) -> Speech:
        """The words of the interface."""
        return self.entry.guideline.about.speech

    @property
    def record(self) -> Record:
        """The record that the claim stands on."""
        return self.entry.guideline.records[self.entry.record]

    @property
    def parts(self) -> list[str | Link]:
        """The text as plain stretches and links."""
        return list(split_text(self.claim.text))

    @property
    def plain_text(self) -> str:
        """The text without its links."""
        return plain_text(self.claim.text)

    @cached_property
    def citations(self) -> Sequence[CitationFacts]:
        """The citations with their sources, numbered as on the record's page."""
        sources = sources_of(self.entry.guideline)
        own = numbers_of_sources(self.entry.guideline)[self.entry.record]
        numbers = numbers_by_page(self.entry.guideline)
        return [
            CitationFacts(cite, sources[cite.pmid], own[cite.pmid], numbers[cite.pmid]) for cite in self.claim.cites
        ]

    @property
    def passages(self) -> Sequence[Sequence[CitationFacts]]:
        """The citations, those of one source together that bear on the claim alike."""
        groups: dict[tuple[str, tuple[str, ...]], list[CitationFacts]] = {}
        for cite in self.citations:
            groups.setdefault((cite.source.pmid, cite.states), []).append(cite)
        return list(groups.values())

    @cached_property
    def by_source(self) -> Sequence[CitationFacts]:
        """The first citation of each source."""
        return list({cite.source.pmid: cite for cite in reversed(self.citations)}.values())[::-1]

    @cached_property
    def strength(self) -> Strength | None:
        """The strength of the cited evidence."""
        return strength_of(self.entry)

    @property
    def strength_label(self) -> str:
        """The strength in words, or that nothing supports it that counts; empty for a claim that only describes."""
        if self.strength:
            return self.strength.label(self.speech)
        words = [] if self.entry.only_describes else [self.speech.say(NOTHING_COUNTS)]
        return " · ".join([*words, *([mark_of("disputed", self.speech)] if self.disputed else [])])

    @property
    def level_name(self) -> str:
        """The level of evidence in words, or why there is none."""
        if self.level:
            return self.speech.say(LEVELS[self.level])
        return self.speech.say(DESCRIBES if self.entry.only_describes else NOTHING_COUNTS)

    @property
    def level_inside(self) -> str:
        """The same as it is written within a line."""
        if self.level:
            return self.speech.say(LEVELS_INSIDE[self.level])
        return self.speech.say(DESCRIBES_INSIDE if self.entry.only_describes else NOTHING_COUNTS_INSIDE)

    @property
    def level(self) -> str:
        """The id of the level of evidence, for style; empty for a claim without strength."""
        return self.strength.level if self.strength else ""

    @property
    def disputed(self) -> bool:
        """Whether the claim disagrees with another, or a citation contradicts it."""
        return is_disputed(self.entry)

    @property
    def marks(self) -> tuple[str, ...]:
        """The marks of the claim itself, and what limits it: for a place that says nothing else of it."""
        found = {"disputed": self.disputed, "superseded": bool(self.superseded_by)}
        return (*(mark_of(name, self.speech) for name, holds in found.items() if holds), *self.limits)

    @property
    def all_marks(self) -> tuple[str, ...]:
        """The marks of the claim and of its citations, each once: for a place that names no source."""
        return tuple(dict.fromkeys((*self.marks, *(mark for cite in self.citations for mark in cite.marks))))

    @property
    def hedged(self) -> bool:
        """Whether its text says may, should be considered, or another word of the kind."""
        sentences = read_sentences(self.plain_text, lexicon_of(self.entry.guideline))
        return any(HEDGE in sentence.heard for sentence in sentences)

    def marks_beside(self, text: str) -> tuple[str, ...]:
        """The marks for a text that rests on the claim: a remark on figures of the source only where it repeats one."""
        if not self.claim.sic:
            return self.marks
        said = {*figures(normalise(text))}
        is_said = said.intersection(remarked) if (remarked := figures(normalise(self._sic))) else True
        return self.marks if is_said else tuple(words for words in self.marks if words != self._sic)

    @property
    def limits(self) -> tuple[str, ...]:
        """What limits the claim: that it is about something else, holds for a year, or has numbers that cannot be."""
        subject = mark_of(self.claim.subject, self.speech)
        as_of = self.speech.say("as of {when}", when=self.claim.as_of) if self.claim.as_of else ""
        return tuple(words for words in (subject, as_of, self._sic) if words)

    @property
    def _sic(self) -> str:
        return self.speech.say("so in the source: {words}", words=self.claim.sic) if self.claim.sic else ""

    @property
    def populations(self) -> list[str]:
        """The names of the populations studied."""
        return [self.entry.guideline.term("populations", name).name for name in self.claim.population]

    @property
    def kind(self) -> str:
        """The name of the claim's kind."""
        return str(self.entry.guideline.term("claim-kinds", self.claim.kind).name)

    @property
    def where(self) -> str:
        """Where the claim stands, in words: its record and kind."""
        return self.entry.where

    @property
    def short_label(self) -> str:
        """The claim in a few words, for a link to it: its kind and the first source, with the marks of that."""
        return f"{self.kind}, {self.citations[0].marked_name}"

    @property
    def numbers_line(self) -> str:
        """The structured numbers in one line; empty without data."""
        return describe_data(self.claim.data, self.entry.guideline) if self.claim.data else ""

    @property
    def opponents(self) -> list["ClaimFacts"]:
        """The claims that this one disagrees with, or that disagree with it."""
        return self._known(self.entry.opponents)

    def sides(self, other: "ClaimFacts") -> tuple["ClaimFacts", "ClaimFacts"]:
        """Return the claim and one that it disagrees with in the order of the sentence: who tells it is first."""
        tells = any(told.claim == other.id for told in self.claim.disagrees_with)
        return (self, other) if tells else (other, self)

    @property
    def supersedes(self) -> list["ClaimFacts"]:
        """The claims that this one supersedes."""
        return self._known(self.claim.supersedes)

    @property
    def superseded_by(self) -> list["ClaimFacts"]:
        """The claims that supersede this one."""
        return self._known(entry.id for entry in self.entry.guideline.superseded_by.get(self.id, ()))

    def _known(self, ids: Iterable[str]) -> list["ClaimFacts"]:
        # A review also looks at content with problems, in which a claim may name one that does not exist.
        claims = claims_of(self.entry.guideline)
        return [claims[id_] for id_ in ids if id_ in claims]

    @property
    def relations(self) -> list[tuple[str, list["ClaimFacts"]]]:
        """How claims that supersede each other are told: words and claims, from the newer's side and the older's."""
        told = [(SUPERSEDED_BY, self.superseded_by), (SUPERSEDES, self.supersedes)]
        return [(self.speech.say(words), claims) for words, claims in told if claims]

    @property
    def quotation(self) -> str:
        """The claim with its citations and marks in one line, for whoever carries it elsewhere."""
        cited = "; ".join(f"{cite.words}, PMID {cite.source.pmid}" for cite in self.citations)
        told = [f"{words}: {', '.join(other.where for other in claims)}" for words, claims in self.relations]
        disputed = [self.speech.say("Disputed")] if self.disputed else []
        limits = [words[0].upper() + words[1:].removesuffix(".") for words in self.limits]
        return " ".join([self.plain_text, f"[{cited}]", *(f"{words}." for words in [*limits, *disputed, *told])])


SUPERSEDED_BY = to_say("Superseded by")
SUPERSEDES = to_say("Supersedes")
NOTHING_COUNTS = to_say("No supporting source that counts")
NOTHING_COUNTS_INSIDE = to_say("no supporting source that counts")
DESCRIBES = to_say("Description only")
DESCRIBES_INSIDE = to_say("description only")


@once
def claims_of(guideline: Guideline) -> Mapping[str, ClaimFacts]:
    """Return what is to be known of each claim, by its id, in the order of the records."""
    return {id_: ClaimFacts(entry) for id_, entry in guideline.claims.items()}


def count_levels(claims: Iterable[ClaimFacts], *, inside: bool = False) -> list[tuple[str, int]]:
    """Return name of level and number of claims, from the highest level; the numbers add up to all claims.

    The names are as they are written within a line if they are to stand `inside` one.
    """
    told = list(claims)
    found = Counter(claim.level_inside if inside else claim.level_name for claim in told)
    levels = (LEVELS_INSIDE, NOTHING_COUNTS_INSIDE, DESCRIBES_INSIDE) if inside else (LEVELS, NOTHING_COUNTS, DESCRIBES)
    names = [claim.speech.say(name) for claim in told[:1] for name in (*levels[0].values(), *levels[1:])]
    return [(name, found[name]) for name in names if found[name]]
