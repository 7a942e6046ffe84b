"""The workflows, step by step, outside of GitHub: what they do when all is well, and when it is not."""

import json
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cases import change, git, make_small_project
from click.testing import CliRunner
from ncbi import ESEARCH, ESUMMARY, Reply, World
from rehearsal import IN_PLACE, KEY, Hub, Stage, command_of, make_tools, name_of
from test_proposals import CLAIM, ERROR, as_issue
from test_pubmed import notice, summary
from test_workflows import FILES, FOLDER, each_workflow, read

from generator.cli import PROJECT, main
from generator.review.formats import MARKER

SECURITY = PROJECT / "docs/security.md"
NAME = {"edit": "content/practice/dosing.yaml", "replace": "name: Dosing", "with": "name: Measures"}
DOSE = {"edit": "content/practice/dosing.yaml", "replace": "2 g/kg", "with": "3 g/kg"}


class Theatre:
    """A bare repository of the small guideline, and stages on which workflows run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.work = folder / "work"
        self.work.mkdir()
        make_small_project(self.work)
        for name in (".ci", ".github/workflows"):
            shutil.copytree(PROJECT / name, self.work / name)
        git(self.work, "init", "--quiet")
        self.commit("main")
        git(folder, "clone", "--quiet", "--bare", str(self.work), "bare.git")
        git(self.work, "remote", "add", "origin", str(folder / "bare.git"))
        make_tools(folder)
        self.hub = Hub(folder / "bare.git")
        self.pubmed = World()
        threading.Thread(target=self.pubmed.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def close(self) -> None:
        self.hub.close()
        self.pubmed.shutdown()
        self.pubmed.server_close()

    def commit(self, words: str) -> None:
        git(self.work, "add", "--all", "--force")
        git(self.work, "commit", "--quiet", "--allow-empty", "-m", words)

    def branch(self, name: str, *edits: dict[str, str]) -> None:
        """Push a branch with some edits, and have a pull request from it."""
        git(self.work, "checkout", "--quiet", "-b", name, "main")
        for edit in edits:
            change(edit, self.work)
        self.commit(name)
        git(self.work, "push", "--quiet", "origin", name)
        git(self.work, "checkout", "--quiet", "main")
        self.hub.opened("main", name)

    def push(self, *edits: dict[str, str], tag: str = "") -> None:
        """Push to the main branch, and a tag."""
        for edit in edits:
            change(edit, self.work)
        self.commit("main goes on")
        git(self.work, "push", "--quiet", "origin", "main")
        if tag:
            git(self.work, "tag", tag)
            git(self.work, "push", "--quiet", "origin", tag)

    def generator(self, *arguments: str) -> None:
        """Run a command of the generator where the main branch is worked on."""
        result = CliRunner().invoke(main, ["--project", str(self.work), *arguments])
        assert result.exit_code == 0, result.output

    def stage(self, event: str, ref: str = "main") -> Stage:
        folder = self.folder / f"stage-{len(list(self.folder.glob('stage-*')))}"
        folder.mkdir()
        shutil.copytree(self.folder / "bin", folder / "bin")
        (folder / "home").mkdir()
        return Stage(folder, self.hub, event, ref, {"PUBMED": self.pubmed.address, "DOIS": self.pubmed.address})


@pytest.fixture
def theatre(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Theatre]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    theatre = Theatre(tmp_path)
    yield theatre
    theatre.close()


def content(theatre: Theatre) -> list[Stage]:
    """A pull request that gives a record another name, one that breaks a record, and a push."""
    theatre.branch("name", NAME)
    good = theatre.stage("pull_request")
    assert good.rehearse("content.yml") == {"check": "success", "test": "success", "review": "success"}, good.jobs
    assert [step.name for step in good.jobs["test"]].count("Quick tests") == 4  # one for each Python
    packed = theatre.hub.artifact("content")
    assert packed.read("pull-request.json") == b'{"number": 7}\n'
    assert b"name: Measures" in packed.read("content/practice/dosing.yaml")
    review = theatre.hub.artifact("review")
    assert "Highest impact: Dose" in review.read("comment.md").decode()
    assert {"index.html", "before/index.html", "after/index.html"} <= {*review.namelist()}

    theatre.branch("broken", {**DOSE, "with": "<b>"})
    broken = theatre.stage("pull_request")
    assert broken.rehearse("content.yml", ["check", "review"]) == {"check": "failure", "review": "failure"}
    said = broken.said("check", "Problems of the content, as annotations")
    assert "::error file=content/practice/dosing.yaml,line=" in said
    assert [step.ended for step in broken.jobs["check"]][-3:] == ["skipped"] * 3
    assert "problem" in theatre.hub.artifact("review").read("comment.md").decode()  # which is left all the same

    pushed = theatre.stage("push")
    assert pushed.rehearse("content.yml") == {"check": "success", "test": "success", "review": "skipped"}
    return [good, broken, pushed]


BUILDS = "What changes in medicine, with the pages before and after"


def comment(theatre: Theatre) -> list[Stage]:
    """The comment on what a pull request hands in; nothing where that is not its content, or its check left nothing."""
    theatre.branch("dose", DOSE)
    silent = theatre.stage("workflow_run")
    assert silent.rehearse("comment.yml") == {"comment": "failure"}
    assert "left no artifact named content" in silent.said("comment", "Download the artifact as one file")

    theatre.stage("pull_request").rehearse("content.yml", ["review"], without=[BUILDS])
    good = theatre.stage("workflow_run")
    assert good.rehearse("comment.yml") == {"comment": "success"}, good.jobs
    (written,) = theatre.hub.comments
    assert written["body"].startswith(MARKER)
    assert "Highest impact: Dose" in written["body"]
    assert theatre.hub.labels == {"content", "impact: dose"}

    other = theatre.hub.commit("dose")
    theatre.branch("forged", {**DOSE, "with": "4 g/kg"})  # its newest commit is another than what was handed in
    forged = theatre.stage("workflow_run")
    assert theatre.hub.pull["head"]["sha"] != other
    assert forged.rehearse("comment.yml") == {"comment": "failure"}
    assert "the content handed in is not that of the commit" in forged.said("comment", "Comment and label")
    assert len(theatre.hub.comments) == 1
    return [silent, good, forged]


def evidence(theatre: Theatre) -> list[Stage]:
    """A retraction that PubMed shows is told in one issue, kept week by week and closed when it is recorded alone."""
    theatre.pubmed.knows(summary("111"), summary("222", **notice("Retraction in")))
    first = theatre.stage("schedule")
    assert first.rehearse("evidence.yml") == {"evidence": "failure"}  # so that whoever watches it is told
    assert "'retracted' in PubMed" in first.said("evidence", "Sources that PubMed describes otherwise")
    assert {form.get("api_key") for form in theatre.pubmed.forms} == {KEY}
    (issue,) = theatre.hub.issues
    assert (issue["number"], issue["state"]) == (1, "open")
    assert "PMID 222" in issue["body"]
    theatre.pubmed.knows(summary("111"), summary("222", **notice("Expression of concern in")))
    second = theatre.stage("schedule")
    second.rehearse("evidence.yml")
    assert len(theatre.hub.issues) == 1
    body = theatre.hub.issues[0]["body"]
    assert (": retracted" in body, ": concern" in body) == (False, True)

    theatre.push(DOSE)  # a problem of the content, with which nothing is said of what would change
    unclean = theatre.stage("schedule")
    assert unclean.rehearse("evidence.yml") == {"evidence": "failure"}
    assert "figure-in-passage" in unclean.said(
        "evidence", "What would change if those fell that are retracted or under a concern"
    )
    assert [(issue["state"], issue["body"]) for issue in theatre.hub.issues] == [("open", body)]
    theatre.push({**DOSE, "replace": DOSE["with"], "with": DOSE["replace"]})

    recorded = "state: concern, checked_on: 2026-01-01, notices: ['333']"
    file = "content/references/222.yaml"
    theatre.push({"edit": file, "replace": "state: unchecked, checked_on: null", "with": recorded})
    third = theatre.stage("schedule")
    third.rehearse("evidence.yml")
    assert [issue["state"] for issue in theatre.hub.issues] == ["closed"], third.jobs

    theatre.pubmed.answers(ESUMMARY, Reply(404))
    silent = theatre.stage("schedule")
    assert silent.rehearse("evidence.yml") == {"evidence": "failure"}
    assert len(theatre.hub.issues) == 1
    return [first, second, unclean, third, silent]


def links(theatre: Theatre) -> list[Stage]:
    """DOIs that are found, and one that is lost."""
    for doi in ("111", "222"):
        theatre.pubmed.answers(f"/10.1000/{doi}", Reply())
    found = theatre.stage("schedule")
    theatre.pubmed.answers("/10.1000/awaited", Reply())
    assert found.rehearse("links.yml") == {"links": "success"}, found.jobs
    theatre.pubmed.answers("/10.1000/222", Reply(404))
    lost = theatre.stage("schedule")
    assert lost.rehearse("links.yml") == {"links": "failure"}
    assert "https://doi.org/10.1000/222" in lost.said("links", "DOIs that lead nowhere")
    return [found, lost]


def news(theatre: Theatre) -> list[Stage]:
    """A paper that nothing here cites is told in one issue, which closes when it was looked through."""
    watch = "watch: {query: elixir}\nanswers_required: false"
    theatre.push({"edit": "content/profile.yaml", "replace": "answers_required: false", "with": watch})
    found = {"esearchresult": {"count": "2", "idlist": ["111", "901"]}}
    theatre.pubmed.answers(ESEARCH, Reply(body=json.dumps(found).encode()))
    theatre.pubmed.knows(summary("901", title="Lamps in pemphigus."))
    first = theatre.stage("schedule")
    assert first.rehearse("news.yml") == {"news": "success"}, first.jobs
    assert {form.get("api_key") for form in theatre.pubmed.forms} == {KEY}
    (issue,) = theatre.hub.issues
    assert "Lamps in pemphigus." in issue["body"]
    theatre.stage("schedule").rehearse("news.yml")
    assert len(theatre.hub.issues) == 1

    theatre.generator("news", "--write", "--server", theatre.pubmed.address)
    theatre.push()
    theatre.stage("schedule").rehearse("news.yml")
    assert [issue["state"] for issue in theatre.hub.issues] == ["closed"]

    theatre.pubmed.answers(ESEARCH, Reply(404))
    silent = theatre.stage("schedule")
    assert silent.rehearse("news.yml") == {"news": "failure"}
    assert len(theatre.hub.issues) == 1
    return [first, silent]


def proposal(theatre: Theatre) -> list[Stage]:
    """A proposal with the label becomes a pull request; one that does not fit is answered, and nobody else's counts."""

    def rehearse(body: str) -> tuple[Stage, str]:
        stage = theatre.stage("issues")
        stage.body = body
        return stage, stage.rehearse("proposal.yml")["proposal"]

    theatre.hub.permission = "read"
    stranger, ended = rehearse(as_issue(CLAIM))
    assert ended == "failure"
    assert [step.ended for step in stranger.jobs["proposal"]].count("success") == 1  # the checkout
    theatre.hub.permission = "write"

    good, ended = rehearse(as_issue(CLAIM))
    assert ended == "success", good.jobs
    (opened,) = theatre.hub.proposed
    assert (opened["head"], opened["title"]) == ("proposal-7", "Proposal of issue #7")
    assert git(theatre.hub.bare, "diff", "--name-only", "main", "proposal-7") == "content/indications/pemphigus.yaml\n"
    assert [comment["body"] for comment in theatre.hub.comments] == [opened["body"]]

    bad, ended = rehearse("$(touch x) `touch x` ${{ github.token }}")
    assert ended == "failure"
    assert len(theatre.hub.proposed) == 1
    assert len(theatre.hub.comments) == 2

    report, ended = rehearse(as_issue(ERROR))
    assert ended == "failure"
    assert len(theatre.hub.proposed) == 1
    assert theatre.hub.comments[-1]["body"].startswith("This reports an error. Nothing is changed:")
    return [stranger, good, bad, report]


def sums_in(text: str) -> dict[str, str]:
    """Return the checksum of each file of a list of them, by its name."""
    return {name: sum_ for sum_, name in (line.split("  ") for line in text.splitlines())}


def release(theatre: Theatre) -> list[Stage]:
    """A tag that is the recorded version makes a release of the files and their checksums; another makes nothing."""
    checks = ("build", "The tag is the version in content/guideline.yaml")
    for tag, says, edits in (
        ("v9.9.9", "record its changes before it is released", [NAME]),
        ("v9.9.8", "the tag is not v1.0.0", []),
    ):
        theatre.push(*edits, tag=tag)
        refused = theatre.stage("push", tag)
        assert refused.rehearse("release.yml") == {"build": "failure", "release": "skipped"}
        assert says in refused.said(*checks)
        assert theatre.hub.releases == []
        theatre.generator("record-changes", "--again")

    theatre.push(tag="v1.0.0")
    named = theatre.stage("push", "v1.0.0")
    assert named.rehearse("release.yml") == {"build": "success", "release": "success"}, named.jobs
    (made,) = theatre.hub.releases
    assert made["tag_name"] == made["title"] == "v1.0.0"
    attested = sums_in(named.said("release", "actions/attest-build-provenance"))
    assert made["files"] == attested
    summed = sums_in(theatre.hub.artifact("release").read("SHA256SUMS").decode())
    assert summed == {name: sum_ for name, sum_ in attested.items() if name != "SHA256SUMS"}
    assert "ivig-dermatology-offline.zip" in attested
    return [named]


def site(theatre: Theatre) -> list[Stage]:
    """What is pushed is built and deployed."""
    pushed = theatre.stage("push")
    assert pushed.rehearse("site.yml") == {"build": "success", "deploy": "success"}
    return [pushed]


REHEARSALS: dict[str, Callable[[Theatre], list[Stage]]] = {
    "comment.yml": comment,
    "content.yml": content,
    "evidence.yml": evidence,
    "links.yml": links,
    "news.yml": news,
    "proposal.yml": proposal,
    "release.yml": release,
    "site.yml": site,
}


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=pytest.mark.slow if name == "content.yml" else pytest.mark.wide) for name in REHEARSALS],
)
def test_every_step_of_a_workflow_runs_in_its_rehearsal(name: str, theatre: Theatre) -> None:
    stages = REHEARSALS[name](theatre)
    ran = {
        (id_, step.name)
        for stage in stages
        for id_, steps in stage.jobs.items()
        for step in steps
        if step.ended != "skipped"
    }
    asked = {(id_, name_of(step)) for id_, job in read(FOLDER / name)["jobs"].items() for step in job["steps"]}
    assert asked - ran == set()


def test_every_workflow_has_a_rehearsal() -> None:
    assert [file.name for file in FILES] == sorted(REHEARSALS)


def test_what_is_not_rehearsed_is_listed_with_its_reason() -> None:
    """The table in docs/security.md names each stand-in and the workflows in which it stands, and no other."""
    part = SECURITY.read_text("utf-8").partition("{ #not-rehearsed }")[2].partition("\n## ")[0]
    rows = [re.split(r"\s*\|\s*", line.strip("| ")) for line in part.splitlines() if line.startswith("| `")]
    listed = {(step.strip("`"), name) for step, files, *_ in rows for name in re.findall(r"`([a-z]+\.yml)`", files)}
    assert all(len(row) == 4 and all(row) for row in rows)
    stand_ins = {
        (command_of(step), file.name)
        for file in FILES
        for job in read(file)["jobs"].values()
        for step in job["steps"]
        if command_of(step) in IN_PLACE
    }
    assert listed == stand_ins
    assert {command for command, _ in stand_ins} == {*IN_PLACE}


@each_workflow
def test_an_action_has_a_stand_in_and_a_command_none_that_is_quick(file: Path) -> None:
    for job in read(file)["jobs"].values():
        for step in job["steps"]:
            assert "run" in step or command_of(step) in IN_PLACE, f"{file.name}: {command_of(step)}"


@pytest.mark.parametrize(
    "step",
    [
        {"name": "x", "run": "true", "env": {"A": "${{ github.actor }}"}},
        {"name": "x", "run": "true", "if": "${{ always() }}"},
    ],
)
def test_what_the_rehearsal_does_not_know_ends_it(step: dict[str, Any], tmp_path: Path) -> None:
    make_tools(tmp_path)
    git(tmp_path, "init", "--quiet", "--bare", "bare.git")
    hub = Hub(tmp_path / "bare.git")
    stage = Stage(tmp_path, hub, "push", "main")
    stage.jobs["x"] = []
    try:
        with pytest.raises(KeyError):
            stage._job("x", [step], {}, {})
    finally:
        hub.close()
