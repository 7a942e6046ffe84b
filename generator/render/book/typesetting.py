"""What is printed: the guideline as data for a Typst template, and the PDF that Typst makes of it.

The templates are fixed; all text reaches them as JSON and is shown as it is, so no content can become Typst.
"""

import datetime
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from generator import links
from generator.guideline import Guideline
from generator.press import Printing, files_of
from generator.render.book.content import book_data
from generator.render.book.sheets import pocket_data, sheet_data
from generator.render.book.volumes import Volume, handbook_volumes, pocket_volumes, sheet_records
from generator.speech import ENGLISH, to_say
from generator.words import keep_together

PAPERS = ("a4", "us-letter")
SAID = re.compile(r'\b(?:say|plainly)\("([^"]+)"')
"""What a template says, in Typst."""


def prepare_volume(guideline: Guideline, volume: Volume, paper: str = "a4") -> Printing:
    """Return a volume of the handbook that is to be typeset."""
    return _prepare(guideline, "handbook", book_data(guideline, paper, volume))


def prepare_sheet(guideline: Guideline, record: str, paper: str = "a4") -> Printing:
    """Return the ward sheet of a record that is to be typeset."""
    return _prepare(guideline, "sheet", sheet_data(guideline, record, paper))


def prepare_pocket(guideline: Guideline, volume: Volume, paper: str = "a4") -> Printing:
    """Return a volume of the pocket edition that is to be typeset: ward sheets, two to a page."""
    return _prepare(guideline, "sheet", pocket_data(guideline, paper, volume))


def _prepare(guideline: Guideline, template: str, data: Mapping[str, Any]) -> Printing:
    about = guideline.about
    time = datetime.datetime.combine(about.date, datetime.time(), tzinfo=datetime.UTC)
    text = keep_together(json.dumps(data, ensure_ascii=False))  # outside of texts no space follows a digit
    if (about.interface, about.language) != (ENGLISH, ENGLISH):
        said = {words: keep_together(about.speech.say(words)) for words in words_of(template)}
        spoken = {**json.loads(text), "interface": about.interface, "language": about.language, "said": said}
        text = json.dumps(spoken, ensure_ascii=False)
    return Printing(template, text.encode(), int(time.timestamp()))


def words_of(template: str) -> list[str]:
    """Return the words that a template, and what it takes from the other, says itself."""
    return SAID.findall(b"".join(files_of(template).values()).decode())


def pocket_paths(guideline: Guideline) -> dict[PurePosixPath, Volume]:
    """Return the volumes of the pocket edition by their paths below the root of the site."""
    return {links.pocket(volume.number, volume.total): volume for volume in pocket_volumes(guideline)}


def handbook_paths(guideline: Guideline) -> dict[PurePosixPath, Volume]:
    """Return the volumes of the handbook by their paths below the root of the site."""
    return {links.handbook(volume.number, volume.total): volume for volume in handbook_volumes(guideline)}


def offered(guideline: Guideline) -> dict[PurePosixPath, str]:
    """Return what each volume that the home page offers is called, by its path."""
    speech = guideline.about.speech
    return {
        path: speech.say(label, volume=volume.name(speech))
        for label, paths in ((_POCKET, pocket_paths(guideline)), (_HANDBOOK, handbook_paths(guideline)))
        for path, volume in paths.items()
    }


_POCKET = to_say("Pocket edition: all ward sheets, two to a page{volume} (PDF)")
_HANDBOOK = to_say("Handbook{volume} (PDF)")


def printings(guideline: Guideline) -> Iterator[tuple[PurePosixPath, Printing]]:
    """Yield the path of each PDF of the site and what is to be typeset: handbook, pocket edition, and ward sheets."""
    for path, volume in handbook_paths(guideline).items():
        yield path, prepare_volume(guideline, volume)
    for path, volume in pocket_paths(guideline).items():
        yield path, prepare_pocket(guideline, volume)
    for id_ in sheet_records(guideline):
        yield links.sheet(id_), prepare_sheet(guideline, id_)
