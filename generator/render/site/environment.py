"""The Jinja environment: whatever a template inserts is escaped, unless a function of ours made it.

A number and its unit are kept together, but in what is to be carried elsewhere: `as_is`.
"""

import json
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import PurePosixPath
from types import SimpleNamespace

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from generator import elsewhere, links
from generator.escape import escape
from generator.facts.edition import expires_on
from generator.linked_text import Link
from generator.words import keep_together, plural

# What templates may build links with, all under `links`. Their results are safe in an attribute and in Markdown: ids
# are checked, everything else is percent-encoded.
_LINK_FUNCTIONS = (
    "answer_anchor",
    "disease_anchor",
    "dispute_anchor",
    "doses_anchor",
    "harm_anchor",
    "index_page",
    "key_page",
    "kind_anchor",
    "node_anchor",
    "part_anchor",
    "pending_anchor",
    "question_page",
    "record_data",
    "record_page",
    "record_text",
    "reference_anchor",
    "reference_page",
    "regimen_anchor",
    "relative",
    "searches_anchor",
    "sheet",
    "source_file",
    "to_id",
    "version_anchor",
)

_ELSEWHERE = ("code", "doi", "edit_address", "history_address", "orcid", "passage", "pmc", "pubmed")

_PAGES = (
    *(
        "AZ",
        "CHANGES",
        "DATA",
        "DISAGREEMENTS",
        "DOSES",
        "EVIDENCE",
        "INTENDED_PURPOSE",
        "MISSING",
        "PATHWAY",
        "PATHWAY_KEY",
    ),
    "REFERENCES",
    "SEARCHES",
)


@cache
def make_environment() -> Environment:
    """Return the environment, in which `finalize` escapes, undefined names raise, and a template is read once."""
    environment = Environment(
        loader=PackageLoader("generator.render.site"),
        autoescape=True,
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["as_is"] = escape
    environment.filters["yaml"] = quoted
    environment.filters["plural"] = plural
    environment.filters["linked"] = linked
    environment.globals["expires_on"] = expires_on
    environment.globals["links"] = SimpleNamespace(
        **{name: _trusted(getattr(links, name)) for name in _LINK_FUNCTIONS},
        **{name: _trusted(getattr(elsewhere, name)) for name in _ELSEWHERE},
        **{name: getattr(links, name) for name in _PAGES},
    )
    return environment


def _shown(value: object) -> Markup:
    return value if isinstance(value, Markup) else Markup(keep_together(escape(value)))


def _trusted(function: Callable[..., object]) -> Callable[..., object]:
    def call(*arguments: object) -> object:
        result = function(*arguments)
        return Markup(result) if isinstance(result, str) else result

    return call


def linked(parts: Iterable[str | Link], page: PurePosixPath) -> Markup:
    """Return a claim's text as Markdown, with links from the page that it stands on."""
    return Markup("").join(
        _shown(part) if isinstance(part, str) else Markup(f"[{_shown(part.words)}]({links.to_id(page, part.target)})")
        for part in parts
    )


def quoted(text: object) -> Markup:
    """Return a text as a quoted scalar, the same in YAML and JSON, for the head of a page."""
    return Markup(json.dumps(str(text)))
