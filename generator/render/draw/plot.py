"""A plot: panels of rows on one axis, with the claim of each row for the table beneath it.

What a drawing says is woven of names that the content gives, and so it is said in the language of the content.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import inf

from markupsafe import Markup

from generator.evidence.intervals import Interval
from generator.evidence.strength import LEVELS
from generator.facts.claims import ClaimFacts
from generator.facts.marks import mark_of
from generator.render.draw.svg import Axis, Mark, Part, draw_apart, draw_parts

OTHERS = ("comparator", "disease")
"""The subjects of claims that are in no plot: their numbers are not of the intervention."""

_RANK = {level: number for number, level in enumerate(LEVELS)}


@dataclass(frozen=True)
class Row:
    """A mark with the claim that it shows, for the table beneath the plot."""

    claim: ClaimFacts
    mark: Mark

    @property
    def rank(self) -> int:
        """The place of its level of evidence, from 0 for the highest."""
        return _RANK.get(self.claim.level, len(_RANK))

    @property
    def width(self) -> float:
        """How wide its interval is; without one, wider than any."""
        low, high = self.mark.low, self.mark.high
        return inf if low is None or high is None else high - low


@dataclass(frozen=True)
class Panel:
    """Rows that show one thing: what is compared or counted, and what the left and the right end mean."""

    title: str
    rows: Sequence[Row]
    ends: tuple[str, str] = ("", "")

    @property
    def is_own(self) -> bool:
        """Whether it shows the intervention, and not something else, such as a wider class."""
        return all(row.claim.claim.subject == "intervention" for row in self.rows)


@dataclass(frozen=True)
class Plot:
    """A plot with the same numbers as rows."""

    id: str
    title: str
    note: str
    panels: Sequence[Panel]
    axis: Axis

    @property
    def rows(self) -> Sequence[Row]:
        """The rows of all panels."""
        return [row for panel in self.panels for row in panel.rows]

    @property
    def svg(self) -> Markup:
        """The drawing."""
        return Markup(draw_parts(self.id, self.title, self._description, self._parts, self.axis))

    @property
    def svgs(self) -> Markup:
        """The same, a drawing for each panel."""
        drawn = draw_apart(self.id, self.title, self._description, self._parts, self.axis)
        return Markup("\n".join(drawn))

    @property
    def _parts(self) -> list[Part]:
        return [Part(panel.title, [row.mark for row in panel.rows], panel.ends) for panel in self.panels]

    @property
    def _description(self) -> str:
        own = self.rows[0].claim.entry.guideline.about.own
        rows = own.plural(
            len(self.rows),
            "{n} row; the same numbers stand in the table beneath.",
            "{n} rows; the same numbers stand in the table beneath.",
        )
        return f"{self.note} {rows}"


def panels_of(named: Iterable[tuple[str, tuple[str, str], Row]]) -> list[Panel]:
    """Return a panel for each title and pair of ends, the rows and then the panels from the highest level down.

    Panels of the intervention come before those of something else, such as a wider class.
    """
    found: dict[tuple[str, tuple[str, str]], list[Row]] = {}
    for title, ends, row in named:
        found.setdefault((title, ends), []).append(row)
    panels = [Panel(title, sorted(rows, key=lambda row: row.rank), ends) for (title, ends), rows in found.items()]
    return sorted(panels, key=lambda panel: (not panel.is_own, panel.rows[0].rank))


def about(claim: ClaimFacts, title: str) -> str:
    """Return the title of the panel of a claim, which names what the claim is about if not the intervention."""
    subject = mark_of(claim.claim.subject, claim.entry.guideline.about.own)
    return "; ".join(filter(None, (title, subject)))


def computed_row(claim: ClaimFacts, label: str, numbers: str, interval: Interval, told: Callable[[str], str]) -> Row:
    """Return a row of a share or difference computed from counts; `told` adds the unit: percent or points."""
    point, low, high = (100 * value for value in interval)
    own = claim.entry.guideline.about.own
    low_words, high_words = (own.decimals(_short(limit)) for limit in (low, high))
    interval_words = own.say("{low} to {high}", low=low_words, high=high_words)
    value = f"{numbers}, {told(own.decimals(_short(point)))} ({interval_words})"
    return Row(claim, point_of(claim, label, value, point, low, high))


def point_of(claim: ClaimFacts, label: str, value: str, point: float, low: float | None, high: float | None) -> Mark:
    """Return the mark of a claim, with its source, the design of that, and every state of both."""
    cite, speech, own = claim.citations[0], claim.speech, claim.entry.guideline.about.own
    text = f"{cite.source.short_name}, {own.inside(cite.source.design)}: {value}"
    marks, language = (*cite.states, *claim.marks), "" if speech.language == own.language else speech.language
    reading = cite.source.read_in_part
    return Mark(label, text, point, low, high, f"#{claim.entry.name}", claim.level, marks, reading, language)


def values_of(panels: Sequence[Panel]) -> list[float]:
    """Return every point and limit of some panels, for the axis that must hold them."""
    marks = [row.mark for panel in panels for row in panel.rows]
    return [value for mark in marks for value in (mark.point, mark.low, mark.high) if value is not None]


def _short(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 10 else f"{value:.1f}" if abs(value) >= 1 or value == 0 else f"{value:.2g}"
