"""A server of our own on the loopback address that answers as NCBI documents its E-utilities, or as it fails.

Every abstract here is made up.
"""

import json
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

ESUMMARY, EFETCH, ESEARCH = (f"/entrez/eutils/{name}.fcgi" for name in ("esummary", "efetch", "esearch"))
PROLOGUE = (
    '<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
    '"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n'
)
Form = dict[str, str]


@dataclass
class Reply:
    """What the server answers: a status, a body, headers, and whether it waits until the test is over first.

    `promised` is how many bytes it announces, if more than it sends.
    """

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    silent: bool = False
    promised: int | None = None


Answer = Reply | Callable[[Form], Reply]


class World(ThreadingHTTPServer):
    """Answers each path, or method and path, with its replies in turn, the last for ever; 404 elsewhere."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.replies: dict[str, list[Answer]] = {}
        self.asked: list[str] = []
        self.forms: list[Form] = []
        self.over = threading.Event()
        self.address = f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that left before its answer is no error."""

    def answers(self, path: str, *replies: Answer) -> None:
        self.replies[path] = list(replies)

    def knows(self, *summaries: dict[str, Any]) -> None:
        result = {"uids": [summary["uid"] for summary in summaries]} | {each["uid"]: each for each in summaries}
        self.answers(ESUMMARY, Reply(body=json.dumps({"header": {"type": "esummary"}, "result": result}).encode()))

    def holds(self, papers: dict[str, str], found: dict[str, Iterable[str]] | None = None) -> None:
        """Have EFetch answer with papers, XML by PMID, and ESearch with PMIDs by the term that is searched for."""

        def fetch(form: Form) -> Reply:
            return Reply(body=answer(*(papers[pmid] for pmid in form["id"].split(",") if pmid in papers)))

        def search(form: Form) -> Reply:
            ids = list((found or {}).get(form["term"], ()))
            result = {"count": str(len(ids)), "retmax": str(len(ids)), "retstart": "0", "idlist": ids}
            return Reply(body=json.dumps({"header": {"type": "esearch"}, "esearchresult": result}).encode())

        self.answers(EFETCH, fetch)
        self.answers(ESEARCH, search)


class Handler(BaseHTTPRequestHandler):
    server: World

    def do_GET(self) -> None:
        self.server.asked.append(f"{self.command} {self.path}")
        path, query = urlsplit(self.path).path, urlsplit(self.path).query
        body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        form = {key: values[0] for key, values in parse_qs(body or query).items()}
        self.server.forms.append(form)
        replies = self.server.replies.get(f"{self.command} {path}") or self.server.replies.get(path) or [Reply(404)]
        said = replies.pop(0) if len(replies) > 1 else replies[0]
        reply = said if isinstance(said, Reply) else said(form)
        if reply.silent:
            self.server.over.wait(5)
        self.send_response_only(reply.status)
        length = len(reply.body) if reply.promised is None else reply.promised
        for name, value in {"Content-Length": str(length), **reply.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.body)

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


def answer(*papers: str) -> bytes:
    """Return an answer of EFetch that holds papers."""
    return f"{PROLOGUE}<PubmedArticleSet>{''.join(papers)}</PubmedArticleSet>\n".encode()


def paper(
    pmid: str,
    title: str = "Lamps in pemphigus.",
    abstract: Iterable[tuple[str, str]] = (("", "None of the patients responded."),),
    authors: Iterable[str] = ("Abel A", "Baker BC Jr"),
    kinds: Iterable[str] = ("Journal Article",),
    notices: Iterable[tuple[str, str]] = (),
    headings: Iterable[str] = (),
    groups: Iterable[str] = (),
    complete: bool = True,
    **fields: str,
) -> str:
    """Return a paper in the XML of PubMed; titles and abstracts are given as XML, all else as text."""
    known = {
        "journal": "The Journal of lamps",
        "medline_ta": "J Lamps",
        "date": "<Year>2020</Year><Month>Jan</Month>",
        "volume": "12",
        "issue": "3",
        "pages": "77-84",
        "doi": f"10.1000/{pmid}",
        "pmc": "",
    } | fields
    return (
        f'<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{pmid}</PMID>'
        f'<Article PubModel="Print"><Journal><ISSN IssnType="Print">0000-0000</ISSN><JournalIssue CitedMedium="Print">'
        f"{_one('Volume', known['volume'])}{_one('Issue', known['issue'])}<PubDate>{known['date']}</PubDate>"
        f"</JournalIssue>{_one('Title', known['journal'])}<ISOAbbreviation>J. Lamps</ISOAbbreviation></Journal>"
        f"<ArticleTitle>{title}</ArticleTitle><Pagination><StartPage>1</StartPage>"
        f"{_one('MedlinePgn', known['pages'])}</Pagination>"
        f'<ELocationID EIdType="doi" ValidYN="Y">{escape(known["doi"])}</ELocationID>'
        f"<Abstract>{''.join(_section(*each) for each in abstract)}"
        f"<CopyrightInformation>Copyright of nobody.</CopyrightInformation></Abstract>"
        f'<AuthorList CompleteYN="{"Y" if complete else "N"}">{"".join(map(_author, authors))}'
        f"{''.join(map(_group, groups))}</AuthorList>"
        f"<PublicationTypeList>{''.join(_one('PublicationType', each) for each in kinds)}</PublicationTypeList>"
        f"</Article><MedlineJournalInfo>{_one('MedlineTA', known['medline_ta'])}</MedlineJournalInfo>"
        f"<CommentsCorrectionsList>{''.join(_notice(*each) for each in notices)}</CommentsCorrectionsList>"
        f"<MeshHeadingList>{''.join(_heading(each) for each in headings)}</MeshHeadingList></MedlineCitation>"
        f'<PubmedData><ArticleIdList><ArticleId IdType="pubmed">{pmid}</ArticleId>{_id("doi", known["doi"])}'
        f"{_id('pmc', known['pmc'])}</ArticleIdList><ReferenceList><Reference><ArticleIdList>"
        f'<ArticleId IdType="doi">10.1000/cited</ArticleId><ArticleId IdType="pmc">PMC99</ArticleId>'
        f"</ArticleIdList></Reference></ReferenceList></PubmedData></PubmedArticle>"
    )


def chapter(pmid: str, title: str, text: str) -> str:
    """Return a chapter of a book in the XML of PubMed."""
    return (
        f'<PubmedBookArticle><BookDocument><PMID Version="1">{pmid}</PMID><Book><BookTitle>A book</BookTitle></Book>'
        f"<ArticleTitle>{title}</ArticleTitle><Abstract><AbstractText>{text}</AbstractText></Abstract>"
        f"</BookDocument></PubmedBookArticle>"
    )


def _one(tag: str, text: str) -> str:
    return f"<{tag}>{escape(text)}</{tag}>" if text else ""


def _section(label: str, text: str) -> str:
    named = f' Label="{escape(label)}" NlmCategory="UNASSIGNED"' if label else ""
    return f"<AbstractText{named}>{text}</AbstractText>"


def _author(name: str) -> str:
    family, initials, *suffix = name.rsplit(" ", 2) if name.endswith((" Jr", " 3rd")) else name.rsplit(" ", 1)
    parts = {"LastName": family, "ForeName": "First", "Initials": initials, "Suffix": "".join(suffix)}
    return f'<Author ValidYN="Y">{"".join(_one(tag, text) for tag, text in parts.items())}</Author>'


def _group(name: str) -> str:
    return f'<Author ValidYN="Y">{_one("CollectiveName", name)}</Author>'


def _notice(kind: str, pmid: str) -> str:
    number = f'<PMID Version="1">{pmid}</PMID>' if pmid else ""
    return f'<CommentsCorrections RefType="{kind}"><RefSource>J. 2021;1:1</RefSource>{number}</CommentsCorrections>'


def _heading(name: str) -> str:
    return f'<MeshHeading><DescriptorName UI="D000001">{escape(name)}</DescriptorName></MeshHeading>'


def _id(kind: str, value: str) -> str:
    return f'<ArticleId IdType="{kind}">{escape(value)}</ArticleId>' if value else ""
