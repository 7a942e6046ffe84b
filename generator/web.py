"""Asking a server over HTTP: patient where it is busy, short where it says no, and limited in what it takes."""

import http.client
from collections.abc import Callable, Mapping, Sequence
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import IO
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from generator.problems import disarmed

PAUSES = (1.0, 4.0, 16.0)  # seconds before the second, third and fourth attempt
TIMEOUT = 30.0  # seconds without a byte
MAX_WAIT = 120.0  # seconds that a server may ask to wait for
MAX_BYTES = 8 * 1024 * 1024
TOOL = "claimbook"
_MAX_SHOWN = 300  # characters


class WebError(Exception):
    """A server gave no answer, or one that is too large."""


class NoRedirect(HTTPRedirectHandler):
    """Takes a redirect for an answer: a token that goes with a request is not for another host."""

    def redirect_request(self, *_: object) -> None:
        """Follow nothing."""


def quoted(value: object) -> str:
    """Return a value on one line, quoted and cut, its control characters and commands of a runner escaped."""
    text = str(value)
    return disarmed(repr(text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}..."))


def is_private(address: str) -> bool:
    """Return whether nobody overhears what is sent to an address: by https, or on loopback."""
    parts = urlsplit(address)
    return parts.scheme == "https" or parts.hostname in ("127.0.0.1", "localhost", "::1")


def is_busy(status: int, content: bytes) -> bool:
    """Return whether an answer says to ask again later: too many requests, or a fault of the server."""
    return status == 429 or status >= 500


def ask(
    address: str,
    sleep: Callable[[float], None],
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    pauses: Sequence[float] = PAUSES,
    busy: Callable[[int, bytes], bool] = is_busy,
) -> tuple[int, bytes]:
    """Return the status and content of a server's answer.

    Tries again after each of some pauses (seconds, waited by `sleep`) where the server is busy, is silent, or breaks
    off; it waits longer where the server says so (`Retry-After`). Raises WebError where it stays so, where it asks for
    more than `MAX_WAIT`, and where the answer is larger than `MAX_BYTES`.
    """
    request = Request(address, data=body, headers={"User-Agent": TOOL, **(headers or {})}, method=method)  # noqa: S310
    why = ""
    for pause in (*pauses, None):
        asked_for = 0.0
        try:
            status, said, content = _open(request)
            if not busy(status, content):
                return status, content
            why, asked_for = f"it answers {status}", _retry_after(said)
        except (OSError, http.client.HTTPException) as error:
            why = quoted(_without_secret(str(getattr(error, "reason", error)), request))
        except ValueError:  # it repeats the value of a header, which may be a token
            why = "the request cannot be sent: it holds what no header may"
        if asked_for > MAX_WAIT:
            raise WebError(f"no answer: {why} and asks to wait for {asked_for:.0f} seconds")
        if pause is not None:
            sleep(max(pause, asked_for))
    raise WebError(f"no answer: {why}")


def _without_secret(text: str, request: Request) -> str:
    """Return what was said of a request without the token that it holds: a server may repeat it."""
    secret = request.get_header("Authorization", "").rpartition(" ")[2]
    return text.replace(secret, "...") if secret else text


def _open(request: Request) -> tuple[int, Message, bytes]:
    """Return status, headers and content of an answer, whatever the status."""
    try:
        with build_opener(NoRedirect).open(request, timeout=TIMEOUT) as response:
            return response.status, response.headers, _content(response, response)
    except HTTPError as error:
        with error:
            return error.code, error.headers, _content(error, error.fp)


def _content(answer: IO[bytes], response: object) -> bytes:
    content = answer.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise WebError(f"the answer is larger than {MAX_BYTES // 1024} KiB")
    if missing := getattr(response, "length", None):  # it breaks off, which `read` with a size does not tell
        raise http.client.IncompleteRead(content, missing)
    return content


def _retry_after(headers: Message) -> float:
    """Return how many seconds a server asks to wait; a date is compared with the server's own. 0 if it does not say."""
    value = headers.get("Retry-After", "").strip()
    if value.isascii() and value.isdecimal():
        return float(value[:10])
    try:
        until, now = parsedate_to_datetime(value), parsedate_to_datetime(headers.get("Date", ""))
        return max(0.0, (until - now).total_seconds())
    except (TypeError, ValueError):
        return 0.0
