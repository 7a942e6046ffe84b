"""What comes of a review at the desk: comparisons and a standing, written and committed, or a file that is sent."""

import re
from collections.abc import Iterable
from pathlib import Path

import click

from generator import load
from generator.check import differences
from generator.cli.common import fail, fault, today
from generator.cli.given import read_given
from generator.cli.texts import Texts
from generator.desk.queue import sources_of
from generator.desk.sent import (
    MOST_BYTES,
    Sent,
    SentError,
    comparisons_with,
    from_bytes,
    review_of,
    texts_of,
    to_bytes,
    with_standing,
)
from generator.desk.session import copied
from generator.guideline import Guideline
from generator.places import record_file
from generator.proposals.model import QUOTED
from generator.revision import RevisionError, changed_files, commit_files
from generator.words import plural
from generator.write import WriteError, content_of, write_file, write_together, writing_alone


class NotCommittedError(Exception):
    """Git did not commit what was written all the same: `said` tells what, in words, and the message how to go on."""

    def __init__(self, said: list[str], files: Iterable[str], error: RevisionError):
        how = f"Commit them by hand (`git commit -- {' '.join(files)}`)"
        super().__init__(f"the files are written and not committed: {error}. {how}; do not take the review in again")
        self.said = said


def read_clean(project: Path) -> Guideline:
    """Return the content; exit with its problems if it cannot be read whole."""
    guideline, problems = load.load_guideline(project)
    if guideline is None or problems:
        fail(problems)
    return guideline


def _files_of(record: str) -> list[str]:
    return [load.COMPARISONS, record_file(record)]


def refuse_changed(project: Path, record: str) -> None:
    """Raise SentError if a commit would hold what somebody else changed."""
    try:
        changed = changed_files(project, _files_of(record))
    except RevisionError as error:
        raise SentError(str(error)) from None
    if changed:
        raise SentError(f"{', '.join(changed)}: changed and not committed; commit that first, or leave out --commit")


def send(sent: Sent, target: Path) -> list[str]:
    """Write what a review found to a file, and return what is to be done with it, in words."""
    write_file(target, to_bytes(sent))
    return [f"{target}: written. Send it to those who keep the guideline; they take it in with `desk --take`."]


def take_in(project: Path, source: Path, texts: Texts | None, commit: bool) -> None:
    """Take in a file that was sent, and say what was written and what was not looked at; exit if it does not fit."""
    try:
        sent = from_bytes(read_given(source, MOST_BYTES))
        unchecked = _refuse_copies(project, sent, texts)
        said = apply_sent(project, sent, commit)
    except NotCommittedError as error:
        _tell(error.said, unchecked)
        fault(error)
    except (SentError, OSError, WriteError) as error:
        fault(f"{source}: {error}; nothing was written")
    _tell(said, unchecked)


def _tell(said: list[str], unchecked: str) -> None:
    for line in said:
        click.echo(line)
    if unchecked:
        click.echo(f"not checked, whether notes, reasons and interests copy a source: {unchecked}", err=True)


def _refuse_copies(project: Path, sent: Sent, texts: Texts | None) -> str:
    """Raise SentError if a reader wrote down a sentence of a source; return what could not be looked at, in words."""
    if texts is None:
        if any(re.search(QUOTED, text) for text in texts_of(sent)):
            raise SentError("a note, a reason or the interests quote more than eight words: take it in with --texts")
        return "no --texts"
    guideline = read_clean(project)
    if sent.record not in guideline.records:
        return "no such record"
    pmids = sources_of(sent.record, guideline)
    at_hand = texts.load(project, pmids)
    if wrong := copied(texts_of(sent), pmids, at_hand.get):
        raise SentError(wrong)
    return ", ".join(f"no text of PMID {pmid}" for pmid in pmids if pmid not in at_hand)


def apply_sent(project: Path, sent: Sent, commit: bool) -> list[str]:
    """Write what a review found, if it fits the content as it is now; return what was written.

    Nobody else takes in a review meanwhile. A file that is changed meanwhile by hand stays as it is. Raises SentError,
    OSError and WriteError where nothing was written, and NotCommittedError where it was and git refused the commit.
    """
    with writing_alone(project):
        before = {name: content_of(project / name) for name in _files_of(sent.record)}
        guideline, problems = load.load_guideline(project)
        if guideline is None or problems:
            raise SentError(f"the content cannot be read: {problems[0]}")
        changed = {load.COMPARISONS: comparisons_with(sent, guideline, differences, today())}
        if review := review_of(sent, guideline):
            record = record_file(sent.record)
            changed[record] = with_standing((project / record).read_bytes(), review)
        if commit:
            refuse_changed(project, sent.record)
        write_together(project, changed, {name: before[name] for name in changed})
        said = [f"{name}: written" for name in changed]
        stands = f"is reviewed by {sent.by}" if review else "stays as it was: this is no review"
        said.append(f"{sent.record} {stands}")
        if commit:
            try:
                named = commit_files(project, list(changed), _message(sent, review is not None))
            except RevisionError as error:
                raise NotCommittedError(said, changed, error) from None
            said.append(f"commit {named}")
        return said


def _message(sent: Sent, reviewed: bool) -> str:
    agreed = sum(one.verdict == "agreed" for one in sent.found)
    who = sent.by or "an unnamed reader"
    what = f"Review {sent.record}" if reviewed else f"Compare {sent.record} with its passages"
    counted = f"{agreed} of {plural(len(sent.found), 'answer or claim', 'answers and claims')} agreed"
    return f"{what}\n\n{counted}, by {who}.\n"
