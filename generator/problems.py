"""A problem of the content: its rule, what is wrong, how to mend it, and where. Order and formats."""

import difflib
import heapq
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from urllib.parse import quote

from generator.places import Place

_SARIF = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


@dataclass(frozen=True)
class Problem:
    """What one rule found at one place."""

    rule: str
    wrong: str
    fix: str
    place: Place

    @property
    def where(self) -> str:
        """The keys that lead to the place, joined by dots."""
        return ".".join(str(key) for key in self.place.path)

    def __str__(self) -> str:
        where = f" {self.where}" if self.where else ""
        return f"{self.place.file}:{self.place.line}{where}: {self.wrong}. {self.fix} [{self.rule}]"


def visible(text: str, kept: str = "") -> str:
    """Return a text with what does not print, and what a runner of GitHub takes for a command, written out."""
    return "".join(char if char.isprintable() or char in kept else f"\\u{ord(char):04x}" for char in disarmed(text))


def disarmed(text: str) -> str:
    """Return a text without `##[`, which a runner of GitHub takes for a command wherever it stands in a line.

    JSON, and what Python writes between quotation marks, says the same as before.
    """
    return text.replace("##[", "#\\u0023[")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return the sentence that asks after the known word most like another one, or nothing where none is near.

    Only the eight that share most of its letters and pairs of letters are compared in full: a guideline knows a
    thousand claims, and to compare them all takes a tenth of a second for every word.
    """
    own = _pieces(word)

    def shared(other: str) -> float:
        return len(own & _pieces(other)) / (len(own) + len(_pieces(other)))

    near = difflib.get_close_matches(word, heapq.nlargest(8, known, key=shared), n=1)
    return f"Did you mean `{near[0]}`?" if near else ""


@cache
def _pieces(word: str) -> frozenset[str]:
    return frozenset([*word, *map("".join, pairwise(word))])


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems by file, line, rule and text, each once."""
    return sorted(set(problems), key=lambda problem: (problem.place, problem.rule, str(problem)))


def format_text(problems: Iterable[Problem]) -> str:
    """Return one line a problem: place, what is wrong, the mend, the rule."""
    return "".join(f"{visible(str(problem))}\n" for problem in problems)


def format_json(problems: Iterable[Problem]) -> str:
    """Return a JSON list of objects with file, line, where, rule, wrong and fix."""
    rows = [
        {
            "file": problem.place.file,
            "line": problem.place.line,
            "where": problem.where,
            "rule": problem.rule,
            "wrong": problem.wrong,
            "fix": problem.fix,
        }
        for problem in problems
    ]
    return disarmed(json.dumps(rows, indent=2)) + "\n"


def format_github(problems: Iterable[Problem]) -> str:
    """Return workflow commands that GitHub shows as annotations, escaped as its runner unescapes them."""
    return "".join(
        f"::error file={_property(problem.place.file)},line={problem.place.line},"
        f"title={_property(problem.rule)}::{_message(f'{problem.where}: {problem.wrong}. {problem.fix}')} "
        f"(`python -m generator explain {_message(problem.rule)}`)\n"
        for problem in problems
    )


def format_sarif(problems: Iterable[Problem], rules: Mapping[str, str]) -> str:
    """Return a log of SARIF 2.1.0 (OASIS): the problems, and of the texts of all rules those that were broken."""
    problems = list(problems)
    ids = sorted({problem.rule for problem in problems})
    descriptions = [
        {
            "id": id_,
            "shortDescription": {"text": rules[id_].splitlines()[0]},
            "fullDescription": {"text": rules[id_]},
            "help": {"text": f"`python -m generator explain {id_}` says the same."},
            "defaultConfiguration": {"level": "error"},
        }
        for id_ in ids
    ]
    messages = [": ".join(filter(None, (each.where, f"{each.wrong}. {each.fix}"))) for each in problems]
    results = [
        {
            "ruleId": problem.rule,
            "ruleIndex": ids.index(problem.rule),
            "level": "error",
            "message": {"text": visible(message)},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": quote(problem.place.file), "uriBaseId": "%SRCROOT%"},
                        "region": {"startLine": problem.place.line},
                    }
                }
            ],
        }
        for problem, message in zip(problems, messages, strict=True)
    ]
    driver = {"name": "generator check", "rules": descriptions}
    log = {"$schema": _SARIF, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]}
    return json.dumps(log, indent=2) + "\n"


PROBLEM_FORMATS = {"text": format_text, "json": format_json, "github": format_github}


def _message(text: str) -> str:
    return visible(text, "\r\n").replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
