"""Measure the tests: set small bugs in a copy of the project, one at a time, and see whether a test notices.

    python -m tools.mutants --tests-with .venv/bin/python [--count 300] [--seed 1] [--jobs 2] [--only python|bugs]

Of two kinds. Mutants: changes that Cosmic Ray knows, at places of the Python code that are drawn with a fixed seed, one
change a place; no string literal is changed, and no annotation, as those fail at import. Bugs: the edits of
`tools/bugs.yaml` in templates, Typst, JavaScript and Python. What lives is listed, with the reason from
`tools/harmless.yaml` where a person has found that nobody could see it; a reason does not raise the share.

Ends with 1 if fewer than 85 % of the mutants or 90 % of the bugs are killed, if a bug of the code review lives, or if a
reason is given for a mutant that is killed. What it draws follows the code: a line that changes is drawn anew.
"""

import argparse
import ast
import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from threading import Lock
from typing import IO

import parso  # noqa: F401  Cosmic Ray's operators load only after it.
import yaml
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

PROJECT = Path(__file__).parent.parent
PACKAGES = ("facts", "evidence", "render", "review", "check", "publish")
MUTANTS_KILLED, BUGS_KILLED = 0.85, 0.90

GOLDEN = "tests/show/test_golden.py"
SLOW = tuple(
    f"tests/test_review.py::test_{name}"
    for name in (
        "the_paths_that_come_to_other_advice_are_counted",
        "the_rehearsal_gives_comment_and_pages",
        "no_words_break_a_format",
        "a_large_comment_is_cut_and_says_so",
        "every_kind_of_change_has_a_case",
    )
)
SECOND_SIDE = "test_what_is_kept_is_told_even_if_it_needs_a_second_side"
# What is asked of a file, by the start of its path: the longest that fits, the files that notice most first.
TESTS: Mapping[str, tuple[str, ...]] = {
    "generator/facts": (
        *(GOLDEN, "tests/show/test_words.py", "tests/show/test_places.py", "tests/test_shared.py"),
        *("tests/test_edition.py", "tests/test_matrix.py", "tests/test_common_answer.py", "tests/test_facts.py"),
        *("tests/test_absolute.py", "tests/test_states.py"),
    ),
    "generator/evidence": (
        *("tests/show/test_words.py", "tests/test_doses.py", "tests/test_intervals.py", "tests/test_lock.py", GOLDEN),
        *("tests/test_comparisons.py", "tests/test_reading.py", "tests/test_strength.py", "tests/test_absolute.py"),
        *("tests/show/test_places.py", "tests/test_shared.py", "tests/test_passages.py"),
    ),
    "generator/render": (
        *(GOLDEN, "tests/show", "tests/test_shared.py", "tests/test_exports.py", "tests/test_states.py"),
        "tests/test_handbook.py::test_charts_in_parts_show_every_step_once",
    ),
    "generator/render/book/handbook.typ": ("tests/show/test_typeset.py",),
    "generator/render/book/common.typ": ("tests/show/test_typeset.py",),
    "generator/render/book/sheet.typ": ("tests/show/test_typeset.py", f"tests/test_sheets.py::{SECOND_SIDE}"),
    "generator/render/site/templates": (GOLDEN,),
    "generator/review": (
        GOLDEN,
        "tests/test_review.py",
        *map("--deselect={}".format, SLOW),
        "tests/test_artifact.py",
        "tests/test_shared.py",
        "tests/test_github.py",
    ),
    "generator/check": (
        "tests/test_cases.py",
        "tests/test_numbers.py",
        "tests/show/test_sources.py",
        "tests/test_unread.py",
    ),
    "generator/publish": ("tests/test_published.py",),
    "generator/publish/service-worker.js": ("tests/browser/test_scripts.py",),
    "generator/write.py": ("tests/test_write.py",),
    "generator/graph.py": ("tests/show/test_places.py",),
    "generator/render/site/scripts": ("tests/browser/test_modules.py", "tests/browser/test_scripts.py"),
}


@dataclass(frozen=True)
class Change:
    """A bug to be set: the file below the project, what it becomes, and how that is told in one line."""

    file: str
    text: str
    told: str
    audit: str = ""

    @property
    def tests(self) -> tuple[str, ...]:
        """The test files that are asked, in their order."""
        return TESTS[max((start for start in TESTS if self.file.startswith(start)), key=len)]

    @property
    def first(self) -> tuple[str, ...]:
        """What is in the names of the tests that are asked first: those of the file, of a rule its own bad cases."""
        stem = Path(self.file).stem
        return f"/test_{stem}.py", f"[{stem.replace('_', '-')}/"


def main() -> int:
    """Run what the command line asks for; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--tests-with", required=True, help="the Python that has what the tests need")
    parser.add_argument("--count", type=int, default=300, help="how many mutants are drawn")
    parser.add_argument("--seed", type=int, default=1, help="of the draw")
    parser.add_argument("--jobs", type=int, default=2, help="how many run beside each other")
    parser.add_argument("--only", choices=("python", "bugs"), help="mutants of Python, or the listed bugs")
    options = parser.parse_args()
    bugs = [] if options.only == "python" else read_bugs()
    mutants = [] if options.only == "bugs" else draw(options.count, options.seed)
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        # The link, if there is one, is resolved: the environment's packages are found by the place of its Python.
        python = os.path.abspath(options.tests_with)
        benches = [Bench(Path(folder, str(n)), python) for n in range(options.jobs)]
        unchanged = Bench(Path(folder, "unchanged"), python)
        suites = {change.tests: Suite(unchanged, change.tests) for change in bugs + mutants}
        try:
            bugs_alive = list(run(bugs, benches, suites))
            mutants_alive = list(run(mutants, benches, suites))
        except BrokenTestsError as error:
            print(error)
            return 2
        finally:
            for suite in suites.values():
                suite.close()
    return report(bugs, bugs_alive, mutants, mutants_alive)


def draw(count: int, seed: int) -> list[Change]:
    """Return mutants at places of the code that are drawn without preference, one change a place, in a random order.

    The first hundred of three hundred are those that are drawn if a hundred are, so that a run that is stopped is a
    fair sample.

    The chance of a place is made of the seed and its line, so that it is drawn again when the code elsewhere changes.
    """
    places: dict[tuple[str, tuple[int, int], tuple[int, int]], list[tuple[str, int]]] = {}
    sources: dict[str, str] = {}
    for package in PACKAGES:
        for path in sorted((PROJECT / "generator" / package).rglob("*.py")):
            file = path.relative_to(PROJECT).as_posix()
            sources[file] = path.read_text("utf-8")
            annotations = list(annotated(sources[file]))
            for operator, occurrence, start, end in changes_of(sources[file]):
                if not any(first <= start and end <= last for first, last in annotations):
                    places.setdefault((file, start, end), []).append((operator, occurrence))
    print(f"{len(places)} places in {len(sources)} files; {count} are drawn with seed {seed}")
    drawn: list[Change] = []
    seen: Counter[str] = Counter()
    chances = {}
    for place in sorted(places):
        file, (line, column), _ = place
        text = sources[file].splitlines()[line - 1]
        name = f"{file} {text.strip()} {column - len(text) + len(text.lstrip())}"
        chances[place] = random.Random(f"{seed} {name} {seen[name]}")  # noqa: S311
        seen[name] += 1
    for place in sorted(places, key=lambda place: chances[place].random()):
        file, start, _ = place
        operator, occurrence = chances[place].choice(places[place])
        mutated = mutate_code(sources[file], get_operator(operator)(), occurrence)
        if is_other(sources[file], mutated):
            drawn.append(Change(file, mutated, f"{file}:{start[0]} {difference(sources[file], mutated)}"))
        if len(drawn) == count:
            break
    return drawn


def changes_of(source: str) -> Iterator[tuple[str, int, tuple[int, int], tuple[int, int]]]:
    """Yield operator, occurrence, and first and last place of every change that Cosmic Ray knows of a source."""
    nodes = list(ast_nodes(get_ast(source)))
    for name in sorted(operator_names()):
        operator = get_operator(name)
        if not operator.arguments():
            positions = (position for node in nodes for position in operator().mutation_positions(node))
            for occurrence, (start, end) in enumerate(positions):
                yield name, occurrence, start, end


def annotated(source: str) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Yield first and last place of each annotation: Python reads them at import, so a change there is no test."""
    for node in ast.walk(ast.parse(source)):
        for name in ("annotation", "returns"):
            found = getattr(node, name, None)
            if isinstance(found, ast.expr):
                yield (found.lineno, found.col_offset), (found.end_lineno or 0, found.end_col_offset or 0)


def is_other(source: str, mutated: str | None) -> bool:
    """Return whether a change gives another program that Python can read."""
    try:
        return mutated is not None and ast.dump(ast.parse(mutated)) != ast.dump(ast.parse(source))
    except SyntaxError:
        return False


def difference(before: str, after: str) -> str:
    """Return what changed as one line, such as `a < b => a <= b`."""
    old, new = before.splitlines(), after.splitlines()
    while old and new and old[0] == new[0]:
        del old[0], new[0]
    while old and new and old[-1] == new[-1]:
        del old[-1], new[-1]
    return f"{' '.join(map(str.strip, old))} => {' '.join(map(str.strip, new))}"


def read_bugs() -> list[Change]:
    """Return the listed bugs. Raises ValueError where what is to be replaced is not there exactly once."""
    changes = []
    for group in yaml.safe_load((PROJECT / "tools/bugs.yaml").read_text("utf-8")).values():
        for bug in group:
            text = (PROJECT / bug["file"]).read_text("utf-8")
            if text.count(bug["replace"]) != 1:
                raise ValueError(f"{bug['file']} does not hold {bug['replace']!r} once")
            line = text[: text.index(bug["replace"])].count("\n") + 1
            told = f"{bug['file']}:{line} {bug['replace']} => {bug['with']}"
            changes.append(
                Change(bug["file"], text.replace(bug["replace"], bug["with"]), told, str(bug.get("audit", "")))
            )
    return changes


class Bench:
    """A copy of the project in which one change is tried at a time."""

    def __init__(self, folder: Path, python: str):
        self.folder, self.python = folder, python
        command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
        listed = subprocess.run(command, cwd=PROJECT, check=True, capture_output=True, text=True).stdout
        for name in filter(None, listed.split("\0")):
            if (PROJECT / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(PROJECT / name, folder / name)

    def is_noticed(self, change: Change, limit: float) -> bool:
        """Return whether a test fails, or none ends in the seconds given, once a change is made."""
        file = self.folder / change.file
        before = file.read_bytes()
        try:
            file.write_text(change.text, "utf-8")
            forget(file)
            return self.test(change.tests, limit)
        finally:
            file.write_bytes(before)
            forget(file)

    def test(self, tests: Sequence[str], limit: float) -> bool:
        """Return whether one of the tests fails, or none ends in time."""
        with self.start(tests) as process:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(timeout=limit)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        return process.returncode != 0

    def start(
        self, tests: Sequence[str], pipes: Sequence[int] = (), output: IO[str] | int = subprocess.DEVNULL
    ) -> subprocess.Popen[bytes]:
        """Start tests; with two pipes they wait for changes."""
        plugins = ["-p", "no:cacheprovider", *(["-p", "tools.mutants_fork"] if pipes else [])]
        command = [self.python, "-m", "pytest", "-x", "-q", "-n", "0", *plugins, *tests]
        environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPATH": ""}
        return subprocess.Popen(
            command,
            cwd=self.folder,
            env=environment | {"MUTANTS_PIPES": " ".join(map(str, pipes))},
            pass_fds=pipes,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


class BrokenTestsError(Exception):
    """Tests fail without a change."""


class Suite:
    """Some tests in a process that forks for each change (see `tools/mutants_fork.py`)."""

    limit = 0.0
    """How many seconds they may take with a change; known once they ran without one."""

    def __init__(self, bench: Bench, tests: tuple[str, ...]):
        self._bench, self._tests = bench, tests
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def is_noticed(self, change: Change) -> bool | None:
        """Return whether a test notices a change; None where it cannot be made in memory.

        Raises BrokenTestsError if a test fails without it.
        """
        with self._lock:
            if self._process is None:
                self._start()
        if not change.file.endswith(".py"):
            return None
        with tempfile.TemporaryDirectory(dir=self._bench.folder) as folder:
            answer = Path(folder, "answer")
            os.mkfifo(answer)
            asked = {"file": change.file, "text": change.text, "first": change.first, "limit": self.limit}
            with self._lock:
                print(json.dumps({**asked, "answer": str(answer)}), file=self._asks)
            return {"killed": True, "lives": False, "elsewhere": None}[answer.read_text("utf-8")]

    def _start(self) -> None:
        start = time.monotonic()
        (asked, asks), (answers, answered) = os.pipe(), os.pipe()
        self._asks = os.fdopen(asks, "w", buffering=1)
        with tempfile.TemporaryFile("w+") as output, os.fdopen(answers) as ready:
            self._process = self._bench.start(self._tests, (asked, answered), output)
            os.close(asked)
            os.close(answered)
            if ready.read() != "ready":
                self._process.wait()
                output.seek(0)
                raise BrokenTestsError(
                    f"{output.read()}\nerror: these tests fail without a change: {' '.join(self._tests)}"
                )
        seconds = time.monotonic() - start
        self.limit = 60 + 20 * seconds
        print(f"{seconds:.0f} s without a change: {' '.join(self._tests)}", flush=True)

    def close(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._asks.close()


def forget(file: Path) -> None:
    """Remove what Python compiled of a file: a change of the same length in the same second would pass unseen."""
    for compiled in (file.parent / "__pycache__").glob(f"{file.stem}.*.pyc"):
        compiled.unlink()


def run(
    changes: Sequence[Change], benches: Sequence[Bench], suites: Mapping[tuple[str, ...], Suite]
) -> Iterator[Change]:
    """Try every change; print how it goes; yield those that no test notices."""
    free: SimpleQueue[Bench] = SimpleQueue()
    for bench in benches:
        free.put(bench)

    def attempt(change: Change) -> bool:
        suite = suites[change.tests]
        if (noticed := suite.is_noticed(change)) is not None:
            return noticed
        bench = free.get()
        try:
            return bench.is_noticed(change, suite.limit)
        finally:
            free.put(bench)

    start = time.monotonic()
    with ThreadPoolExecutor(len(benches)) as pool:
        tried = {pool.submit(attempt, change): change for change in changes}
        try:
            for number, future in enumerate(as_completed(tried), 1):
                change, noticed = tried[future], future.result()
                took = f"{number}/{len(changes)} {time.monotonic() - start:.0f} s"
                print(took, "killed" if noticed else "LIVES ", change.told, flush=True)
                if not noticed:
                    yield change
        finally:
            pool.shutdown(cancel_futures=True)


def report(
    bugs: Sequence[Change], bugs_alive: Sequence[Change], mutants: Sequence[Change], mutants_alive: Sequence[Change]
) -> int:
    """Print the shares and what lives, with the reason where one is recorded; return the exit code."""
    listed = yaml.safe_load((PROJECT / "tools/harmless.yaml").read_text("utf-8")) or []
    reasons = {(entry["file"], entry["change"]): entry["reason"] for entry in listed}
    wrong = []
    for name, changes, alive, wanted in (
        ("mutants", mutants, mutants_alive, MUTANTS_KILLED),
        ("bugs", [bug for bug in bugs if not bug.audit], [bug for bug in bugs_alive if not bug.audit], BUGS_KILLED),
        ("bugs of the code review", [bug for bug in bugs if bug.audit], [bug for bug in bugs_alive if bug.audit], 1),
    ):
        if not changes:
            continue
        share = 1 - len(alive) / len(changes)
        print(f"\n{name}: {len(changes) - len(alive)} of {len(changes)} killed, {share:.1%}")
        for change in sorted(alive, key=lambda change: change.told):
            reason = reasons.get((change.file, change.told.partition(" ")[2]), "no reason yet")
            print(f"- {change.told}\n  {reason}")
        if share < wanted:
            wrong.append(f"fewer than {wanted:.0%} of the {name} are killed")
    killed = {(c.file, c.told.partition(" ")[2]) for c in mutants} - {
        (c.file, c.told.partition(" ")[2]) for c in mutants_alive
    }
    wrong += [
        f"a reason is given for a mutant that is killed: {file} {change}" for file, change in killed & set(reasons)
    ]
    print(*(f"error: {line}" for line in wrong), sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
