"""The second guideline with a German interface: its pages, and what the commands build of it."""

import re
import shutil
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path

import lxml.html
import pytest
import yaml
from cases import TESTS, make_once, run_in
from printed import read_pages
from spoken import html_of, texts

from generator.cli import PROJECT, read
from generator.facts.falls import without
from generator.render.site.pages import render_pages
from generator.review.formats import to_markdown
from generator.review.report import make_report
from generator.speech import speech_in

RULES = {"first-rule": "Every record has a lamp."}


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
    assert yaml.safe_load(german()["doses.md"].split("---\n")[1])["title"] == "Dosierungen"


def test_a_german_page_keeps_the_words_of_its_content_and_says_their_language() -> None:
    page = html_of(german()["diseases/pemphigus.md"])
    assert [node.text for node in page.xpath("//h1/span[@lang='en']")] == ["Pemphigus"]
    assert page.xpath("//strong[text()='Ungeprüft.']")
    assert not [text for text, own in texts(page) if not own and re.search(r"\b(?:the|of|and|from|with)\b", text)]


@pytest.mark.parametrize(("written", "said"), [("0.3", "0,3"), ("9.5–10", "9,5–10"), ("140", "140")])
def test_grams_have_a_decimal_comma_in_german_and_a_point_in_english(written: str, said: str) -> None:
    assert speech_in("de").decimals(written) == said
    assert speech_in("en").decimals(written) == written


@pytest.fixture(scope="session")
def german_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The second guideline, built with a German interface by the commands that build any."""

    def build(folder: Path) -> None:
        shutil.copytree(TESTS / "second", folder, dirs_exist_ok=True)
        for name in ("generator", "overrides", "docs/assets"):
            shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        file = folder / "content/guideline.yaml"
        file.write_text(f"{file.read_text('utf-8')}interface: de\n", "utf-8")
        run_in(folder, "generator", "site")

    return make_once(tmp_path_factory, "german", build)


def built(site: Path, address: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring((site / "site" / address / "index.html").read_text("utf-8"))


@pytest.mark.slow
def test_the_theme_and_the_navigation_of_a_german_site_are_german(german_site: Path) -> None:
    home = built(german_site, "")
    assert home.get("lang") == "de"
    tabs = [" ".join(link.text_content().split()) for link in home.find_class("md-tabs__link")]
    assert {"Start", "Pfad", "Evidenz", "Über"} <= {*tabs}
    assert home.xpath("//input[@name='q']/@placeholder") == ["Suche"]
    assert "Ungeprüft. Version" in " ".join(home.find_class("md-copyright")[0].text_content().split())
    assert "Handbuch (PDF)" in home.get_element_by_id("downloads").text_content()


@pytest.mark.slow
def test_a_page_by_hand_of_a_german_site_is_marked_as_english(german_site: Path) -> None:
    for address in ("method", "review", "intended-purpose", "data"):
        (article,) = built(german_site, address).find_class("md-content__inner")
        assert article.xpath("./div[@lang='en']//h1"), address
    assert built(german_site, "references").xpath("//div[@lang='en']//h1") == []


@pytest.mark.slow
def test_the_copies_of_a_german_site_are_german(german_site: Path) -> None:
    def words(path: str) -> str:
        return " ".join(" ".join(lines) for lines, _ in read_pages((german_site / "site" / path).read_bytes()))

    assert "Wie dieses Buch zu lesen ist" in words("handbook.pdf")
    assert "Inhalt" in words("pocket.pdf")
    assert "Quellen, mit PMID" in words("diseases/pemphigus.pdf")
    with zipfile.ZipFile(next((german_site / "site").glob("*-offline.zip"))) as copy:
        (start,) = (name for name in copy.namelist() if name.endswith("START-HERE.html"))
        assert "Website öffnen" in copy.read(start).decode()


def test_the_review_of_a_german_site_is_in_english_and_another_interface_is_one_change() -> None:
    guideline, _ = read(TESTS / "second")
    assert guideline is not None
    other = replace(guideline, about=guideline.about.model_copy(update={"interface": "de"}))
    report = make_report(guideline, other, ("before", "after"), ([], []))
    told = [item.change.what for _, items in report.items for item in items]
    assert told == ["the guideline's own description changed"]
    fallen = replace(other, references=without(other, ["23205339"]).references)
    comment = to_markdown(make_report(other, fallen, ("before", "after"), ([], [])))
    assert "RETRACTED" in comment
    assert not re.search("(?i)zurückgezogen|umstritten|Stand 20", comment)
