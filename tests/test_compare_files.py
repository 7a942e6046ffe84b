"""Pairs exported and answers imported, the list, and wrong usage."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import Result
from comparing import (
    FILE,
    MARKERS,
    ORCID,
    RECORD,
    RULE,
    batch_of,
    compare,
    fake,
    kept,
    make_project,
    run,
)

from generator import check
from generator.comparing.answers import plain_reason


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path)


@pytest.mark.parametrize(
    ("reason", "plain"),
    [(" Why not. ", "Why not."), ("", None), ("  ", None), ("a\nb", None), ("not \u202e", None), ("x" * 301, None)],
)
def test_a_reason_is_one_plain_line(reason: str, plain: str | None) -> None:
    if plain is None:
        with pytest.raises(ValueError, match="a reason is one line"):
            plain_reason(reason)
    else:
        assert plain_reason(reason) == plain


def test_the_exported_pairs_do_not_tell_which_are_false(project: Path) -> None:
    target = project.parent / f"{project.name}.jsonl"
    result = compare(project, RECORD, "--export", str(target))
    assert result.exit_code == 0
    rows = [json.loads(line) for line in target.read_text("utf-8").splitlines()]
    batch = batch_of(project, *MARKERS)
    assert [set(row) for row in rows] == [
        {"pair", "batch", "record", "kind", "claim", "data", "also", "passages", "differences"}
    ] * 12
    assert {row["batch"] for row in rows} == {batch.key}
    assert [row["claim"] for row in rows] == [pair.text for pair in batch.pairs]
    assert rows[1]["passages"] == [
        {
            "source": "PMID 222, abstract",
            "before": "Marker A may be higher in adults 3 weeks later.",
            "passage": "Marker B may be higher in adults 4 weeks later.",
            "after": "Marker C may be higher in adults 5 weeks later.",
        }
    ]
    assert "rose" not in target.read_text("utf-8")  # the ids, with which the true claims could be looked up
    assert not (project / FILE).exists()


def test_answers_are_imported_under_the_same_rule(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(check.RULES, RULE, fake({MARKERS[2]: ["says maybe"], MARKERS[5]: ["says maybe"]}))
    pairs, answers = project.parent / f"{project.name}.jsonl", project.parent / f"{project.name}.answers"

    def told(*lines: Mapping[str, object]) -> Result:
        answers.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
        return compare(project, RECORD, "--import", str(answers))

    assert told({"pair": 1, "verdict": "agreed"}).exit_code == 2  # nothing was exported
    compare(project, RECORD, "--export", str(pairs))
    batch = batch_of(project, *MARKERS)
    agreed = [
        {"pair": number, "verdict": "agreed", "because": {RULE: "For a reason."}}
        for number in range(1, len(MARKERS) + 1)
    ]
    refused = told(*agreed)
    assert (refused.exit_code, "was false, " in refused.stdout, (project / FILE).exists()) == (1, True, False)
    assert told(*agreed).exit_code == 2  # the next batch is another, and was not exported
    compare(project, RECORD, "--export", str(pairs))
    batch = batch_of(project, *MARKERS, salt=" 1")
    read_well = [
        row | {"verdict": "wrong"} if pair.altered else row for row, pair in zip(agreed, batch.pairs, strict=True)
    ]
    assert told(*read_well[:-1]).exit_code == 0
    judged = {id_: [one.because for one in row.differs] for id_, row in kept(project).items()}
    assert set(judged) == {pair.id for pair in batch.pairs[:-1] if not pair.altered}
    assert {id_ for id_, reasons in judged.items() if reasons} == {MARKERS[2], MARKERS[5]} & set(judged)
    assert judged[next(id_ for id_ in (MARKERS[2], MARKERS[5]) if id_ in judged)] == ["For a reason."]


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        ("x", "line 1: the line: Invalid JSON"),
        ('{"pair": 1, "verdict": "fine"}', "line 1: verdict: "),
        ('{"pair": 13, "verdict": "wrong"}', "line 1: pair 13 was answered before or does not exist"),
        ('{"pair": 0, "verdict": "wrong"}', "line 1: pair 0 was answered before or does not exist"),
        ('{"pair": 1, "verdict": "wrong"}\n\n{"pair": 1, "verdict": "wrong"}', "line 3: pair 1 was answered before"),
        ('{"pair": 1, "verdict": "agreed"}', f"line 1: pair 1: `because` gives no reason for {RULE}"),
        ('{"pair": 1, "verdict": "agreed", "because": {"negation-agrees": " "}}', "a reason is one line"),
        ('{"pair": 1, "verdict": "wrong", "batch": "other"}', "line 1: this answers another batch"),
        ('{"pair": 1, "verdict": "wrong", "why": "so"}', "line 1: why: Extra inputs are not permitted"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_and_nothing_is_written(
    lines: str, wrong: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(check.RULES, RULE, fake({id_: ["says maybe"] for id_ in MARKERS}))
    pairs, answers = project.parent / f"{project.name}.jsonl", project.parent / f"{project.name}.answers"
    compare(project, RECORD, "--export", str(pairs))
    answers.write_text(lines, "utf-8")
    result = compare(project, RECORD, "--import", str(answers))
    assert (result.exit_code, (project / FILE).exists()) == (2, False)
    assert wrong in result.stderr


def test_the_text_of_a_source_is_not_exported_into_the_project(project: Path) -> None:
    result = compare(project, RECORD, "--export", str(project / "pairs.jsonl"))
    assert result.exit_code == 2
    assert not (project / "pairs.jsonl").exists()
    assert compare(project, RECORD, "--export", str(project / ".cache/pairs.jsonl")).exit_code == 0


def test_the_list_counts_and_names_what_is_to_be_compared(project: Path) -> None:
    compare(project, MARKERS[0], keys="a\n")
    compare(project, MARKERS[1], "--by", ORCID, keys="a\n")
    record = project / f"content/{RECORD}.yaml"
    record.write_text(record.read_text("utf-8").replace("In adults marker a", "In all adults marker a"), "utf-8")
    result = run(project, "compare", "--list", RECORD)
    assert result.exit_code == 1
    assert result.stdout.splitlines()[:3] == [
        "17 claims: 1 compared by a reader with an ORCID iD, 0 by software or an unnamed reader, 1 changed since, "
        "15 never compared",
        f"changed since: {MARKERS[0]}",
        f"never compared: {MARKERS[2]}",
    ]
    assert len(result.stdout.splitlines()) == 12
    assert run(project, "compare", "--list", MARKERS[1]).stdout.splitlines()[1:] == [f"again: {MARKERS[1]}"]


@pytest.mark.parametrize(
    ("arguments", "wrong"),
    [
        (["practice/marker"], "Did you mean `practice/markers`?"),
        (["--by", "somebody"], "'somebody' is not an ORCID iD"),
        (["--export", "x", "--import", FILE], "are two steps"),
    ],
)
def test_wrong_usage_exits_with_2_and_says_why(
    arguments: list[str], wrong: str, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    (project / FILE).write_text('{"comparisons": [\n\n]}\n', "utf-8")
    result = compare(project, *arguments)
    assert result.exit_code == 2
    assert wrong in result.stderr


def test_without_texts_it_says_what_it_needs(project: Path) -> None:
    result = run(project, "compare")
    assert (result.exit_code, "--texts FOLDER or --texts pubmed is needed" in result.stderr) == (2, True)


def test_nothing_is_asked_while_content_cannot_be_read(project: Path) -> None:
    record = project / f"content/{RECORD}.yaml"
    record.write_text(record.read_text("utf-8").replace("name: Markers", "name: [Markers"), "utf-8")
    result = compare(project, keys="a\n")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "nothing was written" in result.stderr
