"""Changes of the hand-written pages, by sentences, and of which of them are approved.

They are no changes of content: the recorded changes of a version leave them out.
"""

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from itertools import zip_longest

from generator.changes import Change
from generator.guideline import Guideline
from generator.handwritten import sentences_in


def page_changes(before: Guideline, after: Guideline) -> Iterator[Change]:
    """Yield each sentence that came, went or changed, page by page, and each approval that did."""
    unread = before.unread | after.unread
    for file in dict.fromkeys([*before.handwritten, *after.handwritten]):
        if file not in unread:
            old, new = (_sentences(version.handwritten, file) for version in (before, after))
            matcher = SequenceMatcher(None, old, new, autojunk=False)
            for operation, i, j, k, m in matcher.get_opcodes():
                if operation != "equal":
                    for was, now in zip_longest(old[i:j], new[k:m], fillvalue=""):
                        yield _change(file, was, now)
    if "approved-sentences" not in unread:
        for file in dict.fromkeys([*before.approved, *after.approved]):
            reasons = before.approved.get(file, {}), after.approved.get(file, {})
            for hash_ in dict.fromkeys([*reasons[0], *reasons[1]]):
                if reasons[0].get(hash_) != reasons[1].get(hash_):
                    note = f"approved as no medicine: {_words(hash_, file, before, after)}"
                    yield _change(file, reasons[0].get(hash_, ""), reasons[1].get(hash_, ""), note)


def _change(file: str, before: str, after: str, *notes: str) -> Change:
    return Change.of("page-changed", "wording", file, f"Page: {file}", before, after, notes)


def _sentences(pages: Mapping[str, str], file: str) -> list[str]:
    return [sentence.text for sentence in sentences_in(file, pages.get(file, ""))]


def _words(hash_: str, file: str, *versions: Guideline) -> str:
    """Return the sentence that a hash approves, or the hash where neither version has it."""
    for version in versions:
        for sentence in sentences_in(file, version.handwritten.get(file, "")):
            if sentence.sha256 == hash_:
                return sentence.text
    return hash_
