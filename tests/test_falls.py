"""What would change if a source fell: the same as what every page would say if it were marked retracted."""

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from cases import TESTS, change
from click.testing import CliRunner, Result

from generator.cli import falling, main
from generator.facts import falls
from generator.facts.answers import answers_of
from generator.facts.claims import claims_of
from generator.facts.falls import INDIRECT_LEFT, NONE_LEFT, fall, falls_of, without
from generator.facts.records import records_of
from generator.guideline import Guideline
from generator.render.book.sheets import sheet_data, sheet_records
from generator.render.draw.charts import plots_of
from generator.review.falls import ToldFall, to_issue

EVERY = 25


def some(guideline: Guideline) -> list[str]:
    """Return some of the sources, and that which most claims cite."""
    most = max(guideline.references, key=lambda pmid: len(guideline.claims_by_source.get(pmid, ())))
    return [*list(guideline.references)[::EVERY], most]


def compare_with_every_page(pmid: str, guideline: Guideline) -> None:
    """What is told of a source is all that differs once it is marked retracted: strengths, bases, and counts of 100."""
    told, fallen = falls_of(guideline)[pmid], without(guideline, [pmid])
    assert told == fall(pmid, guideline, fallen)
    was, now = claims_of(guideline), claims_of(fallen)
    labels = {id_ for id_ in was if was[id_].strength_label != now[id_].strength_label}
    assert labels <= {each.claim.id for each in told.claims if each.was != each.now}
    assert {each.claim.id for each in told.claims if each.loses and not each.claim.entry.only_describes} == labels
    bases = set()
    for id_, record in records_of(guideline).items():
        after = {answer.id: answer for answer in answers_of(records_of(fallen)[id_])}
        for answer in answers_of(record):
            other = after[answer.id]
            sides = [(each.basis_words, [one.words for one in each.per_hundred]) for each in (answer, other)]
            if sides[0] != sides[1]:
                bases.add(answer.id)
    assert bases == {each.answer.id for each in told.answers if each.was != each.now or each.uncounted}


def test_what_is_told_of_a_source_is_all_that_would_differ(guideline: Guideline) -> None:
    for pmid in some(guideline):
        compare_with_every_page(pmid, guideline)


@pytest.mark.slow
def test_the_same_of_every_source(guideline: Guideline) -> None:
    for pmid in guideline.references:
        compare_with_every_page(pmid, guideline)


def test_the_ward_sheets_are_those_that_would_differ(guideline: Guideline) -> None:
    for pmid in some(guideline)[::3]:
        told, fallen = falls_of(guideline)[pmid], without(guideline, [pmid])
        differ = {
            id_
            for id_ in sheet_records(guideline)
            if sheet_data(guideline, id_, "a4")["sheets"] != sheet_data(fallen, id_, "a4")["sheets"]
        }
        treated = [id_ for id_ in sheet_records(guideline) if records_of(guideline)[id_].is_treated]
        everywhere = treated if told.on_every_sheet else []
        assert {record.id for record in told.sheets} | {*everywhere} == differ, pmid


def test_claims_and_answers_that_lose_all_or_some(shown: Guideline) -> None:
    falls = falls_of(shown)
    assert {each.claim.entry.name: (each.was, each.now, each.left, each.loses) for each in falls["101"].claims} == {
        "cycles": ("Randomised trial · 1 source", "No supporting source that counts", 0, True),
        "response": (
            "Randomised trial · 1 source · disputed",
            "Randomised trial · 1 source · 1 retracted, not counted · disputed",
            1,
            True,
        ),
        "against-placebo": ("Randomised trial · 1 source", "No supporting source that counts", 0, True),
        "sooner": ("Randomised trial · 1 source", "No supporting source that counts", 0, True),
        "score": ("Randomised trial · 1 source", "No supporting source that counts", 0, True),
    }
    assert {(each.answer.name, each.told) for each in falls["101"].answers} == {
        (
            "effect",
            (
                "1 of the 4 claims that it rests on would have no source: read its text again",
                "1 count of 100 no more shown",
            ),
        ),
        ("dose", (NONE_LEFT,)),
    }
    assert [(step.name, step.number) for step in falls["101"].steps] == [("regimen", 9), ("again", 14)]
    assert [regimen.claim.entry.name for _, regimen in falls["101"].doses] == ["cycles"]
    (harms, frequency) = falls["113"].answers
    lost = "1 of the 2 claims that it rests on would have no source: read its text again"
    assert (harms.answer.name, harms.told) == ("harms", (INDIRECT_LEFT, lost))
    assert frequency.was == "direct figures from: controlled trial, not randomised; observational study (2 studies)"
    assert frequency.now == "direct figures from: observational study (1 study)"
    assert [answer.name for answer in falls["102"].kept] == ["effect"]
    assert [record.id for record in falls["111"].on_every_sheet] == ["adverse-events/hiccups"]


def test_a_claim_that_the_source_contradicts_loses_nothing(shown: Guideline) -> None:
    told = falls_of(shown)["113"]
    pooled = next(each for each in told.claims if each.claim.entry.name == "pooled")
    assert (pooled.loses, pooled.was) == (False, pooled.now)
    assert pooled.claim not in told.losing
    drawn = {plot.id for _, plot in plots_of(told.losing, shown)}
    assert drawn == {"plot-frequency-patients", "plot-frequency-infusions"}
    assert {plot.id for _, plot in plots_of([pooled.claim], shown)} == {"plot-odds-ratio"}


def test_a_claim_that_has_nothing_already_is_not_bereft_by_what_contradicts_it(shown: Guideline) -> None:
    told = falls_of(without(shown, ["105"]))["113"]
    pooled = next(each for each in told.claims if each.claim.entry.name == "pooled")
    assert pooled.left == 0
    assert pooled not in told.bereft
    assert "hearts" in {each.claim.entry.name for each in told.bereft}


def with_record(guideline: Guideline, id_: str, **changes: object) -> Guideline:
    record = guideline.records[id_].model_copy(update=changes)
    return replace(guideline, records={**guideline.records, id_: record})


def test_a_sheet_of_every_disease_differs_by_what_a_harm_of_it_is_disputed_with(shown: Guideline) -> None:
    id_ = "adverse-events/hiccups"
    answers = shown.records[id_].answers
    alarm = answers["alarm"].model_copy(update={"otherwise": (f"{id_}#thirst",)})
    disputed = with_record(shown, id_, answers={**answers, "alarm": alarm})
    found = [falls_of(each)["103"].on_every_sheet for each in (shown, disputed)]
    assert [[record.id for record in each] for each in found] == [[], [id_]]


def test_of_a_claim_that_only_describes_it_is_told_that_it_is_disputed(shown: Guideline) -> None:
    id_ = "indications/crackle"
    claims = shown.records[id_].claims
    aim = claims["aim"].model_copy(update={"disagrees_with": claims["response"].disagrees_with})
    disputed = with_record(shown, id_, claims={**claims, "aim": aim})
    told = next(each for each in falls_of(disputed)["114"].claims if each.claim.entry.name == "aim")
    assert (told.was, told.now) == ("Description only · disputed", "No supporting source that counts · disputed")


def test_a_line_that_has_nothing_behind_it_already_is_not_told_again(shown: Guideline) -> None:
    told = falls_of(without(shown, ["109"]))["111"]
    prevention = next(each for each in told.answers if each.answer.name == "prevention")
    assert prevention.bare == ("Watch hours after the infusion",)
    assert "nothing that counts is left for 1 line of its list" in prevention.told


def test_nothing_more_would_change_with_a_source_that_is_retracted(shown: Guideline) -> None:
    told = falls_of(shown)["110"]
    assert told.source.is_retracted
    assert [told.losing, told.answers, told.steps, told.doses, told.sheets] == [[]] * 5


# the command


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Result]:
    def invoke(*options: str, project: Path = TESTS / "show") -> Result:
        return CliRunner().invoke(main, ["--project", str(project), "without", *options])

    return invoke


def test_it_says_what_would_change(run: Callable[..., Result]) -> None:
    result = run("109")
    assert result.exit_code == 0, result.output
    assert result.stdout == (TESTS / "falls/109.txt").read_text("utf-8")


def test_of_content_with_a_problem_nothing_is_said(run: Callable[..., Result], tmp_path: Path) -> None:
    shutil.copytree(TESTS / "base/content", tmp_path / "content")
    change({"edit": "content/practice/dosing.yaml", "replace": "2 g/kg", "with": "3 g/kg"}, tmp_path)
    result = run("--issue", "111", project=tmp_path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "[figure-in-passage]" in result.stderr


def test_the_sheets_of_every_disease_are_named(run: Callable[..., Result]) -> None:
    assert "of every disease: Hiccups" in run("111").stdout
    assert "of every disease" not in run("109").stdout


def test_no_more_falls_than_is_named(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    fallen = []

    def count(guideline: Guideline, pmids: list[str]) -> Guideline:
        fallen.append(pmids)
        return without(guideline, pmids)

    for room in (falls, falling):
        monkeypatch.setattr(room, "without", count)
    assert run("109", "113").exit_code == 0
    assert fallen == [["109"], ["113"]]


def test_as_data_it_says_the_same(run: Callable[..., Result]) -> None:
    result = run("--json", "113", "110")
    told, retracted = json.loads(result.stdout)
    assert {each["id"]: (each["impact"], each["loses"]) for each in told["claims"]} == {
        "indications/crackle#hearts": ("safety", True),
        "indications/crackle#pooled": ("position-in-therapy", False),
        "indications/crackle#matched": ("position-in-therapy", True),
        "indications/crackle#difference": ("position-in-therapy", True),
        "adverse-events/hiccups#often": ("safety", True),
        "adverse-events/hiccups#few-infusions": ("safety", True),
    }
    assert [each["left"] for each in told["answers"]] == ["only indirect claims are left", None]
    assert told["steps"] == ["heart", "watch", "regimen"]
    assert told["sheets"] == ["indications/crackle", "adverse-events/hiccups"]
    assert [each["title"] for each in told["plots"]] == ["How often, by patients", "How often, by infusions"]
    assert all("[retracted-source]" in line or "[answer-rests]" in line for line in told["problems"])
    assert len([line for line in told["problems"] if "[retracted-source]" in line]) == 5
    assert (retracted["retraction"], retracted["answers"], retracted["sheets"]) == ("retracted", [], [])


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ((), "error: name a PMID"),
        (("1131",), "error: no reference has the PMID '1131'. Did you mean `113`?"),
        (("x\n##[error]y",), "error: no reference has the PMID"),
    ],
)
def test_what_it_cannot_tell_of_is_said(options: tuple[str, ...], says: str, run: Callable[..., Result]) -> None:
    result = run(*options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr
    assert "##[" not in result.stderr


def test_the_sources_that_pubmed_shows_in_a_grave_state_are_taken_from_a_file(
    run: Callable[..., Result], tmp_path: Path
) -> None:
    (tmp_path / "graver.txt").write_text("101 concern\n112 retracted\n")
    result = run("--issue", "--found", str(tmp_path / "graver.txt"))
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("PubMed shows more of 2 cited sources than is recorded here.")
    heads = re.findall(r"^### .*", result.stdout, re.MULTILINE)
    assert [head.rpartition(": ")[2] for head in heads] == ["concern", "retracted"]
    (tmp_path / "graver.txt").write_text("")
    assert run("--issue", "--found", str(tmp_path / "graver.txt")).stdout == ""
    for line in ("101 concern\n101\n", "x retracted\n", "101 none-found\n", "101 retracted; ls\n"):
        (tmp_path / "graver.txt").write_text(line)
        result = run("--issue", "--found", str(tmp_path / "graver.txt"))
        assert (result.exit_code, result.stdout) == (2, "")
        assert "no line of `sources --graver`" in result.stderr


# the issue


def test_nothing_of_the_content_is_alive_in_the_issue(run: Callable[..., Result], tmp_path: Path) -> None:
    hostile = "x < y [here](https://evil.example) @maintainer #12 ![i](x) `z` **bold**"
    shutil.copytree(TESTS / "base/content", tmp_path / "content")
    change({"edit": "content/references/111.yaml", "replace": "Source 111", "with": f'"{hostile}"'}, tmp_path)
    (tmp_path / "graver.txt").write_text("111 retracted\n")
    result = run("--issue", "--found", str(tmp_path / "graver.txt"), project=tmp_path)
    assert result.exit_code == 0, result.output
    assert "x &#60; y" in result.stdout
    for alive in ("x < y", "](https://evil", "://evil", "@maintainer", "#12 ", "![", "`z`", "**bold"):
        assert alive not in result.stdout


def test_as_data_a_title_is_no_command_to_whoever_runs_it(run: Callable[..., Result], tmp_path: Path) -> None:
    shutil.copytree(TESTS / "base/content", tmp_path / "content")
    change({"edit": "content/references/111.yaml", "replace": "Source 111", "with": '"##[error]x"'}, tmp_path)
    result = run("--json", "111", project=tmp_path)
    assert "##[" not in result.stdout
    assert json.loads(result.stdout)[0]["title"] == "##[error]x"


def test_an_issue_is_never_longer_than_github_takes(guideline: Guideline) -> None:
    told = [ToldFall(each, [], [], "retracted") for each in list(falls_of(guideline).values())[::3]]
    for limit in (20_000, 3_000):
        text = to_issue(told, limit)
        assert len(text) <= limit
        assert "Not shown here, as an issue holds no more" in text
    assert "Not shown here" not in to_issue(told[:3])
    assert to_issue([]) == ""
