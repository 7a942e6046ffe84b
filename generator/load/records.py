"""Records and the other files of YAML in `content/`, each to its model or to problems with the line of the value."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, TypeVar

from pydantic import ValidationError

from generator import answers, data, fields, model, pathway, profile, wordlist
from generator.load.folder import Folder
from generator.places import KeyPath, Place
from generator.problems import Problem, did_you_mean
from generator.refusing import Model
from generator.yaml_source import Document, read_yaml

_Loaded = TypeVar("_Loaded", bound=Model)


class Records:
    """Reads the YAML of a folder, and says which file has an id, and on which lines its values are."""

    def __init__(self, folder: Folder):
        self._folder = folder
        self.file_of: dict[str, str] = {}
        self._documents: dict[str, Document] = {}

    def line_of(self, id_: str, path: KeyPath) -> int:
        """Return the line of a value of a file that was read, or of the nearest around it."""
        return self._documents[id_].line_of(path)

    def read_all(self, kind: str, name: str, type_: type[_Loaded]) -> Iterator[tuple[str, _Loaded]]:
        """Yield the name and the record of each file of a folder of `content/`, by name; report what else is there."""
        base = self._folder.project / "content" / kind
        if base.is_symlink() or not base.is_dir():
            self._folder.report("missing-file", "the folder is missing", "Make it.", f"content/{kind}")
            return
        fits = re.compile(name).fullmatch
        for entry in self._folder.inside(f"content/{kind}"):
            file, path = f"content/{kind}/{entry.name}", PurePosixPath(entry.name)
            named = entry.is_file(follow_symlinks=False) and fits(path.stem) and path.stem != "index"
            if named and path.suffix == ".yaml":
                record = self._parse(f"{kind}/{path.stem}", file, self._folder.content_of(file), type_)
                if record is not None:
                    yield path.stem, record
            elif named and path.suffix == ".yml":
                self._folder.report("stray-file", "records end in `.yaml`", f"Rename it to `{path.stem}.yaml`.", file)
                if not (base / f"{path.stem}.yaml").exists():
                    self._folder.unread.append(f"{kind}/{path.stem}")
            else:
                example = "<pmid>.yaml`." if kind == "references" else "<id>.yaml`, such as `renal.yaml`."
                fix = f"Name it `{example} Or move it away."
                self._folder.report("stray-file", "not the name of a record", fix, file)

    def read(self, id_: str, file: str, type_: type[_Loaded], is_content: bool = True) -> _Loaded | None:
        """Return what a file holds, or None where it is missing or has problems, which are reported.

        A file that is not of the content is left out of the fingerprint.
        """
        path = self._folder.project / file
        if self._folder.is_file(file):
            raw = self._folder.content_of(file) if is_content else path.read_bytes()
            return self._parse(id_, file, raw, type_)
        if not path.with_suffix(".yml").is_file():  # which is reported, with the name that it should have
            self._folder.report("missing-file", "the file is missing", "Restore it.", file)
        self._folder.unread.append(id_)
        return None

    def _parse(self, id_: str, file: str, raw: bytes, type_: type[_Loaded]) -> _Loaded | None:
        self.file_of[id_] = file
        if (type_, raw) in self._folder.known:
            known: tuple[_Loaded, Document] = self._folder.known[type_, raw]
            self._documents[id_] = known[1]
            return known[0]
        document = self._documents[id_] = read_yaml(raw)
        problems = refusals_of(document, file)
        if not problems:
            try:
                record = type_.model_validate(document.data)
            except ValidationError as error:
                problems = problems_of(error, document, file)
            else:
                self._folder.known[type_, raw] = record, document
                return record
        self._folder.problems += problems
        self._folder.unread.append(id_)
        return None


def refusals_of(document: Document, file: str) -> list[Problem]:
    """Return a problem for each reason why a file of that name was refused; none if it was not."""
    return [Problem(each.rule, each.wrong, each.fix, Place(file, each.line)) for each in document.refusals]


def problems_of(error: ValidationError, document: Document, file: str) -> list[Problem]:
    """Return the first problem at each place of data that does not fit its model."""
    found: dict[KeyPath, Problem] = {}
    for details in error.errors(include_url=False):
        problem = _problem(details, document, file)
        found.setdefault(problem.place.path, problem)
    return list(found.values())


def _problem(details: Any, document: Document, file: str) -> Problem:
    path = _path_in(document.data, details["loc"])
    place = Place(file, document.line_of(path), path)
    kind, context = details["type"], details.get("ctx", {})
    last = str(path[-1]) if path else "the record"
    if kind in fields.RULES:
        return Problem(kind, context["wrong"], context["fix"], place)
    if kind == "missing":
        key = details["loc"][-1]
        wrong = f"`{key}` is missing" if isinstance(key, str) else "an item is missing"
        return Problem("missing-key", wrong, "Add it.", place)
    if kind == "extra_forbidden":
        fix = did_you_mean(last, _KEYS) or "Remove it."
        return Problem("unknown-key", f"`{last}` is not a key here", fix, place)
    if details["input"] is None:
        return Problem("wrong-type", "is empty", "Fill it in; a key that is not needed may go.", place)
    wrong = (details["msg"][0].lower() + details["msg"][1:]).replace("tuple", "list")  # YAML has no tuples
    return Problem("wrong-type", f"`{last}`: {wrong}", "Write a value of that type.", place)


def _path_in(raw: object, location: tuple[str | int, ...]) -> KeyPath:
    """Return the keys of an error's location that the data has; the rest name types, not keys."""
    path: list[str | int] = []
    for key in location:
        if (isinstance(raw, dict) and key in raw) or (
            isinstance(raw, tuple) and isinstance(key, int) and key < len(raw)
        ):
            raw = raw[key] if isinstance(raw, dict) else raw[int(key)]
            path.append(key)
    return tuple(path)


_KEYS = sorted(
    {
        info.alias or name
        for module in (model, data, answers, pathway, profile, wordlist)
        for type_ in vars(module).values()
        if isinstance(type_, type) and issubclass(type_, Model)
        for name, info in type_.model_fields.items()
    }
)
