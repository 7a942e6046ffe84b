"""Handbook and pocket edition in volumes: nothing is lost between them, and each says which one has the rest."""

import io
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from outputs import SHOW, prepare_pocket, prepare_volume, shown
from pypdf import PdfReader

from generator.cli import main
from generator.links import pocket
from generator.press import Printing
from generator.render.book import volumes
from generator.render.book.typesetting import handbook_paths, offered, pocket_paths, printings
from generator.render.book.volumes import handbook_volumes, pocket_volumes, sheet_records


def read(printing: Printing) -> str:
    """Return the words of a PDF, without the dots of its contents, lines run together."""
    pages = PdfReader(io.BytesIO(printing.typeset())).pages
    words = " ".join(page.extract_text() for page in pages).replace("\u00a0", " ")
    return " ".join(re.sub(r"\.{4,}", " ", words).split())


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Volumes of at most two sheets, or four claims."""
    monkeypatch.setattr(volumes, "MOST_SHEETS", 2)
    monkeypatch.setattr(volumes, "MOST_CLAIMS", 4)


@pytest.mark.usefixtures("few")
def test_each_record_stands_in_one_volume_in_the_order_of_the_whole() -> None:
    pocket, handbook = pocket_volumes(shown()), handbook_volumes(shown())
    assert [list(volume.records) for volume in pocket] == [
        ["indications/crackle", "indications/glimmer"],
        ["adverse-events/hiccups", "practice/dosing"],
    ]
    assert [id_ for volume in pocket for id_ in volume.records] == sheet_records(shown())
    assert sorted(id_ for volume in handbook for id_ in volume.records) == sorted(shown().records)
    claims = {volume.number: [len(list(shown().records[id_].claims)) for id_ in volume.records] for volume in handbook}
    assert all(sum(counts) <= 4 or len(counts) == 1 for counts in claims.values())
    assert all(
        sum(counts) + claims[number + 1][0] > 4 for number, counts in claims.items() if number < len(handbook)
    ), "a volume is full before the next begins"
    assert {volume.total for volume in handbook} == {len(handbook)}
    assert [volume.is_last for volume in handbook] == [False] * (len(handbook) - 1) + [True]


@pytest.mark.usefixtures("few")
def test_each_volume_is_offered_by_its_name_and_printed() -> None:
    labels = {str(path): label for path, label in offered(shown()).items()}
    assert list(labels)[:3] == ["pocket-1.pdf", "pocket-2.pdf", "handbook-1.pdf"]
    assert labels["pocket-2.pdf"] == "Pocket edition: all ward sheets, two to a page, volume 2 of 2 (PDF)"
    assert labels["handbook-1.pdf"] == f"Handbook, volume 1 of {len(handbook_volumes(shown()))} (PDF)"
    assert set(labels) < {str(path) for path, _ in printings(shown())}


def test_a_copy_of_one_volume_has_no_number() -> None:
    assert {str(path): label for path, label in offered(shown()).items()} == {
        "pocket.pdf": "Pocket edition: all ward sheets, two to a page (PDF)",
        "handbook.pdf": "Handbook (PDF)",
    }


@pytest.mark.usefixtures("few")
def test_a_volume_of_the_pocket_edition_stands_alone_and_says_where_the_other_sheets_are() -> None:
    for volume, contents, beside in (
        (
            1,
            "Indications Crackle p. 2 Glimmer p. 2 Adverse events Hiccups volume 2 Practice Giving it volume 2",
            "volume 2",
        ),
        (
            2,
            "Indications Crackle volume 1 Glimmer volume 1 Adverse events Hiccups p. 2 Practice Giving it p. 2",
            "p. 2",
        ),
    ):
        text = read(prepare_pocket(shown(), pocket_paths(shown())[pocket(volume, 2)]))
        assert text.startswith(f"Shown guideline: pocket edition, volume {volume} of 2 Unreviewed.")
        assert f"Contents {contents} Harms of all globulins" in text
        assert "Hiccups: They begin within hours. [1; expression of concern]" in text
        assert "The pathway also stops at: Heart failure now." in text
        assert f"Have beside it: Giving it ({beside})." in text


@pytest.mark.usefixtures("few")
def test_a_volume_of_the_handbook_leads_to_the_others_and_the_last_has_pathway_and_index() -> None:
    *others, last = (read(prepare_volume(shown(), volume)) for volume in handbook_paths(shown()).values())
    assert "Harms of all globulins: Hiccups (volume 3)" in others[0]
    assert "Near it: Crackle: dose and schedule [1, 4] (volume 1)" in others[1]
    assert "Index of terms Crackle volume 1 Crackling skin \u2192 Crackle volume 1 CS" in last
    assert "Giving it p. 4 Glimmer volume 2 Hiccups volume 3" in last
    assert "expected in: Glimmer: response (volume 2)" in last
    assert all("Index of terms" not in text and "expected in:" not in text for text in others)


@pytest.mark.usefixtures("few")
def test_a_command_writes_each_volume_beside_the_named_file(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["--project", str(SHOW), "pocket", "-o", str(tmp_path / "print.pdf")])
    assert result.exit_code == 0, result.output
    assert sorted(file.name for file in tmp_path.iterdir()) == ["print-1.pdf", "print-2.pdf"]
