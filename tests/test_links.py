"""Addresses and links, built in one place."""

from pathlib import PurePosixPath

import pytest

from generator import elsewhere, linked_text, links
from generator.model import Citation


def citation(start: str, end: str, section: str = "abstract") -> Citation:
    return Citation.model_validate({"pmid": "29228499", "from": start, "to": end, "section": section})


def test_passage_opens_pubmed_at_a_text_fragment() -> None:
    address = elsewhere.passage(citation("In scleromyxedema", "effective and safe alternatives"))
    assert address == (
        "https://pubmed.ncbi.nlm.nih.gov/29228499/#:~:text=In%20scleromyxedema,effective%20and%20safe%20alternatives"
    )


def test_signs_with_a_meaning_in_a_fragment_are_encoded() -> None:
    address = elsewhere.passage(citation("high-dose, A&B", "α <5%"))
    assert address.endswith("#:~:text=high%2Ddose%2C%20A%26B,%CE%B1%20%3C5%25")


def test_a_passage_that_is_not_on_the_pubmed_page_leads_to_its_top() -> None:
    address = elsewhere.passage(citation("a", "b", "secondary report (EBM Guidelines)"))
    assert address == "https://pubmed.ncbi.nlm.nih.gov/29228499/"


def test_doi_with_angle_brackets_is_encoded() -> None:
    assert elsewhere.doi("10.1002/(sici)1<2::aid>3.0;2-x") == "https://doi.org/10.1002/(sici)1%3C2::aid%3E3.0;2-x"


def test_text_is_split_at_its_links() -> None:
    parts = list(linked_text.split_text("By [FcRn](mechanisms/fcrn) and [b](x/y#z)."))
    assert parts == ["By ", linked_text.Link("FcRn", "mechanisms/fcrn"), " and ", linked_text.Link("b", "x/y#z"), "."]
    assert parts[3].record == "x/y"


def test_plain_text_keeps_the_words_of_links() -> None:
    assert linked_text.plain_text("By [FcRn](mechanisms/fcrn).") == "By FcRn."


@pytest.mark.parametrize(
    ("page", "target", "anchor", "link"),
    [
        ("index.md", "indications/a.md", "", "indications/a.md"),
        ("indications/a.md", "mechanisms/b.md", "c", "../mechanisms/b.md#c"),
        ("indications/a.md", "indications/a.md", "c", "#c"),
        ("indications/a.md", "index.md", "", "../index.md"),
    ],
)
def test_relative_link(page: str, target: str, anchor: str, link: str) -> None:
    assert links.relative(PurePosixPath(page), PurePosixPath(target), anchor) == link


@pytest.mark.parametrize(
    ("address", "in_folder", "expected"),
    [
        (None, False, "indications/a/#dose"),
        (None, True, "../indications/a/#dose"),
        ("https://example.org/ivig/", True, "https://example.org/ivig/indications/a/#dose"),
    ],
)
def test_a_file_in_a_folder_of_the_site_leads_to_a_claim(address: str | None, in_folder: bool, expected: str) -> None:
    assert links.hosted_id(address, "indications/a#dose", in_folder=in_folder) == expected


@pytest.mark.parametrize(
    ("address", "expected"), [(None, "x.csv"), ("https://example.org/", "https://example.org/data/x.csv")]
)
def test_a_page_leads_to_a_file(address: str | None, expected: str) -> None:
    assert links.hosted_file(address, links.DATA, PurePosixPath("data/x.csv")) == expected


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("CC BY-NC-SA 3.0", "https://creativecommons.org/licenses/by-nc-sa/3.0/"),
        ("CC BY 4.0, but for figures", ""),
        ("All rights reserved", ""),
    ],
)
def test_a_licence_has_the_address_of_its_own_name(name: str, address: str) -> None:
    assert elsewhere.licence(name) == address
