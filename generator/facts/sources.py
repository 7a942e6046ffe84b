"""What a reader must know of a source: names, design, how it was read, and its state."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.evidence.strength import LEVELS, is_retracted, level_of
from generator.facts.marks import MARKS, READ_IN_PART, mark
from generator.guideline import Guideline, once
from generator.model import Reference


@dataclass(frozen=True)
class SourceFacts:
    """A source in words. `state` is its mark if it is retracted or under a concern, `read_in_part` if less than the
    abstract was read; both are empty for a sound source that was read.
    """

    pmid: str
    reference: Reference = field(repr=False)
    short_name: str
    authors: str
    printed_in: str
    design: str
    reading: str
    level: str
    retraction: str
    state: str
    read_in_part: str

    @property
    def title(self) -> str:
        """The title as a sentence: a full stop is added unless it ends with a mark of its own."""
        title = str(self.reference.title)
        return title if title.endswith((".", "?", "!")) else f"{title}."

    @property
    def design_and_size(self) -> str:
        """The design, with the number of participants if it is known."""
        count = self.reference.participants
        return self.design + (f", n = {count:,}" if count else "")

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
        """State, design, size and reading in one line, for a list of sources."""
        state = f"{self.state}. " if self.state else ""
        return f"{state}{self.design_and_size}. Read: {self.reading.lower()}."


@once
def sources_of(guideline: Guideline) -> Mapping[str, SourceFacts]:
    """Return what is to be known of each source, by its PMID."""
    return {pmid: describe_source(pmid, reference, guideline) for pmid, reference in guideline.references.items()}


def describe_source(pmid: str, reference: Reference, guideline: Guideline) -> SourceFacts:
    """Return what is to be known of a source."""
    design = str(guideline.term("designs", reference.design).name)
    if reference.species not in ("human", "unstated"):
        design += f", {guideline.term('species', reference.species).name.lower()}"
    reading = str(guideline.term("readings", reference.read).name)
    return SourceFacts(
        pmid,
        reference,
        _short_name(reference),
        _first_authors(reference),
        _printed_in(reference),
        design,
        reading,
        LEVELS[level_of(reference, guideline)],
        str(guideline.term("retraction-states", reference.retraction.state).name),
        MARKS.get(reference.retraction.state, ""),
        reading.lower() if reference.read in READ_IN_PART else "",
    )


def _short_name(reference: Reference) -> str:
    """Return the first author, or else the journal, and the year."""
    authors = reference.authors
    return f"{_surname(authors[0]) if authors else reference.journal} {reference.year or ''}".strip()


def _surname(author: str) -> str:
    words = author.split()
    return " ".join(words[:-1]) if len(words) > 1 and words[-1].isupper() else author


def _first_authors(reference: Reference) -> str:
    """Return the first six authors."""
    authors = reference.authors or ()
    more = len(authors) > 6 or not reference.authors_complete
    return ", ".join(authors[:6]) + (", et al" if more else "")


def _printed_in(reference: Reference) -> str:
    """Return journal, year, volume, issue and pages, as far as they are known."""
    text = f"{reference.journal}. {reference.year or 'year unknown'}"
    issue = f"({reference.issue})" if reference.issue else ""
    if reference.volume or issue:
        text += f";{reference.volume or ''}{issue}"
    return text + (f":{reference.pages}" if reference.pages else "")
