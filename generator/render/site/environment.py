"""The Jinja environment: whatever a template inserts is escaped, unless a function of ours made it.

A number and its unit are kept together, but in what is to be carried elsewhere: `as_is`. What the machine itself says
goes through `say` and its like; what the content says goes through `own`, if a reader hears it as words of a page.
"""

import datetime
import json
from collections.abc import Callable, Iterable
from functools import cache, partial
from pathlib import PurePosixPath
from types import SimpleNamespace

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from generator import elsewhere, links
from generator.escape import escape
from generator.facts.edition import expires_on
from generator.linked_text import Link
from generator.speech import ENGLISH, Speech
from generator.words import keep_together

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
    "propose",
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
def make_environment(speech: Speech, own: Speech) -> Environment:
    """Return the environment, in which `finalize` escapes, undefined names raise, and a template is read once.

    `speech` are the words of the interface, `own` those of the machine in the language of the content.
    """
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
    environment.filters["linked"] = partial(linked, language=_language(own, speech))
    environment.filters |= _words_of_content(speech, own) | _numbers(speech)
    environment.globals |= _words_of_machine(speech, own)
    environment.globals["dot"] = Markup("\u202f· ")  # stays on the line of what is before it
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


def _words_of_machine(speech: Speech, own: Speech) -> dict[str, object]:
    """Return the functions that say something: as markup of ours into which values are put, or as `plain` text."""

    def say(words: str, **values: object) -> Markup:
        return _filled(speech.say(words), values)

    def plural(n: int, one: str, many: str, **values: object) -> Markup:
        shown = {name: _shown(value) for name, value in values.items()}
        return Markup(keep_together(speech.plural(n, one, many, **shown)))

    return {
        "say": say,
        "plural": plural,
        "plain": speech.say,
        "plain_plural": speech.plural,
        "lang": Markup(f' lang="{language}"') if (language := _language(own, speech)) else "",
    }


def _filled(words: str, values: dict[str, object]) -> Markup:
    shown = {name: _shown(value) for name, value in values.items()}
    return Markup(keep_together(words.format(**shown) if values else words))


def _words_of_content(speech: Speech, own: Speech) -> dict[str, Callable[..., object]]:
    """Return the filters that say in which language a text is, where that is not the language of the page."""
    return {
        "own": lambda text: _marked(_shown(text), _language(own, speech)),
        "english": lambda text: _marked(_shown(text), "" if speech.language == ENGLISH else ENGLISH),
        "inside": own.inside,
    }


def _language(own: Speech, speech: Speech) -> str:
    """Return the language of the content if it is another than that of the interface."""
    return "" if own.language == speech.language else own.language


def _marked(text: Markup, language: str) -> Markup:
    return Markup(f'<span lang="{language}">{text}</span>') if language and text else text


def _numbers(speech: Speech) -> dict[str, Callable[..., object]]:
    """Return the filters that write numbers and dates; a `time` is one that programs read too."""

    def time(day: datetime.date) -> Markup:
        words = speech.date(day)
        iso = "" if words == day.isoformat() else f' datetime="{day.isoformat()}"'
        return Markup(f"<time{iso}>{words}</time>")

    return {"date": speech.date, "number": speech.number, "time": time}


def linked(parts: Iterable[str | Link], page: PurePosixPath, language: str = "") -> Markup:
    """Return a claim's text as Markdown, with links from the page that it stands on, marked if it has a language."""
    text = Markup("").join(
        _shown(part) if isinstance(part, str) else Markup(f"[{_shown(part.words)}]({links.to_id(page, part.target)})")
        for part in parts
    )
    return _marked(text, language)


def quoted(text: object) -> Markup:
    """Return a text as a quoted scalar, the same in YAML and JSON, for the head of a page."""
    return Markup(json.dumps(str(text)))
