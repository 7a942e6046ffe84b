"""The vocabulary: which terms a field may hold, and what the program takes a term for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from generator.fields import Label, Slug, Title
from generator.notions import Notion
from generator.refusing import Model, refuse


@dataclass(frozen=True)
class InVocabulary:
    """Marks a field whose value must be a term of one section of `vocabulary.yaml`."""

    section: str

    def __get_pydantic_core_schema__(self, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Send whoever left the field empty to the terms: the form of an id helps nobody who knows none."""

        def look(value: object) -> object:
            if value in (None, ""):
                raise refuse("id-form", "is empty", f"Write one of {PLACES.get(self.section, _listed(self.section))}.")
            return value

        return core_schema.no_info_before_validator_function(look, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Name the section in the JSON Schema; `schema` puts the terms in its place."""
        return {**handler(schema), "x-vocabulary": self.section}


GROUPS = "groups"
"""Stands for the section of the vocabulary that holds the groups of a record's own kind."""
RECORD_KINDS = "kinds"
"""Stands for the kinds of records of the profile, as if they were a section of the vocabulary."""
DOSE_UNITS = "dose-units"
"""Stands for the units of doses of the profile."""


def _listed(section: str) -> str:
    return f"the terms of `{section}` in content/vocabulary.yaml"


PLACES = {
    GROUPS: "the groups of its kind in content/vocabulary.yaml",
    RECORD_KINDS: "the `kinds` in content/profile.yaml",
    DOSE_UNITS: "the `units` of doses in content/profile.yaml",
}
"""Where the terms of a section are that stands for something else."""


class Term(Model):
    """A word of the vocabulary: how it is shown and what it means."""

    name: Annotated[Label, Field(description="How a reader sees it.")]
    meaning: Annotated[Title, Field(description="What it means, to readers and authors; the page Vocabulary shows it.")]
    level: Annotated[Slug | None, Field(description="Of a design: the level of evidence it counts as.")] = None
    impact: Annotated[
        Literal["dose", "safety", "position-in-therapy", "none"] | None,
        Field(description="Of a kind of claim: the class of a change of one; none, if what happened decides."),
    ] = None
    means: Annotated[
        tuple[Notion, ...], Field(description="What the program takes the term for, beside its words.")
    ] = ()
    pubmed: Annotated[
        tuple[Label, ...],
        Field(
            description="How PubMed says it: publication types of a design, MeSH headings of a species. Of several "
            "terms the first one is proposed."
        ),
    ] = ()


class Vocabulary(Model):
    """Every allowed term, by section."""

    sections: Annotated[
        Mapping[Slug, Mapping[Slug, Term]],
        Field(description="By the name of the section, then by the term as files write it."),
    ]


SECTIONS = (
    *("claim-kinds", "populations", "designs", "syntheses", "species", "readings", "denominators", "measures"),
    *("dose-roles", "dose-periods", "routes", "pending-reasons"),
)
"""The sections that the format names; each kind of record has one of groups besides (`Guideline.groups_of`)."""
