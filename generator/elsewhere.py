"""Addresses of what is elsewhere: sources, codes, licences, people, the repository. The sole builder of them."""

import re
from collections.abc import Mapping
from urllib.parse import quote

from generator.codes import Code, System
from generator.model import Citation
from generator.places import record_file

ORCID = "https://orcid.org/"


def edit_address(repository: str, record_id: str) -> str:
    """Return where GitHub's editor opens a record, as a proposal of whoever has no right to write."""
    return f"{repository.rstrip('/')}/edit/main/{record_file(record_id)}"


def history_address(repository: str, record_id: str) -> str:
    """Return where GitHub shows the history of a record."""
    return f"{repository.rstrip('/')}/commits/main/{record_file(record_id)}"


def pubmed(pmid: str) -> str:
    """Return the address of a source on PubMed."""
    return f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/"


def passage(citation: Citation) -> str:
    """Return the address that opens PubMed at a passage, by a text fragment (WICG Scroll To Text Fragment).

    A passage that does not stand on the PubMed page leads to the page's top.
    """
    if not citation.section.startswith(("abstract", "title")):
        return pubmed(citation.pmid)
    return f"{pubmed(citation.pmid)}#:~:text={_fragment(citation.start)},{_fragment(citation.end)}"


def doi(doi_: str) -> str:
    """Return the address that a DOI resolves at."""
    return f"https://doi.org/{quote(doi_, safe='/:;().')}"


def orcid(orcid_: str) -> str:
    """Return the address of who an ORCID iD names."""
    return f"{ORCID}{orcid_}"


def licence(name: str) -> str:
    """Return the address of a licence of Creative Commons by its name, such as `CC BY 4.0`; empty for another."""
    match = re.fullmatch(r"CC (BY(?:-NC)?(?:-SA|-ND)?) ([1-4]\.0)", name)
    return f"https://creativecommons.org/licenses/{match[1].lower()}/{match[2]}/" if match else ""


def pmc(pmcid: str) -> str:
    """Return the address of the free full text."""
    return f"https://pmc.ncbi.nlm.nih.gov/articles/{pmcid}/"


_CODES: Mapping[System, str] = {
    "mondo": "https://purl.obolibrary.org/obo/{}",
    "icd-11": "https://icd.who.int/browse/2026-01/foundation/en#{}",
    "mesh": "https://id.nlm.nih.gov/mesh/{}.html",
    "atc": "https://atcddd.fhi.no/atc_ddd_index/?code={}",
}
"""Where the codes of a system are looked up. Of the MMS only the entity has an address, which is an `icd-11` code."""


def code(code_: Code) -> str:
    """Return the address at which a code is looked up; empty if its system has none."""
    return _CODES.get(code_.system, "").format(quote(code_.code.replace(":", "_"), safe=""))


def _fragment(words: str) -> str:
    return quote(words, safe="").replace("-", "%2D")
