"""The preview's server on loopback: watches the files, answers with pages, and has an open page load itself again."""

import json
import re
import threading
import time
import traceback
from collections.abc import Callable
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from generator.preview.content import KEPT_MODULES, Content
from generator.preview.site import Site

QUIET = 0.04
"""Seconds without a further change after which a save is over: editors write a file in several steps."""

AFTER = 0.3
"""Seconds that the background leaves to the pages that are open."""

WAIT = 25.0
"""Seconds that an open page waits for a change before it asks again."""

# What editors and file managers leave behind, and what Python compiles.
_PASSED_OVER = re.compile(r"\..*|.*(?:~|\.swp|\.bak|\.tmp|\.orig|\.pyc)|#.*#|__pycache__")
_CHANGES = ("created", "modified", "moved", "deleted")

_SCRIPT = """<script>(async function () {
  for (;;) {
    try {
      const answer = await fetch("/__change/%d");
      if (answer.status === 205) { location.reload(); return; }
    } catch (error) { await new Promise((done) => setTimeout(done, 300)); }
  }
})();</script>"""
_BANNER = (
    '<pre style="position:fixed;z-index:99;inset:auto 0 0 0;max-height:40vh;overflow:auto;margin:0;padding:8px 16px;'
    'font:13px/1.4 monospace;white-space:pre-wrap;background:#8a2f14;color:#fff">The page above is as it was before '
    "this:\n%s</pre>"
)


class Preview:
    """A project shown while it is edited. One lock guards content and site; a request goes before the background."""

    def __init__(self, project: Path, say: Callable[[str], None]):
        self._project = project
        self._say = say
        self._lock = threading.RLock()
        self._turned = threading.Condition()
        self._asked = 0
        self._work = threading.Event()
        self.change = 0
        self.content = Content(project)
        self.site: Site | None = None
        self._refresh(set())

    def _refresh(self, changed: set[str]) -> None:
        """Read again what the changed files, by their paths in the project, are part of."""
        start = time.perf_counter()
        with _Asking(self), self._lock:
            before = self.content.settings
            self.content.refresh(code_changed=any(path.startswith("generator/") for path in changed))
            theme = any(path.startswith("overrides/") or path == "mkdocs.yml" for path in changed)
            if self.content.settings:
                if self.site is None or theme or before != self.content.settings:
                    others = [*map(str, self.content.data), *self.content.settings["promised"]]
                    self.site = Site(self.content.settings, self.content.pages, others, self._stale())
                else:
                    self.site.update(self.content.pages)
        self._say(f"{', '.join(sorted(changed)) or 'content'}: read in {time.perf_counter() - start:.2f} s")
        self._tell()
        self._work.set()

    def _tell(self) -> None:
        """Have every open page load itself again, and print the problems."""
        for problem in self.content.problems:
            self._say(problem)
        self.change += 1
        with self._turned:
            self._turned.notify_all()

    def _stale(self) -> set[str]:
        """Return what an earlier build wrote below docs/; the preview makes its own."""
        manifest = self._project / "docs/.generated.json"
        return set(json.loads(manifest.read_text("utf-8"))) if manifest.is_file() else set()

    def answer(self, address: str) -> tuple[int, str, bytes]:
        """Return the status, the type and the bytes of what is at an address below the root."""
        with _Asking(self), self._lock:
            if self.site is None:
                return 503, "text/html; charset=utf-8", self._with_script("").encode()
            try:
                found = self.site.get(address)
            except Exception:  # of a template or module that is being edited, or of content that a rule refuses
                page = f"<pre>{escape(traceback.format_exc(limit=-4))}</pre>"
                return 500, "text/html; charset=utf-8", self._with_script(page).encode()
            if make := self.content.data.get(PurePosixPath(address)):
                found = _sent(address, make())
        if found is None:
            words = f"{address}: not here. The preview has no PDF and no offline copy; `make site` makes them."
            return 404, "text/plain; charset=utf-8", words.encode()
        kind, content = found
        if kind.startswith("text/html"):
            content = self._with_script(content.decode()).encode()
        return 200, kind, content

    def _with_script(self, page: str) -> str:
        problems = _BANNER % escape("\n".join(self.content.problems)) if self.content.problems else ""
        return page.replace("</body>", "") + problems + _SCRIPT % self.change

    def wait(self, seen: int) -> bool:
        """Wait for a change after the one that a page has seen; return whether there was one."""
        with self._turned:
            return self._turned.wait_for(lambda: self.change != seen, timeout=WAIT)

    def build_rest(self) -> None:
        """Run the rules and build every page that changed, after each change; for a thread of its own."""
        while self._work.wait():
            self._work.clear()
            time.sleep(AFTER)
            change, content = self.change, self.content
            found = content.check()
            if self.change == change and found != content.problems:
                content.problems = found
                self._tell()
                change = self.change
            for name in list(self.site.names()) if self.site else []:
                while self._asked:
                    time.sleep(0.01)
                with self._lock:
                    if self.change != change:
                        break
                    if self.site:
                        try:
                            self.site.build(name)
                        except Exception as error:  # whoever opens the page is told more
                            self._say(f"{name}: {error}")

    def changed(self, paths: set[str]) -> None:
        """Take in that files changed, by their paths in the project."""
        own = {path for path in paths if path.removesuffix(".py").replace("/", ".").startswith(KEPT_MODULES[1:])}
        if own:
            self._say(f"{', '.join(sorted(own))}: start `make serve` again to see this change")
        if paths - own:
            self._refresh(paths - own)


def _sent(address: str, made: str | bytes) -> tuple[str, bytes]:
    """Return the type and the bytes of a file that was made."""
    if isinstance(made, bytes):
        return "application/octet-stream", made
    return f"text/{'javascript' if address.endswith('.js') else 'plain'}; charset=utf-8", made.encode()


class _Asking:
    """Counts those who wait for an answer, so that the background lets them go first."""

    def __init__(self, preview: Preview):
        self._preview = preview

    def __enter__(self) -> None:
        self._preview._asked += 1

    def __exit__(self, *_: object) -> None:
        self._preview._asked -= 1


class _Watcher(FileSystemEventHandler):
    """Gathers changes of files, and hands them on when a save is over."""

    def __init__(self, project: Path, changed: Callable[[set[str]], None]):
        self._project = project.resolve()
        self._changed = changed
        self._paths: set[str] = set()
        self._more = threading.Condition()

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.is_directory or event.event_type not in _CHANGES:
            return
        for name in (event.src_path, event.dest_path):
            path = Path(str(name))
            if name and path.is_relative_to(self._project):
                inside = path.relative_to(self._project)
                if not any(_PASSED_OVER.fullmatch(part) for part in inside.parts):
                    with self._more:
                        self._paths.add(inside.as_posix())
                        self._more.notify()

    def run(self) -> None:
        while True:
            with self._more:
                self._more.wait_for(lambda: self._paths)
                while self._more.wait(QUIET):
                    pass
                paths, self._paths = self._paths, set()
            self._changed(paths)


def serve(project: Path, port: int, say: Callable[[str], None]) -> None:
    """Show a project on a port of loopback until it is interrupted. Raises OSError if the port is taken."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            address = unquote(urlsplit(self.path).path).lstrip("/")
            if address.startswith("__change/"):
                turned = preview.wait(int(address.rpartition("/")[2]))
                self._send(205 if turned else 204, "text/plain", b"")
            elif address and not address.endswith("/") and preview.answer(f"{address}/")[0] == 200:
                self._send(301, "text/plain", b"", ("Location", f"/{address}/"))
            else:
                self._send(*preview.answer(address))

        def _send(self, status: int, kind: str, content: bytes, *headers: tuple[str, str]) -> None:
            self.send_response(status)
            for name, value in (("Content-Type", kind), ("Content-Length", str(len(content))), *headers):
                self.send_header(name, value)
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    preview = Preview(project, say)
    watcher = _Watcher(project, preview.changed)
    observer = Observer()
    for name in ("content", "docs", "generator", "overrides"):
        if (project / name).is_dir():
            observer.schedule(watcher, str((project / name).resolve()), recursive=True)
    observer.schedule(watcher, str(project.resolve()), recursive=False)
    observer.start()
    for run in (preview.build_rest, watcher.run):
        threading.Thread(target=run, daemon=True).start()
    say(f"http://127.0.0.1:{server.server_port}/ shows the site; it follows each save. Ctrl+C ends it.")
    server.serve_forever()
