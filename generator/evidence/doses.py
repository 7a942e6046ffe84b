"""Grams for a body weight, from a regimen as a source gives it: multiplication and division, nothing else."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from generator.data import Dose
from generator.guideline import Guideline
from generator.notions import AVERAGE, DAY
from generator.quantities import Quantity

WEIGHTS = tuple(range(10, 121, 10))
"""Body weights of the tables, in kg."""


@dataclass(frozen=True)
class Grams:
    """An amount in grams, lowest and highest; equal where the regimen gives one number."""

    low: Decimal
    high: Decimal

    def __str__(self) -> str:
        low, high = rounded(self.low), rounded(self.high)
        return low if low == high else f"{low}–{high}"

    @property
    def is_rounded(self) -> bool:
        """Whether what is shown is not the amount itself."""
        return any(Decimal(rounded(grams)) != grams for grams in (self.low, self.high))


@dataclass(frozen=True)
class WeightDose:
    """A regimen by body weight: grams for each kg of one of its unit, and whether it is stated for each day.

    `days` are what grams are multiplied or divided by, the fewest and the most; None where the source gives no plain
    number, or averages.
    """

    dose: Dose
    factor: Decimal
    is_daily: bool
    days: Quantity | None

    def at_once(self, weight: int | Decimal) -> Grams:
        """Return the grams for a weight in kg per what the regimen is stated per: cycle, day, infusion, month."""
        numbers = self.dose.amount.numbers
        return Grams(numbers[0] * self.factor * weight, numbers[-1] * self.factor * weight)

    def by_day(self, weight: int | Decimal) -> Grams | None:
        """Return grams per day of treatment; None where the days are not given.

        The smallest is the smallest amount over the most days.
        """
        at_once = self.at_once(weight)
        if self.is_daily:
            return at_once
        if self.days is None:
            return None
        days = self.days.numbers
        return Grams(at_once.low / days[-1], at_once.high / days[0])

    def by_cycle(self, weight: int | Decimal) -> Grams | None:
        """Return grams per cycle, course or month; None where a daily dose has no number of days."""
        at_once = self.at_once(weight)
        if not self.is_daily:
            return at_once
        if self.days is None:
            return None
        days = self.days.numbers
        return Grams(at_once.low * days[0], at_once.high * days[-1])


def weight_dose(dose: Dose, guideline: Guideline) -> WeightDose | None:
    """Return a regimen that goes by body weight, without a bound such as `≥`; None for every other."""
    unit = guideline.profile.doses.units.get(dose.unit)
    if unit is None or unit.grams_per_kg is None or dose.amount.bound:
        return None
    is_average = dose.role is not None and guideline.means("dose-roles", dose.role, AVERAGE)
    days = None if dose.days is None or dose.days.bound or is_average else dose.days
    return WeightDose(dose, unit.grams_per_kg, guideline.means("dose-periods", dose.per, DAY), days)


def rounded(grams: Decimal) -> str:
    """Return grams to the whole gram from 10 g, to one decimal below; halves go up."""
    step = Decimal(1) if grams >= 10 else Decimal("0.1")
    text = f"{grams.quantize(step, ROUND_HALF_UP)}"
    return text.removesuffix(".0")
