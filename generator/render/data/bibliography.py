"""A source in the formats of citation managers: CSL-JSON, RIS, BibTeX."""

from typing import Any

from generator import links
from generator.facts.sources import SourceFacts


def csl(source: SourceFacts) -> dict[str, Any]:
    """Return a source as an item of CSL-JSON."""
    pmid, reference = source.pmid, source.reference
    fields = {
        "id": f"pmid:{pmid}",
        "type": "article-journal",
        "title": reference.title,
        "author": [_name(author) for author in reference.authors or ()],
        "container-title": reference.journal,
        "issued": {"date-parts": [[reference.year]]} if reference.year else None,
        "volume": reference.volume,
        "issue": reference.issue,
        "page": reference.pages,
        "DOI": reference.doi,
        "PMID": pmid,
        "PMCID": reference.pmcid,
        "note": source.note,
    }
    return {key: value for key, value in fields.items() if value}


def _name(author: str) -> dict[str, str]:
    family, _, given = author.rpartition(" ")
    return {"family": family, "given": given} if family and given.isupper() else {"literal": author}


def ris(source: SourceFacts) -> str:
    """Return a source as a record of RIS."""
    pmid, reference = source.pmid, source.reference
    start, _, end = (reference.pages or "").partition("-")
    lines: list[tuple[str, object]] = [
        ("TY", "JOUR"),
        ("TI", reference.title),
        *(("AU", _ris_name(author)) for author in reference.authors or ()),
    ]
    lines += [("JO", reference.journal), ("PY", reference.year), ("VL", reference.volume), ("IS", reference.issue)]
    lines += [
        ("SP", start),
        ("EP", end),
        ("DO", reference.doi),
        ("AN", pmid),
        ("UR", links.pubmed(pmid)),
        ("N1", source.note),
    ]
    return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in lines if value) + "ER  - \r\n\r\n"


def _ris_name(author: str) -> str:
    name = _name(author)
    return f"{name['family']}, {name['given']}" if "family" in name else author


def bibtex(source: SourceFacts) -> str:
    """Return a source as an entry of BibTeX."""
    pmid, reference = source.pmid, source.reference
    fields = {
        "title": reference.title,
        "author": " and ".join(_ris_name(author) for author in reference.authors or ()),
        "journal": reference.journal,
        "year": reference.year,
        "volume": reference.volume,
        "number": reference.issue,
        "pages": reference.pages,
        "doi": reference.doi,
        "pmid": pmid,
        "note": source.note,
    }
    body = "".join(f"  {key} = {{{_tex(value)}}},\n" for key, value in fields.items() if value)
    return f"@article{{pmid{pmid},\n{body}}}\n"


# BibTeX counts a brace behind a backslash too, so that one in a text would end the field: a command stands for it.
_TEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"} | {
    **{"{": "\\textbraceleft ", "}": "\\textbraceright "},
    **{char: f"\\{char}" for char in "&%$#_"},
}


def _tex(value: object) -> str:
    return "".join(_TEX.get(char, char) for char in _line(value))


def _line(value: object) -> str:
    return " ".join(str(value).split())
