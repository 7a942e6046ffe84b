"""A claim as a resource of FHIR R5 (Evidence): what it says, its numbers where they have a place, its passages."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from generator import links
from generator.data import Comparison, Dose, Interval, Proportion, Share, Summary
from generator.escape import markdown
from generator.facts.claims import CitationFacts, ClaimFacts, claims_of
from generator.guideline import Guideline
from generator.linked_text import links_in
from generator.notions import HAZARD_RATIO, ODDS_RATIO, PEOPLE, RISK_RATIO
from generator.quantities import Quantity
from generator.render.data.fhir.form import (
    Resource,
    concept,
    head,
    notes,
    number,
    parts,
    quantity,
    refer,
    resting,
    source_id,
    without_gaps,
)
from generator.render.data.numbers import Number, numbers_of

_ROLES, _STATISTICS = "variable-role", "statistic-type"
_CODES = {
    "mean": "C53319",
    "median": "C28007",
    ODDS_RATIO: "C16932",
    RISK_RATIO: "C93152",
    HAZARD_RATIO: "C93150",
    "proportion": "C44256",
}
"""What a statistic is, with the code of value set `statistic-type` 5.0.0; what is not here has words alone."""

_CI, _RANGE, _IQR = "95% confidence interval", "range", "interquartile range"


def evidence_of(guideline: Guideline) -> Iterator[tuple[str, Resource]]:
    """Yield each claim as a resource, by its full id."""
    numbers: dict[str, list[Number]] = {}
    for line in numbers_of(guideline):
        numbers.setdefault(line.claim, []).append(line)
    former: dict[str, list[str]] = {}
    for old, id_ in guideline.former.items():
        former.setdefault(id_, []).append(old)
    for id_, facts in claims_of(guideline).items():
        yield id_, _evidence(facts, numbers.get(id_, ()), former, guideline)


def _evidence(
    facts: ClaimFacts, numbers: Sequence[Number], former: Mapping[str, Sequence[str]], guideline: Guideline
) -> Resource:
    claim, strength = facts.claim, facts.strength
    begins = head(
        "Evidence",
        facts.id,
        facts.where,
        facts.record,
        guideline,
        kind=claim.kind,
        strength=facts.strength_label,
        level=facts.level,
        sources=strength.sources if strength else None,
        retracted=(strength.retracted or None) if strength else None,
        disagrees_with=tuple(facts.entry.opponents),
        subject=claim.subject,
        as_of=claim.as_of,
        one_group=claim.one_group,
        sic=claim.sic,
        link=tuple(link.target for link in links_in(claim.text)),
    )
    page = links.hosted_id(guideline.about.address, facts.id, in_folder=True)
    system = links.lasting_name(guideline.profile.topic.slug)
    return without_gaps(
        {
            **begins,
            "identifier": [
                {"use": "official", "system": system, "value": facts.id},
                *({"use": "old", "system": system, "value": old} for old in former.get(facts.id, ())),
            ],
            "assertion": markdown(facts.plain_text),
            "description": markdown(facts.numbers_line),
            "note": notes(facts.all_marks),
            "relatedArtifact": [
                {"type": "documentation", "display": "Where it stands", "document": {"url": page}},
                *(_passage(cite, guideline) for cite in facts.citations),
                *(resting("replaces", other) for other in facts.supersedes),
                *(resting("replaced-with", other) for other in facts.superseded_by),
            ],
            "variableDefinition": [*_variables(facts)],
            "statistic": [each for line in numbers for each in _statistics(line, guideline)],
        }
    )


def _passage(facts: CitationFacts, guideline: Guideline) -> Resource:
    cite, passage = facts.citation, guideline.passages[facts.citation.key]
    return {
        "type": "cites",
        "citation": markdown(facts.words),
        "document": {"url": facts.passage},
        "resourceReference": refer("Citation", source_id(cite.pmid), guideline),
        "extension": parts(
            first_words=cite.start,
            last_words=cite.end,
            section=cite.section,
            part=cite.part,
            bearing=cite.bearing,
            sha256=passage.sha256,
            words=passage.words,
            figures=" ".join(passage.figures),
        ),
    }


def _variables(facts: ClaimFacts) -> Iterator[Resource]:
    """Yield what the claim is about. FHIR has one variable at least, so the record stands first, without a code."""
    yield {"variableRole": concept("record"), "description": markdown(facts.record.name)}
    for name in facts.populations:
        yield {"variableRole": concept("population", _ROLES, "population"), "description": markdown(name)}
    data = facts.claim.data
    if isinstance(data, Dose):
        yield {"variableRole": concept("exposure", _ROLES, "exposure"), "description": markdown(facts.numbers_line)}
    elif data:
        role = concept("measured variable", _ROLES, "measuredVariable")
        yield {"variableRole": role, "description": markdown(data.outcome)}


def _statistics(line: Number, guideline: Guideline) -> Iterator[Resource]:
    """Yield a line of numbers, with each of its values as a statistic; the counts go with the first."""
    values = [*_values(line, guideline)] or [("count", "", None, "")]
    counted = _counted(line, guideline)
    name = f"{line.data.outcome}: {line.name}" if line.name else line.data.outcome
    for words, kind, value, unit in values:
        spread = [*_intervals(line)]
        if isinstance(value, Quantity) and value.high is not None:
            spread.insert(0, _between(f"{words}, from and to", (value.low, value.high)))
        yield without_gaps(
            {
                "description": markdown(name),
                "statisticType": concept(words, _STATISTICS, _CODES.get(kind, "")),
                "quantity": quantity(value, unit),
                "attributeEstimate": spread,
                **counted,
            }
        )
        counted = {}


def _values(line: Number, guideline: Guideline) -> Iterator[tuple[str, str, Quantity | Decimal | None, str]]:
    """Yield what each value is, in words and by its name of ours, the value, and its unit."""
    data = line.data
    if (percent := line.get("percent")) is not None:
        yield "percentage", "proportion" if isinstance(data, Proportion) else "", percent, "%"
    for name in ("mean", "median"):
        if line.arm and (value := line.get(name)) is not None:
            yield name, name, value, line.unit or ""
    if isinstance(data, Comparison) and not line.arm:
        measure = guideline.term("measures", data.measure)
        meant = next((notion for notion in measure.means if notion in _CODES), "")
        yield measure.name, meant, data.value, line.unit or ""
    elif isinstance(data, Summary):
        yield data.statistic, data.statistic, data.value, data.unit


def _counted(line: Number, guideline: Guideline) -> Resource:
    """Return events and total. They have a place of their own only where it is recorded that patients are counted."""
    events, total, unknown = line.get("events"), line.get("of"), line.get("of_unknown")
    counts = line.data.unit if isinstance(line.data, Share) else None
    patients = guideline.means("denominators", counts, PEOPLE) or isinstance(line.data, Summary)
    whole = events is not None and events == int(events)
    unit = guideline.term("denominators", counts).name if counts else ""
    said = f"total not known: {unknown}" if unknown else f"of {total} {unit}".strip() if total else ""
    return without_gaps(
        {
            "numberAffected" if patients else "numberOfEvents": int(events) if whole else None,
            "sampleSize": without_gaps(
                {"description": markdown(said), "numberOfParticipants": total if patients else None}
            ),
            "extension": parts(
                arm=line.name,
                counted=unit,
                total=None if patients else total,
                expected_events=None if whole else events,
            ),
        }
    )


def _intervals(line: Number) -> Iterator[Resource]:
    for name, words in (("ci", _CI), ("range", _RANGE), ("iqr", _IQR)):
        limits: Interval | None = line.get(name)
        if limits:
            yield {**_between(words, limits), **({"level": 0.95} if words == _CI else {})}
    for name, words in (("sd", "standard deviation"), ("p", "p value")):
        value = line.get(name)
        if isinstance(value, Quantity) and value.high is not None:
            yield _between(words, (value.low, value.high))
        elif value is not None:
            yield {"type": concept(words), "quantity": quantity(value)}


def _between(words: str, limits: tuple[Decimal, Decimal]) -> Resource:
    low, high = limits
    return {"type": concept(words), "range": {"low": {"value": number(low)}, "high": {"value": number(high)}}}
