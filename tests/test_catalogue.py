"""The catalogues of the interface hold what the program says, whole, and numbers and dates are written by language."""

import datetime
import re
import sys
from subprocess import run
from typing import Literal

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from generator import speech
from generator.cli import PROJECT
from generator.model import About
from tools.catalogue import updated

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


def test_words_without_a_sure_translation_stay_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of words that a script cannot ask says no more than the catalogue itself: no guess, and not nothing."""
    catalogue = Catalog(locale="de")
    catalogue.add("sure", "sicher")
    catalogue.add("guessed", "geraten", flags=["fuzzy"])
    catalogue.add("open", "")
    catalogue.add(("{n} sure", "{n} sures"), ("{n} sicher", "{n} sichere"))
    catalogue.add(("{n} open", "{n} opens"), ("", ""))
    catalogue.add(("{n} guessed", "{n} guesses"), ("{n} geraten", "{n} geratene"), flags=["fuzzy"])
    catalogue.add(("{n} none", "{n} nones"))
    monkeypatch.setattr(speech, "_read_po", lambda _: catalogue)
    said = {"sure": "sicher", "{n} sure": "{n} sicher", "{n} sures": "{n} sichere"}
    assert speech.all_words("de") == said
    asked = speech.read_catalogue("de")
    assert [asked.gettext(words) for words in ("sure", "guessed", "open")] == ["sicher", "guessed", "open"]
    assert asked.ngettext("{n} open", "{n} opens", 2) == "{n} opens"


def strings(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def test_all_that_scripts_say_is_in_the_catalogue(language: str) -> None:
    """Also what stands in a text in backticks within another, and how a number and a day are written."""
    known = speech.all_words(language)
    for module in sorted((PROJECT / "generator/render/site/scripts").glob("*.js")):
        said = re.findall(r'\bWords\.say\("([^"]*)"', module.read_text("utf-8"))
        assert [words for words in said if words not in known] == [], module.name
    assert {"{whole}.{part}", "{year}-{month}-{day}", "Printed on {date}."} <= known.keys()


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
