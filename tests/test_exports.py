"""The data files hold what the model holds, keep their schema, and let no content become something else."""

import csv
import io
import json
import re
import shutil
from pathlib import Path, PurePosixPath

import pytest
from cases import TESTS, as_text

from generator.cli import all_rules, read
from generator.elsewhere import passage
from generator.guideline import Guideline
from generator.linked_text import plain_text
from generator.render import render
from generator.render.data.exports import guideline_data, render_exports


@pytest.fixture(scope="module")
def files(guideline: Guideline) -> dict[str, str]:
    return {path.name: text for path, text in render_exports(guideline).items() if isinstance(text, str)}


def rows(text: str) -> list[dict[str, str]]:
    """Return the rows of a file, as who reads UTF-8 with a byte order mark does."""
    return list(csv.DictReader(io.StringIO(text.encode().decode("utf-8-sig"), newline="")))


def test_json_holds_every_claim_with_its_passages(guideline: Guideline) -> None:
    claims = {id_: c for record in guideline_data(guideline).records.values() for id_, c in record.claims.items()}
    assert set(claims) == set(guideline.claims)
    for id_, entry in guideline.claims.items():
        assert claims[id_].text == plain_text(entry.claim.text)
        cited = [(cite.pmid, cite.start, cite.end, cite.url) for cite in claims[id_].citations]
        assert cited == [(cite.pmid, cite.start, cite.end, passage(cite)) for cite in entry.claim.cites]


def test_csv_holds_every_claim_and_reference(files: dict[str, str], guideline: Guideline) -> None:
    assert [row["id"] for row in rows(files["claims.csv"])] == list(guideline.claims)
    assert all(row["pmids"] for row in rows(files["claims.csv"]))
    assert {row["standing"] for row in rows(files["claims.csv"])} == {"unreviewed"}
    assert [row["pmid"] for row in rows(files["references.csv"])] == list(guideline.references)


def test_citation_formats_hold_every_reference(files: dict[str, str], guideline: Guideline) -> None:
    pmids = list(guideline.references)
    assert [item["PMID"] for item in json.loads(files["references.csl.json"])] == pmids
    assert [line[6:] for line in files["references.ris"].split("\r\n") if line.startswith("AN  - ")] == pmids
    assert re.findall(r"^@article\{pmid(\d+),$", files["references.bib"], re.MULTILINE) == pmids


HOSTILE = '=cmd() </script><script>alert(1)</script> }, \\input{x} "; %0A'


@pytest.fixture
def hostile(tmp_path: Path) -> dict[PurePosixPath, bytes]:
    shutil.copytree(TESTS / "base/content", tmp_path / "content")
    file = tmp_path / "content/references/222.yaml"
    file.write_text(file.read_text("utf-8").replace("title: Source 222", f"title: {json.dumps(HOSTILE)}"), "utf-8")
    guideline, problems = read(tmp_path)
    assert guideline is not None
    assert [problem.rule for problem in problems] == ["title-plain"]  # refused, and harmless if it were not
    return render(guideline, all_rules())


def test_a_hostile_title_stays_a_title_in_every_format(hostile: dict[PurePosixPath, bytes]) -> None:
    files = {path.name: as_text(text) for path, text in hostile.items()}
    assert rows(files["references.csv"])[1]["title"] == "'" + HOSTILE
    assert json.loads(files["references.csl.json"])[1]["title"] == HOSTILE
    assert files["references.ris"].count("TI  - ") == files["references.ris"].count("ER  - ") == 2
    title = next(line for line in files["references.bib"].splitlines() if "cmd" in line)
    assert title.count("{") == title.count("}") > 1
    assert title.endswith("},")
    assert "\\input" not in title


def test_a_hostile_title_cannot_end_the_script_of_a_page(hostile: dict[PurePosixPath, bytes]) -> None:
    for path, text in hostile.items():
        if path.suffix == ".md":
            assert "<script>alert" not in text.decode(), path
    page = hostile[PurePosixPath("references/222.md")].decode()
    script = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert json.loads(script[1])["mainEntity"]["name"] == HOSTILE


def test_a_spreadsheet_knows_the_code_of_a_table_and_makes_no_dates_of_it(files: dict[str, str]) -> None:
    tables = [name for name in files if name.endswith(".csv")]
    assert len(tables) > 4
    assert all(files[name].encode().startswith(b"\xef\xbb\xbf") for name in tables)
    cells = [row[name] for row in rows(files["references.csv"]) for name in ("volume", "issue", "pages")]
    assert not [cell for cell in cells if re.search(r"\d[-/]\d", cell)]
    assert "547\u2013557" in cells


def test_the_list_of_pmids_is_numbers_alone(files: dict[str, str], guideline: Guideline) -> None:
    assert files["pmids.txt"].split() == list(guideline.references)
