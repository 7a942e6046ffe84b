"""The printed handbook as plain data: what its template shows, and nothing that it could take for markup."""

import io
import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import segno

from generator import links
from generator.evidence.basis import RULE
from generator.facts import lists
from generator.facts.answers import AnswerFacts, Backed, ClassHarm, QuestionFacts, answers_of, class_harms, questions_of
from generator.facts.claims import CitationFacts, ClaimFacts
from generator.facts.decisions import decision_table
from generator.facts.marks import mark
from generator.facts.records import RecordFacts
from generator.facts.regimens import WeightTable, regimens_of, weight_tables
from generator.facts.sources import sources_of
from generator.facts.steps import Backing, Step, Way, pathway_of
from generator.guideline import Guideline
from generator.model import RECORD_TYPES, reviewed
from generator.render.draw.charts import Plot, charts_of
from generator.render.draw.flowchart import draw_charts
from generator.words import plural

# The colours that the style sheet gives on the site; an image in a PDF has no style sheet.
_STYLE = """<style>
text{font-family:'Libertinus Serif';font-size:11px;fill:#1c2326} .label{font-weight:bold}
.state{font-size:10px;fill:#8a2f14}
.value,.tick{font-size:10px;fill:#4d5960} .grid{stroke:#c9d1d4} .no-difference{stroke:#b3401e}
.interval{stroke:#0b5563;stroke-width:2.4} .point{fill:#0b5563} .flow text{font-size:12px}
.box rect{fill:#f4f7f7;stroke:#0b5563} .question rect{fill:#fff;stroke-width:2}
.checklist rect{fill:#fff;stroke-width:2} .outcome rect{fill:#fff6e0;stroke:#b07a00}
.urgent rect{fill:#fdf1ee;stroke:#b3401e} .none rect{fill:#fff;stroke:#4d5960;stroke-dasharray:5 3}
.exit rect{fill:none;stroke:#4d5960} .line{fill:none;stroke:#4d5960} .head{fill:#4d5960}
.return .line{stroke-dasharray:4 3} .answer{font-weight:bold;font-size:12px} .under{fill:#fff}
</style>"""

MOST_CLAIMS = 1000
"""Claims of a volume, which then needs less than 1 GB to be typeset."""

# The greatest chart whose text of 12 px is at least 7 pt where it fills a page of either paper, in px.
_WIDEST, _HIGHEST = 820, 1000


class Volume(NamedTuple):
    """What one PDF holds: some records, as a volume of the handbook from 1, or (number 0) as a leaflet."""

    records: Sequence[str]
    number: int
    total: int

    @property
    def name(self) -> str:
        """What follows the title: `, volume 2 of 3`; nothing for a leaflet or a handbook of one volume."""
        return f", volume {self.number} of {self.total}" if self.total > 1 else ""

    @property
    def is_first(self) -> bool:
        """Whether the pathway is in it."""
        return self.number == 1

    @property
    def is_last(self) -> bool:
        """Whether the lists of the whole handbook are in it."""
        return 0 < self.number == self.total


def volumes(guideline: Guideline, most: int = MOST_CLAIMS) -> list[Volume]:
    """Return the volumes of the handbook: as many records as hold `most` claims each, in the order of the site.

    Typsetting needs memory in proportion to the length of a PDF.
    """
    parts: list[list[str]] = [[]]
    claims = 0
    for groups in lists.records_by_kind(guideline).values():
        for facts in (facts for _, members in groups for facts in members):
            claims += len(facts.claims)
            if claims > most and parts[-1]:
                parts.append([])
                claims = len(facts.claims)
            parts[-1].append(facts.id)
    return [Volume(records, number, len(parts)) for number, records in enumerate(parts, start=1)]


def book_data(guideline: Guideline, paper: str, volume: Volume) -> dict[str, Any]:
    """Return everything that the template shows, as plain data."""
    return _Book(guideline, volume).data(paper)


class _Book:
    """Collects the data of a volume or leaflet; numbers of sources hold for all of it."""

    def __init__(self, guideline: Guideline, volume: Volume):
        self._guideline = guideline
        self._volume = volume
        self._kinds = {
            kind: [facts for _, members in groups for facts in members if facts.id in volume.records]
            for kind, groups in lists.records_by_kind(guideline).items()
        }
        self._records = {facts.id: facts for members in self._kinds.values() for facts in members}
        self._elsewhere = {id_: other.number for other in self._others() for id_ in other.records}
        self._pairs = lists.disagreements(guideline) if volume.is_last else []
        cited = self._cited()
        self._pmids = [pmid for pmid in guideline.references if volume.total == 1 or pmid in cited]
        self._numbers = {pmid: number for number, pmid in enumerate(self._pmids, start=1)}

    def _others(self) -> list[Volume]:
        """Return the other volumes, of which there are none if this one is a leaflet or the whole book."""
        found = volumes(self._guideline) if self._volume.total > 1 else []
        return [volume for volume in found if volume.number != self._volume.number]

    def _cited(self) -> set[str]:
        """Return the PMIDs of all claims that are told: of the records, their opponents, of others, and of lists."""
        own = [claim for facts in self._records.values() for claim in facts.claims]
        answers = [
            *(answer for facts in self._records.values() for answer in answers_of(facts)),
            *(answer for facts in self._records.values() for harm in self._harms(facts) for answer in harm.answers),
        ]
        answering = [each.claim for answer in answers for each in answer.support]
        steps = pathway_of(self._guideline).steps.values() if self._volume.is_first else ()
        listed = [claim for pair in self._pairs for claim in pair] + [
            claim for step in steps for part in step.backed for claim in part.told
        ]
        opponents = [other for claim in own for other in claim.opponents]
        shown = [claim for facts in self._records.values() for claim in facts.shown]
        told = {claim.id: claim for claim in (*own, *answering, *opponents, *shown, *listed)}
        return {cite.source.pmid for claim in told.values() for cite in claim.citations}

    def _way_to(self, id_: str) -> dict[str, str]:
        """Return what leads to a record or a claim: a label here, or the number of the volume that has it."""
        record = id_.partition("#")[0]
        if record in self._records:
            return {"to": _label(id_)}
        return {"volume": str(self._elsewhere[record])} if record in self._elsewhere else {}

    def data(self, paper: str) -> dict[str, Any]:
        about, guideline = self._guideline.about, self._guideline
        unreviewed = not reviewed(about)
        standing = "Unreviewed: no clinician has reviewed this content yet." if unreviewed else "Reviewed."
        claims = sum(len(facts.claims) for facts in self._records.values())
        return {
            "whole": self._volume.number > 0,
            "title": self._title(),
            "scope": about.scope,
            "since": self._since(),
            "standing": standing,
            "version": about.version,
            "date": about.date.isoformat(),
            "licence": about.licence,
            "paper": paper,
            "footer": f"{'Unreviewed. ' if unreviewed else ''}Version {about.version}, {about.date}",
            "counts": ", ".join(
                (plural(len(self._records), "record"), plural(claims, "claim"), plural(len(self._pmids), "source"))
            ),
            "how": _HOW,
            "pathway": self._pathway() if self._volume.is_first else None,
            "parts": [
                {"name": RECORD_TYPES[kind].TITLE, "records": [self._record(facts) for facts in members]}
                for kind, members in self._kinds.items()
                if members
            ],
            "pairs": [
                {"because": left.entry.opponents[right.id], "sides": [self._side(left), self._side(right)]}
                for left, right in self._pairs
            ],
            "missing-lead": _MISSING,
            "pending": [
                {"label": source.label, "reason": guideline.term("pending-reasons", source.reason).name}
                for source in guideline.pending.values()
                if self._volume.is_last or set(source.matters_to) & self._records.keys()
            ],
            "references": [self._reference(pmid) for pmid in self._pmids],
            "index": self._index() if self._volume.is_last else [],
        }

    def _title(self) -> str:
        title, names = self._guideline.about.title, [facts.record.name for facts in self._records.values()]
        return title + self._volume.name if self._volume.number else f"{', '.join(names)}: {title}"

    def _since(self) -> dict[str, Any] | None:
        """What leads to the changes since this version, where the site has an address."""
        about = self._guideline.about
        if about.address is None:
            return None
        address = links.absolute(about.address, links.CHANGES, links.version_anchor(about.version))
        code = io.BytesIO()
        segno.make(address, error="m", micro=False).save(code, kind="png", scale=4, border=2)
        return {"address": address, "qr": list(code.getvalue())}

    def _record(self, facts: RecordFacts) -> dict[str, Any]:
        standing = "Reviewed." if reviewed(facts.record) else "Unreviewed."
        levels = ", ".join(f"{name.lower()} {count}" for name, count in facts.levels)
        return {
            "name": facts.record.name,
            "label": _label(facts.id),
            "aka": " · ".join(facts.record.also_known_as),
            "group": facts.group.name,
            "standing": standing,
            "tally": f"{plural(len(facts.claims), 'claim')} from {plural(len(facts.sources), 'source')}: {levels}.",
            "pending": "; ".join(source.label for source in facts.pending),
            "answers": [self._question(each) for each in questions_of(facts).values() if not each.is_told_before],
            "harms-title": self._guideline.profile.class_harms_title,
            "harms": [
                {
                    "name": harm.record.record.name,
                    **self._way_to(harm.record.id),
                    "answers": [self._answer(answer) for answer in harm.answers],
                }
                for harm in self._harms(facts)
            ],
            "charts": [
                {"title": chart.title, "note": chart.note, "svg": _styled(chart.svg), "alt": _alt(chart)}
                for chart in charts_of(facts)
            ],
            "sections": [
                {"title": term.name, "claims": [self._claim(claim) for claim in section]}
                for _, term, section in facts.sections
            ],
            "shown": [self._side(claim) | {"numbers": claim.numbers_line} for claim in facts.shown],
            "doses": [self._weight_table(table) for table in weight_tables(regimens_of(facts.claims), self._guideline)],
        }

    def _harms(self, facts: RecordFacts) -> Sequence[ClassHarm]:
        return class_harms(self._guideline) if facts.record.KIND == "indications" else ()

    def _question(self, facts: QuestionFacts) -> dict[str, Any]:
        unknown = facts.not_known
        none = "" if facts.answer else "No answer written yet."
        return {
            "question": unknown.name if unknown else facts.question.name,
            "answer": self._answer(facts.answer) if facts.answer else None,
            "none": f"Not known. {unknown.not_known.because}" if unknown else none,
            "awaited": "; ".join(source.label for source in unknown.awaits) if unknown else "",
            "beside": [self._place(claim) for claim in unknown.beside] if unknown else [],
        }

    def _answer(self, facts: AnswerFacts) -> dict[str, Any]:
        return {
            "text": facts.answer.text,
            "cites": [] if facts.steps else self._backing(facts),
            "steps": [
                {"do": each.step.do.capitalize(), "text": each.step.text, "cites": self._backing(each)}
                for each in facts.steps
            ],
            "direction": facts.direction,
            "basis": facts.basis_words,
            "per_hundred": [mark(f"{each.words}, computed", *each.claim.marks) for each in facts.per_hundred],
            "otherwise": [self._place(claim) for claim in facts.otherwise],
        }

    def _backing(self, facts: Backed) -> list[dict[str, str]]:
        return self._numbered(
            (cite.source.pmid, (*cite.marks, *marks)) for _, marks, cites in facts.cited for cite in cites
        )

    def _place(self, claim: ClaimFacts) -> dict[str, Any]:
        return {"where": mark(claim.where, *claim.marks), "id": claim.id, **self._way_to(claim.id)}

    def _weight_table(self, table: WeightTable) -> dict[str, Any]:
        return {
            "name": table.name,
            "heads": list(table.heads),
            "rows": [[str(weight), *cells] for weight, cells in table.rows],
            "cites": self._cites_of((regimen.claim, [regimen.cite]) for regimen in table.regimens),
        }

    def _claim(self, claim: ClaimFacts) -> dict[str, Any]:
        parts = [
            "; ".join(cite.words for cite in claim.by_source),
            claim.strength_label,
            ", ".join(claim.populations),
            *claim.limits,
        ]
        return {
            "label": _label(claim.id),
            "id": claim.id,
            "text": self._runs(claim),
            "numbers": claim.numbers_line,
            "cites": self._cites(claim.citations),
            "meta": " · ".join(part for part in parts if part),
            "relations": self._relations(claim),
            "opponents": [
                self._side(other) | {"because": claim.entry.opponents[other.id]} for other in claim.opponents
            ],
        }

    def _side(self, claim: ClaimFacts) -> dict[str, Any]:
        return {
            "text": claim.plain_text,
            "cites": self._cites(claim.citations),
            "where": claim.where,
            "id": claim.id,
            "marks": list(claim.marks),
            "relations": self._relations(claim),
        } | self._way_to(claim.id)

    def _relations(self, claim: ClaimFacts) -> list[dict[str, Any]]:
        """Which claims this one supersedes or is superseded by."""
        return [
            {
                "words": words,
                "claims": [{"where": other.where, "id": other.id, **self._way_to(other.id)} for other in others],
            }
            for words, others in claim.relations
        ]

    def _runs(self, claim: ClaimFacts) -> list[dict[str, str]]:
        return [
            {"t": part.words, "to": _label(part.record)}
            if isinstance(part, links.Link) and part.record in self._records
            else {"t": part.words if isinstance(part, links.Link) else part}
            for part in claim.parts
        ]

    def _cites(self, citations: Iterable[CitationFacts]) -> list[dict[str, str]]:
        """Return number and marks of each citation, those alike once."""
        return self._numbered((cite.source.pmid, cite.marks) for cite in citations)

    def _cites_of(self, cited: Iterable[tuple[ClaimFacts, Iterable[CitationFacts]]]) -> list[dict[str, str]]:
        """Return the same for a place that shows no claim: with the marks of the claims that cite."""
        return self._numbered((c.source.pmid, (*c.marks, *claim.marks)) for claim, cites in cited for c in cites)

    def _numbered(self, cited: Iterable[tuple[str, tuple[str, ...]]]) -> list[dict[str, str]]:
        found = dict.fromkeys(cited)
        return [{"n": mark(str(self._numbers[pmid]), *marks), "pmid": pmid} for pmid, marks in found]

    def _reference(self, pmid: str) -> dict[str, str]:
        source = sources_of(self._guideline)[pmid]
        doi = source.reference.doi
        return {
            "n": str(self._numbers[pmid]),
            "pmid": pmid,
            "authors": f"{source.authors}." if source.authors else "Authors not recorded.",
            "title": source.title,
            "printed": source.printed_in,
            "url": links.pubmed(pmid),
            "doi": doi or "",
            "doi-url": links.doi(doi) if doi else "",
            "design": f"{source.design}. Read: {source.reading.lower()}.",
            "state": source.state,
        }

    def _pathway(self) -> dict[str, Any]:
        pathway, records = pathway_of(self._guideline), self._guideline.records
        return {
            "lead": _PATHWAY,
            "charts": [
                {
                    "title": chart.title,
                    "svg": _styled(chart.svg),
                    "alt": f"Chart of {_steps(chart.nodes)}; the same steps stand in the numbered key.",
                    "width": min(1.0, chart.size[0] / _WIDEST),
                }
                for chart in draw_charts(pathway.walk, (_WIDEST, _HIGHEST))
            ],
            "steps": [self._step(step) for step in pathway.steps.values()],
            "table": [
                {
                    "disease": ", ".join(records[id_].name for id_ in row.diseases) or row.answer,
                    "conditions": "; ".join(f"{question} {answer}" for question, answer in row.conditions),
                    "end": row.end.heading,
                    "leads": row.leads,
                    "step": row.end.name,
                    "cites": self._cites_of((claim, claim.citations) for claim in row.end.told),
                }
                for row in decision_table(pathway)
            ],
        }

    def _step(self, step: Step) -> dict[str, Any]:
        return {
            "name": step.name,
            "number": step.number,
            "label": step.node.label,
            "disputed": step.disputed,
            "alarm": f"Stop: an emergency or a contraindication. {step.emergency}".strip() if step.urgent else "",
            "items": [
                {"label": each.item.label, "ways": self._ways([each.way] if each.way else []), **self._backed(each)}
                for each in step.items
            ],
            "ways": self._ways(step.ways[step.leading :]),
            "tells": ", ".join(name for _, name in step.tells),
            **self._backed(step),
            "awaited": "; ".join(source.label for source in step.awaited.values()),
        }

    def _ways(self, ways: Sequence[Way]) -> list[dict[str, Any]]:
        return [{"answer": way.answer, "to": way.target, "number": way.number} for way in ways]

    def _backed(self, part: Backing) -> dict[str, Any]:
        """Return the answers that a step or an item says, in one paragraph each, and the claims that it rests on."""
        said = [
            {
                "where": f"{each.record.record.name}: {each.question.name}",
                **self._way_to(each.record.id),
                "text": each.words,
                "cites": self._cites_of((one.claim, one.claim.citations) for one in each.answer.support)
                if each.answer
                else [],
                "otherwise": [self._place(claim) for claim in each.answer.otherwise] if each.answer else [],
            }
            for each in part.said
        ]
        return {"said": said, "claims": [self._side(claim) for claim in part.claims]}

    def _index(self) -> list[dict[str, str]]:
        return [
            {"name": name, "see": "" if name == facts.record.name else facts.record.name, **self._way_to(facts.id)}
            for _, entries in lists.records_by_letter(self._guideline)
            for name, facts in entries
        ]


_HOW = [
    "Each statement about medicine is a claim: one or two sentences in our own words. The numbers in brackets lead to "
    "the list of references; each source has its PMID. On the site each citation opens PubMed at the passage that "
    "carries it.",
    "Beneath a claim stand its sources with their design, number of participants and how they were read; the kind of "
    "evidence, computed from the designs (it is not GRADE); and its short id, by which it is found on the site.",
    "Each record begins with answers: what its claims together say to a question, held to them by rules. What one "
    "rests on is told behind it, in four steps. " + " ".join(RULE),
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
    "Every box that advises says answers, or rests on claims, that are listed with it in the numbered key. The pathway "
    "sorts what sources say; it does not decide. Where nothing is cited it says so."
)


def _label(id_: str) -> str:
    """Return the label of a record or claim; the separators are signs that no id of theirs holds within a part."""
    return id_.replace("/", ":").replace("#", ".")


def _steps(nodes: Sequence[str]) -> str:
    return plural(len(nodes), "step") if nodes else "all steps"


def _styled(svg: object) -> str:
    return re.sub(r"(<svg[^>]*>)", lambda match: match[1] + _STYLE, str(svg), count=1)


def _alt(plot: Plot) -> str:
    rows = [mark(f"{row.mark.label}: {row.mark.value}", *row.mark.marks) for row in plot.rows]
    return f"{plot.title}: " + "; ".join(rows)
