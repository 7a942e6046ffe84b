"""The data files: everything a machine may want of the guideline, in formats that its readers know.

`guideline.json` is versioned by `format`; its JSON Schema stands beside it.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

from generator import links
from generator.evidence.strength import level_of, strength_of
from generator.guideline import ClaimEntry, Guideline
from generator.model import Citation, reviewed
from generator.render.data.bibliography import bibtex, csl, ris
from generator.render.data.feed import render_feed
from generator.render.draw.flowchart import to_dot

FORMAT = "1.0"
FOLDER = PurePosixPath("data")


def render_exports(guideline: Guideline) -> dict[PurePosixPath, str]:
    """Return every data file by its path below `docs/`."""
    return {
        links.FEED: render_feed(guideline),
        FOLDER / "guideline.json": _json(guideline_data(guideline)),
        FOLDER / "guideline.schema.json": _json(_schema()),
        FOLDER / "claims.csv": _claims_csv(guideline),
        FOLDER / "pathway.dot": to_dot(guideline.pathway),
        FOLDER / "references.csv": _references_csv(guideline),
        FOLDER / "references.csl.json": _json([csl(pmid, ref) for pmid, ref in guideline.references.items()]),
        FOLDER / "references.ris": "".join(ris(pmid, ref) for pmid, ref in guideline.references.items()),
        FOLDER / "references.bib": "\n".join(bibtex(pmid, ref) for pmid, ref in guideline.references.items()),
    }


def guideline_data(guideline: Guideline) -> dict[str, Any]:
    """Return the whole guideline as data: about, vocabulary, records with claims, references, pending sources."""
    about = guideline.about.model_dump(mode="json")
    return {
        "format": FORMAT,
        "about": about,
        "vocabulary": guideline.vocabulary.model_dump(mode="json", exclude_none=True)["sections"],
        "records": {
            id_: {
                "kind": record.KIND,
                "name": record.name,
                "also_known_as": list(record.also_known_as),
                "group": record.group,
                "standing": record.model_dump(mode="json")["standing"],
                "claims": {
                    entry.id: _claim(entry, guideline) for entry in guideline.claims.values() if entry.record == id_
                },
            }
            for id_, record in guideline.records.items()
        },
        "references": {
            pmid: {**reference.model_dump(mode="json"), "level": level_of(reference, guideline)}
            for pmid, reference in guideline.references.items()
        },
        "pathway": guideline.pathway.model_dump(mode="json"),
        "pending": {name: source.model_dump(mode="json") for name, source in guideline.pending.items()},
    }


def _claim(entry: ClaimEntry, guideline: Guideline) -> dict[str, Any]:
    claim, strength = entry.claim, strength_of(entry.claim, guideline)
    return {
        "kind": claim.kind,
        "text": links.plain_text(claim.text),
        "links": [link.target for link in links.links_in(claim.text)],
        "citations": [_citation(cite, guideline) for cite in claim.cites],
        "data": claim.data.model_dump(mode="json", exclude_none=True) if claim.data else None,
        "population": list(claim.population),
        "disagrees_with": list(claim.disagrees_with),
        "supersedes": list(claim.supersedes),
        "strength": None
        if strength is None
        else {"level": strength.level, "sources": strength.sources, "disputed": strength.disputed},
    }


def _citation(cite: Citation, guideline: Guideline) -> dict[str, Any]:
    passage = guideline.passages[cite.key]
    return {
        "pmid": cite.pmid,
        "from": cite.start,
        "to": cite.end,
        "section": cite.section,
        "bearing": cite.bearing,
        "url": links.passage(cite),
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

    citation = closed(
        {"pmid": {"type": "string", "pattern": "^[1-9][0-9]{0,7}$"}, "from": text, "to": text, "section": text}
        | {"bearing": {"enum": ["supports", "qualifies", "contradicts"]}, "url": text}
        | {"sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"}, "words": {"type": "integer"}, "figures": texts}
    )
    strength = closed({"level": text, "sources": {"type": "integer"}, "disputed": {"type": "boolean"}})
    claim = closed(
        {"kind": text, "text": text, "links": texts, "citations": {"type": "array", "items": citation, "minItems": 1}}
        | {"data": {"type": ["object", "null"]}, "population": texts, "disagrees_with": texts, "supersedes": texts}
        | {"strength": {"anyOf": [strength, {"type": "null"}]}}
    )
    record = closed(
        {"kind": text, "name": text, "also_known_as": texts, "group": text, "standing": {"type": ["string", "object"]}}
        | {"claims": each(claim)}
    )
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "High-dose IVIG in dermatology",
        **closed(
            {"format": {"const": FORMAT}, "about": {"type": "object"}, "vocabulary": each({"type": "object"})}
            | {
                "records": each(record),
                "references": each({"type": "object"}),
                "pathway": {"type": "object"},
                "pending": each({"type": "object"}),
            }
        ),
    }


def _claims_csv(guideline: Guideline) -> str:
    rows = [
        [
            entry.id,
            guideline.records[entry.record].name,
            entry.claim.kind,
            links.plain_text(entry.claim.text),
            " ".join(cite.pmid for cite in entry.claim.cites),
            " ".join(links.passage(cite) for cite in entry.claim.cites),
            strength.label if (strength := strength_of(entry.claim, guideline)) else "",
            " ".join(entry.claim.population),
            " ".join(entry.claim.disagrees_with),
            "reviewed" if reviewed(guideline.records[entry.record]) else "unreviewed",
            str(guideline.about.version),
        ]
        for entry in guideline.claims.values()
    ]
    head = ["id", "record", "kind", "text", "pmids", "passages", "strength", "population", "disagrees_with"]
    head += ["standing", "version"]
    return _csv(head, rows)


def _references_csv(guideline: Guideline) -> str:
    fields = (
        "journal",
        "year",
        "volume",
        "issue",
        "pages",
        "doi",
        "pmcid",
        "design",
        "species",
        "participants",
        "read",
    )
    rows = [
        [pmid, ref.title, "; ".join(ref.authors or ())]
        + [getattr(ref, name) for name in fields]
        + [ref.retraction.state, level_of(ref, guideline)]
        for pmid, ref in guideline.references.items()
    ]
    return _csv(["pmid", "title", "authors", *fields, "retraction", "level"], rows)


def _csv(head: list[str], rows: Iterable[list[object]]) -> str:
    """Return CSV (RFC 4180) with an apostrophe before what a spreadsheet would take for a formula.

    That is a cell's start, and what follows a semicolon: a spreadsheet of many countries ends a cell there.
    """
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow(["" if cell is None else re.sub(r"(^|;\s*)(?=[=+@\t\r-])", r"\1'", str(cell)) for cell in row])
    return file.getvalue()


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
