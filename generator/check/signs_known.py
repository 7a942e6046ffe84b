"""The list of signs holds together: each family belongs to one rule, each rule to a family, each sign named exists.

A family that no rule names is read and never compared; a rule without a family finds nothing; a sign that is misspelt
under `kept` is missed by nobody. `idiom` alone belongs to no rule: it silences what stands in it. The program acts on
`negation:no`, `direction:up` and `direction:down`, so the list has them. A list with `adds_to` is read together with
the program's words of that language, and need not repeat them.
"""

from collections.abc import Iterator, Mapping
from typing import get_args

from generator.guideline import Guideline
from generator.meaning.agreement import RULES_OF_FAMILIES
from generator.meaning.signs import DOWN, IDIOM, NEGATION, UP
from generator.model import Citation
from generator.places import KeyPath
from generator.problems import Problem, did_you_mean
from generator.wordlist import WordList

ID = "signs-known"

_PARTS = get_args(get_args(Citation.model_fields["part"].annotation)[0])
_SIGNS = ("views", "weaker", "kept", "loose")
_FAMILIES = ("names", "diseases", "harms")
_IDIOMS = IDIOM.partition(":")[0]


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each family, rule, sign, unit or part that the list names in one place and not in another."""
    if "signs" not in guideline.files or "signs" in guideline.unread:
        return
    for path, wrong, fix in (*_families(guideline.words), *_names(guideline.words, guideline.profile.kinds)):
        yield Problem(ID, wrong, fix, guideline.place("signs", *path))


def _families(words: WordList) -> Iterator[tuple[KeyPath, str, str]]:
    """Yield where families and rules do not belong together, and the signs that the program needs."""
    comparing: dict[str, list[str]] = {}
    for rule, families in words.rules.items():
        if rule not in RULES_OF_FAMILIES:
            fix = did_you_mean(rule, RULES_OF_FAMILIES) or f"Rules: {', '.join(RULES_OF_FAMILIES)}."
            yield ("rules", rule), f"no rule `{rule}` compares signs", fix
        for index, family in enumerate(families):
            comparing.setdefault(family, []).append(rule)
            yield from _unknown(("rules", rule, index), "family", family, words.signs)
    for rule in RULES_OF_FAMILIES:
        if not words.rules.get(rule):
            yield ("rules",), f"`{rule}` compares no family", "Name under it the families that it compares."
    for family in words.signs:
        rules = comparing.get(family, [])
        if family != _IDIOMS and len(rules) != 1:
            wrong = f"`{family}` belongs to {' and '.join(f'`{rule}`' for rule in rules) or 'no rule'}"
            yield ("signs", family), wrong, "Name it under one rule of `rules`."
    for sign in (NEGATION, UP, DOWN):
        if sign not in _signs(words):
            yield ("signs",), f"there is no sign `{sign}`", "Add it: the program acts on it."


def _names(words: WordList, kinds: Mapping[str, object]) -> Iterator[tuple[KeyPath, str, str]]:
    """Yield each name of a sign, a family, a kind of record, a unit or a part of a text that is none."""
    signs = _signs(words)
    for key in _SIGNS:
        for index, sign in enumerate(getattr(words, key)):
            yield from _unknown((key, index), "sign", sign, signs)
    for number, group in enumerate(words.opposites):
        for index, sign in enumerate(group):
            yield from _unknown(("opposites", number, index), "sign", sign, signs)
    for key in _FAMILIES:
        for index, family in enumerate(getattr(words, key)):
            yield from _unknown((key, index), "family", family, words.signs)
    for index, kind in enumerate(words.named):
        yield from _unknown(("named", index), "kind of record", kind, kinds)
    for design, fitting in words.designs.items():
        for index, value in enumerate(fitting):
            yield from _unknown(("designs", design, index), "sign of design", value, words.signs.get("design", {}))
    units = {name: unit for group in words.units.values() for name, unit in group.items()}
    for denominator, unit in words.counted.items():
        yield from _unknown(("counted", denominator), "unit", unit, units)
    for part in words.headings:
        yield from _unknown(("headings", part), "part of a text", part, dict.fromkeys(_PARTS))


def _signs(words: WordList) -> Mapping[str, None]:
    return dict.fromkeys(f"{family}:{value}" for family, values in words.signs.items() for value in values)


def _unknown(path: KeyPath, what: str, name: str, known: Mapping[str, object]) -> Iterator[tuple[KeyPath, str, str]]:
    if name not in known:
        yield path, f"there is no {what} `{name}`", did_you_mean(name, known) or f"Known: {', '.join(known)}."
