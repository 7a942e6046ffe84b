"""Which plots a record's page has, in which order: what is controlled first, series last.

A claim whose numbers do not fit a plot stays in its text; nothing is estimated. A claim about another treatment or
about the disease alone is in none.
"""

from collections.abc import Mapping, Sequence

from generator.facts.claims import ClaimFacts
from generator.facts.records import RecordFacts, records_of
from generator.guideline import Guideline, once
from generator.render.draw.comparisons import comparisons_of, difference_plots, ratio_plots
from generator.render.draw.plot import Plot
from generator.render.draw.shares import CONTROLLED, frequency_plots, response_plots


def charts_of(record: RecordFacts) -> list[Plot]:
    """Return the plots of a record's page, without those that would be empty, first those of the intervention."""
    claims = record.claims
    charts = [*difference_plots(claims), *ratio_plots(claims), *response_plots(claims)]
    if record.kind == record.guideline.profile.harm:
        charts = [*frequency_plots(claims), *charts]
    return sorted(charts, key=lambda plot: not any(panel.is_own for panel in plot.panels))


def undrawn(record: RecordFacts) -> list[tuple[ClaimFacts, str]]:
    """Return the claims of controlled studies that are in no plot of the page, with the outcome compared."""
    drawn = {row.claim.id for plot in charts_of(record) for row in plot.rows}
    return [
        (claim, data.outcome)
        for claim, data in comparisons_of(record.claims)
        if claim.level in CONTROLLED and claim.id not in drawn
    ]


@once
def plots_by_claim(guideline: Guideline) -> Mapping[str, Sequence[tuple[RecordFacts, Plot]]]:
    """Return the plots that draw each claim that any draws, each with the record that it is drawn for."""
    found: dict[str, list[tuple[RecordFacts, Plot]]] = {}
    for record in records_of(guideline).values():
        for plot in charts_of(record):
            for claim in dict.fromkeys(row.claim.id for row in plot.rows):
                found.setdefault(claim, []).append((record, plot))
    return found


def plots_of(claims: Sequence[ClaimFacts], guideline: Guideline) -> Sequence[tuple[RecordFacts, Plot]]:
    """Return the plots that draw any of some claims, each once."""
    known = plots_by_claim(guideline)
    found = {(record.id, plot.id): (record, plot) for claim in claims for record, plot in known.get(claim.id, ())}
    return list(found.values())
