"""The topic is content: no module names a word of it, a record, a kind of record or a term of the vocabulary."""

import ast
import re
from collections.abc import Iterator

import pytest
from cases import TESTS

from generator.cli import PROJECT, read
from generator.guideline import Guideline
from generator.notions import NEEDED, NOTIONS
from generator.profile import kind_of
from generator.vocabulary import SECTIONS

EXEMPT = {
    "words of time and of a schedule": ("day", "week", "month", "cycle", "course", "courses", "infusion", "infusions"),
    "what a text counts (generator/meaning)": (
        *("cases", "events", "eyes", "lesions", "patients", "pregnancies", "samples", "studies"),
    ),
    "levels of evidence (generator/evidence/strength.py)": (
        *("randomised", "observational", "case-report", "laboratory"),
    ),
    "classes of impact (generator/changes.py)": ("safety",),
    "keys and fixed values of the format": (
        *("abstract", "background", "comparison", "disease", "duration", "frequency", "guideline", "indications"),
    ),
    "ordinary words of messages, names of columns and of parts of a picture": ("difference", "other", "overview"),
}


def strings_of_code() -> Iterator[tuple[str, str]]:
    """Yield each text in the code with its file and line; those that mean something are named in one module."""
    for path in sorted((PROJECT / "generator").rglob("*.py")):
        if path.name != "notions.py":
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value, f"{path.relative_to(PROJECT)}:{node.lineno}"


def test_no_module_names_a_record_a_kind_or_a_term(guideline: Guideline) -> None:
    kinds = guideline.profile.kinds
    words = {term for terms in guideline.vocabulary.sections.values() for term in terms}
    words |= {*guideline.records, *kinds, *(kind.name for kind in kinds.values())}
    exempt = [word for words_ in EXEMPT.values() for word in words_]
    named: dict[str, list[str]] = {}
    for text, place in strings_of_code():
        if text in words:
            named.setdefault(text, []).append(place)
    assert {word: places for word, places in named.items() if word not in exempt} == {}
    assert set(exempt) <= named.keys()  # none is exempt for nothing


def test_no_word_of_the_topic_is_in_the_generator(guideline: Guideline) -> None:
    names = {*guideline.about.intervention, guideline.profile.topic.name, guideline.profile.topic.slug}
    about = (guideline.profile.treated, guideline.profile.harm)
    for id_, record in guideline.records.items():
        names |= {record.name, *record.also_known_as} if kind_of(id_) in about else set()
    names = {name for name in names - {"stroke"} if len(name) > 2}  # the stroke of a line; PG is a tag of NBIB
    found = words_found(names)
    for path in sorted((PROJECT / "generator").rglob("*")):
        if path.suffix in (".py", ".j2", ".typ", ".js", ".css") and path.is_file():
            assert found.findall(path.read_text("utf-8")) == [], path


def test_no_word_of_the_topic_is_in_the_words_of_the_program(guideline: Guideline) -> None:
    """Harms are those of medicine at large, and a new guideline begins with words for them."""
    names = {*guideline.about.intervention, guideline.profile.topic.name}
    for id_, record in guideline.records.items():
        names |= {record.name, *record.also_known_as} if kind_of(id_) == guideline.profile.treated else set()
    found = words_found({word for name in names if len(name) > 2 for word in (name, name[0].lower() + name[1:])})
    for path in (PROJECT / "generator/wordlists").iterdir():
        assert found.findall(path.read_text("utf-8")) == [], path


def words_found(names: set[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})\b")


@pytest.mark.parametrize(
    "project", [PROJECT, TESTS / "base", TESTS / "show", TESTS / "second"], ids=lambda path: path.name
)
def test_every_meaning_is_that_of_a_term(project: object) -> None:
    guideline, _ = read(project)
    assert guideline is not None
    assert set(NOTIONS) <= set(SECTIONS)
    for section, notions in NOTIONS.items():
        meant = {notion for term in guideline.vocabulary.sections[section].values() for notion in term.means}
        assert meant <= set(notions)
        assert section not in NEEDED or meant == set(notions)
