"""A record as Markdown to read: what its page says stands in it, as the same text, with its sources and marks."""

import re
from dataclasses import replace
from html import unescape
from pathlib import PurePosixPath

from markdown import markdown as to_html

from generator import links
from generator.facts.answers import class_harms, questions_of
from generator.facts.edition import edition
from generator.facts.records import RecordFacts, records_of
from generator.guideline import Guideline
from generator.render.data.exports import export_makers
from generator.render.data.text import to_text


def shown_text(content: str) -> str:
    """Return what a reader of the Markdown sees, on one line."""
    return " ".join(unescape(re.sub("<[^>]*>", "", to_html(content))).split())


def test_every_record_is_there_with_standing_and_version_first(guideline: Guideline) -> None:
    made = export_makers(guideline)
    for facts in records_of(guideline).values():
        content = made[links.record_text(facts.id)]()
        assert isinstance(content, str)
        first = content.split("\n", 3)
        assert first[:2] == [f"# {facts.record.name}", ""]
        assert first[2].startswith(f"**Unreviewed.** {edition(guideline.about)}"), first[2]
        assert not re.search(r"<[a-z/!]|\{[:%{ ]", content), facts.id


def test_it_says_what_the_record_says_with_passages_and_marks(shown: Guideline, guideline: Guideline) -> None:
    for facts in (*records_of(shown).values(), *list(records_of(guideline).values())[::7]):
        content = to_text(facts)
        said = shown_text(content)
        for claim in facts.claims:
            begins = said.index(" ".join(claim.plain_text.split()))
            part = said[begins : said.index(claim.id, begins)]
            wanted = [*claim.marks, *(cite.words for cite in claim.citations), *claim.entry.opponents.values()]
            assert [words for words in wanted if words and " ".join(words.split()) not in part] == [], claim.id
            assert all(f"]({cite.passage})" in content for cite in claim.citations)
        assert [
            source.pmid for source in facts.sources if f"{source.title} {source.printed_in}. {source.note}" not in said
        ] == []
        assert to_html(content).count("<li>") == len(re.findall("(?m)^ *- ", content))
        told = [each.answer for each in questions_of(facts).values() if each.answer]
        harms = [one for harm in class_harms(facts.guideline) for one in harm.answers]
        for answer in (*told, *(harms if facts.is_treated else ())):
            steps = [words for step in answer.steps for words in (step.step.text, *step.remarks)]
            for words in (answer.answer.text, answer.basis_words[1:], answer.leans, *answer.marks, *steps):
                assert " ".join(words.split()) in said, (facts.id, answer.name, words)
            for claim in answer.otherwise if answer in told else ():
                assert f"Disputed by {claim.where} ({claim.entry.name})" in said
        for each in questions_of(facts).values():
            assert not each.not_known or each.not_known.not_known.because in said


def test_hostile_words_stay_words(shown: Guideline) -> None:
    name = "# [a](javascript:alert(1)) <script>alert(1)</script> `b` *c* ![d](//e) &amp;\n\n## f"
    id_, record = next(iter(shown.records.items()))
    claims = {key: each.model_copy(update={"text": f"1. {name}"}) for key, each in record.claims.items()}
    hostile = record.model_copy(update={"name": name, "claims": claims})
    facts = RecordFacts(id_, hostile, replace(shown, records={**shown.records, id_: hostile}))
    html = to_html(to_text(facts))
    assert html.startswith("<h1># [a](javascript:alert(1)) &lt;script")
    assert html.count("<h1>") == 1
    assert "<script" not in html
    assert not re.search(r'(?:href|src)="(?!https://|\.\./)', html)
    assert " ".join(name.split()) in shown_text(to_text(facts))


def test_what_leads_out_of_it_is_right_where_it_is(shown: Guideline) -> None:
    """It stands in the folder of its kind, and nobody hosts the site."""
    alone = replace(shown, about=shown.about.model_copy(update={"address": None}))
    pages = {links.hosted(None, links.record_page(id_)) for id_ in alone.records}
    for facts in records_of(alone).values():
        targets = re.findall(r"\]\((?!https:)([^)]*)\)", to_text(facts))
        assert {str(PurePosixPath(target.partition("#")[0])) + "/" for target in targets} <= {f"../{p}" for p in pages}
        assert targets
