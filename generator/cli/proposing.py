"""The command that puts a proposal into the content: a stranger's text in, one file changed or none."""

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import click
from pydantic import ValidationError

from generator.cli.calling import as_called
from generator.cli.common import EXPLAIN, fault, is_linked, main, read, today
from generator.cli.given import read_given
from generator.cli.trying import new_problems, try_files
from generator.fields import ANSWER
from generator.guideline import Guideline
from generator.load.records import problems_of, refusals_of
from generator.places import Place, record_file
from generator.problems import Problem, did_you_mean, format_text, in_order, visible
from generator.profile import kind_of
from generator.proposals import outcome
from generator.proposals.emit import to_lines
from generator.proposals.insert import make_reference, put_answer
from generator.proposals.letter import RULE, read_letter, refuse_hidden, refuse_kind
from generator.proposals.model import (
    PROPOSAL,
    QUOTED,
    Proposal,
    ProposedAnswer,
    ProposedClaim,
    ProposedSource,
    ReportedError,
)
from generator.sources import Retraction
from generator.splicing import SpliceError, with_claim
from generator.words import plural
from generator.write import WriteError, write_file, write_together, writing_alone
from generator.yaml_source import Document
from generator.yaml_source.decoding import MAX_BYTES


@main.command("apply-proposal")
@click.argument("letter", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--outcome", "said", type=click.Path(dir_okay=False, path_type=Path), help="Write what came of it there.")
@click.pass_obj
def apply_proposal(project: Path, letter: Path, said: Path | None) -> None:
    """Put a proposal into the content: what the form made, or the text of the issue that it came in.

    FILE is read as a stranger's. Nothing is written if the content would have problems that it does not have now, but
    for those that only an editor with the source at hand can settle, which are named. Exit status 1 if it is refused.
    """
    try:
        try:
            raw = read_given(letter, MAX_BYTES)
        except OSError as error:
            raise _refused(letter.name, str(error), "Make it anew on the form.") from None
        with writing_alone(project):
            taken = take(project, raw, letter.name, {})
            if taken.file:
                write_together(project, {taken.file: taken.content}, {taken.file: taken.before})
    except RefusedError as refused:
        click.echo(as_called(format_text(refused.problems)), nl=False, err=True)
        count = plural(len(refused.problems), "problem")
        click.echo(as_called(f"{count}: nothing was written; {EXPLAIN}"), err=True)
        if said:
            write_file(said, outcome.refused(refused.problems).encode())
        sys.exit(1)
    except (OSError, WriteError) as error:
        fault(error)
    applied = taken.file, taken.later, taken.proposal.note, taken.dropped
    words = outcome.applied(*applied) if taken.file else outcome.reported(taken.letter)
    click.echo(as_called(visible(words, "\n")), nl=False, err=True)
    if said:
        write_file(said, words.encode())


class Taken(NamedTuple):
    """What a proposal does: the file that it changes, what is in it then and was before, and what is left to an editor.

    A report of an error changes no file; its letter is all that there is.
    """

    proposal: Proposal
    letter: Mapping[str, Any]
    file: str
    content: bytes
    before: bytes | None
    later: list[Problem]
    dropped: list[str]


class RefusedError(Exception):
    """A proposal that is not applied, with its problems."""

    def __init__(self, problems: list[Problem]):
        super().__init__(len(problems))
        self.problems = in_order(problems)


def take(project: Path, raw: bytes, name: str, known: dict[object, Any]) -> Taken:
    """Return what the proposal in a file of some name would do to the content of a project; write nothing.

    `known` remembers what was read, as `read` does it. Raises RefusedError.
    """
    guideline, before = read(project, known=known)
    if guideline is None:
        raise RefusedError(before)
    proposal, document = _read(raw, name)
    if isinstance(proposal, ReportedError):
        if found := _wrong_places(proposal, document, guideline, name):
            raise RefusedError(found)
        return Taken(proposal, document.data, "", b"", None, [], [])
    file, before_it, content = _placed(project, proposal, document, guideline, name)
    new = new_problems(before, try_files(project, {file: content}, guideline, known)[1])
    later = outcome.LATER | (outcome.LATER_OF_ANSWERS if isinstance(proposal, ProposedClaim) else {})
    if refused := [problem for problem in new if problem.rule not in later]:
        raise RefusedError(refused)
    if isinstance(proposal, ProposedClaim) and re.search(QUOTED, proposal.content.text):
        path = ("content", "text")
        wrong, fix = "nine words or more stand between quotation marks", "Say it in your own words."
        raise RefusedError([Problem(RULE, wrong, fix, Place(name, document.line_of(path), path))])
    if problem := refuse_hidden(raw, name):
        raise RefusedError([problem])
    there = guideline.records[proposal.record].answers.get(proposal.name) if proposal.what == "answer" else None
    dropped = outcome.dropped(there, proposal.content) if there and isinstance(proposal, ProposedAnswer) else []
    return Taken(proposal, document.data, file, content, before_it, new, dropped)


def _read(raw: bytes, name: str) -> tuple[Proposal, Document]:
    document = read_letter(raw)
    if refused := refusals_of(document, name):
        raise RefusedError(refused)
    if problem := refuse_kind(document, name):
        raise RefusedError([problem])
    try:
        return PROPOSAL.validate_python(document.data), document
    except ValidationError as error:
        raise RefusedError(problems_of(error, document, name)) from None


def _wrong_places(report: ReportedError, document: Document, guideline: Guideline, name: str) -> list[Problem]:
    """Return a problem if what is reported as wrong is not there."""
    record, claim = report.record, report.name
    folder, _, pmid = record.partition("/")
    if folder == "references":
        names: list[str] | None = [] if pmid in guideline.references else None
    elif record in guideline.records:
        answers = [f"{ANSWER}{question}" for question in guideline.profile.questions_of(kind_of(record))]
        names = [*(entry.name for entry in guideline.claims_by_record.get(record, ())), *answers]
    else:
        names = None
    if names is None:
        wrong, fix, key = f"there is no record `{record}`", "Name one by its address, such as folder/name.", "record"
    elif claim is not None and claim not in names:
        fix = did_you_mean(claim, names) or "Write what its `#` links to, or leave it out."
        wrong, key = f"`{record}` has nothing of the name `{claim}`", "name"
    else:
        return []
    return [Problem(RULE, wrong, fix, Place(name, document.line_of((key,)), (key,)))]


def _placed(
    project: Path,
    proposal: ProposedClaim | ProposedAnswer | ProposedSource,
    document: Document,
    guideline: Guideline,
    name: str,
) -> tuple[str, bytes | None, bytes]:
    """Return the file that a proposal changes, what is in it now, and what is in it then."""
    content = document.data["content"]
    if isinstance(proposal, ProposedSource):
        file = record_file(f"references/{proposal.pmid}")
        if (project / file).exists():
            raise _refused(name, f"PMID {proposal.pmid} is among the references", "Report an error of it instead.")
        if is_linked(project, file):
            raise _refused(name, f"{file} is, or stands in, a symbolic link", "Put the file itself there.")
        said = _retraction(proposal.content.retraction, content, name)
        return file, None, make_reference({**content, "retraction": said})
    record, file = proposal.record, record_file(proposal.record)
    if record not in guideline.records:
        raise _refused(name, f"there is no record `{record}` that can be read", "Choose one of the form.")
    before = (project / file).read_bytes()
    try:
        if isinstance(proposal, ProposedClaim):
            lines = to_lines({proposal.name: content}, depth=1)
            return file, before, with_claim(before, proposal.name, lines, content)
        questions = [*guideline.profile.questions_of(kind_of(record))]
        return file, before, put_answer(before, proposal.name, content, questions)
    except SpliceError as error:
        raise _refused(name, f"{file}: {error}", "An editor writes it by hand.") from None


def _retraction(said: Retraction, content: Mapping[str, Any], name: str) -> Any:
    """Return what is written of notices: that none was found is for this project's own look to say."""
    if said.state == "none-found" and said.checked_on:
        return {"state": "unchecked"}
    if said.checked_on and said.checked_on > today():
        raise _refused(name, f"`checked_on` is {said.checked_on}, after today", "Say on which day you looked.")
    return content["retraction"]


def _refused(name: str, wrong: str, fix: str) -> RefusedError:
    return RefusedError([Problem(RULE, wrong, fix, Place(name, 1))])
