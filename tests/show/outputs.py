"""What is shown of the guideline in content/, as text by the name of its golden file. Imports of what shows stand here.

The handbook is compared as the data that its template shows; `test_typeset.py` compares what is typeset of it.
"""

import hashlib
import json
import re
import shutil
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from cases import all_sheets, as_text, change, whole

from generator.check import retracted_source
from generator.cli import read
from generator.data import Data
from generator.evidence.basis import basis_of
from generator.evidence.wording import describe_data
from generator.facts.bibliography import CITATION_FILES
from generator.facts.records import RecordFacts, records_of
from generator.facts.regimens import regimens_of, weight_tables
from generator.facts.sources import SourceFacts, describe_source
from generator.graph import in_reading_order
from generator.guideline import Guideline
from generator.model import Claim, Record
from generator.pathway import Pathway
from generator.press import Printing
from generator.render import render
from generator.render.book.content import book_data
from generator.render.book.sheets import pocket_data, sheet_data
from generator.render.book.typesetting import prepare_pocket, prepare_sheet, prepare_volume
from generator.render.data.bibliography import FILES, csl, nbib, ris
from generator.render.data.bibtex import bibtex
from generator.render.draw.charts import charts_of
from generator.render.draw.evidence_map import draw_map, map_cells
from generator.render.draw.plot import Plot
from generator.render.draw.svg import Axis, Mark, Part, draw_apart, draw_parts, linear_axis, log_axis
from generator.review.formats import to_html, to_json, to_markdown, to_text
from generator.review.report import make_report
from generator.sources import Reference
from generator.yaml_source import read_yaml

__all__ = [
    "CITATION_FILES",
    "FILES",
    "SHEET",
    "SHOW",
    "Axis",
    "Mark",
    "Part",
    "Plot",
    "Printing",
    "RecordFacts",
    "basis_of",
    "bibtex",
    "book_data",
    "charts_of",
    "csl",
    "data_of",
    "describe_data",
    "draw_apart",
    "draw_map",
    "draw_parts",
    "in_reading_order",
    "linear_axis",
    "log_axis",
    "map_cells",
    "nbib",
    "outputs",
    "pathway_of",
    "prepare_pocket",
    "prepare_sheet",
    "prepare_volume",
    "record_with",
    "record_with_data",
    "records_of",
    "reference",
    "regimens_of",
    "retracted_source",
    "ris",
    "rows_of",
    "shown",
    "source",
    "weight_tables",
]

SHOW = Path(__file__).parent
SHEET = "indications/crackle"
# The texts of real rules are no part of this guideline; two invented ones show how a rule is shown.
RULES = {"first-rule": "Every record has a lamp.\n\nWithout it nobody would see.", "second-rule": "No lamp is broken."}


@cache
def shown() -> Guideline:
    """Return the guideline that has every field; it has no problem."""
    guideline, problems = read(SHOW)
    assert guideline is not None
    assert problems == []
    # The fingerprint behind the version would change all golden files with each word of the content.
    version = guideline.about.version.partition("+")[0]
    return replace(guideline, about=guideline.about.model_copy(update={"version": version}))


@cache
def outputs() -> Mapping[str, str]:
    """Return every output as text, by the path of its golden file below expected/."""
    guideline = shown()
    texts = {str(path): as_text(content) for path, content in render(guideline, RULES).items()}
    texts["handbook.json"] = _readable(book_data(guideline, "a4", whole(guideline)))
    texts["sheet.json"] = _readable(sheet_data(guideline, SHEET, "us-letter"))
    texts["pocket.json"] = _readable(pocket_data(guideline, "a4", all_sheets(guideline)))
    return texts | _review(guideline)


def _review(before: Guideline) -> dict[str, str]:
    with TemporaryDirectory() as folder:
        shutil.copytree(SHOW / "content", Path(folder, "content"))
        for edit in yaml.safe_load((SHOW / "change.yaml").read_text("utf-8"))["edits"]:
            change(edit, Path(folder))
        after, problems = read(Path(folder))
    report = make_report(before, after, ("before", "after"), ([], problems))
    pages = {path: (f"before/{path}", f"after/{path}") for _, path in report.pages}
    return {
        "review.md": to_markdown(report),
        "review.html": to_html(report, pages),
        "review.json": to_json(report),
        "review.txt": to_text(report),
    }


def _readable(data: dict[str, Any]) -> str:
    """Return the data of a book so that a difference is a line: drawings by element, a code by its pixels."""
    for coded in (data.get("since"), *data.get("sheets", ())):
        if coded and coded["qr"]:
            coded["qr"] = _pixels(bytes(coded["qr"]))
    return json.dumps(_lines(data), ensure_ascii=False, indent=1) + "\n"


def _lines(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _lines(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_lines(value) for value in node]
    return re.sub(r"(?<=>)(?=<)", "\n", node).split("\n") if isinstance(node, str) and node.startswith("<svg") else node


def _pixels(png: bytes) -> str:
    """Return width, height and a digest of the pixels: how zlib packs them differs between machines."""
    at, packed = 8, b""
    while at < len(png):
        length = int.from_bytes(png[at : at + 4])
        packed += png[at + 8 : at + 8 + length] if png[at + 4 : at + 8] == b"IDAT" else b""
        at += length + 12
    width, height = int.from_bytes(png[16:20]), int.from_bytes(png[20:24])
    return f"PNG, {width} x {height}, sha256 of its pixels {hashlib.sha256(zlib.decompress(packed)).hexdigest()}"


def rows_of(file: str) -> list[Any]:
    """Return the rows of a table of cases; numbers keep their digits, as in content."""
    document = read_yaml((SHOW / file).read_bytes())
    assert not document.refusals, document.refusals
    return list(document.data["rows"])


def data_of(fields: Mapping[str, Any]) -> Data:
    """Return the data of a claim from its fields."""
    claim = {"kind": "efficacy", "text": "T.", "data": fields}
    return Claim.model_validate(claim).data


def reference(**fields: Any) -> Reference:
    """Return a reference that holds the fields given, and of the rest what it must."""
    needed = {"title": "T", "journal": "J", "design": "rct", "species": "human", "read": "abstract"}
    return Reference.model_validate({**needed, "retraction": {"state": "unchecked"}, **fields})


def source(pmid: str = "1", **fields: Any) -> SourceFacts:
    """Return what is to be known of a source with these fields."""
    return describe_source(pmid, reference(**fields), shown())


def record_with(claims: Mapping[str, Mapping[str, Any]], references: Mapping[str, Reference], kind: str) -> RecordFacts:
    """Return a record of a kind, called `x`, with claims by name; each cites the PMIDs under `pmids`.

    The sources under `against` contradict it, and are cited first.
    """
    guideline = shown()

    def cites(pmids: Iterable[str], bearing: str) -> list[dict[str, str]]:
        return [{"pmid": pmid, "from": "a", "to": "b", "bearing": bearing} for pmid in pmids]

    claims = {
        name: {"text": "T.", **{key: value for key, value in claim.items() if key not in ("pmids", "against")}}
        | {"cites": (*cites(claim.get("against", ()), "contradicts"), *cites(claim["pmids"], "supports"))}
        for name, claim in claims.items()
    }
    group = next(iter(guideline.groups_of(kind)))
    record = Record.model_validate({"name": "X", "group": group, "standing": "unreviewed", "claims": claims})
    return records_of(replace(guideline, references=references, records={f"{kind}/x": record}))[f"{kind}/x"]


def record_with_data(kind: str, data: Mapping[str, Any], **fields: Any) -> RecordFacts:
    """Return an indication with one claim, of a kind and with data, from the first source of the guideline."""
    claims = {"one": {"kind": kind, "pmids": ["101"], "data": data, **fields}}
    return record_with(claims, shown().references, "indications")


def pathway_of(fields: Mapping[str, Any]) -> Pathway:
    """Return a pathway from its fields."""
    return Pathway.model_validate(fields)
