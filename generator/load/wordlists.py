"""The words that carry meaning: those of the guideline, and those of the program to which it adds them."""

from functools import cache
from pathlib import Path

from generator.load.records import Records
from generator.wordlist import WordList, add_words
from generator.yaml_source import read_yaml

_LISTS = Path(__file__).parent.parent / "wordlists"


def read_words(source: Records, file: str) -> WordList | None:
    """Return the words of a guideline together with the program's; None where its file has problems."""
    words = source.read("signs", file, WordList)
    return add_words(words, program_words(words.adds_to)) if words and words.adds_to else words


@cache
def program_words(language: str) -> WordList:
    """Return the words that the program has of a language."""
    return WordList.model_validate(read_yaml((_LISTS / f"{language}.yaml").read_bytes()).data)
