"""The data files: everything a machine may want of the guideline, in formats that its readers know.

`guideline.json` is versioned by `format`; its JSON Schema stands beside it.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from functools import partial
from pathlib import PurePosixPath
from typing import Any, get_args

from generator import links
from generator.answers import Step
from generator.evidence.strength import level_of
from generator.facts.answers import DIRECTIONS, AnswerFacts, answers_of
from generator.facts.claims import CitationFacts, ClaimFacts, claims_of
from generator.facts.records import records_of
from generator.facts.sources import SourceFacts, sources_of
from generator.guideline import Guideline
from generator.render.data.bibliography import FILES
from generator.render.data.dot import to_dot
from generator.render.data.feed import render_feed
from generator.render.data.tables import answers_csv, claims_csv, list_csv, references_csv

FORMAT = "3.0"
FOLDER = PurePosixPath("data")


def render_exports(guideline: Guideline) -> dict[PurePosixPath, str]:
    """Return every data file by its path below `docs/`."""
    return {path: make() for path, make in export_makers(guideline).items()}


def export_makers(guideline: Guideline) -> dict[PurePosixPath, Callable[[], str]]:
    """Return, for each data file by its path below `docs/`, a function that returns it and makes no other."""
    return {
        links.FEED: lambda: render_feed(guideline),
        FOLDER / "guideline.json": lambda: _json(guideline_data(guideline)),
        FOLDER / "guideline.schema.json": lambda: _json(_schema()),
        FOLDER / "claims.csv": lambda: claims_csv(guideline),
        FOLDER / "answers.csv": lambda: answers_csv(guideline),
        **{
            FOLDER / f"{kind}.csv": partial(list_csv, kind, guideline)
            for kind, asked in guideline.profile.matrix.items()
            if asked
        },
        FOLDER / "pathway.dot": lambda: to_dot(guideline.pathway),
        FOLDER / "references.csv": lambda: references_csv(guideline),
        FOLDER / "pmids.txt": lambda: "".join(f"{pmid}\n" for pmid in guideline.references),
        **{
            FOLDER / f"references.{ending}": partial(_sources, make, guideline.references, guideline)
            for ending, make in FILES.items()
        },
        **{
            links.source_file(pmid, ending): partial(_sources, make, (pmid,), guideline)
            for pmid in guideline.references
            for ending, make in FILES.items()
        },
    }


def _sources(make: Callable[[Iterable[SourceFacts]], str], pmids: Iterable[str], guideline: Guideline) -> str:
    return make([sources_of(guideline)[pmid] for pmid in pmids])


def guideline_data(guideline: Guideline) -> dict[str, Any]:
    """Return the whole guideline as data: what it says of itself and asks, records, references, pathway, lists."""
    about = guideline.about.model_dump(mode="json")
    claims, sources, records = claims_of(guideline), sources_of(guideline), records_of(guideline)
    return {
        "format": FORMAT,
        "about": about,
        "profile": guideline.profile.model_dump(mode="json"),
        "vocabulary": guideline.vocabulary.model_dump(mode="json", exclude_none=True)["sections"],
        "records": {
            id_: {
                "kind": record.KIND,
                "name": record.name,
                "also_known_as": list(record.also_known_as),
                "group": record.group,
                "standing": record.model_dump(mode="json")["standing"],
                "shows": list(record.shows),
                "answers": {facts.id: _answer(facts) for facts in answers_of(records[id_])},
                "not_known": [each.model_dump(mode="json") for each in record.not_known],
                "claims": {entry.id: _claim(claims[entry.id]) for entry in guideline.claims_by_record.get(id_, ())},
            }
            for id_, record in guideline.records.items()
        },
        "references": {
            pmid: {
                **reference.model_dump(mode="json"),
                "level": level_of(reference, guideline),
                "marks": list(sources[pmid].marks),
            }
            for pmid, reference in guideline.references.items()
        },
        "pathway": guideline.pathway.model_dump(mode="json"),
        "pending": {name: source.model_dump(mode="json") for name, source in guideline.pending.items()},
        "searches": [search.model_dump(mode="json", by_alias=True) for search in guideline.searches],
    }


def _answer(facts: AnswerFacts) -> dict[str, Any]:
    return {
        "question": facts.question.name,
        "text": facts.answer.text,
        "direction": facts.answer.direction,
        "rests_on": [each.model_dump(mode="json") for each in facts.answer.support],
        "steps": [step.model_dump(mode="json") for step in facts.answer.steps],
        "otherwise": list(facts.answer.otherwise),
        "stops": facts.stops,
        "awaited": facts.awaited,
        "pmids": facts.pmids,
        "marks": list(facts.marks),
        "basis": facts.basis_words,
        "per_hundred": [each.words for each in facts.per_hundred],
        "step": facts.basis.step if facts.basis else None,
    }


def _claim(facts: ClaimFacts) -> dict[str, Any]:
    claim = facts.claim
    return {
        "kind": claim.kind,
        "text": facts.plain_text,
        "links": [link.target for link in links.links_in(claim.text)],
        "citations": [_citation(cite, facts.entry.guideline) for cite in facts.citations],
        "data": claim.data.model_dump(mode="json", exclude_none=True) if claim.data else None,
        "population": list(claim.population),
        "subject": claim.subject,
        "as_of": claim.as_of,
        "sic": claim.sic,
        "disagrees_with": dict(facts.entry.opponents),
        "supersedes": list(claim.supersedes),
        "superseded_by": [other.id for other in facts.superseded_by],
        "marks": list(facts.marks),
        "strength": asdict(facts.strength) if facts.strength else None,
    }


def _citation(facts: CitationFacts, guideline: Guideline) -> dict[str, Any]:
    cite = facts.citation
    passage = guideline.passages[cite.key]
    return {
        "pmid": cite.pmid,
        "from": cite.start,
        "to": cite.end,
        "section": cite.section,
        "part": cite.part,
        "bearing": cite.bearing,
        "marks": list(facts.marks),
        "cited_as": facts.words,
        "url": facts.passage,
        "sha256": passage.sha256,
        "words": passage.words,
        "figures": list(passage.figures),
    }


def _schema() -> dict[str, Any]:
    text, texts = {"type": "string"}, {"type": "array", "items": {"type": "string"}}

    def closed(properties: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "type": "object",
            "properties": properties,
            "required": list(properties),
            "additionalProperties": False,
        }

    def each(schema: Mapping[str, Any]) -> dict[str, Any]:
        return {"type": "object", "additionalProperties": schema}

    parts = {"enum": ["background", "methods", "results", "conclusion", None]}
    citation = closed(
        {"pmid": {"type": "string", "pattern": "^[1-9][0-9]{0,7}$"}, "from": text, "to": text, "section": text}
        | {"part": parts}
        | {"bearing": {"enum": ["supports", "qualifies", "contradicts"]}, "marks": texts, "cited_as": text, "url": text}
        | {"sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"}, "words": {"type": "integer"}, "figures": texts}
    )
    count = {"type": "integer", "minimum": 0}
    strength = closed({"level": text, "sources": count, "disputed": {"type": "boolean"}, "retracted": count})
    claim = closed(
        {"kind": text, "text": text, "links": texts, "citations": {"type": "array", "items": citation, "minItems": 1}}
        | {"data": {"type": ["object", "null"]}, "population": texts, "supersedes": texts}
        | {"subject": {"enum": ["intervention", "comparator", "disease", "product", "class"]}}
        | {"as_of": {"type": ["integer", "null"]}, "sic": {"type": ["string", "null"]}}
        | {"disagrees_with": each(text), "superseded_by": texts, "marks": texts}
        | {"strength": {"anyOf": [strength, {"type": "null"}]}}
    )
    support = closed({"claim": text, "indirect": {"type": ["string", "null"]}})
    supports = {"type": "array", "items": support, "minItems": 1}
    step = closed({"do": {"enum": [*get_args(Step.model_fields["do"].annotation)]}, "text": text, "rests_on": supports})
    answer = closed(
        {"question": text, "text": text, "direction": {"enum": [*DIRECTIONS, None]}, "otherwise": texts}
        | {"rests_on": supports, "steps": {"type": "array", "items": step}, "pmids": texts, "marks": texts}
        | {
            "stops": text,
            "awaited": text,
            "basis": text,
            "per_hundred": texts,
            "step": {"type": ["integer", "null"], "minimum": 0, "maximum": 4},
        }
    )
    not_known = closed({"questions": texts, "because": text, "awaits": texts, "beside": texts})
    record = closed(
        {"kind": text, "name": text, "also_known_as": texts, "group": text, "standing": {"type": ["string", "object"]}}
        | {"shows": texts, "answers": each(answer), "not_known": {"type": "array", "items": not_known}}
        | {"claims": each(claim)}
    )
    search = closed(
        {"query": text, "place": text, "on": text, "hits": {"type": ["integer", "null"], "minimum": 0}, "kept": texts}
        | {"left_out": {"type": ["string", "null"]}, "for": texts}
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "High-dose IVIG in dermatology",
        **closed(
            {"format": {"const": FORMAT}, "about": {"type": "object"}, "profile": {"type": "object"}}
            | {"vocabulary": each({"type": "object"})}
            | {
                "records": each(record),
                "references": each({"type": "object"}),
                "pathway": {"type": "object"},
                "pending": each({"type": "object"}),
                "searches": {"type": "array", "items": search},
            }
        ),
    }


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
