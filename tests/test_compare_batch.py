"""What a batch holds and how it is shown; nothing of it tells which pairs are false."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from comparing import MARKERS, RECORD, RULE, batch_of, compare, content, fake, make_project

from generator import check, load
from generator.comparing.pairs import Beside, Pair, count_false, draw_batch
from generator.comparing.screen import show_pair
from generator.guideline import Guideline
from generator.problems import Problem


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path)


def test_the_differences_shown_of_a_false_claim_are_those_of_the_false_claim(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those of the true one would tell that it is false."""
    monkeypatch.setitem(check.RULES, RULE, fake({}))
    guideline = content(project)
    record = guideline.records[RECORD]
    claims = {name: one.model_copy(update={"text": "It was seen."}) for name, one in record.claims.items()}
    plain = replace(guideline, records={**guideline.records, RECORD: record.model_copy(update={"claims": claims})})

    def differences(version: Guideline) -> dict[str, list[Problem]]:
        place = guideline.claims[MARKERS[0]].place("text")
        return {
            id_: [Problem(RULE, "says not", "Fix.", place)]
            for id_, entry in version.claims.items()
            if "was not" in entry.claim.text
        }

    batch = draw_batch(plain, MARKERS, load.load_texts(project.parent / "texts").get, differences)
    assert [bool(pair.altered) for pair in batch.pairs] == [bool(pair.differences) for pair in batch.pairs]
    assert sum(bool(pair.altered) for pair in batch.pairs) == 1


@pytest.mark.parametrize(
    ("pairs", "false"), [(1, {0}), (2, {0, 1}), (9, {0, 1}), (10, {1}), (20, {1}), (29, {1}), (31, {2}), (40, {2})]
)
def test_one_pair_in_twenty_is_false_and_at_least_one_of_ten(pairs: int, false: set[int]) -> None:
    found = [count_false(pairs, str(seed)) for seed in range(200)]
    assert set(found) == false
    if pairs == 9:
        assert 60 < sum(found) < 120


def test_a_batch_is_the_same_every_time_and_has_as_many_pairs_as_asked_for(project: Path) -> None:
    assert batch_of(project, *MARKERS) == batch_of(project, *MARKERS)
    assert [pair.id for pair in batch_of(project, *MARKERS, size=5).pairs] == MARKERS[:5]
    assert batch_of(project, *MARKERS).key != batch_of(project, *MARKERS, salt="other").key
    assert compare(project, RECORD, "--batch", "41").exit_code == 2
    assert "Pair 1 of 5:" in compare(project, RECORD, "--batch", "5", keys="q\n").stdout


def test_a_claim_without_its_text_or_with_another_is_named_and_not_shown(project: Path) -> None:
    (project.parent / "texts/111.txt").unlink()
    text = (project.parent / "texts/222.txt").read_text("utf-8")
    (project.parent / "texts/222.txt").write_text(
        text.replace("Marker A may be higher", "Marker A may be lower"), "utf-8"
    )
    unshown = batch_of(project).unshown
    assert "practice/dosing#usual: no text of PMID 111" in unshown
    assert f"{MARKERS[0]}: the text of PMID 222 is not the one that was locked" in unshown
    result = compare(project, MARKERS[0])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "nothing to compare; 1 claim cannot be shown" in result.stderr


PAIR = Pair(
    *("practice/x#y", "Markers", "Background", "Marker B is higher.", "8 of 10 patients", ("population: adults",)),
    passages=(Beside("PMID 222, abstract", "It was cold.", "Marker B may be higher.", "It rained."),),
    differences=((RULE, "says maybe"),),
    hash="",
)


def test_a_wide_terminal_shows_claim_and_passage_side_by_side() -> None:
    lines = show_pair(PAIR, 3, 40, 101).split("\n")
    assert lines == [
        "\x1b[1mPair 3 of 40: Markers, background\x1b[0m",
        "",
        f"\x1b[2m{'CLAIM':48}\x1b[0m  │  \x1b[2mPASSAGE of PMID 222, abstract\x1b[0m",
        f"{'Marker B is higher.':48}  │  \x1b[2mIt was cold.\x1b[0m",
        f"{'Data: 8 of 10 patients':48}  │  Marker B may be higher.",
        f"{'population: adults':48}  │  \x1b[2mIt rained.\x1b[0m",
        "",
        f"\x1b[33m! 1. says maybe [{RULE}]\x1b[0m",
        "",
    ]


def test_a_narrow_one_shows_them_one_above_the_other() -> None:
    text = re.sub(r"\x1b\[\d+m", "", show_pair(PAIR, 3, 40, 99))
    assert text.split("\n")[2:10] == [
        "CLAIM",
        "Marker B is higher.",
        "Data: 8 of 10 patients",
        "population: adults",
        "",
        "PASSAGE of PMID 222, abstract",
        "It was cold.",
        "Marker B may be higher.",
    ]
    assert max(map(len, re.sub(r"\x1b\[\d+m", "", show_pair(PAIR, 3, 40, 24)).split("\n"))) <= 33


def test_what_a_terminal_would_obey_is_written_out() -> None:
    hostile = replace(PAIR, passages=(Beside("PMID 222", "", "Up \x1b[2J down", ""),))
    assert "Up \\u001b[2J down" in show_pair(hostile, 1, 1, 80)
