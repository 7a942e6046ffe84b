"""The desk's server: one page on loopback, for the one browser that has the address, and for no other page in it.

Whatever is not the page itself is asked by POST, from this page, with a key that it was given once for the token in the
address that was printed. There is no cookie, so that no other page can ask with it.
"""

import hmac
import json
import secrets
import sys
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeVar

from pydantic import ValidationError

from generator.desk.sent import SentError
from generator.desk.session import DeskError, Ended, Given, Session, Withdrawn
from generator.refusing import Model

MOST_BYTES = 64 * 1024
"""Of what the page sends: an answer with a note and a few reasons is shorter by far."""

WAIT = 30.0
"""Seconds after which a connection that says nothing is closed."""

KEY = "X-Desk-Key"
PAGE = "desk.html"
TYPES = {"html": "text/html", "css": "text/css", "js": "text/javascript"}

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

_OPENED = "this address was opened before: run the command again, and it goes on where you stopped"

_NO_KEY = (
    "this page is not of the desk that runs now: open the address that the command printed, or run the command again"
)

_Asked = TypeVar("_Asked", bound=Model)


class _Token(Model):
    token: str


class _Nothing(Model):
    pass


class _RefusedError(Exception):
    """A request that is not one of the page; with its status."""

    def __init__(self, status: int, why: str):
        super().__init__(why)
        self.status = status


class Desk:
    """A session behind addresses. `end` takes what the reader declares and returns lines that say what was written."""

    def __init__(self, session: Session, end: Callable[[Ended], list[str]], page: Mapping[str, bytes]):
        self._session, self._end, self._page = session, end, page
        self._lock = threading.Lock()
        self._key = ""
        self.token = secrets.token_urlsafe(24)
        """Opens the desk once."""
        self.over = False
        self.ended = threading.Event()
        """Set when the review is over and its page has been told."""

    def page(self, name: str) -> bytes | None:
        """Return a file of the page by its name; None if there is none."""
        return self._page.get(name)

    def ask(self, address: str, key: str, body: bytes) -> Any:
        """Return what an address of the page answers. Raises _RefusedError."""
        known: dict[str, Callable[[bytes], Any]] = {
            "queue": lambda body: (_read(_Nothing, body), self._session.shown())[1],
            "answer": lambda body: self._session.answer(_read(Given, body)),
            "withdraw": lambda body: self._session.withdraw(_read(Withdrawn, body)),
            "check": lambda body: (_read(_Nothing, body), self._session.check())[1],
            "end": lambda body: self._ended(_read(Ended, body)),
        }
        with self._lock:
            if address == "open":
                return self._open(_read(_Token, body).token)
            if not self._key or not hmac.compare_digest(key.encode(), self._key.encode()):
                raise _RefusedError(403, _NO_KEY)
            if address not in known:
                raise _RefusedError(404, "nothing is here")
            if self.over:
                raise _RefusedError(409, "this review has ended")
            try:
                return known[address](body)
            except (DeskError, SentError) as error:
                raise _RefusedError(409, str(error)) from None

    def _open(self, token: str) -> dict[str, str]:
        if not self.token or not hmac.compare_digest(token.encode(), self.token.encode()):
            raise _RefusedError(403, _OPENED)
        self.token, self._key = "", secrets.token_urlsafe(24)
        return {"key": self._key}

    def _ended(self, ended: Ended) -> dict[str, list[str]]:
        said = self._end(ended)
        self.over = True
        return {"done": said}


def _read(type_: type[_Asked], body: bytes) -> _Asked:
    try:
        return type_.model_validate_json(body)
    except (ValidationError, RecursionError) as error:
        told = error.errors(include_input=False) if isinstance(error, ValidationError) else []
        wrong = told[0]["msg"] if told else "nested too deeply"
        raise _RefusedError(400, wrong) from None


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a page that was closed before it was answered: nobody waits for that."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def make_server(desk: Desk, port: int) -> ThreadingHTTPServer:
    """Return a server of the desk on a port of loopback, 0 for a free one. Raises OSError if it is taken."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version = "desk"
        sys_version = ""
        timeout = WAIT

        def do_GET(self) -> None:
            if {"content-length", "transfer-encoding"} & {name.lower() for name in self.headers}:
                self.close_connection = True  # its body is not read, and must not be read as a request
            self._answer(self._page)

        def do_POST(self) -> None:
            self._answer(lambda: ("application/json", json.dumps(self._asked()).encode()))

        def _answer(self, make: Callable[[], tuple[str, bytes]]) -> None:
            try:
                self._refuse_other_hosts()
                kind, content = make()
                self._send(200, kind, content)
                if desk.over:
                    desk.ended.set()
            except _RefusedError as error:
                self.close_connection = True  # what it has not read of a body must not be read as a request
                self._send(error.status, "application/json", json.dumps({"wrong": str(error)}).encode())

        def _page(self) -> tuple[str, bytes]:
            name = self.path.removeprefix("/") or PAGE
            content = desk.page(name)
            if content is None:
                raise _RefusedError(404, "nothing is here")
            return f"{TYPES[name.rpartition('.')[2]]}; charset=utf-8", content

        def _refuse_other_hosts(self) -> None:
            """Refuse a request under another name, as one that was pointed here by another's DNS has."""
            hosts = self.headers.get_all("Host", [])
            if len(hosts) != 1 or hosts[0] not in self._hosts():
                raise _RefusedError(421, "the desk has no other name than that of loopback")

        def _hosts(self) -> tuple[str, str]:
            return f"127.0.0.1:{server.server_port}", f"localhost:{server.server_port}"

        def _asked(self) -> Any:
            origin, site = self.headers.get("Origin"), self.headers.get("Sec-Fetch-Site")
            if origin != f"http://{self.headers['Host']}" or site not in (None, "same-origin"):
                raise _RefusedError(403, "only the page of the desk may ask")
            if self.headers.get("Content-Type") != "application/json" or self.headers.get("Transfer-Encoding"):
                raise _RefusedError(415, "not JSON")
            length = self.headers.get("Content-Length", "")
            if not length.isascii() or not length.isdecimal():
                raise _RefusedError(411, "no length")
            if len(length) > 9 or int(length) > MOST_BYTES:
                raise _RefusedError(413, f"more than {MOST_BYTES} bytes")
            return desk.ask(self.path.removeprefix("/"), self.headers.get(KEY, ""), self.rfile.read(int(length)))

        def _send(self, status: int, kind: str, content: bytes) -> None:
            self.send_response(status)
            for name, value in (("Content-Type", kind), ("Content-Length", str(len(content))), *_HEADERS.items()):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
            pass

    server = _Server(("127.0.0.1", port), Handler)
    return server
