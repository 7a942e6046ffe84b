"""The list of files that the home page offers, put into the built page: only then are their bytes known."""

import re
from collections.abc import Sequence
from html import escape
from pathlib import PurePosixPath
from typing import NamedTuple

from generator.speech import Speech, to_say

HOME = PurePosixPath("index.html")
ZIP_LABEL = to_say("The whole site (zip): unpack it and open START-HERE.html")
_LIST = re.compile(r'<ul id="downloads">.*?</ul>', re.DOTALL)


class Download(NamedTuple):
    """A file that the home page offers: its path, a label, its size in bytes, and its SHA-256 in hexadecimal."""

    path: PurePosixPath
    label: str
    size: int
    sha256: str


def size_of(file: Download, speech: Speech) -> str:
    """Return the size of a file in megabytes, as it is written."""
    return f"{speech.decimals(f'{file.size / 1e6:.1f}')} MB"


def with_downloads(page: str, downloads: Sequence[Download], speech: Speech) -> str:
    """Return the home page with its list of downloads, in the place of one from before.

    Raises ValueError if the page has no place for the list.
    """
    items = "".join(
        f'<li><a href="{escape(str(file.path))}">{escape(file.label)}</a>, {size_of(file, speech)}. '
        f'<span class="sum">SHA-256 <code>{file.sha256}</code></span></li>'
        for file in downloads
    )
    page, count = _LIST.subn(lambda _: f'<ul id="downloads">{items}</ul>', page)
    if count != 1:
        raise ValueError("the home page has no list of downloads to fill")
    return page
