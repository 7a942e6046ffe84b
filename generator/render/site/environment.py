"""The Jinja environment: whatever a template inserts is escaped, unless a function of ours made it."""

import json
from collections.abc import Callable
from types import SimpleNamespace

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from generator import links
from generator.escape import escape

# What templates may build links with. Their results are safe in an attribute and in Markdown: ids are checked,
# everything else is percent-encoded.
_LINK_FUNCTIONS = (
    "doi",
    "edit_address",
    "history_address",
    "index_page",
    "kind_anchor",
    "leaflet",
    "node_anchor",
    "passage",
    "pmc",
    "pubmed",
    "record_page",
    "reference_anchor",
    "reference_page",
    "relative",
    "to_id",
    "version_anchor",
)

_PAGES = ("AZ", "CHANGES", "DISAGREEMENTS", "DOSES", "MISSING", "PATHWAY", "REFERENCES")


def make_environment() -> Environment:
    """Return an environment in which `finalize` escapes, and undefined names raise."""
    environment = Environment(
        loader=PackageLoader("generator.render.site"),
        autoescape=True,
        finalize=escape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["yaml"] = quoted
    environment.filters["plural"] = plural
    environment.globals["links"] = SimpleNamespace(
        **{name: _trusted(getattr(links, name)) for name in _LINK_FUNCTIONS},
        **{
            name: getattr(links, name)
            for name in ("AZ", "CHANGES", "DISAGREEMENTS", "DOSES", "MISSING", "PATHWAY", "REFERENCES")
        },
    )
    return environment


def _trusted(function: Callable[..., object]) -> Callable[..., object]:
    def call(*arguments: object) -> object:
        result = function(*arguments)
        return Markup(result) if isinstance(result, str) else result

    return call


def quoted(text: object) -> Markup:
    """Return a text as a quoted scalar, the same in YAML and JSON, for the head of a page."""
    return Markup(json.dumps(str(text)))


def plural(count: int, one: str, many: str = "") -> str:
    """Return a count with its noun: `1 claim`, `2 claims`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
