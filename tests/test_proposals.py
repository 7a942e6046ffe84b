"""A proposal of a stranger: taken in where it belongs and nothing else is disturbed, or refused and nothing written."""

import difflib
import json
import re
import shutil
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from cases import TESTS
from click.testing import CliRunner, Result

from generator.answers import Answer
from generator.cli import PROJECT, main, read
from generator.cli.proposing import RefusedError, take
from generator.cli.trying import try_files
from generator.guideline import Guideline
from generator.places import Place
from generator.problems import Problem
from generator.proposals import outcome as outcomes
from generator.proposals.emit import to_lines
from generator.proposals.insert import put_answer
from generator.proposals.outcome import dropped
from generator.review.formats import MAX_COMMENT
from generator.splicing import SpliceError, with_claim
from generator.yaml_source import read_yaml

HOSTILE: dict[str, dict[str, Any]] = yaml.safe_load((TESTS / "proposals/hostile.yaml").read_text("utf-8"))
SOUND: dict[str, dict[str, Any]] = yaml.safe_load((TESTS / "proposals/sound.yaml").read_text("utf-8"))
CLAIM, ANSWER, SOURCE, ERROR = (SOUND[what] for what in ("claim", "answer", "source", "error"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(TESTS / "base/content", tmp_path / "project/content")
    return tmp_path / "project"


def apply(project: Path, letter: str | bytes) -> Result:
    file = project.parent / "letter.md"
    file.write_bytes(letter if isinstance(letter, bytes) else letter.encode())
    said = project.parent / "outcome.md"
    return CliRunner().invoke(main, ["--project", str(project), "apply-proposal", str(file), "--outcome", str(said)])


def outcome(project: Path) -> str:
    return (project.parent / "outcome.md").read_text("utf-8")


def snapshot(project: Path) -> dict[str, bytes]:
    return {str(path.relative_to(project)): path.read_bytes() for path in project.rglob("*") if path.is_file()}


def added(before: bytes, after: bytes) -> list[str]:
    """The lines that are new and those that are gone, in the order of the file."""
    old, new = (text.decode().splitlines() for text in (before, after))
    return [line for line in difflib.ndiff(old, new) if line[0] in "+-"]


def as_issue(proposal: dict[str, Any]) -> str:
    return f"### In words\n\nA claim.\n\n### Proposal\n\n```json\n{json.dumps(proposal, indent=1)}\n```\n"


WRAPS = [
    *(json.dumps, as_issue),
    lambda proposal: as_issue(proposal).replace("\n", "\r\n"),
    lambda proposal: "\ufeff" + json.dumps(proposal),
    lambda proposal: as_issue(proposal).replace("A claim.", "``` opens no `block` in CommonMark."),
]


def test_a_block_ends_at_a_fence_as_long_as_the_one_that_opened_it(project: Path) -> None:
    longer = as_issue(CLAIM).replace("```json", "````json")
    before = snapshot(project)
    assert apply(project, longer).exit_code == 1
    assert "the text holds no proposal" in outcome(project)
    assert snapshot(project) == before
    assert apply(project, longer.replace("\n```\n", "\n````\n")).exit_code == 0


@pytest.mark.parametrize("wrap", WRAPS)
def test_a_claim_goes_to_the_end_of_its_record(wrap: Any, project: Path) -> None:
    file = "content/indications/pemphigus.yaml"
    before = snapshot(project)
    result = apply(project, wrap(CLAIM))
    assert result.exit_code == 0, result.output
    after = snapshot(project)
    assert {name for name in after if after[name] != before[name]} == {file}
    assert after[file] == before[file] + (
        b"\n  another:\n    kind: efficacy\n    text: Of 10 patients, 7 responded, says the new series.\n    cites:\n"
        b'      - pmid: "111"\n        from: Of the other ten\n        to: seven responded\n'
    )
    assert "the passage is not in the lock" in result.output
    assert "has to be found in the source and locked" in outcome(project)


def test_a_claim_may_cite_a_source_that_an_editor_has_to_add(project: Path) -> None:
    content = {**CLAIM["content"], "cites": [{"pmid": "333", "from": "Of the other ten", "to": "seven responded"}]}
    assert apply(project, json.dumps({**CLAIM, "content": content})).exit_code == 0
    assert "not among the references yet: add it" in outcome(project)


def test_a_source_becomes_a_reference_with_all_its_keys(project: Path) -> None:
    result = apply(project, json.dumps(SOURCE))
    assert result.exit_code == 0, result.output
    text = (project / "content/references/333.yaml").read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=../../docs/schema/reference.schema.json\ntitle: A third")
    assert "doi: null\n" in text
    assert "No claim cites the source yet" in outcome(project)
    assert apply(project, json.dumps(SOURCE)).exit_code == 1
    assert "PMID 333 is among the references" in outcome(project)


def test_an_answer_takes_the_place_of_the_one_that_is_there(project: Path) -> None:
    file = project / "content/indications/pemphigus.yaml"
    assert apply(project, json.dumps(ANSWER)).exit_code == 0, outcome(project)
    first = file.read_bytes()
    changed = {**ANSWER["content"], "text": "Of 10 patients, 8 responded; in another report no patient did."}
    assert apply(project, json.dumps({**ANSWER, "content": changed})).exit_code == 0, outcome(project)
    assert [line for line in added(first, file.read_bytes()) if not line.startswith("?")] == [
        "-     text: Of 10 patients, 8 responded; in another report none did.",
        "+     text: Of 10 patients, 8 responded; in another report no patient did.",
    ]
    assert "In the place of an answer, which it drops:" in outcome(project)
    assert "no longer says: Of 10 patients, 8 responded; in another report none did." in outcome(project)
    assert "no longer rests on" not in outcome(project)


def test_what_an_answer_in_the_place_of_another_drops_is_named() -> None:
    support = [{"claim": f"a/b#{name}"} for name in ("one", "two", "three")]
    step = {"do": "give", "text": "it", "rests_on": support[2:]}
    sides = {"rests_on": support[:2], "otherwise": ["a/b#four", "a/b#five"]}
    before = Answer.model_validate_json(json.dumps({"text": "So.", **sides, "steps": [step]}))
    after = Answer.model_validate_json(json.dumps({"text": "So not.", "rests_on": [support[0], {"claim": "a/b#five"}]}))
    assert dropped(before, after) == [
        "no longer says: So.",
        "no longer rests on a/b#two",
        "no longer rests on a/b#three",
        "no longer names a/b#four (otherwise)",
        "no longer has the step: Give it",
    ]


def test_an_answer_that_says_more_than_its_claims_is_refused(project: Path) -> None:
    before = snapshot(project)
    content = {**ANSWER["content"], "text": "Of 12 patients, 8 responded; in another report none did."}
    result = apply(project, json.dumps({**ANSWER, "content": content}))
    assert result.exit_code == 1
    assert "[answer-quantities]" in result.output
    assert snapshot(project) == before


def test_a_record_that_is_changed_meanwhile_stays_as_it_is(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = project / "content/indications/pemphigus.yaml"
    look = try_files

    def meanwhile(*arguments: Any) -> Any:
        record.write_text(record.read_text("utf-8") + "# mine\n", "utf-8")
        return look(*arguments)

    monkeypatch.setattr("generator.cli.proposing.try_files", meanwhile)
    result = apply(project, json.dumps(CLAIM))
    assert (result.exit_code, "was changed meanwhile" in result.output) == (2, True)
    assert record.read_text("utf-8").endswith("# mine\n")


def test_an_error_is_shown_to_the_editor_and_changes_nothing(project: Path) -> None:
    before = snapshot(project)
    result = apply(project, as_issue({**ERROR, "text": "It was 7 of 10.\n::error::@octocat <b>"}))
    assert result.exit_code == 0
    assert result.output.startswith("This reports an error. Nothing is changed:")
    assert '"name": "response"' in result.output
    assert "It was 7 of 10." in result.output
    assert snapshot(project) == before
    assert outcome(project) == result.output
    assert_inert(result.output, outcome(project))


ANSWERED = """answers:
  effect:
    text: Of 10 patients, 8 responded; in another report none did.
    direction: unclear
    rests_on:
      - claim: indications/pemphigus#response
      - claim: indications/pemphigus#no-response
claims:
"""


@pytest.mark.parametrize(
    ("more", "left"),
    [
        ({"disagrees_with": [{"claim": "indications/pemphigus#response", "because": "Seven here."}]}, "disagrees with"),
        ({"supersedes": ["indications/pemphigus#no-response"]}, "supersedes"),
    ],
)
def test_an_answer_that_a_new_claim_calls_in_question_is_left_to_an_editor(
    more: dict[str, Any], left: str, project: Path
) -> None:
    file = project / "content/indications/pemphigus.yaml"
    file.write_text(file.read_text("utf-8").replace("claims:\n", ANSWERED, 1), "utf-8")
    result = apply(project, json.dumps({**CLAIM, "content": {**CLAIM["content"], **more}}))
    assert result.exit_code == 0, result.output
    assert f"An answer rests on a claim that the new one {left}" in outcome(project)


def test_quotation_marks_that_a_program_for_letters_has_changed_are_named(project: Path) -> None:
    letter = json.dumps(CLAIM).replace(' "', " “").replace('":', "”:").replace('{"', "{“")
    assert "its quotation marks are not straight" in apply(project, letter).output


def test_an_awaited_source_that_comes_is_taken_out_of_the_list_by_an_editor(project: Path) -> None:
    content = {**SOURCE["content"], "doi": "10.1000/awaited"}
    result = apply(project, json.dumps({**SOURCE, "content": content}))
    assert result.exit_code == 0, result.output
    assert "take it out of `content/pending.yaml`" in outcome(project)


def test_a_problem_that_was_there_before_is_not_laid_at_its_door(project: Path) -> None:
    record = project / "content/indications/pemphigus.yaml"
    record.write_text(record.read_text("utf-8").replace("No patient responded.", "No patient responded"), "utf-8")
    assert "the text does not end with a full stop" in str(read(project)[1])
    assert apply(project, json.dumps(CLAIM)).exit_code == 0


def test_content_that_cannot_be_read_refuses_a_proposal_with_what_is_wrong_with_it(project: Path) -> None:
    (project / "content/profile.yaml").write_text("{", "utf-8")
    before = snapshot(project)
    result = apply(project, json.dumps(CLAIM))
    assert result.exit_code == 1
    assert "content/profile.yaml:2" in result.output
    assert "The proposal was not applied: 1 problem." in outcome(project)
    assert "content/profile.yaml:2" in outcome(project)
    assert snapshot(project) == before
    with pytest.raises(RefusedError):
        take(project, json.dumps(CLAIM).encode(), "letter.md", {})


@pytest.mark.parametrize(
    ("link", "proposal"),
    [
        ("content/indications/pemphigus.yaml", CLAIM),
        ("content/indications", CLAIM),
        ("content/references", SOURCE),
        ("content/references/333.yaml", SOURCE),
    ],
)
def test_a_symbolic_link_is_not_followed(link: str, proposal: dict[str, Any], project: Path) -> None:
    """Neither to what is there nor to a file that would be made."""
    outside = project.parent / "outside"
    if (project / link).exists():
        (project / link).rename(outside)
    (project / link).symlink_to(outside)
    before = snapshot(project), snapshot(outside) if outside.is_dir() else outside.exists() and outside.read_bytes()
    result = apply(project, json.dumps(proposal))
    assert result.exit_code == 1
    assert before == (
        snapshot(project),
        snapshot(outside) if outside.is_dir() else outside.exists() and outside.read_bytes(),
    )


def changed(case: dict[str, Any]) -> bytes:
    """Return the letter of a case."""
    repeated = str(case.get("repeat", "")) * case.get("times", 0)
    if "bytes" in case:
        return str(case["bytes"]).encode("latin-1")
    if "letter" in case:
        return str(case["letter"]).replace("REPEAT", repeated).encode()
    proposal = json.loads(json.dumps(SOUND[case.get("like", "claim")], default=str))
    for path in case.get("drop", ()):
        parent, key = find(proposal, path)
        del parent[key]
    for path, value in case.get("set", {}).items():
        parent, key = find(proposal, path)
        parent[key] = value
    return json.dumps(proposal, ensure_ascii=False, default=str).replace("REPEAT", repeated.strip()).encode()


def find(data: Any, path: str) -> tuple[Any, str | int]:
    """Return what holds the value at a path, and the last key."""
    keys = [int(key) if key.isdigit() else key for key in path.split(".")]
    for key in keys[:-1]:
        data = data[key]
    return data, keys[-1]


def lines_of(text: str) -> list[str]:
    return [line for line in text.splitlines() if re.search(r" \[[a-z-]+\]$", line)]


@pytest.mark.parametrize("name", [name for name, case in HOSTILE.items() if "refused" in case])
def test_a_hostile_letter_is_refused_at_its_place_and_nothing_is_written(name: str, project: Path) -> None:
    before = snapshot(project)
    result = apply(project, changed(HOSTILE[name]))
    assert result.exit_code == 1, result.output
    assert not isinstance(result.exception, Exception) or isinstance(result.exception, SystemExit)
    found = [re.sub(r"^(\S+:\d+).* (\[[a-z-]+\])$", r"\1 \2", line) for line in lines_of(result.output)]
    assert found[: len(HOSTILE[name]["refused"])] == HOSTILE[name]["refused"]
    assert snapshot(project) == before
    assert_inert(result.output, outcome(project))


@pytest.mark.parametrize("name", [name for name, case in HOSTILE.items() if "inert" in case])
def test_hostile_text_is_taken_in_as_the_text_that_it_is(name: str, project: Path) -> None:
    letter = changed(HOSTILE[name])
    before = read_yaml((project / "content/indications/pemphigus.yaml").read_bytes()).data
    result = apply(project, as_issue(json.loads(letter)))
    assert result.exit_code == 0, result.output
    after = read_yaml((project / "content/indications/pemphigus.yaml").read_bytes()).data
    content = read_yaml(json.dumps(json.loads(letter)["content"]).encode()).data
    assert after == {**before, "claims": {**before["claims"], "another": content}}
    assert_inert(result.output, outcome(project))


def assert_inert(printed: str, comment: str) -> None:
    """No line is a command of GitHub's runner, and outside of blocks of code a comment holds no word of a stranger."""
    for text in (printed, comment):
        assert "##[" not in text
        assert not any(line.lstrip().startswith("::") for line in text.splitlines())
        assert all(line.isprintable() for line in text.split("\n"))
    outside, fence = [], ""
    for line in comment.splitlines():
        if not fence and (opened := re.fullmatch(r"(`{3,})text", line)):
            fence = opened[1]
        elif fence and re.fullmatch(rf"{fence}`*\s*", line):
            fence = ""
        elif not fence:
            outside.append(line)
    assert not fence
    assert not re.search(r"[@<>#]|://|octocat|\$\{", "\n".join(outside))


def test_the_hostile_letters_are_many() -> None:
    assert len(HOSTILE) >= 55
    assert all(("refused" in case) != ("inert" in case) for case in HOSTILE.values())


NEW = {"kind": "efficacy", "text": "A claim: of 10, # none.", "data": {"percent": Decimal("10.0")}}


def test_every_record_takes_a_claim_and_keeps_each_of_its_lines(guideline: Guideline) -> None:
    for id_ in guideline.records:
        before = (PROJECT / f"content/{id_}.yaml").read_bytes()
        after = with_claim(before, "a-new-one", to_lines({"a-new-one": NEW}, depth=1), NEW)
        assert after.startswith(before.rstrip())


@pytest.mark.wide
def test_every_question_of_every_record_can_be_answered_anew(guideline: Guideline) -> None:
    """And lines change in three places at most: the answer, and a question and its reason among those not known."""
    answer = {"text": "Nobody knows: it is # unclear.", "rests_on": ("indications/x#y",)}
    tried = 0
    for id_ in guideline.records:
        before = (PROJECT / f"content/{id_}.yaml").read_bytes()
        questions = [*guideline.profile.questions_of(id_.partition("/")[0])]
        for name in questions:
            after = put_answer(before, name, answer, questions)
            old, new = before.decode().splitlines(), after.decode().splitlines()
            matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
            changes = [code for code in matcher.get_opcodes() if code[0] != "equal"]
            assert len(changes) <= 3
            assert new[new.index("claims:") :] == old[old.index("claims:") :]
            tried += 1
    assert tried > 300


LAYOUTS = [
    "name: x\nanswers: {a: {text: y}}\nclaims:\n  c: {}\n",
    "name: x\nanswers:\n    a:\n        text: y\nclaims:\n  c: {}\n",
    "name: x\nnot_known: [{questions: [b], because: z}]\nclaims:\n  c: {}\n",
]


@pytest.mark.parametrize("text", LAYOUTS[:2])
def test_a_record_of_another_layout_is_left_to_an_editor(text: str) -> None:
    with pytest.raises(SpliceError):
        put_answer(text.encode(), "b", {"text": "New."}, ["a", "b"])


COMMENTED = """\
name: x
# of the answers
answers:
  # of a
  a:
    text: y

  # of c
  c: {text: z}
# not known
not_known:
  # of b and d
  - questions:
      - b
      - d
    because: z
  # of e
  - {questions: [e], because: z}
# of the claims
claims:
  c: {}
"""


def test_comments_stay_where_they_are() -> None:
    after = put_answer(COMMENTED.encode(), "b", {"text": "New."}, ["a", "b", "c", "d", "e"]).decode()
    assert [line for line in difflib.ndiff(COMMENTED.splitlines(), after.splitlines()) if line[0] in "+-"] == [
        "+   b:",
        "+     text: New.",
        "-       - b",
    ]
    assert after.index("text: y") < after.index("  b:\n") < after.index("  # of c")
    after = put_answer(COMMENTED.encode(), "e", {"text": "New."}, ["a", "b", "c", "d", "e"]).decode()
    assert [line for line in difflib.ndiff(COMMENTED.splitlines(), after.splitlines()) if line[0] in "+-"] == [
        "+   e:",
        "+     text: New.",
        "-   # of e",
        "-   - {questions: [e], because: z}",
    ]


def test_lines_of_a_record_that_ends_them_as_windows_does_end_so_too() -> None:
    text = COMMENTED.replace("\n", "\r\n")
    for name in ("a", "b", "e"):
        after = put_answer(text.encode(), name, {"text": "New."}, ["a", "b", "c", "d", "e"]).decode()
        assert after.count("\n") == after.count("\r\n"), name


@pytest.mark.parametrize(("name", "left"), [("b", "[d, e]"), ("d", "[b, e]"), ("e", "[b, d]")])
def test_a_question_goes_from_a_list_on_one_line_with_its_comma(name: str, left: str) -> None:
    text = "name: x\nnot_known:\n  - {questions: [b, d, e], because: z}\nclaims:\n  c: {}\n"
    after = put_answer(text.encode(), name, {"text": "New."}, ["a", "b", "d", "e"]).decode()
    assert f"  - {{questions: {left}, because: z}}\n" in after


def test_the_comment_of_an_item_that_goes_goes_with_it_and_that_of_the_next_stays() -> None:
    one = COMMENTED.replace("      - b\n", "")
    after = put_answer(one.encode(), "d", {"text": "New."}, ["a", "b", "c", "d", "e"]).decode()
    assert "not_known:\n  # of e\n  - {questions: [e], because: z}\n# of the claims\nclaims:" in after
    assert "# of b and d" not in after
    last = one.replace("  # of e\n  - {questions: [e], because: z}\n", "")
    after = put_answer(last.encode(), "d", {"text": "New."}, ["a", "b", "c", "d", "e"]).decode()
    assert after.endswith("  # of c\n  c: {text: z}\n  d:\n    text: New.\n# of the claims\nclaims:\n  c: {}\n")


def test_an_answer_comes_before_the_comment_of_what_follows_and_keeps_its_own() -> None:
    none = COMMENTED[: COMMENTED.index("# of the answers")] + COMMENTED[COMMENTED.index("# not known") :]
    after = put_answer(none.encode(), "a", {"text": "New."}, ["a"]).decode()
    assert after.startswith("name: x\nanswers:\n  a:\n    text: New.\n# not known\nnot_known:\n")
    of_a = COMMENTED.replace("    text: y\n", "    # why\n    text: y\n    # more of a\n")
    after = put_answer(of_a.encode(), "b", {"text": "New."}, ["a", "b"]).decode()
    assert "    # more of a\n  b:\n    text: New.\n" in after
    after = put_answer(of_a.encode(), "a", {"text": "New."}, ["a", "b"]).decode()
    assert after == of_a.replace("text: y", "text: New.")


def test_a_last_question_that_is_answered_leaves_nothing_not_known() -> None:
    after = put_answer(LAYOUTS[2].encode(), "b", {"text": "New."}, ["a", "b"]).decode()
    assert after == "name: x\nanswers:\n  b:\n    text: New.\nclaims:\n  c: {}\n"


@pytest.mark.parametrize("sign", ["a", "\U000e0001", "`", "\n::"])
def test_what_came_of_a_proposal_fits_into_a_comment(sign: str) -> None:
    problems = [Problem("passage-locked", sign * 40_000, "", Place("letter.md", 1))]
    for text in (outcomes.refused(problems), outcomes.applied("a.yaml", problems, sign * 1000)):
        assert len(text) <= MAX_COMMENT
        assert " ...\n```" in text, "what is cut is said"


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ({"state": "none-found", "checked_on": "2020-01-01"}, {"state": "unchecked"}),
        ({"state": "none-found", "checked_on": "2099-01-01"}, {"state": "unchecked"}),
        ({"state": "retracted", "checked_on": "2020-01-01"}, {"state": "retracted", "checked_on": "2020-01-01"}),
        ({"state": "retracted", "checked_on": "2099-01-01"}, None),
    ],
)
def test_that_no_notice_was_found_is_not_believed(
    given: dict[str, str], written: dict[str, object] | None, project: Path
) -> None:
    result = apply(project, json.dumps({**SOURCE, "content": {**SOURCE["content"], "retraction": given}}, default=str))
    file = project / f"content/references/{SOURCE['pmid']}.yaml"
    assert file.exists() == (result.exit_code == 0) == (written is not None), result.output
    if written:
        found = {key: value for key, value in read_yaml(file.read_bytes()).data["retraction"].items() if value}
        assert str(found) == str(written), found
