"""The data files that are tables, as CSV: claims, answers, the list of a kind of record, references."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from generator.evidence.strength import level_of
from generator.facts.answers import questions_of
from generator.facts.bibliography import pages_in_full
from generator.facts.claims import claims_of
from generator.facts.matrix import columns_of, rows_of
from generator.facts.records import records_of
from generator.facts.sources import sources_of
from generator.guideline import Guideline
from generator.model import reviewed


def claims_csv(guideline: Guideline) -> str:
    """Return a row for each claim."""
    rows = [
        [
            facts.id,
            facts.record.name,
            facts.claim.kind,
            facts.plain_text,
            facts.numbers_line,
            " ".join(cite.source.pmid for cite in facts.citations),
            " ".join(cite.passage for cite in facts.citations),
            "; ".join(f"PMID {cite.source.pmid}: {cite.words}" for cite in facts.citations),
            facts.strength_label,
            ", ".join(facts.marks),
            " ".join(facts.claim.population),
            " ".join(facts.entry.opponents),
            "; ".join(facts.entry.opponents.values()),
            " ".join(facts.claim.supersedes),
            " ".join(other.id for other in facts.superseded_by),
            " ".join(id_ for id_, record in guideline.records.items() if facts.id in record.shows),
            "reviewed" if reviewed(facts.record) else "unreviewed",
            str(guideline.about.version),
        ]
        for facts in claims_of(guideline).values()
    ]
    head = [
        "id",
        "record",
        "kind",
        "text",
        "numbers",
        "pmids",
        "passages",
        "cited_as",
        "strength",
        "marks",
        "population",
    ]
    head += ["disagrees_with", "because", "supersedes", "superseded_by", "shown_in", "standing", "version"]
    return _csv(head, rows)


def answers_csv(guideline: Guideline) -> str:
    """Return a row for each question of a record that answers any: its answer, or why it is not known."""
    rows = []
    for facts in records_of(guideline).values():
        for each in questions_of(facts).values():
            answer, unknown = each.answer, each.not_known
            rows.append(
                [
                    each.id,
                    facts.record.name,
                    each.question.name,
                    " · ".join((answer.answer.text, *(step.line for step in answer.answer.steps))) if answer else "",
                    answer.answer.direction or "" if answer else "",
                    answer.basis_words if answer else "",
                    " ".join(one.claim for one in answer.answer.support) if answer else "",
                    " ".join(one.claim for one in answer.answer.support if one.indirect) if answer else "",
                    " ".join(answer.answer.otherwise) if answer else "",
                    answer.stops if answer else "",
                    " ".join(answer.pmids) if answer else "",
                    ", ".join(answer.marks) if answer else "",
                    unknown.not_known.because if unknown else "",
                    "; ".join(source.label for source in unknown.awaits)
                    if unknown
                    else answer.awaited
                    if answer
                    else "",
                    "reviewed" if reviewed(facts.record) else "unreviewed",
                    str(guideline.about.version),
                ]
            )
    head = ["id", "record", "question", "text", "direction", "basis", "rests_on", "indirect", "otherwise"]
    return _csv([*head, "stops", "pmids", "marks", "not_known", "awaits", "standing", "version"], rows)


def list_csv(kind: str, guideline: Guideline) -> str:
    """Return a row for each record of a kind: the answers of the list of its kind, and what they rest on."""
    columns = columns_of(kind, guideline)
    head = ["id", "record", "group"]
    for question in columns:
        head += [question.name, f"{question.name}: what it rests on"] if question.basis != "none" else [question.name]
    rows = []
    for row in rows_of(kind, guideline):
        cells = []
        for question, each in zip(columns, row.cells, strict=True):
            answer = each.answer if each else None
            cells.append(answer.answer.text if answer else "not known" if each and each.not_known else "")
            cells += [answer.basis_words if answer else ""] if question.basis != "none" else []
        answers = [each.answer for each in row.cells if each and each.answer]
        pmids = dict.fromkeys(pmid for answer in answers for pmid in answer.pmids)
        marks = dict.fromkeys(mark for answer in answers for mark in answer.marks)
        standing = "reviewed" if reviewed(row.facts.record) else "unreviewed"
        rows.append(
            [
                *(row.facts.id, row.facts.record.name, row.group.name, *cells, row.facts.studies),
                *(" ".join(pmids), ", ".join(marks), standing, str(guideline.about.version)),
            ]
        )
    return _csv([*head, "studies", "pmids", "marks", "standing", "version"], rows)


def references_csv(guideline: Guideline) -> str:
    """Return a row for each source."""
    sources = sources_of(guideline)
    rows = [
        [
            *(pmid, ref.title, "; ".join(ref.authors or ()), sources[pmid].authors_note),
            *(ref.journal, ref.journal_abbreviation, ref.year, _range(ref.volume), _range(ref.issue)),
            *(_range(pages_in_full(ref.pages or "")), ref.doi, ref.pmcid, ref.design, ref.species, ref.participants),
            *(ref.read, ref.retraction.state, level_of(ref, guideline), ", ".join(sources[pmid].marks)),
        ]
        for pmid, ref in guideline.references.items()
    ]
    head = ["pmid", "title", "authors", "authors_note", "journal", "journal_abbreviation", "year", "volume", "issue"]
    head += ["pages", "doi", "pmcid", "design", "species", "participants", "read", "retraction", "level", "marks"]
    return _csv(head, rows)


def _range(value: str | None) -> str:
    """Return numbers with the dash that print has for a range: a spreadsheet makes a date of `3-7`."""
    return re.sub(r"(?<=\d)-", "\u2013", value or "")


def _csv(head: list[str], rows: Iterable[Sequence[object]]) -> str:
    """Return CSV (RFC 4180) with an apostrophe before what a spreadsheet would take for a formula.

    That is a cell's start, and what follows a semicolon: a spreadsheet of many countries ends a cell there. A byte
    order mark stands first, by which Excel knows UTF-8.
    """
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow(["" if cell is None else re.sub(r"(^|;\s*)(?=[=+@\t\r-])", r"\1'", str(cell)) for cell in row])
    return "\ufeff" + file.getvalue()
