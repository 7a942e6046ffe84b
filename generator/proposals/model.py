"""What may be proposed: a claim, an answer, a source, or that something is wrong. The form asks for these keys."""

from collections.abc import Mapping
from typing import Annotated, Literal, get_args

from pydantic import Field, TypeAdapter

from generator.answers import Answer
from generator.fields import ANSWER, SLUG, Label, Locator, Pmid, RecordId, Slug
from generator.limits import COPIED_WORDS, NOTE
from generator.model import Claim
from generator.refusing import Matching, Model
from generator.sources import Reference

FORMAT = 1
"""The number that a proposal says; another is of a form of another time."""

QUOTED = rf"[\"“„«](?:[^\s\"”“»„«]+\s+(?=\S)){{{COPIED_WORDS}}}[^\"”“»„«]*[\"”“»]"
"""Nine words or more between quotation marks: a sentence of a source, which is not copied.

No mark stands between the two, and no space is given back: the time it takes grows with the text and no faster.
"""

Note = Annotated[
    str,
    Matching(
        rf"(?![\s\S]{{{NOTE + 1}}})(?![\s\S]*{QUOTED})(?=[\s\S]*\S)[\s\S]+",
        "label-form",
        "a note",
        f"Say it in your own words, in at most {NOTE} characters, and quote at most eight words of a source.",
    ),
]
Place = Annotated[
    str,
    Matching(rf"(?:{ANSWER})?{SLUG}", "id-form", "the name of a claim or an answer", "Write what its `#` links to."),
]


class _Proposal(Model):
    proposal: Annotated[Literal[1], Field(description="The format: 1.")]
    note: Annotated[Note, Field(description="What an editor should know of it.")] | None = None


class ProposedClaim(_Proposal):
    """A new claim of a record."""

    what: Literal["claim"]
    record: RecordId
    name: Annotated[Slug, Field(description="A short lower-case name; others will link to it.")]
    content: Claim


class ProposedAnswer(_Proposal):
    """An answer to a question, in the place of the one that the record gives."""

    what: Literal["answer"]
    record: RecordId
    name: Annotated[Slug, Field(description="The question, by its name in the profile.")]
    content: Answer


class ProposedSource(_Proposal):
    """A source that is not among the references yet."""

    what: Literal["source"]
    pmid: Pmid
    content: Reference


class ReportedError(_Proposal):
    """That something is wrong: an editor reads it against the passage, and it changes nothing by itself."""

    what: Literal["error"]
    record: RecordId
    name: Annotated[Place, Field(description="The claim or the answer that is wrong.")] | None = None
    key: Annotated[Label, Field(description="What of it is wrong.")]
    text: Annotated[Note, Field(description="What should stand in its place, in your own words.")]
    pmid: Pmid | None = None
    start: Annotated[Locator | None, Field(alias="from", description="First words of the passage, as printed.")] = None
    end: Annotated[Locator | None, Field(alias="to", description="Last words of the passage, as printed.")] = None
    section: Label | None = None


Proposal = ProposedClaim | ProposedAnswer | ReportedError | ProposedSource
PROPOSAL: TypeAdapter[Proposal] = TypeAdapter(Annotated[Proposal, Field(discriminator="what")])
PROPOSED: Mapping[str, type[Model]] = {
    get_args(type_.model_fields["what"].annotation)[0]: type_ for type_ in get_args(Proposal)
}
"""The model of each kind of proposal, in the order of the form."""
