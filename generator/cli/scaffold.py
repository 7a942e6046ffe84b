"""The command that begins a record, a claim or a reference: what is to fill in stays empty, so `check` names it."""

import textwrap
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import click
from pydantic import TypeAdapter, ValidationError

from generator.cli.common import fault, is_linked, main, read_or_exit, write_over
from generator.fields import ClaimId, Pmid, Slug
from generator.guideline import Guideline
from generator.model import Citation, Claim, Record
from generator.places import record_file
from generator.profile import kind_of
from generator.refusing import Matching, Model
from generator.sources import Reference
from generator.splicing import ClaimThereError, SpliceError, with_claim
from generator.vocabulary import InVocabulary

CLAIM, REFERENCE = "claim", "reference"
FIXED = {"standing": "unreviewed", "retraction": "{state: unchecked, checked_on: null}"}
"""What a new file says truly of itself."""

NAMELESS = "NAME"
"""The key of a new record's first claim, which is no id, so that `check` asks for one."""


@main.command()
@click.argument("what")
@click.argument("name")
@click.pass_obj
def new(project: Path, what: str, name: str) -> None:
    """Begin a record, a claim or a reference, for `check` to say what is to be filled in.

    WHAT is `claim`, `reference`, or a kind of record as the profile names one of them, or its folder.
    NAME is the id of a record (`name`), of a claim (`folder/name#claim`), which is added to
    the end of its record, or the PMID of a source. Nothing that exists is overwritten.
    """
    guideline = read_or_exit(project, needs_clean=False)
    if known := guideline.profile.kinds.get(what):
        what = known.name
    try:
        file = _add_claim(project, name, guideline) if what == CLAIM else _add_file(project, what, name, guideline)
    except OSError as error:
        fault(error)
    click.echo(f"{file}: written. Fill in what `check` names.", err=True)


def _add_file(project: Path, what: str, name: str, guideline: Guideline) -> str:
    file = _file_of(what, name, guideline)
    if (project / file).exists():
        raise click.BadParameter(f"{file} exists", param_hint="NAME")
    _refuse_link(project, file)
    write_over(project, {file: make_file(what, guideline).encode()}, {file: None})
    return file


def _add_claim(project: Path, name: str, guideline: Guideline) -> str:
    record, _, claim = _valid(TypeAdapter(ClaimId), name).partition("#")
    file = record_file(record)
    if kind_of(record) not in guideline.profile.kinds or not (project / file).is_file():
        raise click.BadParameter(f"there is no record {file}", param_hint="NAME")
    _refuse_link(project, file)
    before = (project / file).read_bytes()
    write_over(project, {file: _with_claim(file, before, claim, guideline)}, {file: before})
    return file


def _refuse_link(project: Path, file: str) -> None:
    if is_linked(project, file):
        fault(f"{file} is, or stands in, a symbolic link")


def _file_of(what: str, id_: str, guideline: Guideline) -> str:
    """Return the file of a new reference or record."""
    if what == REFERENCE:
        return record_file(f"references/{_valid(TypeAdapter(Pmid), id_)}")
    kinds = {kind.name: folder for folder, kind in guideline.profile.kinds.items()}
    if what not in kinds:
        known = ", ".join((*kinds, CLAIM, REFERENCE))
        raise click.BadParameter(f"'{what}' is none of {known}", param_hint="WHAT")
    if id_ == "index":
        raise click.BadParameter("'index' is the name of the page that lists the records", param_hint="NAME")
    return record_file(f"{kinds[what]}/{_valid(TypeAdapter(Slug), id_)}")


def make_file(
    what: str,
    guideline: Guideline,
    filled: Mapping[str, str] = MappingProxyType({}),
    remarks: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Return the text of a new file: each required key with what goes there; of a reference, the others as null.

    `filled` has what is known, as YAML, and `remarks` what is said of it in a comment, each by its key.
    """
    type_: type[Model] = Reference if what == REFERENCE else Record
    kind = next((id_ for id_, kind in guideline.profile.kinds.items() if kind.name == what), "")
    lines = [f"# yaml-language-server: $schema=../../docs/schema/{what}.schema.json"]
    for key, field in type_.model_fields.items():
        lines += [f"# {remarks[key]}"] if key in remarks else []
        if key in filled:
            lines.append(f"{key}: {filled[key]}".rstrip())
        elif key == "claims":
            lines += ["claims:", "", *make_claim(NAMELESS, guideline)]
        elif field.is_required():
            lines += [*_comment(type_, key, guideline, kind=kind), f"{key}: {FIXED.get(key, '')}".rstrip()]
        elif type_ is Reference and field.default is None:
            lines.append(f"{key}: null")
    return "\n".join(lines) + "\n"


def make_claim(name: str, guideline: Guideline) -> list[str]:
    """Return the lines of a new claim below `claims:`, with one citation."""
    lines = [f"  {name}:"]
    for key in ("kind", "text"):
        lines += [*_comment(Claim, key, guideline, "    "), f"    {key}:"]
    lines += [*_comment(Claim, "cites", guideline, "    "), "    cites:"]
    lines += [*_comment(Citation, "pmid", guideline, "      "), "      - pmid:"]
    for key in ("start", "end"):
        lines += [*_comment(Citation, key, guideline, "        "), f"        {Citation.model_fields[key].alias}:"]
    return lines


def _comment(type_: type[Model], key: str, guideline: Guideline, indent: str = "", kind: str = "") -> list[str]:
    """Return what a key takes, as lines of comment: its description, the terms allowed, or how to mend a wrong one."""
    field = type_.model_fields[key]
    text = field.description or ""
    if isinstance(field.annotation, type) and issubclass(field.annotation, Model):
        text = text or field.annotation.__doc__ or ""
    for mark in field.metadata:
        if isinstance(mark, InVocabulary):
            text = f"One of {', '.join(guideline.terms_of(mark.section, kind))}."
        elif isinstance(mark, Matching):
            text = text or mark.fix
    start = f"{indent}# "
    return textwrap.wrap(text, 118, initial_indent=start, subsequent_indent=start, break_on_hyphens=False)


def _with_claim(file: str, before: bytes, name: str, guideline: Guideline) -> bytes:
    """Return a record with a new claim at its end."""
    empty = {"kind": None, "text": None, "cites": ({"pmid": None, "from": None, "to": None},)}
    try:
        return with_claim(before, name, make_claim(name, guideline), empty)
    except ClaimThereError as error:
        raise click.BadParameter(str(error), param_hint="NAME") from None
    except SpliceError as error:
        fault(f"{file}: {error}")


def _valid(type_: TypeAdapter[str], value: str) -> str:
    """Return a value that fits a type of field; otherwise stop with what `check` would say of it."""
    try:
        return type_.validate_python(value)
    except ValidationError as error:
        details = error.errors()[0]
        said = f"{details['ctx']['wrong']}. {details['ctx']['fix']} [{details['type']}]"
        raise click.BadParameter(said, param_hint="NAME") from None
