"""A plugin of pytest for `tools.mutants`: it runs the tests once without a change, then in a fork for each change.

What Python imports and what templates are compiled to is there already, so that a change that is noticed by the first
test costs a tenth of a new process. The code of the functions that differ is exchanged in memory. What was made at
import stays as it was: a change of it is answered with `elsewhere`, and needs a process of its own.
"""

import functools
import gc
import inspect
import json
import os
import resource
import signal
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import zip_longest
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest

ANSWERS = ("lives", "killed", "elsewhere")


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    """Run the tests; if they pass, say so and answer each line that asks for a change.

    Only the golden files are made in this process, as Typst would leave it with threads, which no fork has.
    """
    _run(session, [item for item in session.items if "test_golden" in item.nodeid])
    functions = [each for each in gc.get_objects() if isinstance(each, FunctionType)]
    kept = [each for each in gc.get_objects() if isinstance(each, functools._lru_cache_wrapper)]
    for each in kept:
        code = getattr(each.__wrapped__, "__code__", None)
        if code and Path(code.co_filename).is_relative_to(session.config.rootpath / "tests"):
            each.cache_clear()
    cached = {each.__wrapped__ for each in kept if each.cache_info().currsize}
    gc.freeze()
    if not (pid := os.fork()):
        _run(session, session.items)
        return True  # and pytest tells what fails
    _, failed, used = os.wait4(pid, 0)
    if failed:
        os._exit(1)
    # Counted in what the processor does, as a busy machine makes every test slow.
    seconds = int(30 + 5 * used.ru_utime)
    asked, told = (int(number) for number in os.environ["MUTANTS_PIPES"].split())
    os.write(told, b"ready")
    os.close(told)
    with os.fdopen(asked) as lines:
        for line in lines:
            with suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass
            change = json.loads(line)
            if os.fork():
                continue
            if pid := os.fork():
                Path(change["answer"]).write_text(_answer(pid, change["limit"]), "utf-8")
                os._exit(0)
            os.setpgid(0, 0)
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
            with suppress(BaseException):
                os._exit(_try(session, change, [each for each in functions if each not in cached]))
            os._exit(1)
    return True


def _run(session: pytest.Session, items: Sequence[pytest.Item]) -> bool:
    """Return whether one of the tests fails, and go no further."""
    for item, following in zip_longest(items, items[1:]):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed:
            break
    return bool(session.testsfailed)


def _answer(pid: int, limit: float) -> str:
    """Return what a fork says by its exit code; one that does not end in time has noticed."""
    end = time.monotonic() + limit
    while not (ended := os.waitpid(pid, os.WNOHANG))[0] and time.monotonic() < end:
        time.sleep(0.02)
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    if not ended[0]:
        os.waitpid(pid, 0)
        return "killed"
    code = os.waitstatus_to_exitcode(ended[1])
    return ANSWERS[code] if code in (0, 2) else "killed"


def _try(session: pytest.Session, change: Mapping[str, Any], functions: list[FunctionType]) -> int:
    file = os.path.abspath(change["file"])
    before, after = (compile(text, file, "exec") for text in (Path(file).read_bytes(), change["text"]))
    try:
        pairs = [*_differing(before, after)]
    except ValueError:
        return 2
    for old, new in pairs:
        found = [each for each in functions if each.__code__.co_filename == file and each.__code__ == old]
        if not found or {each.__code__.co_freevars for each in found} != {new.co_freevars}:
            return 2
        for each in found:
            each.__code__ = new
    items = sorted(session.items, key=lambda item: not any(part in item.nodeid for part in change["first"]))
    return _run(session, items)


def _differing(old: CodeType, new: CodeType) -> Iterator[tuple[CodeType, CodeType]]:
    """Yield the functions of a module that differ, before and after. Raises ValueError if more than these differs."""
    if _bare(old) != _bare(new):
        raise ValueError("what is done at import differs")
    for was, now in zip(_codes(old), _codes(new), strict=True):
        if was != now:
            if was.co_flags & inspect.CO_OPTIMIZED:
                yield was, now
            else:
                yield from _differing(was, now)


def _codes(code: CodeType) -> list[CodeType]:
    return [each for each in code.co_consts if isinstance(each, CodeType)]


def _bare(code: CodeType) -> tuple[object, ...]:
    """Return what a module or a class does itself, beside its functions."""
    constants = ["code" if isinstance(each, CodeType) else repr(each) for each in code.co_consts]
    return code.co_code, code.co_names, constants
