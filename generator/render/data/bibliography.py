"""A source in the formats of citation managers, as text: CSL-JSON, RIS, MEDLINE as PubMed has it, BibTeX."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from generator import elsewhere
from generator.facts.bibliography import Author, page_ranges, pages_in_full
from generator.facts.sources import SourceFacts
from generator.render.data.bibtex import bibtex

Field = tuple[str, object]


def csl(source: SourceFacts) -> dict[str, Any]:
    """Return a source as an item of CSL-JSON.

    That there are more authors is the literal name `others`, which Pandoc takes for *et al.*; the note says it too.
    """
    pmid, reference = source.pmid, source.reference
    names = [_csl_name(author) for author in source.authors]
    fields = {
        "id": f"pmid:{pmid}",
        "type": "article-journal",
        "title": reference.title,
        "author": [*names, {"literal": "others"}] if names and not source.has_all_authors else names,
        "container-title": reference.journal,
        "container-title-short": reference.journal_abbreviation,
        "issued": {"date-parts": [[reference.year]]} if reference.year else None,
        "volume": reference.volume,
        "issue": reference.issue,
        "page": pages_in_full(reference.pages or ""),
        "DOI": reference.doi,
        "PMID": pmid,
        "PMCID": reference.pmcid,
        "note": source.note,
    }
    return {key: value for key, value in fields.items() if value}


def _csl_name(author: Author) -> dict[str, str]:
    if author.is_group:
        return {"literal": author.name}
    name = {
        "family": author.family.removeprefix(author.particle).strip(),
        "given": author.initials,
        "non-dropping-particle": author.particle,
        "suffix": author.suffix,
    }
    return {key: value for key, value in name.items() if value}


def ris(source: SourceFacts) -> str:
    """Return a source as a record of RIS; PMID and PMCID stand where EndNote has them."""
    pmid, reference = source.pmid, source.reference
    first, last = (page_ranges(reference.pages or "") or [("", "")])[0]
    fields: list[Field] = [("TY", "JOUR"), *(("AU", _ris_name(author)) for author in source.authors)]
    fields += [("TI", reference.title), ("T2", reference.journal), ("J2", reference.journal_abbreviation)]
    fields += [("PY", reference.year), ("VL", reference.volume), ("IS", reference.issue), ("SP", first), ("EP", last)]
    fields += [("DO", reference.doi), ("DB", "PubMed"), ("AN", pmid), ("C2", reference.pmcid)]
    fields += [("UR", elsewhere.pubmed(pmid)), ("N1", source.note)]
    return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in fields if value) + "ER  - \r\n\r\n"


def _ris_name(author: Author) -> str:
    """Return family name, initials and suffix with commas; a group ends with one, so that it is a family name whole."""
    if author.is_group:
        return author.name.replace(",", ":") + ","
    return ", ".join(filter(None, (author.family, author.initials, author.suffix)))


def nbib(source: SourceFacts) -> str:
    """Return a source as PubMed does in MEDLINE format (NLM, "MEDLINE/PubMed Data Element (Field) Descriptions").

    Its marks stand in the note and again as terms of others (`OT`): clients read the second and not the first.
    """
    pmid, reference = source.pmid, source.reference
    fields: list[Field] = [("PMID", pmid), ("VI", reference.volume), ("IP", reference.issue), ("DP", reference.year)]
    fields += [("TI", reference.title), ("PG", reference.pages), ("LID", reference.doi and f"{reference.doi} [doi]")]
    for author in source.authors:
        fields += [("CN", author.name)] if author.is_group else [("FAU", _full_name(author)), ("AU", author.name)]
    fields += [("PT", "Journal Article"), ("PT", "Retracted Publication" if source.is_retracted else "")]
    fields += [("TA", reference.journal_abbreviation), ("JT", reference.journal), ("PMC", reference.pmcid)]
    fields += [("AID", reference.doi and f"{reference.doi} [doi]")]
    fields += [("OT", words) for words in (*source.marks, source.authors_note.rstrip("."))] + [("GN", source.note)]
    return "".join(f"{tag:<4}- {_line(value)}\n" for tag, value in fields if value) + "\n"


def _full_name(author: Author) -> str:
    initials = author.initials.replace(".", "")
    return f"{author.family}, {' '.join(filter(None, (initials, author.suffix)))}"


def _line(value: object) -> str:
    return " ".join(str(value).split())


def _csl_file(sources: Iterable[SourceFacts]) -> str:
    return json.dumps([csl(source) for source in sources], ensure_ascii=False, indent=1) + "\n"


FILES: Mapping[str, Callable[[Iterable[SourceFacts]], str]] = {
    "ris": lambda sources: "".join(map(ris, sources)),
    "nbib": lambda sources: "".join(map(nbib, sources)),
    "bib": lambda sources: "\n".join(map(bibtex, sources)),
    "csl.json": _csl_file,
}
"""What makes a file of sources, by the ending of its name."""
