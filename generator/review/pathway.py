"""Changes of the pathway: its steps, its ways, and the paths that now come to other advice.

Two graphs are walked together from their starts, answer by answer. Where an answer leads to another step, and from
there to other advice, the paths through it are counted: the ways that lead there times the ways that go on.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.answers import Answer
from generator.changes import Change
from generator.graph import Edge, edges_of, forward, topological
from generator.guideline import Guideline
from generator.pathway import Checklist, Item, Node, Outcome, Pathway, PathwayNode, claims_named, parts_that_say
from generator.review.saying import shown
from generator.words import plural

WHERE = "pathway"
_EXAMPLES = 12


def pathway_changes(before: Guideline, after: Guideline, moved: Mapping[str, str]) -> Iterator[Change]:
    """Yield the changes of steps and ways, and where paths part."""
    if "pathway" in before.unread | after.unread:
        return
    old, new = before.pathway.nodes, after.pathway.nodes
    for name, node in new.items():
        if name not in old:
            yield _change("node-added", name, node, after=_described(node), guideline=after)
        else:
            yield from _node(name, old[name], node, before, after, moved)
    for name, node in old.items():
        if name not in new:
            yield _change("node-removed", name, node, before=_described(node), guideline=before)
    for parting in partings(before.pathway, after.pathway):
        trail = "; ".join(f"{label} {answer}" for label, answer in parting.trail) or "at its start"
        notes = [f"{plural(parting.paths, 'path')} through this step"]
        where = f"{WHERE}#{parting.at}"
        sides = (parting.before, parting.after)
        yield Change.of("outcome-changed", "pathway-outcome", where, f"Pathway: {trail}", sides[0], sides[1], notes)
    stages = [{name: stage.name for name, stage in version.pathway.stages.items()} for version in (before, after)]
    if stages[0] != stages[1]:
        shown_stages = ["; ".join(f"{name}: {words}" for name, words in side.items()) for side in stages]
        yield Change.of("stage-changed", "pathway-outcome", WHERE, "Pathway: stages", shown_stages[0], shown_stages[1])


def _change(
    kind: str,
    name: str,
    node: PathwayNode,
    guideline: Guideline,
    before: str = "",
    after: str = "",
    notes: Iterable[str] = (),
) -> Change:
    parts = [part for _, part in parts_that_say(node)]
    because = dict.fromkeys(id_ for part in parts for id_ in claims_named(part) if id_ in guideline.claims)
    said = {id_: guideline.answers[id_] for part in parts for id_ in part.says if id_ in guideline.answers}
    behind = [*because, *(one.claim for each in said.values() if isinstance(each, Answer) for one in each.support)]
    cited = [cite.pmid for id_ in behind if id_ in guideline.claims for cite in guideline.claims[id_].claim.cites]
    told = [
        *(f"says {id_}: {each.text if isinstance(each, Answer) else each.because}" for id_, each in said.items()),
        *(f"rests on {id_}: {shown(guideline.claims[id_])}" for id_ in because),
    ]
    where, title = f"{WHERE}#{name}", f"Pathway: {node.label}"
    return Change.of(kind, "pathway-outcome", where, title, before, after, [*notes, *told[:6]], cited)


def _described(node: PathwayNode) -> str:
    about = f" (about {', '.join(node.indications)})" if node.indications else ""
    urgent = f"; {node.urgent}" if isinstance(node, Outcome) and node.urgent else ""
    gap = "; no evidence is cited" if node.no_evidence else ""
    awaits = f"; awaits {', '.join(node.awaits)}" if node.awaits else ""
    return f"{node.kind}: {node.label}{about}{urgent}{gap}{awaits}"


def _carried(part: Node | Item, moved: Mapping[str, str]) -> str:
    """Return what a step or an item says and rests on, in one line; claims under the ids that they have now."""
    because = [moved.get(id_, id_) for id_ in part.because]
    told = [("says", part.says), ("tells", part.tells if isinstance(part, Node) else ()), ("rests on", because)]
    if isinstance(part, Item):
        told.append(("expected by", [moved.get(id_, id_) for id_ in part.expected_in.values()]))
        told += [("ticked unless before", part.unless), ("ticked after", part.after)]
    return "; ".join(f"{words} {', '.join(ids)}" for words, ids in told if ids)


def _items(node: PathwayNode, moved: Mapping[str, str]) -> list[str]:
    """Return the items of a checklist, a line each."""
    items = node.items if isinstance(node, Checklist) else ()
    return [item.label + (f" ({carried})" if (carried := _carried(item, moved)) else "") for item in items]


def _node(
    name: str, old: PathwayNode, new: PathwayNode, before: Guideline, after: Guideline, moved: Mapping[str, str]
) -> Iterator[Change]:
    if _described(old) != _described(new):
        yield _change("node-changed", name, new, after, _described(old), _described(new))
    carried = _carried(old, moved), _carried(new, {})
    if carried[0] != carried[1]:
        yield _change("node-changed", name, new, after, *carried)
    items = _items(old, moved), _items(new, {})
    if items[0] != items[1]:
        yield _change("node-changed", name, new, after, " · ".join(items[0]), " · ".join(items[1]))
    if old.stage != new.stage:
        yield _change("node-changed", name, new, after, f"in stage {old.stage}", f"in stage {new.stage}")
    was, now = (edges_of(name, node) for node in (old, new))
    if was != now:
        sides = [
            "; ".join(
                f"{_answer(edge)} → {_label(edge.target, version.pathway)}" for edge in edges if edge not in others
            )
            for version, edges, others in ((before, was, now), (after, now, was))
        ]
        notes = [] if any(sides) else ["only the order of the answers changed"]
        yield _change("edge-changed", name, new, after, sides[0], sides[1], notes)


def _answer(edge: Edge) -> str:
    return edge.answer or ("back to" if edge.returns else "go on")


def _label(name: str, pathway: Pathway) -> str:
    return pathway.nodes[name].label if name in pathway.nodes else name


@dataclass(frozen=True)
class Parting:
    """Where paths part: the answers that lead there first, what follows before and after, and how many paths."""

    at: str
    trail: tuple[tuple[str, str], ...]
    before: str
    after: str
    paths: int


def partings(before: Pathway, after: Pathway) -> list[Parting]:
    """Return where the ways of two pathways part, nearest to the start first."""
    start = (before.start, after.start)
    trails: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {start: ()}
    steps: dict[tuple[str, str], list[tuple[str, str]]] = {}
    waiting = [start]
    while waiting:  # breadth first, so that each trail is a shortest one
        pair = waiting.pop(0)
        steps[pair] = []
        for asked, following in _together(pair, before, after):
            steps[pair].append(following)
            if following not in trails:
                trails[following] = (*trails[pair], *asked)
                waiting.append(following)
    ways = _ways_to(start, steps)
    below = [_paths_from(before), _paths_from(after)]
    found = []
    for old, new in steps:
        advice = _advice(old, before), _advice(new, after)
        if advice[0] != advice[1] and old != new:
            sides = _follows(old, before, advice[0]), _follows(new, after, advice[1])
            paths = ways[old, new] * max(below[0].get(old, 0), below[1].get(new, 0))
            found.append(Parting(new or old, trails[old, new], sides[0], sides[1], paths))
    return found[:_EXAMPLES]


def _together(
    pair: tuple[str, str], before: Pathway, after: Pathway
) -> Iterator[tuple[tuple[tuple[str, str], ...], tuple[str, str]]]:
    """Yield the answer given and the next pair of steps; none from a pair that parts."""
    old, new = pair
    if old not in before.nodes or new not in after.nodes:
        return
    if old == new:
        exits = [
            {edge.answer: edge.target for edge in edges_of(name, pathway.nodes[name]) if not edge.returns}
            for name, pathway in ((old, before), (new, after))
        ]
        for answer in dict.fromkeys([*exits[0], *exits[1]]):
            asked = ((after.nodes[new].label, answer),) if answer else ()
            yield asked, (exits[0].get(answer, ""), exits[1].get(answer, ""))


def _ways_to(
    start: tuple[str, str], steps: Mapping[tuple[str, str], Sequence[tuple[str, str]]]
) -> dict[tuple[str, str], int]:
    """Return in how many ways each pair is reached; none for what a loop leads to."""
    ways = dict.fromkeys(steps, 0) | {start: 1}
    for pair in topological(steps):
        for following in steps[pair]:
            ways[following] += ways[pair]
    return ways


def _paths_from(pathway: Pathway) -> dict[str, int]:
    """Return in how many ways a path goes on from each step to its end; a return ends a path."""
    targets = {name: [edge.target for edge in edges] for name, edges in forward(pathway).items()}
    paths: dict[str, int] = {}
    for name in reversed(topological(targets)):
        returns = sum(edge.returns for edge in edges_of(name, pathway.nodes[name]))
        paths[name] = (sum(paths.get(target, 0) for target in targets[name]) + returns) or 1
    return paths


def _advice(name: str, pathway: Pathway) -> list[str]:
    """Return the steps that advise which paths from a step come to first, nearest first."""
    found, waiting, seen = [], [name], {name}
    while waiting:
        here = waiting.pop(0)
        if here not in pathway.nodes:
            continue
        if pathway.nodes[here].kind not in ("question", "checklist"):
            found.append(here)
            continue
        for edge in edges_of(here, pathway.nodes[here]):
            if edge.target not in seen:
                seen.add(edge.target)
                waiting.append(edge.target)
    return found


def _follows(name: str, pathway: Pathway, advice: list[str]) -> str:
    if name not in pathway.nodes:
        return "no such way"
    if advice == [name]:
        return pathway.nodes[name].label
    labels = [pathway.nodes[step].label for step in advice[:4]]
    more = [f"{len(advice) - 4} more"] if len(advice) > 4 else []
    return f"{pathway.nodes[name].label} (comes to: {'; '.join(labels + more)})"
