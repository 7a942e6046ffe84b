"""Sources: those that are cited, those that cannot be cited yet, and the log of the search for them."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from generator.fields import (
    Date,
    Doi,
    Label,
    Pmcid,
    Pmid,
    Query,
    RecordId,
    Slug,
    SourceName,
    Title,
)
from generator.refusing import Model
from generator.vocabulary import InVocabulary

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
    participants: (
        Annotated[int, Field(ge=1, description="How many people took part, if what was read says so.")] | None
    ) = None
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


class WatchRun(Model):
    """A search for new papers, as it was recorded: its days, its query, and what it brought that was not known."""

    on: Date
    since: Annotated[Date, Field(description="Papers that came into PubMed from this day on were looked for.")]
    query: Query
    hits: Annotated[int, Field(ge=0, description="How many papers PubMed found.")]
    new: Annotated[
        tuple[Pmid, ...], Field(description="Those of them that no earlier search had brought and nothing here cites.")
    ]


class Watched(Model):
    """The searches for new papers, written by machine: what they brought is left out of the next."""

    runs: tuple[WatchRun, ...]
