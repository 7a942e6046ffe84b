"""The printed handbook as plain data: what its template shows, and nothing that it could take for markup."""

import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

import segno

from generator import links
from generator.facts import lists
from generator.facts.claims import TITLES, CitationView, ClaimView, RecordView, SourceView
from generator.facts.glance import glance_of
from generator.facts.regimens import regimens_of, weight_tables
from generator.facts.steps import PathwayView
from generator.fields import KINDS
from generator.guideline import Guideline
from generator.model import reviewed
from generator.render.draw.charts import charts_of
from generator.render.draw.flowchart import draw_charts

# The colours that the style sheet gives on the site; an image in a PDF has no style sheet.
_STYLE = """<style>
text{font-family:'Libertinus Serif';font-size:11px;fill:#1c2326} .label{font-weight:bold}
.value,.tick{font-size:10px;fill:#4d5960} .grid{stroke:#c9d1d4} .no-difference{stroke:#b3401e}
.interval{stroke:#0b5563;stroke-width:2.4} .point{fill:#0b5563} .flow text{font-size:12px}
.box rect{fill:#f4f7f7;stroke:#0b5563} .question rect{fill:#fff;stroke-width:2}
.outcome rect{fill:#fff6e0;stroke:#b07a00} .none rect{fill:#fff;stroke:#4d5960;stroke-dasharray:5 3}
.exit rect{fill:none;stroke:#4d5960} .line{fill:none;stroke:#4d5960} .head{fill:#4d5960}
.return .line{stroke-dasharray:4 3} .answer{font-weight:bold;font-size:12px} .under{fill:#fff}
</style>"""

# The greatest chart whose text of 12 px is at least 7 pt where it fills a page of either paper, in px.
_WIDEST, _HIGHEST = 820, 1000


def book_data(guideline: Guideline, paper: str, only: Sequence[str]) -> dict[str, Any]:
    """Return everything that the template shows, as plain data."""
    return _Book(guideline, only).data(paper)


class _Book:
    """Collects the data of a book; numbers of sources hold for the whole book."""

    def __init__(self, guideline: Guideline, only: Sequence[str]):
        def wanted(view: RecordView) -> bool:
            return not only or view.id in only

        self._guideline = guideline
        self._kinds = {
            kind: [view for _, members in lists.views_of(kind, guideline) for view in members if wanted(view)]
            for kind in KINDS
        }
        self._records = {view.id: view for members in self._kinds.values() for view in members}
        self._whole = not only
        entries = [entry for view in self._records.values() for entry in view.entries]
        shown = {*(entry.id for entry in entries), *(id_ for entry in entries for id_ in entry.claim.disagrees_with)}
        shown |= {claim.entry.id for view in self._records.values() for row in glance_of(view) for claim in row.views}
        cited = {cite.pmid for id_ in shown for cite in guideline.claims[id_].claim.cites}
        self._pmids = [pmid for pmid in guideline.references if pmid in cited or self._whole]
        self._numbers = {pmid: number for number, pmid in enumerate(self._pmids, start=1)}

    def data(self, paper: str) -> dict[str, Any]:
        about, guideline = self._guideline.about, self._guideline
        unreviewed = not reviewed(about)
        standing = "Unreviewed: no clinician has reviewed this content yet." if unreviewed else "Reviewed."
        pairs = lists.disagreements(guideline, links.HOME) if self._whole else []
        names = ", ".join(view.record.name for view in self._records.values())
        return {
            "whole": self._whole,
            "title": about.title if self._whole else f"{names}: {about.title}",
            "scope": about.scope,
            "since": self._since(),
            "standing": standing,
            "version": about.version,
            "date": about.date.isoformat(),
            "licence": about.licence,
            "paper": paper,
            "footer": f"{'Unreviewed. ' if unreviewed else ''}Version {about.version}, {about.date}",
            "counts": f"{len(self._records)} records, {sum(len(v.entries) for v in self._records.values()):,} claims, "
            f"{len(self._pmids)} sources",
            "how": _HOW,
            "pathway": self._pathway() if self._whole else None,
            "parts": [
                {"name": TITLES[kind], "records": [self._record(view) for view in members]}
                for kind, members in self._kinds.items()
                if members
            ],
            "pairs": [[self._side(left), self._side(right)] for left, right in pairs],
            "missing-lead": _MISSING,
            "pending": [
                {"label": source.label, "reason": guideline.term("pending-reasons", source.reason).name}
                for source in guideline.pending.values()
                if self._whole or set(source.matters_to) & self._records.keys()
            ],
            "references": [self._reference(pmid) for pmid in self._pmids],
            "index": self._index() if self._whole else [],
        }

    def _since(self) -> dict[str, Any] | None:
        """What leads to the changes since this version, where the site has an address."""
        about = self._guideline.about
        if about.address is None:
            return None
        address = links.absolute(about.address, links.CHANGES, links.version_anchor(about.version))
        code = io.BytesIO()
        segno.make(address, error="m", micro=False).save(code, kind="png", scale=4, border=2)
        return {"address": address, "qr": list(code.getvalue())}

    def _record(self, view: RecordView) -> dict[str, Any]:
        standing = "Reviewed." if reviewed(view.record) else "Unreviewed."
        levels = ", ".join(f"{name.lower()} {count}" for name, count in view.levels)
        return {
            "name": view.record.name,
            "label": _label(view.id),
            "aka": " · ".join(view.record.also_known_as),
            "group": view.group.name,
            "standing": standing,
            "tally": f"{len(view.entries)} claims from {len(view.sources)} sources: {levels}.",
            "pending": "; ".join(source.label for source in view.pending),
            "glance": [
                {
                    "question": row.question,
                    "none": row.none,
                    "items": [
                        {
                            "text": [{"t": item.numbers_line}]
                            if row.as_numbers and item.numbers_line
                            else self._runs(item),
                            "cites": self._cites(item.citations),
                            "level": item.evidence,
                        }
                        for item in row.views
                    ],
                }
                for row in glance_of(view)
            ],
            "charts": [
                {"title": chart.title, "note": chart.note, "svg": _styled(chart.svg), "alt": _alt(chart)}
                for chart in charts_of(view.record.KIND, view.claims)
            ],
            "sections": [
                {"title": term.name, "claims": [self._claim(claim) for claim in section]}
                for _, term, section in view.sections
            ],
            "doses": [
                {
                    "name": table.name,
                    "heads": list(table.heads),
                    "rows": [[str(weight), *cells] for weight, cells in table.rows],
                    "cites": self._cites([regimen.view.citations[0] for regimen in table.regimens]),
                }
                for table in weight_tables(regimens_of(view.claims), self._guideline)
            ],
        }

    def _claim(self, view: ClaimView) -> dict[str, Any]:
        sources = "; ".join(
            f"{cite.source.short_name}, {f'{cite.source.design_and_size}, {cite.source.reading}'.lower()}"
            for cite in view.sources
        )
        marks = [sources, view.strength.label if view.strength else "", ", ".join(view.populations)]
        return {
            "label": _label(view.entry.id),
            "id": view.entry.id,
            "text": self._runs(view),
            "numbers": view.numbers_line,
            "cites": self._cites(view.citations),
            "meta": " · ".join(mark for mark in marks if mark),
            "opponents": [self._side(other) for other in view.opponents if other.entry.record in self._records],
        }

    def _side(self, view: ClaimView) -> dict[str, Any]:
        return {
            "text": links.plain_text(view.entry.claim.text),
            "cites": self._cites(view.citations),
            "where": f"{view.record.name}: {view.kind.lower()}",
            "to": _label(view.entry.id),
        }

    def _runs(self, view: ClaimView) -> list[dict[str, str]]:
        return [
            {"t": part.words, "to": _label(part.record)}
            if isinstance(part, links.Link) and part.record in self._records
            else {"t": part.words if isinstance(part, links.Link) else part}
            for part in links.split_text(view.entry.claim.text)
        ]

    def _cites(self, citations: Iterable[CitationView]) -> list[dict[str, str]]:
        pmids = dict.fromkeys(cite.source.pmid for cite in citations)
        return [{"n": str(self._numbers[pmid]), "pmid": pmid} for pmid in pmids]

    def _reference(self, pmid: str) -> dict[str, str]:
        source = SourceView(pmid, self._guideline.references[pmid], self._guideline)
        doi = source.reference.doi
        return {
            "n": str(self._numbers[source.pmid]),
            "pmid": source.pmid,
            "authors": f"{source.authors}." if source.authors else "Authors not recorded.",
            "title": source.reference.title,
            "printed": source.printed_in,
            "url": links.pubmed(source.pmid),
            "doi": doi or "",
            "doi-url": links.doi(doi) if doi else "",
            "design": f"{source.design}. Read: {source.reading.lower()}.",
        }

    def _pathway(self) -> dict[str, Any]:
        pathway, view = self._guideline.pathway, PathwayView(self._guideline)
        return {
            "lead": _PATHWAY,
            "charts": [
                {
                    "title": chart.title,
                    "svg": _styled(chart.svg),
                    "alt": f"Chart of {len(chart.nodes) or 'all'} steps; the same steps stand in the numbered key.",
                    "width": min(1.0, chart.size[0] / _WIDEST),
                }
                for chart in draw_charts(pathway, (_WIDEST, _HIGHEST))
            ],
            "steps": [
                {
                    "name": step.name,
                    "number": step.number,
                    "label": step.node.label,
                    "disputed": step.disputed,
                    "ways": [
                        {
                            "answer": edge.answer or ("Back to" if edge.returns else "Go on to"),
                            "to": edge.target,
                            "number": number,
                        }
                        for edge, number in step.ways
                    ],
                    "claims": [self._side(claim) for claim in step.claims],
                }
                for step in view.steps.values()
            ],
            "table": [
                {
                    "disease": ", ".join(self._guideline.records[id_].name for id_ in row.diseases) or row.answer,
                    "conditions": "; ".join(f"{question} {answer}" for question, answer in row.conditions),
                    "end": f"{row.end.number}. {row.end.node.label}",
                    "step": row.end.name,
                    "cites": self._cites(cite for claim in row.end.claims for cite in claim.citations),
                }
                for row in view.table
            ],
        }

    def _index(self) -> list[dict[str, str]]:
        kinds = {kind: lists.views_of(kind, self._guideline) for kind in KINDS}
        return [
            {"name": name, "see": "" if name == view.record.name else view.record.name, "to": _label(view.id)}
            for _, entries in lists.by_letter(kinds)
            for name, view in entries
            if view.id in self._records
        ]


_HOW = [
    "Each statement about medicine is a claim: one or two sentences in our own words. The numbers in brackets lead to "
    "the list of references; each source has its PMID. On the site each citation opens PubMed at the passage that "
    "carries it.",
    "Beneath a claim stand its sources with their design, number of participants and how they were read; the kind of "
    "evidence, computed from the designs (it is not GRADE); and its short id, by which it is found on the site.",
    "Claims that disagree name each other, wherever they stand. Plots show the numbers of the claims with 95 % "
    "intervals; those from case series are no estimate of the effect of IVIG.",
    "A printed copy ages: compare the version and date at the foot of each page with those of the site, whose page of "
    "changes lists what is new since each version.",
]
_MISSING = (
    "A paper is cited only when its PMID stands beside its title and its passage was read. Until then it is named, and "
    "what it found is not told."
)
_PATHWAY = (
    "Every box that advises rests on the claims listed with it in the numbered key. The pathway sorts what sources "
    "say; it does not decide. Where nothing is cited it says so."
)


def _label(id_: str) -> str:
    return re.sub(r"[^a-z0-9-]", "-", id_)


def _styled(svg: object) -> str:
    return re.sub(r"(<svg[^>]*>)", lambda match: match[1] + _STYLE, str(svg), count=1)


def _alt(chart: Any) -> str:
    return f"{chart.title}: " + "; ".join(f"{row.mark.label}: {row.mark.value}" for row in chart.rows)
