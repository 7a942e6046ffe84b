"""The tables say the same as CSV files, as a database and in the descriptor, and each of them can be relied on."""

import csv
import hashlib
import io
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from pathlib import PurePosixPath
from typing import Any

import pytest
from cases import as_text
from jsonschema import Draft202012Validator

from generator.guideline import Guideline
from generator.render.data.exports import export_makers, render_exports
from generator.render.data.table import Column, Table
from generator.render.data.tables import tables_of

FOLDER = PurePosixPath("data")
TABLES = ["records", "codes", "claims", "citations", "sources"]
TABLES += ["numbers", "doses", "disagreements", "answers", "support"]


@pytest.fixture(scope="module", params=["real", "shown"])
def files(request: pytest.FixtureRequest, guideline: Guideline, shown: Guideline) -> dict[str, bytes]:
    """The data files by name: of the real guideline, and of the one that has every field."""
    made = render_exports(guideline if request.param == "real" else shown)
    return {path.name: text.encode() if isinstance(text, str) else text for path, text in made.items()}


# What the specification of data packages (version 2) asks of those parts that are used here, in words of our own.
NAME = {"type": "string", "pattern": "^[a-z0-9._-]+$"}
WORDS = {"type": "string", "minLength": 1}
FIELD = {
    "type": "object",
    "properties": {
        "name": WORDS,
        "type": {"enum": ["string", "integer", "number"]},
        "description": WORDS,
        "constraints": {
            "type": "object",
            "properties": {"required": {"const": True}, "unique": {"const": True}},
            "additionalProperties": False,
            "minProperties": 1,
        },
    },
    "required": ["name", "type", "description"],
    "additionalProperties": False,
}
NAMES = {"type": "array", "items": WORDS, "minItems": 1}
KEY = {
    "type": "object",
    "properties": {
        "fields": NAMES,
        "reference": {
            "type": "object",
            "properties": {"resource": NAME, "fields": NAMES},
            "required": ["resource", "fields"],
        },
    },
    "required": ["fields", "reference"],
}
RESOURCE = {
    "type": "object",
    "properties": {
        "name": NAME,
        "type": {"const": "table"},
        "path": {"type": "string", "pattern": r"^[a-z-]+\.csv$"},
        "format": {"const": "csv"},
        "mediatype": {"const": "text/csv"},
        "encoding": {"const": "utf-8"},
        "bytes": {"type": "integer", "minimum": 1},
        "hash": {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"},
        "schema": {
            "type": "object",
            "properties": {
                "fields": {"type": "array", "items": FIELD, "minItems": 1},
                "missingValues": {"const": [""]},
                "primaryKey": NAMES,
                "foreignKeys": {"type": "array", "items": KEY, "minItems": 1},
            },
            "required": ["fields", "primaryKey"],
        },
    },
    "required": ["name", "type", "path", "format", "encoding", "bytes", "hash", "schema"],
}
PACKAGE = {
    "type": "object",
    "properties": {
        "$schema": {"const": "https://datapackage.org/profiles/2.0/datapackage.json"},
        "name": NAME,
        "title": WORDS,
        "description": WORDS,
        "version": WORDS,
        "created": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T00:00:00Z$"},
        "licenses": {
            "type": "array",
            "minItems": 1,
            "items": {"type": "object", "properties": {"name": {"pattern": "^[-a-zA-Z0-9._]+$"}}, "required": ["name"]},
        },
        "resources": {"type": "array", "items": RESOURCE, "minItems": 1},
    },
    "required": ["$schema", "name", "licenses", "resources"],
}


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def faults(files: dict[str, bytes]) -> Iterator[str]:
    """Yield what of the files is not as the descriptor has it."""
    package = json.loads(files["datapackage.json"])
    yield from (error.message for error in Draft202012Validator(PACKAGE).iter_errors(package))
    resources: dict[str, Any] = {each["name"]: each for each in package["resources"]}
    for each in resources.values():
        content, schema = files[each["path"]], each["schema"]
        if (each["bytes"], each["hash"]) != (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}"):
            yield f"{each['path']}: other bytes"
        rows, names = rows_of(content), [field["name"] for field in schema["fields"]]
        if content.decode("utf-8-sig").split("\r\n")[0] != ",".join(names):
            yield f"{each['path']}: other columns"
        for field in schema["fields"]:
            cells = [row[field["name"]] for row in rows]
            yield from (f"{each['path']}: {field['name']} {why}" for why in wrong_cells(cells, field))
        keys = [tuple(row[name] for name in schema["primaryKey"]) for row in rows]
        if len(set(keys)) < len(keys):
            yield f"{each['path']}: a key twice"
        for key in schema.get("foreignKeys", ()):
            (name,), (there,) = key["fields"], key["reference"]["fields"]
            known = {row[there] for row in rows_of(files[resources[key["reference"]["resource"]]["path"]])}
            yield from (f"{each['path']}: {row[name]} leads nowhere" for row in rows if row[name] not in known)


def wrong_cells(cells: list[str], field: dict[str, Any]) -> Iterator[str]:
    holds = field.get("constraints", {})
    if holds.get("required") and "" in cells:
        yield "is empty"
    if holds.get("unique") and len(set(cells)) < len(cells):
        yield "twice"
    for cell in filter(None, cells):
        try:
            {"string": str, "integer": int, "number": Decimal}[field["type"]](cell)
        except (ValueError, InvalidOperation):
            yield f"{cell!r} is no {field['type']}"


def test_every_table_is_as_the_descriptor_has_it(files: dict[str, bytes]) -> None:
    assert list(faults(files)) == []
    package = json.loads(files["datapackage.json"])
    described = {each["path"] for each in package["resources"]}
    assert described == {name for name in files if name.endswith(".csv")}
    assert {each["name"] for each in package["resources"]} >= set(TABLES)


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("citations.csv", b",101,", b",999,", "citations.csv: 999 leads nowhere"),
        ("records.csv", b"indications/crackle,", b"indications/glimmer,", "records.csv: a key twice"),
        ("numbers.csv", b",1,101,proportion,", b",one,101,proportion,", "numbers.csv: position 'one' is no integer"),
        ("claims.csv", b",efficacy,", b",,", "claims.csv: kind is empty"),
        ("doses.csv", b"claim,pmid", b"pmid,claim", "doses.csv: other columns"),
        ("datapackage.json", b'"type": "integer"', b'"type": "count"', "'count' is not one of"),
    ],
)
def test_what_is_not_so_is_seen(file: str, old: bytes, new: bytes, fault: str, shown: Guideline) -> None:
    made = {path.name: text.encode() if isinstance(text, str) else text for path, text in render_exports(shown).items()}
    assert old in made[file]
    made[file] = made[file].replace(old, new, 1)
    assert any(fault in found for found in faults(made))


def test_the_database_is_sound_and_holds_what_the_tables_hold(shown: Guideline) -> None:
    content = export_makers(shown)[FOLDER / "guideline.sqlite"]()
    assert isinstance(content, bytes)
    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(content)
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        assert names == ["about", *TABLES]
        for name in TABLES:
            table = tables_of(shown)[name]
            stored = [list(row) for row in database.execute(f'SELECT * FROM "{name}" ORDER BY rowid')]
            held = [[float(cell) if isinstance(cell, Decimal) else cell for cell in row] for row in table.rows]
            assert stored == held
            statement = database.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (name,)).fetchone()[0]
            assert all(f"-- {column.about}" in statement for column in table.columns)
        about = dict(database.execute("SELECT * FROM about").fetchall())
        assert (about["title"], about["standing"]) == (shown.about.title, "unreviewed")
        assert database.execute("SELECT pages FROM sources WHERE pages LIKE '%-%'").fetchall()  # as they are recorded


def test_the_database_has_the_same_bytes_each_time_and_names_no_version_of_its_program(shown: Guideline) -> None:
    first, second = (export_makers(replace(shown))[FOLDER / "guideline.sqlite"]() for _ in range(2))
    assert first == second
    assert isinstance(first, bytes)
    assert first[96:100] == bytes(4)
    assert as_text(first).startswith("BEGIN TRANSACTION;")


def test_a_cell_is_text_for_a_spreadsheet_and_a_number_stays_one() -> None:
    said = ["=1+1", "-1", "+1", "@a", "\tx", "a; =b", "3-7", "a,b", 'say "x"', "two\nlines"]
    columns = [
        Column("text", "Text", lambda each: each),
        Column("range", "Range", lambda each: each, ranges=True),
        Column("number", "Number", lambda _: Decimal("-0.50"), "number"),
        Column("none", "None", lambda _: None),
    ]
    content = Table("t", "A test", columns, said, ("text",)).csv
    assert content.startswith("\ufefftext,range,number,none\r\n")
    assert "\n" not in content.replace("\r\n", "").replace("two\nlines", "")
    rows = rows_of(content.encode())
    guarded = ["'=1+1", "'-1", "'+1", "'@a", "'\tx", "a; '=b"]
    assert [row["text"] for row in rows] == [*guarded, *said[6:]]
    assert [row["range"] for row in rows][6] == "3\u20137"
    assert {(row["number"], row["none"]) for row in rows} == {("-0.50", "")}


def test_the_name_of_a_column_is_text_for_a_spreadsheet_and_the_descriptor_has_it_so() -> None:
    """The columns of a list are named by the questions of the profile."""
    table = Table("x", "X", [Column("=cmd()", "A", str), Column("a; -1", "B", str)], ["1"], ("=cmd()",))
    assert next(csv.reader(io.StringIO(table.csv.removeprefix("\ufeff")))) == ["'=cmd()", "a; '-1"]
    assert [column.title for column in table.columns] == ["'=cmd()", "a; '-1"]


def test_the_numbers_have_a_row_for_each_arm_and_one_for_what_compares_them(shown: Guideline) -> None:
    claims = {id_: entry.claim.data for id_, entry in shown.claims.items() if entry.claim.data}
    rows = rows_of(render_exports(shown)[FOLDER / "numbers.csv"].encode())  # type: ignore[union-attr]
    doses = rows_of(render_exports(shown)[FOLDER / "doses.csv"].encode())  # type: ignore[union-attr]
    assert {row["claim"] for row in (*rows, *doses)} == set(claims)
    arms = [row for row in rows if row["claim"] == "indications/crackle#against-placebo"]
    data = claims["indications/crackle#against-placebo"]
    assert [row["arm"] for row in arms if row["arm"]] == [arm.name for arm in data.arms]  # type: ignore[union-attr]
    assert all(row["events"] or row["total"] for row in arms if row["arm"])
    assert {bool(row["measure"]) for row in arms if row["arm"]} == {False}


@pytest.mark.parametrize(
    ("cell", "shown"), [("2042098619876736", "'2042098619876736"), ("February 1994", "'February 1994")]
)
def test_a_text_that_a_spreadsheet_takes_for_a_number_or_a_month_stays_one(cell: str, shown: str) -> None:
    table = Table("t", "T", [Column("pages", "Pages", lambda each: each)], [cell], ("pages",))
    assert table.csv.splitlines()[1] == f"'{cell}"
