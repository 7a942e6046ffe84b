"""Every page as Markdown: one template a kind of page, one partial for a claim and one for a citation."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from generator import links
from generator.changes import IMPACTS, by_impact
from generator.fields import KINDS
from generator.guideline import Guideline
from generator.model import reviewed
from generator.render import lists, views
from generator.render.charts import charts_of
from generator.render.doses import regimens_of, weight_tables
from generator.render.environment import make_environment
from generator.render.evidence_map import draw_map, map_cells
from generator.render.flowchart import draw_charts
from generator.render.format_page import describe_format
from generator.render.glance import glance_of
from generator.render.jsonld import record_jsonld, reference_jsonld
from generator.render.pathway import PathwayView


class Download(NamedTuple):
    """A file that the home page offers: its path, its size in bytes and its SHA-256 in hexadecimal."""

    path: PurePosixPath
    size: int
    sha256: str


def render_pages(
    guideline: Guideline, rules: Mapping[str, str], downloads: Sequence[Download] = ()
) -> dict[PurePosixPath, str]:
    """Return the Markdown of every page by its path below `docs/`."""
    environment = make_environment()
    pages = dict(_contexts(guideline))
    pages[links.HOME][1]["downloads"] = downloads
    pages[links.CHANGES] = ("changes.md.j2", {"impact_names": IMPACTS, "by_impact": by_impact})
    pages[links.FORMAT] = ("format.md.j2", {"parts": describe_format()})
    pages[links.VOCABULARY] = ("vocabulary.md.j2", {})
    pages[links.RULES] = ("rules.md.j2", {"rules": rules})
    return {
        page: environment.get_template(template).render(
            page=page, about=guideline.about, guideline=guideline, titles=views.TITLES, reviewed=reviewed, **context
        )
        for page, (template, context) in pages.items()
    }


def _contexts(guideline: Guideline) -> Iterator[tuple[PurePosixPath, tuple[str, dict[str, object]]]]:
    kinds = {kind: lists.views_of(kind, guideline) for kind in KINDS}
    yield links.HOME, ("home.md.j2", {"kinds": kinds, "pairs": lists.disagreements(guideline, links.HOME)})
    everywhere = [views.ClaimView(entry, links.DOSES, {}) for entry in guideline.claims.values()]
    pathway = PathwayView(guideline)
    yield links.PATHWAY, ("pathway.md.j2", {"view": pathway, "charts": draw_charts(guideline.pathway)})
    yield links.AZ, ("a-z.md.j2", {"letters": lists.by_letter(kinds)})
    treated = [view for view in everywhere if not view.entry.record.startswith("adverse-events/")]
    regimens = sorted(regimens_of(treated), key=lambda regimen: regimen.topic.casefold())
    tables = weight_tables(regimens, guideline)
    yield links.DOSES, ("doses.md.j2", {"regimens": regimens, "tables": tables})
    cells = map_cells([view for _, members in kinds["indications"] for view in members], guideline)
    counts = {"kinds": kinds, "tables": evidence_tables(guideline)}
    yield links.EVIDENCE, ("evidence.md.j2", {**counts, "cells": cells, "map": draw_map(cells, guideline)})
    pairs = lists.disagreements(guideline, links.DISAGREEMENTS)
    yield links.DISAGREEMENTS, ("disagreements.md.j2", {"pairs": pairs})
    gaps = [
        views.ClaimView(entry, links.MISSING, {})
        for entry in guideline.claims.values()
        if entry.claim.kind == "evidence-gap"
    ]
    yield links.MISSING, ("missing.md.j2", {"gaps": gaps})
    for kind, groups in kinds.items():
        yield links.index_page(kind), ("index.md.j2", {"kind": kind, "groups": groups})
        for _, members in groups:
            for view in members:
                context = {"view": view, "rows": glance_of(view), "charts": charts_of(kind, view.claims)}
                context["jsonld"] = record_jsonld(view)
                context["step"] = pathway.entry(view.id)
                context["tables"] = weight_tables(regimens_of(view.claims), guideline)
                yield view.page, ("record.md.j2", context)
    for old, id_ in guideline.former.items():
        if id_ in guideline.records:
            context = {"id": id_, "record": guideline.records[id_], "claims": guideline.moved_from(old)}
            yield links.record_page(old), ("moved.md.j2", context)
    sources = [views.SourceView(pmid, reference, guideline) for pmid, reference in guideline.references.items()]
    sources.sort(key=lambda source: (-(source.reference.year or 0), source.short_name.casefold(), int(source.pmid)))
    cited = Counter(pmid for e in guideline.claims.values() for pmid in {cite.pmid for cite in e.claim.cites})
    topics = lists.topics_of_sources(kinds)
    yield links.REFERENCES, ("references.md.j2", {"sources": sources, "cited": cited, "topics": topics})
    for source in sources:
        page = links.reference_page(source.pmid)
        claims = list(lists.reference_claims(source.pmid, guideline, page))
        yield (
            page,
            (
                "reference.md.j2",
                {"source": source, "claims": claims, "jsonld": reference_jsonld(source.pmid, guideline)},
            ),
        )


def evidence_tables(guideline: Guideline) -> list[tuple[str, list[tuple[str, int]]]]:
    """Return a heading and rows of name and count for each way of counting claims and sources."""
    claims, references = guideline.claims.values(), guideline.references.values()

    def by_term(section: str, names: list[str]) -> list[tuple[str, int]]:
        found = Counter(names)
        return [
            (term.name, found[name]) for name, term in guideline.vocabulary.sections[section].items() if found[name]
        ]

    return [
        ("Claims by the highest level of their sources", views.count_levels(claims, guideline)),
        ("Claims by kind", by_term("claim-kinds", [entry.claim.kind for entry in claims])),
        ("Sources by design", by_term("designs", [reference.design for reference in references])),
        ("Sources by what was studied", by_term("species", [reference.species for reference in references])),
        ("Sources by how they were read", by_term("readings", [reference.read for reference in references])),
        (
            "Sources by retraction state",
            by_term("retraction-states", [reference.retraction.state for reference in references]),
        ),
    ]
