"""Every page as Markdown, each made on its own: one template a kind of page, one partial for a claim and a citation."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import PurePosixPath
from typing import Any

from generator import links
from generator.changes import IMPACTS, by_impact
from generator.evidence.basis import STEPS, rule
from generator.facts import lists
from generator.facts.across import across
from generator.facts.answers import ClassHarm, class_harms, questions_of
from generator.facts.bibliography import CITATION_FILES
from generator.facts.claims import ClaimFacts, claims_of
from generator.facts.codes import facts_of_codes, systems_of
from generator.facts.decisions import decision_table
from generator.facts.falls import falls_of
from generator.facts.marks import mark
from generator.facts.matrix import columns_of, rows_of, told_first
from generator.facts.matters import disputed_answers, topics_of_matters
from generator.facts.records import records_of
from generator.facts.regimens import any_by_weight, doses_by_topic, shown_regimens, weight_tables, without_doses
from generator.facts.sources import sources_of
from generator.facts.steps import pathway_of
from generator.facts.tallies import evidence_tallies
from generator.facts.walk import walk
from generator.guideline import Guideline
from generator.model import reviewed
from generator.proposals.form import form_of
from generator.render.draw.charts import charts_of, plots_of, undrawn
from generator.render.draw.evidence_map import draw_map, map_cells
from generator.render.draw.flowchart import draw_overview, draw_part
from generator.render.site.coins import coins
from generator.render.site.environment import make_environment
from generator.render.site.format_page import describe_format
from generator.render.site.jsonld import record_jsonld, reference_jsonld, script_of, site_jsonld
from generator.speech import to_say

# In print a page holds 1058 by 642 px of a chart: its text is then at least 7.5 pt. A screen of 1280 px holds 1172.
_LARGEST_CHART = (1172.0, 820.0)

_TERM_HEADS = {"level": to_say("Level"), "impact": to_say("Class of a change"), "means": to_say("Taken for")}
"""Heads of the columns of the vocabulary that only some sections have."""

Context = Mapping[str, Any]
"""What a template shows beside what every template is given."""


def render_pages(guideline: Guideline, rules: Mapping[str, str]) -> dict[PurePosixPath, str]:
    """Return the Markdown of every page by its path below `docs/`."""
    return {page: make() for page, make in page_makers(guideline, rules).items()}


def page_makers(guideline: Guideline, rules: Mapping[str, str]) -> dict[PurePosixPath, Callable[[], str]]:
    """Return, for each page by its path below `docs/`, a function that returns its Markdown and makes no other page.

    What several pages need is computed by the first that asks, once for the guideline.
    """

    def make(page: PurePosixPath, template: str, context: Callable[[], Context]) -> str:
        common = {"page": page, "about": guideline.about, "guideline": guideline, "reviewed": reviewed}
        titles = {id_: kind.title for id_, kind in guideline.profile.kinds.items()}
        environment = make_environment(guideline.about.speech, guideline.about.own)
        return environment.get_template(template).render(**common, titles=titles, **context())

    return {page: partial(make, page, template, context) for page, template, context in _pages(guideline, rules)}


def _pages(
    guideline: Guideline, rules: Mapping[str, str]
) -> Iterator[tuple[PurePosixPath, str, Callable[[], Context]]]:
    """Yield path, template and what computes the context of each page."""
    yield links.HOME, "home.md.j2", lambda: _home(guideline)
    yield links.PATHWAY, "pathway.md.j2", lambda: _pathway(guideline)
    yield links.PATHWAY_KEY, "pathway-key.md.j2", lambda: _pathway_key(guideline)
    for number, part in enumerate(walk(guideline.pathway, guideline.about.own).parts):
        yield links.key_page(part.id), "pathway-key.md.j2", partial(_pathway_part, number, guideline)
    yield links.AZ, "a-z.md.j2", lambda: {"letters": lists.records_by_letter(guideline)}
    yield links.DOSES, "doses.md.j2", lambda: _doses(guideline)
    yield links.EVIDENCE, "evidence.md.j2", lambda: _evidence(guideline)
    yield links.DISAGREEMENTS, "disagreements.md.j2", lambda: _matters(guideline)
    yield links.MISSING, "missing.md.j2", lambda: _missing(guideline)
    yield links.SEARCHES, "searches.md.j2", lambda: _searches(guideline)
    for kind in guideline.profile.kinds:
        yield links.index_page(kind), "index.md.j2", partial(_index, kind, guideline)
    for kind in guideline.profile.matrix:
        for name in guideline.profile.questions_of(kind):
            yield links.question_page(kind, name), "question.md.j2", partial(_across, kind, name, guideline)
    for id_ in guideline.records:
        yield links.record_page(id_), "record.md.j2", partial(_record, id_, guideline)
    for old, id_ in guideline.former.items():
        if id_ in guideline.records:
            yield links.record_page(old), "moved.md.j2", partial(_moved, old, id_, guideline)
    yield links.REFERENCES, "references.md.j2", lambda: _references(guideline)
    for pmid in guideline.references:
        yield links.reference_page(pmid), "reference.md.j2", partial(_reference, pmid, guideline)
    yield links.PROPOSE, "propose.md.j2", lambda: _propose(guideline)
    yield links.CHANGES, "changes.md.j2", lambda: _changes(guideline)
    yield links.FORMAT, "format.md.j2", lambda: {"parts": describe_format()}
    yield links.VOCABULARY, "vocabulary.md.j2", partial(_vocabulary, guideline)
    yield links.RULES, "rules.md.j2", lambda: {"rules": rules}


def _home(guideline: Guideline) -> Context:
    topics = guideline.profile.counting_as("topic")
    beside = {"topics": topics, "by_weight": any_by_weight(guideline), "jsonld": site_jsonld(guideline)}
    return {**_kinds(guideline), **_pairs(guideline), **beside}


def _vocabulary(guideline: Guideline) -> Context:
    sections = guideline.vocabulary.sections.items()
    return {
        "used": {
            name: [key for key in _TERM_HEADS if any(getattr(t, key) for t in terms.values())]
            for name, terms in sections
        },
        "heads": _TERM_HEADS,
        "systems": systems_of(guideline),
        "codes": facts_of_codes(guideline.about.codes),
    }


def _kinds(guideline: Guideline) -> Context:
    kinds, first = lists.records_by_kind(guideline), guideline.profile.treated
    return {"kinds": kinds, "first": {**_list(first, guideline), "kind": first}}


def _list(kind: str, guideline: Guideline) -> Context:
    harms = _harms(kind, guideline)
    return {"columns": columns_of(kind, guideline), "rows": rows_of(kind, guideline), "harms": harms}


def _harms(kind: str, guideline: Guideline) -> Sequence[ClassHarm]:
    """Return the harms that go with every record of a kind."""
    return class_harms(guideline) if kind == guideline.profile.treated else ()


def _pairs(guideline: Guideline) -> Context:
    return {"pairs": lists.disagreements(guideline)}


def _matters(guideline: Guideline) -> Context:
    number = len(lists.disagreements(guideline))
    return {"topics": topics_of_matters(guideline), "number": number, "answers": disputed_answers(guideline)}


def _pathway(guideline: Guideline) -> Context:
    return {"pathway": pathway_of(guideline)}


def _pathway_key(guideline: Guideline) -> Context:
    pathway = pathway_of(guideline)
    title, start = guideline.about.speech.say("The pathway as charts and key"), pathway.steps[guideline.pathway.start]
    charts = [draw_overview(pathway.walk, guideline.about.own)] if pathway.walk.parts else []
    return {
        "title": title,
        "parts": pathway.walk.parts,
        "charts": charts,
        "steps": [start],
        "table": decision_table(pathway),
    }


def _pathway_part(number: int, guideline: Guideline) -> Context:
    pathway = pathway_of(guideline)
    part = pathway.walk.parts[number]
    charts = draw_part(pathway.walk, part, guideline.about.own, _LARGEST_CHART)
    return {"title": part.title, "parts": (), "charts": charts, "steps": pathway.in_part(part), "table": ()}


def _doses(guideline: Guideline) -> Context:
    topics, without = doses_by_topic(guideline).values(), without_doses(guideline)
    adds, weighed = guideline.profile.doses, any_by_weight(guideline)
    noted = {id_: claims_of(guideline)[id_] for note in adds.notes for id_ in note.rests_on}
    return {"topics": topics, "without": without, "adds": adds, "by_weight": weighed, "noted": noted}


def _evidence(guideline: Guideline) -> Context:
    kinds = lists.records_by_kind(guideline)
    cells = map_cells([facts for _, members in kinds[guideline.profile.treated] for facts in members], guideline)
    tallies = evidence_tallies(guideline)
    treated = guideline.profile.kinds[guideline.profile.treated]
    drawn = {"treated": treated, "cells": cells, "map": draw_map(cells, guideline)}
    return {"kinds": kinds, "tables": tallies, "basis": (STEPS, rule(guideline.about.speech)), **drawn}


def _missing(guideline: Guideline) -> Context:
    return {"pending": lists.pending_by_reason(guideline), "topics": lists.gaps_by_record(guideline)}


def _searches(guideline: Guideline) -> Context:
    kinds = [
        (guideline.profile.kinds[kind].title, [facts for _, members in groups for facts in members if facts.searches])
        for kind, groups in lists.records_by_kind(guideline).items()
    ]
    return {"searched": [(title, members) for title, members in kinds if members]}


def _index(kind: str, guideline: Guideline) -> Context:
    return {"kind": kind, **_list(kind, guideline)}


def _across(kind: str, name: str, guideline: Guideline) -> Context:
    return {"across": across(kind, name, guideline)}


def _record(id_: str, guideline: Guideline) -> Context:
    facts = records_of(guideline)[id_]
    return {
        "facts": facts,
        "questions": told_first(facts) if questions_of(facts) else (),
        "disputes": _numbered(facts.disagreements),
        "harms": _harms(facts.kind, guideline),
        "charts": charts_of(facts),
        "undrawn": undrawn(facts),
        "jsonld": record_jsonld(facts),
        "step": pathway_of(guideline).entry(id_),
        "dosed": doses_by_topic(guideline).get(id_),
        "tables": weight_tables(shown_regimens(facts), guideline),
        "moved": _moved_from(id_, guideline),
    }


def _numbered(pairs: Sequence[tuple[ClaimFacts, ClaimFacts]]) -> Mapping[tuple[str, str], int]:
    """Return the number of each pair of claims, from 1, whichever of them is named first."""
    numbers = list(enumerate(pairs, start=1))
    return {(a.id, b.id): n for n, (a, b) in numbers} | {(b.id, a.id): n for n, (a, b) in numbers}


def _moved(old: str, id_: str, guideline: Guideline) -> Context:
    return {"id": id_, "record": guideline.records[id_], "claims": _moved_from(old, guideline)}


def _moved_from(record: str, guideline: Guideline) -> Sequence[tuple[str, ClaimFacts]]:
    """Return the names of claims that stood on the page of a record, with each as it stands on another page now."""
    claims = claims_of(guideline)
    return [(name, claims[id_]) for name, id_ in guideline.moved_from(record) if claims[id_].entry.record != record]


def _references(guideline: Guideline) -> Context:
    cited = {pmid: len(claims) for pmid, claims in guideline.claims_by_source.items()}
    return {"years": lists.sources_by_year(guideline), "cited": cited, "topics": lists.topics_of_sources(guideline)}


def _reference(pmid: str, guideline: Guideline) -> Context:
    source = sources_of(guideline)[pmid]
    claims = lists.claims_of_source(pmid, guideline)
    fall = None if source.is_retracted else falls_of(guideline)[pmid]
    return {
        "source": source,
        "claims": claims,
        "jsonld": reference_jsonld(source, guideline),
        "coins": coins(source),
        "formats": CITATION_FILES,
        "fall": fall,
        "plots": plots_of(fall.losing, guideline) if fall else (),
    }


def _propose(guideline: Guideline) -> Context:
    form = form_of(
        guideline, {pmid: mark(each.short_name, *each.marks) for pmid, each in sources_of(guideline).items()}
    )
    return {"form": form, "data": script_of(form, "application/json", id_="proposal-form")}


def _changes(guideline: Guideline) -> Context:
    return {"impact_names": IMPACTS, "by_impact": by_impact, "sources": sources_of(guideline)}
