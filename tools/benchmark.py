"""How long `make serve`, `make site` and `check` take, as ratios to MkDocs alone in the same run.

    python -m tools.benchmark [--project FOLDER] [check] [site] [serve]

Absolute times are those of the machine; ratios can be compared. The project is copied, so that nothing of the working
folder changes. Memory is the resident set summed over all processes, sampled ten times a second. Linux only.
"""

import argparse
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from generator.cli import PROJECT

COPIED = ("content", "docs", "generator", "overrides", "README.md", "mkdocs.yml", "Makefile")
RECORD = "content/indications/scleromyxedema.yaml"
PAGE = "indications/scleromyxedema/"
SAVED = {
    "record": RECORD,
    "template": "generator/render/site/templates/record.md.j2",
    "module": "generator/facts/records.py",
    "style sheet": "docs/assets/guideline.css",
}
"""What is saved under the preview, and how it is called."""


class Run(NamedTuple):
    """Wall clock and CPU in seconds, and the peak of memory in MB."""

    wall: float
    cpu: float
    memory: int


def measure(command: Sequence[str], folder: Path) -> Run:
    """Run a command to its end. Raises CalledProcessError if it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start, peak = time.perf_counter(), 0
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        said: list[bytes] = []
        reader = threading.Thread(target=lambda: said.append(process.stdout.read() if process.stdout else b""))
        reader.start()
        while process.poll() is None:
            peak = max(peak, memory_of(process.pid))
            time.sleep(0.1 if time.perf_counter() - start > 1 else 0.02)
        reader.join()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, b"".join(said))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(time.perf_counter() - start, cpu, peak)


def seconds_of(process: int) -> int:
    """Return the seconds that a process has computed."""
    fields = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) // os.sysconf("SC_CLK_TCK")


def memory_of(root: int) -> int:
    """Return the resident set in MB of a process and all below it."""
    children: dict[int, list[int]] = {}
    pages: dict[int, int] = {}
    for entry in os.listdir("/proc"):
        try:
            fields = Path(f"/proc/{entry}/stat").read_text("utf-8").rpartition(")")[2].split()
        except OSError:
            continue
        if entry.isdigit():
            children.setdefault(int(fields[1]), []).append(int(entry))
            pages[int(entry)] = int(fields[21])
    waiting, total = [root], 0
    while waiting:
        process = waiting.pop()
        total += pages.get(process, 0)
        waiting += children.get(process, [])
    return total * os.sysconf("SC_PAGE_SIZE") // 2**20


def python(*arguments: str) -> list[str]:
    """Return the command that runs a module with this Python."""
    return [sys.executable, "-m", *arguments]


def benchmark_check(folder: Path) -> None:
    """Check three times, on one core."""
    os.sched_setaffinity(0, {0})
    runs = [measure(python("generator", "check"), folder) for _ in range(3)]
    os.sched_setaffinity(0, range(os.cpu_count() or 1))
    print(f"check on one core, best of 3: {min(run.wall for run in runs):.2f} s")


def benchmark_site(folder: Path) -> None:
    """Build cold, as it is, with one record changed; and MkDocs alone on the same Markdown."""
    shutil.rmtree(folder / ".cache", ignore_errors=True)
    cold = measure(python("generator", "site"), folder)
    edit(folder / RECORD)
    warm = measure(python("generator", "site"), folder)
    same = measure(python("generator", "site"), folder)
    plain = folder / "plain.yml"
    settings = measure_mkdocs(folder, plain)
    for name, run in (("cold", cold), ("one record changed", warm), ("nothing changed", same)):
        print(
            f"site, {name}: {run.wall:.1f} s = {run.wall / settings.wall:.2f} x MkDocs alone, "
            f"CPU {run.cpu:.1f} s, {run.memory} MB"
        )


def measure_mkdocs(folder: Path, config: Path) -> Run:
    """Build the pages that are there with MkDocs and nothing else: its best of two runs."""
    config.write_bytes(
        subprocess.run(python("tools.engine_config"), cwd=folder, check=True, capture_output=True).stdout
    )
    for pdf in (folder / "site").rglob("*.pdf"):
        (folder / "docs" / pdf.relative_to(folder / "site")).write_bytes(b"")
    (folder / "docs/ivig-dermatology-offline.zip").write_bytes(b"")
    command = python("mkdocs", "build", "-f", str(config), "-d", str(folder / "plain-site"))
    run = min((measure(command, folder) for _ in range(2)), key=lambda run: run.wall)
    print(f"MkDocs alone: {run.wall:.1f} s, CPU {run.cpu:.1f} s, {run.memory} MB")
    return run


def benchmark_serve(folder: Path) -> None:
    """Change a record, a template, a style sheet and a module, and wait until the open page shows it."""
    with serving(folder) as (address, process):
        for name, file in SAVED.items():
            took = [reload_time(address, folder / file) for _ in range(3)]
            print(f"serve, {name}: {min(took):.2f} s to {max(took):.2f} s from save to page")
        print(f"serve: {memory_of(process)} MB")


def reload_time(address: str, file: Path) -> float:
    """Save a file, wait as an open page waits, load the page; return the seconds."""
    seen = re.search(r"__change/(\d+)", fetch(address + PAGE))
    if seen is None:
        raise ValueError("the page does not wait for changes")
    start = time.perf_counter()
    edit(file)
    fetch(f"{address}__change/{seen[1]}")
    fetch(address + PAGE)
    took = time.perf_counter() - start
    time.sleep(max(8.0, 6 * took))  # the rest is built in the background
    return took


@contextmanager
def serving(folder: Path) -> Iterator[tuple[str, int]]:
    """Serve a project; give its address and the number of its process once the first page was built."""
    with subprocess.Popen(
        python("generator", "serve", "--port", "0"), cwd=folder, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stderr is not None  # noqa: S101
            address = ""
            while not address:
                found = re.search(r"http://127\.0\.0\.1:\d+/", process.stderr.readline())
                address = found[0] if found else ""
            threading.Thread(target=process.stderr.read, daemon=True).start()
            start = time.perf_counter()
            fetch(address + PAGE)
            print(f"serve: first page {time.perf_counter() - start:.2f} s after the server is there")
            used = -1
            while used != (used := seconds_of(process.pid)):  # the rest is built in the background
                time.sleep(3)
            yield address, process.pid
        finally:
            process.terminate()


def fetch(address: str) -> str:
    """Return what is at an address of loopback."""
    with urllib.request.urlopen(address, timeout=120) as answer:  # noqa: S310
        content: bytes = answer.read()
    return content.decode()


def edit(file: Path) -> None:
    """Change a file by words that show, or by a comment."""
    text = file.read_text("utf-8")
    if file.suffix == ".yaml":
        names = ("[", "[Benchmarkosis, ")  # the first list holds other names of the record
        words = names[::-1] if names[1] in text else names
        changed = text.replace(*words, 1)
    elif file.suffix == ".j2":
        words = ("\n# The {{", "\n# {{") if "\n# The {{" in text else ("\n# {{", "\n# The {{")
        changed = text.replace(*words, 1)
    elif file.suffix == ".py":
        changed = f"{text}\n# changed\n"
    else:
        changed = f"{text}\n/* changed */\n"
    if changed == text:
        raise ValueError(f"{file} has no place to change")
    file.write_text(changed, "utf-8")


def main() -> int:
    """Run what was asked for, by default everything."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--project", type=Path, default=PROJECT, help="the project to measure (default: this one)")
    parser.add_argument("what", nargs="*", help="check, site, serve (default: all three)")
    options = parser.parse_args()
    parts = {"check": benchmark_check, "site": benchmark_site, "serve": benchmark_serve}
    with tempfile.TemporaryDirectory() as folder:
        for name in (*COPIED, "tools"):
            source, target = options.project / name, Path(folder) / name
            shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
        for name in options.what or parts:
            parts[name](Path(folder))
    return 0


if __name__ == "__main__":
    sys.exit(main())
