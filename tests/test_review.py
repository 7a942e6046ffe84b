"""A branch for each kind of change, reviewed as the workflow does it, and the comment compared with a golden file.

`UPDATE_GOLDEN=1` writes the golden files anew; each is read by a person before it is committed.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import markdown
import pytest
import yaml
from cases import TESTS, change, examples, git, make_small_project
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from generator.answers import Support
from generator.changes import CHANGE_KINDS, IMPACTS, Change, ChangeList
from generator.cli import PROJECT, main, read
from generator.graph import paths
from generator.guideline import Guideline
from generator.places import Place
from generator.problems import Problem
from generator.review import compare
from generator.review.formats import MAX_COMMENT, to_html, to_json, to_markdown, to_text
from generator.review.impact import APPROVALS
from generator.review.pathway import partings
from generator.review.report import Item, make_report, marked
from generator.yaml_source import read_yaml

CASES = sorted((TESTS / "review").glob("*.yaml"))


def make_branch(case: dict[str, Any], folder: Path) -> None:
    """Make a repository whose main branch holds the small guideline, and a branch that is changed as the case says."""
    shutil.copytree(TESTS / "base/content", folder / "content")
    for edit in case.get("before", []):
        change(edit, folder)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "-m", "before")
    git(folder, "checkout", "--quiet", "-b", "change")
    for edit in case["edits"]:
        change(edit, folder)
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "-m", "after")


def review(folder: Path, *options: str) -> Any:
    return CliRunner().invoke(main, ["--project", str(folder), "review", "main", "change", *options])


@pytest.fixture(scope="module")
def branch_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Path]:
    """Makes the branch of a case, once for all tests."""
    folder = tmp_path_factory.mktemp("branches")

    @cache
    def make(file: Path) -> Path:
        (folder / file.stem).mkdir()
        make_branch(yaml.safe_load(file.read_text("utf-8")), folder / file.stem)
        return folder / file.stem

    return make


@pytest.mark.wide
@pytest.mark.parametrize("file", CASES, ids=lambda file: file.stem)
def test_the_comment_on_a_branch_is_as_it_was_read(file: Path, branch_of: Callable[[Path], Path]) -> None:
    result = review(branch_of(file))
    golden = file.with_suffix(".md")
    if os.environ.get("UPDATE_GOLDEN"):
        golden.write_text(result.stdout, "utf-8")
    assert result.stdout == golden.read_text("utf-8")
    assert result.exit_code == (1 if "Problems to mend" in result.stdout else 0)


def test_every_kind_of_change_has_a_case(branch_of: Callable[[Path], Path]) -> None:
    found = set()
    for file in CASES:
        printed = review(branch_of(file), "--format", "json").stdout
        found |= {change["kind"] for change in json.loads(printed)["changes"]}
    assert found == set(CHANGE_KINDS)
    assert len(CASES) > 30


class Links(HTMLParser):
    """Collects the addresses and the names of tags of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]


def test_hostile_words_stay_words(tmp_path: Path) -> None:
    """In the comment no mention, reference or link of theirs is left; in the page they are text."""
    make_branch(yaml.safe_load((TESTS / "review/hostile-words.yaml").read_text("utf-8")), tmp_path)
    comment = review(tmp_path).stdout
    assert "@octocat" not in comment
    assert not re.search(r"@\w|(?<!&)#\d|GH-\d|(?<!https)(?<!pubmed):(?!//pubmed)//|www\.", comment)
    rendered = Links()
    rendered.feed(markdown.markdown(comment))
    assert rendered.addresses
    assert all(address.startswith("https://pubmed.ncbi.nlm.nih.gov/") for address in rendered.addresses)
    assert not rendered.tags & {"script", "img"}
    page = Links()
    page.feed(review(tmp_path, "--format", "html").stdout)
    assert not page.tags & {"script", "img"}
    allowed = ("https://pubmed.ncbi.nlm.nih.gov/", "#")
    assert all(address.startswith(allowed) for address in page.addresses)
    assert not re.search(r"^::", review(tmp_path, "--format", "text").stdout, re.MULTILINE)


@pytest.fixture(scope="module")
def turned(guideline: Guideline, tmp_path_factory: pytest.TempPathFactory) -> Guideline:
    """The real guideline with every claim's words changed and a third of the claims removed."""
    folder = tmp_path_factory.mktemp("turned")
    shutil.copytree(PROJECT / "content", folder / "content")
    for file in (folder / "content").glob("*/*.yaml"):
        if file.parent.name != "references":
            file.write_text(re.sub(r"(\w)\.\n(\s+cites:)", r"\1, or not.\n\2", file.read_text("utf-8")), "utf-8")
    changed, _ = read(folder)
    assert changed is not None
    return changed


def test_a_large_comment_is_cut_and_says_so(guideline: Guideline, turned: Guideline) -> None:
    report = make_report(guideline, turned, ("a", "b"), ([], []))
    assert report.count > 500
    comment = to_markdown(report)
    assert 50_000 < len(comment) <= MAX_COMMENT
    line = next(
        line for line in comment.splitlines() if line.startswith("**Not shown here, as a comment holds no more:**")
    )
    cut = {name: int(count) for count, name in re.findall(r"(\d+) ([A-Z][a-z ]+?)(?=[,.])", line)}
    assert set(cut) <= set(IMPACTS.values())
    shown = re.findall(r"^\*\*.+\*\* — .+ \(<code>", comment, re.MULTILINE)  # a comparison that lapsed shows no words
    assert len(shown) + sum(cut.values()) == report.count


def test_a_comment_fits_however_long_the_problems_are(guideline: Guideline) -> None:
    problems = [Problem("rule", "<" * 5000, "@" * 5000, Place("content/x.yaml", number)) for number in range(300)]
    comment = to_markdown(make_report(guideline, guideline, ("a", "b"), ([], problems)))
    assert len(comment) <= MAX_COMMENT
    assert "more" in comment


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("33 of 41 adults responded.", "33 of 41 adults deteriorated."),
        ("33 of 41 adults responded.", "33 of 41 children responded."),
        ("IVIG was effective.", "IVIG was ineffective."),
        ("Pain eased after IVIG, but not after placebo.", "Pain eased after placebo, but not after IVIG."),
        ("It was not associated with a fall.", "It was associated with not a fall."),
        ("8 of 10 responded.", "10 of 8 responded."),
    ],
)
def test_no_change_of_meaning_is_wording(old: str, new: str, tmp_path: Path) -> None:
    for side, text in (("old", old), ("new", new)):
        shutil.copytree(TESTS / "base/content", tmp_path / side / "content")
        record = tmp_path / side / "content/mechanisms/receptors.yaml"
        record.write_text(record.read_text("utf-8").replace("Receptors are proposed as the target.", text), "utf-8")
    before, after = (read(tmp_path / side)[0] for side in ("old", "new"))
    assert before is not None
    assert after is not None
    assert [change.impact for change in compare(before, after)] == ["evidence-strength"]


def with_claim(guideline: Guideline, record: str, name: str, **changes: object) -> Guideline:
    known = guideline.records[record]
    claims = {**known.claims, name: known.claims[name].model_copy(update=changes)}
    return replace(guideline, records={**guideline.records, record: known.model_copy(update={"claims": claims})})


def test_whatever_is_said_of_a_harm_is_safety_and_a_dose_is_a_dose(shown: Guideline) -> None:
    """Whatever the kind of claim, which may be none of the three classes by itself."""
    hiccups, crackle = "adverse-events/hiccups", "indications/crackle"
    before = with_claim(shown, hiccups, "hours", kind="background")
    (change,) = (c for c in compare(before, with_claim(before, hiccups, "hours", as_of=2019)) if "hours" in c.where)
    assert (change.kind, change.impact) == ("claim-limited", "safety")
    before = with_claim(shown, crackle, "cycles", kind="efficacy")
    without = with_claim(before, crackle, "cycles", data=None)
    for versions in ((before, without), (without, before)):
        kinds = {(c.kind, c.impact) for c in compare(*versions) if c.where == f"{crackle}#cycles"}
        assert ("dose-changed", "dose") in kinds


def test_a_retraction_is_told_where_it_is_found_and_where_it_is_taken_back(shown: Guideline) -> None:
    known = shown.references["113"]
    state = known.retraction.state
    retraction = known.retraction.model_copy(update={"state": "retracted"})
    references = {**shown.references, "113": known.model_copy(update={"retraction": retraction})}
    fallen = replace(shown, references=references)
    told = {f"{state} became retracted": (shown, fallen), f"retracted became {state}": (fallen, shown)}
    for words, versions in told.items():
        where = "indications/crackle#hearts"
        (change,) = (c for c in compare(*versions) if (c.kind, c.where) == ("strength-changed", where))
        assert f"retraction of PMID 113: {words}" in change.notes


def test_that_a_claim_is_called_indirect_or_no_more_is_a_change_of_the_answer(shown: Guideline) -> None:
    crackle = "indications/crackle"
    record = shown.records[crackle]
    support = Support(claim=f"{crackle}#cycles", indirect="dose")
    answers = {**record.answers, "dose": record.answers["dose"].model_copy(update={"rests_on": (support,)})}
    after = replace(shown, records={**shown.records, crackle: record.model_copy(update={"answers": answers})})
    (change,) = (c for c in compare(shown, after) if c.where == f"{crackle}#answer--dose")
    assert (change.kind, change.impact) == ("answer-changed", "dose")
    assert "(indirect: dose)" in change.after
    assert "indirect" not in change.before


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("contraindication", "Stop."),
        ("emergency", "Call."),
        ("class_harms_tell", ("alarm",)),
        ("class_harms_title", "Harms"),
    ],
)
def test_what_the_profile_says_of_dangers_is_safety(name: str, value: object, shown: Guideline) -> None:
    after = replace(shown, profile=shown.profile.model_copy(update={name: value}))
    found = [c for c in compare(shown, after) if c.kind == "profile-changed"]
    assert {(c.title.partition(": ")[2].partition(".")[0], c.impact) for c in found} == {(name, "safety")}


def test_what_is_near_a_gap_is_a_change_of_what_is_not_known(shown: Guideline) -> None:
    crackle = "indications/crackle"
    record = shown.records[crackle]
    (gap,) = record.not_known
    assert gap.beside
    alone = record.model_copy(update={"not_known": (gap.model_copy(update={"beside": ()}),)})
    after = replace(shown, records={**shown.records, crackle: alone})
    assert "not-known-changed" in {c.kind for c in compare(shown, after)}


def test_the_grams_of_a_unit_are_a_dose(shown: Guideline) -> None:
    units = shown.profile.doses.units
    name = next(name for name, unit in units.items() if unit.grams_per_kg)
    heavier = {**units, name: units[name].model_copy(update={"grams_per_kg": Decimal(9)})}
    doses = shown.profile.doses.model_copy(update={"units": heavier})
    after = replace(shown, profile=shown.profile.model_copy(update={"doses": doses}))
    assert {c.impact for c in compare(shown, after) if c.kind == "profile-changed"} == {"dose"}


def test_new_words_have_the_weight_of_the_kind_that_the_claim_was_of(shown: Guideline) -> None:
    crackle, text = "indications/crackle", "Old patients with heart disease are not to be watched."
    after = with_claim(shown, crackle, "hearts", text=text, kind="efficacy")
    (change,) = (c for c in compare(shown, after) if (c.kind, c.where) == ("claim-reworded", f"{crackle}#hearts"))
    assert change.impact == "safety"


def test_a_kind_of_claim_whose_weight_nobody_has_said_is_safety(shown: Guideline) -> None:
    kinds = shown.vocabulary.sections["claim-kinds"]
    unsaid = {**kinds, "efficacy": kinds["efficacy"].model_copy(update={"impact": None})}
    vocabulary = shown.vocabulary.model_copy(update={"sections": {**shown.vocabulary.sections, "claim-kinds": unsaid}})
    for guideline, impact in ((shown, "evidence-strength"), (replace(shown, vocabulary=vocabulary), "safety")):
        after = with_claim(guideline, "indications/crackle", "eyes", as_of=2019)
        (change,) = (c for c in compare(guideline, after) if c.where == "indications/crackle#eyes")
        assert (change.kind, change.impact) == ("claim-limited", impact)


def test_long_names_and_lists_are_cut_in_a_change(tmp_path: Path) -> None:
    shutil.copytree(TESTS / "base/content", tmp_path / "content")
    pathway = tmp_path / "content/pathway.yaml"
    claims = ", ".join(["indications/pemphigus#response"] * 200)
    text = pathway.read_text("utf-8").replace("because: [adverse-events/renal#rare]", f"because: [{claims}]")
    pathway.write_text(text, "utf-8")
    before, _ = read(TESTS / "base")
    after, _ = read(tmp_path)
    assert before is not None
    assert after is not None
    assert [change.kind for change in compare(before, after)] == ["node-changed"]


def test_nothing_changed_between_a_guideline_and_itself(guideline: Guideline) -> None:
    assert compare(guideline, guideline) == ()


@pytest.mark.parametrize("steps", [3, 1500])
def test_a_pathway_with_a_loop_and_a_long_one_are_compared(steps: int, tmp_path: Path) -> None:
    shutil.copytree(TESTS / "base/content", tmp_path / "content")
    pathway = tmp_path / "content/pathway.yaml"
    chain = [
        f"  s{n}: {{stage: response, kind: action, label: Step {n}, no_evidence: true, next: s{n + 1}}}\n"
        for n in range(steps)
    ]
    last = "stop" if steps > 3 else "s0"
    changed = pathway.read_text("utf-8").replace("no: stop", "no: s0") + "".join(chain)
    pathway.write_text(changed.replace(f"next: s{steps}}}", f"next: {last}}}"), "utf-8")
    before, _ = read(TESTS / "base")
    after, problems = read(tmp_path)
    assert before is not None
    assert after is not None
    assert ("pathway-cycle" in {problem.rule for problem in problems}) == (last == "s0")
    for one, other in ((before, after), (after, before)):
        assert "outcome-changed" in {change.kind for change in compare(one, other)}


@pytest.mark.slow
def test_the_paths_that_come_to_other_advice_are_counted(guideline: Guideline) -> None:
    """As the paths that are listed one by one and pass a step that is cut off."""
    nodes = dict(guideline.pathway.nodes)
    cut = next(name for name, node in nodes.items() if node.kind == "question" and node.stage == "safety")
    answer, target = next(iter(nodes[cut].answers.items()))
    nodes[cut] = nodes[cut].model_copy(update={"answers": {**nodes[cut].answers, answer: "stop-here"}})
    outcome = next(node for node in nodes.values() if node.kind == "outcome")
    nodes["stop-here"] = outcome.model_copy(update={"label": "Stop here"})
    after = guideline.pathway.model_copy(update={"nodes": nodes})
    found = partings(guideline.pathway, after)
    assert [(parting.at, parting.after) for parting in found] == [("stop-here", "Stop here")]
    through = sum(any(edge[:3] == (cut, answer, target) for edge in path) for path in paths(guideline.pathway))
    assert found[0].paths == through > 10


def test_words_that_share_much_are_shown_as_one() -> None:
    assert marked("At 2 g/kg a month.", "At 1 g/kg a month.") == (
        ("same", "At"),
        ("gone", "2"),
        ("come", "1"),
        ("same", "g/kg a month."),
    )
    assert marked("One thing.", "Something else entirely") == (
        ("gone", "One thing."),
        ("come", "Something else entirely"),
    )


words = st.text(max_size=60)


@examples(60)
@given(
    words,
    words,
    st.lists(words.filter(str.strip), max_size=2),
    st.sampled_from(list(CHANGE_KINDS)),
    st.sampled_from(list(IMPACTS)),
)
def test_no_words_break_a_format(before: str, after: str, notes: list[str], kind: str, impact: str) -> None:
    base, _ = read(TESTS / "base")
    assert base is not None
    change = Change(kind=kind, impact=impact, where="x", title=before, before=before, after=after, notes=tuple(notes))
    report = make_report(base, base, ("a", "b"), ([], []))
    item = Item(change, marked(before, after), (), (), ())
    report = type(report)("a", "b", ((impact, (item,)),), (), (), 0)
    comment = to_markdown(report)
    rendered = Links()
    rendered.feed(markdown.markdown(comment))
    assert rendered.addresses == []
    assert rendered.tags <= {"h3", "p", "strong", "code", "blockquote", "del", "ins", "ul", "li"}
    assert not re.search(r"@\w", comment)
    page = Links()
    page.feed(to_html(report, {}))
    assert page.addresses == [f"#{impact}"]
    assert json.loads(to_json(report))["changes"][0]["before"] == before
    assert all(char.isprintable() or char == "\n" for char in to_text(report))


def test_the_policy_page_states_the_rule() -> None:
    text = (PROJECT / "docs/review.md").read_text("utf-8")
    table = dict(re.findall(r"^\| ([A-Z][a-z ]+) \| (\d) \|", text, re.MULTILINE))
    assert table == {name: str(APPROVALS[impact]) for impact, name in IMPACTS.items()}


@pytest.mark.parametrize("name", ["nowhere", "--output=x", "main..change", "$(id)", "", "a b", "a\nb"])
def test_a_revision_that_is_none_is_refused(name: str, tmp_path: Path) -> None:
    make_branch({"edits": []}, tmp_path)
    result = CliRunner().invoke(main, ["--project", str(tmp_path), "review", "--", name])
    assert result.exit_code == 2
    assert "revision" in result.output


def test_recorded_changes_are_shown(tmp_path: Path) -> None:
    make_branch(yaml.safe_load((TESTS / "review/dose-changed.yaml").read_text("utf-8")), tmp_path)
    about = tmp_path / "content/guideline.yaml"
    about.write_text(about.read_text("utf-8").replace("version: 1.0.0", "version: 1.1.0"), "utf-8")
    runner = CliRunner()
    broken = runner.invoke(main, ["--project", str(tmp_path), "record-changes", "main"])
    assert broken.exit_code == 1
    assert "figure-in-passage" in broken.output
    lock = tmp_path / "content/passages.lock.json"
    lock.write_text(lock.read_text("utf-8").replace('"figures": ["2"]', '"figures": ["1", "2"]'), "utf-8")
    lock.write_text(lock.read_text("utf-8").replace('["2 g/kg"]', '["1 g/kg", "2 g/kg"]'), "utf-8")
    refused = runner.invoke(main, ["--project", str(tmp_path), "record-changes"])
    assert refused.exit_code == 2
    assert "version 1.0.0 is recorded: name the revision" in refused.output
    done = runner.invoke(main, ["--project", str(tmp_path), "record-changes", "main"])
    assert done.exit_code == 0, done.output
    recorded = ChangeList.model_validate_json((tmp_path / "content/changes/1.1.0.json").read_text("utf-8"))
    assert recorded.since == "1.0.0"
    assert [change.kind for change in recorded.changes] == [
        *("dose-changed", "figures-relocked", "meaning-relocked", "guideline-changed")
    ]
    guideline, problems = read(tmp_path)
    assert guideline is not None
    assert guideline.about.version == "1.1.0"  # as recorded, so without a fingerprint
    assert problems == []
    again = runner.invoke(main, ["--project", str(tmp_path), "record-changes", str(tmp_path)])
    assert again.exit_code == 2
    assert "is version 1.1.0, and the one before 1.1.0 is 1.0.0" in again.output
    (tmp_path / "content/pending.yaml").write_text("sources: {}\n", "utf-8")
    later, _ = read(tmp_path)
    assert later is not None
    assert re.fullmatch(r"1\.1\.0\+[0-9a-f]{7}", later.about.version)


def test_a_recorded_version_is_recorded_otherwise_only_if_asked_for(tmp_path: Path) -> None:
    make_branch({"edits": []}, tmp_path)
    record = tmp_path / "content/changes/1.0.0.json"
    runner, command = CliRunner(), ["--project", str(tmp_path), "record-changes"]
    before = record.read_bytes()
    assert runner.invoke(main, command).exit_code == 0  # as it was recorded
    assert record.read_bytes() == before
    about = tmp_path / "content/guideline.yaml"
    about.write_text(about.read_text("utf-8").replace("review_every_months: 12", "review_every_months: 6"), "utf-8")
    refused = runner.invoke(main, command)
    assert refused.exit_code == 2
    assert "version 1.0.0 is recorded, and the content is no longer what it was: raise `version`" in refused.output
    assert record.read_bytes() == before
    assert runner.invoke(main, [*command, "--again"]).exit_code == 0
    assert record.read_bytes() != before
    guideline, _ = read(tmp_path)
    assert guideline is not None
    assert guideline.about.version == "1.0.0"


def test_what_others_added_to_the_base_since_is_no_change(tmp_path: Path) -> None:
    """`main` rewords a dose after the branch `change` has left it, and the branch corrects a source."""
    make_branch(yaml.safe_load((TESTS / "review/reference-corrected.yaml").read_text("utf-8")), tmp_path)
    alone = json.loads(review(tmp_path, "--format", "json").stdout)
    departs = git(tmp_path, "rev-parse", "main").strip()
    git(tmp_path, "checkout", "--quiet", "main")
    change({"edit": "content/practice/dosing.yaml", "replace": "The dose was", "with": "It was"}, tmp_path)
    git(tmp_path, "commit", "--quiet", "--all", "-m", "reword a dose")
    git(tmp_path, "checkout", "--quiet", "change")
    result = review(tmp_path, "--format", "json")
    assert json.loads(result.stdout)["changes"] == alone["changes"]
    assert f"compared with commit {departs[:12]}, where change departs from main" in result.stderr
    here = CliRunner().invoke(main, ["--project", str(tmp_path), "review", "main", "--format", "text"])
    assert "dose" not in here.stdout
    assert json.loads(result.stdout)["base"] == f"where change departs from main ({departs[:12]})"
    unrelated = git(tmp_path, "commit-tree", "-m", "alone", "HEAD^{tree}").strip()
    refused = CliRunner().invoke(main, ["--project", str(tmp_path), "review", unrelated])
    assert refused.exit_code == 2
    assert "share no commit" in refused.stderr


@pytest.mark.slow
def test_the_rehearsal_gives_comment_and_pages(tmp_path: Path) -> None:
    """As the workflow runs it: `.ci/review` in a clone."""
    make_small_project(tmp_path)
    shutil.copytree(PROJECT / ".ci", tmp_path / ".ci")
    shutil.copy(PROJECT / ".gitignore", tmp_path)
    python = tmp_path / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', "utf-8")
    python.chmod(0o755)
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "content", "docs", "README.md", "mkdocs.yml")
    git(tmp_path, "commit", "--quiet", "-m", "before")
    (tmp_path / "docs/about.md").write_text("# About\n\nIt is about nothing.\n", "utf-8")
    record = tmp_path / "content/practice/dosing.yaml"
    record.write_text(record.read_text("utf-8").replace("name: Dosing", "name: Doses and schedules", 1), "utf-8")
    result = subprocess.run([tmp_path / ".ci/review", "main"], cwd=tmp_path, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "cannot be built" not in result.stdout
    folder = tmp_path / "review"
    assert "It is about nothing." in (folder / "comment.md").read_text("utf-8")
    assert "It is about nothing." in (folder / "after/about/index.html").read_text("utf-8")
    assert "It is about nothing." not in (folder / "before/about/index.html").read_text("utf-8")
    assert "Doses and schedules" in (folder / "comment.md").read_text("utf-8")
    assert (folder / "report.json").is_file()
    page = (folder / "index.html").read_text("utf-8")
    for side, name in (("before", "Dosing"), ("after", "Doses and schedules")):
        assert f'href="{side}/practice/dosing/index.html"' in page
        assert f">{name}</h1>" in (folder / side / "practice/dosing/index.html").read_text("utf-8")


def fields_of(node: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the path of every scalar below data of YAML."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from fields_of(value, (*path, key))
    elif isinstance(node, list | tuple):
        for index, value in enumerate(node):
            yield from fields_of(value, (*path, index))
    else:
        yield path


@pytest.mark.wide
@pytest.mark.parametrize("file", sorted((TESTS / "base/content").rglob("*.yaml")), ids=lambda file: file.stem)
def test_a_change_of_any_value_is_seen(file: Path, tmp_path: Path) -> None:
    """Each scalar of each file, changed by itself: the review shows a change, or names what cannot be read."""
    before, _ = read(TESTS / "base")
    assert before is not None
    shutil.copytree(TESTS / "base/content", tmp_path / "content")
    target = tmp_path / file.relative_to(TESTS / "base")
    data = read_yaml(file.read_bytes()).data

    def plain(value: object) -> object:
        return float(value) if isinstance(value, Decimal) else str(value)

    target.write_text(json.dumps(data, default=plain), "utf-8")
    same, problems = read(tmp_path)
    assert problems == []
    assert make_report(before, same, ("before", "after"), ([], [])).impact == ""
    unseen = []
    for path in fields_of(data):
        changed = json.loads(json.dumps(data, default=plain))
        place = changed
        for key in path[:-1]:
            place = place[key]
        value = place[path[-1]]
        place[path[-1]] = value + 1 if isinstance(value, int | float) else f"{value or ''}x"
        target.write_text(json.dumps(changed), "utf-8")
        after, problems = read(tmp_path)
        report = make_report(before, after, ("before", "after"), ([], problems))
        if not report.impact:
            unseen.append(path)
    assert unseen == []
