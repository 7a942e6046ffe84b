"""Commands on changes of content: show what they mean, and record what a version changed."""

import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath

import click

from generator.changes import Change, ChangeList
from generator.check import changes_recorded
from generator.cli.common import fail, fault, github_options, main, read
from generator.guideline import Guideline
from generator.problems import Problem
from generator.review import compare
from generator.review.artifact import ArtifactError, read_artifact
from generator.review.formats import to_html, to_json, to_markdown, to_text
from generator.review.github import GithubError, PullRequest
from generator.review.report import Report, make_report
from generator.revision import RevisionError, commit_of, content_at, departure
from generator.words import plural
from generator.write import write_file

REPORT_FORMATS: dict[str, Callable[[Report], str]] = {
    "markdown": to_markdown,
    "text": to_text,
    "json": to_json,
    "html": lambda report: to_html(report, {}),
}


@main.command()
@click.argument("base")
@click.argument("head", required=False)
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(REPORT_FORMATS)),
    default="markdown",
    show_default=True,
    help="How to print.",
)
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write comment.md, report.json and index.html there instead; the page links to sites in before/ and after/.",
)
@click.pass_obj
def review(project: Path, base: str, head: str | None, format_: str, folder: Path | None) -> None:
    """Say what a change of content means in medicine, what it rests on and what it touches.

    BASE and HEAD are revisions of git, or folders that hold content/; without HEAD it is the content as it stands here.
    Of a revision BASE, the commit taken is the one where HEAD departs from it: what others have added to BASE since is
    no change. Broken content on either side is reported, and the rest is compared. Exit status 1 if HEAD has problems.
    """
    taken, name = _taken(project, base, head)
    before, old_problems = _load(project, taken)
    after, new_problems = _load(project, head) if head else read(project)
    report = make_report(before, after, (name, head or "the content as it stands"), (old_problems, new_problems))
    if folder:
        pages = {path: _sides(folder, path) for _, path in report.pages}
        for name, text in (
            ("comment.md", to_markdown(report)),
            ("report.json", to_json(report)),
            ("index.html", to_html(report, pages)),
        ):
            write_file(folder / name, text.encode())
    else:
        click.echo(REPORT_FORMATS[format_](report), nl=False)
    click.echo(f"{plural(report.count, 'change')}, {plural(len(report.problems), 'problem')}", err=True)
    sys.exit(1 if report.problems else 0)


def _sides(folder: Path, path: str) -> tuple[str, str]:
    """Return the links to a page before and after, each empty where that site lacks the page."""
    names = [f"{side}/{path}index.html" for side in ("before", "after")]
    before, after = (name if (folder / name).is_file() else "" for name in names)
    return before, after


@main.command("record-changes")
@click.argument("base", required=False)
@click.option("--again", is_flag=True, help="Record the newest version anew: nobody was given it as it was recorded.")
@click.pass_obj
def record_changes(project: Path, base: str | None, again: bool) -> None:
    """Write content/changes/<version>.json: what the version in guideline.yaml changes since BASE.

    BASE is a revision of git, or a folder that holds content/. Set the new version and date first. Without BASE it is
    the first version. A version that is recorded is not recorded otherwise: whoever was given it would be told that
    it is another. Where the content changes before a version is given out, say so with `--again`.
    """
    after, problems = read(project)
    problems = [problem for problem in problems if problem.rule != changes_recorded.ID]
    if after is None or problems:
        fail(problems)
    version = after.about.version.partition("+")[0]
    recorded = next((changes for changes in after.changes if changes.version == version), None)
    if recorded and recorded.content != after.fingerprint and not again:
        fault(
            f"version {version} is recorded, and the content is no longer what it was: raise `version` and set `date` "
            f"in content/guideline.yaml; if nobody was given {version} as it was recorded, `--again` records it anew"
        )
    earlier = [changes for changes in after.changes if changes.version != version]
    changes: tuple[Change, ...] = ()
    if base is not None:
        before, _ = _load(project, base)
        since = earlier[0].version if earlier else None
        if before is None:
            fault(f"the content of {base} cannot be read")
        if before.about.version != since:
            fault(
                f"{base} is version {before.about.version}, and the one before {version} is {since or 'not recorded'}"
            )
        changes = compare(before, after)
    elif earlier:
        fault(f"version {earlier[0].version} is recorded: name the revision that it was given out from")
    record = ChangeList(
        version=version,
        date=after.about.date,
        since=earlier[0].version if earlier else None,
        content=after.fingerprint,
        changes=changes,
    )
    target = project / "content/changes" / f"{version}.json"
    write_file(target, (record.model_dump_json(indent=1) + "\n").encode())
    click.echo(f"{target}: {plural(len(changes), 'change')}", err=True)


def _taken(project: Path, base: str, head: str | None) -> tuple[str, str]:
    """Return what to compare with and how to name it: of a revision, the commit where HEAD departs, which is told."""
    if any(name and _is_folder(name) for name in (base, head)):
        return base, base
    try:
        commit = departure(project, base, head or "HEAD")
        moved_on = commit_of(project, base) != commit
    except RevisionError as error:
        fault(error)
    click.echo(f"compared with commit {commit[:12]}, where {head or 'HEAD'} departs from {base}", err=True)
    return commit, f"where {head or 'HEAD'} departs from {base} ({commit[:12]})" if moved_on else base


def _is_folder(name: str) -> bool:
    return (Path(name) / "content").is_dir()


def _load(project: Path, name: str) -> tuple[Guideline | None, list[Problem]]:
    """Return the guideline and the problems of a revision, or of a folder."""
    if name and _is_folder(name):
        return read(Path(name))
    try:
        files = content_at(project, name)
    except RevisionError as error:
        fault(error)
    return _read_files(files)


def _read_files(files: Mapping[PurePosixPath, bytes]) -> tuple[Guideline | None, list[Problem]]:
    with tempfile.TemporaryDirectory() as folder:
        for path, content in files.items():
            write_file(Path(folder) / path, content)
        return read(Path(folder), from_git=True)


@main.command()
@click.option(
    "--artifact",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    required=True,
    help="The zip that the check of the pull request left: content/ and pull-request.json.",
)
@click.option("--head-sha", required=True, help="The commit that was checked, as GitHub names it.")
@github_options("comment")
@click.pass_obj
def comment(project: Path, artifact: Path, head_sha: str, repository: str, server: str, token: str) -> None:
    """Write the review of a pull request as one comment, kept up to date, and set the label of its impact.

    The content of the pull request is compared, by the code here, with that of the commit from which it departs, which
    has to be in the history here. The zip is data of a stranger: it is read only where GitHub lists the same bytes for
    the commit. Exit status 2, and nothing written, where it is not what it should be; 2 as well where GitHub fails.
    """
    try:
        number, files = read_artifact(artifact.read_bytes())
        pull_request = PullRequest(server, repository, number, token, time.sleep)
        base = pull_request.base_of(pull_request.refuse_another(head_sha), head_sha)
        pull_request.refuse_other_content(head_sha, files)
        before, old_problems = _read_files(content_at(project, base))
        after, new_problems = _read_files(files)
        names = (f"where this pull request departs ({base[:12]})", f"its newest commit ({head_sha[:12]})")
        report = make_report(before, after, names, (old_problems, new_problems))
        done = pull_request.comment(to_markdown(report))
        pull_request.label(report.impact)
    except (ArtifactError, GithubError, RevisionError, OSError) as error:
        fault(error)
    click.echo(f"comment {done}: {plural(report.count, 'change')}, impact {report.impact_name or 'none'}", err=True)
