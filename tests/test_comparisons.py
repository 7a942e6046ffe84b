"""What is kept of a comparison, when it lapses, and what a judgement of a reader settles."""

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
from cases import TESTS, git, messages
from click.testing import CliRunner

from generator import check
from generator.cli import PROJECT, main, read
from generator.comparisons import ComparedClaim, JudgedDifference
from generator.evidence.comparisons import current, hash_of, lapsed, put_in_order, read_comparisons, serialise
from generator.guideline import Guideline
from generator.model import Claim
from generator.problems import Problem
from generator.render import render
from generator.review.comparisons import comparison_changes

FILE = "content/comparisons.json"
RENAL, DOSE = "adverse-events/renal#rare", "practice/dosing#usual"
ORCID = "0000-0002-1825-0097"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(TESTS / "base/content", tmp_path / "content")
    return tmp_path


def load(project: Path) -> Guideline:
    guideline = read(project)[0]
    assert guideline is not None
    return guideline


def edit(project: Path, file: str, old: str, new: str) -> None:
    path = project / "content" / file
    assert old in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")


def entry(project: Path, id_: str = RENAL, **more: object) -> ComparedClaim:
    """A comparison of a claim as it is now."""
    row = {"claim": id_, "sha256": hash_of(load(project).claims[id_]), "on": "2026-01-31"}
    return ComparedClaim.model_validate_json(json.dumps(row | {"verdict": "agreed", "by": None, "differs": []} | more))


def keep(project: Path, *entries: ComparedClaim) -> None:
    (project / FILE).write_bytes(serialise(entries))


def own(project: Path) -> list[str]:
    """The messages about comparisons."""
    rules = ("[comparison-current]", "[differs-reason]", "[comparisons-form]", "[merge-conflict]")
    return [line for line in messages(project) if line.endswith(rules)]


CHANGES = {
    "word": ("adverse-events/renal.yaml", "Renal failure was rare.", "Renal failure was rarer."),
    "capital": ("adverse-events/renal.yaml", "Renal failure was rare.", "renal failure was rare."),
    "kind": ("adverse-events/renal.yaml", "kind: frequency", "kind: safety"),
    "population": ("adverse-events/renal.yaml", "    kind:", "    population: [adults]\n    kind:"),
    "subject": ("adverse-events/renal.yaml", "    kind:", "    subject: class\n    kind:"),
    "year": ("adverse-events/renal.yaml", "    kind:", "    as_of: 2019\n    kind:"),
    "fault of the source": ("adverse-events/renal.yaml", "    kind:", "    sic: Sums differ.\n    kind:"),
    "section": ("adverse-events/renal.yaml", "to: was rarely seen", "to: was rarely seen, section: full text"),
    "bearing": ("adverse-events/renal.yaml", "to: was rarely seen", "to: was rarely seen, bearing: qualifies"),
    "part": ("adverse-events/renal.yaml", "to: was rarely seen", "to: was rarely seen, part: results"),
    "data": (
        "adverse-events/renal.yaml",
        "    kind:",
        "    data: {type: rate, outcome: renal failure, percent: 0, unit: patients}\n    kind:",
    ),
    "passage": ("passages.lock.json", "a7466d0af35a", "b7466d0af35a"),
    "source": ("adverse-events/renal.yaml", '"222"', '"111"'),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_comparison_lapses_with_each_part_of_the_claim_and_with_its_passage(what: str, project: Path) -> None:
    keep(project, entry(project))
    assert own(project) == []
    edit(project, *CHANGES[what])
    assert own(project)[:1] == [
        f"{FILE}:2: `{RENAL}` or its passage changed since it was compared on 2026-01-31. "
        f"Compare it again: run `python -m generator compare {RENAL} --texts DIR`. [comparison-current]"
    ]
    assert lapsed(load(project)) == [RENAL]
    assert current(load(project)) == {}


def test_links_former_names_and_relations_to_other_claims_leave_it_as_it_is(project: Path) -> None:
    before = {id_: hash_of(found) for id_, found in load(project).claims.items()}
    edit(project, "indications/pemphigus.yaml", "(mechanisms/receptors)", "(adverse-events/renal)")
    edit(project, "adverse-events/renal.yaml", "    kind:", "    formerly: [older]\n    kind:")
    edit(project, "practice/dosing.yaml", "    kind:", f"    supersedes: [{RENAL}]\n    kind:")
    edit(
        project,
        "mechanisms/receptors.yaml",
        "    kind:",
        f"    disagrees_with: [{{claim: {RENAL}, because: Not the same.}}]\n    kind:",
    )
    assert {id_: hash_of(found) for id_, found in load(project).claims.items()} == before


def test_a_field_that_is_new_to_the_format_lapses_nothing(project: Path) -> None:
    class Newer(Claim):
        certainty: str | None = None

    now = load(project).claims[RENAL]
    fields = {name: getattr(now.claim, name) for name in Claim.model_fields}
    assert hash_of(replace(now, claim=Newer.model_construct(**fields))) == hash_of(now)
    assert hash_of(replace(now, claim=Newer.model_construct(**fields, certainty="low"))) != hash_of(now)


def test_it_is_written_one_claim_a_line_in_order_and_read_again(project: Path) -> None:
    differs = (
        JudgedDifference(rule="b-rule", what="x", because="é"),
        JudgedDifference(rule="a-rule", what="z", because="y"),
    )
    rows = [entry(project, DOSE, by=ORCID), entry(project).model_copy(update={"differs": differs})]
    written = serialise(rows).decode()
    lines = written.splitlines()
    assert [lines[0], lines[-1], len(lines)] == ['{"comparisons": [', "]}", 4]
    assert lines[1] == (
        f'{{"claim": "{RENAL}", "sha256": "{rows[1].sha256}", "on": "2026-01-31", "verdict": "agreed", "by": null, '
        '"differs": [{"rule": "a-rule", "what": "z", "because": "y"}, '
        '{"rule": "b-rule", "what": "x", "because": "é"}]},'
    )
    assert json.loads(written)["comparisons"][1]["by"] == ORCID
    assert serialise(read_comparisons(written.encode()).values()) == written.encode()
    assert serialise(rows[::-1]) == written.encode()


def test_a_line_that_holds_two_rows_is_refused(project: Path) -> None:
    written = serialise([entry(project), entry(project, DOSE)]).decode().replace(",\n{", ", {")
    with pytest.raises(ValueError, match="more than one row"):
        read_comparisons(written.encode())


@pytest.mark.parametrize(
    ("one", "other", "kept"),
    [
        ({"on": "2026-01-01"}, {"on": "2026-02-01"}, {"on": "2026-02-01"}),
        ({"on": "2026-02-01"}, {"on": "2026-01-01"}, {"on": "2026-02-01"}),
        ({"verdict": "wrong", "on": "2026-01-01"}, {"on": "2026-02-01"}, {"verdict": "wrong", "on": "2026-01-01"}),
    ],
)
def test_of_two_comparisons_of_a_claim_the_graver_is_kept_and_else_the_later(
    one: dict[str, str], other: dict[str, str], kept: dict[str, str], project: Path
) -> None:
    rows = [serialise([entry(project, **fields)]).decode().splitlines()[1] for fields in (one, other)]
    joined = '{"comparisons": [\n' + "\n".join(rows) + "\n]}\n"
    assert read_comparisons(joined.encode()) == {RENAL: entry(project, **kept)}


def test_comparisons_of_two_branches_merge_and_are_put_in_order_by_one_command(project: Path) -> None:
    shutil.copy(PROJECT / ".gitattributes", project)
    rows = {id_: entry(project, id_) for id_ in load(project).claims}
    git(project, "init", "--quiet")
    keep(project, rows["indications/pemphigus#response"])
    for branch, id_ in (("main", ""), ("one", RENAL), ("two", DOSE)):
        if id_:
            git(project, "checkout", "--quiet", "-b", branch, "main")
            keep(project, rows["indications/pemphigus#response"], rows[id_])
        git(project, "add", "--all")
        git(project, "commit", "--quiet", "-m", branch)
    git(project, "merge", "--quiet", "-m", "merge", "one")
    assert own(project) == [
        f"{FILE}:1: the comparisons are not as written by machine. Run `python -m generator compare --tidy`. "
        "[comparison-current]"
    ]
    tidied = CliRunner().invoke(main, ["--project", str(project), "compare", "--tidy"])
    assert (tidied.exit_code, own(project)) == (0, [])
    assert set(load(project).comparisons) == {"indications/pemphigus#response", RENAL, DOSE}


def test_markers_of_git_are_reported_and_both_sides_joined(project: Path) -> None:
    keep(project, entry(project), entry(project, DOSE))
    lines = (project / FILE).read_text("utf-8").splitlines()
    lines[1:3] = ["<<<<<<< HEAD", lines[1], "=======", lines[2], ">>>>>>> other"]
    (project / FILE).write_text("\n".join(lines) + "\n", "utf-8")
    assert [line.rpartition("[")[2] for line in messages(project) if FILE in line] == ["merge-conflict]"]
    assert CliRunner().invoke(main, ["--project", str(project), "compare", "--tidy"]).exit_code == 0
    assert (project / FILE).read_bytes() == serialise([entry(project), entry(project, DOSE)])


def test_what_was_compared_goes_with_a_claim_that_is_renamed_and_ends_with_one_that_is_gone(project: Path) -> None:
    row = entry(project)
    keep(project, row, row.model_copy(update={"claim": "practice/dosing#gone"}))
    edit(project, "adverse-events/renal.yaml", "  rare:\n", "  seldom:\n    formerly: [rare]\n")
    seldom = "adverse-events/renal#seldom"
    assert put_in_order(load(project)) == {seldom: row.model_copy(update={"claim": seldom})}
    assert list(current(load(project))) == []


def test_what_stands_in_a_record_that_cannot_be_read_is_kept(project: Path) -> None:
    keep(project, entry(project))
    edit(project, "adverse-events/renal.yaml", "standing:", "no-such-key: 1\nstanding:")
    assert list(put_in_order(load(project))) == [RENAL]
    assert own(project) == []


RULE = "negation-agrees"


def fake(*found: tuple[str, str], meaning: bool = True) -> ModuleType:
    """A rule that finds a difference in claims, each named with what differs."""
    rule = ModuleType("fake", "Negations agree.")
    vars(rule).update(ID=RULE, MEANING=meaning)

    def run(guideline: Guideline) -> list[Problem]:
        return [Problem(RULE, what, "Fix.", guideline.claims[id_].place("text")) for id_, what in found]

    vars(rule)["check"] = run
    return rule


def judged(project: Path, what: str = "says no", **more: object) -> ComparedClaim:
    differs = [{"rule": RULE, "what": what, "because": "Said two sentences on."}]
    return entry(project, **({"differs": differs} | more))


def found(project: Path) -> list[tuple[str, str]]:
    """The rule and what is wrong of the problems of meaning and of comparisons."""
    return [(one.rule, one.wrong) for one in read(project)[1] if one.rule in (RULE, "comparison-current")]


def test_a_difference_that_was_judged_right_is_no_problem_any_more(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(check.RULES, RULE, fake((RENAL, "says no"), (DOSE, "says no")))
    keep(project, entry(project), entry(project, DOSE))
    assert found(project) == [(RULE, "says no"), (RULE, "says no")]
    keep(project, judged(project), entry(project, DOSE))
    assert found(project) == [(RULE, "says no")]
    assert {id_: len(problems) for id_, problems in check.differences(load(project)).items()} == {RENAL: 1, DOSE: 1}


@pytest.mark.parametrize(
    "rule",
    [fake((RENAL, "says not")), fake((DOSE, "says no")), fake((RENAL, "says no"), meaning=False)],
    ids=["other words", "other claim", "not about meaning"],
)
def test_it_settles_only_those_words_of_that_rule_in_that_claim_and_is_reported_itself(
    rule: ModuleType, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(check.RULES, RULE, rule)
    keep(project, judged(project))
    gone = f"`{RENAL}`: {RULE} does not find any more what was judged right: says no"
    problems = found(project)
    assert len(problems) == 2
    assert ("comparison-current", gone) in problems
    assert [one for one, _ in problems].count(RULE) == 1


def test_it_settles_nothing_once_the_claim_has_changed(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(check.RULES, RULE, fake((RENAL, "says no")))
    keep(project, judged(project))
    assert found(project) == []
    edit(project, "adverse-events/renal.yaml", "Renal failure was rare.", "Renal failure was rarer.")
    assert [rule for rule, _ in found(project)] == [RULE, "comparison-current"]


def test_it_settles_nothing_if_the_claim_was_not_agreed_to(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(check.RULES, RULE, fake((RENAL, "says no")))
    keep(project, judged(project, verdict="unclear"))
    assert found(project) == [(RULE, "says no"), ("comparison-current", f"`{RENAL}` was found unclear on 2026-01-31")]


def test_a_judgement_is_not_called_gone_while_a_file_cannot_be_read(project: Path) -> None:
    keep(project, judged(project))
    edit(project, "references/111.yaml", "title:", "no-such-key: 1\ntitle:")
    assert found(project) == []


@pytest.mark.parametrize(("times", "told"), [(5, []), (6, ["differs-reason"])])
def test_a_reason_holds_five_times(times: int, told: list[str], project: Path) -> None:
    """Whatever its capitals, spaces and full stop."""
    reasons = [
        "Said elsewhere.",
        "said  elsewhere",
        "SAID ELSEWHERE",
        "Said elsewhere",
        "Said elsewhere ",
        "said elsewhere",
    ]
    differs = [{"rule": RULE, "what": f"says {n}", "because": reason} for n, reason in enumerate(reasons[:times])]
    keep(project, entry(project, differs=[*differs, {"rule": RULE, "what": "says x", "because": "Another."}]))
    assert [one.rule for one in read(project)[1] if one.rule == "differs-reason"] == told


@pytest.mark.parametrize("verdict", ["overstated", "understated", "unclear", "wrong"])
def test_a_claim_that_was_not_agreed_to_is_a_problem(verdict: str, project: Path) -> None:
    keep(project, entry(project, verdict=verdict))
    assert own(project) == [
        f"{FILE}:2: `{RENAL}` was found {verdict} on 2026-01-31. Correct the claim, then run "
        f"`python -m generator compare {RENAL} --texts DIR`. [comparison-current]"
    ]


def test_a_comparison_shows_on_the_page_on_evidence_alone(project: Path) -> None:
    """It changes neither standing nor strength nor a banner, with an ORCID iD or without."""
    plain = render(load(project), {})
    differs = [{"rule": RULE, "what": "says no", "because": "Said two sentences on."}]
    keep(project, entry(project, differs=differs), entry(project, DOSE, by=ORCID))
    compared = render(load(project), {})
    changed = [str(path) for path in compared if plain.get(path) != compared[path]]
    assert changed == ["evidence.md", "search/first.js"]  # which lists the headings of that page
    assert plain.keys() == compared.keys()
    page = next(content for path, content in compared.items() if str(path) == "evidence.md").decode()
    table = re.search(r"## Claims compared with their passages, .*?(?=\n## Records by)", page, re.DOTALL)
    assert table
    assert [line for line in table[0].splitlines() if line.startswith(("| C", "| N", "| n", "## "))] == [
        "## Claims compared with their passages, which is no review { #table--7 }",
        "| Compared by a reader with an ORCID iD | 1 |",
        "| Compared by software or an unnamed reader | 1 |",
        "| Changed since they were compared | 0 |",
        "| Never compared | 3 |",
        "## Differences that a rule found and a reader judged right, by what differs { #table--8 }",
        "| negation | 1 |",
    ]


def test_the_content_has_the_same_fingerprint_with_comparisons(project: Path) -> None:
    before = load(project)
    keep(project, entry(project))
    assert load(project).fingerprint == before.fingerprint
    assert load(project).about == before.about


def test_the_review_tells_of_a_reason_that_changed_and_of_what_lapsed(project: Path, tmp_path: Path) -> None:
    keep(project, judged(project), entry(project, DOSE, by=ORCID))
    before = load(project)
    assert list(comparison_changes(before, before)) == []
    differs = [{"rule": RULE, "what": "says no", "because": "Another reason."}]
    keep(project, entry(project, differs=differs), entry(project, DOSE, by=ORCID))
    (reworded,) = comparison_changes(before, load(project))
    assert (reworded.kind, reworded.impact, reworded.where) == ("difference-judged", "safety", RENAL)
    assert (reworded.before, reworded.after) == ("Said two sentences on.", "Another reason.")
    assert reworded.notes == (f"{RULE}: says no", "the claim: Renal failure was rare.")
    edit(project, "practice/dosing.yaml", "per cycle", "per course")
    edit(project, "adverse-events/renal.yaml", "Renal failure was rare.", "Renal failure was rarer.")
    kinds = [(one.kind, one.where, one.notes[0]) for one in comparison_changes(before, load(project))]
    assert kinds == [
        ("difference-judged", RENAL, f"{RULE}: says no"),
        ("comparison-lapsed", DOSE, f"compared on 2026-01-31 by {ORCID}"),
    ]
