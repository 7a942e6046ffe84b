"""What a review covers: an ORCID iD that can be one, and the answers and claims as the reviewer saw them."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from cases import TESTS
from pydantic import TypeAdapter, ValidationError

from generator import load
from generator.changes import ChangeList
from generator.check import review_current
from generator.evidence.comparisons import hash_of_answer
from generator.evidence.standing import authors_of, covered, fingerprint_of
from generator.fields import Orcid, check_digit
from generator.guideline import Guideline
from generator.model import Review

HOME = "indications/crackle"
ORCID = "0000-0002-1825-0097"


@pytest.mark.parametrize("orcid", [ORCID, "0000-0001-5109-3700", "0000-0002-1694-233X"])
def test_the_documented_examples_have_the_check_digit_that_is_computed(orcid: str) -> None:
    """The examples of ORCID's page on the structure of its identifier."""
    assert check_digit(orcid.replace("-", "")[:-1]) == orcid[-1]
    assert TypeAdapter[str](Orcid).validate_python(orcid) == orcid


@pytest.mark.parametrize("at", [0, 3, 7, 12, 17])
def test_one_wrong_digit_is_seen(at: int) -> None:
    digits = [*ORCID]
    if digits[at] != "-":
        digits[at] = str((int(digits[at]) + 1) % 10)
        with pytest.raises(ValidationError, match="does not fit the digits"):
            TypeAdapter[str](Orcid).validate_python("".join(digits))


@pytest.mark.parametrize(("old", "new"), [("1825", "8125"), ("0097", "0079")])
def test_two_digits_exchanged_are_seen(old: str, new: str) -> None:
    with pytest.raises(ValidationError, match="does not fit the digits"):
        TypeAdapter[str](Orcid).validate_python(ORCID.replace(old, new))


def changed(tmp_path: Path, file: str, old: str, new: str) -> Guideline:
    shutil.copytree(TESTS / "show/content", tmp_path / "content")
    path = tmp_path / "content" / file
    assert old in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    guideline, problems = load.load_guideline(tmp_path)
    assert guideline is not None, problems
    return guideline


LAPSES = {
    "the words of an answer": ("indications/crackle.yaml", "A guideline puts IVIG third", "A guideline puts IVIG 3rd"),
    "where an answer leans": ("indications/crackle.yaml", "    direction: for", "    direction: unclear"),
    "a claim that an answer rests on": (
        "indications/crackle.yaml",
        "rests_on: [indications/crackle#third, practice/dosing#child]",
        "rests_on: [indications/crackle#third]",
    ),
    "in what it is indirect": ("indications/crackle.yaml", "indirect: disease", "indirect: dose"),
    "who says otherwise": ("indications/crackle.yaml", ", indications/glimmer#unchanged]", "]"),
    "what is not known": ("indications/crackle.yaml", "because: ", "because: Perhaps "),
}


@pytest.mark.parametrize("what", LAPSES)
def test_a_review_lapses_with(what: str, tmp_path: Path, shown: Guideline) -> None:
    after = changed(tmp_path, *LAPSES[what])
    assert fingerprint_of(HOME, after) != fingerprint_of(HOME, shown)
    assert fingerprint_of("guideline", after) != fingerprint_of("guideline", shown)


@pytest.mark.parametrize("id_", ["indications/crackle#third", "practice/dosing#child"])
def test_a_review_lapses_with_each_claim_and_passage(id_: str, shown: Guideline) -> None:
    """Its own, and one of another record that an answer rests on."""
    claim = shown.claims[id_].claim
    home, _, name = id_.partition("#")
    record = shown.records[home]
    reworded = {**record.claims, name: claim.model_copy(update={"text": f"{claim.text} So."})}
    after = replace(shown, records={**shown.records, home: record.model_copy(update={"claims": reworded})})
    assert fingerprint_of(HOME, after) != fingerprint_of(HOME, shown)
    key = claim.cites[0].key
    other = shown.passages[key].model_copy(update={"sha256": "0" * 64})
    assert fingerprint_of(HOME, replace(shown, passages={**shown.passages, key: other})) != fingerprint_of(HOME, shown)


def test_no_order_and_no_name_of_a_claim_lapses_a_review(shown: Guideline) -> None:
    record = shown.records[HOME]
    turned = record.model_copy(update={"claims": dict(reversed(record.claims.items())), "name": "Crackles"})
    after = replace(shown, records={**shown.records, HOME: turned})
    assert fingerprint_of(HOME, after) == fingerprint_of(HOME, shown)


def test_an_answer_to_another_question_is_another(shown: Guideline) -> None:
    record = shown.records[HOME]
    answers = {**record.answers, "dose": record.answers["harms"], "harms": record.answers["dose"]}
    after = replace(shown, records={**shown.records, HOME: record.model_copy(update={"answers": answers})})
    assert fingerprint_of(HOME, after) != fingerprint_of(HOME, shown)


def test_it_covers_each_answer_each_question_not_known_and_each_claim_of_the_record(shown: Guideline) -> None:
    record, ids = shown.records[HOME], covered(HOME, shown)
    unknown = [name for each in record.not_known for name in each.questions]
    assert unknown
    assert ids == [
        *(f"{HOME}#answer--{name}" for name in (*record.answers, *unknown)),
        *(f"{HOME}#{name}" for name in record.claims),
    ]
    hashes = {hash_of_answer(shown.answers[id_], shown) for id_ in ids if id_ in shown.answers}
    assert len(hashes) == len(record.answers) + len(record.not_known)


def test_authors_of_the_guideline_are_authors_of_each_record(shown: Guideline) -> None:
    assert shown.records[HOME].written_by == shown.about.written_by == ("0000-0001-5109-3700",)
    assert authors_of("practice/dosing", shown) == {"0000-0001-5109-3700"}
    record = shown.records[HOME].model_copy(update={"written_by": (ORCID,)})
    after = replace(shown, records={**shown.records, HOME: record})
    assert authors_of(HOME, after) == authors_of("guideline", after) == {ORCID, "0000-0001-5109-3700"}
    assert authors_of("practice/dosing", after) == {"0000-0001-5109-3700"}


def test_a_recorded_version_has_no_later_review(shown: Guideline) -> None:
    """Between two versions the guideline bears the date of the first: a review is then later, and right."""
    standing = shown.records[HOME].standing
    assert isinstance(standing, Review)
    late = standing.model_copy(update={"reviewed_on": shown.about.date.replace(year=shown.about.date.year + 1)})
    records = {**shown.records, HOME: shown.records[HOME].model_copy(update={"standing": late})}
    between = replace(shown, records=records, changes=())
    assert list(review_current.check(between)) == []
    version = ChangeList.model_construct(version="1.0.0", content=between.fingerprint, changes=())
    (problem,) = review_current.check(replace(between, changes=(version,)))
    assert problem.wrong == f"the review is dated after the guideline ({shown.about.date})"
