"""Regimens and grams for body weights, as the page of doses and each record show them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.data import Dose
from generator.evidence.doses import WEIGHTS, Grams, by_weight, grams_at_once, grams_by_cycle, grams_by_day
from generator.facts.claims import ClaimView
from generator.guideline import Guideline
from generator.links import links_in


@dataclass(frozen=True)
class Regimen:
    """A claim that states a dose, and the dose."""

    view: ClaimView
    dose: Dose

    @property
    def topic(self) -> str:
        """The disease: the record's own name, or that of the first indication that the claim links to."""
        guideline, entry = self.view.entry.guideline, self.view.entry
        linked = [link.record for link in links_in(entry.claim.text) if link.record.startswith("indications/")]
        if not entry.record.startswith("indications/") and linked:
            return str(guideline.records[linked[0]].name)
        return str(self.view.record.name)

    @property
    def by_weight(self) -> bool:
        """Whether grams can be computed from a weight."""
        return by_weight(self.dose)


@dataclass(frozen=True)
class WeightTable:
    """One regimen, the claims that state it, and grams for each weight: heads of columns, then rows."""

    name: str
    regimens: Sequence[Regimen]
    heads: tuple[str, ...]
    rows: list[tuple[int, tuple[str, ...]]]


def regimens_of(views: Iterable[ClaimView]) -> list[Regimen]:
    """Return the claims that state a dose, in their order, each regimen of one disease and source once."""
    found = [Regimen(view, data) for view in views if isinstance(data := view.entry.claim.data, Dose)]
    first = {(r.topic, r.view.entry.claim.cites[0].pmid, _key(r.dose), str(r.dose.every)): r for r in reversed(found)}
    return [regimen for regimen in found if regimen in first.values()]


def weight_tables(regimens: Iterable[Regimen], guideline: Guideline) -> list[WeightTable]:
    """Return one table for each amount and number of days, with the regimens that share it."""
    groups: dict[tuple[str, ...], list[Regimen]] = {}
    for regimen in regimens:
        if regimen.by_weight:
            groups.setdefault(_key(regimen.dose), []).append(regimen)
    return [_table(group, guideline) for group in groups.values()]


def _key(dose: Dose) -> tuple[str, ...]:
    """Return what two regimens that give the same grams share."""
    numbers = "-".join(_plain(number) for number in dose.amount.numbers)
    return (dose.amount.bound + numbers, dose.unit, dose.per, str(dose.days))


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _table(group: list[Regimen], guideline: Guideline) -> WeightTable:
    dose = group[0].dose
    per = guideline.term("dose-periods", dose.per).name
    days = f" over {dose.days} days" if dose.days else ""
    columns: dict[str, Callable[[Dose, int], Grams | None]] = {f"g {per}": grams_at_once}
    if dose.per == "day":
        columns["g in all"] = grams_by_cycle
    else:
        columns["g per day of infusion"] = grams_by_day
    kept = {head: compute for head, compute in columns.items() if compute(dose, WEIGHTS[0]) is not None}
    rows = [(weight, tuple(_cell(compute(dose, weight)) for compute in kept.values())) for weight in WEIGHTS]
    return WeightTable(f"{_key(dose)[0]} {dose.unit} {per}{days}", group, tuple(kept), rows)


def _cell(grams: Grams | None) -> str:
    return "" if grams is None else str(grams)
