"""Numbers and names as words: of a claim's data, of grams for a weight, of a source in print and in citation managers.

What is expected is written from the definition, not copied from what the code prints.
"""

from typing import Any

import pytest
from outputs import csl, data_of, describe_data, record_with, regimens_of, ris, rows_of, shown, source
from outputs import weight_tables as tables_of

from generator.facts.records import RecordFacts
from generator.render.book.telling import Numbering, Teller

ROWS = rows_of("words.yaml")


@pytest.mark.parametrize(("fields", "words"), ROWS, ids=[words for _, words in ROWS])
def test_data_are_told_in_these_words(fields: dict[str, Any], words: str) -> None:
    assert describe_data(data_of(fields), shown()) == words


def weight_table(**dose: Any) -> tuple[str, tuple[str, ...], dict[int, tuple[str, ...]]]:
    """Return name, heads and rows by weight of the table of one regimen."""
    data = {"type": "dose", "unit": "g/kg", "per": "cycle", "route": "iv", **dose}
    record = record_with({"one": {"kind": "dosing", "pmids": ["101"], "data": data}}, shown().references, "indications")
    [table] = tables_of(regimens_of(record.claims), shown())
    return table.name, table.heads, dict(table.rows)


@pytest.mark.parametrize(
    ("dose", "name", "heads", "weight", "cells"),
    [
        ({"amount": 2}, "2 g/kg per cycle, over how many days is not stated", ("g per cycle",), 70, ("140",)),
        (
            {"amount": 2, "days": 5},
            "2 g/kg per cycle over 5 days",
            ("g per cycle", "g each day"),
            70,
            ("140", "28"),
        ),
        (  # the least is the smallest amount over the most days, the most the greatest over the fewest
            {"amount": "1-2", "days": "2-5"},
            "1-2 g/kg per cycle over 2-5 days",
            ("g per cycle", "g each day"),
            10,
            ("10–20", "2–10"),
        ),
        (
            {"amount": 400, "unit": "mg/kg", "per": "day", "days": 5},
            "400 mg/kg per day over 5 days",
            ("g per day", "g in all"),
            20,
            ("8", "40"),
        ),
        (
            {"amount": 400, "unit": "mg/kg", "per": "day", "days": "3-5"},
            "400 mg/kg per day over 3-5 days",
            ("g per day", "g in all"),
            10,
            ("4", "12–20"),
        ),
        (
            {"amount": 2, "days": 1},
            "2 g/kg per cycle over 1 day",
            ("g per cycle", "g each day"),
            20,
            ("40", "40"),
        ),
        (
            {"amount": 400, "unit": "mg/kg", "per": "day"},
            "400 mg/kg per day, for how many days is not stated",
            ("g per day",),
            120,
            ("48",),
        ),
        (
            {"amount": 25, "unit": "mg/kg"},
            "25 mg/kg per cycle, over how many days is not stated",
            ("g per cycle, rounded",),
            10,
            ("0.3",),
        ),  # 0.25: halves go up
        (
            {"amount": 1, "days": 3},
            "1 g/kg per cycle over 3 days",
            ("g per cycle", "g each day, rounded"),
            10,
            ("10", "3.3"),
        ),
    ],
)
def test_grams_for_a_weight(
    dose: dict[str, Any], name: str, heads: tuple[str, ...], weight: int, cells: tuple[str, ...]
) -> None:
    found, columns, rows = weight_table(**dose)
    assert (found, columns, rows[weight]) == (name, heads, cells)
    assert list(rows) == [10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120]


@pytest.mark.parametrize("dose", [{"amount": "≥2"}, {"amount": 30, "unit": "g"}])
def test_a_regimen_with_a_bound_or_in_grams_has_no_table(dose: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="not enough values"):
        weight_table(**dose)


def tables_with(*doses: dict[str, Any]) -> tuple[list[Any], RecordFacts]:
    """Return the tables of a record that states these doses, each from a source of its own, and the record."""
    claims = {
        f"dose-{pmid}": {
            "kind": "dosing",
            "pmids": [pmid],
            "data": {"type": "dose", "unit": "g/kg", "route": "iv", "amount": 2, **dose},
        }
        for pmid, dose in zip(("101", "103", "104"), doses, strict=False)
    }
    record = record_with(claims, shown().references, "indications")
    return tables_of(regimens_of(record.claims), record.guideline), record


def test_a_role_that_the_profile_keeps_apart_has_a_table_of_its_own() -> None:
    tables, _ = tables_with(*({"per": "cycle", "role": role} for role in ("starting", None, "studied")))
    assert [table.roles for table in tables] == [["starting dose", "role not recorded"], ["in a series or case"]]


def test_in_print_regimens_with_the_same_grams_stand_above_one_row() -> None:
    tables, record = tables_with({"per": "cycle"}, {"per": "month"}, {"per": "cycle", "role": "studied"})
    rows = Teller(Numbering(), lambda _: {}).grams(tables, (70, 80), record)
    told = [([each["name"] for each in row["regimens"]], row["lines"]) for row in rows]
    assert told == [
        (
            [f"2 g/kg per {each}, over how many days is not stated, role not recorded" for each in ("cycle", "month")],
            [{"head": "grams", "cells": ("140", "160")}],
        ),
        (
            ["2 g/kg per cycle, over how many days is not stated, in a series or case"],
            [{"head": "g per cycle", "cells": ("140", "160")}],
        ),
    ]


def test_in_print_regimens_with_other_grams_have_rows_of_their_own() -> None:
    tables, record = tables_with({"per": "cycle"}, {"per": "cycle", "amount": "1-2"}, {"per": "cycle", "amount": 1})
    rows = Teller(Numbering(), lambda _: {}).grams(tables, (70, 80), record)
    assert [(len(row["regimens"]), row["lines"][0]["cells"]) for row in rows] == [
        (1, ("140", "160")),
        (1, ("70–140", "80–160")),
        (1, ("70", "80")),
    ]


SEVEN = ("Gardner G", "Hunter H", "Innes I", "Joiner J", "Knight K", "Lister L", "Mason M")


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"authors": ("Abel AB", "Baker B"), "year": 2021}, "Abel 2021"),
        ({"authors": ("van der Eyck EF",), "year": 2021}, "van der Eyck 2021"),
        ({"authors": ("Glimmer Study Group",), "year": 2021}, "Glimmer Study Group 2021"),
        ({"authors": ("Glover",), "year": 2021}, "Glover 2021"),
        ({"authors": ("Abel A",)}, "Abel"),
        ({"authors": None, "journal": "Lamps", "year": 2021}, "Lamps 2021"),
        ({"authors": None, "journal": "Lamps"}, "Lamps"),
    ],
)
def test_a_source_is_named_by_its_first_author_and_year(fields: dict[str, Any], name: str) -> None:
    assert source(**fields).short_name == name


@pytest.mark.parametrize(
    ("fields", "authors"),
    [
        ({"authors": None}, "Authors not recorded."),
        ({"authors": ("Abel A",)}, "Abel A."),
        ({"authors": SEVEN[:6]}, "Gardner G, Hunter H, Innes I, Joiner J, Knight K, Lister L."),
        ({"authors": SEVEN}, "Gardner G, Hunter H, Innes I, Joiner J, Knight K, Lister L, et al."),
        ({"authors": SEVEN[:2], "authors_complete": False}, "Gardner G, Hunter H, et al."),
    ],
)
def test_six_authors_are_named_and_more_are_others(fields: dict[str, Any], authors: str) -> None:
    assert source(**fields).byline == authors


@pytest.mark.parametrize(
    ("fields", "printed"),
    [
        ({"year": 2021, "volume": "12", "issue": "3", "pages": "401-9"}, "J. 2021;12(3):401-9"),
        ({"year": 2021, "volume": "12", "pages": "401-9"}, "J. 2021;12:401-9"),
        ({"year": 2021, "volume": "12", "issue": "3"}, "J. 2021;12(3)"),
        ({"year": 2018, "issue": "1", "pages": "CD001234"}, "J. 2018;(1):CD001234"),
        ({"year": 2021, "pages": "e12"}, "J. 2021:e12"),
        ({"year": 2021}, "J. 2021"),
        ({}, "J. year unknown"),
    ],
)
def test_where_a_source_is_printed(fields: dict[str, Any], printed: str) -> None:
    assert source(**fields).printed_in == printed


@pytest.mark.parametrize(
    ("title", "sentence"),
    [
        ("On lamps", "On lamps."),
        ("Where do we stand?", "Where do we stand?"),
        ("Calm!", "Calm!"),
        ("Ed.", "Ed."),
        ("“Is it?”", "“Is it?”"),
    ],
)
def test_a_title_ends_with_one_mark(title: str, sentence: str) -> None:
    assert source(title=title).title == sentence


@pytest.mark.parametrize(
    ("fields", "design"),
    [
        ({"design": "rct", "species": "human", "participants": 40}, "Randomised trial, n = 40"),
        ({"design": "rct", "species": "human", "participants": 1200}, "Randomised trial, n = 1,200"),
        ({"design": "rct", "species": "unstated"}, "Randomised trial"),
        ({"design": "laboratory", "species": "mouse"}, "Laboratory study, mouse"),
        ({"design": "laboratory", "species": "in-vitro", "participants": 3}, "Laboratory study, in vitro, n = 3"),
    ],
)
def test_design_and_size_of_a_source(fields: dict[str, Any], design: str) -> None:
    assert source(**fields).design_and_size == design


@pytest.mark.parametrize(
    ("pages", "lines"),
    [
        ("1031-1044", ["SP  - 1031", "EP  - 1044"]),
        ("547-57", ["SP  - 547", "EP  - 557"]),
        ("97\u2013100; discussion 101-2", ["SP  - 97", "EP  - 100"]),
        ("e660-2", ["SP  - e660", "EP  - e662"]),
        ("357.e29-38", ["SP  - 357.e29", "EP  - 357.e38"]),
        ("S1-10", ["SP  - S1", "EP  - S10"]),
        ("244-250.e1", ["SP  - 244", "EP  - 250.e1"]),
        ("e12", ["SP  - e12"]),
        ("7", ["SP  - 7"]),
        ("S12-S19", ["SP  - S12", "EP  - S19"]),
        (None, []),
    ],
)
def test_ris_has_the_first_page_and_the_last(pages: str | None, lines: list[str]) -> None:
    found = ris(source(pages=pages)).split("\r\n")
    assert [line for line in found if line.startswith(("SP", "EP"))] == lines


def test_ris_has_each_field_under_its_tag() -> None:
    fields = {"title": "On lamps", "authors": ("van der Eyck EF", "Lamp Group"), "journal": "Lamps", "year": 2021}
    fields |= {"journal_abbreviation": "Lmp", "pmcid": "PMC70"}
    assert ris(source("7", **fields, volume="12", issue="3", doi="10.1000/7")).split("\r\n") == [
        *("TY  - JOUR", "AU  - van der Eyck, E. F.", "AU  - Lamp Group,", "TI  - On lamps", "T2  - Lamps", "J2  - Lmp"),
        *("PY  - 2021", "VL  - 12", "IS  - 3", "DO  - 10.1000/7", "DB  - PubMed", "AN  - 7", "C2  - PMC70"),
        *("UR  - https://pubmed.ncbi.nlm.nih.gov/7/", "N1  - Randomised trial. Read: abstract.", "ER  - ", "", ""),
    ]


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("Abel A", {"family": "Abel", "given": "A."}),
        ("van der Eyck EF", {"family": "Eyck", "given": "E. F.", "non-dropping-particle": "van der"}),
        ("Müller-Öz Å", {"family": "Müller-Öz", "given": "Å."}),
        ("Hall RP 3rd", {"family": "Hall", "given": "R. P.", "suffix": "3rd"}),
        ("Schaefer H-F III", {"family": "Schaefer", "given": "H.-F.", "suffix": "III"}),
        ("European Working Group WHO", {"literal": "European Working Group WHO"}),
        ("Academy, Work Team AB", {"literal": "Academy, Work Team AB"}),
        ("Glimmer Study Group", {"literal": "Glimmer Study Group"}),
        ("Glover", {"literal": "Glover"}),
    ],
)
def test_csl_parts_a_persons_name_and_no_groups(author: str, name: dict[str, str]) -> None:
    assert csl(source(authors=(author,)))["author"] == [name]


def test_csl_has_each_field_under_its_name() -> None:
    fields = {"title": "On lamps", "journal": "Lamps", "year": 2021, "volume": "12", "issue": "3", "pages": "1-9"}
    fields |= {"authors": ("Abel A",), "authors_complete": False, "journal_abbreviation": "Lmp"}
    assert csl(source("7", **fields, doi="10.1000/7", pmcid="PMC70")) == {
        **{"id": "pmid:7", "type": "article-journal", "title": "On lamps", "container-title": "Lamps"},
        **{"author": [{"family": "Abel", "given": "A."}, {"literal": "others"}], "container-title-short": "Lmp"},
        **{"issued": {"date-parts": [[2021]]}, "volume": "12", "issue": "3", "page": "1-9"},
        **{"DOI": "10.1000/7", "PMID": "7", "PMCID": "PMC70"},
        "note": "Randomised trial. Read: abstract. Not all authors are listed.",
    }
