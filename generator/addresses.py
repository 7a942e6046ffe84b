"""Whether an address of the web still leads somewhere, followed hop by hop."""

import http.client
import socket
import string
from dataclasses import dataclass
from typing import Literal
from urllib.error import HTTPError
from urllib.parse import quote, urljoin, urlsplit
from urllib.request import Request, build_opener

from generator import web
from generator.web import quoted

MAX_HOPS = 10


@dataclass(frozen=True)
class Answer:
    """Of an address: `silent` where its own host, `unreached` where one that it leads to could not be asked."""

    outcome: Literal["found", "lost", "refused", "unreached", "silent"]
    why: str = ""


_OPENER = build_opener(web.NoRedirect)


def ask_address(address: str) -> Answer:
    """Ask an address with HEAD; with GET where that is refused, as some hosts answer only GET."""
    answer = _follow(address, "HEAD")
    return _follow(address, "GET") if answer.outcome in ("lost", "refused") else answer


def _follow(address: str, method: str) -> Answer:
    """Ask an address and follow its redirections to the last."""
    for hop in range(MAX_HOPS):
        try:
            parts = urlsplit(address)
            if parts.scheme not in ("http", "https"):
                return Answer("unreached")
            status, target = _request(address, method)
        except (OSError, ValueError, http.client.HTTPException) as error:
            reason = getattr(error, "reason", None)
            if hop and isinstance(reason, socket.gaierror) and reason.errno == socket.EAI_NONAME:
                return Answer("lost", f"leads to {quoted(parts.hostname)}, which does not exist")
            return Answer("unreached" if hop else "silent")
        if status in (404, 410):
            return Answer("lost", f"{quoted(parts.hostname)} answers {status}")
        if not target:
            return Answer("found" if status < 300 else "refused")
        address = target
    return Answer("refused")


def _request(address: str, method: str) -> tuple[int, str]:
    """Return the status that an address answers with, and the address that it redirects to."""
    request = Request(address, method=method, headers={"User-Agent": web.TOOL})  # noqa: S310
    try:
        with _OPENER.open(request, timeout=web.TIMEOUT) as response:
            return response.status, ""
    except HTTPError as error:
        with error:
            target = error.headers.get("Location", "") if error.code in (301, 302, 303, 307, 308) else ""
        return error.code, target and quote(urljoin(address, target), safe=string.punctuation)
