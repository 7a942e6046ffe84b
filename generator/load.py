"""The content folder to a guideline and the problems of reading it. The only room that reads content."""

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from pydantic import ValidationError

from generator import data, fields, model
from generator.changes import ChangeList
from generator.evidence.lock import Readings
from generator.evidence.passages import Passage
from generator.evidence.rows import Rows, read_rows
from generator.fields import KINDS, PMID, SLUG, Model
from generator.guideline import Guideline, KeyPath, Place, values_in
from generator.handwritten import OTHER_PAGES, is_page
from generator.model import About, Approved, LockedPassage, PassageKey, Pathway, Pending, Record, Reference, Vocabulary
from generator.problems import Problem, did_you_mean
from generator.yaml_source import CONFLICT, FORBIDDEN, Document, conflict_line, read_yaml

RULES = {
    "missing-file": "The files of the guideline, its vocabulary, pathway, pending sources and lock exist, and every "
    "folder of records does.",
    "missing-key": "A record has every key that its kind requires; the format page lists them.",
    "unknown-key": "A record has no key that its kind does not know: a misspelt key would be silently ignored.",
    "wrong-type": "A value has the type that its key requires; the format page lists them.",
    "lock-form": "`passages.lock.json` is written by `python -m generator lock` and not by hand.",
    "lock-contradiction": "The lock holds one fingerprint for a passage. If two branches locked it differently, only "
    "the text of the source decides.",
    "changes-form": "A file in `content/changes/` is written by `python -m generator record-changes` and not by hand; "
    "it is named by its version.",
    "page-form": "A hand-written page is a plain file of UTF-8 text named `<name>.md`, no link, without invisible "
    "characters and not too large; `docs/.generated.json` names the pages that are not written by hand.",
    "stray-file": "A folder of records holds only files named `<id>.yaml` (references: `<pmid>.yaml`), no links, and "
    "none named `index`; `content/` holds nothing that is not read. Hidden files and backups of editors count only if "
    "they are committed.",
}

LOCK = "content/passages.lock.json"
MAX_LOCK_BYTES = 8 * 1024 * 1024
MAX_PAGE_BYTES = 256 * 1024
MAX_PAGES = 500

_MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")  # what the site engine takes for a page

_KNOWN = (
    *(*KINDS, "references"),
    *("changes", "guideline.yaml", "vocabulary.yaml", "pathway.yaml", "pending.yaml", "passages.lock.json"),
    "approved-sentences.yaml",
)

# Hidden files, those of the Finder, and what vim, Emacs and merge tools leave beside a file.
_LEFT_BEHIND = re.compile(r"\..*|.*(?:~|\.swp|\.bak|\.tmp|\.orig)|#.*#", re.DOTALL)

_Loaded = TypeVar("_Loaded", bound=Model)


def load_guideline(
    project: Path, from_git: bool = False, known: dict[object, Any] | None = None
) -> tuple[Guideline | None, list[Problem]]:
    """Read `content/` below a project folder.

    Returns the guideline without the files that could not be read, and a problem for each of those; no
    guideline where `guideline.yaml` or `vocabulary.yaml` cannot be read, as nothing else can be judged. What editors
    and file managers leave in a folder is passed over; with `from_git` it was committed, and is reported.
    `known` remembers what files held by their bytes: whoever reads again and again hands it in each time.
    """
    reader = _Reader(project, from_git, {} if known is None else known)
    reader.refuse_strangers()
    about = reader.read("guideline", "content/guideline.yaml", About)
    vocabulary = reader.read("vocabulary", "content/vocabulary.yaml", Vocabulary)
    pathway = reader.read("pathway", "content/pathway.yaml", Pathway)
    pending = reader.read("pending", "content/pending.yaml", Pending)
    records: dict[str, Record] = {}
    for kind in KINDS:
        for id_, file in reader.files(kind, SLUG):
            record = reader.read(f"{kind}/{id_}", file, model.RECORD_TYPES[kind])
            if record is not None:
                records[f"{kind}/{id_}"] = record
    references: dict[str, Reference] = {}
    for pmid, file in reader.files("references", PMID):
        reference = reader.read(f"references/{pmid}", file, Reference)
        if reference is not None:
            references[pmid] = reference
    passages, lock_file = reader.passages()
    approved = reader.approved()
    changes = reader.changes()
    if about is None or vocabulary is None:
        return None, reader.problems
    if changes and changes[0].content != reader.fingerprint:
        label = f"{about.version}+{reader.fingerprint[:7]}"  # what is read is not what that version was
        about = about.model_copy(update={"version": label})
    guideline = Guideline(
        about=about,
        vocabulary=vocabulary,
        records=records,
        references=dict(sorted(references.items(), key=lambda item: int(item[0]))),
        pending=pending.sources if pending else {},
        passages=passages,
        pathway=pathway or Pathway.model_construct(start="", stages={}, nodes={}),
        changes=changes,
        lock_file=lock_file,
        fingerprint=reader.fingerprint,
        handwritten=reader.pages(),
        approved=approved.pages if approved else {},
        files=reader.file_of,
        lines=reader.lines_of,
        unread=frozenset(reader.unread),
    )
    return guideline, reader.problems


def load_texts(folder: Path | None) -> dict[str, str]:
    """Return the texts of sources by PMID, from files `<pmid>.txt`; none without a folder."""
    files = sorted(folder.glob("*.txt")) if folder else []
    return {path.stem: path.read_text("utf-8", errors="replace") for path in files if _fits(PMID, path.stem)}


def load_readings(folder: Path | None) -> Readings:
    """Return notes of readings by PMID, from files `<pmid>.yaml`; none without a folder.

    Raises ValueError where a file does not parse.
    """
    readings: dict[str, dict[tuple[str, str], Passage]] = {}
    for path in sorted(folder.glob("*.yaml")) if folder else []:
        document = read_yaml(path.read_bytes())
        if document.refusals:
            raise ValueError(f"{path.name}:{document.refusals[0].line}: {document.refusals[0].wrong}")
        readings[path.stem] = {
            (str(fact["start"]), str(fact["end"])): Passage(
                fact["sha256"], fact["words"], tuple(str(figure) for figure in fact["figures"])
            )
            for fact in document.data["facts"]
        }
    return readings


class _Reader:
    """Reads files below a project and collects problems, file names and lines."""

    def __init__(self, project: Path, from_git: bool, known: dict[object, Any]):
        self._project = project
        self._from_git = from_git
        self._known = known
        self.problems: list[Problem] = []
        self.file_of: dict[str, str] = {}
        self._documents: dict[str, Document] = {}
        self.unread: list[str] = []
        self._digest = hashlib.sha256()

    @property
    def fingerprint(self) -> str:
        """SHA-256 over the names and bytes of all files read so far but the recorded changes, in hexadecimal."""
        return self._digest.hexdigest()

    def _bytes(self, file: str) -> bytes:
        content = (self._project / file).read_bytes()
        self._digest.update(f"{file} {len(content)} ".encode() + content)
        return content

    def lines_of(self, id_: str) -> Mapping[KeyPath, int]:
        """Return the line of every value of a file that was read."""
        return self._documents[id_].lines

    def refuse_strangers(self) -> None:
        """Report what stands in `content/` and would be read by nothing."""
        for path in self._inside("content"):
            if path.name not in _KNOWN:
                fix = f"Known are: {', '.join(_KNOWN)}. Move it away."
                if path.suffix == ".yml" and f"{path.stem}.yaml" in _KNOWN:
                    fix = f"Rename it to `{path.stem}.yaml`."
                self._report("stray-file", "nothing reads this", fix, f"content/{path.name}")

    def _inside(self, folder: str) -> list[Path]:
        """Return what a folder holds, by name."""
        base = self._project / folder
        paths = sorted(base.iterdir(), key=lambda path: path.name) if base.is_dir() else []
        return [path for path in paths if self._from_git or not _LEFT_BEHIND.fullmatch(path.name)]

    def files(self, folder: str, name: str) -> Iterator[tuple[str, str]]:
        """Yield id and file of each record in a folder of `content/`, by name; report what else is there."""
        base = self._project / "content" / folder
        if base.is_symlink() or not base.is_dir():
            self._report("missing-file", "the folder is missing", "Make it.", f"content/{folder}")
            return
        for path in self._inside(f"content/{folder}"):
            file = f"content/{folder}/{path.name}"
            named = path.is_file() and not path.is_symlink() and _fits(name, path.stem) and path.stem != "index"
            if named and path.suffix == ".yaml":
                yield path.stem, file
            elif named and path.suffix == ".yml":
                self._report("stray-file", "records end in `.yaml`", f"Rename it to `{path.stem}.yaml`.", file)
                if not path.with_suffix(".yaml").exists():
                    self.unread.append(f"{folder}/{path.stem}")
            else:
                example = "<pmid>.yaml`." if folder == "references" else "<id>.yaml`, such as `renal.yaml`."
                self._report("stray-file", "not the name of a record", f"Name it `{example} Or move it away.", file)

    def read(self, id_: str, file: str, type_: type[_Loaded], is_content: bool = True) -> _Loaded | None:
        """Return the record that a file holds, or None where it has problems, which are reported.

        A file that is not of the content is left out of the fingerprint.
        """
        path = self._project / file
        if path.is_symlink() or not path.is_file():
            if not path.with_suffix(".yml").is_file():  # which is reported, with the name that it should have
                self._report("missing-file", "the file is missing", "Restore it.", file)
            self.unread.append(id_)
            return None
        raw = self._bytes(file) if is_content else path.read_bytes()
        if (type_, raw) in self._known:
            self.file_of[id_] = file
            known: _Loaded
            known, self._documents[id_] = self._known[type_, raw]
            return known
        document = read_yaml(raw)
        self.file_of[id_], self._documents[id_] = file, document
        for refusal in document.refusals:
            self.problems.append(Problem(refusal.rule, refusal.wrong, refusal.fix, Place(file, refusal.line)))
        try:
            if not document.refusals:
                record = type_.model_validate(document.data)
                self._known[type_, raw] = record, document
                return record
        except ValidationError as error:
            seen = set()
            for details in error.errors(include_url=False):
                problem = _problem(details, document.data, document.lines, file)
                if problem.place.path not in seen:
                    self.problems.append(problem)
                seen.add(problem.place.path)
        self.unread.append(id_)
        return None

    def passages(self) -> tuple[dict[PassageKey, LockedPassage], bytes]:
        """Return the locked passages and the bytes of their file; also those of two sides that git could not merge."""
        path = self._project / LOCK
        if path.is_symlink() or not path.is_file():
            self._report("missing-file", "the file is missing", "Restore it from version control.", LOCK)
            self.unread.append("passages")
            return {}, b""
        raw = self._bytes(LOCK)
        try:
            if len(raw) > MAX_LOCK_BYTES:
                raise ValueError(f"more than {MAX_LOCK_BYTES} bytes")
            if ("lock", raw) not in self._known:
                self._known["lock", raw] = read_rows(raw)
            rows: Rows = self._known["lock", raw]
        except ValueError:
            fix = "Restore it from version control; what it holds cannot be made again without the texts."
            self._report("lock-form", "the lock cannot be read", fix, LOCK)
            self.unread.append("passages")
            return {}, b""
        if line := conflict_line(raw.decode("utf-8")):
            fix = "Run `python -m generator lock`: it joins both sides."
            self._report("merge-conflict", CONFLICT, fix, LOCK, line)
            self.unread.append("passages")
        for line, key in rows.disputed:
            wrong = f'PMID {key.pmid}, "{key.start}", has another fingerprint here than on a line before'
            fix = f"Run `python -m generator lock --texts DIR` with the text as `DIR/{key.pmid}.txt`."
            self.problems.append(Problem("lock-contradiction", wrong, fix, Place(LOCK, line, key)))
        return rows.passages, raw

    def approved(self) -> Approved | None:
        """Return the approved sentences of the hand-written pages; None where there are none yet."""
        file = "content/approved-sentences.yaml"
        there = (self._project / file).exists() or (self._project / file).is_symlink()
        return self.read("approved-sentences", file, Approved, is_content=False) if there else None

    def pages(self) -> dict[str, str]:
        """Return the text of each hand-written page by its file, in the order of the files."""
        generated = self._generated()
        found = [self._project / name for name in OTHER_PAGES if os.path.lexists(self._project / name)]
        for folder, folders, names in os.walk(self._project / "docs"):
            folders.sort()
            links = [name for name in folders if (Path(folder) / name).is_symlink()]
            found += [Path(folder) / name for name in (*links, *sorted(names))]
        pages: dict[str, str] = {}
        for path in found:
            file = path.relative_to(self._project).as_posix()
            is_markdown = path.suffix in _MARKDOWN
            if file in generated or not (is_markdown or path.is_symlink() or file in OTHER_PAGES):
                continue
            if len(pages) == MAX_PAGES:
                self._report("page-form", f"more than {MAX_PAGES} pages", "Nothing after this one is read.", file)
                self.unread.append("docs")
                break
            text = self._page(path, file)
            if text is None:
                self.unread.append(file)
            else:
                pages[file] = text
        return pages

    def _generated(self) -> set[str]:
        path = self._project / "docs/.generated.json"
        try:
            return {f"docs/{name}" for name in json.loads(path.read_bytes())} if path.is_file() else set()
        except (ValueError, TypeError, RecursionError):
            fix = "Delete it and the generated pages, then build again."
            self._report("page-form", "the list of generated pages is damaged", fix, "docs/.generated.json")
            return set()

    def _page(self, path: Path, file: str) -> str | None:
        """Return the text of a page, or None where it cannot be read, which is reported."""
        if path.is_symlink() or not is_page(PurePosixPath(file)):
            self._report("page-form", "a link, or not named `<name>.md`", "Make it a plain file `<name>.md`.", file)
            return None
        raw = path.read_bytes()
        try:
            if len(raw) > MAX_PAGE_BYTES:
                raise ValueError(f"more than {MAX_PAGE_BYTES} bytes")
            text = raw.decode("utf-8")
            if invisible := FORBIDDEN.search(text):
                line = text.count("\n", 0, invisible.start()) + 1
                raise ValueError(f"the invisible character U+{ord(invisible[0]):04X} on line {line}")
        except UnicodeDecodeError as error:
            self._report("page-form", f"byte {error.start + 1} is not UTF-8", "Save the file as UTF-8.", file)
        except ValueError as error:
            self._report("page-form", str(error), "Delete it, or split the page.", file)
        else:
            return text
        return None

    def changes(self) -> tuple[ChangeList, ...]:
        """Return the recorded versions, the newest first."""
        found = []
        for path in self._inside("content/changes"):
            line = 0
            try:
                if path.is_symlink() or path.stat().st_size > MAX_LOCK_BYTES:
                    raise ValueError("a link, or too large")
                raw = path.read_bytes()
                line = conflict_line(raw.decode("utf-8"))
                changes = ChangeList.model_validate_json(raw)
                if any(isinstance(text, str) and FORBIDDEN.search(text) for _, text in values_in(changes)):
                    raise ValueError("a character that no text may have")
                if path.name != f"{changes.version}.json":
                    raise ValueError("named otherwise")
                found.append(changes)
            except (ValueError, OSError, RecursionError):
                fix = "Restore it from version control, or write it again with `python -m generator record-changes`."
                rule, wrong = "changes-form", "the recorded changes cannot be read"
                if line:
                    rule, wrong = "merge-conflict", CONFLICT
                self._report(rule, wrong, fix, f"content/changes/{path.name}", line or 1)
        return tuple(sorted(found, key=lambda changes: changes.order, reverse=True))

    def _report(self, rule: str, wrong: str, fix: str, file: str, line: int = 1) -> None:
        self.problems.append(Problem(rule, wrong, fix, Place(file, line)))


def _fits(pattern: str, text: str) -> bool:
    return re.fullmatch(pattern, text) is not None


def _problem(details: Any, raw: object, lines: Mapping[KeyPath, int], file: str) -> Problem:
    path = _path_in(raw, details["loc"])
    line = next(lines[path[:end]] for end in range(len(path), -1, -1) if path[:end] in lines)
    place = Place(file, line, path)
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
    wrong = details["msg"][0].lower() + details["msg"][1:]
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
        for module in (model, data)
        for type_ in vars(module).values()
        if isinstance(type_, type) and issubclass(type_, Model)
        for name, info in type_.model_fields.items()
    }
)
