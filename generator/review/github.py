"""What is kept up to date on GitHub through its REST API (version 2022-11-28).

One comment and one label on a pull request; one issue of each kind.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from generator.changes import IMPACTS
from generator.handwritten import is_page
from generator.review.formats import MARKER, MAX_COMMENT
from generator.web import PAUSES, TOOL, WebError, ask, is_private

AUTHOR = "github-actions[bot]"
LABEL = "impact: "

_MAX_PAGES = 30  # of a hundred comments each


class GithubError(Exception):
    """GitHub refused, gave no answer, or the pull request is not the one that was checked."""


class UnansweredError(GithubError):
    """GitHub gave no answer; it may still have done what was asked."""


class Repository:
    """A repository, as the token may see and change it."""

    def __init__(self, server: str, repository: str, token: str, sleep: Callable[[float], None]):
        """Take the address of the API and `owner/name`.

        Raises GithubError for a name or a token of another form, and where the token could be overheard.
        """
        if not re.fullmatch(r"[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+", repository) or ".." in repository:
            raise GithubError(f"{repository!r} is not `owner/name`")
        if not re.fullmatch("[!-~]+", token):
            raise GithubError("the token is none: it holds a space, the end of a line or a sign that no token has")
        if not is_private(server):
            raise GithubError("the token is not sent over http: name an https server")
        self._base = f"{server.rstrip('/')}/repos/{repository}"
        self._repository = repository
        self._token = token
        self._sleep = sleep

    def _ask(
        self,
        method: str,
        path: str,
        data: Mapping[str, object] | None = None,
        pauses: Sequence[float] = PAUSES,
        gone_is_done: bool = False,
    ) -> Any:
        headers = {
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {self._token}",
            "Content-Type": "application/json",
            "X-GitHub-Api-Version": "2022-11-28",
        }
        body = json.dumps(data).encode() if data is not None else None
        try:
            status, content = ask(f"{self._base}{path}", self._sleep, method, headers, body, pauses)
            if gone_is_done and status == 404:
                return None
            if status >= 300:
                raise GithubError(f"{method} {path}: GitHub answers {status}")
            return json.loads(content) if content else None
        except WebError as error:
            raise UnansweredError(f"{method} {path}: {error}") from None
        except (ValueError, RecursionError):
            raise GithubError(f"{method} {path}: GitHub's answer is not JSON") from None

    def _keep(self, find: Callable[[], int | None], update: Callable[[int], None], create: Callable[[], None]) -> str:
        """Change what was written before, or write it; return `created` or `updated`.

        Where GitHub fails after all, it may have kept what was written: it is looked for before the next attempt.
        """
        for pause in (*PAUSES, None):
            if found := find():
                update(found)
                return "updated"
            try:
                create()
                return "created"
            except UnansweredError:
                if pause is None:
                    raise
                self._sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    def _first(self, path: str, is_it: Callable[[Mapping[str, Any]], bool]) -> Mapping[str, Any] | None:
        """Return the first of a list of GitHub's that is what is looked for, where there is one."""
        for page in range(1, _MAX_PAGES + 1):
            listed = self._ask("GET", f"{path}per_page=100&page={page}")
            if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
                raise GithubError(f"GET {path}: GitHub lists them in a form that is not known")
            for each in listed:
                if is_it(each):
                    return dict(each)
            if len(listed) < 100:
                break
        return None


class PullRequest(Repository):
    """A pull request of a repository."""

    def __init__(self, server: str, repository: str, number: int, token: str, sleep: Callable[[float], None]):
        """Take its number beside what the repository takes."""
        super().__init__(server, repository, token, sleep)
        self._number = number

    def refuse_another(self, head: str) -> str:
        """Raise GithubError unless the pull request is open and its newest commit is the one that was checked.

        Returns the newest commit of the branch that it goes to.
        """
        found = self._ask("GET", f"/pulls/{self._number}")
        try:
            state, sha, target = found["state"], found["head"]["sha"], found["base"]["repo"]["full_name"]
            base = str(found["base"]["sha"])
        except (KeyError, TypeError):
            raise GithubError(f"GitHub describes pull request {self._number} in a form that is not known") from None
        if state != "open" or sha != head or target.casefold() != self._repository.casefold():
            raise GithubError(f"pull request {self._number} is not the one that was checked: nothing is written to it")
        return base

    def refuse_other_content(self, head: str, files: Mapping[PurePosixPath, bytes]) -> None:
        """Raise GithubError unless files are, byte for byte, the plain ones below `content/` and the pages at a commit.

        The zip is made by the workflow of the pull request, which may be changed to hand in something else.
        """
        tree = self._ask("GET", f"/git/trees/{quote(head, safe='')}?recursive=1")
        try:
            listed = {
                PurePosixPath(entry["path"]): entry["sha"]
                for entry in tree["tree"]
                if entry["type"] == "blob"
                and entry["mode"] != "120000"
                and (entry["path"].startswith("content/") or is_page(PurePosixPath(entry["path"])))
            }
            whole = tree["truncated"] is False
        except (KeyError, TypeError, AttributeError):
            raise GithubError("GitHub describes the tree of the commit in a form that is not known") from None
        if not whole or {path: git_name(content) for path, content in files.items()} != listed:
            raise GithubError("the content handed in is not that of the commit: nothing is written")

    def base_of(self, base: str, head: str) -> str:
        """Return the commit from which the pull request departs."""
        found = self._ask("GET", f"/compare/{quote(base, safe='')}...{quote(head, safe='')}?per_page=1")
        try:
            return str(found["merge_base_commit"]["sha"])
        except (KeyError, TypeError):
            raise GithubError("GitHub names no commit from which the pull request departs") from None

    def comment(self, body: str) -> str:
        """Write the comment, or put it in the place of the one from before; return `created` or `updated`."""
        comments = f"/issues/{self._number}/comments"

        def find() -> int | None:
            found = self._first(f"{comments}?", lambda each: is_ours(each, MARKER))
            return int(found["id"]) if found else None

        return self._keep(
            find,
            lambda number: self._ask("PATCH", f"/issues/comments/{number}", {"body": body}),
            lambda: self._ask("POST", comments, {"body": body}, pauses=()),
        )

    def label(self, impact: str) -> None:
        """Set the label of an impact, or none for no change, and take away those of other impacts."""
        wanted = {LABEL + IMPACTS[impact].lower()} if impact else set()
        ours = {LABEL + name.lower() for name in IMPACTS.values()}
        there = {str(label["name"]) for label in self._ask("GET", f"/issues/{self._number}/labels?per_page=100")}
        for name in sorted((ours & there) - wanted):
            self._ask("DELETE", f"/issues/{self._number}/labels/{quote(name, safe='')}", gone_is_done=True)
        for name in sorted(wanted - there):
            self._ask("POST", f"/issues/{self._number}/labels", {"labels": [name]})


class Issues(Repository):
    """The issues of a repository that are kept by a program, each known by a mark at its beginning."""

    def keep(self, key: str, title: str, body: str) -> str:
        """Write an issue, or put it in the place of the open one of the same key; close that if there is no text.

        Returns what was done: `created`, `updated`, `closed` or `nothing to say`. Raises GithubError for a text that
        is too long with its mark.
        """
        mark = f"<!-- {TOOL}: {key} -->"
        written = {"title": title, "body": f"{mark}\n{body}"}
        if len(written["body"]) > MAX_COMMENT:
            raise GithubError(f"an issue of {len(written['body'])} characters is longer than GitHub takes")

        def find() -> int | None:
            found = self._first("/issues?state=open&", lambda each: is_ours(each, mark) and "pull_request" not in each)
            return int(found["number"]) if found else None

        if not body:
            number = find()
            if number is None:
                return "nothing to say"
            self._ask("PATCH", f"/issues/{number}", {"state": "closed", "state_reason": "completed"})
            return "closed"
        return self._keep(
            find,
            lambda number: self._ask("PATCH", f"/issues/{number}", written),
            lambda: self._ask("POST", "/issues", written, pauses=()),
        )


def is_ours(written: Mapping[str, Any], mark: str) -> bool:
    """Return whether a comment or an issue was written by the workflows, and begins with a mark."""
    author = (written.get("user") or {}).get("login")
    return author == AUTHOR and str(written.get("body")).startswith(mark)


def git_name(content: bytes) -> str:
    """Return the name that git gives to a file's content: SHA-1 over its kind, length and bytes."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
