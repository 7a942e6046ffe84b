"""A language that is made up: what is said in it, and what of a page is not.

Every word of the catalogue stands in brackets. Content stays as it is, and is marked with its language.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from gettext import NullTranslations

import lxml.html
import markdown
import pytest
from cases import TESTS

from generator import speech
from generator.cli import read
from generator.codes import SYSTEMS
from generator.facts.records import records_of
from generator.guideline import Guideline
from generator.render.draw.charts import charts_of
from generator.render.site.pages import render_pages
from generator.walks import written_in

PSEUDO = "fi"
"""The code of the language that is made up: one of which the library knows how it writes numbers."""

RULES = {"first-rule": "Every record has a lamp.\n\nWithout it nobody would see."}
APART = re.compile(r"(\{\w+\}|\]\([^)]*\)|\[|\*\*?|`[^`]*`)")
"""What stays outside of the brackets: places of values, and the signs of Markdown."""

SPOKEN = ("aria-label", "title", "alt", "placeholder")
SAME = {"pmid", "doi", "kg", "g", "n", "p", "et", "al", "ris", "nbib", "pubmed", "bibtex", "csl", "json"}
"""Words that are the same in every language: names of standards and units. Each is in use."""


class Bracketed(NullTranslations):
    """A catalogue that puts every word into brackets, and leaves values outside."""

    def gettext(self, message: str) -> str:
        return "".join(
            part if APART.fullmatch(part) or not re.search(r"[^\W\d_]", part) else f"⟦{part}⟧"
            for part in APART.split(message)
        )

    def ngettext(self, one: str, many: str, n: int) -> str:
        return self.gettext(one if n == 1 else many)


@cache
def spoken(name: str, language: str = "en") -> Guideline:
    """Return a guideline of the tests whose interface speaks the language in brackets; its content is in another."""
    guideline, problems = read(TESTS / name)
    assert guideline is not None
    assert problems == []
    patch = pytest.MonkeyPatch()
    with patch.context() as context:
        context.setattr(speech, "read_catalogue", lambda _: Bracketed())
        speech.speech_in(PSEUDO)
    return replace(guideline, about=guideline.about.model_copy(update={"interface": PSEUDO, "language": language}))


@cache
def pages(name: str, language: str = "en") -> dict[str, lxml.html.HtmlElement]:
    """Return the pages as HTML by their paths."""
    return {str(path): html_of(text) for path, text in render_pages(spoken(name, language), RULES).items()}


def html_of(page: str) -> lxml.html.HtmlElement:
    if page.startswith("---\n"):
        page = page.partition("\n---\n")[2]
    html = markdown.markdown(page, extensions=["attr_list", "md_in_html", "tables", "toc"])
    return lxml.html.fromstring(f"<div>{html}</div>")


def words_of(text: str) -> set[str]:
    """Return the words of a text in small letters; addresses, DOIs and what holds a digit are none."""
    text = re.sub(r"https?://\S+|\b10\.\d{4,}/\S+", " ", text)
    return {word.casefold() for word in re.findall(r"[^\W_]+", text) if not re.search(r"\d", word)}


@cache
def content(name: str) -> set[str]:
    """Return every word of the content."""
    guideline = spoken(name)
    parts = (
        guideline.records,
        guideline.references,
        guideline.pending,
        guideline.pathway,
        guideline.profile,
        guideline.searches,
    )
    written = [each for part in (*parts, guideline.vocabulary.sections, guideline.about) for each in written_in(part)]
    drawn = {chart.title for facts in records_of(guideline).values() for chart in charts_of(facts)}
    return words_of(" ".join([*(f"{path} {value}" for path, value in written), *drawn]))


def texts(node: lxml.html.HtmlElement, own: bool = False) -> Iterator[tuple[str, bool]]:
    """Yield each text below a node, with whether it is marked as being in another language than the page."""
    if not isinstance(node.tag, str) or node.tag in ("code", "script"):
        return
    own = node.get("lang") != PSEUDO if node.get("lang") else own
    yield " " if node.tag == "br" else node.text or "", own
    for child in node:
        yield from texts(child, own)
        yield child.tail or "", own


def labels(root: lxml.html.HtmlElement) -> Iterator[str]:
    """Yield each text that is an attribute, where the page speaks its own language."""
    for key in SPOKEN:
        yield from root.xpath(f"//@{key}[not(ancestor::*[@lang!='{PSEUDO}']) and not(../@class='Z3988')]")


def outside(text: str) -> str:
    """Return what stands outside of brackets."""
    while (shorter := re.sub(r"⟦[^⟦⟧]*⟧", " ", text)) != text:
        text = shorter
    return text


@cache
def names(name: str) -> set[str]:
    """Return what stands as it is within a line of the machine: names of people, papers and journals, codes, faults."""
    guideline = spoken(name)
    found = {words for source in guideline.pending.values() for words in (source.label, source.journal or "")}
    found |= {words for system in SYSTEMS.values() for words in (system.name, system.example)} | {*SYSTEMS}
    found |= {entry.claim.sic or "" for entry in guideline.claims.values()}
    for reference in guideline.references.values():
        found |= {*(reference.authors or ()), reference.journal, reference.study or ""}
    return words_of(" ".join(found))
