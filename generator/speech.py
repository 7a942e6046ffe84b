"""The words that the machine itself says to a reader, in the language of its interface.

English is what stands in the code and in the templates. Another language is a catalogue of gettext in `languages/`,
read when it is first asked for; whoever speaks English alone reads none. `to_say` names words that are said elsewhere.
"""

import datetime
import io
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from gettext import NullTranslations
from importlib.resources import files
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

ENGLISH: Final = "en"
LANGUAGES: Final[Mapping[str, str]] = {ENGLISH: "English", "de": "Deutsch"}
"""The languages of the interface by their codes, with their own names."""


def to_say(words: str) -> str:
    """Return words as they are: they are for the catalogue, and `say` finds them there by themselves."""
    return words


class Speech:
    """The words of the interface in one language, and how it writes numbers and dates."""

    def __init__(self, language: str, catalogue: NullTranslations):
        self.language = language
        self._catalogue = catalogue

    def say(self, words: str, /, **values: object) -> str:
        """Return words in the language, with values in the place of `{name}`; nothing is said of nothing."""
        said = self._catalogue.gettext(words) if words else ""
        return said.format(**values) if values else said

    def plural(self, n: int, one: str, many: str, /, **values: object) -> str:
        """Return the words for a number, which stands in the place of `{n}`."""
        return self._catalogue.ngettext(one, many, n).format(n=self.number(n), **values)

    def number(self, value: int | Decimal) -> str:
        """Return a number with its separators, all its digits kept."""
        if self.language == ENGLISH:
            return f"{value:,}"
        from babel.numbers import format_decimal

        return format_decimal(value, locale=self.language, decimal_quantization=False)

    def decimals(self, text: str) -> str:
        """Return a number that is written out, such as `0.3`, with the decimal sign of the language."""
        if self.language == ENGLISH:
            return text
        from babel.numbers import get_decimal_symbol

        return text.replace(".", get_decimal_symbol(self.language))

    def percent(self, number: object) -> str:
        """Return a percentage, with or without a space before its sign as the language has it."""
        return self.say("{percent}%", percent=number)

    def date(self, day: datetime.date) -> str:
        """Return a day; in English as it is written in the records, which no reader takes for another."""
        if self.language == ENGLISH:
            return day.isoformat()
        from babel.dates import format_date

        return format_date(day, "medium", locale=self.language)

    def inside(self, name: str) -> str:
        """Return a name as it stands within a line: German keeps the capitals of its nouns."""
        return name.lower() if self.language == ENGLISH else name


@cache
def speech_in(language: str) -> Speech:
    """Return the words in a language; in English if it has no catalogue."""
    return Speech(language, read_catalogue(language))


def read_catalogue(language: str) -> NullTranslations:
    """Return the catalogue of a language; that of English, and of a language without one, is empty."""
    if language == ENGLISH or language not in LANGUAGES:
        return NullTranslations()
    from gettext import GNUTranslations

    from babel.messages.mofile import write_mo

    compiled = io.BytesIO()
    write_mo(compiled, _read_po(language))
    return GNUTranslations(io.BytesIO(compiled.getvalue()))


def all_words(language: str) -> dict[str, str]:
    """Return the words of a language by the English ones, for programs that cannot ask; none of English.

    As where one asks, what is not translated yet, or has to be looked at again, is left out.
    """
    if language == ENGLISH or language not in LANGUAGES:
        return {}
    found: dict[str, str] = {}
    for each in _read_po(language):
        words, said = ([part] if isinstance(part, str) else list(part or ()) for part in (each.id, each.string))
        pairs = zip(words, said, strict=False)  # a plural that is not translated may have no forms
        found |= {one: told for one, told in pairs if one and told and not each.fuzzy}
    return found


def _read_po(language: str) -> "Catalog":
    from babel.messages.pofile import read_po

    with files("generator").joinpath(f"languages/{language}.po").open("rb") as file:
        return read_po(file, locale=language)
