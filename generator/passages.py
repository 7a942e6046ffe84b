"""What is kept of a cited passage: it is named by its ends, and no sentence of it is copied."""

from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from generator.fields import ClaimId, Date, Label, Locator, Pmid
from generator.refusing import Model


class PassageKey(NamedTuple):
    """What names a passage: the PMID and its first and last words."""

    pmid: str
    start: str
    end: str


class ReadSentence(Model):
    """What is kept of the meaning of a sentence: its signs, separated by spaces, and its quantities in order."""

    signs: str
    quantities: tuple[Label, ...]


class LockedPassage(Model):
    """What is kept of a cited passage: its fingerprint, figures and meaning, and the claims that cite it."""

    pmid: Pmid
    start: Annotated[Locator, Field(alias="from")]
    end: Annotated[Locator, Field(alias="to")]
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    words: Annotated[int, Field(ge=1)]
    figures: tuple[Annotated[str, Field(pattern=r"^[0-9]+(\.[0-9]+)*$")], ...]
    parts: Annotated[
        tuple[str, ...], Field(description="Which parts of its text it stands in, by their headings.")
    ] = ()
    cut: Annotated[bool, Field(description="Whether it ends in mid-sentence.")] = False
    turned: Annotated[bool, Field(description="Whether the next sentence turns it.")] = False
    sentences: tuple[ReadSentence, ...] = ()
    checked_on: Date
    via: Annotated[
        Literal["text", "reading"], Field(description="Located in the text, or taken from notes of a reading.")
    ]
    cited_by: tuple[ClaimId, ...]

    @property
    def key(self) -> PassageKey:
        """What names the passage."""
        return PassageKey(self.pmid, self.start, self.end)
