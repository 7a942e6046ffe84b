"""A report as Markdown for a comment on GitHub, as a page of HTML, as text and as JSON. Content is hostile in each."""

import html
import json
import re
from collections.abc import Callable
from dataclasses import replace

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from generator.changes import IMPACTS
from generator.escape import escape
from generator.problems import disarmed, visible
from generator.review.report import Report

MAX_COMMENT = 65_536
MAX_ISSUE = MAX_COMMENT - 128
"""Characters that GitHub takes: of a comment, and of an issue without the mark that it is known by."""

_PROBLEMS = 20  # shown in a comment
MARKER = "<!-- clinical review of content -->"

_ZERO_WIDTH_SPACE = "\u200b"
# What GitHub makes a mention, a reference or a link of, wherever it stands: each is broken by a space without width.
_LIVE = re.compile(
    r"@(?=\w)|#(?=\d)|\bGH-(?=\d)|:(?=//)|\bwww(?=\.)|\b(?=\d*[a-f])[0-9a-f]{7}(?=[0-9a-f]*\b)", re.IGNORECASE
)


def to_markdown(report: Report, limit: int = MAX_COMMENT) -> str:
    """Return the report as a comment of at most `limit` characters; what is cut is said, the highest impact stays."""
    template = make_environment(for_github).get_template("comment.md.j2")

    def render(count: int, problems: int) -> str:
        shown = _first(report, count)
        left = [
            (impact, len(items) - len(dict(shown.items).get(impact, ())))
            for impact, items in report.items
            if len(items) > len(dict(shown.items).get(impact, ()))
        ]
        return template.render(
            report=shown, whole=report, left=left, names=IMPACTS, marker=MARKER, shown_problems=problems
        )

    problems = most_that_fit(lambda number: render(0, number), _PROBLEMS, limit)
    return render(most_that_fit(lambda number: render(number, problems), report.count, limit), problems)


def most_that_fit(render: Callable[[int], str], most: int, limit: int) -> int:
    """Return how many things, of `most`, a text of at most `limit` characters can show; 0 also if none fits."""
    low, high = 0, most
    while low < high:
        middle = high if high == most else (low + high + 1) // 2  # all of them mostly fit, and are tried first
        low, high = (middle, high) if len(render(middle)) <= limit else (low, middle - 1)
    return low


def to_html(report: Report, pages: dict[str, tuple[str, str]]) -> str:
    """Return the report as a page; `pages` maps a changed page to the links to it before and after, or empty."""
    return make_environment(for_page).get_template("review.html.j2").render(report=report, names=IMPACTS, pages=pages)


def to_text(report: Report) -> str:
    """Return the report as plain text, what does not print made visible."""
    return make_environment(for_terminal).get_template("review.txt.j2").render(report=report, names=IMPACTS)


def to_json(report: Report) -> str:
    """Return the report as data."""
    data: dict[str, object] = {
        "base": report.base,
        "head": report.head,
        "impact": report.impact,
        "approvals": report.approvals,
        "changes": [
            {
                **item.change.model_dump(mode="json"),
                "states": item.states,
                "passages": [{"label": label, "url": url} for label, url in item.passages],
                "touches": item.touches,
            }
            for _, items in report.items
            for item in items
        ],
        "unread": [name for name, _ in report.unread],
        "pages": [path for _, path in report.pages],
        "problems": [str(problem) for problem in report.problems],
        "problems_of_base": report.base_problems,
    }
    return disarmed(json.dumps(data, indent=1)) + "\n"


def _first(report: Report, count: int) -> Report:
    groups = []
    for impact, items in report.items:
        groups.append((impact, items[:count]))
        count = max(0, count - len(items))
    return replace(report, items=tuple((impact, items) for impact, items in groups if items))


def make_environment(finalize: Callable[[object], Markup]) -> Environment:
    """Return the environment of the templates beside; whatever one inserts goes through `finalize`."""
    return Environment(
        loader=PackageLoader("generator.review"),
        autoescape=True,
        finalize=finalize,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def for_github(value: object) -> Markup:
    """Return a value as text in a comment or an issue: nothing in it is markup, a mention or a link."""
    if isinstance(value, Markup):
        return value
    return escape(_LIVE.sub(lambda match: match[0] + _ZERO_WIDTH_SPACE, visible(str(value))))


def for_page(value: object) -> Markup:
    """Return a value as text in HTML."""
    return value if isinstance(value, Markup) else Markup(html.escape(visible(str(value))))


def for_terminal(value: object) -> Markup:
    """Return a value as text in a terminal."""
    return Markup(visible(str(value)))
