"""The data files: everything a machine may want of the guideline, in formats that its readers know.

`guideline.json` is versioned by `format`; its JSON Schema stands beside it.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from functools import partial
from pathlib import PurePosixPath

from generator import links
from generator.evidence.strength import level_of
from generator.facts.answers import AnswerFacts, answers_of
from generator.facts.claims import CitationFacts, ClaimFacts, claims_of
from generator.facts.records import records_of
from generator.facts.sources import SourceFacts, sources_of
from generator.guideline import Guideline
from generator.linked_text import links_in
from generator.model import About
from generator.profile import kind_of
from generator.render.data.bibliography import FILES
from generator.render.data.database import to_sqlite
from generator.render.data.document import (
    FORMAT,
    AboutGuideline,
    CitedPassage,
    CitedSource,
    ClaimStrength,
    Document,
    Edition,
    GivenAnswer,
    KeptRecord,
    RecordDocument,
    StatedClaim,
)
from generator.render.data.dot import to_dot
from generator.render.data.feed import render_feed
from generator.render.data.fhir.bundle import to_fhir
from generator.render.data.llms import to_llms
from generator.render.data.package import to_package
from generator.render.data.table import Table
from generator.render.data.tables import tables_of
from generator.render.data.text import to_text
from generator.schema import schema_of

FOLDER = PurePosixPath("data")
SCHEMA = FOLDER / "guideline.schema.json"
RECORD_SCHEMA = FOLDER / "record.schema.json"


def render_exports(guideline: Guideline) -> dict[PurePosixPath, str | bytes]:
    """Return every data file by its path below `docs/`."""
    return {path: make() for path, make in export_makers(guideline).items()}


def export_makers(guideline: Guideline) -> dict[PurePosixPath, Callable[[], str | bytes]]:
    """Return, for each data file by its path below `docs/`, a function that returns it and makes no other."""
    return {
        links.FEED: lambda: render_feed(guideline),
        links.LLMS: lambda: to_llms(guideline, FOLDER),
        links.ROBOTS: lambda: _robots(guideline.about.address),
        FOLDER / "guideline.json": lambda: _json(guideline_data(guideline)),
        SCHEMA: lambda: _schema(Document, SCHEMA, guideline),
        RECORD_SCHEMA: lambda: _schema(RecordDocument, RECORD_SCHEMA, guideline),
        **{
            links.record_data(id_): partial(_record_file, id_, guideline)
            for id_ in (*guideline.records, *(old for old, id_ in guideline.former.items() if id_ in guideline.records))
        },
        **{links.record_text(id_): partial(to_text, facts) for id_, facts in records_of(guideline).items()},
        **{FOLDER / table.path: partial(_csv, table) for table in tables_of(guideline).values()},
        FOLDER / "guideline.sqlite": lambda: to_sqlite(guideline),
        FOLDER / "datapackage.json": lambda: to_package(guideline),
        FOLDER / "pathway.dot": lambda: to_dot(guideline),
        FOLDER / "fhir-bundle.json": lambda: to_fhir(guideline),
        FOLDER / "pmids.txt": lambda: "".join(f"{pmid}\n" for pmid in guideline.references),
        **{
            FOLDER / f"references.{ending}": partial(_sources, make, guideline.references, guideline)
            for ending, make in FILES.items()
        },
        **{
            links.source_file(pmid, ending): partial(_sources, make, (pmid,), guideline)
            for pmid in guideline.references
            for ending, make in FILES.items()
        },
    }


def _robots(address: str | None) -> str:
    """Return what robots are told: they may read all, and where the sitemap is, if there is one."""
    return "User-agent: *\nAllow: /\n" + (f"Sitemap: {links.absolute(address, links.SITEMAP)}\n" if address else "")


def _csv(table: Table) -> str:
    return table.csv


def _record_file(id_: str, guideline: Guideline) -> str:
    return _json(record_data(id_, guideline))


def _sources(make: Callable[[Iterable[SourceFacts]], str], pmids: Iterable[str], guideline: Guideline) -> str:
    return make([sources_of(guideline)[pmid] for pmid in pmids])


def guideline_data(guideline: Guideline) -> Document:
    """Return the whole guideline as data: what it says of itself and asks, records, references, pathway, lists."""
    return Document(
        about=AboutGuideline(**dict(guideline.about)),
        profile=guideline.profile,
        vocabulary=guideline.vocabulary.sections,
        records={id_: _record(id_, guideline) for id_ in guideline.records},
        former=guideline.former,
        references={pmid: _source(pmid, guideline) for pmid in guideline.references},
        pathway=guideline.pathway,
        pending=guideline.pending,
        searches=guideline.searches,
    )


def record_data(id_: str, guideline: Guideline) -> RecordDocument:
    """Return what the file of a record holds; of a record that moved, where it and its claims are now."""
    record = guideline.records.get(id_)
    return RecordDocument(
        about=_edition(guideline.about),
        id=id_,
        moved_to=None if record else guideline.former[id_],
        record=_record(id_, guideline) if record else None,
        former={f"{id_}#{name}": now for name, now in guideline.moved_from(id_)},
        references={
            source.pmid: _source(source.pmid, guideline)
            for source in (records_of(guideline)[id_].sources if record else ())
        },
    )


def _edition(about: About) -> Edition:
    return Edition(
        title=about.title,
        version=about.version,
        date=about.date,
        standing=about.standing,
        licence=about.licence,
    )


def _record(id_: str, guideline: Guideline) -> KeptRecord:
    record, claims = guideline.records[id_], claims_of(guideline)
    return KeptRecord(
        kind=kind_of(id_),
        name=record.name,
        also_known_as=record.also_known_as,
        group=record.group,
        standing=record.standing,
        written_by=record.written_by,
        codes=record.codes,
        shows=record.shows,
        answers={facts.id: _answer(facts) for facts in answers_of(records_of(guideline)[id_])},
        not_known=record.not_known,
        claims={entry.id: _claim(claims[entry.id]) for entry in guideline.claims_by_record.get(id_, ())},
    )


def _source(pmid: str, guideline: Guideline) -> CitedSource:
    reference = guideline.references[pmid]
    level, marks = level_of(reference, guideline), sources_of(guideline)[pmid].marks
    return CitedSource(**dict(reference), level=level, marks=marks)


def _answer(facts: AnswerFacts) -> GivenAnswer:
    answer = facts.answer
    return GivenAnswer(
        question=facts.question.name,
        text=answer.text,
        page=links.hosted_id(facts.record.guideline.about.address, facts.id),
        direction=answer.direction,
        rests_on=answer.support,
        steps=answer.steps,
        otherwise=answer.otherwise,
        stops=facts.stops,
        awaited=facts.awaited,
        pmids=tuple(facts.pmids),
        marks=facts.marks,
        basis=facts.basis_words,
        per_hundred=tuple(each.words for each in facts.per_hundred),
        step=facts.basis.step if facts.basis else None,
    )


def _claim(facts: ClaimFacts) -> StatedClaim:
    claim = facts.claim
    return StatedClaim(
        kind=claim.kind,
        text=facts.plain_text,
        page=links.hosted_id(facts.entry.guideline.about.address, facts.id),
        links=tuple(link.target for link in links_in(claim.text)),
        citations=tuple(_citation(cite, facts.entry.guideline) for cite in facts.citations),
        data=claim.data,
        population=claim.population,
        subject=claim.subject,
        as_of=claim.as_of,
        one_group=claim.one_group,
        sic=claim.sic,
        disagrees_with=facts.entry.opponents,
        supersedes=claim.supersedes,
        superseded_by=tuple(other.id for other in facts.superseded_by),
        marks=facts.marks,
        strength=ClaimStrength(**asdict(facts.strength)) if facts.strength else None,
    )


def _citation(facts: CitationFacts, guideline: Guideline) -> CitedPassage:
    cite = facts.citation
    passage = guideline.passages[cite.key]
    return CitedPassage(
        **{"from": cite.start, "to": cite.end},
        pmid=cite.pmid,
        section=cite.section,
        part=cite.part,
        bearing=cite.bearing,
        marks=facts.marks,
        cited_as=facts.words,
        url=facts.passage,
        sha256=passage.sha256,
        words=passage.words,
        figures=passage.figures,
    )


def _schema(type_: type[Document | RecordDocument], path: PurePosixPath, guideline: Guideline) -> str:
    """Return the JSON Schema of a file; its id is its address, or a name that stays if nobody hosts the site."""
    address = guideline.about.address
    lasting = links.lasting_name(guideline.profile.topic.slug, path.name, FORMAT)
    id_ = links.absolute(address, path) if address else lasting
    schema = schema_of(type_, f"{guideline.about.title}: {path.name}, format {FORMAT}", guideline, "serialization")
    return json.dumps({"$schema": schema["$schema"], "$id": id_, **schema}, ensure_ascii=False, indent=1) + "\n"


def _json(data: Document | RecordDocument) -> str:
    return data.model_dump_json(by_alias=True, indent=1) + "\n"
