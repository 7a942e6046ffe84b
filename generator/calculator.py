"""What grams are computed with: the units of doses, and what the profile says of the page of doses."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from generator.fields import ClaimId, Label, RecordId, Slug
from generator.quantities import Number
from generator.refusing import Model
from generator.vocabulary import InVocabulary


class WeightNote(Model):
    """What is to be thought of at some body weights before a dose is multiplied."""

    start: Annotated[int | None, Field(ge=1, alias="from", description="From this weight on, in kg.")] = None
    below: Annotated[int, Field(ge=1, description="Below this weight, in kg.")] | None = None
    says: Label
    see: Annotated[RecordId, Field(description="The record that tells more of it.")] | None = None
    rests_on: Annotated[tuple[ClaimId, ...], Field(description="The claims that say it, where it is medicine.")] = ()
    unless: (
        Annotated[Slug, InVocabulary("populations"), Field(description="Not of doses given to these patients.")] | None
    ) = None


class LightPatients(Model):
    """Patients who may weigh less than the least weight of the tables."""

    population: Annotated[Slug, InVocabulary("populations")]
    weights: Annotated[
        tuple[Annotated[int, Field(ge=1)], ...],
        Field(min_length=1, description="Weights in kg that tables then begin with."),
    ]


class DoseUnit(Model):
    """A unit of doses, and how many grams an amount of one is for each kg of body weight, if it goes by weight."""

    grams_per_kg: (
        Annotated[Number, Field(gt=0, description="Grams for each kg; without it no grams are computed.")] | None
    ) = None


class DosesPage(Model):
    """The units of doses, and what the page of doses adds to the regimens."""

    units: Annotated[
        Mapping[Label, DoseUnit],
        Field(
            default_factory=dict,
            description="The units of doses. If none goes by weight there is no calculator, and no table of grams.",
        ),
    ]
    question: Annotated[Slug, Field(description="The question of a disease that asks for its dose.")] | None = None
    beside: Annotated[
        tuple[Slug, ...],
        Field(description="The questions of a disease whose answers stand with its doses, such as its harms."),
    ] = ()
    concentrations: Annotated[
        tuple[Annotated[int, Field(ge=1, le=100)], ...], Field(description="Grams in 100 mL, for volumes.")
    ] = ()
    pounds_from: (
        Annotated[int, Field(ge=1, description="From this weight on the page asks whether pounds were meant.")] | None
    ) = None
    notes: tuple[WeightNote, ...] = ()
    apart: Annotated[
        tuple[Annotated[Slug, InVocabulary("dose-roles")], ...],
        Field(description="Roles of doses that tables keep apart from others that give the same grams."),
    ] = ()
    light: Annotated[LightPatients | None, Field(description="Whose regimens have smaller weights too.")] = None
