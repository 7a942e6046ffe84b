"""Which claims are drawn in which plot, and their numbers: responses, comparisons, frequencies, the evidence map.

Intervals come from counts by `evidence.intervals`; where a source prints an interval and no counts, that is drawn.
A claim whose numbers do not fit a plot stays in its text; nothing is estimated.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from generator.data import Comparison, Proportion, Rate
from generator.evidence.intervals import Interval, difference, wilson
from generator.facts.claims import ClaimFacts
from generator.facts.records import RecordFacts
from generator.render.draw.svg import PERCENT_AXIS, Axis, Mark, draw_rows, linear_axis, log_axis
from generator.words import plural

RATIOS = ("odds-ratio", "risk-ratio", "hazard-ratio", "mortality-ratio")


@dataclass(frozen=True)
class Row:
    """A mark with the claim that it shows, for the table beneath the plot."""

    claim: ClaimFacts
    mark: Mark


@dataclass(frozen=True)
class Plot:
    """A plot with the same numbers as rows."""

    id: str
    title: str
    note: str
    rows: Sequence[Row]
    axis: Axis

    @property
    def svg(self) -> Markup:
        """The drawing."""
        description = f"{self.note} {plural(len(self.rows), 'row')}; the same numbers stand in the table beneath."
        return Markup(draw_rows(self.id, self.title, description, [row.mark for row in self.rows], self.axis))


def charts_of(record: RecordFacts) -> list[Plot]:
    """Return the plots of a record's page, without those that would be empty."""
    claims = record.claims
    charts = [*_responses(claims), *_ratios(claims), *_risk_differences(claims)]
    if record.record.KIND == "adverse-events":
        charts = [*_frequencies(claims), *charts]
    return charts


def _responses(claims: Sequence[ClaimFacts]) -> list[Plot]:
    rows = []
    for claim in claims:
        data = claim.claim.data
        if not isinstance(data, Proportion) or claim.claim.kind != "efficacy" or data.unit != "patients":
            continue
        if data.events is None or data.of is None:
            continue
        label = data.outcome + (f", {data.arm}" if data.arm else "")
        rows.append(_row(claim, label, f"{data.events} of {data.of}", wilson(data.events, data.of), 100, " %"))
    note = "Share of patients with the outcome named, with its 95 % interval by Wilson's method from the counts. "
    note += "Most rows are series without a control group: the share is no estimate of the effect of IVIG."
    return [Plot("plot-responses", "Outcomes", note, rows, PERCENT_AXIS)] if rows else []


def _ratios(claims: Sequence[ClaimFacts]) -> list[Plot]:
    rows = []
    for claim in claims:
        data = claim.claim.data
        if isinstance(data, Comparison) and data.measure in RATIOS and data.value is not None and data.value > 0:
            name = claim.entry.guideline.term("measures", data.measure).name.lower()
            low, high = (float(data.ci[0]), float(data.ci[1])) if data.ci else (None, None)
            value = f"{name} {data.value}"
            value += f" ({data.ci[0]} to {data.ci[1]})" if data.ci else ", no interval given"
            compared = " against ".join(arm.name for arm in data.arms)
            label = f"{data.outcome}: {compared}" if compared else data.outcome
            rows.append(Row(claim, _mark(claim, label, value, float(data.value), low, high)))
    if not rows:
        return []
    values = [v for row in rows for v in (row.mark.point, row.mark.low, row.mark.high) if v is not None]
    note = (
        "Ratios as the sources print them, with the intervals printed, against the line of no difference at 1. What is "
    )
    note += "compared stands in the row; not every row is about IVIG. Which side is better depends on the outcome."
    return [Plot("plot-ratios", "Ratios", note, rows, log_axis(values, line=1))]


def _risk_differences(claims: Sequence[ClaimFacts]) -> list[Plot]:
    rows = []
    for claim in claims:
        data = claim.claim.data
        if not isinstance(data, Comparison) or len(data.arms) != 2:
            continue
        counts = [(arm.events, arm.of) for arm in data.arms if arm.events is not None and arm.of is not None]
        # A decimal count was expected, not observed: the method is for two observed shares.
        if len(counts) != 2 or any(events > of or events % 1 for events, of in counts):
            continue
        (events_a, of_a), (events_b, of_b) = [(int(events), of) for events, of in counts]
        label = f"{data.outcome}: {data.arms[0].name} less {data.arms[1].name}"
        numbers = f"{events_a}/{of_a} and {events_b}/{of_b}"
        rows.append(_row(claim, label, numbers, difference(events_a, of_a, events_b, of_b), 100, " points"))
    if not rows:
        return []
    values = [v for row in rows for v in (row.mark.point, row.mark.low, row.mark.high) if v is not None]
    note = (
        "Differences of two shares in percentage points, with their 95 % intervals by Newcombe's method 10, computed "
    )
    note += "from the counts of each arm, against the line of no difference at 0."
    return [Plot("plot-differences", "Risk differences", note, rows, linear_axis(values, line=0))]


def _frequencies(claims: Sequence[ClaimFacts]) -> list[Plot]:
    by_unit: dict[str, list[Row]] = {}
    for claim in claims:
        data = claim.claim.data
        if not isinstance(data, Rate):
            continue
        if data.events is not None and data.of is not None:
            interval = wilson(data.events, data.of)
            row = _row(claim, data.outcome, f"{data.events:,} of {data.of:,}", interval, 100, " %")
        elif data.percent is not None and data.percent.high is None and not data.percent.bound:
            ci = data.ci
            value = f"{data.percent} %"
            value += f" ({ci[0]} to {ci[1]})" if ci else ", no interval given"
            limits = (float(ci[0]), float(ci[1])) if ci else (None, None)
            row = Row(claim, _mark(claim, data.outcome, value, float(data.percent.low), *limits))
        else:
            continue
        by_unit.setdefault(data.unit, []).append(row)
    charts = []
    for unit, rows in by_unit.items():
        name = rows[0].claim.entry.guideline.term("denominators", unit).name
        points = [row.mark.point for row in rows if row.mark.point > 0]
        highs = [row.mark.high or row.mark.point for row in rows]
        lows = [row.mark.low for row in rows if row.mark.low]
        spans = points and max(points) / min(points) > 20 and len(points) == len(rows)
        axis = log_axis([*points, *highs, *lows], unit="%") if spans else linear_axis(highs, unit="%", start=0)
        note = f"Percentage of {name}. Intervals are 95 %: by Wilson's method from the counts, or as printed."
        note += " The scale is logarithmic." if spans else ""
        charts.append(Plot(f"plot-frequency-{unit}", f"How often, by {name}", note, rows, axis))
    return charts


def _row(claim: ClaimFacts, label: str, numbers: str, interval: Interval, factor: int, unit: str) -> Row:
    point, low, high = (factor * value for value in interval)
    value = f"{numbers}, {_short(point)}{unit} ({_short(low)} to {_short(high)})"
    return Row(claim, _mark(claim, label, value, point, low, high))


def _mark(claim: ClaimFacts, label: str, value: str, point: float, low: float | None, high: float | None) -> Mark:
    cite = claim.citations[0]
    marks = (*cite.marks, *claim.marks)
    text = f"{cite.source.short_name}: {value}"
    return Mark(label, text, point, low, high, f"#{claim.entry.name}", claim.level, marks)


def _short(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 10 else f"{value:.1f}" if abs(value) >= 1 or value == 0 else f"{value:.2g}"
