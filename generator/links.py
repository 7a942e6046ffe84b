"""Where everything is: pages on disk, anchors, addresses. The sole builder of links.

A page is named by its path below `docs/`, such as `folder/name.md`.
"""

import posixpath
import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote

from generator.codes import Code, System
from generator.fields import ANSWER
from generator.model import Citation

HOME = PurePosixPath("index.md")
POCKET = PurePosixPath("pocket.pdf")
DOSES = PurePosixPath("doses.md")
AZ = PurePosixPath("a-z.md")
EVIDENCE = PurePosixPath("evidence.md")
DISAGREEMENTS = PurePosixPath("disagreements.md")
MISSING = PurePosixPath("missing.md")
SEARCHES = PurePosixPath("searches.md")
DATA = PurePosixPath("data.md")
FORMAT = PurePosixPath("format.md")
VOCABULARY = PurePosixPath("vocabulary.md")
RULES = PurePosixPath("rules.md")
PATHWAY = PurePosixPath("pathway.md")
PATHWAY_KEY = PurePosixPath("pathway-key/index.md")
REFERENCES = PurePosixPath("references/index.md")
CHANGES = PurePosixPath("changes.md")
INTENDED_PURPOSE = PurePosixPath("intended-purpose.md")
METHOD = PurePosixPath("method.md")
REVIEW = PurePosixPath("review.md")
FEED = PurePosixPath("feed.xml")
LLMS = PurePosixPath("llms.txt")
ROBOTS = PurePosixPath("robots.txt")
SITEMAP = PurePosixPath("sitemap.xml")

MANIFEST = PurePosixPath("manifest.webmanifest")
"""What an installed copy of the site is called: written by hand, and named by every page."""

BY_HAND: Mapping[PurePosixPath, tuple[str, ...]] = {
    INTENDED_PURPOSE: (),
    METHOD: ("sources",),
    REVIEW: ("impact",),
    DATA: (),
}
"""The pages written by hand that others link to, with the parts of them that are linked."""

LISTS = {
    page.as_posix().removesuffix(".md").removesuffix("/index"): page
    for page in (PATHWAY, DOSES, EVIDENCE, DISAGREEMENTS, MISSING, AZ, REFERENCES)
}
"""The pages that show what many records say, by the names under which the profile gives them words of the search."""

FOLDERS = frozenset(
    (
        *("assets", "data", "decisions", "questions", "schema", "search", PATHWAY_KEY.parent.name),
        *(page.stem for page in (DATA, FORMAT, VOCABULARY, RULES, SEARCHES, CHANGES, INTENDED_PURPOSE)),
        *LISTS,
    )
)
"""Names of folders of the site that hold no records."""

_LINK = re.compile(r"\[([^\[\]\n]+)\]\(([^()\s]*)\)")


@dataclass(frozen=True)
class Link:
    """A link in a claim's text: the words shown, and the id of a record or claim."""

    words: str
    target: str

    @property
    def record(self) -> str:
        """The id of the record that the target is, or is a claim of."""
        return self.target.partition("#")[0]


def offline_copy(slug: str) -> PurePosixPath:
    """Return the whole site as one file, by the slug of its topic."""
    return PurePosixPath(f"{slug}-offline.zip")


def lasting_name(slug: str, *parts: str) -> str:
    """Return a name (RFC 9562) that stays wherever the site of a topic is hosted, of the topic or of a thing in it."""
    topic = uuid.uuid5(uuid.NAMESPACE_URL, slug)
    return (uuid.uuid5(topic, " ".join(parts)) if parts else topic).urn


def split_text(text: str) -> Iterator[str | Link]:
    """Yield the plain stretches and the links of a claim's text, in order."""
    end = 0
    for match in _LINK.finditer(text):
        if match.start() > end:
            yield text[end : match.start()]
        yield Link(match[1], match[2])
        end = match.end()
    if end < len(text):
        yield text[end:]


def links_in(text: str) -> list[Link]:
    """Return the links of a claim's text."""
    return [Link(match[1], match[2]) for match in _LINK.finditer(text)]


def plain_text(text: str) -> str:
    """Return a claim's text with the words of its links and without their targets."""
    return _LINK.sub(r"\1", text) if "](" in text else text


def index_page(kind: str) -> PurePosixPath:
    """Return the page that lists the records of a kind."""
    return PurePosixPath(kind, "index.md")


def question_page(kind: str, question: str) -> PurePosixPath:
    """Return the page that tells the answers of all records of a kind to a question."""
    return PurePosixPath("questions", kind, f"{question}.md")


def record_page(record_id: str) -> PurePosixPath:
    """Return the page of a record."""
    return PurePosixPath(f"{record_id}.md")


def reference_page(pmid: str) -> PurePosixPath:
    """Return the page of a reference."""
    return PurePosixPath("references", f"{pmid}.md")


def source_file(pmid: str, ending: str) -> PurePosixPath:
    """Return the file for citation managers of one source, such as `references/29228499.ris`."""
    return PurePosixPath("references", f"{pmid}.{ending}")


def record_data(record_id: str) -> PurePosixPath:
    """Return the file of a record as data."""
    return PurePosixPath(f"{record_id}.json")


def record_text(record_id: str) -> PurePosixPath:
    """Return the file of a record as Markdown to read; `.md` alone is what its page is built of."""
    return PurePosixPath(f"{record_id}.md.txt")


def relative(page: PurePosixPath, target: PurePosixPath, anchor: str = "") -> str:
    """Return the link from one page to another, as Markdown on disk has it."""
    fragment = f"#{anchor}" if anchor else ""
    if page == target and anchor:
        return fragment
    return posixpath.relpath(target, page.parent) + fragment


def to_id(page: PurePosixPath, target: str) -> str:
    """Return the link from a page to the record or claim that an id names."""
    record, _, claim = target.partition("#")
    return relative(page, record_page(record), claim)


def handbook(number: int, total: int) -> PurePosixPath:
    """Return the PDF of a volume of the handbook; of a single one without its number."""
    return PurePosixPath("handbook.pdf" if total == 1 else f"handbook-{number}.pdf")


def sheet(record_id: str) -> PurePosixPath:
    """Return the PDF of the ward sheet of a record."""
    return PurePosixPath(f"{record_id}.pdf")


def edit_address(repository: str, record_id: str) -> str:
    """Return where GitHub's editor opens a record, as a proposal of whoever has no right to write."""
    return f"{repository.rstrip('/')}/edit/main/content/{record_id}.yaml"


def history_address(repository: str, record_id: str) -> str:
    """Return where GitHub shows the history of a record."""
    return f"{repository.rstrip('/')}/commits/main/content/{record_id}.yaml"


def absolute(address: str, page: PurePosixPath, anchor: str = "") -> str:
    """Return the address of a page of the site that is hosted at an address."""
    path = re.sub(r"(^|/)index\.md$", r"\1", str(page))
    path = f"{path.removesuffix('.md')}/" if path.endswith(".md") else path
    return f"{address.rstrip('/')}/{path}" + (f"#{anchor}" if anchor else "")


def hosted_file(address: str | None, page: PurePosixPath, file: PurePosixPath) -> str:
    """Return the address of a file: from where a page is shown, a folder of its own, if nobody hosts the site."""
    return absolute(address, file) if address else posixpath.relpath(file, page.with_suffix(""))


def hosted(address: str | None, page: PurePosixPath, anchor: str = "", *, in_folder: bool = False) -> str:
    """Return the address of a page: from the root of the site, or from a folder of it, if nobody hosts the site."""
    if address:
        return absolute(address, page, anchor)
    return ("../" if in_folder else "") + absolute("", page, anchor).lstrip("/")


def hosted_id(address: str | None, id_: str, *, in_folder: bool = False) -> str:
    """Return the address of a claim or an answer on the page of its record."""
    record, _, name = id_.partition("#")
    return hosted(address, record_page(record), name, in_folder=in_folder)


def version_anchor(version: str) -> str:
    """Return the anchor of a version in the list of changes."""
    return f"version--{version.partition('+')[0].replace('.', '-')}"


def kind_anchor(kind: str) -> str:
    """Return the anchor of a group of claims; two hyphens keep it apart from every claim's."""
    return f"kind--{kind}"


def answer_anchor(name: str) -> str:
    """Return the anchor of the answer to a question on the page of its record."""
    return f"{ANSWER}{name}"


def key_page(part: str) -> PurePosixPath:
    """Return the page of the numbered key that a part of the pathway is on."""
    return PATHWAY_KEY.with_name(f"{part}.md")


def part_anchor(part: str) -> str:
    """Return the anchor of a part of the pathway in the list of parts."""
    return f"part--{part}"


def disease_anchor(record_id: str) -> str:
    """Return the anchor of what the pathway tells of a disease."""
    return f"disease--{record_id.partition('/')[2]}"


def harm_anchor(record_id: str) -> str:
    """Return the anchor of a harm that goes with every indication, on the page of one."""
    return f"harm--{record_id.rpartition('/')[2]}"


def dispute_anchor(number: int) -> str:
    """Return the anchor of a disagreement on a page that tells of it."""
    return f"dispute--{number}"


def node_anchor(name: str) -> str:
    """Return the anchor of a node of the pathway."""
    return f"node--{name}"


def reference_anchor(pmid: str) -> str:
    """Return the anchor of a source in a page's list of references."""
    return f"ref--{pmid}"


def pending_anchor(name: str) -> str:
    """Return the anchor of a source in the list of those that cannot be cited yet."""
    return f"pending--{name}"


def doses_anchor(record_id: str) -> str:
    """Return the anchor of the regimens of a record on the page of doses."""
    return f"doses--{record_id.replace('/', '--')}"


def regimen_anchor(claim_id: str) -> str:
    """Return the anchor of the regimen that a claim states on the page of doses."""
    return f"regimen--{claim_id.replace('/', '--').replace('#', '--')}"


def searches_anchor(record_id: str) -> str:
    """Return the anchor of a record's searches in the log of searches."""
    return f"for--{record_id.replace('/', '--')}"


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
    return f"https://orcid.org/{orcid_}"


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
