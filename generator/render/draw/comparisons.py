"""Plots of comparisons: ratios, a plot a measure, and differences of two shares; in each a panel for what is compared.

A panel says at its ends whom it favours, if the claim says which number is better for the patient; else on which side
there was more.
"""

from collections.abc import Iterator, Sequence

from generator.data import Comparison
from generator.evidence.intervals import difference
from generator.facts.claims import ClaimFacts
from generator.notions import AGAINST_EXPECTED, RATIO
from generator.render.draw.plot import OTHERS, Panel, Plot, Row, about, computed_row, panels_of, point_of, values_of
from generator.render.draw.svg import linear_axis, log_axis
from generator.speech import Speech

_WIDEST = (0.01, 100.0)  # ratios beyond are cut, with an arrow
_RATIOS_SHOWN, _POINTS_SHOWN = (0.5, 2.0), (-5.0, 5.0)  # at least, so that both sides of no difference are seen
_POINTS = "percentage points"


def ratio_plots(claims: Sequence[ClaimFacts]) -> list[Plot]:
    """Return a plot for each measure whose ratios the claims print."""
    by_measure: dict[str, list[tuple[str, tuple[str, str], Row]]] = {}
    for claim, data in comparisons_of(claims):
        is_ratio = claim.entry.guideline.means("measures", data.measure, RATIO)
        if is_ratio and data.value is not None and data.value > 0:
            row = (about(claim, _against(claim, data)), _ends(claim, data), _ratio_row(claim, data))
            by_measure.setdefault(data.measure, []).append(row)
    order = list(claims[0].entry.guideline.vocabulary.sections["measures"]) if claims else []
    return [
        _ratio_plot(measure, panels)
        for measure in sorted(by_measure, key=order.index)
        if (panels := panels_of(by_measure[measure]))
    ]


def _ratio_plot(measure: str, panels: Sequence[Panel]) -> Plot:
    term = panels[0].rows[0].claim.entry.guideline.term("measures", measure)
    own = panels[0].rows[0].claim.entry.guideline.about.own
    title = own.say("{measure}, uncontrolled", measure=term.name) if AGAINST_EXPECTED in term.means else term.name
    note = f"{term.meaning} {own.say('Ratio and interval are as printed; an arrow: the interval goes on.')}"
    least, most = _WIDEST
    values = [min(max(value, least), most) for value in values_of(panels) if value > 0]
    return Plot(f"plot-{measure}", title, note, panels, log_axis([*values, *_RATIOS_SHOWN], line=1))


def difference_plots(claims: Sequence[ClaimFacts]) -> list[Plot]:
    """Return the plot of differences of two shares, from counts or, without them, as printed."""
    named = [
        (about(claim, _against(claim, data)), _ends(claim, data), row)
        for claim, data in comparisons_of(claims)
        if len(data.arms) == 2 and (row := _difference_row(claim, data))
    ]
    if not (panels := panels_of(named)):
        return []
    own = claims[0].entry.guideline.about.own
    note = own.say(
        "The first less the second, in percentage points, with a 95% interval: by Newcombe's method 10 from the "
        "counts of each side or, where a source gives none, as printed. The line of no difference is at 0."
    )
    axis = linear_axis([*values_of(panels), *_POINTS_SHOWN], line=0)
    return [Plot("plot-differences", own.say("Difference of two shares"), note, panels, axis)]


def comparisons_of(claims: Sequence[ClaimFacts]) -> Iterator[tuple[ClaimFacts, Comparison]]:
    """Yield the claims that compare something of the intervention."""
    for claim in claims:
        data = claim.claim.data
        told = not claim.entry.only_describes and claim.claim.subject not in OTHERS
        if isinstance(data, Comparison) and told:
            yield claim, data


def _is_against_expected(claim: ClaimFacts, data: Comparison) -> bool:
    """Return whether it is of one group, against what a score expects: there is no control group."""
    return claim.entry.guideline.means("measures", data.measure, AGAINST_EXPECTED)


def _against(claim: ClaimFacts, data: Comparison) -> str:
    names = [arm.name for arm in data.arms]
    alone = len(names) == 1 and _is_against_expected(claim, data)
    own = claim.entry.guideline.about.own
    names += [own.say("expected")] if alone else []
    return " ".join([*names[:1], *(own.say("against {arm}", arm=other) for other in names[1:])])


def _ends(claim: ClaimFacts, data: Comparison) -> tuple[str, str]:
    """Return what it means to be on the left and on the right of the line of no difference."""
    say = claim.entry.guideline.about.own.say
    if _is_against_expected(claim, data):
        return say("fewer than expected"), say("more than expected")
    if len(data.arms) != 2:
        return "", ""
    first, second = (arm.name for arm in data.arms)
    if data.better is None:
        return say("more in: {arm}", arm=second), say("more in: {arm}", arm=first)
    left, right = (first, second) if data.better == "lower" else (second, first)
    return say("favours {arm}", arm=left), say("favours {arm}", arm=right)


def _ratio_row(claim: ClaimFacts, data: Comparison) -> Row:
    low, high = (float(data.ci[0]), float(data.ci[1])) if data.ci else (None, None)
    own = claim.entry.guideline.about.own
    interval = f" ({_limits(data.ci, own)})" if data.ci else f", {own.say('no interval given')}"
    name = own.inside(claim.entry.guideline.term("measures", data.measure).name)
    return Row(
        claim, point_of(claim, data.outcome, f"{name} {data.value}{interval}", float(data.value or 0), low, high)
    )


def _difference_row(claim: ClaimFacts, data: Comparison) -> Row | None:
    own = claim.entry.guideline.about.own
    counts = [(arm.events, arm.of) for arm in data.arms if arm.events is not None and arm.of is not None]
    # A decimal count was expected, not observed: the method is for two observed shares.
    if len(counts) == 2 and not any(events > of or events % 1 for events, of in counts):
        (a, of_a), (b, of_b) = [(int(events), of) for events, of in counts]
        counted = own.say("{one} and {other}", one=f"{a}/{of_a}", other=f"{b}/{of_b}")
        interval = difference(a, of_a, b, of_b)
        return computed_row(claim, data.outcome, counted, interval, lambda points: f"{points} {own.say('points')}")
    if data.unit != _POINTS or data.value is None or data.ci is None:
        return None
    value = f"{data.value} {own.say('points')} ({_limits(data.ci, own)}), {own.say('as printed')}"
    low, high = (float(limit) for limit in data.ci)
    return Row(claim, point_of(claim, data.outcome, value, float(data.value), low, high))


def _limits(ci: tuple[object, object], own: Speech) -> str:
    return own.say("{low} to {high}", low=ci[0], high=ci[1])
