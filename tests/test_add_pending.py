"""`add --pending`: papers that wait are found or not, and come in with their claims, all files or none."""

import datetime
import fcntl
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cases import TESTS, messages
from click.testing import CliRunner, Result
from ncbi import EFETCH, Reply, World, answer, paper

from generator import write
from generator.cli import main, pending, texts
from generator.cli.trying import try_files

TODAY = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
RECORD = "content/indications/pemphigus.yaml"
WAITING = """# Papers that wait.
sources:

  # the trial
  awaited:
    label: A trial that is awaited
    doi: 10.1000/awaited
    reason: pmid-unconfirmed
    matters_to: [indications/pemphigus]

  by-title:
    label: "Lamps: a review"
    year: 2020
    reason: pmid-unconfirmed
    matters_to: []

  by-place:
    label: "Abel 2020: lamps"
    journal: J Lamps
    year: 2020
    volume: 12
    pages: 77-9
    reason: pmid-unconfirmed
    matters_to: []

  by-pmid:
    label: PMID 704, whose title was not seen
    pmid: "704"
    reason: title-unconfirmed
    matters_to: []

  lost:
    label: Nobody knows it
    doi: 10.1000/lost
    reason: pmid-unconfirmed
    matters_to: []
"""
ABSTRACT = [("RESULTS", "Three of twelve patients healed under lamps. Lamps did not raise the rate of relapse.")]
PAPERS = {
    "701": paper("701", doi="10.1000/AWAITED", abstract=ABSTRACT, pages="1-9"),
    "702": paper("702", title="LAMPS - a Review.", pages="10-19"),
    "703": paper("703", title="Lamps again."),
    "704": paper("704", title="Lamps at last.", pages="20-29"),
    "709": paper("709", title="Something else."),
}
FOUND = {
    '"10.1000/awaited"[doi]': ["701", "709"],
    "lamps a review[title]": ["709", "702"],
    "j lamps[journal] AND 12[volume] AND 77[page]": ["701", "703"],
}
PREPARED = """sources:
  awaited: {design: cohort, species: human, participants: 12, read: abstract}
claims:

  indications/pemphigus#healed-under-lamps:  # ready
    kind: efficacy
    text: Under lamps 3 of 12 patients healed.
    cites:
      - {pmid: awaited, from: Three of twelve, to: under lamps}
    data: {type: proportion, outcome: healing, events: 3, of: 12, unit: patients}
"""
Run = Callable[..., Result]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(TESTS / "base/content", tmp_path / "project/content")
    (tmp_path / "project/content/pending.yaml").write_text(WAITING, "utf-8")
    return tmp_path / "project"


@pytest.fixture
def run(project: Path, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setattr(texts, "sleep", lambda seconds: None)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    world.holds(PAPERS, FOUND)

    def invoke(*arguments: str, claims: str | None = None) -> Result:
        options = list(arguments)
        if claims is not None:
            (tmp_path / "prepared.yaml").write_text(claims, "utf-8")
            options += ["--claims", str(tmp_path / "prepared.yaml")]
        command = ["--project", str(project), "add", "--server", world.address, *options]
        return CliRunner().invoke(main, command, catch_exceptions=False)

    return invoke


def snapshot(project: Path) -> dict[str, bytes]:
    files = (path for path in project.rglob("*") if path.is_file())
    return {path.relative_to(project).as_posix(): path.read_bytes() for path in files}


def edit(file: Path, old: str, new: str) -> None:
    assert old in file.read_text("utf-8")
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")


# what is found


def test_each_paper_is_looked_up_and_nothing_is_written_unasked(run: Run, project: Path, world: World) -> None:
    before = snapshot(project)
    result = run("--pending")
    assert result.exit_code == 1
    assert [line.partition(": PMID")[0] for line in result.stdout.splitlines()] == [
        "found by its DOI: awaited",
        "found by its title: by-title",
        "found by its place in the journal: by-place",
        "found by its PMID: by-pmid",
        "comes in: awaited",
        "comes in: by-title",
        "comes in: by-place",
        "comes in: by-pmid",
        "left: lost: not found in PubMed",
    ]
    assert (
        "found by its title: by-title: PMID 702: 'LAMPS - a Review', 'J Lamps' 2020, DOI '10.1000/702'" in result.stdout
    )
    assert result.stderr == (
        "5 papers waiting: 4 found, 0 claims with them, 1 left; nothing was written: `--write` takes them in\n"
    )
    assert snapshot(project) == before
    assert "lamps abel 2020[title]" not in [form.get("term") for form in world.forms]


@pytest.mark.parametrize(
    ("papers", "found", "said"),
    [
        ({"701": paper("701", doi="10.1000/other")}, FOUND, "left: awaited: not found in PubMed"),
        ({"702": paper("702", title="Lamps: a review", date="<Year>2019</Year>")}, FOUND, "left: by-title: not found"),
        (
            {"702": PAPERS["702"], "705": paper("705", title="Lamps, a review")},
            {"lamps a review[title]": ["702", "705"]},
            "left: by-title: 2 records of PubMed by its title:\n  PMID 702: 'LAMPS - a Review', 'J Lamps' 2020, DOI",
        ),
        ({"703": paper("703", volume="13")}, FOUND, "left: by-place: not found in PubMed"),
        ({"703": paper("703", pages="78-79")}, FOUND, "left: by-place: not found in PubMed"),
        ({"703": paper("703", date="<Year>2019</Year>")}, FOUND, "left: by-place: not found in PubMed"),
        ({"703": paper("703", journal="X", medline_ta="X")}, FOUND, "left: by-place: not found in PubMed"),
        ({}, FOUND, "left: by-pmid: not found in PubMed"),
        ({"704": paper("704", kinds=["Published Erratum"])}, {}, "left: by-pmid: PMID 704: it is itself a notice"),
    ],
    ids=range(9),
)
def test_what_does_not_say_what_is_known_is_not_the_paper(
    papers: dict[str, str], found: dict[str, list[str]], said: str, run: Run, world: World
) -> None:
    world.holds(papers, found)
    result = run("--pending")
    assert (result.exit_code, said in result.stdout) == (1, True), result.output


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('pmid: "704"', 'pmid: "704"\n    doi: 10.1000/x', "its DOI is 10.1000/x here and 10.1000/704 in PubMed"),
        ('pmid: "704"', 'pmid: "704"\n    year: 2018', "its year is 2018 here and 2020 in PubMed"),
        ('pmid: "704"', 'pmid: "702"', "PMID 702 was found for `by-title` too"),
    ],
)
def test_what_contradicts_what_is_known_is_left(old: str, new: str, said: str, run: Run, project: Path) -> None:
    edit(project / "content/pending.yaml", old, new)
    assert f"left: by-pmid: {said}" in run("--pending").stdout


# what is written


def test_those_that_were_found_come_in_with_their_claims(run: Run, project: Path, tmp_path: Path) -> None:
    edit(project / "content/searches.yaml", "awaited]", "awaited, by-title]")
    before = snapshot(project)
    result = run("--pending", "--write", claims=PREPARED)
    assert result.exit_code == 1, result.output
    assert "claim comes in: indications/pemphigus#healed-under-lamps\n" in result.stdout
    after = snapshot(project)
    new = {f"content/references/{pmid}.yaml" for pmid in ("701", "702", "703", "704")}
    assert after.keys() - before.keys() == new
    assert {file for file in before if before[file] != after[file]} == {
        "content/pending.yaml",
        "content/searches.yaml",
        RECORD,
        "content/passages.lock.json",
    }
    assert f"{len(new) + 4} files written\n" in result.stdout
    assert (
        after["content/pending.yaml"].decode()
        == WAITING[: WAITING.index("  # the trial")] + (WAITING[WAITING.index("  lost:") :])
    )
    assert b'kept: ["111", "701", "702"]' in after["content/searches.yaml"]
    assert after[RECORD] == before[RECORD].rstrip() + (
        b"\n\n  healed-under-lamps:  # ready\n    kind: efficacy\n    text: Under lamps 3 of 12 patients healed.\n"
        b'    cites:\n      - {pmid: "701", from: Three of twelve, to: under lamps}\n'
        b"    data: {type: proportion, outcome: healing, events: 3, of: 12, unit: patients}\n"
    )
    (row,) = [row for row in json.loads(after["content/passages.lock.json"])["passages"] if row["pmid"] == "701"]
    assert (row["figures"], row["via"], row["checked_on"]) == (["3", "12"], "text", TODAY)
    assert row["cited_by"] == ["indications/pemphigus#healed-under-lamps"]
    reference = after["content/references/701.yaml"].decode()
    assert "\ndesign: cohort\n" in reference
    assert "\nparticipants: 12\nread: abstract\nretraction: {state: none-found" in reference
    assert "To be confirmed" not in reference
    assert (len([*(tmp_path / "cache").rglob("*.txt")]), [*project.rglob("*.txt")]) == (4, [])
    left = [line for line in messages(project) if "/701.yaml" in line or RECORD in line]
    assert left == []


def test_what_awaits_a_paper_awaits_it_no_more(run: Run, project: Path) -> None:
    edit(
        project / "content/pathway.yaml",
        "    label: Stop\n",
        "    label: Stop\n    awaits:\n      - awaited\n      - lost\n",
    )
    run("--pending", "--write")
    assert b"awaits: [lost]\n" in (project / "content/pathway.yaml").read_bytes()


def test_the_last_paper_leaves_an_empty_list(run: Run, project: Path) -> None:
    start = WAITING.index("  lost:")
    (project / "content/pending.yaml").write_text(WAITING[:start], "utf-8")
    result = run("--pending", "--write", claims=PREPARED)
    assert result.exit_code == 0, result.output
    assert (project / "content/pending.yaml").read_text("utf-8").endswith("sources: {}\n\n")
    again = run("--pending", claims=PREPARED)
    assert (again.exit_code, again.stdout) == (0, "")


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("from: Three of twelve", "from: Four of twelve", "PMID 701: the first words stand 0 times in the text"),
        ("to: under lamps", "to: under the moon", "PMID 701: the last words do not follow the first"),
        ("3 of 12 patients healed.", "4 of 12 patients healed.", "[figure-in-passage]"),
        ("events: 3,", "events: 13,", "[quantity-agrees]"),
        ("kind: efficacy", "kind: nothing-known", "[term-in-vocabulary]"),
        ("text: Under", "text: '`Under`", None),
        (
            "Under lamps 3 of 12 patients healed.",
            "Three of twelve patients healed under lamps. Lamps did not.",
            "words in a row",
        ),
        ("pmid: awaited", "pmid: lost", "its paper does not come in: lost"),
        ("indications/pemphigus#", "indications/nowhere#", "there is no such record"),
        ("{pmid: awaited,", '{pmid: "111",', "PMID 111: its passage is not locked"),
        ("    cites:\n      - {pmid: awaited, from: Three of twelve, to: under lamps}\n", "", "[cites-pmid]"),
    ],
    ids=range(11),
)
def test_a_claim_that_does_not_fit_is_named_and_left(
    old: str, new: str, why: str | None, run: Run, project: Path
) -> None:
    assert old in PREPARED
    claims = PREPARED.replace(old, new)
    before = snapshot(project)
    result = run("--pending", "--write", claims=claims)
    assert result.exit_code == 1
    if why is None:
        assert "yaml-syntax" in result.stderr
        assert snapshot(project) == before
        return
    (line,) = [line for line in result.stdout.splitlines() if line.startswith("left: indications/")]
    assert why in line
    assert (project / RECORD).read_bytes() == before[RECORD]
    assert (project / "content/passages.lock.json").read_bytes() == before["content/passages.lock.json"]
    assert (project / "content/references/701.yaml").is_file()


@pytest.mark.parametrize(
    ("claims", "said"),
    [
        ("claims: {x: {}}", "id-form"),
        ("claims: [1]", "wrong-type"),
        ("- 1", "wrong-type"),
        ("{", "yaml-syntax"),
        ("sources: {awaited: {design: rct}}", "missing-key"),
        ("lamps: 1", "unknown-key"),
        (PREPARED.replace("pmid: awaited", "pmid: 123456789"), "pmid-form"),
        (PREPARED.replace("text:", "txet:"), "unknown-key"),
        ("a: &b 1", "yaml-reference"),
        ("x: \u202e", "yaml-characters"),
    ],
    ids=range(10),
)
def test_a_file_of_claims_that_cannot_be_read_is_a_problem_with_its_line(
    claims: str, said: str, run: Run, project: Path, world: World
) -> None:
    before = snapshot(project)
    result = run("--pending", "--write", claims=claims)
    assert (result.exit_code, result.stdout, world.asked, snapshot(project)) == (1, "", [], before)
    assert "prepared.yaml:" in result.stderr
    assert f"[{said}]" in result.stderr


def test_a_paper_that_the_rules_refuse_is_left_with_its_claims(run: Run, project: Path, world: World) -> None:
    world.holds(PAPERS | {"701": paper("701", title="Source 111.", doi="10.1000/AWAITED", abstract=ABSTRACT)}, FOUND)
    result = run("--pending", "--write", claims=PREPARED)
    assert "left: awaited: content/references/701.yaml:" in result.stdout
    assert "[paper-unique]" in result.stdout
    assert "left: indications/pemphigus#healed-under-lamps: its paper does not come in\n" in result.stdout
    assert not (project / "content/references/701.yaml").exists()
    assert (project / "content/references/702.yaml").is_file()
    assert b"  awaited:" in (project / "content/pending.yaml").read_bytes()


KNOWN = """claims:
  indications/pemphigus#told-otherwise:
    kind: efficacy
    text: A response was seen in 8 of 10 patients.
    cites:
      - {pmid: "111", from: Of ten patients, to: eight responded}
    data: {type: proportion, outcome: response, events: 8, of: 10, unit: patients}
"""


def test_a_claim_whose_sources_are_here_comes_in_without_a_new_one(run: Run, project: Path) -> None:
    (project / "content/pending.yaml").write_text("sources: {}\n", "utf-8")
    edit(project / "content/searches.yaml", ", awaited]", "]")
    result = run("--pending", "--write", claims=KNOWN)
    assert (result.exit_code, "2 files written\n" in result.stdout) == (0, True), result.output
    assert result.stdout.startswith("claim comes in: indications/pemphigus#told-otherwise\n")
    assert b"  told-otherwise:\n" in (project / RECORD).read_bytes()
    assert b"indications/pemphigus#told-otherwise" in (project / "content/passages.lock.json").read_bytes()


def test_a_claim_whose_sources_are_here_is_tried_as_any_other(run: Run, project: Path) -> None:
    (project / "content/pending.yaml").write_text("sources: {}\n", "utf-8")
    result = run("--pending", "--write", claims=KNOWN.replace("events: 8", "events: 7"))
    assert (result.exit_code, "[quantity-agrees]" in result.stdout) == (1, True), result.output
    assert b"told-otherwise" not in (project / RECORD).read_bytes()


def test_a_source_that_does_not_wait_is_named_with_its_line(run: Run, project: Path, tmp_path: Path) -> None:
    result = run("--pending", claims="sources:\n  awiated: {design: cohort, species: human, read: abstract}\n")
    assert (result.exit_code, "comes in: awaited: PMID 701\n" in result.stdout) == (1, True)
    assert (
        f"left: awiated: {tmp_path}/prepared.yaml:2: no paper that waits is named `awiated`: mistyped, or it came in. "
        "Did you mean `awaited`?\n"
    ) in result.stdout


def test_a_claim_of_a_paper_that_does_not_wait_stops_no_other(run: Run, project: Path, tmp_path: Path) -> None:
    gone = PREPARED.partition("claims:\n")[2].replace("healed-under", "gone-under").replace("awaited", "gone")
    result = run("--pending", "--write", claims=PREPARED + gone)
    assert "claim comes in: indications/pemphigus#healed-under-lamps\n" in result.stdout
    line = (PREPARED + gone).count("\n", 0, (PREPARED + gone).index("{pmid: gone")) + 1
    said = f"gone-under-lamps: {tmp_path}/prepared.yaml:{line}: no paper that waits is named `gone`"
    assert f"left: indications/pemphigus#{said}" in result.stdout
    assert b"healed-under-lamps" in (project / RECORD).read_bytes()
    assert b"gone-under-lamps" not in (project / RECORD).read_bytes()


# all or nothing


@pytest.mark.parametrize("name", ["content/passages.lock.json", RECORD, "content/references/701.yaml"])
def test_what_another_process_changed_meanwhile_is_not_written_over(
    name: str, run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = (project / name).read_bytes() + b"\n" if (project / name).is_file() else b"name: of another\n"

    def meanwhile(*arguments: Any) -> Any:
        tried = try_files(*arguments)
        (project / name).write_bytes(other)
        return tried

    monkeypatch.setattr(pending, "try_files", meanwhile)
    before = snapshot(project)
    result = run("--pending", "--write", claims=PREPARED)
    assert (result.exit_code, snapshot(project)) == (2, {**before, name: other})
    assert f"error: {name} was changed meanwhile by somebody else; nothing was written\n" in result.stderr


def test_nobody_else_writes_while_papers_come_in(run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = []

    def take_in(*arguments: Any) -> None:
        descriptor = os.open(project / ".cache/writing", os.O_RDONLY)
        with pytest.raises(BlockingIOError):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.close(descriptor)
        tried.append(True)
        write.write_together(*arguments)

    monkeypatch.setattr(pending, "write_together", take_in)
    run("--pending", "--write", claims=PREPARED)
    assert (tried, (project / "content/references/701.yaml").is_file()) == ([True], True)


def test_a_file_that_cannot_be_written_takes_back_the_others(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = snapshot(project)
    replace = Path.replace

    def fail_late(self: Path, target: Path) -> Path:
        if target.name == "passages.lock.json":
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail_late)
    result = run("--pending", "--write", claims=PREPARED)
    assert result.exit_code == 2
    assert "No space left on device; nothing was written" in result.stderr
    monkeypatch.undo()
    assert snapshot(project) == before


def test_a_file_that_a_program_cannot_change_stops_all(run: Run, project: Path) -> None:
    rest = "reason: pmid-unconfirmed, matters_to: []"
    awaited, lost = f"{{label: x, doi: 10.1000/awaited, {rest}}}", f"{{label: y, {rest}}}"
    flow = f"{{sources: {{awaited: {awaited},\n # of the next\n lost: {lost}}}}}\n"
    (project / "content/pending.yaml").write_text(flow, "utf-8")
    before = snapshot(project)
    result = run("--pending", "--write")
    assert result.exit_code == 1
    assert "a comment stands between what is in brackets: change it by hand; nothing was" in result.stderr
    assert snapshot(project) == before


@pytest.mark.parametrize("reply", [Reply(500), Reply(body=b"<html>"), Reply(body=answer("&x;"))], ids=range(3))
def test_without_an_answer_nothing_is_written(reply: Reply, run: Run, project: Path, world: World) -> None:
    world.answers(EFETCH, reply)
    before = snapshot(project)
    result = run("--pending", "--write", claims=PREPARED)
    assert (result.exit_code, snapshot(project)) == (2, before)
    assert result.stderr.startswith("error: PubMed")


def test_content_that_cannot_be_read_is_not_written_over(run: Run, project: Path, world: World) -> None:
    (project / "content/passages.lock.json").write_text("{", "utf-8")
    before = snapshot(project)
    result = run("--pending", "--write")
    assert (result.exit_code, world.asked, snapshot(project)) == (1, [], before)
    assert "lock-form" in result.stderr


@pytest.mark.parametrize(
    "arguments", [(), ("777", "--pending"), ("777", "--write"), ("777", "--claims", __file__)], ids=range(4)
)
def test_a_source_or_all_that_wait(arguments: tuple[str, ...], run: Run, world: World) -> None:
    result = run(*arguments)
    assert (result.exit_code, world.asked) == (2, [])
    assert "name a PMID or a DOI, or --pending with what belongs to it" in result.stderr


def test_files_are_written_together_or_not(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "d").mkdir()
    with pytest.raises(OSError, match="d"):
        write.write_together(tmp_path, {"a": b"new", "b/c": b"new", "d": b"new"})
    assert {path.name: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == {"a": b"old"}
    write.write_together(tmp_path, {"a": b"new", "b/c": b"new"})
    assert ((tmp_path / "a").read_bytes(), (tmp_path / "b/c").read_bytes()) == (b"new", b"new")
