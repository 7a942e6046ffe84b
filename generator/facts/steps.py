"""The pathway as numbered text and as a decision table, from the same graph as the charts."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from generator import links
from generator.facts.claims import ClaimView
from generator.graph import Edge, edges_of, in_reading_order
from generator.guideline import Guideline
from generator.model import Node, Question


@dataclass(frozen=True)
class Step:
    """A node in the numbered key: its number, where it leads, and the claims that it rests on."""

    name: str
    node: Node
    number: int
    ways: Sequence[tuple[Edge, int]]
    claims: Sequence[ClaimView]
    stage: str

    @property
    def kind(self) -> str:
        """Question, action or outcome."""
        return str(getattr(self.node, "kind", ""))

    @property
    def disputed(self) -> bool:
        """Whether two of its claims disagree."""
        ids = {view.entry.id for view in self.claims}
        return any(ids & set(view.entry.claim.disagrees_with) for view in self.claims)


@dataclass(frozen=True)
class TableRow:
    """A way through the first stage: diseases, conditions met, the last answer given, and where it ends."""

    diseases: Sequence[str]
    conditions: Sequence[tuple[str, str]]
    answer: str
    end: Step


@dataclass(frozen=True)
class PathwayView:
    """The pathway for its page."""

    guideline: Guideline
    page: PurePosixPath = links.PATHWAY

    @cached_property
    def steps(self) -> dict[str, Step]:
        """Every node that can be reached, in reading order."""
        pathway = self.guideline.pathway
        numbers = in_reading_order(pathway)
        return {
            name: Step(
                name,
                pathway.nodes[name],
                number,
                [(edge, numbers[edge.target]) for edge in edges_of(name, pathway.nodes[name])],
                [ClaimView(self.guideline.claims[id_], self.page, {}) for id_ in pathway.nodes[name].because],
                str(pathway.stages[pathway.nodes[name].stage].name),
            )
            for name, number in numbers.items()
        }

    @cached_property
    def table(self) -> list[TableRow]:
        """Every way through the first stage to its last node, in reading order."""
        pathway = self.guideline.pathway
        stage = pathway.nodes[pathway.start].stage
        rows: list[TableRow] = []

        def walk(name: str, conditions: tuple[tuple[str, str], ...], diseases: tuple[str, ...], answer: str) -> None:
            node = pathway.nodes[name]
            # The first question is about every disease, and an end without evidence about no one disease.
            if name != pathway.start and not node.no_evidence:
                diseases = tuple(d for d in diseases if d in node.indications) or diseases or node.indications
            inside = [e for e in edges_of(name, node) if not e.returns and pathway.nodes[e.target].stage == stage]
            if not inside:
                rows.append(TableRow(diseases, conditions, answer, self.steps[name]))
            for edge in inside:
                asks = isinstance(node, Question) and name != pathway.start
                asked = ((str(node.label), edge.answer),) if asks else ()
                walk(edge.target, conditions + asked, diseases, edge.answer or answer)

        walk(pathway.start, (), (), "")
        return rows

    def entry(self, record: str) -> Step | None:
        """Return where a disease's branch begins: of the steps about it the one about the fewest other diseases.

        An end without evidence is no beginning; of equals the first in reading order is taken.
        """
        about = [step for step in self.steps.values() if record in step.node.indications]
        return min(
            about, key=lambda step: (step.node.no_evidence, len(step.node.indications), step.number), default=None
        )
