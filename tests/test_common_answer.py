"""An answer that is the same for most records of a kind is written once, and told of each that has none of its own."""

from dataclasses import replace

from generator.answers import Answer
from generator.facts.answers import answers_of, questions_of
from generator.facts.records import records_of
from generator.guideline import Guideline
from generator.profile import kind_of
from generator.review.answers import answer_changes

COMMON = "indications/skin-diseases-overview#answer--contraindications"


def test_a_record_without_an_own_answer_tells_the_common_one(guideline: Guideline) -> None:
    without = [id_ for id_, record in guideline.records.items() if id_ not in COMMON and _is_left(id_, guideline)]
    assert without
    for id_ in without:
        told = questions_of(records_of(guideline)[id_])["contraindications"].answer
        assert told is not None
        assert told.answer is guideline.answers[COMMON]
        assert told.id == f"{id_}#answer--contraindications"
        assert guideline.answers[told.id] is told.answer


def test_an_own_answer_goes_before_the_common_one(guideline: Guideline) -> None:
    told = {answer.name: answer for answer in answers_of(records_of(guideline)["indications/scleromyxedema"])}
    own = guideline.records["indications/scleromyxedema"].answers["contraindications"]
    assert told["contraindications"].answer is own
    assert own is not guideline.answers[COMMON]


def test_the_review_shows_the_common_answer_where_an_own_one_went(guideline: Guideline) -> None:
    record = guideline.records["indications/scleromyxedema"]
    rest = {name: answer for name, answer in record.answers.items() if name != "contraindications"}
    records = {**guideline.records, "indications/scleromyxedema": record.model_copy(update={"answers": rest})}
    (change,) = answer_changes(guideline, replace(guideline, records=records), {})
    assert (change.kind, change.where) == ("answer-changed", "indications/scleromyxedema#answer--contraindications")
    common = guideline.answers[COMMON]
    assert isinstance(common, Answer)
    assert change.after.startswith(common.text)


def _is_left(id_: str, guideline: Guideline) -> bool:
    record = guideline.records[id_]
    known = {*record.answers, *(name for each in record.not_known for name in each.questions)}
    return kind_of(id_) == guideline.profile.treated and "contraindications" not in known
