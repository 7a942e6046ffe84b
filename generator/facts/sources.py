"""What a reader must know of a source: names, design, how it was read, and its state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from generator.evidence.strength import LEVELS, is_retracted, level_of
from generator.facts.bibliography import (
    AUTHORS_INCOMPLETE,
    AUTHORS_UNKNOWN,
    Author,
    as_sentence,
    authors_of,
    printed_in,
)
from generator.facts.marks import RETRACTION_STATES, RETRACTION_STATES_INSIDE, mark, mark_of
from generator.guideline import Guideline, once
from generator.notions import IN_PART, PEOPLE
from generator.sources import Reference
from generator.speech import Speech


@dataclass(frozen=True)
class SourceFacts:
    """A source in words. `state` is its mark if it is retracted or under a concern, `read_in_part` if less than the
    abstract was read; both are empty for a sound source that was read.
    """

    pmid: str
    reference: Reference = field(repr=False)
    short_name: str
    authors: Sequence[Author]
    printed_in: str
    design: str
    reading: str
    level: str
    retraction: str
    state: str
    read_in_part: str
    speech: Speech = field(repr=False, compare=False)
    own: Speech = field(repr=False, compare=False)

    @property
    def title(self) -> str:
        """The title as a sentence: a full stop is added unless it ends with a mark of its own."""
        return as_sentence(self.reference.title)

    @property
    def byline(self) -> str:
        """The first six authors as a sentence, and whether there are more; or that they are not recorded."""
        if not self.authors:
            return f"{self.authors_note}."
        more = ", et al" if len(self.authors) > 6 or not self.has_all_authors else ""
        return f"{', '.join(author.name for author in self.authors[:6])}{more}."

    @property
    def has_all_authors(self) -> bool:
        """Whether every author of the paper is recorded."""
        return bool(self.authors) and self.reference.authors_complete

    @property
    def authors_note(self) -> str:
        """What is missing of the list of authors; empty if nothing is."""
        if self.has_all_authors:
            return ""
        return self.speech.say(AUTHORS_INCOMPLETE if self.authors else AUTHORS_UNKNOWN)

    @property
    def design_and_size(self) -> str:
        """The design, with the number of participants if it is known."""
        count = self.reference.participants
        return self.design + (f", n = {self.speech.number(count)}" if count else "")

    @property
    def retraction_inside(self) -> str:
        """What is known of a retraction, as it is written within a line."""
        return self.speech.say(RETRACTION_STATES_INSIDE[self.reference.retraction.state])

    @property
    def is_retracted(self) -> bool:
        """Whether the source is retracted, and so does not count."""
        return is_retracted(self.reference)

    @property
    def states(self) -> tuple[str, ...]:
        """The mark of its state, if there is one."""
        return (self.state,) if self.state else ()

    @property
    def marks(self) -> tuple[str, ...]:
        """The marks of the source, whoever cites it: its state, and that it was read in part."""
        return (*self.states, self.read_in_part) if self.read_in_part else self.states

    @property
    def marked_name(self) -> str:
        """The short name with the marks of the source."""
        return mark(self.short_name, *self.marks)

    @property
    def note(self) -> str:
        """The state, if there is one, and the remarks in one line, for a list of sources."""
        return f"{self.state}. {self.remarks}" if self.state else self.remarks

    @property
    def remarks(self) -> str:
        """Design, size, reading, and what is missing of the authors in one line."""
        missing = f" {self.authors_note}." if self.authors_note else ""
        read = self.speech.say("Read: {how}.", how=self.reading_inside)
        return f"{self.design_and_size}. {read}{missing}"

    @property
    def reading_inside(self) -> str:
        """How it was read, as it is written within a line."""
        return self.own.inside(self.reading)


@once
def sources_of(guideline: Guideline) -> Mapping[str, SourceFacts]:
    """Return what is to be known of each source, by its PMID."""
    return {pmid: describe_source(pmid, reference, guideline) for pmid, reference in guideline.references.items()}


def describe_source(pmid: str, reference: Reference, guideline: Guideline) -> SourceFacts:
    """Return what is to be known of a source."""
    authors, speech, own = authors_of(reference), guideline.about.speech, guideline.about.own
    design = str(guideline.term("designs", reference.design).name)
    if not guideline.means("species", reference.species, PEOPLE):
        design += f", {own.inside(guideline.term('species', reference.species).name)}"
    reading = str(guideline.term("readings", reference.read).name)
    return SourceFacts(
        pmid,
        reference,
        f"{authors[0].short if authors else reference.journal} {reference.year or ''}".strip(),
        authors,
        printed_in(reference, speech),
        design,
        reading,
        speech.say(LEVELS[level_of(reference, guideline)]),
        speech.say(RETRACTION_STATES[reference.retraction.state]),
        mark_of(reference.retraction.state, speech),
        own.inside(reading) if guideline.means("readings", reference.read, IN_PART) else "",
        speech,
        own,
    )
