"""Grams for a body weight, from a regimen as a source gives it: multiplication and division, nothing else."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from generator.data import Dose

WEIGHTS = tuple(range(10, 121, 10))
"""Body weights of the tables, in kg."""

_GRAMS = {"g/kg": Decimal(1), "mg/kg": Decimal("0.001")}


@dataclass(frozen=True)
class Grams:
    """An amount in grams, lowest and highest; equal where the regimen gives one number."""

    low: Decimal
    high: Decimal

    def __str__(self) -> str:
        low, high = rounded(self.low), rounded(self.high)
        return low if low == high else f"{low}–{high}"


def by_weight(dose: Dose) -> bool:
    """Return whether a regimen goes by body weight, without a bound such as `≥`."""
    return dose.unit in _GRAMS and not dose.amount.bound


def grams_at_once(dose: Dose, weight: int) -> Grams:
    """Return the grams for a weight in kg per what the regimen is stated per: cycle, day, infusion, month.

    Raises KeyError where the regimen does not go by weight.
    """
    factor = _GRAMS[dose.unit] * weight
    numbers = dose.amount.numbers
    return Grams(numbers[0] * factor, numbers[-1] * factor)


def grams_by_day(dose: Dose, weight: int, daily: bool) -> Grams | None:
    """Return grams per day of treatment; None where the days are not given. `daily`: the amount is that of a day.

    The smallest is the smallest amount over the most days.
    """
    at_once = grams_at_once(dose, weight)
    if daily:
        return at_once
    if dose.days is None or dose.days.bound:
        return None
    days = dose.days.numbers
    return Grams(at_once.low / days[-1], at_once.high / days[0])


def grams_by_cycle(dose: Dose, weight: int, daily: bool) -> Grams | None:
    """Return grams per cycle, course or month; None where a daily dose (`daily`) has no number of days."""
    at_once = grams_at_once(dose, weight)
    if not daily:
        return at_once
    if dose.days is None or dose.days.bound:
        return None
    days = dose.days.numbers
    return Grams(at_once.low * days[0], at_once.high * days[-1])


def rounded(grams: Decimal) -> str:
    """Return grams to the whole gram from 10 g, to one decimal below; halves go up."""
    step = Decimal(1) if grams >= 10 else Decimal("0.1")
    text = f"{grams.quantize(step, ROUND_HALF_UP)}"
    return text.removesuffix(".0")
