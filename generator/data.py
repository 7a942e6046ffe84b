"""The numbers of a claim: five kinds of structured data, each with its unit in the field or beside it.

Nothing is typed that can be computed: a percentage is typed only where the source prints it.
"""

from typing import Annotated, Literal

from pydantic import Field

from generator.fields import Label, Slug
from generator.quantities import Number, PeriodField, QuantityField
from generator.refusing import Model
from generator.vocabulary import DOSE_UNITS, InVocabulary

Interval = Annotated[tuple[Number, Number], Field(description="95% confidence interval, lower limit first.")]
Count = Annotated[int, Field(ge=0)]
Total = Annotated[int, Field(ge=1)]
Unknown = Annotated[Label | None, Field(description="Why the total cannot be given.")]
Percent = Annotated[QuantityField, Field(description="Percentage as the source prints it; never one of your own.")]


class Share(Model):
    """So many of so many, as counts or as the percentage printed."""

    outcome: Label
    events: Count | None = None
    of: Total | None = None
    of_unknown: Unknown = None
    unit: Annotated[Slug, InVocabulary("denominators")]
    percent: Percent | None = None
    ci: Interval | None = None


class Proportion(Share):
    """So many of so many had an outcome, such as a response."""

    type: Literal["proportion"]
    arm: Label | None = None
    better: (
        Annotated[
            Literal["higher", "lower"], Field(description="`lower` for what is bad among efficacy, such as death.")
        ]
        | None
    ) = None


class Rate(Share):
    """How often a harm occurs; the unit says what is counted, such as patients."""

    type: Literal["rate"]


class Arm(Model):
    """One side of a comparison, with what the source prints of it."""

    name: Label
    events: Annotated[Number, Field(description="A count; an expected count may be a decimal.")] | None = None
    of: Total | None = None
    of_unknown: Unknown = None
    percent: Percent | None = None
    mean: Number | None = None
    median: Number | None = None
    ci: Interval | None = None


class Comparison(Model):
    """Two or more arms, or the size of the difference between them."""

    type: Literal["comparison"]
    outcome: Label
    measure: Annotated[Slug, InVocabulary("measures")]
    unit: Label | None = None
    arms: tuple[Arm, ...] = ()
    value: Number | None = None
    ci: Interval | None = None
    p: QuantityField | None = None
    better: Annotated[Literal["higher", "lower"], Field(description="Which number is good for the patient.")] | None = (
        None
    )


class Dose(Model):
    """A regimen: an amount, by body weight or not, what it is the amount of, and its schedule."""

    type: Literal["dose"]
    role: Annotated[Slug, InVocabulary("dose-roles"), Field(description="As what it is given.")] | None = None
    amount: QuantityField
    unit: Annotated[Label, InVocabulary(DOSE_UNITS)]
    per: Annotated[Slug, InVocabulary("dose-periods")]
    days: Annotated[QuantityField, Field(description="Days over which one cycle is given.")] | None = None
    hours: Annotated[QuantityField, Field(description="Hours over which one infusion is given.")] | None = None
    every: Annotated[PeriodField, Field(description="Time from one cycle to the next.")] | None = None
    duration: PeriodField | None = None
    route: Annotated[Slug, InVocabulary("routes")]


class Summary(Model):
    """A median or mean of something measured, with its spread: time to response, dose given, age."""

    type: Literal["summary"]
    outcome: Label
    statistic: Literal["median", "mean"]
    value: Number
    unit: Label
    of: Total | None = None
    range: tuple[Number, Number] | None = None
    iqr: tuple[Number, Number] | None = None
    sd: Number | None = None
    ci: Interval | None = None


Data = Annotated[Proportion | Rate | Comparison | Dose | Summary, Field(discriminator="type")]
