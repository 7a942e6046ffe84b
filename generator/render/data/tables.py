"""The tables of the guideline, each described once: CSV files, database and data package are made of them."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from generator import links
from generator.answers import Support
from generator.evidence.strength import level_of
from generator.facts.answers import QuestionFacts, questions_of
from generator.facts.bibliography import pages_in_full
from generator.facts.claims import CitationFacts, ClaimFacts, claims_of
from generator.facts.codes import codes_of_records
from generator.facts.edition import standing_word
from generator.facts.matrix import Row, columns_of, rows_of
from generator.facts.records import records_of
from generator.facts.sources import sources_of
from generator.guideline import Guideline, once
from generator.model import Record
from generator.profile import RecordQuestion
from generator.render.data.numbers import MARKS_OF_CLAIM, doses_table, numbers_table
from generator.render.data.table import Cell, Column, Table


@once
def tables_of(guideline: Guideline) -> Mapping[str, Table]:
    """Return every table by its name."""
    lists = [_list(kind, guideline) for kind, asked in guideline.profile.matrix.items() if asked]
    first = (_records, _codes, _claims, _citations, _sources, numbers_table, doses_table)
    makers = (*first, _disagreements, _answers, _support)
    return {table.name: table for table in (*(make(guideline) for make in makers), *lists)}


def _edition(guideline: Guideline, record: Callable[[Any], Record]) -> list[Column]:
    """Return the columns that a table ends with that may be read alone."""
    version = str(guideline.about.version)
    return [
        Column("standing", "reviewed or unreviewed", lambda each: standing_word(record(each)).lower(), required=True),
        Column("version", "Version of the guideline", lambda _: version, required=True),
    ]


def _records(guideline: Guideline) -> Table:
    address = guideline.about.address
    columns = [
        Column("id", "Id of the record, which stays", lambda each: each.id, required=True),
        Column("kind", "Kind of record", lambda each: each.kind, required=True),
        Column("name", "Name of the record", lambda each: each.record.name, required=True),
        Column("also_known_as", "Synonyms, by semicolon", lambda each: "; ".join(each.record.also_known_as)),
        Column("group_name", "Group that it belongs to", lambda each: each.group.name, required=True),
        Column("studies", "Number of independent studies in people cited", lambda each: each.studies, "integer"),
        Column("page", "Its page", lambda each: links.hosted(address, links.record_page(each.id)), required=True),
        Column(
            "file", "Its file as JSON", lambda each: links.hosted(address, links.record_data(each.id)), required=True
        ),
        *_edition(guideline, lambda each: each.record),
    ]
    return Table("records", "A record a row", columns, [*records_of(guideline).values()], ("id",))


def _codes(guideline: Guideline) -> Table:
    columns = [
        Column("record_id", "Id of the record", lambda each: each.holder, required=True, leads_to="records"),
        Column("system", "System of the code", lambda each: each.code.system, required=True),
        Column("code", "The code", lambda each: each.code.code, required=True),
        Column("match", "exact, broader or narrower than the record", lambda each: each.code.match, required=True),
        Column("url", "Where it is looked up", lambda each: each.address),
        Column("seen", "Where it was seen with its name", lambda each: each.code.seen, required=True),
        Column("on_date", "When it was seen", lambda each: each.code.on.isoformat(), required=True),
    ]
    about = "A code of a record in another system a row"
    return Table("codes", about, columns, codes_of_records(guideline), ("record_id", "system", "code"))


def _claims(guideline: Guideline) -> Table:
    shown: dict[str, list[str]] = {}
    for id_, record in guideline.records.items():
        for claim in record.shows:
            shown.setdefault(claim, []).append(id_)
    columns = [
        Column("id", "Full id of the claim, which stays", lambda each: each.id, required=True),
        Column("record_id", "Id of its record", lambda each: each.entry.record, required=True, leads_to="records"),
        Column("record", "Name of its record", lambda each: each.record.name, required=True),
        Column("kind", "Kind of claim", lambda each: each.claim.kind, required=True),
        Column("text", "The claim in plain text", lambda each: each.plain_text, required=True),
        Column("numbers", "Its structured numbers in words", lambda each: each.numbers_line),
        Column(
            "pmids",
            "PMIDs that it cites, by space, one for each passage",
            lambda each: " ".join(cite.source.pmid for cite in each.citations),
            required=True,
        ),
        Column(
            "passages",
            "Addresses that open the passages, by space",
            lambda each: " ".join(cite.passage for cite in each.citations),
            required=True,
        ),
        Column(
            "cited_as",
            "Citations in words, by semicolon",
            lambda each: "; ".join(f"PMID {cite.source.pmid}: {cite.words}" for cite in each.citations),
            required=True,
        ),
        Column("strength", "Strength of the cited evidence in words", lambda each: each.strength_label),
        Column("level", "Level of the strongest source that counts; empty if none does", lambda each: each.level),
        Column("marks", "What a reader has to see, by comma", lambda each: ", ".join(each.marks)),
        Column("population", "Populations studied, by space", lambda each: " ".join(each.claim.population)),
        Column(
            "disagrees_with", "Ids of claims that say otherwise, by space", lambda each: " ".join(each.entry.opponents)
        ),
        Column("because", "In what they differ, by semicolon", lambda each: "; ".join(each.entry.opponents.values())),
        Column("supersedes", "Ids of claims that it supersedes", lambda each: " ".join(each.claim.supersedes)),
        Column(
            "superseded_by",
            "Ids of claims that supersede it",
            lambda each: " ".join(other.id for other in each.superseded_by),
        ),
        Column("shown_in", "Ids of other records that show it", lambda each: " ".join(shown.get(each.id, ()))),
        Column(
            "page",
            "Where it stands",
            lambda each: links.hosted_id(guideline.about.address, each.id),
            required=True,
        ),
        *_edition(guideline, lambda each: each.record),
    ]
    about = "A claim a row: what a source says, in our words, with the passages that carry it"
    return Table("claims", about, columns, [*claims_of(guideline).values()], ("id",))


class _Cited(NamedTuple):
    claim: ClaimFacts
    position: int
    facts: CitationFacts


def _citations(guideline: Guideline) -> Table:
    cited = [
        _Cited(claim, position, cite)
        for claim in claims_of(guideline).values()
        for position, cite in enumerate(claim.citations, start=1)
    ]
    columns = [
        Column("claim", "Id of the claim", lambda each: each.claim.id, required=True, leads_to="claims"),
        Column("position", "From 1, in the order of the claim", lambda each: each.position, "integer", required=True),
        Column("pmid", "PMID of the source", lambda each: each.facts.source.pmid, required=True, leads_to="sources"),
        Column("first_words", "First words of the passage", lambda each: each.facts.citation.start, required=True),
        Column("last_words", "Last words of the passage", lambda each: each.facts.citation.end, required=True),
        Column("section", "Where in the source it stands", lambda each: each.facts.citation.section, required=True),
        Column(
            "bearing", "supports, qualifies or contradicts", lambda each: each.facts.citation.bearing, required=True
        ),
        Column("marks", "What a reader has to see, by comma", lambda each: ", ".join(each.facts.marks)),
        Column("claim_marks", "The same of the claim", lambda each: ", ".join(each.claim.marks)),
        Column("url", "Address that opens the passage", lambda each: each.facts.passage, required=True),
        Column(
            "sha256",
            "Fingerprint of the passage",
            lambda each: guideline.passages[each.facts.citation.key].sha256,
            required=True,
        ),
    ]
    return Table("citations", "A passage that a claim cites a row", columns, cited, ("claim", "position"))


def _sources(guideline: Guideline) -> Table:
    columns = [
        Column("pmid", "PMID", lambda each: each.pmid, required=True),
        Column("title", "Title", lambda each: each.reference.title, required=True),
        Column(
            "authors",
            "Authors as PubMed lists them, by semicolon",
            lambda each: "; ".join(each.reference.authors or ()),
        ),
        Column("authors_note", "What is missing of the authors", lambda each: each.authors_note),
        Column("journal", "Journal", lambda each: each.reference.journal, required=True),
        Column(
            "journal_abbreviation",
            "PubMed's abbreviation, if the name stands in full",
            lambda each: each.reference.journal_abbreviation,
        ),
        Column("year", "Year", lambda each: each.reference.year, "integer"),
        Column("volume", "Volume", lambda each: each.reference.volume, ranges=True),
        Column("issue", "Issue", lambda each: each.reference.issue, ranges=True),
        Column("pages", "Pages, the last in full", lambda each: pages_in_full(each.reference.pages or ""), ranges=True),
        Column("doi", "DOI", lambda each: each.reference.doi),
        Column("pmcid", "Id in PubMed Central", lambda each: each.reference.pmcid),
        Column("design", "Design of the study", lambda each: each.reference.design, required=True),
        Column("species", "Species", lambda each: each.reference.species, required=True),
        Column("participants", "Number of participants", lambda each: each.reference.participants, "integer"),
        Column("read", "How it was read", lambda each: each.reference.read, required=True),
        Column("retraction", "State of its retraction", lambda each: each.reference.retraction.state, required=True),
        Column("level", "Level of its design", lambda each: level_of(each.reference, guideline), required=True),
        Column("marks", "What a reader has to see, by comma", lambda each: ", ".join(each.marks)),
    ]
    sources = [*sources_of(guideline).values()]
    return Table("sources", "A source a row", columns, sources, ("pmid",), file="references.csv")


def _disagreements(guideline: Guideline) -> Table:
    claims = claims_of(guideline)
    pairs = [(id_, other, why) for id_, others in guideline.disagreements.items() for other, why in others.items()]
    columns = [
        Column("claim", "Id of a claim", lambda each: each[0], required=True, leads_to="claims"),
        Column("other", "Id of a claim that says otherwise", lambda each: each[1], required=True, leads_to="claims"),
        Column("because", "In what they differ", lambda each: each[2], required=True),
        Column(
            "told_first",
            "Id of the claim whose side `because` tells first",
            lambda each: claims[each[0]].sides(claims[each[1]])[0].id,
            required=True,
            leads_to="claims",
        ),
        Column("marks", MARKS_OF_CLAIM, lambda each: ", ".join(claims[each[0]].all_marks)),
    ]
    about = "A claim and another that says otherwise a row: each pair stands twice, from either side"
    return Table("disagreements", about, columns, pairs, ("claim", "other"))


def _asked(guideline: Guideline) -> list[QuestionFacts]:
    return [each for facts in records_of(guideline).values() for each in questions_of(facts).values()]


def _answers(guideline: Guideline) -> Table:
    def said(of: Callable[[Any], Cell]) -> Callable[[QuestionFacts], Cell]:
        return lambda each: of(each.answer) if each.answer else None

    columns = [
        Column("id", "Full id of the answer, which stays", lambda each: each.id, required=True),
        Column("record_id", "Id of the record", lambda each: each.record.id, required=True, leads_to="records"),
        Column("record", "Name of the record", lambda each: each.record.record.name, required=True),
        Column("question", "The question", lambda each: each.question.name, required=True),
        Column(
            "text",
            "The answer, with what is to be done; empty if it is not known",
            said(lambda facts: " · ".join((facts.answer.text, *(step.line for step in facts.answer.steps)))),
        ),
        Column("direction", "Where the sources lean", said(lambda facts: facts.answer.direction)),
        Column("basis", "What it rests on, in words", said(lambda facts: facts.basis_words)),
        Column(
            "step", "The same from 0 to 4", said(lambda facts: facts.basis.step if facts.basis else None), "integer"
        ),
        Column(
            "rests_on",
            "Ids of its claims, by space",
            said(lambda facts: " ".join(one.claim for one in facts.answer.support)),
        ),
        Column(
            "indirect",
            "Those of them that are indirect",
            said(lambda facts: " ".join(one.claim for one in facts.answer.support if one.indirect)),
        ),
        Column("otherwise", "Ids of claims that say otherwise", said(lambda facts: " ".join(facts.answer.otherwise))),
        Column("stops", "What the pathway stops at besides", said(lambda facts: facts.stops)),
        Column("pmids", "PMIDs that it rests on, by space", said(lambda facts: " ".join(facts.pmids))),
        Column("marks", "What a reader has to see, by comma", said(lambda facts: ", ".join(facts.marks))),
        Column(
            "not_known",
            "Why it is not known",
            lambda each: each.not_known.not_known.because if each.not_known else None,
        ),
        Column("awaits", "Papers that cannot be cited yet", _awaited),
        *_edition(guideline, lambda each: each.record.record),
    ]
    about = "A question of a record a row, with its answer or why it is not known"
    return Table("answers", about, columns, _asked(guideline), ("id",))


def _awaited(each: QuestionFacts) -> str:
    if each.not_known:
        return "; ".join(source.label for source in each.not_known.awaits)
    return each.answer.awaited if each.answer else ""


def _support(guideline: Guideline) -> Table:
    pairs: list[tuple[str, Support]] = [
        (each.id, one) for each in _asked(guideline) if each.answer for one in each.answer.answer.support
    ]
    columns = [
        Column("answer", "Id of the answer", lambda each: each[0], required=True, leads_to="answers"),
        Column("claim", "Id of a claim that it rests on", lambda each: each[1].claim, required=True, leads_to="claims"),
        Column("indirect", "In what the claim is indirect; empty if it is direct", lambda each: each[1].indirect),
        Column("marks", MARKS_OF_CLAIM, lambda each: ", ".join(claims_of(guideline)[each[1].claim].all_marks)),
    ]
    return Table("support", "A claim that an answer rests on a row", columns, pairs, ("answer", "claim"))


def _list(kind: str, guideline: Guideline) -> Table:
    asked = list(enumerate(columns_of(kind, guideline)))
    columns = [
        Column("id", "Id of the record", lambda row: row.facts.id, required=True, leads_to="records"),
        Column("record", "Name of the record", lambda row: row.facts.record.name, required=True),
        Column("group", "Group that it belongs to", lambda row: row.group.name, required=True),
        *(column for index, question in asked for column in _columns_of_question(index, question)),
        Column("studies", "Number of independent studies in people cited", lambda row: row.facts.studies, "integer"),
        Column("pmids", "PMIDs that the answers rest on, by space", lambda row: _each(row, "pmids", " ")),
        Column("marks", "What a reader has to see, by comma", lambda row: _each(row, "marks", ", ")),
        *_edition(guideline, lambda row: row.facts.record),
    ]
    about = "A record a row, as in the list of its kind: its answers to the first questions, and what they rest on"
    return Table(kind, about, columns, rows_of(kind, guideline), ("id",), for_people=True)


def _columns_of_question(index: int, question: RecordQuestion) -> Iterator[Column]:
    def told(row: Row) -> str:
        each = row.cells[index]
        return each.answer.answer.text if each and each.answer else "not known" if each and each.not_known else ""

    def basis(row: Row) -> str:
        each = row.cells[index]
        return each.answer.basis_words if each and each.answer else ""

    yield Column(question.name, question.asks, told)
    if question.basis != "none":
        yield Column(f"{question.name}: what it rests on", "What the answer rests on, in words", basis)


def _each(row: Row, name: str, by: str) -> str:
    """Return what the answers of a row have under a name, each once."""
    answers = [each.answer for each in row.cells if each and each.answer]
    return by.join(dict.fromkeys(one for answer in answers for one in getattr(answer, name)))
