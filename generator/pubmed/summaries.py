"""What PubMed says of papers, asked of NCBI's E-utilities.

Fields are those of ESummary with `retmode=json` (NCBI Bookshelf NBK25501). Publication types are those of MeSH. An
answer is untrusted: its types are checked, and its text is shown quoted.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any, NamedTuple

from generator.fields import PMID
from generator.pubmed.entrez import Entrez, PubmedError

BATCH = 200

NOTICES: Mapping[str, str] = {
    "erratum in": "corrected",
    "corrected and republished in": "corrected",
    "update in": "corrected",
    "partial retraction in": "concern",
    "expression of concern in": "concern",
    "retraction in": "retracted",
    "retracted and republished in": "retracted",
}
"""The state of a paper by the kinds of notices that change what it says, as NLM names them in small letters."""

_MARKUP = re.compile(r"</?[a-z]+>", re.IGNORECASE)


class Notice(NamedTuple):
    """What else concerns a paper, such as `Erratum in`, and its PMID, which is empty if PubMed has none."""

    kind: str
    pmid: str

    @property
    def state(self) -> str:
        """The state that it gives the paper; empty if it changes nothing of what the paper says."""
        return NOTICES.get(self.kind.casefold(), "")


@dataclass(frozen=True)
class Summary:
    """PubMed's summary of a record; what it does not know is empty. `kinds` are its publication types."""

    pmid: str
    title: str
    authors: tuple[str, ...]
    journal: str
    full_journal: str
    year: str
    volume: str
    issue: str
    pages: str
    doi: str
    pmcid: str
    kinds: tuple[str, ...]
    notices: tuple[Notice, ...]


def fetch_summaries(pmids: Sequence[str], entrez: Entrez) -> dict[str, Summary]:
    """Return PubMed's summaries by PMID, without those of PMIDs that it does not know. Raises PubmedError."""
    summaries = {}
    for start in range(0, len(pmids), BATCH):
        batch = pmids[start : start + BATCH]
        answer = entrez.ask_json("esummary", "result", id=",".join(batch))
        for pmid in batch:
            entry = answer.get(pmid, {"error": "not in the answer"})
            if not isinstance(entry, dict):
                raise PubmedError(f"PubMed's answer for PMID {pmid} is no object")
            if "error" not in entry:
                summaries[pmid] = _read_summary(pmid, entry)
    return summaries


def _read_summary(pmid: str, entry: dict[str, object]) -> Summary:
    def text(key: str, inside: object = entry) -> str:
        value = inside.get(key, "") if isinstance(inside, dict) else None
        if not isinstance(value, str):
            raise PubmedError(f"PubMed's answer for PMID {pmid}: `{key}` is not text")
        return value.strip()

    def items(key: str) -> list[Any]:
        value = entry.get(key)
        if not isinstance(value, list):
            raise PubmedError(f"PubMed's answer for PMID {pmid}: `{key}` is not a list")
        return value

    def pmid_of(item: dict[str, object]) -> str:
        value = item.get("pmid")
        return str(value) if re.fullmatch(PMID, str(value)) else ""

    ids = {text("idtype", item): text("value", item) for item in items("articleids")}
    kinds = items("pubtype")
    if not all(isinstance(kind, str) for kind in kinds):
        raise PubmedError(f"PubMed's answer for PMID {pmid}: `pubtype` is not text")
    year = re.match(r"[0-9]{4}(?![0-9])", text("pubdate"))
    return Summary(
        pmid=ids.get("pubmed") or text("uid"),
        title=plain(text("title")),
        authors=tuple(
            plain(text("name", item))
            for item in items("authors")
            if text("authtype", item) not in ("Editor", "Editors")
        ),
        journal=plain(text("source")),
        full_journal=plain(text("fulljournalname")),
        year=year[0] if year else "",
        volume=text("volume"),
        issue=text("issue"),
        pages=text("pages"),
        doi=ids.get("doi", ""),
        pmcid=ids.get("pmc", ""),
        kinds=tuple(kinds),
        notices=tuple(Notice(text("reftype", item), pmid_of(item)) for item in items("references")),
    )


def plain(text: str) -> str:
    """Return a text without its markup, which ESummary escapes as in `&lt;i&gt;in vitro&lt;/i&gt;`."""
    return unescape(_MARKUP.sub("", unescape(text)))
