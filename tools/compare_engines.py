"""Compare the site that another engine built with that of MkDocs, page by page.

    python -m tools.compare_engines FOLDER-OF-MKDOCS FOLDER-OF-THE-OTHER

What must agree: the pages that there are, and of each page its title, the headings of its article with their ids, every
id, every link and the text in its article, and the records that its navigation leads to.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from urllib.parse import urljoin

import yaml
from bs4 import BeautifulSoup, Tag

RECORD_KINDS = tuple(yaml.safe_load(Path("content/profile.yaml").read_text("utf-8"))["kinds"])
ROOT = "http://site/"
"""Stands for the folder of a site, so that a relative link can be resolved."""
SHOWN = 5
"""How many differences of a page are printed."""

KNOWN_IDS = {
    "__skip": "where Zensical's link past the navigation leads; that of Material leads to the first heading",
}
"""Ids in the article that only one engine has, and why that is no fault."""


@dataclass(frozen=True)
class Page:
    """What is compared of a page. Links are resolved: `http://site/a-z/#x`, or the address of another host."""

    title: str
    headings: tuple[str, ...]
    ids: tuple[str, ...]
    links: tuple[str, ...]
    text: tuple[str, ...]
    records: tuple[str, ...]
    """The records that the navigation leads to, each once, in order."""


@dataclass(frozen=True)
class Difference:
    """What one engine has of a page and the other has not."""

    page: str
    what: str

    def __str__(self) -> str:
        return f"{self.page}: {self.what}"


def read_page(path: str, html: str) -> Page:
    """Return what is compared of a page, by its path in the site.

    Raises ValueError if it lacks article or navigation.
    """
    soup = BeautifulSoup(html, "lxml")
    article, nav = soup.find("article"), soup.find(class_="md-nav--primary")
    if not isinstance(article, Tag) or not isinstance(nav, Tag):
        raise ValueError(f"{path} has no article or no navigation")
    for listed in article.select("ul#downloads > li"):  # put in when a site is published, whatever engine built it
        listed.decompose()
    targets = [resolve(path, str(link["href"])) for link in nav.find_all("a", href=True)]
    return Page(
        title=" ".join(soup.title.get_text().split()) if soup.title else "",
        headings=tuple(
            f"<{heading.name} id={heading.get('id')}> {' '.join(heading.get_text().split())}"
            for heading in article.find_all(["h1", "h2", "h3", "h4", "h5", "h6"])
        ),
        ids=tuple(id_ for tag in article.find_all(id=True) if (id_ := str(tag["id"])) not in KNOWN_IDS),
        links=tuple(resolve(path, str(link["href"])) for link in article.find_all("a", href=True)),
        text=tuple(article.get_text().split()),
        records=tuple(dict.fromkeys(target for target in targets if is_record(target))),
    )


def resolve(path: str, href: str) -> str:
    """Return where a link of a page leads; a page is named by its folder."""
    return urljoin(ROOT + path, href).removesuffix("index.html")


def is_record(target: str) -> bool:
    """Return whether an address is the page of a record, as `http://site/indications/x/` is; an index page is none."""
    kind, _, rest = target.removeprefix(ROOT).partition("/")
    return kind in RECORD_KINDS and bool(rest) and "#" not in rest


def read_site(folder: Path) -> dict[str, Page]:
    """Return every page of a site by its path. Raises ValueError for a page that is none of ours, or no page at all."""
    pages = {
        path: read_page(path, file.read_text("utf-8"))
        for file in sorted(folder.rglob("*.html"))
        if (path := file.relative_to(folder).as_posix())
    }
    if not pages:
        raise ValueError(f"{folder} holds no page")
    return pages


def compare(mkdocs: Mapping[str, Page], other: Mapping[str, Page]) -> Iterator[Difference]:
    """Yield what differs between two sites, by page."""
    for path in sorted(mkdocs.keys() | other.keys()):
        if path not in other:
            yield Difference(path, "the page is missing")
        elif path not in mkdocs:
            yield Difference(path, "MkDocs has no such page")
        else:
            yield from compare_pages(path, mkdocs[path], other[path])


def compare_pages(path: str, mkdocs: Page, other: Page) -> Iterator[Difference]:
    """Yield what differs between two pages: title, headings, ids, links, records of the navigation, text."""
    if mkdocs.title != other.title:
        yield Difference(path, f"the title is {other.title!r}, MkDocs' is {mkdocs.title!r}")
    for what in ("headings", "ids", "links", "records"):
        ours, theirs = getattr(mkdocs, what), getattr(other, what)
        one = {"headings": "heading", "ids": "id", "links": "link", "records": "record in the navigation"}[what]
        for value in (Counter(ours) - Counter(theirs)).elements():
            yield Difference(path, f"the {one} is missing: {value}")
        for value in (Counter(theirs) - Counter(ours)).elements():
            yield Difference(path, f"the {one} is not in MkDocs' page: {value}")
        if ours != theirs and Counter(ours) == Counter(theirs):
            yield Difference(path, f"the order of {what} is another")
    if mkdocs.text != other.text:
        at = next(i for i, (a, b) in enumerate(zip_longest(mkdocs.text, other.text)) if a != b)
        ours, theirs = (" ".join(page.text[at : at + 8]) for page in (mkdocs, other))
        yield Difference(path, f"the text is {theirs!r}, MkDocs' is {ours!r}")


def main(mkdocs: Path, other: Path) -> int:
    """Print the first differences of each page, then the counts; return 1 if there are any, else 0."""
    ours, theirs = read_site(mkdocs), read_site(other)
    found = list(compare(ours, theirs))
    for path, count in Counter(difference.page for difference in found).items():
        here = [difference for difference in found if difference.page == path]
        print(*here[:SHOWN], sep="\n")
        if count > SHOWN:
            print(f"{path}: and {count - SHOWN} more")
    linked = len({record for page in theirs.values() for record in page.records})
    print(
        f"{len(theirs)} pages, {sum(len(page.ids) for page in theirs.values())} ids,"
        f" {sum(len(page.links) for page in theirs.values())} links, {linked} records in the navigation:"
        f" {len(found) or 'no'} difference{'' if len(found) == 1 else 's'}"
    )
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
