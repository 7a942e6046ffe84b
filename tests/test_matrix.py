"""What is told first of a record, the rows of the list of its kind, and the matters on which claims disagree."""

from collections import Counter
from dataclasses import replace

from generator.facts.answers import class_harms, questions_of
from generator.facts.lists import disagreements
from generator.facts.matrix import columns_of, rows_of, told_first
from generator.facts.matters import topics_of_matters
from generator.facts.records import records_of
from generator.guideline import Guideline
from generator.links import index_page
from generator.render.book.sheets import sheet_data
from generator.render.data.text import to_text
from generator.render.site.pages import page_makers


def test_a_page_begins_with_the_columns_of_the_list_of_its_kind(guideline: Guideline) -> None:
    first, others = told_first(records_of(guideline)["indications/dermatomyositis"])
    assert [each.name for each in first] == ["place", "dose", "harms", "effect"]
    assert [each.name for each in others][:2] == ["contraindications", "before"]


def test_a_harm_begins_with_what_to_do_wherever_it_is_told(guideline: Guideline) -> None:
    """A reader in an emergency needs the act before the size."""
    questions = ["management", "alarm", "onset", "who", "frequency", "prevention"]
    assert list(guideline.profile.questions_of("adverse-events")) == questions
    facts = records_of(guideline)["adverse-events/haemolysis"]
    first, others = told_first(facts)
    assert [name for each in (*first, *others) for name in sorted(each.told_with, key=questions.index)] == questions
    sheet = sheet_data(guideline, facts.id, "a4")["sheets"][0]
    assert sheet["answers"][0]["question"] == "What to do"
    text = to_text(facts)
    assert text.index("## What to do") < text.index("## Alarm signs") < text.index("## How often")


def test_what_the_profile_names_of_questions_is_shown_in_their_one_order(guideline: Guideline) -> None:
    profile = guideline.profile
    told = {"matrix": {"adverse-events": ("who", "alarm", "management")}, "class_harms_tell": ("frequency", "alarm")}
    turned = replace(guideline, profile=profile.model_copy(update=told))
    assert [column.name for column in columns_of("adverse-events", turned)] == ["What to do", "Alarm signs", "In whom"]
    assert {tuple(answer.name for answer in harm.answers) for harm in class_harms(turned)} == {("alarm", "frequency")}
    assert profile.in_order("adverse-events", ["no-such-question", "alarm", "management"]) == ["management", "alarm"]


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
        "What to do",
        "Alarm signs",
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


def test_a_kind_of_claim_and_the_question_that_it_alone_answers_have_one_name(guideline: Guideline) -> None:
    alike = {"place": "line-of-therapy", "effect": "efficacy", "dose": "dosing"}
    alike |= {"onset": "onset", "management": "management", "who": "risk-factor", "frequency": "frequency"}
    told = {name: question.name for by_id in guideline.profile.questions.values() for name, question in by_id.items()}
    assert {name: guideline.term("claim-kinds", kind).name for name, kind in alike.items()} == {
        name: told[name] for name in alike
    }


def test_many_sources_of_a_list_are_folded_and_what_weighs_is_told_outside(guideline: Guideline) -> None:
    page = page_makers(guideline, {})[index_page("practice")]()
    row = next(line for line in page.splitlines() if line.startswith("| [Work-up"))
    outside, _, folded = row.partition("<details")
    facts = questions_of(records_of(guideline)["practice/work-up"])["steps"].answer
    assert facts is not None
    assert len(facts.pmids) > 10
    assert "PMID" not in outside
    assert [words for words in facts.weighty if words not in outside] == []
    assert "dispute it" in outside
    assert [pmid for pmid in facts.pmids if f"</span>{pmid}</a>" not in folded] == []
