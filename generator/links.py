"""Where everything of the site is: pages on disk, anchors, addresses. The sole builder of links to it.

A page is named by its path below `docs/`, such as `folder/name.md`.
"""

import posixpath
import re
import uuid
from collections.abc import Mapping
from pathlib import PurePosixPath

from generator.fields import ANSWER

HOME = PurePosixPath("index.md")
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
PROPOSE = PurePosixPath("propose.md")
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
        *("assets", "data", "decisions", "questions", "schema", "scripts", "search", PATHWAY_KEY.parent.name),
        *(page.stem for page in (DATA, FORMAT, VOCABULARY, RULES, SEARCHES, CHANGES, INTENDED_PURPOSE, PROPOSE)),
        *LISTS,
    )
)
"""Names of folders of the site that hold no records."""


def offline_copy(slug: str) -> PurePosixPath:
    """Return the whole site as one file, by the slug of its topic."""
    return PurePosixPath(f"{slug}-offline.zip")


def lasting_name(slug: str, *parts: str) -> str:
    """Return a name (RFC 9562) that stays wherever the site of a topic is hosted, of the topic or of a thing in it."""
    topic = uuid.uuid5(uuid.NAMESPACE_URL, slug)
    return (uuid.uuid5(topic, " ".join(parts)) if parts else topic).urn


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
    return _volume("handbook", number, total)


def pocket(number: int, total: int) -> PurePosixPath:
    """Return the PDF of a volume of the pocket edition; of a single one without its number."""
    return _volume("pocket", number, total)


def _volume(name: str, number: int, total: int) -> PurePosixPath:
    return PurePosixPath(f"{name}.pdf" if total == 1 else f"{name}-{number}.pdf")


def sheet(record_id: str) -> PurePosixPath:
    """Return the PDF of the ward sheet of a record."""
    return PurePosixPath(f"{record_id}.pdf")


def propose(page: PurePosixPath, id_: str) -> str:
    """Return the link from a page to the form in which a change of a record or a reference is proposed.

    A query, which a link of Markdown may have: an anchor would have to be on the page.
    """
    return f"{relative(page, PROPOSE)}?record={id_}"


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
