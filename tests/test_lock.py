"""The lock: built from texts at hand, kept without them, and honest about what is missing."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from cases import TESTS
from click.testing import CliRunner, Result

from generator.cli import content, main
from generator.evidence.lock import serialise, update_lock
from generator.evidence.rows import read_rows

LOCK = "content/passages.lock.json"
RECORD = "content/indications/pemphigus.yaml"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(TESTS / "base" / "content", tmp_path / "project/content")
    shutil.copytree(TESTS / "texts", tmp_path / "texts")
    return tmp_path / "project"


def lock(project: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["--project", str(project), "lock", *options])


def edit(file: Path, old: str, new: str) -> None:
    assert old in file.read_text("utf-8")
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")


def test_lock_is_built_from_texts(project: Path) -> None:
    before = json.loads((project / LOCK).read_text("utf-8"))
    (project / LOCK).write_text('{"passages": [\n\n]}\n', "utf-8")
    result = lock(project, "--texts", str(project.parent / "texts"))
    assert result.exit_code == 0
    assert "5 located in texts" in result.output
    after = json.loads((project / LOCK).read_text("utf-8"))
    assert [{**row, "checked_on": ""} for row in after["passages"]] == [
        {**row, "checked_on": ""} for row in before["passages"]
    ]


def test_a_lock_that_is_missing_is_begun_from_texts_and_not_without_them(project: Path) -> None:
    (project / LOCK).unlink()
    result = lock(project)
    assert (result.exit_code, (project / LOCK).exists()) == (1, False)
    assert "a new guideline begins it with" in result.output
    result = lock(project, "--texts", str(project.parent / "texts"))
    assert result.exit_code == 0
    assert len(read_rows((project / LOCK).read_bytes()).passages) == 5


def test_without_texts_the_lock_is_kept_byte_for_byte(project: Path) -> None:
    before = (project / LOCK).read_bytes()
    result = lock(project)
    assert (result.exit_code, (project / LOCK).read_bytes()) == (0, before)


def test_a_new_passage_without_its_text_is_reported_and_left_out(project: Path) -> None:
    edit(project / RECORD, "from: None of the patients", "from: Not one of them")
    result = lock(project)
    assert result.exit_code == 1
    assert "not locked: 222: Not one of them ... responded (indications/pemphigus#no-response)" in result.output
    assert "Not one of them" not in (project / LOCK).read_text("utf-8")


def test_a_locator_that_does_not_fit_its_text_is_reported(project: Path) -> None:
    edit(project / RECORD, "from: None of the patients", "from: Not one of them")
    result = lock(project, "--texts", str(project.parent / "texts"))
    assert result.exit_code == 1
    assert "not locked: 222: the first words stand 0 times in the text: 'Not one of them'" in result.output


def test_a_passage_that_reads_otherwise_now_is_reported(project: Path) -> None:
    (project.parent / "texts/222.txt").write_text(
        "None of the eleven patients responded. None of the patients later responded. Renal failure was rarely seen.",
        "utf-8",
    )
    result = lock(project, "--texts", str(project.parent / "texts"))
    assert "passage changed in its text: 222: None of the patients ... responded" in result.output


def test_a_claim_that_copies_its_source_is_reported(project: Path) -> None:
    sentence = "Renal failure was rarely seen in any of the many patients"
    (project.parent / "texts/222.txt").write_text(f"None of the patients responded. {sentence}.", "utf-8")
    edit(project / "content/adverse-events/renal.yaml", "Renal failure was rare.", f"{sentence}.")
    result = lock(project, "--texts", str(project.parent / "texts"))
    assert result.exit_code == 1
    assert "copied: adverse-events/renal#rare: 11 words in a row stand in the text of PMID 222" in result.output


@pytest.mark.parametrize(
    ("ours", "copied"),
    [
        ("Renal failure was rarely seen in any of us.", []),
        (
            "Renal failure was rarely seen in any of them.",
            [
                "copied: adverse-events/renal#rare: 9 words in a row stand in the text of PMID 222; say it in "
                "other words"
            ],
        ),
    ],
    ids=["eight", "nine"],
)
def test_eight_words_in_a_row_may_be_those_of_the_source_and_nine_are_copied(
    project: Path, ours: str, copied: list[str]
) -> None:
    theirs = "None of the patients responded. Renal failure was rarely seen in any of them that winter."
    (project.parent / "texts/222.txt").write_text(theirs, "utf-8")
    edit(project / "content/adverse-events/renal.yaml", "Renal failure was rare.", ours)
    result = lock(project, "--texts", str(project.parent / "texts"))
    assert [line for line in result.output.splitlines() if line.startswith("copied")] == copied
    assert result.exit_code == (1 if copied else 0)


def test_readings_fill_what_has_no_text(project: Path) -> None:
    (project / LOCK).write_text('{"passages": [\n\n]}\n', "utf-8")
    (project / "readings").mkdir()
    digest = "a7466d0af35a18e71769a5eec7acc80e59d1da0b04b6512af282ba0eccb37b18"
    (project / "readings/222.yaml").write_text(
        f"facts:\n- {{start: Renal failure, end: was rarely seen, sha256: {digest}, words: 5, figures: []}}\n", "utf-8"
    )
    result = lock(project, "--readings", str(project / "readings"))
    assert "1 passage: 0 located in texts, 1 from readings, 0 kept, 4 not locked" in result.output
    assert json.loads((project / LOCK).read_text("utf-8"))["passages"][0]["via"] == "reading"


def test_check_writes_nothing(project: Path) -> None:
    edit(project / "content/adverse-events/renal.yaml", "  rare:", "  very-rare:")
    before = (project / LOCK).read_bytes()
    result = lock(project, "--check")
    assert (result.exit_code, (project / LOCK).read_bytes()) == (1, before)


def test_nothing_is_written_where_a_record_cannot_be_read(project: Path) -> None:
    """Its passages would be lost, and with them what was read in texts that are no longer at hand."""
    before = (project / LOCK).read_bytes()
    edit(project / RECORD, "name: Pemphigus", "name: [Pemphigus")
    result = lock(project)
    assert (result.exit_code, (project / LOCK).read_bytes()) == (1, before)
    assert "nothing was written" in result.output


def test_a_lock_that_cannot_be_read_is_not_written_over(project: Path) -> None:
    (project / LOCK).write_text("<<<<<<< ours\n", "utf-8")
    result = lock(project, "--texts", str(project.parent / "texts"))
    assert result.exit_code == 1
    assert (project / LOCK).read_text("utf-8") == "<<<<<<< ours\n"
    assert "version control" in result.output


def test_a_lock_that_another_process_changed_meanwhile_is_not_written_over(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = (project / LOCK).read_bytes() + b"\n"

    def meanwhile(*arguments: Any) -> Any:
        (project / LOCK).write_bytes(other)
        return update_lock(*arguments)

    monkeypatch.setattr(content, "update_lock", meanwhile)
    result = lock(project)
    assert (result.exit_code, (project / LOCK).read_bytes()) == (2, other)
    assert f"error: {LOCK} was changed meanwhile by somebody else; nothing was written: run it again" in result.output


def test_what_is_written_between_rows_may_stand_in_a_locator(project: Path) -> None:
    (row, *_) = read_rows((project / LOCK).read_bytes()).passages.values()
    rows = [row, row.model_copy(update={"start": 'ends}, {"pmid": "1"', "end": "},\\n{"})]
    written = serialise(rows)
    assert len(written.splitlines()) == len(rows) + 2
    assert [*read_rows(written).passages.values()] == sorted(rows, key=lambda row: row.start)
