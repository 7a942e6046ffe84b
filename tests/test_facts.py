"""What every output asks: computed once for a guideline, complete for each kind of record, and a page at a time."""

import json
import shutil
from dataclasses import replace
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

from cases import TESTS, whole

from generator.cli import read
from generator.facts.answers import questions_of
from generator.facts.claims import claims_of
from generator.facts.lists import records_by_letter
from generator.facts.records import mentions_of, records_of
from generator.facts.walk import walk
from generator.guideline import Guideline
from generator.linked_text import links_in
from generator.links import record_page
from generator.render.book.content import book_data
from generator.render.book.typesetting import prepare_volume
from generator.render.draw.svg import CHARACTERS, PERCENT_AXIS, Mark, Part, draw_parts
from generator.render.site.pages import page_makers, render_pages
from generator.speech import speech_in


def test_what_is_to_be_known_is_computed_once(guideline: Guideline) -> None:
    assert claims_of(guideline) is claims_of(guideline)
    assert records_of(guideline)["indications/scleromyxedema"].claims[0] in claims_of(guideline).values()


def test_whose_advice_a_place_is_counts_no_guideline_on_another_disease(guideline: Guideline) -> None:
    records = records_of(guideline)

    def advice(name: str) -> str:
        answer = questions_of(records[f"indications/{name}"])["place"].answer
        assert answer is not None
        return answer.basis_name

    assert advice("dermatomyositis").startswith("recommended by ")
    assert advice("bullous-pemphigoid").startswith("considered by ")
    assert advice("dermatomyositis-dysphagia") == "no guideline is cited for this"
    assert advice("pemphigus-vulgaris") == "no guideline is cited for this"


def test_a_fault_of_the_source_is_told_only_where_its_figure_is_repeated(guideline: Guideline) -> None:
    fault = "so in the source: From 82.38 to 14.88 is a fall of 81.9 %; the source prints 81.6 %."
    answer = questions_of(records_of(guideline)["indications/scleromyxedema"])["effect"].answer
    claim = claims_of(guideline)["indications/scleromyxedema#skin-score-open-label"]
    assert answer is not None
    assert "81.6" in answer.answer.text
    assert fault in answer.marks
    assert fault in claim.marks
    assert fault in claim.marks_beside("A fall of 81.6 % was seen.")
    assert fault not in claim.marks_beside("The score fell in 8 patients.")
    no_figure = replace(claim, entry=replace(claim.entry, claim=claim.claim.model_copy(update={"sic": "Sums differ."})))
    assert "so in the source: Sums differ." in no_figure.marks_beside("Calm.")


def test_the_look_ups_say_what_a_search_through_all_claims_says(guideline: Guideline) -> None:
    entries = list(guideline.claims.values())
    for id_ in guideline.records:
        assert list(guideline.claims_by_record.get(id_, ())) == [entry for entry in entries if entry.record == id_]
        linking = [e.id for e in entries if e.record != id_ and any(k.record == id_ for k in links_in(e.claim.text))]
        assert [claim.id for claim in mentions_of(guideline).get(id_, ())] == linking
    for pmid in guideline.references:
        citing = [entry for entry in entries if any(cite.pmid == pmid for cite in entry.claim.cites)]
        assert list(guideline.claims_by_source.get(pmid, ())) == citing


def test_a_name_with_a_greek_letter_is_filed_by_the_name_of_the_letter(guideline: Guideline) -> None:
    record = guideline.records["mechanisms/cytokines"].model_copy(update={"also_known_as": ["β-blockade", "Ω-3"]})
    records = {**guideline.records, "mechanisms/cytokines": record}
    letters = dict(records_by_letter(replace(guideline, records=records)))
    assert [letter for letter in letters if not letter.isascii()] == []
    assert "β-blockade" in [name for name, _ in letters["B"]]
    assert "Ω-3" in [name for name, _ in letters["O"]]
    named = [name for name, _ in letters["A"]]
    assert "α2,6-sialylation" in named[: named.index("Anaphylaxis and IgA deficiency")]


def test_a_page_is_made_alone_and_is_the_same_page() -> None:
    """No other page's drawing or list is computed for it."""
    guideline, _ = read(TESTS / "base")
    assert guideline is not None
    page = record_page("practice/dosing")
    alone = page_makers(guideline, {"rule": "Text."})[page]()
    made = {getattr(function, "__name__", "") for function in guideline.made}
    assert "pathway_of" in made  # where the record stands in the pathway
    assert not made & {"records_by_letter", "disagreements", "topics_of_sources"}
    assert alone == render_pages(guideline, {"rule": "Text."})[page]


def test_the_pathway_is_walked_into_parts_that_share_no_step(guideline: Guideline) -> None:
    """One an answer to the first question, one a stage; so do steps of the first that only a later one leads to."""
    small, _ = read(TESTS / "show")
    assert small is not None
    for pathway in (guideline.pathway, small.pathway):
        walked = walk(pathway, speech_in("en"))
        members = [name for part in walked.parts for name in part.members]
        assert sorted([*members, pathway.start]) == sorted(pathway.nodes)
        assert set(walked.pages) == set(pathway.nodes)
        for part in walked.parts:
            assert [walked.numbers[name] for name in part.members] == sorted(walked.numbers[n] for n in part.members)
            assert len({pathway.nodes[name].stage for name in part.members}) == 1
    assert [part.id for part in walked.parts] == [
        *("place", "unclear", "none-cited", "stage--indication", "stage--regimen", "stage--response")
    ]


def test_two_ids_that_differ_in_a_separator_alone_are_two_places_of_the_handbook(tmp_path: Path) -> None:
    """The claim `rare` of `renal`, and a record `renal-rare`."""
    shutil.copytree(TESTS / "base/content", tmp_path / "content")
    folder = tmp_path / "content/adverse-events"
    text = (folder / "renal.yaml").read_text("utf-8")
    (folder / "renal-rare.yaml").write_text(
        text.replace("Renal failure\n", "Rare renal failure\n", 1).replace("Renal failure was rare.", "Few had it."),
        "utf-8",
    )
    lock = tmp_path / "content/passages.lock.json"
    cited = '"cited_by": ["adverse-events/renal#rare"'
    added = '"cited_by": ["adverse-events/renal-rare#rare", "adverse-events/renal#rare"'
    lock.write_text(lock.read_text("utf-8").replace(cited, added), "utf-8")
    guideline, problems = read(tmp_path)
    assert guideline is not None
    assert problems == []
    data = json.dumps(book_data(guideline, "a4", whole(guideline)))
    assert '"adverse-events:renal.rare"' in data
    assert '"adverse-events:renal-rare"' in data
    assert prepare_volume(guideline, whole(guideline)).typeset().startswith(b"%PDF")


def test_a_label_of_a_plot_is_never_cut() -> None:
    label = "alive on therapy or none, " * 7 + "and without relapse"
    value = "A journal of a long name, named as there is no author 2020: 80 of 100, 80\u00a0% (71 to 87)"
    marks = ("expression of concern", "part of the abstract", "contradicts", "disputed", "superseded")
    row = Mark(label, value, 80, 71, 87, "#x", marks=marks)
    svg = ElementTree.fromstring(draw_parts("id", "T", "D", [Part("", [row])], PERCENT_AXIS))
    for kind, text in (("label", label), ("value", value), ("state", ", ".join(marks))):
        lines = [element.text or "" for element in svg.iter() if element.get("class") == kind]
        assert " ".join(lines).replace("\u00a0", " ") == text.replace("\u00a0", " ")
        assert len(lines) > 1
        assert max(map(len, lines)) <= CHARACTERS
    bottom = max(float(e.get("y", 0)) for e in svg.iter() if e.get("class") in ("label", "value", "state"))
    assert all(float(element.get("cy", 0)) > bottom for element in svg.iter() if element.get("class") == "point")
    lines = [e for e in svg.iter() if e.get("class") in ("grid", "band")]
    assert lines
    assert all(float(e.get("y1", e.get("y", 0))) > bottom for e in lines)  # no line strikes through a word


def test_each_page_has_its_maker(guideline: Guideline) -> None:
    makers = page_makers(guideline, {})
    assert PurePosixPath("index.md") in makers
    assert {record_page(id_) for id_ in guideline.records} <= makers.keys()
