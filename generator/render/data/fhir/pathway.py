"""The pathway as a resource of FHIR R5 (PlanDefinition). It repeats what sources say, and recommends nothing."""

from collections.abc import Iterator, Mapping, Sequence

from generator.escape import markdown
from generator.facts.answers import QuestionFacts
from generator.facts.steps import Backing, ItemFacts, Step, Way, pathway_of
from generator.graph import Edge
from generator.guideline import Guideline
from generator.pathway import Checklist, Outcome, Question
from generator.render.data.fhir.form import (
    Resource,
    cited,
    concept,
    fhir_id,
    head,
    parts,
    period,
    resting,
    urn,
    without_gaps,
)

PLAN, LIBRARY = "pathway", "guideline"
_NOT_ADVICE = (
    "Not a recommendation: each step repeats what cited sources say, with what has to be known of them. Conditions are "
    "words for people, which no program can evaluate."
)


def plan_of(guideline: Guideline) -> Resource:
    """Return the pathway: an action for each stage, in it one for each step, in that one for each line or answer."""
    about, facts = guideline.about, pathway_of(guideline)
    start = fhir_id(guideline.pathway.start)
    begins = head("PlanDefinition", PLAN, f"{about.title}: pathway", about, guideline, start=start)
    edges = facts.walk.edges
    return {
        **begins,
        "url": urn("PlanDefinition", PLAN, guideline),
        "type": concept("decision pathway"),
        "description": markdown(_NOT_ADVICE),
        "copyrightLabel": about.licence,
        "effectivePeriod": period(guideline),
        "library": [urn("Library", LIBRARY, guideline)],
        "action": [
            {
                "id": fhir_id(f"stage--{name}"),
                "linkId": fhir_id(f"stage--{name}"),
                "title": stage.name,
                "groupingBehavior": "logical-group",
                "action": [_step(each, edges, guideline) for each in facts.steps.values() if each.node.stage == name],
            }
            for name, stage in guideline.pathway.stages.items()
            if any(each.node.stage == name for each in facts.steps.values())
        ],
    }


def _step(step: Step, edges: Mapping[str, Sequence[Edge]], guideline: Guideline) -> Resource:
    node = step.node
    ways = list(zip(step.ways, edges[step.name], strict=True))
    plain = [edge for way, edge in ways if not (way.is_answer or way.unknown or way.others)]
    lines = [*_items(step), *_choices(step, ways)]
    leading = isinstance(node, Checklist) and all(item.leads for item in node.items)  # else some are to be done
    choice = "exactly-one" if isinstance(node, Question) else "any" if leading else ""
    return without_gaps(
        {
            "id": fhir_id(step.name),
            "linkId": fhir_id(step.name),
            "prefix": f"{step.number}.",
            "title": node.label,
            "textEquivalent": _text(step, step.alarm, step.fixed),
            "documentation": _backing(step, guideline),
            "selectionBehavior": choice if lines else "",
            "relatedAction": [_before(edge.target) for edge in plain if not edge.returns],
            "action": lines,
            "extension": parts(
                kind=step.kind,
                disease=node.indications,
                tells=tuple(name for _, name in step.tells),
                no_evidence=node.no_evidence,
                urgent=node.urgent if isinstance(node, Outcome) else "",
                awaits=tuple(source.label for source in step.named.values()),
                returns_to=tuple(fhir_id(edge.target) for edge in plain if edge.returns),
            ),
        }
    )


def _items(step: Step) -> Iterator[Resource]:
    """Yield the lines of a checklist; one that leads somewhere is a condition."""
    for index, item in enumerate(step.items, start=1):
        leads = item.way
        yield without_gaps(
            {
                **_named(f"{step.name}.item.{index}", item.item.label),
                "textEquivalent": _text(item),
                "documentation": _backing(item, step.guideline),
                "condition": [_condition(item.item.label)] if leads else [],
                "relatedAction": [_before(leads.target)] if leads else [],
            }
        )


def _choices(step: Step, ways: list[tuple[Way, Edge]]) -> Iterator[Resource]:
    """Yield the ways that are taken only if something holds, but those of items, which stand on these."""
    for index, (way, edge) in enumerate(ways, start=1):
        if index <= step.leading or not (way.is_answer or way.unknown or way.others):
            continue
        holds = f"{edge.answer} ({way.only})" if edge.answer and way.only else edge.answer or way.only
        returns = parts(returns_to=fhir_id(edge.target) if edge.returns else "")
        yield without_gaps(
            {
                **_named(f"{step.name}.way.{index}", holds),
                "condition": [_condition(holds)],
                "relatedAction": [] if returns else [_before(edge.target)],
                "extension": returns,
            }
        )


def _named(id_: str, title: str) -> Resource:
    return {"id": fhir_id(id_), "linkId": fhir_id(id_), "title": title}


def _condition(words: str) -> Resource:
    return {"kind": "applicability", "expression": {"language": "text/plain", "expression": words}}


def _before(target: str) -> Resource:
    return {"targetId": fhir_id(target), "relationship": "before"}


def _text(backing: Backing, *first: str) -> str:
    lines = [*first, *(line for each in backing.said for line in _said(each))]
    return "\n\n".join(markdown(line) for line in lines if line)


def _said(asked: QuestionFacts) -> Iterator[str]:
    name = f"{asked.record.record.name}, {asked.question.name.lower()}"
    if asked.answer:
        yield _marked(f"{name}: {asked.answer.answer.text}", asked.answer.marks)
        yield from (_marked(each.step.line, each.marks) for each in asked.answer.steps)
    elif asked.not_known:
        yield f"{name}: not known. {asked.not_known.not_known.because}"


def _marked(text: str, marks: Sequence[str]) -> str:
    return f"{text} ({', '.join(marks)})" if marks else text


def _backing(backing: Step | ItemFacts, guideline: Guideline) -> list[Resource]:
    """Return the claims that are behind it, those named beside it, and the sources of all, each once."""
    told = {claim.id for claim in backing.told}
    claims = {claim.id: claim for claim in backing.mentioned}.values()
    sources = {cite.source.pmid: cite.source for claim in claims for cite in claim.citations}
    return [
        *(resting("justification" if claim.id in told else "documentation", claim) for claim in claims),
        *(cited(source, guideline) for source in sources.values()),
    ]
