"""Untrusted text to Markdown that shows exactly that text: for the site, or as plainly as can be for other programs."""

import re

from markupsafe import Markup

# What Markdown, its extensions and HTML give a meaning to, wherever it stands in a line.
_SPECIAL = re.compile(r"[&<>\"'\\`*_{}\[\]#|~^=+$@!]")
# What only begins a line with a meaning: a list item or a numbered one.
_AT_START = re.compile(r"^ ?(-|\d+\.)(?=\s|$)")


_SPECIAL_OF_GITHUB = re.compile(r"[\\`*_\[\]~]|<(?=[A-Za-z/!?])|&(?=[#A-Za-z])|\A[#>+-]")
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}


def escape(value: object) -> Markup:
    """Return a value as Markdown on one line; what is `Markup` already is trusted and kept."""
    if isinstance(value, Markup):
        return value
    text = re.sub(r"\s+", " ", str(value))
    text = _SPECIAL.sub(lambda match: f"&#{ord(match[0])};", text)
    return Markup(_AT_START.sub(lambda match: f"{match[0][:-1]}&#{ord(match[0][-1])};", text))


def markdown(text: str) -> str:
    """Return plain text on one line so that it stays the same in Markdown as GitHub and FHIR have it."""
    escaped = _SPECIAL_OF_GITHUB.sub(lambda match: _ENTITIES.get(match[0], f"\\{match[0]}"), " ".join(text.split()))
    return re.sub(r"\A(\d+)([.)])", r"\1\\\2", escaped) if escaped[:1].isdigit() else escaped
