"""XML of a server to elements: UTF-8 without declarations of its own, so that nothing in it can grow or be looked up.

PubMed's answers name a DTD, which is not fetched. An answer that declares entities, or uses one that only that DTD
would declare, is refused.
"""

from collections.abc import Mapping
from typing import NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

MAX_DEPTH = 40
MAX_ELEMENTS = 400_000


class XmlError(ValueError):
    """What is no XML, is not in UTF-8, or declares or nests what is not taken."""


def read_xml(content: bytes) -> Element:
    """Return the root of a document. Raises XmlError."""
    parser, builder = expat.ParserCreate("utf-8"), TreeBuilder()
    depth = count = 0

    def start(name: str, attributes: Mapping[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > MAX_DEPTH or count > MAX_ELEMENTS:
            raise XmlError(f"more than {MAX_DEPTH} levels or {MAX_ELEMENTS} elements")
        builder.start(name, dict(attributes))

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(name)

    def refuse(*_: object) -> NoReturn:
        raise XmlError("it declares or uses an entity")

    def doctype(name: str, system: str | None, public: str | None, has_declarations: int) -> None:
        if has_declarations:
            raise XmlError("it holds declarations")

    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = parser.SkippedEntityHandler = refuse
    try:
        parser.Parse(content, True)
        return builder.close()
    except (expat.ExpatError, UnicodeDecodeError) as error:
        raise XmlError(f"it is not well-formed: {error}") from None
