"""A source as an entry of BibTeX, for LaTeX with any engine.

A style of BibTeX writes titles in small letters, takes `and` in a name for the next name, and takes the last word for
a family name: what is to stay as it is stands in braces. Addresses and identifiers are not text and stay as they are;
the fields `Doi` and `Pmid` hold no brace.
"""

import re
import unicodedata

from generator.facts.bibliography import AUTHORS_UNKNOWN, Author, pages_in_full
from generator.facts.sources import SourceFacts

# BibTeX counts a brace behind a backslash too, so that one in a text would end the field: a command stands for it.
_COMMANDS = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"} | {
    **{"{": "\\textbraceleft{}", "}": "\\textbraceright{}", "<": r"\textless{}", ">": r"\textgreater{}"},
    **{char: f"\\{char}" for char in "&%$#_"},
}
_MATHS = {"≤": r"\leq", "≥": r"\geq", "±": r"\pm", "×": r"\times", "÷": r"\div", "≠": r"\neq", "≈": r"\approx"}
_MATHS |= {"→": r"\rightarrow", "∞": r"\infty", "\u2212": "-", "\u00b5": r"\mu", "ς": r"\varsigma"}
_MATHS |= {
    chr(code): letter if len(letter) > 1 else rf"\mathrm{{{letter}}}"
    for first, letters in (
        (0x391, "A B Gamma Delta E Z H Theta I K Lambda M N Xi O Pi P . Sigma T Upsilon Phi X Psi Omega"),
        (
            0x3B1,
            "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi o pi rho . sigma tau upsilon",
        ),
        (0x3C6, "phi chi psi omega"),
    )
    for code, letter in enumerate((f"\\{word}" if len(word) > 1 else word for word in letters.split()), first)
    if letter != "."
}


def bibtex(source: SourceFacts) -> str:
    """Return a source as an entry of BibTeX.

    An article needs authors and a year there: if they are not recorded, that is what is written in their place. Styles
    print the note, which has the state of the source, and leave the annotation out.
    """
    pmid, reference = source.pmid, source.reference
    names = [_name(author) for author in source.authors] or [f"{{[{AUTHORS_UNKNOWN}]}}"]
    others = ["others"] if source.authors and not source.has_all_authors else []
    fields = {
        "title": _title(reference.title),
        "author": " and ".join([*names, *others]),
        "journal": _text(reference.journal),
        "shortjournal": _text(reference.journal_abbreviation),
        "year": reference.year or "n.d.",
        "volume": _text(reference.volume),
        "number": _text(reference.issue),
        "pages": _text(pages_in_full(reference.pages or "")).replace("-", "--"),
        "doi": reference.doi,
        "pmid": pmid,
        "pmcid": reference.pmcid,
        "note": _text(source.state),
        "annote": _text(source.remarks),
    }
    body = "".join(f"  {key} = {{{value}}},\n" for key, value in fields.items() if value)
    return f"@article{{pmid{pmid},\n{body}}}\n"


def _name(author: Author) -> str:
    """Return `Family, Suffix, I. I.`; a group in braces, and a family name with a small word in its middle."""
    if author.is_group:
        return f"{{{_text(author.name)}}}"
    rest = author.family.removeprefix(author.particle)
    is_torn = any(word.islower() for word in rest.split())
    family = f"{{{_text(author.family)}}}" if is_torn else _text(author.family)
    return ", ".join(filter(None, (family, author.suffix, author.initials)))


def _title(title: str) -> str:
    """Return a title with each word in braces that has a capital, but for the first if that is its only one."""
    words = title.split()
    keeps = (word.lower() != word and (at or word[1:].lower() != word[1:]) for at, word in enumerate(words))
    return " ".join(f"{{{_text(word)}}}" if keep else _text(word) for word, keep in zip(words, keeps, strict=True))


def _text(value: object) -> str:
    """Return a value as LaTeX writes it; two hyphens, which it takes for a dash, stay two."""
    escaped = "".join(map(_sign, " ".join(str(value or "").split())))
    return re.sub("-(?=-)", "-{}", escaped)


def _sign(char: str) -> str:
    """Return a character as LaTeX writes it; Latin letters with accents stand as they are, as UTF-8."""
    if char in _COMMANDS:
        return _COMMANDS[char]
    if char in _MATHS:
        return f"{{${_MATHS[char]}$}}"
    kind, _, plain = unicodedata.decomposition(char).partition(" ")
    if kind in ("<sub>", "<super>"):
        # The empty braces keep BibTeX from taking the command for an accent, whose letter it may change.
        letters = "".join(chr(int(code, 16)) for code in plain.split())
        return f"{{{{}}\\text{kind[1:-1]}script{{{letters}}}}}"
    return char
