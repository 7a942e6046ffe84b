"""What `guideline.json` and the file of a record hold: models, from which data and JSON Schema are made alike.

What the content's own models say of a field is not said again here.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import ConfigDict, Field

from generator.answers import Direction, NotKnown, Step, Support
from generator.codes import Code
from generator.data import Data
from generator.evidence.basis import STEPS
from generator.evidence.strength import LEVELS
from generator.fields import PMID, AnswerId, AnyId, ClaimId, Date, Label, Orcid, Pmid, RecordId, Slug
from generator.model import About, Citation, Standing, Subject
from generator.pathway import Pathway
from generator.profile import Profile
from generator.refusing import Model
from generator.schema import GROUP_OF_ITS_KIND
from generator.sources import PendingSource, Reference, Search
from generator.vocabulary import RECORD_KINDS, InVocabulary, Term

FORMAT: Final = "4.0"
"""The first number changes when a reader has to change, the second when something is added."""

Text = Annotated[str, Field(min_length=1)]
Words = tuple[Text, ...]
Pmids = tuple[Pmid, ...]
ClaimIds = tuple[ClaimId, ...]
Level = Annotated[str, Field(json_schema_extra={"enum": [*LEVELS]})]
ShownVersion = Annotated[
    str,
    Field(
        pattern=r"^[0-9]+\.[0-9]+\.[0-9]+(\+[0-9a-z]+)?$", description="With a suffix it is not one that was given out."
    ),
]
Address = Annotated[
    str,
    Field(
        pattern=r"^(https://[A-Za-z0-9.-]+(:[0-9]+)?/[A-Za-z0-9/._~%-]*)?[a-z0-9/._~%-]+#[a-z0-9-]+$",
        description="Where it stands on its page: from the root of the site, unless the site is hosted.",
    ),
]


class AboutGuideline(About):
    """The guideline as a whole."""

    version: ShownVersion


class Edition(Model):
    """Of which edition a record is."""

    title: Label
    version: ShownVersion
    date: Date
    standing: Standing
    licence: Label


class CitedPassage(Citation):
    """A citation, in words too, with the address, fingerprint, length in words and figures of its passage."""

    marks: Words
    cited_as: Text
    url: Annotated[str, Field(pattern=rf"^https://pubmed\.ncbi\.nlm\.nih\.gov/{PMID}/(#:~:text=[^\s,]+,[^\s,]+)?$")]
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    words: Annotated[int, Field(ge=1)]
    figures: tuple[Annotated[str, Field(pattern=r"^[0-9]+(\.[0-9]+)*$")], ...]


class ClaimStrength(Model):
    """Level and number of the independent sources that count, whether it is disputed, and how many were retracted."""

    level: Level
    sources: Annotated[int, Field(ge=1)]
    disputed: bool
    retracted: Annotated[int, Field(ge=0)]


class StatedClaim(Model):
    """A claim in plain text, with all that a reader must know of it."""

    kind: Annotated[Slug, InVocabulary("claim-kinds")]
    text: Text
    page: Address
    links: tuple[AnyId, ...]
    citations: Annotated[tuple[CitedPassage, ...], Field(min_length=1)]
    data: Data | None
    population: tuple[Annotated[Slug, InVocabulary("populations")], ...]
    subject: Subject
    as_of: Annotated[int, Field(ge=1900, le=2200)] | None
    one_group: bool
    sic: Label | None
    disagrees_with: Mapping[ClaimId, Label]
    supersedes: ClaimIds
    superseded_by: ClaimIds
    marks: Words
    strength: ClaimStrength | None


class GivenAnswer(Model):
    """An answer, with all that a reader must know of it."""

    question: Label
    text: Text
    page: Address
    direction: Direction | None
    rests_on: Annotated[tuple[Support, ...], Field(min_length=1)]
    steps: tuple[Step, ...]
    otherwise: ClaimIds
    stops: str
    awaited: str
    pmids: Annotated[Pmids, Field(min_length=1)]
    marks: Words
    basis: str
    per_hundred: Words
    step: Annotated[int, Field(ge=0, lt=len(STEPS))] | None


def _group_of_its_kind(schema: dict[str, Any]) -> None:
    schema[GROUP_OF_ITS_KIND] = True


class KeptRecord(Model):
    """A record with its answers and claims by their full ids."""

    model_config = ConfigDict(json_schema_extra=_group_of_its_kind)

    kind: Annotated[Slug, InVocabulary(RECORD_KINDS)]
    name: Label
    also_known_as: tuple[Label, ...]
    group: Slug
    standing: Standing
    written_by: tuple[Orcid, ...]
    codes: tuple[Code, ...]
    shows: ClaimIds
    answers: Mapping[AnswerId, GivenAnswer]
    not_known: tuple[NotKnown, ...]
    claims: Mapping[ClaimId, StatedClaim]


class CitedSource(Reference):
    """A source with the level that its design counts at and its marks."""

    level: Level
    marks: Words


Former = Annotated[
    Mapping[AnyId, AnyId], Field(description="Ids of records and claims that are gone, and those that they lead to.")
]


class Document(Model):
    """`guideline.json`: what the guideline says of itself and asks, records, references, pathway, lists."""

    schema_: Annotated[Literal["guideline.schema.json"], Field(alias="$schema")] = "guideline.schema.json"
    format: Literal["4.0"] = FORMAT
    about: AboutGuideline
    profile: Profile
    vocabulary: Mapping[Slug, Mapping[Slug, Term]]
    records: Mapping[RecordId, KeptRecord]
    former: Former
    references: Mapping[Pmid, CitedSource]
    pathway: Pathway
    pending: Mapping[Slug, PendingSource]
    searches: tuple[Search, ...]


class RecordDocument(Model):
    """The file of a record: as it is in `guideline.json`, with its sources; or where a record has gone that moved."""

    schema_: Annotated[Literal["../data/record.schema.json"], Field(alias="$schema")] = "../data/record.schema.json"
    format: Literal["4.0"] = FORMAT
    about: Edition
    id: RecordId
    moved_to: RecordId | None
    record: KeptRecord | None
    former: Former
    references: Mapping[Pmid, CitedSource]
