"""Which plots a record's page has, in which order: what is controlled first, series last.

A claim whose numbers do not fit a plot stays in its text; nothing is estimated. A claim about another treatment or
about the disease alone is in none.
"""

from generator.facts.records import RecordFacts
from generator.render.draw.comparisons import difference_plots, ratio_plots
from generator.render.draw.plot import Plot
from generator.render.draw.shares import frequency_plots, response_plots


def charts_of(record: RecordFacts) -> list[Plot]:
    """Return the plots of a record's page, without those that would be empty, first those of the intervention."""
    claims = record.claims
    charts = [*difference_plots(claims), *ratio_plots(claims), *response_plots(claims)]
    if record.kind == record.guideline.profile.harm:
        charts = [*frequency_plots(claims), *charts]
    return sorted(charts, key=lambda plot: not any(panel.is_own for panel in plot.panels))
