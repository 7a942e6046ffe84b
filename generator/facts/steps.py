"""The pathway, walked once: numbers, ways, groups, stages, and the decision table. Charts, key and table share it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.facts.claims import ClaimFacts, claims_of
from generator.graph import Edge, edges_of, in_reading_order
from generator.guideline import Guideline, once
from generator.model import PendingSource
from generator.pathway import Node, Pathway, Question


@dataclass(frozen=True)
class Group:
    """What an answer to the first question leads to within the first stage: its nodes in reading order.

    `goes_on` says whether a way leads out of them, to the next stage.
    """

    id: str
    title: str
    members: Sequence[str]
    ends: int
    goes_on: bool


@dataclass(frozen=True)
class StageWalk:
    """A stage after the first: its nodes in reading order, of which the first is where it is entered."""

    id: str
    title: str
    members: Sequence[str]


@dataclass(frozen=True)
class Walk:
    """The graph as it was walked: the number of each node that can be reached, in reading order, and its edges."""

    pathway: Pathway
    numbers: Mapping[str, int]
    edges: Mapping[str, Sequence[Edge]]
    groups: Sequence[Group]
    stages: Sequence[StageWalk]


def walk(pathway: Pathway) -> Walk:
    """Walk a pathway. Needs one without problems."""
    numbers = in_reading_order(pathway)
    edges = {name: edges_of(name, node) for name, node in pathway.nodes.items()}
    first = pathway.nodes[pathway.start]
    groups = []
    for number, (answer, target) in enumerate(first.answers.items() if isinstance(first, Question) else (), start=1):
        members = _within(target, first.stage, pathway, edges)
        ends = sum(pathway.nodes[name].kind == "outcome" for name in members)
        goes_on = any(edge.target not in members for name in members for edge in edges[name])
        groups.append(Group(f"group-{number}", str(answer), sorted(members, key=numbers.__getitem__), ends, goes_on))
    stages = [
        StageWalk(f"stage-{id_}", str(stage.name), [name for name in numbers if pathway.nodes[name].stage == id_])
        for id_, stage in pathway.stages.items()
        if id_ != first.stage
    ]
    stages = [stage for stage in stages if stage.members]
    return Walk(pathway, numbers, edges, groups, stages)


def _within(start: str, stage: str, pathway: Pathway, edges: Mapping[str, Sequence[Edge]]) -> list[str]:
    """Return the nodes of a stage that can be reached from a node without leaving the stage."""
    seen: dict[str, None] = {}
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name not in seen and pathway.nodes[name].stage == stage:
            seen[name] = None
            waiting += [edge.target for edge in edges[name] if not edge.returns]
    return list(seen)


@dataclass(frozen=True)
class Way:
    """A way that leads from a step: what is answered, or `Go on to` or `Back to`; the step that it leads to."""

    answer: str
    target: str
    number: int


@dataclass(frozen=True)
class Step:
    """A node in the numbered key: its number, where it leads, the claims that it rests on, and what is awaited.

    `awaited` are the papers, by name, that cannot be cited yet and matter to a disease of the node or to the record of
    a claim that it rests on.
    """

    name: str
    node: Node
    number: int
    ways: Sequence[Way]
    claims: Sequence[ClaimFacts]
    awaited: Mapping[str, PendingSource]

    @property
    def kind(self) -> str:
        """Question, action or outcome."""
        return str(getattr(self.node, "kind", ""))

    @property
    def heading(self) -> str:
        """Number and label."""
        return f"{self.number}. {self.node.label}"

    @property
    def disputed(self) -> bool:
        """Whether two of its claims disagree."""
        ids = {claim.id for claim in self.claims}
        return any(ids & set(claim.entry.opponents) for claim in self.claims)


@dataclass(frozen=True)
class TableRow:
    """A way through the first stage: diseases, conditions met, the last answer given, and where it ends."""

    diseases: Sequence[str]
    conditions: Sequence[tuple[str, str]]
    answer: str
    end: Step


@dataclass(frozen=True)
class PathwayFacts:
    """The pathway with its claims."""

    walk: Walk
    steps: Mapping[str, Step]

    @cached_property
    def table(self) -> Sequence[TableRow]:
        """Every way through the first stage to its last node, in reading order."""
        pathway, edges = self.walk.pathway, self.walk.edges
        stage = pathway.nodes[pathway.start].stage
        rows: list[TableRow] = []

        def follow(name: str, conditions: tuple[tuple[str, str], ...], diseases: tuple[str, ...], answer: str) -> None:
            node = pathway.nodes[name]
            # The first question is about every disease, and an end without evidence about no one disease.
            if name != pathway.start and not node.no_evidence:
                diseases = tuple(d for d in diseases if d in node.indications) or diseases or node.indications
            inside = [edge for edge in edges[name] if not edge.returns and pathway.nodes[edge.target].stage == stage]
            if not inside:
                rows.append(TableRow(diseases, conditions, answer, self.steps[name]))
            for edge in inside:
                asks = isinstance(node, Question) and name != pathway.start
                asked = ((str(node.label), edge.answer),) if asks else ()
                follow(edge.target, conditions + asked, diseases, edge.answer or answer)

        follow(pathway.start, (), (), "")
        return rows

    def entry(self, record: str) -> Step | None:
        """Return where a disease's branch begins: of the steps about it the one about the fewest other diseases.

        An end without evidence is no beginning; of equals the first in reading order is taken.
        """
        about = [step for step in self.steps.values() if record in step.node.indications]
        return min(
            about, key=lambda step: (step.node.no_evidence, len(step.node.indications), step.number), default=None
        )


@once
def pathway_of(guideline: Guideline) -> PathwayFacts:
    """Return the pathway, walked, with its claims."""
    walked = walk(guideline.pathway)
    claims = claims_of(guideline)

    def step(name: str, number: int) -> Step:
        node = guideline.pathway.nodes[name]
        ways = [Way(_answer(edge), edge.target, walked.numbers[edge.target]) for edge in walked.edges[name]]
        rests_on = [claims[id_] for id_ in node.because]
        about = {*node.indications, *(claim.entry.record for claim in rests_on)}
        awaited = {key: source for key, source in guideline.pending.items() if about & set(source.matters_to)}
        return Step(name, node, number, ways, rests_on, awaited)

    return PathwayFacts(walked, {name: step(name, number) for name, number in walked.numbers.items()})


def _answer(edge: Edge) -> str:
    return edge.answer or ("Back to" if edge.returns else "Go on to")
