"""The records of papers as PubMed keeps them, asked by EFetch (`retmode=xml`): what a summary says, and more.

Elements are those of NLM's DTD for PubMed. What does not fit is left empty, as in a summary; nothing of an article is
believed to be plain text of one line until it is made so here.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from unicodedata import normalize
from xml.etree.ElementTree import Element

from generator.fields import PMID
from generator.pubmed.entrez import Entrez, PubmedError
from generator.pubmed.safe_xml import XmlError, read_xml
from generator.pubmed.summaries import Notice, Summary, plain
from generator.web import quoted
from generator.yaml_source.decoding import FORBIDDEN

BATCH = 100
"""PMIDs in a request: a record takes some tens of KiB, and an answer has a limit."""

_SHIFTS: Mapping[str, dict[int, int]] = {
    "sup": str.maketrans("0123456789+-\N{MINUS SIGN}=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ"),
    "sub": str.maketrans("0123456789+-\N{MINUS SIGN}=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎"),
}


@dataclass(frozen=True)
class Article:
    """A record of PubMed: its summary, its abstract by sections (label, text), and what a summary does not say.

    `groups` are those of the authors that are groups; `headings` are its MeSH headings.
    """

    summary: Summary
    sections: tuple[tuple[str, str], ...]
    authors_complete: bool
    groups: tuple[str, ...]
    headings: tuple[str, ...]
    is_book: bool

    @property
    def text(self) -> str:
        """Its title, and each section of its abstract on a line of its own behind its label, as texts are kept."""
        lines = (f"{label}: {text}" if label else text for label, text in self.sections)
        return "".join(f"{line}\n" for line in (self.summary.title, *lines) if line)


def fetch_articles(pmids: Sequence[str], entrez: Entrez) -> Iterator[tuple[str, Article]]:
    """Yield PubMed's records by PMID as they come, without those of PMIDs that it does not know. Raises PubmedError."""
    for start in range(0, len(pmids), BATCH):
        batch = pmids[start : start + BATCH]
        content = entrez.ask("efetch", retmode="xml", id=",".join(batch))
        found = read_articles(content, entrez)
        yield from ((pmid, found[pmid]) for pmid in batch if pmid in found)


def read_articles(content: bytes, entrez: Entrez) -> dict[str, Article]:
    """Return the articles and book chapters of an answer by PMID. Raises PubmedError."""
    if said := entrez.error_in(content):
        raise PubmedError(f"PubMed answers with an error{said}")
    try:
        root = read_xml(content)
    except XmlError as error:
        raise PubmedError(f"PubMed's answer cannot be read: {entrez.without_key(str(error))}") from None
    if root.tag != "PubmedArticleSet":
        said = _text(root.find(".//ERROR"))
        raise PubmedError(f"PubMed's answer is no PubmedArticleSet: {quoted(entrez.without_key(said or root.tag))}")
    articles = [_read_article(each) for each in root.findall("PubmedArticle")]
    articles += [_read_book(each) for each in root.findall("PubmedBookArticle")]
    return {each.summary.pmid: each for each in articles if re.fullmatch(PMID, each.summary.pmid)}


def _read_article(entry: Element) -> Article:
    citation = _inside(entry, "MedlineCitation")
    article = _inside(citation, "Article")
    journal, issue = _inside(article, "Journal"), _inside(article, "Journal/JournalIssue")
    lists = (each for each in article.findall("AuthorList") if each.get("Type") != "editors")
    listed = next(lists, Element(""))
    year = _text(issue.find("PubDate/Year")) or _text(issue.find("PubDate/MedlineDate"))
    ids = {each.get("IdType", ""): _text(each) for each in entry.findall("PubmedData/ArticleIdList/ArticleId")}
    places = {each.get("EIdType", ""): _text(each) for each in article.findall("ELocationID") if _is_valid(each)}
    return Article(
        Summary(
            pmid=_text(citation.find("PMID")),
            title=_title(article.find("ArticleTitle")) or _title(article.find("VernacularTitle")),
            authors=tuple(_authors(listed)),
            journal=_text(citation.find("MedlineJournalInfo/MedlineTA")) or _text(journal.find("ISOAbbreviation")),
            full_journal=_text(journal.find("Title")),
            year=_year(year),
            volume=_text(issue.find("Volume")),
            issue=_text(issue.find("Issue")),
            pages=_pages(_inside(article, "Pagination")),
            doi=ids.get("doi") or places.get("doi", ""),
            pmcid=ids.get("pmc", ""),
            kinds=tuple(map(_text, article.findall("PublicationTypeList/PublicationType"))),
            notices=tuple(map(_notice, citation.findall("CommentsCorrectionsList/CommentsCorrections"))),
        ),
        sections=tuple(_sections(article)),
        authors_complete=listed.get("CompleteYN", "Y") != "N",
        groups=tuple(_groups(listed)),
        headings=tuple(map(_text, citation.findall("MeshHeadingList/MeshHeading/DescriptorName"))),
        is_book=False,
    )


def _read_book(entry: Element) -> Article:
    """Return a chapter of a book, of which no more is needed here than its text."""
    document = _inside(entry, "BookDocument")
    title = _title(document.find("ArticleTitle")) or _title(document.find("Book/BookTitle"))
    empty = dict.fromkeys(("journal", "full_journal", "year", "volume", "issue", "pages", "doi", "pmcid"), "")
    summary = Summary(pmid=_text(document.find("PMID")), title=title, authors=(), kinds=(), notices=(), **empty)
    return Article(summary, tuple(_sections(document)), False, (), (), is_book=True)


def _inside(element: Element, path: str) -> Element:
    """Return the first element at a path, an empty one where there is none."""
    found = element.find(path)
    return Element("") if found is None else found


def _sections(article: Element) -> Iterator[tuple[str, str]]:
    for part in article.findall("Abstract/AbstractText"):
        if text := _text(part):
            yield one_line(part.get("Label", "")).rstrip(":"), text


def _authors(listed: Element) -> Iterator[str]:
    """Yield the names of authors as a summary has them: family name, initials, suffix; or the group."""
    for author in listed.findall("Author"):
        parts = [_text(author.find(part)) for part in ("LastName", "Initials", "Suffix", "CollectiveName")]
        if _is_valid(author) and (name := " ".join(filter(None, parts))):
            yield name


def _groups(listed: Element) -> Iterator[str]:
    for author in listed.findall("Author"):
        if _is_valid(author) and (name := _text(author.find("CollectiveName"))):
            yield name


def _is_valid(element: Element) -> bool:
    return element.get("ValidYN", "Y") != "N"


def _notice(element: Element) -> Notice:
    """Return a notice as a summary has it: `ExpressionOfConcernIn` is `Expression of concern in`."""
    kind = re.sub(r"(?<=[a-z])(?=[A-Z]|and[A-Z])", " ", one_line(element.get("RefType", ""))).capitalize()
    pmid = _text(element.find("PMID"))
    return Notice(kind, pmid if re.fullmatch(PMID, pmid) else "")


def _pages(pagination: Element) -> str:
    ends = [_text(pagination.find(end)) for end in ("StartPage", "EndPage")]
    return _text(pagination.find("MedlinePgn")) or "-".join(filter(None, ends))


def _year(text: str) -> str:
    found = re.search(r"(?<![0-9])[0-9]{4}(?![0-9])", text)
    return found[0] if found else ""


def _title(element: Element | None) -> str:
    return re.sub(r"(?<!\.)\.(\]?)$", r"\1", _text(element))


def _text(element: Element | None) -> str:
    return "" if element is None else one_line(plain(_flat(element)))


def _flat(element: Element) -> str:
    """Return the text of an element and all inside it; letters that are raised or lowered by signs of their own."""
    inside = (element.text or "") + "".join(_flat(part) + (part.tail or "") for part in element)
    shift = _SHIFTS.get(element.tag)
    return inside.translate(shift) if shift and all(ord(sign) in shift for sign in inside) else inside


def one_line(text: str) -> str:
    """Return a text on one line, its letters composed, without control characters and marks that no eye sees."""
    return " ".join(normalize("NFC", FORBIDDEN.sub("", re.sub(r"\s+", " ", text))).split())
