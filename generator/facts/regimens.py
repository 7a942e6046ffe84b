"""Regimens and grams for body weights, as the page of doses and each record show them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.data import Dose
from generator.evidence.doses import WEIGHTS, Grams, by_weight, grams_at_once, grams_by_cycle, grams_by_day
from generator.evidence.wording import describe_days
from generator.facts.claims import CitationFacts, ClaimFacts, claims_of
from generator.guideline import Guideline, once
from generator.links import links_in


@dataclass(frozen=True)
class Regimen:
    """A claim that states a dose, and the dose."""

    claim: ClaimFacts
    dose: Dose

    @property
    def topic(self) -> str:
        """The disease: the record's own name, or that of the first indication that the claim links to."""
        entry = self.claim.entry
        linked = [link.record for link in links_in(entry.claim.text) if link.record.startswith("indications/")]
        if not entry.record.startswith("indications/") and linked:
            return str(entry.guideline.records[linked[0]].name)
        return str(self.claim.record.name)

    @property
    def by_weight(self) -> bool:
        """Whether grams can be computed from a weight."""
        return by_weight(self.dose)

    @property
    def cite(self) -> CitationFacts:
        """The citation that gives the dose: a claim's first."""
        return self.claim.citations[0]

    @property
    def marks(self) -> tuple[str, ...]:
        """The marks of the claim and of the citation that gives the dose."""
        return (*self.claim.marks, *self.cite.marks)


@dataclass(frozen=True)
class WeightTable:
    """One regimen, the claims that state it, and grams for each weight: heads of columns, then rows."""

    name: str
    regimens: Sequence[Regimen]
    heads: tuple[str, ...]
    rows: list[tuple[int, tuple[str, ...]]]


def regimens_of(claims: Iterable[ClaimFacts]) -> list[Regimen]:
    """Return the claims that state a dose, in their order, each regimen of one disease and source once.

    Of equals one that no other supersedes is taken, or else the first.
    """
    found = [Regimen(claim, data) for claim in claims if isinstance(data := claim.claim.data, Dose)]
    first: dict[tuple[str, str, tuple[str, ...], str], Regimen] = {}
    for regimen in found:
        same = (regimen.topic, regimen.cite.source.pmid, _key(regimen.dose), str(regimen.dose.every))
        kept = first.setdefault(same, regimen)
        if kept.claim.superseded_by and not regimen.claim.superseded_by:
            first[same] = regimen
    kept_ids = {regimen.claim.id for regimen in first.values()}
    return [regimen for regimen in found if regimen.claim.id in kept_ids]


@once
def treatment_regimens(guideline: Guideline) -> Sequence[Regimen]:
    """Return every regimen that is given as treatment, by disease or topic: those of adverse events are none."""
    claims = [c for c in claims_of(guideline).values() if not c.entry.record.startswith("adverse-events/")]
    return sorted(regimens_of(claims), key=lambda regimen: regimen.topic.casefold())


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
    columns: dict[str, Callable[[Dose, int], Grams | None]] = {f"g {per}": grams_at_once}
    if dose.per == "day":
        columns["g in all"] = grams_by_cycle
    else:
        columns["g per day of infusion"] = grams_by_day
    kept = {head: compute for head, compute in columns.items() if compute(dose, WEIGHTS[0]) is not None}
    rows = [(weight, tuple(_cell(compute(dose, weight)) for compute in kept.values())) for weight in WEIGHTS]
    return WeightTable(f"{_key(dose)[0]} {dose.unit} {per}{describe_days(dose)}", group, tuple(kept), rows)


def _cell(grams: Grams | None) -> str:
    return "" if grams is None else str(grams)
