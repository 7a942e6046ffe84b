"""What is told first of a record, the rows of the list of its kind, and the matters on which claims disagree."""

from collections import Counter
from dataclasses import replace

from generator.facts.answers import questions_of
from generator.facts.lists import disagreements
from generator.facts.matrix import columns_of, rows_of, told_first
from generator.facts.matters import topics_of_matters
from generator.facts.records import records_of
from generator.guideline import Guideline


def test_a_page_begins_with_the_questions_of_the_profile(guideline: Guideline) -> None:
    facts = records_of(guideline)["indications/dermatomyositis"]
    first, others = told_first(facts)
    assert [each.name for each in first] == ["place", "dose", "harms"]
    assert [each.name for each in others][:2] == ["before", "effect"]
    named = list(guideline.profile.questions_as_told("indications"))  # in lists of questions too
    assert named == [each.name for each in (*first, *others)]
    first, _ = told_first(records_of(guideline)["adverse-events/haemolysis"])
    assert [each.name for each in first] == ["frequency", "who", "management", "alarm"]


def test_every_question_of_every_record_is_told_once(guideline: Guideline) -> None:
    for id_, facts in records_of(guideline).items():
        told = [anchor for part in told_first(facts) for each in part for anchor, _ in each.names]
        assert Counter(told) == Counter(each.anchor for each in questions_of(facts).values()), id_


def test_questions_that_are_not_known_together_are_told_where_the_first_of_them_is(guideline: Guideline) -> None:
    first, others = told_first(records_of(guideline)["indications/netherton-syndrome"])
    together = next(each for each in first if len(each.names) > 1)
    assert not {each.anchor for each in others} & {anchor for anchor, _ in together.names}


def test_a_row_has_a_cell_for_each_column_and_a_kind_without_columns_has_bare_rows(guideline: Guideline) -> None:
    assert [question.name for question in columns_of("adverse-events", guideline)] == [
        "Alarm signs",
        "What to do",
        "In whom",
    ]
    for kind in ("indications", "adverse-events", "practice", "mechanisms"):
        rows = rows_of(kind, guideline)
        assert {len(row.cells) for row in rows} == {len(columns_of(kind, guideline))}
        assert {row.facts.id for row in rows} == {id_ for id_ in guideline.records if id_.startswith(f"{kind}/")}


def test_a_column_that_the_kind_does_not_ask_for_is_left_out(guideline: Guideline) -> None:
    profile = guideline.profile.model_copy(update={"matrix": {"practice": ("steps", "no-such-question")}})
    assert [q.name for q in columns_of("practice", replace(guideline, profile=profile))] == ["What to do"]


def test_each_pair_begins_with_the_claim_that_tells_it_as_the_sentence_does(guideline: Guideline) -> None:
    of_records = [pair for facts in records_of(guideline).values() for pair in facts.disagreements]
    assert len(disagreements(guideline)) > 30
    for first, then in (*disagreements(guideline), *of_records):
        assert then.id in {told.claim for told in first.claim.disagrees_with}, (first.id, then.id)


def test_each_pair_stands_in_one_matter_and_each_claim_in_no_other(guideline: Guideline) -> None:
    matters = [matter for topic in topics_of_matters(guideline) for matter in topic.matters]
    pairs = [frozenset((a.id, b.id)) for matter in matters for a, b in matter.pairs]
    assert sorted(map(sorted, pairs)) == sorted(sorted((a.id, b.id)) for a, b in disagreements(guideline))
    claims = Counter(claim.id for matter in matters for claim in matter.claims)
    assert set(claims.values()) == {1}
    assert max(len(matter.pairs) for matter in matters) > 1
    assert sum(topic.number for topic in topics_of_matters(guideline)) == len(pairs)
