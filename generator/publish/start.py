"""What a reader who unpacked the offline copy sees first: one page at the top, and the site in a folder beside it."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import PurePosixPath

from generator.publish.downloads import HOME, Download, size_of
from generator.publish.policy import with_policy
from generator.speech import Speech

START = PurePosixPath("START-HERE.html")
SITE = PurePosixPath("site")
"""The folder of the site, beside the page."""

_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{start} - {title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 1rem/1.6 sans-serif; max-width: 36rem; margin: 2rem auto; padding: 0 1rem; }}
.open a {{ display: inline-block; padding: 0.6rem 1.2rem; border: 2px solid; border-radius: 4px; font-weight: 700; }}
</style>
</head>
<body>
<main>
<h1>{title}</h1>
<p><strong>{edition}</strong></p>
<p class="open"><a href="{home}">{open}</a></p>
<p>{opens}</p>
<ul>
{files}
</ul>
<p>{ages}</p>
</main>
</body>
</html>
"""


def start_page(title: str, edition: str, offered: Sequence[Download], speech: Speech) -> str:
    """Return the page: what this is and of which edition, a link to the site, and to the files that it offers."""
    files = "\n".join(
        f'<li><a href="{escape(str(SITE / file.path))}">{escape(file.label)}</a>, {size_of(file, speech)}</li>'
        for file in offered
    )
    page = _PAGE.format(
        title=escape(title),
        edition=escape(edition),
        home=SITE / HOME,
        files=files,
        language=speech.language,
        start=speech.say("Start here"),
        open=speech.say("Open the site"),
        opens=speech.say(
            "It opens in a browser, from this folder and without a network. If a link here leads nowhere, unpack the "
            "whole zip first: a window that shows the inside of a zip opens this page alone."
        ),
        ages=speech.say(
            "A copy ages: compare its version and date with those where you got it. {changes} up to this version "
            "stands in it. {sums} has a checksum of each file.",
            changes=f'<a href="{SITE / "changes" / HOME}">{speech.say("What has changed")}</a>',
            sums=f"<code>{SITE}/SHA256SUMS</code>",
        ),
    )
    return with_policy(page)


def with_start(page: str, files: Iterable[tuple[PurePosixPath, bytes]]) -> Iterator[tuple[PurePosixPath, bytes]]:
    """Yield the page, then the files of the site in their folder beside it."""
    yield START, page.encode()
    for path, content in files:
        yield SITE / path, content
