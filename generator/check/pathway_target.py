"""Every edge, start, stage, awaited paper, expectation and line of the pathway leads to something that exists.

A misspelt target would be a dead end that only a reader on that path would find.
"""

from collections.abc import Iterator

from generator.graph import Edge, all_edges
from generator.guideline import Guideline
from generator.pathway import Checklist, Pathway, PathwayNode, Question, checklists_before
from generator.problems import Problem, did_you_mean

ID = "pathway-target"


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each edge to no node, a start that is no node, and each unknown stage, disease or claim."""
    pathway = guideline.pathway
    if "pathway" in guideline.unread:
        return
    if pathway.start not in pathway.nodes:
        fix = "Name a node."
        yield Problem(ID, f"the start `{pathway.start}` is no node", fix, guideline.place("pathway", "start"))
    for edge in all_edges(pathway):
        if edge.target not in pathway.nodes:
            fix = did_you_mean(edge.target, pathway.nodes) or "Name a node."
            place = guideline.place("pathway", "nodes", edge.source, *_written(edge, pathway))
            yield Problem(ID, f"`{edge.source}` leads to no node: `{edge.target}`", fix, place)
    for name, node in pathway.nodes.items():
        if node.stage not in pathway.stages:
            place = guideline.place("pathway", "nodes", name, "stage")
            fix = f"Stages: {', '.join(pathway.stages)}."
            yield Problem(ID, f"`{name}` is in no stage: `{node.stage}`", fix, place)
        for index, record in enumerate(node.indications):
            if record not in guideline.records and record not in guideline.unread:
                place = guideline.place("pathway", "nodes", name, "indications", index)
                yield Problem(ID, f"`{name}` is about no record: `{record}`", "Correct the id.", place)
        for index, item in enumerate(node.items if isinstance(node, Checklist) else ()):
            for record, claim in item.expected_in.items():
                own = [entry.id for entry in guideline.claims_by_record.get(record, ())]
                if claim not in own and record not in guideline.unread:
                    place = guideline.place("pathway", "nodes", name, "items", index, "expected_in", record)
                    fix = did_you_mean(claim, own) or "Name a claim of the disease itself."
                    yield Problem(ID, f"`{item.label}`: `{record}` has no claim `{claim}`", fix, place)
        yield from _ticked_at_first(guideline, pathway, name, node)
        for index, source in enumerate(node.awaits):
            if source not in guideline.pending and "pending" not in guideline.unread:
                fix = did_you_mean(source, guideline.pending) or "Name it as `pending.yaml` does."
                place = guideline.place("pathway", "nodes", name, "awaits", index)
                yield Problem(ID, f"`{name}` awaits no pending source: `{source}`", fix, place)


def _ticked_at_first(guideline: Guideline, pathway: Pathway, name: str, node: PathwayNode) -> Iterator[Problem]:
    """Yield a problem for each step or line that an item is ticked for and that is none, or not known to come first."""
    before = checklists_before(pathway, name)
    lines = [item.label for each in before for item in each.items]
    for index, item in enumerate(node.items if isinstance(node, Checklist) else ()):
        for number, step in enumerate(item.after):
            if step not in pathway.nodes:
                fix = did_you_mean(step, pathway.nodes) or "Name a node."
                place = guideline.place("pathway", "nodes", name, "items", index, "after", number)
                yield Problem(ID, f"`{item.label}` comes after no node: `{step}`", fix, place)
        for number, label in enumerate(item.unless):
            place = guideline.place("pathway", "nodes", name, "items", index, "unless", number)
            if len(before) != 1:
                fix = "Only where one checklist leads to this one can its lines be named."
                yield Problem(ID, f"{len(before)} checklists lead to `{name}`", fix, place)
            elif label not in lines:
                fix = did_you_mean(label, lines) or "Name a line of the checklist that leads here."
                yield Problem(ID, f"`{item.label}`: no line before is `{label}`", fix, place)


def _written(edge: Edge, pathway: Pathway) -> tuple[str | int, ...]:
    """Return where in its node an edge is written."""
    node = pathway.nodes[edge.source]
    if isinstance(node, Question):
        return "answers", edge.answer
    if isinstance(node, Checklist):
        named = (index for index, item in enumerate(node.items) if item.leads and item.label == edge.answer)
        index = next(named, None)
        return ("next",) if index is None else ("items", index, "leads")
    return ("unknown", "leads") if edge.unknown else ("return_to",) if edge.returns else ("next",)
