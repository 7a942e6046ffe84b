"""Untrusted text to Markdown that shows exactly that text, inside a line, a table cell or an HTML attribute."""

import re

from markupsafe import Markup

# What Markdown, its extensions and HTML give a meaning to, wherever it stands in a line.
_SPECIAL = re.compile(r"[&<>\"'\\`*_{}\[\]#|~^=+$@!]")
# What only begins a line with a meaning: a list item or a numbered one.
_AT_START = re.compile(r"^ ?(-|\d+\.)(?=\s|$)")


def escape(value: object) -> Markup:
    """Return a value as Markdown on one line; what is `Markup` already is trusted and kept."""
    if isinstance(value, Markup):
        return value
    text = re.sub(r"\s+", " ", str(value))
    text = _SPECIAL.sub(lambda match: f"&#{ord(match[0])};", text)
    return Markup(_AT_START.sub(lambda match: f"{match[0][:-1]}&#{ord(match[0][-1])};", text))
