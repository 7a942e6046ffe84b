"""What a review found, as a file and as a commit: it counts where it fits the content, and touches nothing else."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from cases import TESTS, git
from comparing import FILE, ORCID, OTHER, RECORD, RULE, content, fake, kept, run
from desking import AGREED, TODAY, read_through, session_of

from generator import check, load
from generator.cli.desk import _kept
from generator.cli.desk_results import NotCommittedError, apply_sent
from generator.desk.sent import Sent, SentError, comparisons_with, from_bytes, to_bytes, with_standing
from generator.evidence.comparisons import hash_now
from generator.guideline import Guideline
from generator.model import Review
from generator.write import WriteError


@pytest.fixture
def project(desk_project: Path) -> Path:
    return desk_project


def sent_of(project: Path) -> Sent:
    session = session_of(project)
    read_through(session)
    return session.end(AGREED, TODAY)


@pytest.fixture(scope="module")
def whole(locked_desk: Path) -> bytes:
    """A review of all, as a file to send."""
    return to_bytes(sent_of(locked_desk))


def test_a_file_that_was_sent_is_taken_in_once_and_by_the_same_rules(project: Path, tmp_path: Path) -> None:
    sent = sent_of(project)
    file = tmp_path / "review.json"
    file.write_bytes(to_bytes(sent))
    result = run(project, "desk", "--take", str(file))
    assert result.exit_code == 0, result.output
    assert f"{RECORD} is reviewed by {ORCID}" in result.output
    assert (content(project).records[RECORD].standing.reviewed_on, len(kept(project))) == (TODAY, 14)  # type: ignore[union-attr]


def row(document: dict, at: int = -1) -> dict:  # type: ignore[type-arg]
    return document["found"][at]  # type: ignore[no-any-return]


DOSE = "practice/dosing#usual"


def base() -> Guideline:
    """The small guideline, in which a claim of another record is as it is in the project."""
    guideline, problems = load.load_guideline(TESTS / "base")
    assert guideline is not None, problems
    return guideline


FORGED = {
    "no JSON": lambda d: "no JSON",
    "nested": lambda d: "[" * 100_000,
    "another format": lambda d: d.update(desk=2),
    "a key of its own": lambda d: d.update(extra=1),
    "another record": lambda d: d.update(record="practice/dosing"),
    "no record": lambda d: d.update(record="practice/none"),
    "a path": lambda d: d.update(record="../../etc/passwd"),
    "later than today": lambda d: json.dumps(d).replace(str(TODAY), "2999-01-01"),
    "another fingerprint": lambda d: d.update(sha256="0" * 64),
    "a claim of another record": lambda d: row(d).update(claim=DOSE, sha256=hash_now(DOSE, base())),
    "a claim twice": lambda d: d["found"].append(row(d)),
    "a claim with another hash": lambda d: row(d).update(sha256="0" * 64),
    "a claim by another": lambda d: row(d).update(by=OTHER),
    "a claim on another day": lambda d: row(d).update(on="2026-01-19"),
    "an ORCID iD with a wrong digit": lambda d: d.update(by=ORCID[:-1] + "8"),
    "a name in its place": lambda d: d.update(by="Dr Abel"),
    "a reason for nothing": lambda d: row(d).update(differs=[{"rule": RULE, "what": "x", "because": "y"}]),
    "a verdict that is none": lambda d: row(d).update(verdict="perfect"),
    "a note with a line": lambda d: row(d).update(note="a\nb"),
    "a note that turns": lambda d: row(d).update(note="a \u202e b"),
    "a note that is long": lambda d: row(d).update(note="a" * 301),
    "interests with markup": lambda d: d.update(interests="<script>alert(1)</script>"),
    "interests that turn": lambda d: d.update(interests="no\u202ene"),
    "nothing found": lambda d: d.update(found=[]),
}


@pytest.mark.parametrize("what", FORGED)
def test_a_file_that_does_not_fit_is_refused_and_nothing_is_written(
    what: str, project: Path, whole: bytes, tmp_path: Path
) -> None:
    document = json.loads(whole)
    text = FORGED[what](document) or json.dumps(document)
    before = {path: path.read_bytes() for path in (project / "content").rglob("*") if path.is_file()}
    file = tmp_path / "review.json"
    file.write_text(text, "utf-8")
    result = run(project, "desk", "--take", str(file))
    assert (result.exit_code, "nothing was written" in result.output) == (2, True), result.output
    assert "Traceback" not in result.output
    assert {path: path.read_bytes() for path in (project / "content").rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    "forge",
    [
        lambda one: one["differs"].append(one["differs"][0]),
        lambda one: one["differs"].clear(),
        lambda one: one["differs"][0].update(what="says something else"),
        lambda one: one.update(verdict="unclear"),
    ],
    ids=["twice", "none", "of another", "of what is not agreed to"],
)
def test_a_file_has_one_reason_for_each_difference_that_the_rules_find(
    forge: Callable[[dict[str, Any]], None], project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = f"{RECORD}#a-rose"
    monkeypatch.setitem(check.RULES, RULE, fake({id_: ["says maybe"]}))
    document = json.loads(to_bytes(sent_of(project)))
    comparisons_with(from_bytes(json.dumps(document).encode()), content(project), check.differences, TODAY)
    forge(next(one for one in document["found"] if one["claim"] == id_))
    with pytest.raises(SentError, match="the reasons are not those"):
        comparisons_with(from_bytes(json.dumps(document).encode()), content(project), check.differences, TODAY)


@pytest.mark.parametrize(
    "forge",
    [
        lambda d: d.update(interests=None),
        lambda d: d.update(not_author=False),
        lambda d: d["found"].pop(),
        lambda d: row(d).update(verdict="unclear"),
    ],
)
def test_a_file_gives_a_standing_only_where_all_of_it_says_so(forge: object, project: Path, whole: bytes) -> None:
    document = json.loads(whole)
    forge(document)  # type: ignore[operator]
    assert apply_sent(project, from_bytes(json.dumps(document).encode()), commit=False)[-1].endswith(
        "this is no review"
    )
    assert content(project).records[RECORD].standing == "unreviewed"


def test_a_file_that_is_too_large_is_not_read() -> None:
    with pytest.raises(SentError, match="more than"):
        from_bytes(b" " * (4 * 1024 * 1024 + 1))


def test_what_a_file_says_moves_nothing_on_a_terminal(project: Path, whole: bytes, tmp_path: Path) -> None:
    file = tmp_path / "review.json"
    file.write_text(json.dumps(json.loads(whole) | {"\x1b]0;mine\x07" + "x" * 5000: 1}), "utf-8")
    said = run(project, "desk", "--take", str(file)).output
    assert "\\u001b]0;mine\\u0007" in said
    assert ("\x1b" in said, len(said) < 500) == (False, True)


COPY = "Marker A may be higher in adults 3 weeks later."


@pytest.mark.parametrize("key", ["interests", "note"])
@pytest.mark.parametrize(
    ("text", "with_texts", "said"),
    [
        (COPY, True, "more than 8 words in a row are those of PMID 222"),
        (f"It says: “{COPY}”", False, "quote more than eight words"),
        ("Marker A may be higher, it says.", True, ""),
        ("Marker A may be higher, it says.", False, "not checked, whether notes, reasons and interests copy a source"),
    ],
)
def test_a_sentence_of_a_source_is_not_taken_in(
    key: str, text: str, with_texts: bool, said: str, project: Path, whole: bytes, tmp_path: Path
) -> None:
    assert COPY in (project.parent / "texts/222.txt").read_text("utf-8")
    document = json.loads(whole)
    (document if key == "interests" else row(document))[key] = text
    file = tmp_path / "review.json"
    file.write_text(json.dumps(document), "utf-8")
    result = run(
        project, "desk", "--take", str(file), *(["--texts", str(project.parent / "texts")] if with_texts else [])
    )
    assert said in result.output
    assert (project / FILE).exists() == (result.exit_code == 0) == ("later" not in text), result.output


def test_a_source_whose_text_is_not_at_hand_is_named_as_not_looked_at(
    project: Path, whole: bytes, tmp_path: Path
) -> None:
    (tmp_path / "review.json").write_bytes(whole)
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts/222.txt").write_bytes((project.parent / "texts/222.txt").read_bytes())
    result = run(project, "desk", "--take", str(tmp_path / "review.json"), "--texts", str(tmp_path / "texts"))
    assert result.exit_code == 0, result.output
    assert result.stderr == "not checked, whether notes, reasons and interests copy a source: no text of PMID 111\n"


def test_nothing_is_taken_in_while_a_part_of_the_content_cannot_be_read(project: Path) -> None:
    sent = sent_of(project)
    (project / "content/references/111.yaml").write_text("title: [", "utf-8")
    with pytest.raises(SentError, match=r"the content cannot be read: content/references/111.yaml:\d"):
        apply_sent(project, sent, commit=False)
    assert not (project / FILE).exists()
    assert "standing: unreviewed" in (project / f"content/{RECORD}.yaml").read_text("utf-8")


REVIEW = Review(reviewed_by=ORCID, reviewed_on=TODAY, interests="A 'quoted': word, # and so on", sha256="1" * 64)


@pytest.mark.parametrize(
    "before",
    [
        "name: A\nstanding: unreviewed\nclaims: {}\n",
        "name: A\r\nstanding: unreviewed\r\nclaims: {}\r\n",
        "standing:\n  reviewed_by: x\n  reviewed_on: 2026-01-01\n# a comment stays\nname: A",
        "standing: {a: 1,\n  b: 2}\n\n# and this\nname: 'standing: x'\n",
    ],
)
def test_the_standing_is_put_in_and_all_else_stays_byte_for_byte(before: str) -> None:
    after = with_standing(before.encode(), REVIEW).decode()
    ending = "\r\n" if "\r\n" in before else "\n"
    block = [f"  reviewed_by: {ORCID}", "  reviewed_on: 2026-01-20", "  interests: 'A ''quoted'': word, # and so on'"]
    assert ending.join(["standing:", *block, f"  sha256: '{'1' * 64}'", ""]) in after
    others = [line for line in before.split(ending) if line.startswith(("name", "claims", "#"))]
    assert [line for line in after.split(ending) if line.startswith(("name", "claims", "#"))] == others


def test_a_standing_may_be_written_in_any_way_and_its_comments_stay() -> None:
    block = [f"  reviewed_by: {ORCID}", "  reviewed_on: 2026-01-20", "  interests: 'A ''quoted'': word, # and so on'"]
    written = "\n".join([*block, f"  sha256: '{'1' * 64}'\n"])
    for before, after in {
        '"standing": unreviewed\nname: A\n': f'"standing":\n{written}name: A\n',
        "name: |\n standing\nstanding : unreviewed\n": f"name: |\n standing\nstanding:\n{written}",
        'standing: "unreviewed"  # yet\nname: A\n': f"standing:\n  # yet\n{written}name: A\n",
        "standing:  # first\n  reviewed_by: x\n# second\n\n  # third\n  sha256: >  # 4th\n    y\n# of it\nname: A\n": (
            f"standing:\n  # first\n  # second\n  # third\n  # 4th\n{written}# of it\nname: A\n"
        ),
    }.items():
        assert with_standing(before.encode(), REVIEW).decode() == after


@pytest.mark.parametrize("raw", ["name: A\n", "{standing: unreviewed}\n", "standing: [\n"])
def test_a_standing_that_cannot_be_told_from_the_rest_is_refused(raw: str) -> None:
    with pytest.raises(SentError):
        with_standing(raw.encode(), REVIEW)


@pytest.fixture
def committed(project: Path) -> Path:
    git(project, "init", "-q")
    git(project, "config", "user.name", "Test")
    git(project, "config", "user.email", "test@example.org")
    git(project, "add", "content")
    git(project, "commit", "-q", "-m", "Begin")
    return project


def test_a_commit_holds_the_two_files_and_nothing_that_was_staged(committed: Path) -> None:
    (committed / "content/staged.txt").write_text("x", "utf-8")
    git(committed, "add", "content/staged.txt")
    (committed / "content/staged.txt").rename(committed / "staged.txt")
    sent = sent_of(committed)
    said = apply_sent(committed, sent, commit=True)
    assert re.fullmatch(r"commit [0-9a-f]{7,}", said[-1])
    assert git(committed, "show", "--name-only", "--format=%s%n%b", "HEAD").split("\n") == [
        f"Review {RECORD}",
        f"14 of 14 answers and claims agreed, by {ORCID}.",
        "",
        "",
        FILE,
        f"content/{RECORD}.yaml",
        "",
    ]


def test_a_file_that_was_changed_and_not_committed_is_not_swept_into_the_commit(
    committed: Path, tmp_path: Path
) -> None:
    file = tmp_path / "review.json"
    file.write_bytes(to_bytes(sent_of(committed)))
    path = committed / f"content/{RECORD}.yaml"
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    for arguments in (["--take", str(file)], [RECORD, "--texts", str(committed.parent / "texts"), "--no-open"]):
        result = run(committed, "desk", *arguments, "--commit")
        assert result.exit_code == 2
        assert f"content/{RECORD}.yaml: changed and not committed" in result.output
    assert not (committed / FILE).exists()


def test_two_reviews_at_once_are_both_kept(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = sent_of(project)
    halves = [sent.model_copy(update={"found": part}) for part in (sent.found[:7], sent.found[7:])]
    threads = [Thread(target=apply_sent, args=(project, half, False)) for half in halves]
    make = comparisons_with

    def meanwhile(*arguments: Any) -> bytes:
        made = make(*arguments)
        if not threads[1].ident:
            threads[1].start()
            threads[1].join(0.5)  # it waits for the first, which goes on
        return made

    monkeypatch.setattr("generator.cli.desk_results.comparisons_with", meanwhile)
    threads[0].start()
    for thread in threads:
        thread.join()
    assert len(kept(project)) == 14


@pytest.mark.parametrize("commit", [True, False])
def test_what_somebody_changes_while_a_review_is_taken_in_stays(
    commit: bool, committed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = sent_of(committed)
    record = committed / f"content/{RECORD}.yaml"
    make = comparisons_with

    def meanwhile(*arguments: Any) -> bytes:
        record.write_text(record.read_text("utf-8") + "# mine\n", "utf-8")
        return make(*arguments)

    monkeypatch.setattr("generator.cli.desk_results.comparisons_with", meanwhile)
    with pytest.raises((SentError, WriteError), match=f"{RECORD}.yaml"):
        apply_sent(committed, sent, commit)
    assert record.read_text("utf-8").endswith("# mine\n")
    assert not (committed / FILE).exists()
    assert git(committed, "log", "--format=%s").split() == ["Begin"]


def test_a_review_is_written_whole_or_not_at_all(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = sent_of(project)
    replace = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if target.name != "comparisons.json":
            raise OSError("no space left")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="no space"):
        apply_sent(project, sent, commit=False)
    assert not (project / FILE).exists()


def test_a_hook_that_refuses_without_a_word_is_told_in_plain_words(committed: Path) -> None:
    refuse_commits(committed, "exit 1")
    silent = "written and not committed: git did not commit and does not say why: a hook"
    with pytest.raises(NotCommittedError, match=silent):
        apply_sent(committed, sent_of(committed), commit=True)


def refuse_commits(project: Path, hook: str) -> None:
    file = project / ".git/hooks/pre-commit"
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"#!/bin/sh\n{hook}\n", "utf-8")
    file.chmod(0o755)


def test_what_is_taken_in_and_not_committed_is_told_as_written(committed: Path, tmp_path: Path) -> None:
    file = tmp_path / "review.json"
    file.write_bytes(to_bytes(sent_of(committed)))
    refuse_commits(committed, "echo the moon is full >&2; exit 1")
    result = run(committed, "desk", "--take", str(file), "--commit")
    assert (result.exit_code, "nothing was written" in result.output) == (2, False)
    assert result.stdout.splitlines() == [
        f"{FILE}: written",
        f"content/{RECORD}.yaml: written",
        f"{RECORD} is reviewed by {ORCID}",
    ]
    assert (
        "error: the files are written and not committed: the moon is full. Commit them by hand "
        f"(`git commit -- {FILE} content/{RECORD}.yaml`); do not take the review in again\n"
    ) in result.stderr
    assert len(kept(committed)) == 14
    assert git(committed, "log", "--format=%s").split() == ["Begin"]


def test_a_review_at_the_desk_ends_also_if_git_does_not_commit_it(committed: Path) -> None:
    """Else the page would ask for its end again, and every time be told that the files are changed."""
    refuse_commits(committed, "echo the moon is full >&2; exit 1")
    *said, last = _kept(committed, sent_of(committed), None, commit=True)
    assert said[-1] == f"{RECORD} is reviewed by {ORCID}"
    assert last.startswith("the files are written and not committed: the moon is full.")
