"""Papers that wait are looked up, and taken in with the claims that were prepared for them: all files, or none."""

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import click
from pydantic import ValidationError

from generator import load
from generator.cli.common import fail, fault, read, today
from generator.cli.given import read_given
from generator.cli.prepared import Prepared, names_in, read_prepared, with_any_pmid, with_pmids
from generator.cli.source_file import LATER, left_to_do, named
from generator.cli.taking_in import PENDING, Source, Work, changed_files
from generator.cli.texts import Pubmed
from generator.cli.trying import new_problems, try_files
from generator.evidence.passages import PassageError, longest_copied_run, read_passage
from generator.guideline import Guideline
from generator.limits import COPIED_WORDS
from generator.linked_text import plain_text
from generator.load.records import problems_of, refusals_of
from generator.model import Claim
from generator.places import record_file
from generator.problems import Problem, did_you_mean, format_text, visible
from generator.pubmed.entrez import PubmedError
from generator.pubmed.lookup import contradiction, look_up
from generator.pubmed.reference import AddError, describe
from generator.splicing import SpliceError
from generator.words import plural
from generator.write import WriteError, content_of, write_together, writing_alone
from generator.yaml_source import Document, read_yaml
from generator.yaml_source.decoding import MAX_BYTES


def take_in(project: Path, pubmed: Pubmed, file: Path | None, writes: bool) -> NoReturn:
    """Look up every paper that waits; say what was found, and write it if asked to."""
    known: dict[object, Any] = {}
    work, before = _begin(project, file, known)
    pubmed.folder(project)
    try:
        _look_up_all(work, pubmed)
    except PubmedError as error:
        fault(error)
    _leave_unknown(work)
    _fit_claims(work)
    try:
        files, settle = _try(work, before, known)
        _say(work)
        if writes and files:
            for source in work.sources.values():
                pubmed.keep(project, source.pmid, source.article)
            with writing_alone(project):
                write_together(project, files, {name: work.contents.get(name) for name in files})
            _tell(work, files, settle)
    except SpliceError as error:
        click.echo(f"{error}; nothing was written", err=True)
        sys.exit(1)
    except (OSError, WriteError) as error:
        fault(f"{error}; nothing was written")
    waiting = len(work.guideline.pending)
    counts = f"{len(work.sources)} found, {plural(len(work.claims), 'claim')} with them, {len(work.left)} left"
    dry = "" if writes else "; nothing was written: `--write` takes them in"
    click.echo(f"{plural(waiting, 'paper')} waiting: {counts}{dry}", err=True)
    sys.exit(1 if work.left else 0)


def _begin(project: Path, file: Path | None, known: dict[object, Any]) -> tuple[Work, list[Problem]]:
    """Return what is there and what was prepared, and the problems of the content; exit if it cannot be read."""
    with writing_alone(project):
        guideline, before = read(project, known=known)
        if guideline is None or any(not id_.startswith("references/") for id_ in guideline.unread):
            fail(before)  # what cannot be read would lose what it says
        contents = {name: content_of(project / name) for name in {*guideline.files.values()}}
    contents[load.LOCK] = guideline.lock_file or None
    try:
        raw = read_given(file, MAX_BYTES) if file else b"{}\n"
    except OSError as error:
        fault(f"{file}: {error}")
    document = read_yaml(raw)
    prepared = _read(document, str(file), guideline)
    return Work(project, guideline, contents, prepared, document, str(file)), before


def _read(document: Document, name: str, guideline: Guideline) -> Prepared:
    """Return the prepared claims of a file; print its problems and exit with 1 if it cannot be read."""
    if refused := refusals_of(document, name):
        fail(refused)
    try:
        return read_prepared(document.data, guideline.pending, guideline.claims)
    except ValidationError as error:
        fail(problems_of(error, document, name))


def _say(work: Work) -> None:
    """Say what comes in, and what is left and why."""
    for name, source in work.sources.items():
        click.echo(visible(f"comes in: {name}: PMID {source.pmid}"))
    for id_ in work.claims:
        click.echo(f"claim comes in: {id_}")
    for name, why in work.left.items():
        click.echo(visible(f"left: {name}: {why}", "\n"))


def _look_up_all(work: Work, pubmed: Pubmed) -> None:
    """Look up every paper, and say of each what was found as it comes."""
    entrez = pubmed.entrez
    for name, source in work.guideline.pending.items():
        found = look_up(source, entrez)
        lines = [f"{named(pmid, article.summary)}" for pmid, article in found.articles.items()]
        if len(lines) != 1:
            several = f"{len(lines)} records of PubMed by its {found.by}:" + "".join(f"\n  {line}" for line in lines)
            work.left[name] = several if lines else "not found in PubMed"
            continue
        ((pmid, article),) = found.articles.items()
        click.echo(visible(f"found by its {found.by}: {name}: {lines[0]}"))
        other = next((one for one, there in work.sources.items() if there.pmid == pmid), "")
        wrong = contradiction(source, article.summary)
        if pmid in work.guideline.references or f"references/{pmid}" in work.guideline.unread:
            wrong = f"PMID {pmid} is a reference already: delete it from {PENDING}"
        if wrong or other:
            work.left[name] = wrong or f"PMID {pmid} was found for `{other}` too"
            continue
        try:
            new = describe(pmid, article, work.guideline, today())
        except AddError as error:
            work.left[name] = f"PMID {pmid}: {error}"
            continue
        said = work.prepared.sources[name].values if name in work.prepared.sources else {}
        guesses = {key: word for key, word in new.guesses.items() if key not in said}
        work.sources[name] = Source(pmid, article, replace(new, values={**new.values, **said}, guesses=guesses))


def _leave_unknown(work: Work) -> None:
    """Leave what was prepared for a paper that does not wait; one that a claim which is there cites came in already."""
    claims = (work.document.data or {}).get("claims") or {}
    there = {name for id_ in claims if id_ in work.guideline.claims for name in names_in(claims[id_]).values()}
    known = work.guideline.pending.keys() | there
    for name in (each for each in work.prepared.sources if each not in known):
        work.left[name] = f"{work.line_of('sources', name)}: {_not_waiting(name, work)}"


def _not_waiting(name: str, work: Work) -> str:
    meant = did_you_mean(name, work.guideline.pending)
    return f"no paper that waits is named `{name}`: mistyped, or it came in. {meant}".strip()


def _fit_claims(work: Work) -> None:
    """Take the prepared claims whose papers were found and whose passages stand in what PubMed has of them."""
    waiting = work.guideline.pending
    for id_ in work.prepared.claims:
        raw = work.document.data["claims"][id_]
        names = [str(cite["pmid"]) for cite in raw.get("cites", ())]
        claim = Claim.model_validate(with_any_pmid(with_pmids(raw, work.pmids), waiting))
        unknown = {number: name for number, name in names_in(raw).items() if name not in waiting}
        if lacking := [name for name in names if name in waiting and name not in work.sources]:
            work.left[id_] = f"its paper does not come in: {', '.join(lacking)}"
        elif unknown:
            number, name = next(iter(unknown.items()))
            work.left[id_] = f"{work.line_of('claims', id_, 'cites', number, 'pmid')}: {_not_waiting(name, work)}"
        elif id_.partition("#")[0] not in work.guideline.records:
            work.left[id_] = "there is no such record"
        elif why := _misfit(work, claim):
            work.left[id_] = why
        else:
            work.claims[id_] = claim


def _misfit(work: Work, claim: Claim) -> str:
    """Return why the passages of a claim do not fit; nothing if they do."""
    texts = {source.pmid: source.article.text for source in work.sources.values()}
    for cite in claim.cites:
        if cite.pmid in texts:
            try:
                read_passage(texts[cite.pmid], cite.start, cite.end)
            except PassageError as error:
                return f"PMID {cite.pmid}: {error}"
            run = longest_copied_run(plain_text(claim.text), texts[cite.pmid])
            if run > COPIED_WORDS:
                return f"PMID {cite.pmid}: {run} words in a row stand in its text"
        elif cite.key not in work.guideline.passages:
            return f"PMID {cite.pmid}: its passage is not locked: add the source, or lock it, first"
    return ""


def _try(work: Work, before: list[Problem], known: dict[object, Any]) -> tuple[Mapping[str, bytes], list[Problem]]:
    """Return the files to write, and what is then to be settled elsewhere; leave out what the rules refuse.

    Raises SpliceError where a file cannot be changed by a program.
    """
    while work.sources or work.claims:
        tried = try_files(work.project, dict(changed_files(work, is_tried=True)), work.guideline, known)[1]
        found = [problem for problem in new_problems(before, tried) if problem.rule != LATER]
        blamed = {item: problem for problem in reversed(found) if (item := _blamed(work, problem))}
        if not blamed:
            return dict(changed_files(work)), found
        for item, problem in blamed.items():
            work.left[item] = str(problem)
            work.sources.pop(item, None)
            work.claims.pop(item, None)
        for id_, claim in list(work.claims.items()):
            known_pmids = {*work.guideline.references, *work.pmids.values()}
            if not {cite.pmid for cite in claim.cites} <= known_pmids:
                work.left[id_] = "its paper does not come in"
                del work.claims[id_]
    return {}, []


def _blamed(work: Work, problem: Problem) -> str:
    """Return the paper or the claim that a problem is of; nothing if it is of neither."""
    for name, source in work.sources.items():
        if problem.place.file == record_file(f"references/{source.pmid}"):
            return name
    for id_ in work.claims:
        record, _, claim = id_.partition("#")
        if problem.place.file == work.guideline.files[record] and problem.place.path[:2] == ("claims", claim):
            return id_
    return ""


def _tell(work: Work, files: Mapping[str, bytes], settle: list[Problem]) -> None:
    """Say what was written and what is left to do."""
    for source in work.sources.values():
        click.echo(f"{record_file(f'references/{source.pmid}')}:")
        for line in left_to_do(source.new, work.guideline):
            click.echo(visible(f"  {line}"))
    click.echo(f"{plural(len(files), 'file')} written")
    if settle:
        click.echo("to be settled now:")
        click.echo(format_text(settle), nl=False)
