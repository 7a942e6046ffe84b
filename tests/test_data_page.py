"""The page on the data says what is there, and its examples are run as they stand on it."""

import csv
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli import PROJECT
from generator.guideline import Guideline
from generator.render.data.exports import FOLDER, render_exports

PAGE = (PROJECT / "docs/data.md").read_text("utf-8")


def block(language: str) -> str:
    """Return the code of the page in a language; it has one block of each."""
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    return str(found)


@pytest.fixture(scope="module", params=["real", "shown"])
def folder(
    request: pytest.FixtureRequest, guideline: Guideline, shown: Guideline, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A folder with the data files, as somebody saves them."""
    saved = tmp_path_factory.mktemp("saved")
    for path, made in render_exports(guideline if request.param == "real" else shown).items():
        if path.parent == FOLDER:
            (saved / path.name).write_bytes(made if isinstance(made, bytes) else made.encode())
    return saved


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def arms(folder: Path) -> list[dict[str, str]]:
    """Return the rows that each example comes to: arms of comparisons with events and patients."""
    found = [row for row in rows(folder, "numbers.csv") if row["type"] == "comparison"]
    return [row for row in found if row["events"] and row["total"]]


def expected(folder: Path) -> list[str]:
    """Return what the examples print, each in its own order."""
    names = {row["id"]: row["record"] for row in rows(folder, "claims.csv")}
    return sorted(
        f"{names[row['claim']]}: {row['outcome']}: {row['arm']} {float(row['events']):g} of {row['total']} "
        f"(PMID {row['pmid']}) {row['marks']}"
        for row in arms(folder)
    )


def printed(command: list[str], folder: Path) -> list[str]:
    """Return the lines that a program prints in a folder, in order."""
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    output = subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.PIPE, check=True).stdout
    return sorted(output.decode().splitlines())


def test_python_as_it_stands_on_the_page_lists_every_arm(folder: Path) -> None:
    assert printed([sys.executable, "-X", "utf8", "-c", block("python")], folder) == expected(folder)
    assert len(expected(folder)) > 1


def test_r_as_it_stands_on_the_page_lists_every_arm_if_r_is_there(folder: Path) -> None:
    """R is no part of what is set up: on a machine without it the columns alone are looked at."""
    code = block("r")
    columns = {*rows(folder, "numbers.csv")[0], "record"}
    told = re.search(r'\\n", (.*)\), sep', code)
    assert told
    assert set(told[1].split(", ")) <= columns
    if program := shutil.which("Rscript"):
        (folder / "arms.R").write_text(code, "utf-8")
        assert printed([program, "--vanilla", "arms.R"], folder) == expected(folder)


def column(letter: str, folder: Path) -> str:
    """Return the name of a column of numbers.csv by its letter in a spreadsheet."""
    return list(rows(folder, "numbers.csv")[0])[ord(letter) - ord("A")]


def test_the_columns_that_the_spreadsheet_example_names_are_those(folder: Path) -> None:
    text = PAGE.partition("{ #spreadsheet }")[2].partition("\n## ")[0]
    named = re.findall(r"\b([A-Z]) \(`([a-z_]+)`\)", text)
    assert named == [("D", "type"), ("I", "events"), ("J", "total")]
    assert [column(letter, folder) for letter, _ in named] == [name for _, name in named]
    assert set(re.findall(r"\b([A-Z])(?=2\b|:)", block("text"))) == {letter for letter, _ in named}
    count, share = block("text").splitlines()
    assert count == '=COUNTIFS(D:D,"comparison",I:I,">=0",J:J,">0")'
    counted = [
        row
        for row in rows(folder, "numbers.csv")
        if row["type"] == "comparison" and float(row["events"] or -1) >= 0 and float(row["total"] or 0) > 0
    ]
    assert counted == arms(folder)
    assert share == '=IF(AND(D2="comparison",I2<>"",J2<>""),I2/J2,"")'


def test_the_page_names_every_data_file_and_no_other(guideline: Guideline) -> None:
    made = {path.name for path in render_exports(guideline) if path.parent == FOLDER}
    assert set(re.findall(r"\]\(data/([^)]+)\)", PAGE)) == made
