"""A claim on the page of a disease names that disease: it is quoted, printed and found away from its page.

A name of the record counts, a synonym, or a word that `content/signs.yaml` lists for the disease.
"""

from collections.abc import Iterator

from generator.guideline import Guideline
from generator.meaning.agreement import find_differences
from generator.problems import Problem

ID = "names-its-disease"
MEANING = True


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each claim that does not tell it."""
    yield from find_differences(guideline, ID, "name", fix="Name the disease in the text.")
