"""What the machine says comes from one catalogue: nothing that it says to a reader is English by itself.

A language is made up of which every word stands in brackets. What is outside of them, and not marked as being in the
language of the content, is either a name that is the same in every language or has been forgotten.
"""

import re

import pytest
from cases import all_sheets, whole
from printed import read_pages
from spoken import PSEUDO, SAME, content, labels, names, outside, pages, spoken, texts, words_of

from generator.render.book.sheets import sheet_records
from generator.render.book.typesetting import prepare_pocket, prepare_sheet, prepare_volume
from generator.speech import speech_in


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
            printing = prepare_pocket(guideline, all_sheets(guideline))
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


def test_a_percentage_has_a_space_before_its_sign_in_german_alone() -> None:
    assert (speech_in("en").percent("8.5"), speech_in("de").percent("8,5")) == ("8.5%", "8,5 %")
