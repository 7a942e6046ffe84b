"""The catalogues of the interface, brought up to date: `python -m tools.catalogue`.

Every word that the machine says to a reader is taken from the program and its templates. A catalogue keeps what it has;
what is new stands in it without a translation, what is gone is taken out, and a test asks for the rest.
"""

import ast
import io
import re
from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from generator.render.book.typesetting import SAID
from generator.speech import ENGLISH, LANGUAGES

PROJECT = Path(__file__).parent.parent
KEYWORDS = {
    **dict.fromkeys(("say", "to_say", "plain"), None),
    **dict.fromkeys(("plural", "plain_plural"), (2, 3)),
}
"""The functions that say something, and which of their arguments are words."""

Found = Iterator[tuple[int, str, tuple[str | None, ...], list[str]]]


def words_in_python(file: IO[bytes], keywords: Container[str], *_: object, **__: object) -> Found:
    """Yield line, function and texts of each call that says something; Babel's own sees none inside of an f-string."""
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            texts = [each.value if isinstance(each, ast.Constant) else None for each in node.args]
            if name in keywords and any(isinstance(each, str) for each in texts):
                yield node.lineno, name, tuple(each if isinstance(each, str) else None for each in texts), []


def words_in_print(file: IO[bytes], *_: object, **__: object) -> Found:
    """Yield what the templates of the printed copies say."""
    for number, line in enumerate(file.read().decode().splitlines(), start=1):
        for words in SAID.findall(line):
            yield number, "to_say", (words,), []


def words_in_navigation(file: IO[bytes], *_: object, **__: object) -> Found:
    """Yield the titles of the navigation that a new guideline begins with, and the names of its switches."""
    for number, line in enumerate(file.read().decode().splitlines(), start=1):
        if found := re.match(r" +- ([A-Z][^:]*):|.* name: (Switch .*)}", line):
            yield number, "to_say", (found[1] or found[2],), []


def words_in_scripts(file: IO[bytes], *_: object, **__: object) -> Found:
    """Yield what scripts say; Babel's own misses what stands in backticks within others, and what Words says itself."""
    code = file.read().decode()
    own = "" if "const Words =" in code else r"Words\."
    for number, line in enumerate(code.splitlines(), start=1):
        for words in re.findall(rf'\b{own}say\("([^"]+)"', line):
            yield number, "Words.say", (words,), []
        for one, many in re.findall(rf'\b{own}plural\([^",]+, "([^"]+)", "([^"]+)"', line):
            yield number, "Words.plural", (None, one, many), []


WHERE: dict[str, tuple[list[tuple[str, Any]], dict[str, tuple[int, ...] | None]]] = {
    "generator": (
        [
            ("render/site/templates/**.j2", "jinja2.ext:babel_extract"),
            ("starter/mkdocs.yml", words_in_navigation),
            ("render/book/**.typ", words_in_print),
            ("cli/**.py", "ignore"),
            ("review/**.py", "ignore"),
            ("**.py", words_in_python),
        ],
        KEYWORDS,
    ),
    "generator/render/site/scripts": ([("**.js", words_in_scripts)], {"Words.say": None, "Words.plural": (2, 3)}),
    "overrides": ([("**.html", "jinja2.ext:babel_extract")], KEYWORDS),
}
"""By folder what is read, how, and for which functions; the commands and the review speak English."""

HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural}\\n"

"""


def extract() -> Catalog:
    """Return every word that the program says, with the files that say it."""
    catalog = Catalog()
    for folder, (methods, keywords) in WHERE.items():
        for file, _, words, _, _ in extract_from_dir(PROJECT / folder, methods, keywords=keywords):
            catalog.add(words, locations=[(f"{folder}/{file}", 0)])
    return catalog


def updated(po: bytes, language: str) -> bytes:
    """Return a catalogue of a language with the words that the program says now, in their order."""
    old, new = read_po(io.BytesIO(po), locale=language), Catalog(locale=language)
    for message in extract():
        if message.id:
            known = old.get(message.id)
            new.add(message.id, known.string if known else None, locations=sorted(set(message.locations)))
    text = io.BytesIO()
    write_po(text, new, width=0, omit_header=True, sort_output=True, include_lineno=False)
    return HEADER.format(language=language, plural=new.plural_forms).encode() + text.getvalue()


def main(languages: Iterable[str] = LANGUAGES) -> None:
    """Write each catalogue anew."""
    for language in languages:
        if language != ENGLISH:
            file = PROJECT / f"generator/languages/{language}.po"
            file.write_bytes(updated(file.read_bytes() if file.exists() else b"", language))


if __name__ == "__main__":
    main()
