"""A claim on the page of a disease names that disease: it is quoted, printed and found away from its page.

A name of the record counts, a synonym, or a word that `content/signs.yaml` lists for the disease.
"""

from collections.abc import Iterator

from generator.guideline import ClaimEntry, Guideline
from generator.links import plain_text
from generator.meaning.agreement import FIX, names_of
from generator.meaning.lexicon import lexicon_of
from generator.meaning.sentence import read_sentences
from generator.problems import Problem

ID = "names-its-disease"
MEANING = True

_STEM = 12


def check(guideline: Guideline) -> Iterator[Problem]:
    """Yield a problem for each claim of an indication whose text names the disease by no word."""
    kinds = lexicon_of(guideline).words.named
    for entry in guideline.claims.values() if kinds else ():
        record = guideline.records[entry.record]
        if record.KIND in kinds and not _is_named(entry, guideline):
            fix = f"Name {record.name} in the text. {FIX.format(entry.id)}"
            yield Problem(ID, f"does not name {record.name}", fix, entry.place("text"))


def _is_named(entry: ClaimEntry, guideline: Guideline) -> bool:
    record = guideline.records[entry.record]
    text = plain_text(entry.claim.text)
    if any(name.casefold()[:_STEM] in text.casefold() for name in (record.name, *record.also_known_as)):
        return True
    lexicon = lexicon_of(guideline)
    heard = {sign for sentence in read_sentences(text, lexicon) for sign in sentence.heard}
    return any(sign.partition(":")[0] in lexicon.words.diseases for sign in heard & names_of(guideline)[entry.record])
