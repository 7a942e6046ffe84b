"""Commands on the content: check it, write its pages, its schemas and its lock, explain a rule."""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import click

from generator import load
from generator.cli.calling import WRITTEN, as_called
from generator.cli.common import EXPLAIN, all_rules, fail, main, read, read_or_exit, today, write_over
from generator.cli.texts import Texts, texts_option
from generator.evidence.lock import cited_passages, serialise, update_lock
from generator.handwritten import approvals
from generator.meaning.uncompared import not_compared
from generator.problems import PROBLEM_FORMATS, Problem, format_sarif, visible
from generator.schema import make_schemas
from generator.words import plural
from generator.write import content_of, write_file

CHECK_FORMATS: dict[str, Callable[[list[Problem]], str]] = {
    **PROBLEM_FORMATS,
    "sarif": lambda problems: format_sarif(problems, all_rules()),
}

FEW = 6
"""So many placeholders are listed unasked: a longer list would hide the verdict above it."""


@main.command()
@click.option(
    "--format", "format_", type=click.Choice(list(CHECK_FORMATS)), default="text", help="How to print problems."
)
@click.option(
    "--placeholders", "lists_all", is_flag=True, help="List every placeholder of a new guideline that is left."
)
@click.pass_obj
def check(project: Path, format_: str, lists_all: bool) -> None:
    """Report every problem of the content: file, line, what is wrong, how to mend it, and the rule.

    Exit status 1 where there is one. `explain RULE` tells more about a rule. What no word of content/signs.yaml lets be
    compared with passages is said, and placeholders of a new guideline that are left are counted; neither is a problem.
    """
    guideline, problems = read(project)
    click.echo(as_called(CHECK_FORMATS[format_](problems)), nl=False)
    placeholders = load.read_placeholders(project, guideline) if guideline else []
    if guideline and not problems:
        click.echo(
            f"{plural(len(guideline.records), 'record')}, {plural(len(guideline.claims), 'claim')}, "
            f"{plural(len(guideline.references), 'reference')}: no problem",
            err=True,
        )
    else:
        click.echo(as_called(f"{plural(len(problems), 'problem')}; {EXPLAIN}"), err=True)
    if guideline and "signs" not in guideline.unread and (missing := not_compared(guideline)):
        click.echo(missing, err=True)
    if placeholders:
        click.echo(f"{plural(len(placeholders), 'placeholder')} of a new guideline to be replaced:", err=True)
    named = placeholders if lists_all or len(placeholders) <= FEW else placeholders[: FEW - 1]
    for file, line, words in named:
        click.echo(visible(f"  {file}:{line}: {words}"), err=True)
    if len(named) < len(placeholders):
        click.echo(f"  and {len(placeholders) - len(named)} more, which `check --placeholders` lists", err=True)
    if problems:
        sys.exit(1)


@main.command()
@click.option("--released", is_flag=True, help="Exit with 1 where the content is not as its version was recorded.")
@click.pass_obj
def version(project: Path, released: bool) -> None:
    """Print the version of the content; with a fingerprint where it is not as that version was recorded."""
    found = read_or_exit(project, needs_clean=True).about.version
    click.echo(found)
    sys.exit(1 if released and "+" in found else 0)


@main.command("approve-sentences")
@click.option("--write", "writes", is_flag=True, help="Write them to the file, with an empty reason for each new one.")
@click.pass_obj
def approve_sentences(project: Path, writes: bool) -> None:
    """Print the sentences of hand-written pages that name the topic, for content/approved-sentences.yaml.

    Nothing is approved by this: `check` asks for the reason why a sentence says no medicine, and a person who has read
    it gives one. An entry whose sentence is gone is left out.
    """
    target = "content/approved-sentences.yaml"
    before = content_of(project / target)
    guideline, problems = read(project)
    if guideline is None or "approved-sentences" in guideline.unread:
        fail(problems)
    content = approvals(guideline)
    if writes:
        write_over(project, {target: content}, {target: before})
        click.echo(f"{target}: {'unchanged' if content == before else 'written'}", err=True)
    else:
        click.echo(content, nl=False)


@main.command()
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit with 1 where a schema is out of date.")
@click.pass_obj
def schema(project: Path, only_check: bool) -> None:
    """Write the JSON Schemas that editors use to docs/schema/."""
    guideline = read_or_exit(project, needs_clean=False)
    stale = 0
    for path, content in make_schemas(guideline).items():
        target = project / path
        if only_check:
            if not target.is_file() or target.read_bytes() != content:
                stale += 1
                click.echo(as_called(f"{path}: out of date. Run `{WRITTEN} schema`."))
        elif write_file(target, content):
            click.echo(f"{path}: written", err=True)
    sys.exit(1 if stale else 0)


@main.command()
@texts_option
@click.option(
    "--readings",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with notes of readings, one `<pmid>.yaml` each: facts with start, end, sha256, words, figures.",
)
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit with 1 where the lock would change.")
@click.pass_obj
def lock(project: Path, texts: Texts | None, readings: Path | None, only_check: bool) -> None:
    """Bring content/passages.lock.json up to date with the citations.

    Each cited passage is located in its source's text and fingerprinted. Without a text, what is locked is kept and
    what is new is reported. Where git has merged two branches, or left its markers, the rows of both sides are joined.
    A new guideline has no lock yet: the first is made of the texts.
    What a passage means is read too: quantities, signs of `content/signs.yaml`, its part of the text and its edges.
    Says which texts name neither title, DOI nor PMID of their source, and reports claims that copy more than eight
    words in a row from a text.
    """
    guideline, problems = load.load_guideline(project)
    disputed = [problem for problem in problems if problem.rule == "lock-contradiction"]
    mended = {"merge-conflict", "missing-file"} if texts or readings else {"merge-conflict"}
    in_lock = [problem for problem in problems if problem.rule in mended and problem.place.file == load.LOCK]
    if guideline is None or len(problems) > len(disputed) + len(in_lock):
        fail(problems)  # what cannot be read would lose its passages
    unsure = {problem.place.path for problem in disputed}
    sure = {key: passage for key, passage in guideline.passages.items() if key not in unsure}
    guideline = replace(guideline, passages=sure)
    at_hand = texts.load(project, [key.pmid for key in cited_passages(guideline)]) if texts else {}
    passages, report = update_lock(guideline, at_hand, load.load_readings(readings), today())
    for heading, lines in (
        ("passage changed in its text", report.changed),
        ("not locked", report.unlocked),
        ("copied", report.copied),
    ):
        for line in lines:
            click.echo(f"{heading}: {line}")
    if report.unnamed:
        click.echo(
            f"whose text it is, only the file's name says (no title, DOI or PMID in it): {', '.join(report.unnamed)}",
            err=True,
        )
    found = {passage.key for passage in passages}
    if lost := [p for p in disputed if p.place.path in cited_passages(guideline) and p.place.path not in found]:
        fail(lost)
    content = serialise(passages)
    if not only_check:
        write_over(project, {load.LOCK: content}, {load.LOCK: guideline.lock_file or None})
    click.echo(
        f"{plural(len(passages), 'passage')}: {report.located} located in texts, {report.read} from readings, "
        f"{report.kept} kept, {len(report.unlocked)} not locked",
        err=True,
    )
    sys.exit(1 if report.unlocked or report.copied or (only_check and content != guideline.lock_file) else 0)


@main.command()
@click.argument("rule", required=False)
def explain(rule: str | None) -> None:
    """Say what RULE asks and why; without RULE, list all rules."""
    rules = all_rules()
    if rule is None:
        width = max(map(len, rules))
        for name, text in rules.items():
            click.echo(as_called(f"{name:{width}}  {text.splitlines()[0]}"))
    elif rule in rules:
        click.echo(as_called(f"{rule}\n\n{rules[rule]}"))
    else:
        raise click.BadParameter(as_called(f"no rule is named {rule!r}; `{WRITTEN} explain` lists them"))
