"""Plots of shares: patients with an outcome, what is controlled first; and how often a harm occurs.

Intervals come from counts by `evidence.intervals`; where a source prints an interval and no counts, that is drawn.
"""

from collections.abc import Sequence

from generator.data import Proportion, Rate
from generator.evidence.intervals import wilson
from generator.facts.claims import ClaimFacts
from generator.notions import PEOPLE, RESPONSE
from generator.render.draw.plot import OTHERS, Panel, Plot, Row, about, computed_row, panels_of, point_of
from generator.render.draw.svg import PERCENT_AXIS, linear_axis, log_axis
from generator.speech import to_say

CONTROLLED = ("synthesis", "randomised", "controlled")
_TITLES = {
    (True, "good"): to_say("From controlled studies"),
    (True, "bad"): to_say("From controlled studies: bad outcomes"),
    (False, "good"): to_say("Uncontrolled: nothing to compare with"),
    (False, "bad"): to_say("Uncontrolled: bad outcomes"),
}
_BETTER = to_say("better")


def response_plots(claims: Sequence[ClaimFacts]) -> list[Plot]:
    """Return the plot of shares of patients with an outcome, those from controlled studies first."""
    named = []
    for claim in claims:
        data = claim.claim.data
        if not isinstance(data, Proportion) or not claim.entry.is_about(RESPONSE):
            continue
        if data.events is None or data.of is None or claim.claim.subject in OTHERS:
            continue
        if not claim.entry.guideline.means("denominators", data.unit, PEOPLE):
            continue
        label = data.outcome + (f", {data.arm}" if data.arm else "")
        own = claim.entry.guideline.about.own
        counted = own.say("{events} of {of}", events=data.events, of=data.of)
        row = computed_row(claim, label, counted, wilson(data.events, data.of), own.percent)
        outcome = "bad" if data.better == "lower" else "good"
        title = own.say(_TITLES[claim.level in CONTROLLED, outcome])
        better = own.say(_BETTER)
        named.append((about(claim, title), ("", better) if outcome == "good" else (better, ""), row))
    # What is good first, then the surest first, not the most favourable.
    named.sort(key=lambda each: (not each[1][1], each[2].width))
    if not (panels := panels_of(named)):
        return []
    own = claims[0].entry.guideline.about.own
    note = own.say(
        "Share of patients with the outcome named, with its 95% interval by Wilson's method from the counts. What is "
        "uncontrolled is no estimate of an effect."
    )
    return [Plot("plot-responses", own.say("Outcomes"), note, panels, PERCENT_AXIS)]


def frequency_plots(claims: Sequence[ClaimFacts]) -> list[Plot]:
    """Return a plot of how often a harm occurs for each unit that is counted."""
    by_unit: dict[str, list[Row]] = {}
    for claim in claims:
        data = claim.claim.data
        if isinstance(data, Rate) and claim.claim.subject not in OTHERS and (row := _rate_row(claim, data)):
            by_unit.setdefault(data.unit, []).append(row)
    return [_frequency_plot(unit, rows) for unit, rows in by_unit.items()]


def _rate_row(claim: ClaimFacts, data: Rate) -> Row | None:
    own = claim.entry.guideline.about.own
    if data.events is not None and data.of is not None:
        counted = own.say("{events} of {of}", events=own.number(data.events), of=own.number(data.of))
        return computed_row(claim, data.outcome, counted, wilson(data.events, data.of), own.percent)
    if data.percent is None or data.percent.high is not None or data.percent.bound:
        return None
    ci = data.ci
    interval = f" ({own.say('{low} to {high}', low=ci[0], high=ci[1])})" if ci else f", {own.say('no interval given')}"
    value = f"{own.percent(data.percent)}{interval}"
    limits = (float(ci[0]), float(ci[1])) if ci else (None, None)
    return Row(claim, point_of(claim, data.outcome, value, float(data.percent.low), *limits))


def _frequency_plot(unit: str, rows: Sequence[Row]) -> Plot:
    name = rows[0].claim.entry.guideline.term("denominators", unit).name
    points = [row.mark.point for row in rows if row.mark.point > 0]
    highs = [row.mark.high or row.mark.point for row in rows]
    lows = [row.mark.low for row in rows if row.mark.low]
    spans = points and max(points) / min(points) > 20 and len(points) == len(rows)
    axis = log_axis([*points, *highs, *lows], unit="%") if spans else linear_axis(highs, unit="%", start=0)
    own = rows[0].claim.entry.guideline.about.own
    note = own.say(
        "Percentage of {unit}. Intervals are 95%: by Wilson's method from the counts, or as printed.", unit=name
    )
    note += f" {own.say('The scale is logarithmic.')}" if spans else ""
    panels = [Panel(title, of) for title, of in _by_subject(rows).items()]
    return Plot(f"plot-frequency-{unit}", own.say("How often, by {unit}", unit=name), note, panels, axis)


def _by_subject(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Return the rows by what their claims are about, those about the intervention first, without a title."""
    found: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: row.claim.claim.subject != "intervention"):
        found.setdefault(about(row.claim, ""), []).append(row)
    return found
