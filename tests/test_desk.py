"""A review at the desk: what is shown, what counts, what is kept and what is written."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from cases import messages
from comparing import FILE, NAMES, ORCID, RECORD, RULE, content, fake, kept, run
from desking import (
    AGREED,
    ANSWERS,
    TODAY,
    change,
    false_numbers,
    read_all,
    read_through,
    session_of,
)

from generator import check
from generator.cli import PROJECT
from generator.cli.desk_results import apply_sent
from generator.desk.queue import MOST_OF_A_TEXT
from generator.desk.sent import SentError
from generator.desk.session import DeskError, Ended, Given, Session, Withdrawn
from generator.evidence.standing import covered, fingerprint_of
from generator.model import Disagreement, Review
from generator.sources import Retraction

ANSWER = f"{RECORD}#answer--steps"


@pytest.fixture
def project(desk_project: Path) -> Path:
    return desk_project


def words(parts: list[list[str]]) -> str:
    return "".join(text for text, _ in parts)


def test_answers_come_first_each_with_its_claims_then_claims_with_their_passages(project: Path) -> None:
    items = session_of(project).shown()["items"]
    assert [item["kind"] for item in items] == ["answer", "not-known", *["claim"] * 12]
    answer, unknown, claim, *_ = items
    assert (answer["heading"], answer["asks"]) == ("What to do", "What is to be done?")
    assert [(each["group"], each["where"], each["marks"]) for each in answer["claims"]] == [
        ("Rests on", "Markers: background", []),
        ("Rests on", "Pemphigus: response", ["indirect: another disease", "disputed"]),
        ("Says otherwise", "Pemphigus: response", ["disputed"]),
    ]
    passage = answer["claims"][1]["passages"][0]
    assert words(passage["parts"]) == "Of ten patients, eight responded."
    assert passage["after"] == "We propose the receptors as the target."
    assert words(unknown["text"]) == "Nobody looked for it."
    assert unknown["claims"][0]["group"] == "Says something near it"
    assert claim["passages"][0]["before"] == "Renal failure was rarely seen."


def test_the_page_reads_all_that_it_is_told(project: Path) -> None:
    session = session_of(project)
    told, ends = session.shown(), []
    for _ in range(2):
        read_all(session)
        ends += session.check()
    page = "".join(file.read_text("utf-8") for file in (PROJECT / "generator/desk/page").glob("*.js"))
    assert "agreed" in ends
    assert [key for key in (*told, *ends) if not re.search(rf"\.{key}\b|[{{,] {key}[,:]", page)] == []


def test_what_the_page_is_told_of_a_false_claim_is_what_it_is_told_of_a_true_one(project: Path) -> None:
    session = session_of(project)
    (false,) = false_numbers(session)
    item = session.items[false]
    assert item.pair.text == words(item.shown["text"]) != content(project).claims[item.pair.id].claim.text
    others = [each.shown for number, each in enumerate(session.items) if each.shown["kind"] == "claim"]
    assert {tuple(sorted(shown)) for shown in others} == {tuple(sorted(item.shown))}
    assert item.pair.altered not in json.dumps(session.shown())


def test_figures_on_both_sides_and_words_that_differ_are_marked(project: Path) -> None:
    change(project, f"{RECORD}.yaml", "marker a may be higher after 3 weeks", "marker a was not higher after 4 weeks")
    session = session_of(project)
    shown = next(item.shown for item in session.items if item.pair.id == f"{RECORD}#a-rose" and not item.pair.altered)
    assert [part for part in shown["text"] if part[1]] == [["not", "differs"], ["4", "differs"]]
    marked = [part for part in shown["passages"][0]["parts"] if part[1]]
    assert ["3", "differs"] in marked


def test_a_passage_is_shown_with_the_title_of_its_paper(project: Path) -> None:
    answer, _, claim, *_ = session_of(project).shown()["items"]
    assert claim["passages"][0]["title"] == "Source 222."
    (project.parent / "texts/222.txt").write_text("Another text.", "utf-8")
    missing = session_of(project).shown()["items"][0]["claims"][0]["passages"][0]
    assert missing["missing"]
    assert missing["title"] == answer["claims"][0]["passages"][0]["title"]


def test_a_record_that_is_agreed_to_as_a_whole_is_reviewed_and_check_finds_nothing(project: Path) -> None:
    before = (project / f"content/{RECORD}.yaml").read_text("utf-8")
    known = messages(project)
    session = session_of(project)
    read_through(session)
    said = apply_sent(project, session.end(AGREED, TODAY), commit=False)
    assert said[-1] == f"{RECORD} is reviewed by {ORCID}"
    after = (project / f"content/{RECORD}.yaml").read_text("utf-8")
    assert after.replace(after[after.index("standing:") : after.index("answers:")], "standing: unreviewed\n") == before
    assert content(project).records[RECORD].standing == Review(
        reviewed_by=ORCID, reviewed_on=TODAY, interests="none", sha256=fingerprint_of(RECORD, content(project))
    )
    assert messages(project) == known
    assert sorted(kept(project)) == sorted(covered(RECORD, content(project)))
    assert {(one.verdict, one.by, one.on) for one in kept(project).values()} == {("agreed", ORCID, TODAY)}


def test_questions_that_are_not_known_for_one_reason_are_one_item_and_all_of_them_are_agreed_to(project: Path) -> None:
    both = ANSWERS.partition("not_known")[1:]
    change(project, f"{RECORD}.yaml", ANSWERS, "".join(both).replace("[basis]", "[basis, steps]"))
    session = session_of(project)
    read_through(session)
    assert [item.shown["heading"] for item in session.items if item.shown["kind"] == "not-known"] == [
        "What was found, What to do"
    ]
    assert apply_sent(project, session.end(AGREED, TODAY), commit=False)[-1] == f"{RECORD} is reviewed by {ORCID}"
    assert sorted(kept(project)) == sorted(covered(RECORD, content(project)))


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (f"{RECORD}.yaml", "marker b may", "marker b might"),
        (f"{RECORD}.yaml", "Marker A may be higher in adults after", "In adults marker A may be higher after"),
        ("indications/pemphigus.yaml", "text: No patient responded.", "text: None of the patients responded."),
    ],
    ids=["claim", "answer", "claim of another record that an answer tells"],
)
def test_a_review_lapses_with_what_it_covers(file: str, old: str, new: str, project: Path) -> None:
    session = session_of(project)
    read_through(session)
    apply_sent(project, session.end(AGREED, TODAY), commit=False)
    change(project, file, old, new)
    told = [line for line in messages(project) if line.endswith("[review-current]")]
    assert len(told) == 1
    assert f"changed since the review on {TODAY}" in told[0]
    assert [
        line for line in messages(project) if "or a claim that it rests on changed" in line or "passage changed" in line
    ]


@pytest.mark.parametrize(
    ("by", "ended", "verdict", "why"),
    [
        (None, Ended(), "agreed", "you gave no ORCID iD"),
        (ORCID, Ended(), "unclear", ""),
    ],
)
def test_less_than_that_is_a_comparison_and_no_review(
    by: str | None, ended: Ended, verdict: str, why: str, project: Path
) -> None:
    session = session_of(project, by=by)
    session.answer(Given.model_validate({"number": 0, "verdict": verdict, "note": "As far as I see."}))
    read_through(session)
    assert session.check()["no_standing"] == why
    sent = session.end(ended, TODAY)
    assert apply_sent(project, sent, commit=False)[-1] == f"{RECORD} stays as it was: this is no review"
    assert content(project).records[RECORD].standing == "unreviewed"
    assert (kept(project)[ANSWER].verdict, kept(project)[ANSWER].note) == (verdict, "As far as I see.")
    assert (project / FILE).read_text("utf-8").count('"note"') == 1


@pytest.mark.parametrize("where", ["guideline.yaml", f"{RECORD}.yaml"])
def test_an_author_cannot_review(where: str, project: Path) -> None:
    change(project, where, "standing: unreviewed\n", f"standing: unreviewed\nwritten_by: [{ORCID}]\n")
    session = session_of(project)
    read_through(session)
    assert session.check()["no_standing"] == "you are an author of the record"
    sent = session.end(AGREED, TODAY)
    forged = sent.model_copy(update={"interests": "none"})
    assert apply_sent(project, forged, commit=False)[-1].endswith("this is no review")
    assert content(project).records[RECORD].standing == "unreviewed"


@pytest.mark.parametrize("ended", [Ended(), Ended(interests="none"), Ended(not_author=True)])
def test_a_review_needs_interests_and_that_the_reader_wrote_none_of_it(ended: Ended, project: Path) -> None:
    session = session_of(project)
    read_through(session)
    with pytest.raises(DeskError, match="needs your interests, and that you did not write"):
        session.end(ended, TODAY)


def test_who_agreed_to_all_may_keep_it_without_a_review(project: Path) -> None:
    session = session_of(project)
    read_through(session)
    sent = session.end(Ended(review=False, not_author=True), TODAY)
    assert (sent.interests, len(sent.found)) == (None, 14)
    assert apply_sent(project, sent, commit=False)[-1].endswith("this is no review")
    assert {(one.verdict, one.by) for one in kept(project).values()} == {("agreed", ORCID)}
    assert content(project).records[RECORD].standing == "unreviewed"


def test_all_that_stands_against_a_review_is_known_from_the_beginning(project: Path) -> None:
    (project.parent / "texts/222.txt").write_text("Another text.", "utf-8")
    assert session_of(project, by=None).shown()["no_standing"] == "you gave no ORCID iD; not all claims can be shown"


def test_a_claim_that_cannot_be_shown_leaves_the_record_unreviewed(project: Path) -> None:
    (project.parent / "texts/222.txt").write_text("Another text.", "utf-8")
    session = session_of(project)
    assert len(session.unshown) == 12
    read_through(session)
    assert session.check()["no_standing"] == "not all claims can be shown"
    assert session.end(AGREED, TODAY).interests is None


def test_a_source_that_no_page_can_hold_is_as_good_as_not_at_hand(project: Path) -> None:
    file = project.parent / "texts/222.txt"
    text = file.read_text("utf-8").strip()
    for length, unshown in ((MOST_OF_A_TEXT, 0), (MOST_OF_A_TEXT + 1, 12)):
        file.write_text(f"{text} ".ljust(length, "x"), "utf-8")
        assert len(session_of(project).unshown) == unshown


def test_who_agrees_to_a_false_claim_is_told_and_nothing_counts(project: Path) -> None:
    session = session_of(project)
    (false,) = false_numbers(session)
    session.answer(Given(number=false, verdict="agreed"))
    read_all(session)
    shown = session.items[false]
    assert session.check() == {"refused": [f"{shown.shown['heading']}: {shown.pair.altered}"]}
    assert session.given == {}
    assert false_numbers(session) != [false] or session.items[false].pair.altered != shown.pair.altered
    with pytest.raises(DeskError, match="not yet"):
        session.end(AGREED, TODAY)


def test_a_false_claim_that_was_seen_is_shown_as_it_is_and_asked_again(project: Path) -> None:
    session = session_of(project)
    (false,) = false_numbers(session)
    read_all(session)
    with pytest.raises(DeskError, match="not yet"):
        session.end(AGREED, TODAY)
    (again,) = session.check()["revealed"]
    assert again["was"] == session.items[false].pair.altered
    assert words(again["text"]) == content(project).claims[again["id"]].claim.text
    with pytest.raises(DeskError, match="not yet: 1 open"):
        session.check()
    for act in (
        lambda: session.answer(Given(number=false, verdict="agreed")),
        lambda: session.withdraw(Withdrawn(number=false)),
    ):
        with pytest.raises(DeskError, match="settled"):
            act()


def test_it_goes_on_where_it_stopped(project: Path) -> None:
    states: list[bytes] = []
    session = session_of(project, keep=states.append)
    for number in (0, 3, 5):
        session.answer(Given(number=number, verdict="unclear", note=f"Number {number}."))
    session.withdraw(Withdrawn(number=3))
    again = session_of(project, state=states[-1], keep=states.append)
    assert {number: one.note for number, one in again.given.items()} == {0: "Number 0.", 5: "Number 5."}
    read_all(again)
    again.check()
    last = session_of(project, state=states[-1])
    assert (len(last.items), len(last.given)) == (len(again.items), len(again.items) - 1)
    assert last.items[-1].shown["was"]


def test_what_was_said_of_an_item_counts_for_that_item_as_it_was_shown(project: Path) -> None:
    states: list[bytes] = []
    session = session_of(project, keep=states.append)
    read_all(session)
    change(project, f"{RECORD}.yaml", "marker b may", "marker b might")
    again = session_of(project, state=states[-1])
    shown = {item.key for item in session.items}
    assert {*again.given} <= {number for number, item in enumerate(again.items) if item.key in shown}
    assert f"{RECORD}#b-rose" not in {again.items[number].pair.id for number in again.given}
    assert ANSWER in {again.items[number].pair.id for number in again.given}


def false_ids(session: Session) -> list[str]:
    return [session.items[number].pair.id for number in false_numbers(session)]


def test_which_claims_are_false_differs_from_one_review_to_another_and_stays_in_one(project: Path) -> None:
    assert len({false_ids(session_of(project, seed=f"run {at}"))[0] for at in range(12)}) > 2
    states: list[bytes] = []
    session = session_of(project, keep=states.append, seed="first")
    session.answer(Given(number=0, verdict="unclear"))
    assert false_ids(session_of(project, state=states[-1], seed="second")) == false_ids(session)


def test_no_claim_is_false_that_an_answer_shows_as_it_is(project: Path) -> None:
    shown = {f"{RECORD}#a-rose", f"{RECORD}#b-rose"}
    found = {false_ids(session_of(project, seed=f"run {at}"))[0] for at in range(40)}
    assert not found & shown
    assert len(found) > 6


def test_a_false_claim_that_is_new_after_a_change_is_not_asked_alone(project: Path) -> None:
    states: dict[str, bytes] = {}
    for seed in map(str, range(6)):
        read_all(session_of(project, keep=lambda state, seed=seed: states.update({seed: state}), seed=seed))
    change(project, f"{RECORD}.yaml", "marker b may", "marker b might")
    again = [session_of(project, state=state) for state in states.values()]
    new = [session for session in again if not session.given.keys() & {*false_numbers(session)}]
    assert new
    for session in new:
        claims = [number for number, item in enumerate(session.items) if item.pair.passages]
        assert len({*claims} - session.given.keys()) >= 5


@pytest.mark.parametrize("state", [b"", b"{", b"[]", b'{"refused": "x"}', b"\xff", b"[" * 100_000])
def test_a_state_that_cannot_be_read_is_none(state: bytes, project: Path) -> None:
    assert session_of(project, state=state).given == {}


def test_no_text_of_a_source_is_kept(project: Path) -> None:
    """Neither in the state nor in what is written; a note that copies one is refused."""
    states: list[bytes] = []
    session = session_of(project, keep=states.append)
    source = "Marker A may be higher in adults 3 weeks later."
    assert source in (project.parent / "texts/222.txt").read_text("utf-8")
    for wrong in ({"note": source}, {"note": f"It says: {source.upper()}"}, {"note": " ".join(source.split()[:9])}):
        with pytest.raises(DeskError, match="more than 8 words in a row are those of PMID 222"):
            session.answer(Given.model_validate({"number": 2, "verdict": "wrong"} | wrong))
    copy = "Of ten patients eight responded; we propose the receptors, they say."
    with pytest.raises(DeskError, match="those of PMID 111"):  # a claim under an answer cites it, none of the record
        session.answer(Given(number=2, verdict="wrong", note=copy))
    session.answer(Given(number=2, verdict="wrong", note=f"It says: {' '.join(source.split()[:8])}"))
    read_all(session)
    session.check()
    read_all(session)
    with pytest.raises(DeskError, match="more than 8 words in a row are those of PMID 222"):
        session.end(Ended(interests=source), TODAY)
    apply_sent(project, session.end(Ended(), TODAY), commit=False)
    written = b"".join([*states, *(path.read_bytes() for path in (project / "content").rglob("*") if path.is_file())])
    sentences = re.findall(r"[^.]+\.", (project.parent / "texts/222.txt").read_text("utf-8"))
    assert len(sentences) == 14
    assert [text for text in sentences if text.strip().encode() in written] == []


def test_a_claim_that_a_rule_doubts_is_agreed_to_with_a_reason(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    id_ = f"{RECORD}#a-rose"
    monkeypatch.setitem(check.RULES, RULE, fake({id_: ["says maybe"]}))
    session = session_of(project)
    number = next(at for at, item in enumerate(session.items) if item.pair.id == id_)
    assert {"rule": RULE, "what": "says maybe", "because": "", "by": None} in session.items[number].shown["differences"]
    with pytest.raises(DeskError, match="with a reason for each difference"):
        session.answer(Given(number=number, verdict="agreed"))
    copies = ("Marker A may be higher in adults 3 weeks later.",) * len(session.items[number].pair.differences)
    with pytest.raises(DeskError, match="words in a row are those of PMID 222"):
        session.answer(Given(number=number, verdict="agreed", reasons=copies))
    read_through(session)
    sent = session.end(AGREED, TODAY)
    apply_sent(project, sent, commit=False)
    assert [one.because for one in kept(project)[id_].differs] == ["It is so."]
    again = session_of(project)
    known = next(item for item in again.items if item.pair.id == id_)
    assert ("It is so.", ORCID) in [(each["because"], each["by"]) for each in known.shown["differences"]]


@pytest.mark.parametrize("number", [99, 14])
def test_an_item_that_does_not_exist_is_refused(number: int, project: Path) -> None:
    session = session_of(project)
    with pytest.raises(DeskError, match="no such item"):
        session.answer(Given(number=number, verdict="agreed"))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "RECORD and --texts (a folder, or pubmed) are needed"),
        ([RECORD], "RECORD and --texts (a folder, or pubmed) are needed"),
        (["practice/marker", "--texts", "../texts"], "Did you mean `practice/markers`?"),
        ([RECORD, "--texts", "../texts", "--by", "0000-0002-1825-0098"], "does not fit the digits before it"),
        ([RECORD, "--texts", "../texts", "--by", "Dr Abel"], "is not an ORCID iD"),
        ([RECORD, "--texts", "../texts", "--commit", "--to", "x"], "two ways to end"),
        ([RECORD, "--take", "../texts/111.txt"], "--take needs nothing else"),
        ([RECORD, "--texts", "../texts", "--port", "70000"], "not in the range"),
    ],
)
def test_wrong_usage_is_told(arguments: list[str], says: str, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    result = run(project, "desk", *arguments)
    assert result.exit_code == 2
    assert says in result.output
    assert len(NAMES) == 12


def test_content_that_changed_while_the_desk_was_open_is_not_reviewed(project: Path) -> None:
    session = session_of(project)
    read_through(session)
    change(project, f"{RECORD}.yaml", "marker b may", "marker b might")
    with pytest.raises(SentError, match="changed since: review it again"):
        apply_sent(project, session.end(AGREED, TODAY), commit=False)
    assert not (project / FILE).exists()


def test_an_unnamed_reader_takes_no_name_away(project: Path) -> None:
    named = session_of(project)
    read_through(named)
    apply_sent(project, named.end(AGREED, TODAY), commit=False)
    session = session_of(project, by=None)
    read_through(session)
    apply_sent(project, session.end(Ended(), TODAY), commit=False)
    assert {one.by for one in kept(project).values()} == {ORCID}


def test_all_that_speaks_against_a_claim_is_shown_with_it_and_below_the_answer_that_rests_on_it(project: Path) -> None:
    guideline, opponent = content(project), "indications/pemphigus#no-response"
    record = guideline.records[RECORD]
    changes = {
        "as_of": 2019,
        "subject": "disease",
        "sic": "The weeks add up to 4.",
        "data": guideline.claims["indications/pemphigus#response"].claim.data,
        "disagrees_with": (Disagreement(claim=opponent, because="Others were asked."),),
    }
    claims = {**record.claims, "a-rose": record.claims["a-rose"].model_copy(update=changes)}
    answers = {**record.answers, "steps": record.answers["steps"].model_copy(update={"direction": "against"})}
    source = guideline.references["222"]
    fallen = source.model_copy(update={"retraction": Retraction(state="retracted", checked_on=TODAY)})
    faulty = replace(
        guideline,
        records={**guideline.records, RECORD: record.model_copy(update={"claims": claims, "answers": answers})},
        references={**guideline.references, "222": fallen},
    )
    items = {item.pair.id: item.shown for item in session_of(project, guideline=faulty).items}
    claim, (below, *_) = items[f"{RECORD}#a-rose"], items[ANSWER]["claims"]
    assert items[ANSWER]["lines"] == ["The sources are against"]
    limits = ["about the disease, not its treatment", "as of 2019", "so in the source: The weeks add up to 4."]
    assert below["lines"] == [*limits, "Data: response: 8 of 10 patients"]
    assert "Data: response: 8 of 10 patients" in claim["lines"]
    for shown in (claim, below):
        assert shown["marks"] == ["disputed", "RETRACTED"]
        assert shown["passages"][0]["marks"] == ["RETRACTED"]
    assert [(one["group"], one["where"], one["because"]) for one in claim["beside"]] == [
        ("Says otherwise", "Pemphigus: response", "Others were asked.")
    ]
    told = {word for line in claim["lines"] for word in line.split()}
    assert {"2019", "disease"} <= told


def test_the_words_of_a_claim_are_shown_as_text_with_what_does_not_print_written_out(project: Path) -> None:
    guideline = content(project)
    claim = guideline.claims[f"{RECORD}#a-rose"].claim
    hostile = claim.model_copy(update={"text": "<script>alert(1)</script> \u202e turned ##[group]"})
    record = guideline.records[RECORD]
    changed = record.model_copy(update={"claims": {**record.claims, "a-rose": hostile}})
    session = session_of(project, guideline=replace(guideline, records={**guideline.records, RECORD: changed}))
    shown = next(item.shown for item in session.items if item.pair.id == f"{RECORD}#a-rose")
    assert "\u202e" not in json.dumps(session.shown(), ensure_ascii=False)
    assert "\\u202e turned" in words(shown["text"])
