"""Pairs answered one by one: what a key does, and that a batch counts only if its false pairs were seen."""

import datetime
import os
import pty
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from cases import messages
from comparing import (
    FILE,
    MARKERS,
    ORCID,
    OTHER,
    RECORD,
    RULE,
    batch_of,
    compare,
    content,
    fake,
    kept,
    make_project,
    seen,
)

from generator import check
from generator.cli import PROJECT, comparing
from generator.comparing.answers import faults
from generator.comparing.pairs import due
from generator.comparisons import ComparedClaim
from generator.evidence.comparisons import hash_now, serialise


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path)


def test_a_reader_who_reads_gets_the_batch_written(project: Path) -> None:
    batch = batch_of(project, *MARKERS)
    assert [pair.id for pair in batch.pairs] == MARKERS
    false = [pair.id for pair in batch.pairs if pair.altered]
    assert len(false) == 1
    result = compare(project, RECORD, keys=seen(batch))
    assert result.exit_code == 0
    assert "11 claims: 11 agreed; 1 false pair, none missed; 1 left to compare" in result.stderr
    assert sorted(kept(project)) == sorted(set(MARKERS) - set(false))
    assert {(one.verdict, one.by, one.differs) for one in kept(project).values()} == {("agreed", None, ())}
    assert not [line for line in messages(project) if "compar" in line]
    assert list((project / ".cache/compare").iterdir()) == []
    again = compare(project, RECORD, keys="a\n")
    assert (again.exit_code, sorted(kept(project))) == (0, sorted(MARKERS))
    assert compare(project, RECORD).exit_code == 0


def test_a_reader_who_agrees_to_everything_is_refused_and_told_what_was_missed(project: Path) -> None:
    (false,) = [pair for pair in batch_of(project, *MARKERS).pairs if pair.altered]
    result = compare(project, RECORD, keys=["a"] * 12)
    assert result.exit_code == 1
    number = MARKERS.index(false.id) + 1
    assert f"pair {number} ({false.id}) was false, {false.altered}" in result.stdout
    assert "the batch does not count: 1 false pair missed; nothing was written" in result.stderr
    assert not (project / FILE).exists()


def test_a_batch_after_a_refused_one_has_other_false_pairs(project: Path) -> None:
    """Else what the refusal named could be answered without reading."""
    compare(project, RECORD, keys=["a"] * 12)
    assert (project / ".cache/compare/refused").read_text("utf-8") == "1"
    batch = batch_of(project, *MARKERS, salt=" 1")
    assert seen(batch) != seen(batch_of(project, *MARKERS))
    assert compare(project, RECORD, keys=seen(batch)).exit_code == 0


def test_who_skips_the_false_pairs_has_not_seen_them(project: Path) -> None:
    keys = ["s" if key == "w" else key for key in seen(batch_of(project, *MARKERS))]
    result = compare(project, RECORD, keys=keys)
    assert result.exit_code == 1
    assert "was false and was skipped" in result.stdout
    assert not (project / FILE).exists()


def test_every_other_verdict_catches_a_false_pair(project: Path) -> None:
    for key in "ounw":
        for left in (project / FILE, project / ".cache"):
            shutil.rmtree(left) if left.is_dir() else left.unlink(missing_ok=True)
        keys = [key if one == "w" else one for one in seen(batch_of(project, *MARKERS))]
        assert compare(project, RECORD, keys=keys).exit_code == 0


def test_each_key_gives_its_verdict_and_what_was_skipped_is_asked_again(project: Path) -> None:
    batch = batch_of(project, *MARKERS)
    true = [pair.id for pair in batch.pairs if not pair.altered]
    keys = dict(zip(true, "aounws", strict=False))
    result = compare(project, RECORD, keys=["w" if pair.altered else keys.get(pair.id, "a") for pair in batch.pairs])
    assert result.exit_code == 0
    verdicts = ["agreed", "overstated", "understated", "unclear", "wrong"]
    assert [kept(project)[id_].verdict for id_ in true[:5]] == verdicts
    assert true[5] not in kept(project)
    expected = [f"{verdict}: {id_}" for verdict, id_ in zip([*verdicts[1:], "skipped"], true[1:6], strict=True)]
    assert [line for line in result.stdout.splitlines() if re.match(r"[a-z]+: practice", line)] == expected
    assert {*due(content(project), check.differences, None)} >= {true[5]}
    assert not {*due(content(project), check.differences, None)} & {*true[:5]}


def test_answers_are_held_until_the_batch_ends_and_the_same_command_goes_on(project: Path) -> None:
    keys = seen(batch_of(project, *MARKERS))
    first = compare(project, RECORD, keys=[*keys[:5], "q"])
    assert first.exit_code == 1
    assert "stopped; 5 answers held" in first.stderr
    assert not (project / FILE).exists()
    ended = compare(project, RECORD, keys=keys[5:7])
    assert ended.exit_code == 1
    second = compare(project, RECORD, keys=keys[7:])
    assert "going on behind pair 7" in second.stderr
    assert second.stdout.startswith("Pair 8 of 12")
    assert (second.exit_code, len(kept(project))) == (0, 11)


def test_what_others_compared_meanwhile_is_kept(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other, batch = "practice/dosing#usual", batch_of(project, *MARKERS)
    sha256, day = hash_now(other, content(project)), datetime.date(2026, 1, 2)
    one = ComparedClaim(claim=other, sha256=sha256, on=day, verdict="wrong", by=ORCID, differs=())

    def meanwhile(*arguments: Any) -> list[str]:
        (project / FILE).write_bytes(serialise([one]))
        return faults(*arguments)

    monkeypatch.setattr(comparing, "faults", meanwhile)
    assert compare(project, RECORD, keys=seen(batch)).exit_code == 0
    assert kept(project)[other] == one
    assert len(kept(project)) == len(MARKERS)


def test_answers_stay_held_if_the_content_cannot_be_read_at_the_end(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys, record = seen(batch_of(project, *MARKERS)), project / f"content/{RECORD}.yaml"
    whole = record.read_bytes()

    def meanwhile(*arguments: Any) -> list[str]:
        record.write_bytes(b"{")
        return faults(*arguments)

    monkeypatch.setattr(comparing, "faults", meanwhile)
    assert compare(project, RECORD, keys=keys).exit_code == 1
    monkeypatch.undo()
    record.write_bytes(whole)
    assert compare(project, RECORD).exit_code == 0
    assert len(kept(project)) == len(MARKERS) - 1


def test_a_key_that_is_none_is_asked_again(project: Path) -> None:
    result = compare(project, MARKERS[0], keys=["x", "", "a"])
    assert result.exit_code == 0
    assert "'x' is none of these" in result.stdout
    assert list(kept(project)) == [MARKERS[0]]


def test_in_a_terminal_one_key_answers_without_a_line_end(project: Path) -> None:
    """Read from a pseudo-terminal, of whose columns the command asks as well."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "generator", "--project", str(project), "compare", MARKERS[0]]
    environment = {**os.environ, "COLUMNS": "120"}
    with subprocess.Popen(
        [*command, "--texts", str(project.parent / "texts")],
        cwd=PROJECT,
        env=environment,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ) as process:
        os.close(theirs)
        shown = b""
        while b"q quit: " not in shown:
            shown += os.read(ours, 4096)
        for _ in range(100):  # what is typed before it waits for a key is dropped
            if process.poll() is not None:
                break
            os.write(ours, b"a")
            time.sleep(0.1)
        assert process.wait(timeout=1) == 0
    os.close(ours)
    assert b"\x1b[2m" in shown
    assert "  │  ".encode() in shown
    assert list(kept(project)) == [MARKERS[0]]


@pytest.mark.parametrize("keys", [["a One reason.", "Another."], ["a", "One reason.", "Another."]])
def test_who_agrees_in_spite_of_a_rule_is_asked_for_a_reason_for_each_difference(
    keys: list[str], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(check.RULES, RULE, fake({MARKERS[0]: ["says maybe", "says higher"]}))
    assert any(f"says maybe. Fix. [{RULE}]" in line for line in messages(project))
    result = compare(project, MARKERS[0], keys=keys)
    assert result.exit_code == 0
    assert f"! 1. says higher [{RULE}]" in result.stdout
    assert f"Why is it right that says maybe [{RULE}]?" in result.stdout
    (one,) = kept(project).values()
    assert [(differs.rule, differs.what, differs.because) for differs in one.differs] == [
        (RULE, "says higher", "One reason."),
        (RULE, "says maybe", "Another."),
    ]
    assert not any(RULE in line for line in messages(project))


def test_no_reason_is_asked_or_kept_if_the_reader_does_not_agree(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(check.RULES, RULE, fake({MARKERS[0]: ["says maybe"]}))
    assert compare(project, MARKERS[0], keys="o\n").exit_code == 0
    assert kept(project)[MARKERS[0]].differs == ()


def test_a_claim_is_due_again_if_a_rule_finds_something_else_than_was_judged(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(check.RULES, RULE, fake({MARKERS[0]: ["says maybe"]}))
    compare(project, MARKERS[0], keys="a For a reason.\n")
    assert MARKERS[0] not in due(content(project), check.differences, None)
    monkeypatch.setitem(check.RULES, RULE, fake({MARKERS[0]: ["says nothing"]}))
    assert MARKERS[0] in due(content(project), check.differences, None)
    monkeypatch.setitem(check.RULES, RULE, fake({}))
    assert MARKERS[0] in due(content(project), check.differences, None)


def test_a_named_reader_is_shown_what_no_named_reader_compared_and_is_named(project: Path) -> None:
    compare(project, MARKERS[0], keys="a\n")
    assert MARKERS[0] not in due(content(project), check.differences, None)
    assert MARKERS[0] in due(content(project), check.differences, ORCID)
    compare(project, MARKERS[0], "--by", ORCID, keys="a\n")
    assert kept(project)[MARKERS[0]].by == ORCID
    assert MARKERS[0] not in due(content(project), check.differences, OTHER)
    compare(project, MARKERS[0], keys="a\n")
    assert kept(project)[MARKERS[0]].by == ORCID  # software that finds the same does not take the name away
    compare(project, MARKERS[0], keys="o\n")
    assert (kept(project)[MARKERS[0]].by, kept(project)[MARKERS[0]].verdict) == (None, "overstated")
