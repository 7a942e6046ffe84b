"""The decision table: every way through the first stage of the pathway."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.facts.steps import PathwayFacts, Step
from generator.pathway import Checklist, Question


@dataclass(frozen=True)
class TableRow:
    """A way through the first stage: diseases, conditions met, the last answer given, its last step, and what follows.

    `leads` is the stage that the way goes on to, or empty.
    """

    diseases: Sequence[str]
    conditions: Sequence[tuple[str, str]]
    answer: str
    end: Step
    leads: str


def decision_table(facts: PathwayFacts) -> Sequence[TableRow]:
    """Return every way through the first stage to its last step, in reading order."""
    pathway, edges = facts.walk.pathway, facts.walk.edges
    stage = pathway.nodes[pathway.start].stage
    rows: list[TableRow] = []

    def follow(name: str, conditions: tuple[tuple[str, str], ...], diseases: tuple[str, ...], answer: str) -> None:
        node = pathway.nodes[name]
        # The first question is about every disease, and an end without evidence about no one disease.
        if name != pathway.start and not node.no_evidence:
            diseases = tuple(d for d in diseases if d in node.indications) or diseases or node.indications
        asks = isinstance(node, Question | Checklist) and name != pathway.start
        ahead = [edge for edge in edges[name] if not edge.returns]
        if not ahead:
            rows.append(TableRow(diseases, conditions, answer, facts.steps[name], ""))
        for edge in ahead:
            met = conditions + (((str(node.label), edge.answer),) if asks else ())
            target = pathway.nodes[edge.target]
            if target.stage == stage:
                follow(edge.target, met, diseases, edge.answer or answer)
            else:
                leads = str(pathway.stages[target.stage].name)
                rows.append(TableRow(diseases, met, edge.answer or answer, facts.steps[name], leads))

    follow(pathway.start, (), (), "")
    return rows
