"""The structured numbers of claims as tables: what was counted or measured, and doses."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from generator.data import Arm, Comparison, Dose, Interval, Share, Summary
from generator.facts.claims import ClaimFacts, claims_of
from generator.guideline import Guideline
from generator.render.data.table import Cell, Column, Table

MARKS_OF_CLAIM = "What a reader has to see of the claim and its sources, by comma"


class Number(NamedTuple):
    """A line of the numbers of a claim: an arm of a comparison, or all that is said of one outcome."""

    claim: str
    position: int
    data: Share | Comparison | Summary
    arm: Arm | None = None

    def get(self, name: str) -> Any:
        """Return a number of the arm, or of the data where there is no arm; None where neither has it."""
        thing = self.arm or self.data
        return getattr(thing, name) if name in type(thing).model_fields else None

    def limit(self, name: str, index: int) -> Cell:
        """Return the lower (0) or upper (1) limit of an interval."""
        interval: Interval | None = self.get(name)
        return interval[index] if interval else None

    @property
    def name(self) -> str | None:
        """The name of the arm."""
        return self.arm.name if self.arm else getattr(self.data, "arm", None)

    @property
    def unit(self) -> str | None:
        """What is counted, or the unit of the value; of an arm of a comparison that of its mean or median."""
        return self.data.unit

    @property
    def measure(self) -> str | None:
        """What the value is: the measure of a comparison, or a median or mean; an arm has no value."""
        return None if self.arm else getattr(self.data, "measure", None) or getattr(self.data, "statistic", None)


def numbers_of(guideline: Guideline) -> Iterator[Number]:
    """Yield the lines of the numbers of all claims: arms in their order, then what compares them."""
    for id_, entry in guideline.claims.items():
        data = entry.claim.data
        if isinstance(data, Comparison):
            for position, arm in enumerate(data.arms, start=1):
                yield Number(id_, position, data, arm)
            if data.value is not None or data.p is not None or not data.arms:
                yield Number(id_, len(data.arms) + 1, data)
        elif isinstance(data, Share | Summary):
            yield Number(id_, 1, data)


def _first_source(claim: Callable[[Any], ClaimFacts]) -> Column:
    about = "PMID of the first source that the claim cites: the numbers are as that has them"
    return Column("pmid", about, lambda each: claim(each).claim.cites[0].pmid, required=True, leads_to="sources")


def _printed(value: object) -> str | None:
    return None if value is None else str(value)


def numbers_table(guideline: Guideline) -> Table:
    """Return the counts, measures and summaries of claims."""

    claims = claims_of(guideline)

    def limits(name: str, about: str) -> list[Column]:
        return [
            Column(f"{name}_low", f"{about}: the lower limit", lambda each: each.limit(name, 0), "number"),
            Column(f"{name}_high", f"{about}: the upper limit", lambda each: each.limit(name, 1), "number"),
        ]

    columns = [
        Column("claim", "Id of the claim", lambda each: each.claim, required=True, leads_to="claims"),
        Column(
            "position",
            "From 1: arms in their order, then what compares them",
            lambda each: each.position,
            "integer",
            required=True,
        ),
        _first_source(lambda each: claims[each.claim]),
        Column("type", "proportion, rate, comparison or summary", lambda each: each.data.type, required=True),
        Column("outcome", "What was counted or measured", lambda each: each.data.outcome, required=True),
        Column("arm", "Name of the arm", lambda each: each.name),
        Column("measure", "Measure of a comparison; median or mean of a summary", lambda each: each.measure),
        Column("unit", "What counts (patients, infusions), or the unit of the value", lambda each: each.unit),
        Column(
            "events",
            "How many had the outcome; an expected number may be a decimal",
            lambda each: each.get("events"),
            "number",
        ),
        Column("total", "Of how many", lambda each: each.get("of"), "integer"),
        Column("total_unknown", "Why the total is not known", lambda each: each.get("of_unknown")),
        Column(
            "percent",
            "Percentage that the source prints: a number, range or bound",
            lambda each: _printed(each.get("percent")),
            ranges=True,
        ),
        Column("mean", "Mean in the arm", lambda each: each.get("mean"), "number"),
        Column("median", "Median in the arm", lambda each: each.get("median"), "number"),
        Column("value", "Value of the measure", lambda each: each.get("value"), "number"),
        Column("sd", "Standard deviation", lambda each: each.get("sd"), "number"),
        *limits("ci", "95% confidence interval"),
        *limits("range", "Range"),
        *limits("iqr", "Interquartile range"),
        Column("p", "p value: a number or a bound", lambda each: _printed(each.get("p"))),
        Column(
            "better",
            "higher or lower: which number is good for the patient",
            lambda each: getattr(each.data, "better", None),
        ),
        Column("marks", MARKS_OF_CLAIM, lambda each: ", ".join(claims[each.claim].all_marks)),
    ]
    about = "The numbers of claims: a row for each arm, and one for what compares the arms or sums up"
    return Table("numbers", about, columns, [*numbers_of(guideline)], ("claim", "position"))


def doses_table(guideline: Guideline) -> Table:
    """Return the regimens of claims."""
    claims = claims_of(guideline)
    doses = [(id_, entry.claim.data) for id_, entry in guideline.claims.items() if isinstance(entry.claim.data, Dose)]
    columns = [
        Column("claim", "Id of the claim", lambda each: each[0], required=True, leads_to="claims"),
        _first_source(lambda each: claims[each[0]]),
        Column("role", "As what it is given", lambda each: each[1].role),
        Column("amount", "Amount as printed", lambda each: _printed(each[1].amount), required=True, ranges=True),
        Column("bound", "What stands before the amount: ≥, ≤, < or >", lambda each: each[1].amount.bound),
        Column("amount_low", "The number, or the lower one", lambda each: each[1].amount.low, "number", required=True),
        Column("amount_high", "The upper one of a range", lambda each: each[1].amount.high, "number"),
        Column("unit", "Unit of the amount, as the profile lists them", lambda each: each[1].unit, required=True),
        Column("per", "What it is given per", lambda each: each[1].per, required=True),
        Column("days", "Days over which a cycle is given", lambda each: _printed(each[1].days), ranges=True),
        Column("hours", "Hours over which an infusion is given", lambda each: _printed(each[1].hours), ranges=True),
        Column("every", "Time from one cycle to the next", lambda each: _printed(each[1].every), ranges=True),
        Column("duration", "For how long", lambda each: _printed(each[1].duration), ranges=True),
        Column("route", "By which route, a term of the vocabulary", lambda each: each[1].route, required=True),
        Column("marks", MARKS_OF_CLAIM, lambda each: ", ".join(claims[each[0]].all_marks)),
    ]
    return Table("doses", "The regimen of a claim a row", columns, doses, ("claim",))
