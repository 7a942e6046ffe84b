"""The records and the guideline as a whole, frozen. They are the single statement of the format."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag

from generator.answers import Answer, NotKnown
from generator.codes import Code
from generator.data import Data
from generator.fields import (
    ClaimId,
    Date,
    FormerClaimId,
    Label,
    Language,
    Locator,
    Mail,
    Orcid,
    Pmid,
    Reason,
    RecordId,
    Slug,
    Url,
    Version,
)
from generator.passages import PassageKey
from generator.refusing import Model
from generator.speech import ENGLISH, Speech, speech_in
from generator.vocabulary import GROUPS, InVocabulary


class Citation(Model):
    """A passage of a source: the PMID and the first and last words of what carries the claim."""

    pmid: Pmid
    start: Annotated[Locator, Field(alias="from", description="First words of the passage, as printed.")]
    end: Annotated[Locator, Field(alias="to", description="Last words of the passage, as printed.")]
    section: Annotated[Label, Field(description="Where in the source the passage stands.")] = "abstract"
    part: Annotated[
        Literal["background", "methods", "results", "conclusion"] | None,
        Field(description="Which part of the text it is, where the text has no headings that say so."),
    ] = None
    bearing: Literal["supports", "qualifies", "contradicts"] = "supports"

    @property
    def key(self) -> PassageKey:
        """What names the passage."""
        return PassageKey(self.pmid, self.start, self.end)


class Disagreement(Model):
    """A claim that answers the same question otherwise, and in what the two differ."""

    claim: ClaimId
    because: Annotated[Label, Field(description="What each side says of whom, in one line; this claim's side first.")]


Subject = Literal["intervention", "comparator", "disease", "product", "class"]


class Claim(Model):
    """One statement about medicine, in our own words, with the passages that carry it."""

    kind: Annotated[Slug, InVocabulary("claim-kinds")]
    text: Annotated[str, Field(min_length=1, description="Plain text; links go to records and claims.")]
    cites: Annotated[tuple[Citation, ...], Field(description="At least one passage.")] = ()
    data: Annotated[Data, Field(description="The main number, as the first citation gives it.")] | None = None
    population: tuple[Annotated[Slug, InVocabulary("populations")], ...] = ()
    subject: Annotated[
        Subject,
        Field(description="What the claim is about: the intervention unless it says otherwise."),
    ] = "intervention"
    as_of: (
        Annotated[int, Field(ge=1900, le=2200, description="The year in which it held, if that may change.")] | None
    ) = None
    one_group: Annotated[
        bool,
        Field(
            description="Set where a controlled study is cited for what it saw in one group, or in all together: it "
            "then counts as an observational study."
        ),
    ] = False
    sic: Annotated[Label | None, Field(description="What in the source's own numbers cannot all be right.")] = None
    disagrees_with: Annotated[
        tuple[Disagreement, ...],
        Field(description="Claims that answer the same question otherwise; told on one side, shown on both."),
    ] = ()
    supersedes: tuple[ClaimId, ...] = ()
    formerly: Annotated[
        tuple[FormerClaimId, ...],
        Field(description="Names that the claim had in this record, or full ids from elsewhere: they still lead here."),
    ] = ()


class Review(Model):
    """A real person's review of a record, which `desk` writes where that person agreed to all that it says."""

    reviewed_by: Orcid
    reviewed_on: Date
    interests: Annotated[Label, Field(description="What the person declared: `none`, or which interests.")]
    sha256: Annotated[
        str, Field(pattern="^[0-9a-f]{64}$", description="Of the answers and claims as the person saw them.")
    ]


def _kind_of_standing(value: object) -> str:
    return "review" if isinstance(value, Mapping | Review) else "word"


Standing = Annotated[
    Annotated[Literal["unreviewed"], Tag("word")] | Annotated[Review, Tag("review")],
    Discriminator(_kind_of_standing),
    Field(description="`unreviewed`, or who reviewed it and when."),
]


class Record(Model):
    """A page of the guideline. Its folder is its kind; the profile says which kinds there are."""

    name: Label
    also_known_as: Annotated[tuple[Label, ...], Field(description="Synonyms and abbreviations.")] = ()
    formerly: Annotated[
        tuple[RecordId, ...], Field(description="Ids that the record had: their pages still lead here.")
    ] = ()
    group: Annotated[
        Slug, InVocabulary(GROUPS), Field(description="The section of the vocabulary is named after its kind.")
    ]
    standing: Standing
    written_by: Annotated[
        tuple[Orcid, ...], Field(description="Who wrote it, by ORCID iD: none of them may review it.")
    ] = ()
    codes: Annotated[tuple[Code, ...], Field(description="Its codes in other systems.")] = ()
    shows: Annotated[
        tuple[ClaimId, ...],
        Field(description="Claims of other records that its readers need: told there, shown here too."),
    ] = ()
    answers: Annotated[
        Mapping[Slug, Answer],
        Field(
            default_factory=dict, description="By the questions of the profile: what its claims together say to each."
        ),
    ]
    not_known: Annotated[tuple[NotKnown, ...], Field(description="The questions that nothing cited answers.")] = ()
    claims: Mapping[Slug, Claim]


class About(Model):
    """The guideline as a whole."""

    title: Label
    scope: Label
    version: Version
    date: Date
    standing: Standing
    written_by: Annotated[
        tuple[Orcid, ...], Field(description="Who wrote it, by ORCID iD: none of them may review any of it.")
    ] = ()
    intervention: Annotated[
        tuple[Label, ...], Field(description="Its names. A hand-written page that names it must say no medicine.")
    ] = ()
    codes: Annotated[tuple[Code, ...], Field(description="Codes of the intervention in other systems.")] = ()
    review_every_months: Annotated[int, Field(ge=1)]
    licence: Label
    primary_source: Pmid
    language: Annotated[Language, Field(description="The language in which the content is written.")] = ENGLISH
    interface: Annotated[
        Literal["en", "de"], Field(description="The language of headings, labels and messages of the machine itself.")
    ] = ENGLISH
    address: Annotated[Url, Field(description="Where the site is hosted; null until somebody hosts it.")] | None = None
    repository: (
        Annotated[Url, Field(description="The repository on GitHub; null until somebody hosts the project.")] | None
    ) = None
    contact: (
        Annotated[
            Mail, Field(description="Where proposals are sent by mail, shown on their form; null until there is one.")
        ]
        | None
    ) = None

    @property
    def speech(self) -> Speech:
        """The words of the interface."""
        return speech_in(self.interface)

    @property
    def own(self) -> Speech:
        """The words of the machine in the language of the content, for lines that are woven of its terms."""
        return speech_in(self.language)


class Approved(Model):
    """Sentences of hand-written pages that name the topic and say no medicine: by file and SHA-256, why they do not."""

    pages: Mapping[str, Mapping[Annotated[str, Field(pattern="^[0-9a-f]{64}$")], Reason]]


def reviewed(item: About | Record) -> bool:
    """Return whether a real person's review stands behind the guideline or a record."""
    return not isinstance(item.standing, str)
