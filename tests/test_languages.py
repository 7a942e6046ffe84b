"""What the machine says comes from one catalogue: nothing that it says to a reader is English by itself.

A language is made up of which every word stands in brackets. What is outside of them, and not marked as being in the
language of the content, is either a name that is the same in every language or has been forgotten.
"""

import datetime
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from gettext import NullTranslations
from subprocess import run
from typing import Literal

import lxml.html
import markdown
import pytest
import yaml
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from cases import TESTS, whole
from printed import read_pages

from generator import speech
from generator.cli import PROJECT, read
from generator.codes import SYSTEMS
from generator.facts.records import records_of
from generator.guideline import Guideline
from generator.model import About
from generator.render.book.sheets import sheet_records
from generator.render.book.typesetting import prepare_pocket, prepare_sheet, prepare_volume
from generator.render.draw.charts import charts_of
from generator.render.site.pages import render_pages
from generator.walks import written_in
from tools.catalogue import updated

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


@pytest.mark.wide
@pytest.mark.parametrize("name", ["show", "second"])
def test_every_word_of_a_page_is_said_by_the_catalogue_or_marked_as_content(name: str) -> None:
    known, found = names(name) | SAME, {}
    for path, root in pages(name).items():
        told = " ".join(text for text, own in texts(root) if not own)
        if left := words_of(outside(told)) - known:
            found[path] = sorted(left)
        assert not [text for text, own in texts(root) if own and "⟦" in text], path
    assert found == {}


@pytest.mark.wide
@pytest.mark.parametrize("name", ["show", "second"])
def test_every_word_of_a_label_is_said_by_the_catalogue_or_one_of_the_content(name: str) -> None:
    known = names(name) | SAME | content(name)
    found = {path: words_of(outside(" ".join(labels(root)))) - known for path, root in pages(name).items()}
    assert {path: left for path, left in found.items() if left} == {}


@pytest.mark.wide
@pytest.mark.parametrize("name", ["show", "second"])
def test_what_is_woven_of_the_content_is_said_by_the_catalogue_too(name: str) -> None:
    """Lines of numbers, drawings and regimens, which are in the language of the content."""
    known, found = names(name) | SAME | content(name), {}
    for path, root in pages(name, PSEUDO).items():
        told = " ".join([*(text for text, own in texts(root) if not own), *labels(root)])
        if left := words_of(outside(told)) - known:
            found[path] = sorted(left)
    assert found == {}


@pytest.mark.wide
@pytest.mark.parametrize("copy", ["handbook", "pocket", "sheet"])
@pytest.mark.parametrize("name", ["show", "second"])
def test_every_word_of_a_printed_copy_is_said_by_the_catalogue_or_one_of_the_content(name: str, copy: str) -> None:
    guideline = spoken(name, PSEUDO)
    match copy:
        case "handbook":
            printing = prepare_volume(guideline, whole(guideline))
        case "pocket":
            printing = prepare_pocket(guideline)
        case _:
            printing = prepare_sheet(guideline, sheet_records(guideline)[0])
    lines = [line for page, _ in read_pages(printing.typeset()) for line in page]
    told = outside(re.sub(r"[-\u00ad\ufffe]\n", "", "\n".join(lines)))
    assert words_of(told) - names(name) - SAME - content(name) == set()


@pytest.mark.wide
def test_each_word_that_is_the_same_in_every_language_is_in_use() -> None:
    roots = [root for name in ("show", "second") for root in pages(name).values()]
    told = {word for root in roots for text, own in texts(root) if not own for word in words_of(outside(text))}
    assert SAME - told == set()


# ---- The catalogues.

MEND = "run `python -m tools.catalogue`, and translate what is new in generator/languages/{}.po"


def catalogue_of(language: str) -> Catalog:
    with (PROJECT / f"generator/languages/{language}.po").open("rb") as file:
        return read_po(file, locale=language)


@pytest.fixture(scope="module", params=[language for language in speech.LANGUAGES if language != speech.ENGLISH])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_the_languages_that_a_guideline_may_choose_are_those_of_the_catalogues(language: str) -> None:
    assert About.model_fields["interface"].annotation == Literal["en", "de"]
    assert {"en", language} <= speech.LANGUAGES.keys() == {"en", "de"}


def test_a_catalogue_is_as_the_program_has_it_now(language: str) -> None:
    file = PROJECT / f"generator/languages/{language}.po"
    assert file.read_bytes() == updated(file.read_bytes(), language), MEND.format(language)


def test_everything_is_translated_and_nothing_is_left_over(language: str) -> None:
    catalogue = catalogue_of(language)
    missing = [message.id for message in catalogue if message.id and not all(strings(message))]
    assert missing == [], MEND.format(language)
    assert [message.id for message in catalogue if message.fuzzy and message.id] == []
    assert not catalogue.obsolete


def strings(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


SIGNS = {"places": r"\{(\w+)\}", "links": r"\]\(([^)]*)\)", "code": r"`([^`]*)`", "stress": r"(\*+)"}


@pytest.mark.parametrize("of", SIGNS.values(), ids=SIGNS)
def test_a_translation_has_the_places_links_and_signs_of_the_original(of: str, language: str) -> None:
    for message in catalogue_of(language):
        if message.id:
            original = message.id if isinstance(message.id, str) else message.id[-1]
            for string in strings(message):
                assert sorted(re.findall(of, string)) == sorted(re.findall(of, original)), original


def test_a_translation_says_as_much_of_a_missing_review_as_the_original(language: str) -> None:
    words = speech.speech_in(language)
    assert language != "de" or (words.say("Unreviewed"), words.say("Unreviewed.")) == ("Ungeprüft", "Ungeprüft.")
    assert words.say("Unreviewed") != words.say("Reviewed")


@pytest.mark.parametrize(
    ("language", "number", "amount", "day"),
    [("en", "12,345", "0.3", "2026-11-30"), ("de", "12.345", "0,3", "30.11.2026")],
)
def test_numbers_and_dates_are_written_by_language(language: str, number: str, amount: str, day: str) -> None:
    words = speech.speech_in(language)
    assert words.number(12345) == number
    assert words.decimals("0.3") == amount
    assert words.date(datetime.date(2026, 11, 30)) == day
    assert words.plural(12345, "{n} claim", "{n} claims").startswith(number)


def test_a_guideline_in_english_alone_needs_no_library_of_languages() -> None:
    """So that `check` is no slower for it."""
    told = "import sys, generator.cli; print([name for name in sys.modules if name.split('.')[0] == 'babel'])"
    assert run([sys.executable, "-c", told], capture_output=True, text=True, check=True, cwd=PROJECT).stdout == "[]\n"


# ---- German.


@cache
def german() -> dict[str, str]:
    """Return the pages of the second guideline with a German interface."""
    guideline, _ = read(TESTS / "second")
    assert guideline is not None
    about = guideline.about.model_copy(update={"interface": "de"})
    return {str(path): text for path, text in render_pages(replace(guideline, about=about), RULES).items()}


def test_the_head_of_each_page_is_sound_in_german() -> None:
    for path, page in german().items():
        head = yaml.safe_load(page.split("---\n")[1])
        assert head["title"], path
    assert yaml.safe_load(german()["doses.md"].split("---\n")[1])["title"] == "Dosen"


def test_a_german_page_keeps_the_words_of_its_content_and_says_their_language() -> None:
    page = html_of(german()["diseases/pemphigus.md"])
    assert [node.text for node in page.xpath("//h1/span[@lang='en']")] == ["Pemphigus"]
    assert page.xpath("//strong[text()='Ungeprüft.']")
    assert not [text for text, own in texts(page) if not own and re.search(r"\b(?:the|of|and|from|with)\b", text)]
