"""The edition that opens from a folder: what becomes of the links of a page."""

import pytest

from generator.publish.folder import for_folder


@pytest.mark.parametrize(
    ("address", "becomes"),
    [
        (".", "./index.html"),
        ("..", "../index.html"),
        ("./", "./index.html"),
        ("../", "../index.html"),
        ("../pathway/", "../pathway/index.html"),
        ("../pathway/#node--dose", "../pathway/index.html#node--dose"),
        ("../..#top", "../../index.html#top"),
        ("a/?q=1", "a/index.html?q=1"),
        *(
            (kept, kept)
            for kept in ("", "#top", "?q=1", "a/b.pdf", "../assets/a.css", "../a/LICENSE", "/", "/a/", "//b/")
        ),
        *((kept, kept) for kept in ("https://doi.org/10.1/a/", "mailto:a@b/", "data:,a/")),
    ],
)
def test_a_link_to_a_folder_names_its_file(address: str, becomes: str) -> None:
    page = '<a class="x" title="a > b" {}="{}">href="../text/"</a>'
    assert for_folder(page.format("href", address)) == page.format("href", becomes)
    assert for_folder(page.format("data-href", address)) == page.format("data-href", address)


def test_the_search_names_files_and_the_page_is_not_installed() -> None:
    page = '<link rel="manifest" href="m"><div data-page-end=""></div>'
    assert for_folder(page) == '<div data-page-end="index.html"></div>'
