"""What a reader must know of whatever rests on claims: its sources, each once, with their marks."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf
from pathlib import PurePosixPath

from generator.answers import Support
from generator.facts.claims import CitationFacts, ClaimFacts, claims_of
from generator.facts.marks import INDIRECT
from generator.guideline import Guideline


@dataclass(frozen=True)
class SupportFacts:
    """A claim that an answer rests on, and the words that say in what it is indirect; empty for one that is not."""

    claim: ClaimFacts
    indirect: str
    text: str
    """The words that rest on the claim."""

    @property
    def marks(self) -> tuple[str, ...]:
        """That it is indirect, and the marks of the claim."""
        return (*((self.indirect,) if self.indirect else ()), *self.claim.marks_beside(self.text))


class Backed(ABC):
    """What rests on claims: an answer, or a step of it."""

    @property
    @abstractmethod
    def support(self) -> Sequence[SupportFacts]:
        """The claims that it rests on."""

    @cached_property
    def cited(self) -> Sequence[tuple[str, tuple[str, ...], Sequence[CitationFacts]]]:
        """Its citations, each source once, by the record and marks of the claims that cite: record, marks, citations.

        The page of that record lists the sources under their numbers.
        """
        groups: dict[tuple[str, tuple[str, ...]], dict[str, CitationFacts]] = {}
        for each in self.support:
            for cite in each.claim.by_source:
                groups.setdefault((each.claim.entry.record, each.marks), {}).setdefault(cite.source.pmid, cite)
        return [(home, marks, list(cites.values())) for (home, marks), cites in groups.items()]

    @cached_property
    def sources(self) -> Sequence[tuple[CitationFacts, tuple[str, ...]]]:
        """Its sources, each once: the first citation of it, and the states of all."""
        found: dict[str, list[CitationFacts]] = {}
        for each in self.support:
            for cite in each.claim.citations:
                found.setdefault(cite.source.pmid, []).append(cite)
        return [
            (cites[0], tuple(dict.fromkeys(state for cite in cites for state in cite.states)))
            for cites in found.values()
        ]

    def sources_on(self, page: PurePosixPath) -> Sequence[tuple[int | None, CitationFacts, tuple[str, ...]]]:
        """Return its sources with the number of each on a page, in that order, then those that it does not list."""
        found = [(cite.numbers.get(page), cite, states) for cite, states in self.sources]
        return sorted(found, key=lambda one: inf if one[0] is None else one[0])

    @property
    def remarks(self) -> tuple[str, ...]:
        """The marks of its claims, each once."""
        return tuple(dict.fromkeys(mark for each in self.support for mark in each.marks))

    @property
    def readings(self) -> tuple[str, ...]:
        """How sources of it were read that were read in part, each once."""
        found = (cite.source.read_in_part for cite, _ in self.sources)
        return tuple(dict.fromkeys(words for words in found if words))

    @property
    def pmids(self) -> list[str]:
        """The PMIDs that it rests on, in order."""
        return list(dict.fromkeys(cite.source.pmid for _, _, cites in self.cited for cite in cites))

    @property
    def marks(self) -> tuple[str, ...]:
        """The marks of its claims and of their sources, each once."""
        found = ((*marks, *(m for cite in cites for m in cite.marks)) for _, marks, cites in self.cited)
        return tuple(dict.fromkeys(mark for marks in found for mark in marks))


def support_of(named: Sequence[Support], text: str, guideline: Guideline) -> Sequence[SupportFacts]:
    """Return the claims that a text names as what it rests on, those that can be read."""
    known = claims_of(guideline)
    return [
        SupportFacts(
            known[each.claim], guideline.about.speech.say(INDIRECT[each.indirect] if each.indirect else ""), text
        )
        for each in named
        if each.claim in known
    ]
