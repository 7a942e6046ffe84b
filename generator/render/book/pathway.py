"""The pathway in the handbook, as plain data: charts, numbered key and decision table."""

from collections.abc import Callable, Sequence
from typing import Any

from generator.facts.claims import ClaimFacts
from generator.facts.decisions import TableRow, decision_table
from generator.facts.steps import Backing, Step, Way, pathway_of
from generator.guideline import Guideline
from generator.render.book.pictures import styled
from generator.render.book.telling import Teller, stops_told
from generator.render.draw.flowchart import draw_part
from generator.speech import to_say

_LEAD = to_say(
    "Every box that advises says answers, or rests on claims, that are listed with it in the numbered key. The pathway "
    "sorts what sources say; it does not decide. Where nothing is cited it says so."
)

# The greatest chart whose text of 13 px is at least 8.5 pt where it fills a page of either paper, in px.
_WIDEST, _HIGHEST = 736, 942


def pathway_data(
    guideline: Guideline,
    teller: Teller,
    side: Callable[[ClaimFacts], dict[str, Any]],
    way_to: Callable[[str], dict[str, str]],
) -> dict[str, Any]:
    """Return the pathway; `side` tells of a claim away from its record, `way_to` leads to a record."""
    pathway, speech = pathway_of(guideline), guideline.about.speech

    def backed(part: Backing) -> dict[str, Any]:
        said = [
            {
                "where": f"{each.record.record.name}: {each.question.name}",
                **way_to(each.record.id),
                **teller.question(each),
            }
            for each in part.said
        ]
        return {"said": said, "claims": [side(claim) for claim in part.claims]}

    def told(step: Step) -> dict[str, Any]:
        return {
            "name": step.name,
            "number": step.number,
            "label": step.node.label,
            "disputed": step.disputed,
            "alarm": f"{step.alarm} {step.fixed}" if step.urgent else "",
            "items": [
                {
                    "label": each.item.label,
                    "ways": _ways([each.way] if each.way else []),
                    "expected": [
                        {"words": speech.say("expected in:"), **side(claim)} for claim in each.expected.values()
                    ],
                    **backed(each),
                }
                for each in step.items
            ],
            "ways": _ways(step.ways[step.leading :]),
            "tells": ", ".join(name for _, name in step.tells),
            **backed(step),
            "awaited": "; ".join(source.label for source in step.awaited.values()),
        }

    return {
        "lead": speech.say(_LEAD),
        "stops": stops_told(guideline),
        "charts": [
            {
                "title": chart.title,
                "svg": styled(chart.svg),
                "alt": guideline.about.own.plural(
                    len(chart.nodes),
                    "Chart of {n} step; the same steps stand in the numbered key.",
                    "Chart of {n} steps; the same steps stand in the numbered key.",
                ),
                "width": min(1.0, chart.size[0] / _WIDEST),
            }
            for part in pathway.walk.parts
            for chart in draw_part(pathway.walk, part, guideline.about.own, (_WIDEST, _HIGHEST))
        ],
        "steps": [told(step) for step in pathway.steps.values()],
        "table": [
            {
                "disease": disease,
                "end": end.heading,
                "step": end.name,
                "cites": teller.cites_of((claim, claim.citations) for claim in end.told),
                "ways": [
                    {"when": "; ".join(f"{asked} {answer}" for asked, answer in row.conditions), "leads": row.leads}
                    for row in rows
                ],
            }
            for disease, end, rows in _by_end(guideline, decision_table(pathway))
        ],
    }


def _ways(ways: Sequence[Way]) -> list[dict[str, Any]]:
    return [
        {
            "answer": way.answer,
            "to": way.target,
            "number": way.number,
            "of": way.only,
        }
        for way in ways
    ]


def _by_end(guideline: Guideline, table: Sequence[TableRow]) -> Sequence[tuple[str, Step, Sequence[TableRow]]]:
    """Return the rows of the decision table by disease and last step, with both, in the order of their first."""
    together: dict[tuple[str, str], list[TableRow]] = {}
    for row in table:
        disease = ", ".join(guideline.records[id_].name for id_ in row.diseases) or row.answer
        together.setdefault((disease, row.end.name), []).append(row)
    return [(disease, rows[0].end, rows) for (disease, _), rows in together.items()]
