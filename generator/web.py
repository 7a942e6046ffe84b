"""Asking a server over HTTP: patient where it is busy, short where it says no, and limited in what it takes."""

import http.client
from collections.abc import Callable, Mapping, Sequence
from typing import IO
from urllib.error import HTTPError
from urllib.request import HTTPRedirectHandler, Request, build_opener

PAUSES = (1.0, 4.0, 16.0)  # seconds before the second, third and fourth attempt
TIMEOUT = 30.0  # seconds without a byte
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
    """Return a value on one line, quoted and cut, its control characters escaped.

    `##[` is escaped too, as GitHub's runner takes it for a command wherever it stands in a line.
    """
    text = str(value)
    return repr(text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}...").replace("##[", r"#\x23[")


def ask(
    address: str,
    sleep: Callable[[float], None],
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
    pauses: Sequence[float] = PAUSES,
) -> tuple[int, bytes]:
    """Return the status and content of a server's answer.

    Tries again after each of some pauses (seconds, waited by `sleep`) where the server is busy (429), fails (500 and
    above) or is silent. Raises WebError where it stays so, and where the answer is larger than `MAX_BYTES`.
    """
    request = Request(address, data=body, headers={"User-Agent": TOOL, **(headers or {})}, method=method)  # noqa: S310
    why = ""
    for pause in (*pauses, None):
        try:
            with build_opener(NoRedirect).open(request, timeout=TIMEOUT) as response:
                return response.status, _content(response)
        except HTTPError as error:
            if error.code != 429 and error.code < 500:
                with error:
                    return error.code, _content(error)
            error.close()
            why = f"it answers {error.code}"
        except (OSError, http.client.HTTPException, ValueError) as error:
            why = quoted(getattr(error, "reason", error))
        if pause is not None:
            sleep(pause)
    raise WebError(f"no answer: {why}")


def _content(response: IO[bytes]) -> bytes:
    content = response.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise WebError(f"the answer is larger than {MAX_BYTES // 1024} KiB")
    return content
