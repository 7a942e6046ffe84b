"""The command to compare claims with their passages, one key a pair."""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from generator import load
from generator.check import differences
from generator.cli.asking import ask_all
from generator.cli.common import fail, fault, main, orcid, today, write_over
from generator.cli.given import read_given
from generator.cli.texts import Texts, refuse_inside, texts_option
from generator.comparing.answers import Answer, AnswerError, export_lines, faults, hold, import_lines, taken
from generator.comparing.pairs import MOST, Batch, draw_batch, due
from generator.evidence.comparisons import current, lapsed, put_in_order, serialise
from generator.evidence.lock import cited_passages
from generator.guideline import Guideline
from generator.problems import did_you_mean
from generator.words import plural
from generator.write import content_of, write_file, writing_alone

HELD = ".cache/compare"
MOST_IMPORTED = 4 * 1024 * 1024  # bytes


@main.command()
@click.argument("named", nargs=-1, metavar="[CLAIM|RECORD]...")
@texts_option
@click.option("--by", callback=orcid, metavar="ORCID", help="Your ORCID iD. Without it nobody is named.")
@click.option("--batch", "size", type=click.IntRange(1, MOST), default=MOST, show_default=True, help="Pairs at most.")
@click.option("--list", "lists", is_flag=True, help="Print how many claims were compared, and which were not.")
@click.option(
    "--tidy", is_flag=True, help="Ask nothing: join what git left of two branches, drop claims that are gone."
)
@click.option(
    "--export", type=click.Path(dir_okay=False, path_type=Path), help="Write the pairs to a file, as JSON lines."
)
@click.option(
    "--import",
    "import_",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Read the answers from a file of JSON lines.",
)
@click.pass_obj
def compare(
    project: Path,
    named: tuple[str, ...],
    texts: Texts | None,
    by: str | None,
    size: int,
    lists: bool,
    tidy: bool,
    export: Path | None,
    import_: Path | None,
) -> None:
    """Compare claims with their passages, and keep what was found in content/comparisons.json.

    Each claim is shown beside its passage, with the sentence before and after it. Does it say what the passage says: no
    more, no less, of the same patients, compared with the same? One key answers. Where a rule sees a difference and you
    agree to the claim all the same, you are asked for the reason.

    Without arguments: the claims that were never compared, or changed since; of a RECORD likewise; a CLAIM is shown in
    any case. With --by also what nobody with an ORCID iD has compared.

    Some pairs are false: the claim was changed on purpose. Answers are held in .cache/ until the batch ends, and count
    if no false pair was agreed to. After `q` the same command goes on where you stopped.

    Without a terminal answers are read line by line: the letter; after `a` a reason for each difference, the first one
    on the same line or on the next. Or --export, and then --import with the same arguments: lines such as
    {"pair": 1, "verdict": "agreed", "because": {"rule": "reason"}}.

    Exit status: 0 the batch counts, or nothing is left to compare; 1 the batch was refused or not finished, or --list
    found claims to compare; 2 wrong usage.
    """
    before = content_of(project / load.COMPARISONS)
    guideline, problems = load.load_guideline(project)
    joined = [one for one in problems if (one.rule, one.place.file) == ("merge-conflict", load.COMPARISONS)]
    if guideline is None or len(problems) > len(joined):
        fail(problems)  # what cannot be read cannot be shown
    ids = _asked(guideline, named, by)
    if lists:
        _print_list(guideline, ids)
    if texts is None and not tidy:
        raise click.UsageError("--texts FOLDER or --texts pubmed is needed: the passages are shown from there")
    if export and import_:
        raise click.UsageError("--export and --import are two steps")
    if not export:
        tidied = serialise(put_in_order(guideline).values())
        if guideline.comparisons or tidied != serialise(()):
            write_over(project, {load.COMPARISONS: tidied}, {load.COMPARISONS: before})
    if tidy:
        return
    at_hand = texts.load(project, [key.pmid for key in cited_passages(guideline)]) if texts else {}
    batch = draw_batch(guideline, ids, at_hand.get, differences, size, _salt(project, by))
    for line in batch.unshown:
        click.echo(f"not shown: {line}", err=True)
    if not batch.pairs:
        click.echo(f"nothing to compare; {plural(len(batch.unshown), 'claim')} cannot be shown", err=True)
        sys.exit(1 if batch.unshown else 0)
    kept = project / HELD / f"{batch.key}.json"
    if export:
        _export(project, batch, export, kept)
    elif import_:
        if not kept.is_file():
            fault("this batch was not exported, or content, texts or arguments changed: export it again")
        try:
            answers = import_lines(batch, read_given(import_, MOST_IMPORTED))
        except (AnswerError, OSError) as error:
            fault(f"{import_}: {error}")
        _finish(project, batch, answers, by, len(ids))
    else:
        _finish(project, batch, list(ask_all(batch, kept)), by, len(ids))


def _asked(guideline: Guideline, named: Sequence[str], by: str | None) -> list[str]:
    """Return the ids of the claims to compare; stop at a name that is neither a claim nor a record."""
    known = {*guideline.claims, *guideline.records}
    for name in named:
        if name not in known:
            raise click.BadParameter(f"no claim or record is named {name!r}. {did_you_mean(name, known)}".strip())
    open_ = set(due(guideline, differences, by))
    return [
        id_
        for id_, entry in guideline.claims.items()
        if id_ in named or (id_ in open_ and (not named or entry.record in named))
    ]


def _print_list(guideline: Guideline, ids: Sequence[str]) -> NoReturn:
    compared = {id_: one for id_, one in current(guideline).items() if id_ in guideline.claims}
    changed = guideline.claims.keys() & lapsed(guideline)
    named = sum(bool(one.by) for one in compared.values())
    click.echo(
        f"{plural(len(guideline.claims), 'claim')}: {named} compared by a reader with an ORCID iD, "
        f"{len(compared) - named} by software or an unnamed reader, {len(changed)} changed since, "
        f"{len(guideline.claims.keys() - guideline.comparisons.keys())} never compared"
    )
    for id_ in ids:
        state = "changed since" if id_ in changed else "again" if id_ in compared else "never compared"
        click.echo(f"{state}: {id_}")
    sys.exit(1 if ids else 0)


def _salt(project: Path, by: str | None) -> str:
    """Return what makes the batches of a reader, and a batch after a refused one, hold other false pairs."""
    refused = project / HELD / "refused"
    return f"{by or ''} {refused.read_text('utf-8') if refused.is_file() else '0'}"


def _keep(project: Path, batch: Batch, answers: Sequence[Answer], by: str | None) -> None:
    """Write the comparisons of a batch among those that are there now: others may have written some meanwhile."""
    with writing_alone(project):
        guideline, problems = load.load_guideline(project)
        if guideline is None or problems:
            fail(problems)
        content = serialise(taken(guideline, batch, answers, by, today()).values())
        if guideline.comparisons or content != serialise(()):
            write_file(project / load.COMPARISONS, content)


def _export(project: Path, batch: Batch, target: Path, kept: Path) -> None:
    if not target.resolve().is_relative_to((project / ".cache").resolve()):
        refuse_inside(target, project)
    write_file(target, export_lines(batch).encode())
    write_file(kept, hold(()))
    click.echo(f"{target}: {plural(len(batch.pairs), 'pair')}", err=True)


def _finish(project: Path, batch: Batch, answers: Sequence[Answer], by: str | None, asked: int) -> NoReturn:
    """Write the comparisons of a batch, or refuse it, and say so."""
    kept = project / HELD / f"{batch.key}.json"
    if missed := faults(batch, answers):
        for line in missed:
            click.echo(line)
        refused = project / HELD / "refused"
        count = int(refused.read_text("utf-8")) if refused.is_file() else 0
        kept.unlink(missing_ok=True)
        write_file(refused, str(count + 1).encode())
        click.echo(
            f"the batch does not count: {plural(len(missed), 'false pair')} missed; nothing was written", err=True
        )
        sys.exit(1)
    _keep(project, batch, answers, by)
    kept.unlink(missing_ok=True)
    for pair, answer in zip(batch.pairs, answers, strict=True):
        if answer.verdict != "agreed" and not pair.altered:
            click.echo(f"{answer.verdict}: {pair.id}")
    true = [answer.verdict for pair, answer in zip(batch.pairs, answers, strict=True) if not pair.altered]
    counts = ", ".join(f"{number} {verdict}" for verdict, number in sorted(Counter(true).items()))
    false = len(batch.pairs) - len(true)
    left = asked - len(true) + true.count("skipped")
    caught = f"{plural(false, 'false pair')}, none missed; {left} left to compare"
    click.echo(f"{plural(len(true), 'claim')}: {counts}; {caught}", err=True)
    sys.exit(0)
