"""The evidence map: what is treated by design, a dot for each source; a cell leads to its sources in the table."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from markupsafe import Markup

from generator.facts.records import RecordFacts
from generator.facts.sources import SourceFacts
from generator.guideline import Guideline
from generator.speech import Speech

LABEL, CELL, HEAD, DOT, PER_LINE = 168, 35, 124, 3.4, 3
CHARACTERS, LINE = 24, 15  # of a name, which takes as many lines as it needs
MARGIN = 72  # for the slanting head of the last column


@dataclass(frozen=True)
class Cell:
    """The sources of one record of what is treated with one design."""

    record: RecordFacts
    design: str
    design_name: str
    sources: Sequence[SourceFacts]

    @property
    def anchor(self) -> str:
        """The anchor of the cell's row in the table; two hyphens keep it apart from headings."""
        return f"map--{self.record.id.partition('/')[2]}--{self.design}"


def map_cells(records: Sequence[RecordFacts], guideline: Guideline) -> list[Cell]:
    """Return the cells that hold a source, by record and then by design in the vocabulary's order."""
    return [
        Cell(record, design, term.name, found)
        for record in records
        for design, term in guideline.vocabulary.sections["designs"].items()
        if (found := [source for source in record.sources if source.reference.design == design])
    ]


def draw_map(cells: Sequence[Cell], guideline: Guideline) -> Markup:
    """Return the map: the names of the designs, which each side of paper repeats, and beneath them a column a design.

    Beside the columns of each group of records are their names, which stay in sight. A row of both is a record, a dot a
    source.
    """
    designs = guideline.vocabulary.sections["designs"]
    heads = [_head(term.name, column) for column, term in enumerate(designs.values())]
    above = _beside(len(designs), HEAD, [], [_description(guideline), *heads])
    groups = groupby(cells, key=lambda cell: cell.record.group.name)
    drawn = (_group(list(found), list(designs), guideline.about.own) for _, found in groups)
    return Markup(f'<div class="map-head">{above}</div>') + Markup("").join(drawn)


def _group(cells: Sequence[Cell], designs: Sequence[str], own: Speech) -> Markup:
    """Return the rows of some records, which no side of paper divides."""
    names: list[str] = []
    parts, y = [], 0.0
    for record, row in groupby(cells, key=lambda cell: cell.record):
        found = list(row)
        most = max(len(cell.sources) for cell in found)
        lines = textwrap.wrap(str(record.record.name), CHARACTERS)
        height = max(24.0, 9.0 * -(-most // PER_LINE) + 6, LINE * len(lines) + 6)
        names += [_rule(0, LABEL, y, y), *_name(lines, y + height / 2)]
        parts.append(_rule(0, CELL * len(designs), y, y))
        parts += [_cell(cell, own, CELL * designs.index(cell.design), y, height) for cell in found]
        y += height
    parts += [_rule(CELL * column, CELL * column, 0, y) for column in range(len(designs) + 1)]
    return _beside(len(designs), y, names, parts)


def _beside(columns: int, height: float, names: Sequence[str], parts: Sequence[str]) -> Markup:
    """Return names and, beside them, what is drawn in columns, both as high as `height` px."""
    named = _svg("map names", 'aria-hidden="true"', LABEL, height, names)
    told = 'role="group" aria-labelledby="map-t map-d"'
    return Markup(f'<div class="map-group">{named}{_svg("map", told, CELL * columns + MARGIN, height, parts)}</div>')


def _svg(kind: str, told: str, width: float, height: float, parts: Sequence[str]) -> str:
    return (
        f'<svg class="{kind}" viewBox="0 0 {width} {height:.0f}" width="{width}" height="{height:.0f}" {told} '
        f'xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>'
    )


def _description(guideline: Guideline) -> str:
    own = guideline.about.own
    description = own.say(
        "{records} by design of their sources, a dot for each source. The same stands in the table beneath.",
        records=guideline.profile.kinds[guideline.profile.treated].title,
    )
    title = own.say("Evidence map")
    return f'<title id="map-t">{escape(title)}</title><desc id="map-d">{escape(description)}</desc>'


def _head(name: str, column: int) -> str:
    """Return a name along a slanting line: what is turned lies flat where Chromium repeats it on each side of paper."""
    line = f'<path id="map-h{column}" d="M{CELL * column + CELL / 2 + 4:.1f} {HEAD - 6}l138 -197" fill="none"/>'
    return f'{line}<text class="head"><textPath href="#map-h{column}">{escape(name)}</textPath></text>'


def _rule(left: float, right: float, top: float, bottom: float) -> str:
    return f'<line class="grid" x1="{left:.0f}" x2="{right:.0f}" y1="{top:.0f}" y2="{bottom:.0f}"/>'


def _name(lines: Sequence[str], middle: float) -> list[str]:
    top = middle + 4 - LINE * (len(lines) - 1) / 2
    return [
        f'<text class="label" x="0" y="{top + LINE * number:.0f}">{escape(line)}</text>'
        for number, line in enumerate(lines)
    ]


def _cell(cell: Cell, own: Speech, x: float, y: float, height: float) -> str:
    """Return a cell with a dot for each source; one that is retracted, and so does not count, is hollow."""
    count = len(cell.sources)
    retracted = sum(source.is_retracted for source in cell.sources)
    name = f"{cell.record.record.name}, {cell.design_name}: {own.plural(count, '{n} source', '{n} sources')}"
    name += f", {own.say('{n} of them retracted, not counted', n=retracted)}" if retracted else ""
    top = y + height / 2 - 4.5 * ((count - 1) // PER_LINE)
    lines = (cell.sources[first : first + PER_LINE] for first in range(0, count, PER_LINE))
    dots = "".join(
        f'<circle class="point{" retracted" if source.is_retracted else ""}" '
        f'cx="{x + CELL / 2 + 8 * index - 4 * (len(line) - 1):.1f}" cy="{top + 9 * number:.1f}" r="{DOT}"/>'
        for number, line in enumerate(lines)
        for index, source in enumerate(line)
    )
    return (
        f'<a href="#{cell.anchor}" aria-label="{escape(name)}"><title>{escape(name)}</title>'
        f'<rect class="cell" x="{x:.0f}" y="{y:.0f}" width="{CELL}" height="{height:.0f}"/>{dots}</a>'
    )
