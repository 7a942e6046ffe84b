"""The records: what a guideline is made of, frozen. They are the single statement of the format."""

from collections.abc import Mapping
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from generator.answers import Answer, NotKnown
from generator.codes import Code
from generator.data import Data
from generator.fields import (
    GROUPS,
    ClaimId,
    Date,
    Doi,
    FormerClaimId,
    InVocabulary,
    Label,
    Locator,
    Model,
    Orcid,
    Pmcid,
    Pmid,
    RecordId,
    Slug,
    SourceName,
    Title,
    Url,
    Version,
)
from generator.notions import Notion


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
    def key(self) -> "PassageKey":
        """What names the passage."""
        return PassageKey(self.pmid, self.start, self.end)


class Disagreement(Model):
    """A claim that answers the same question otherwise, and in what the two differ."""

    claim: ClaimId
    because: Annotated[Label, Field(description="What each side says of whom, in one line.")]


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
    """A real person's review of a record."""

    reviewed_by: Orcid
    reviewed_on: Date


Standing = Annotated[Literal["unreviewed"] | Review, Field(description="`unreviewed`, or who reviewed it and when.")]


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


RetractionState = Literal["unchecked", "none-found", "corrected", "concern", "retracted"]
"""The gravest last."""


class Retraction(Model):
    """Whether a source was found corrected or retracted, when somebody looked, and which notices were seen."""

    state: Annotated[
        RetractionState,
        Field(
            description="unchecked: nobody has looked; none-found: a look on that date found no notice; corrected: an "
            "erratum or later version changes what it says; concern: the journal published one; retracted: withdrawn."
        ),
    ]
    checked_on: Date | None = None
    notices: Annotated[
        tuple[Pmid, ...], Field(description="PMIDs of the notices that change what it says, as they were seen.")
    ] = ()


class Reference(Model):
    """PubMed's description of a source, its design, and how it was read. Unknown fields stay null."""

    title: Title
    authors: tuple[Label, ...] | None = None
    authors_complete: bool = True
    group_authors: Annotated[
        tuple[Label, ...],
        Field(description="Those of the authors that are groups, if the name could be a person's."),
    ] = ()
    journal: Label
    journal_abbreviation: Annotated[
        Label | None, Field(description="PubMed's abbreviation, if `journal` is the name in full.")
    ] = None
    year: Annotated[int, Field(ge=1800, le=2200)] | None = None
    volume: Label | None = None
    issue: Label | None = None
    pages: Label | None = None
    doi: Doi | None = None
    pmcid: Pmcid | None = None
    design: Annotated[Slug, InVocabulary("designs")]
    synthesises: (
        Annotated[
            Slug,
            InVocabulary("syntheses"),
            Field(description="For a systematic review or meta-analysis: what it pools."),
        ]
        | None
    ) = None
    study: Annotated[Slug, Field(description="Reports of one study share this name and count once.")] | None = None
    species: Annotated[Slug, InVocabulary("species")]
    participants: Annotated[int, Field(ge=1)] | None = None
    read: Annotated[Slug, InVocabulary("readings")]
    retraction: Retraction


class PendingSource(Model):
    """A paper that matters and cannot be cited yet."""

    label: Title
    journal: Label | None = None
    year: Annotated[int, Field(ge=1800, le=2200)] | None = None
    volume: Label | None = None
    issue: Label | None = None
    pages: Label | None = None
    doi: Doi | None = None
    pmid: Pmid | None = None
    pmcid: Pmcid | None = None
    reason: Annotated[Slug, InVocabulary("pending-reasons")]
    matters_to: tuple[RecordId, ...]


class Pending(Model):
    """All sources that are known and not citable yet, by a name of ours."""

    sources: Mapping[Slug, PendingSource]


class Search(Model):
    """A search for evidence: what was asked, where and when, and what came of it."""

    query: Annotated[Title, Field(description="What was typed; where something else stands, what was looked for.")]
    place: Annotated[Label, Field(description="Where was searched.")]
    on: Date
    hits: Annotated[
        Annotated[int, Field(ge=0)] | None,
        Field(description="How many results were shown; null where nobody counted."),
    ]
    kept: Annotated[
        tuple[SourceName, ...],
        Field(description="What it brought: PMIDs of references, names of pending sources."),
    ] = ()
    left_out: Annotated[Label, Field(description="What was left out, and why; not what a paper found.")] | None = None
    records: Annotated[
        tuple[RecordId, ...], Field(alias="for", min_length=1, description="The records that it was for.")
    ]


class Searches(Model):
    """The log of the search for evidence."""

    searches: tuple[Search, ...]


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
    def key(self) -> "PassageKey":
        """What names the passage."""
        return PassageKey(self.pmid, self.start, self.end)


class JudgedDifference(Model):
    """What a rule found to differ between a claim and its passage, and why a reader judged it right all the same."""

    rule: Slug
    what: Annotated[str, Field(min_length=1)]
    because: Annotated[str, Field(max_length=300)]


class ComparedClaim(Model):
    """That somebody compared a claim with its passages: the hash of both, when, who, and what was found.

    `by` is null for software and for a reader without a name: neither ever counts as a review.
    """

    claim: ClaimId
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    on: Date
    verdict: Literal["agreed", "overstated", "understated", "unclear", "wrong"]
    by: Orcid | None
    differs: tuple[JudgedDifference, ...]


class PassageKey(NamedTuple):
    """What names a passage: the PMID and its first and last words."""

    pmid: str
    start: str
    end: str


class Term(Model):
    """A word of the vocabulary: how it is shown and what it means."""

    name: Label
    meaning: Title
    level: Annotated[Slug, Field(description="Of a design: the level of evidence it counts as.")] | None = None
    impact: (
        Annotated[
            Literal["dose", "safety", "position-in-therapy", "none"],
            Field(description="Of a kind of claim: the class of a change of one; none, if what happened decides."),
        ]
        | None
    ) = None
    means: Annotated[
        tuple[Notion, ...], Field(description="What the program takes the term for, beside its words.")
    ] = ()


class Vocabulary(Model):
    """Every allowed term, by section."""

    sections: Mapping[Slug, Mapping[Slug, Term]]


SECTIONS = (
    *("claim-kinds", "populations", "designs", "syntheses", "species", "readings", "denominators", "measures"),
    *("dose-roles", "dose-periods", "routes", "pending-reasons"),
)
"""The sections that the format names; each kind of record has one of groups besides (`Guideline.groups_of`)."""


class About(Model):
    """The guideline as a whole."""

    title: Label
    scope: Label
    version: Version
    date: Date
    standing: Standing
    intervention: Annotated[
        tuple[Label, ...], Field(description="Its names. A hand-written page that names it must say no medicine.")
    ] = ()
    codes: Annotated[tuple[Code, ...], Field(description="Codes of the intervention in other systems.")] = ()
    review_every_months: Annotated[int, Field(ge=1)]
    licence: Label
    primary_source: Pmid
    address: Annotated[Url, Field(description="Where the site is hosted; null until somebody hosts it.")] | None = None
    repository: (
        Annotated[Url, Field(description="The repository on GitHub; null until somebody hosts the project.")] | None
    ) = None


class Approved(Model):
    """Sentences of hand-written pages that name the topic and say no medicine: by file and SHA-256, why they do not."""

    pages: Mapping[str, Mapping[Annotated[str, Field(pattern="^[0-9a-f]{64}$")], Label]]


def reviewed(item: About | Record) -> bool:
    """Return whether a real person's review stands behind the guideline or a record."""
    return not isinstance(item.standing, str)
