"""The printed handbook as plain data: what its template shows, and nothing that it could take for markup."""

from typing import Any

from generator import elsewhere, links
from generator.evidence.basis import rule
from generator.facts import lists
from generator.facts.answers import answers_of, class_harms, questions_of
from generator.facts.claims import ClaimFacts
from generator.facts.edition import edition_line, standing_word
from generator.facts.marks import mark
from generator.facts.records import RecordFacts
from generator.facts.regimens import shown_regimens, weight_tables, weights_of
from generator.facts.sources import sources_of
from generator.facts.steps import pathway_of
from generator.guideline import Guideline
from generator.linked_text import Link
from generator.model import reviewed
from generator.render.book.pathway import pathway_data
from generator.render.book.pictures import styled
from generator.render.book.telling import Teller, code_of
from generator.render.book.volumes import Volume, handbook_volumes
from generator.render.draw.charts import charts_of
from generator.render.draw.plot import Plot
from generator.speech import to_say


def book_data(guideline: Guideline, paper: str, volume: Volume) -> dict[str, Any]:
    """Return everything that the template shows, as plain data."""
    return _Book(guideline, volume).data(paper)


class _Book:
    """Collects the data of a volume; numbers of sources hold for all of it."""

    def __init__(self, guideline: Guideline, volume: Volume):
        self._guideline = guideline
        self._speech = guideline.about.speech
        self._volume = volume
        self._kinds = {
            kind: [facts for _, members in groups for facts in members if facts.id in volume.records]
            for kind, groups in lists.records_by_kind(guideline).items()
        }
        self._records = {facts.id: facts for members in self._kinds.values() for facts in members}
        self._elsewhere = {id_: other.number for other in handbook_volumes(guideline) for id_ in other.records}
        cited = self._cited()
        self._pmids = [pmid for pmid in guideline.references if volume.total == 1 or pmid in cited]
        self._numbers = {pmid: number for number, pmid in enumerate(self._pmids, start=1)}
        self._teller = Teller(self._numbers, self._way_to)

    def _cited(self) -> set[str]:
        """Return the PMIDs of all claims that are told or named, those of the pathway too where that is."""
        found: list[ClaimFacts] = []
        for facts in self._records.values():
            found += [*facts.claims, *facts.shown]
            answers = answers_of(facts)
            found += [each.claim for answer in answers for each in answer.support]
            found += [claim for answer in answers for claim in answer.otherwise]
            found += [
                claim for each in questions_of(facts).values() if each.not_known for claim in each.not_known.beside
            ]
        steps = pathway_of(self._guideline).steps.values() if self._volume.is_last else ()
        found += [claim for step in steps for part in step.backed for claim in part.mentioned]
        return {cite.source.pmid for claim in found for cite in claim.citations}

    def _way_to(self, id_: str) -> dict[str, str]:
        """Return what leads to a record or a claim: a label here, or the number of the volume that has it."""
        record = id_.partition("#")[0]
        return {"to": _label(id_)} if record in self._records else {"volume": str(self._elsewhere[record])}

    def data(self, paper: str) -> dict[str, Any]:
        about, guideline, speech = self._guideline.about, self._guideline, self._speech
        unreviewed = "" if reviewed(about) else speech.say("No clinician has reviewed this content yet.")
        claims = sum(len(facts.claims) for facts in self._records.values())
        return {
            "title": about.title + self._volume.name(speech),
            "scope": about.scope,
            "since": self._since(),
            "standing": unreviewed,
            "edition": edition_line(guideline),
            "licence": about.licence,
            "paper": paper,
            "counts": ", ".join(
                (
                    speech.plural(len(self._records), "{n} record", "{n} records"),
                    speech.plural(claims, "{n} claim", "{n} claims"),
                    speech.plural(len(self._pmids), "{n} source", "{n} sources"),
                )
            ),
            "how": [speech.say(words, rule=" ".join(rule(speech))) for words in _HOW],
            "pathway": self._pathway() if self._volume.is_last else None,
            "parts": [
                {
                    "name": guideline.profile.kinds[kind].title,
                    "records": [self._record(facts) for facts in members],
                }
                for kind, members in self._kinds.items()
                if members
            ],
            "missing-lead": speech.say(_MISSING),
            "pending": [
                {"label": source.label, "reason": guideline.term("pending-reasons", source.reason).name}
                for source in guideline.pending.values()
                if self._volume.is_last or set(source.matters_to) & self._records.keys()
            ],
            "references": [self._reference(pmid) for pmid in self._pmids],
            "index": self._index() if self._volume.is_last else [],
        }

    def _since(self) -> dict[str, Any] | None:
        """What leads to the changes since this version, where the site has an address."""
        about = self._guideline.about
        if about.address is None:
            return None
        address = links.absolute(about.address, links.CHANGES, links.version_anchor(about.version))
        return {"address": address, "qr": code_of(address)}

    def _record(self, facts: RecordFacts) -> dict[str, Any]:
        tables = weight_tables(shown_regimens(facts), self._guideline)
        weights = weights_of(tables)
        return {
            "name": facts.record.name,
            "label": _label(facts.id),
            "aka": " · ".join(facts.record.also_known_as),
            "group": facts.group.name,
            "standing": f"{self._speech.say(standing_word(facts.record))}.",
            "tally": self._tally(facts),
            "pending": "; ".join(source.label for source in facts.pending),
            "answers": [
                self._teller.question(each) for each in questions_of(facts).values() if not each.is_told_before
            ],
            "harms-title": self._guideline.profile.class_harms_title,
            "harms": [
                {"where": harm.record.record.name, "ways": [self._way_to(harm.record.id)]}
                for harm in (class_harms(self._guideline) if facts.is_treated else ())
            ],
            "charts": [
                {"title": chart.title, "note": chart.note, "svg": styled(chart.svg), "alt": _alt(chart)}
                for chart in charts_of(facts)
            ],
            "sections": [
                {"title": term.name, "claims": [self._claim(claim) for claim in section]}
                for _, term, section in facts.sections
            ],
            "shown": [self._side(claim) | {"numbers": claim.numbers_line} for claim in facts.shown],
            "weights": [str(weight) for weight in weights],
            "doses": self._teller.grams(tables, weights, facts),
        }

    def _tally(self, facts: RecordFacts) -> str:
        speech = self._speech
        return speech.say(
            "{claims} from {sources}: {levels}.",
            claims=speech.plural(len(facts.claims), "{n} claim", "{n} claims"),
            sources=speech.plural(len(facts.sources), "{n} source", "{n} sources"),
            levels=", ".join(f"{name} {count}" for name, count in facts.levels),
        )

    def _claim(self, claim: ClaimFacts) -> dict[str, Any]:
        parts = [
            "; ".join(cite.words for cite in claim.by_source),
            claim.strength_label,
            ", ".join(claim.populations),
            *claim.limits,
        ]
        return {
            "label": _label(claim.id),
            "text": self._runs(claim),
            "numbers": claim.numbers_line,
            "cites": self._teller.cites(claim.citations),
            "meta": " · ".join(part for part in parts if part),
            "relations": self._relations(claim),
            "opponents": [self._opponent(claim, other) for other in claim.opponents],
        }

    def _opponent(self, claim: ClaimFacts, other: ClaimFacts) -> dict[str, Any]:
        """Return a claim that this one disagrees with, by its source, and in what they differ if this one tells it."""
        reasons = {each.claim: each.because for each in claim.claim.disagrees_with}
        inside = claim.entry.guideline.about.own.inside
        kind = inside(other.kind) if other.entry.record == claim.entry.record else other.where
        where = mark(f"{kind}, {other.citations[0].marked_name}", *other.marks)
        return self._place(other) | {"where": where, "because": reasons.get(other.id, "")}

    def _place(self, claim: ClaimFacts) -> dict[str, Any]:
        return {"where": mark(claim.where, *claim.marks), "ways": [self._way_to(claim.id)]}

    def _side(self, claim: ClaimFacts) -> dict[str, Any]:
        return {
            "text": claim.plain_text,
            "cites": self._teller.cites(claim.citations),
            "relations": self._relations(claim),
        } | self._place(claim)

    def _relations(self, claim: ClaimFacts) -> list[dict[str, Any]]:
        """Which claims this one supersedes or is superseded by."""
        return [
            {"words": words, "claims": [self._place(other) for other in others]} for words, others in claim.relations
        ]

    def _runs(self, claim: ClaimFacts) -> list[dict[str, str]]:
        return [
            {"t": part.words, "to": _label(part.record)}
            if isinstance(part, Link) and part.record in self._records
            else {"t": part.words if isinstance(part, Link) else part}
            for part in claim.parts
        ]

    def _reference(self, pmid: str) -> dict[str, str]:
        source = sources_of(self._guideline)[pmid]
        doi = source.reference.doi
        return {
            "n": str(self._numbers[pmid]),
            "pmid": pmid,
            "authors": source.byline,
            "title": source.title,
            "printed": source.printed_in,
            "url": elsewhere.pubmed(pmid),
            "doi": doi or "",
            "doi-url": elsewhere.doi(doi) if doi else "",
            "design": f"{source.design}. Read: {source.reading.lower()}.",
            "state": source.state,
        }

    def _pathway(self) -> dict[str, Any]:
        return pathway_data(self._guideline, self._teller, self._side, self._way_to)

    def _index(self) -> list[dict[str, str]]:
        return [
            {"name": name, "see": "" if name == facts.record.name else facts.record.name, **self._way_to(facts.id)}
            for _, entries in lists.records_by_letter(self._guideline)
            for name, facts in entries
        ]


_HOW = (
    to_say(
        "Each statement about medicine is a claim: one or two sentences in our own words. The numbers in brackets "
        "lead to the list of references; each source has its PMID. On the site each citation opens PubMed at the "
        "passage that carries it."
    ),
    to_say(
        "Beneath a claim stand its sources with their design, number of participants and how they were read; the "
        "kind of evidence, computed from the designs (it is not GRADE)."
    ),
    to_say(
        "Each record begins with answers: what its claims together say to a question, held to them by rules. What "
        "one rests on is told behind it, in four steps. {rule}"
    ),
    to_say(
        "Claims that disagree name each other, wherever they stand; one of them tells in what they differ. Plots "
        "show the numbers of the claims with 95% intervals; those from case series are no estimate of the effect "
        "of a treatment."
    ),
    to_say(
        "A printed copy ages: compare the version and date at the foot of each page with those of the site, whose "
        "page of changes lists what is new since each version."
    ),
)
_MISSING = to_say(
    "A paper is cited only when its PMID stands beside its title and its passage was read. Until then it is named, and "
    "what it found is not told."
)


def _label(id_: str) -> str:
    """Return the label of a record or claim; the separators are signs that no id of theirs holds within a part."""
    return id_.replace("/", ":").replace("#", ".")


def _alt(plot: Plot) -> str:
    rows = [
        mark(": ".join(filter(None, (panel.title, row.mark.label, row.mark.value))), *row.mark.marks)
        for panel in plot.panels
        for row in panel.rows
    ]
    return f"{plot.title}: " + "; ".join(rows)
