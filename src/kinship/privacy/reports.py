"""Crash reports without words: file, line, function and type of the error, never a message, never a value."""

from __future__ import annotations

import contextlib
import sys
import threading
import warnings
from collections.abc import Iterator
from types import TracebackType
from typing import Any

HEADLINE = "kinship stopped unexpectedly. What you had saved is safe."
BACKGROUND = "Something in the background failed. What you had saved is safe."
_DEEPEST_CHAIN = 8
_MOST_FRAMES = 40


def report_of(error: BaseException) -> str:
    """Return where and as what `error` was raised, with its causes, outermost call first, and nothing else."""
    return "\n".join(_lines(error, 0))


def install_hooks() -> None:
    """Let no interpreter hook print a message or a local: the main thread's, other threads', and `__del__`'s."""
    sys.excepthook = _unhandled
    threading.excepthook = _unhandled_in_thread
    sys.unraisablehook = _unraisable
    warnings.showwarning = _unsaid


def silence_logs() -> None:
    """Let no library's log reach the terminal where nobody asked for one: a record can quote what it was handed."""
    import logging  # noqa: PLC0415 - only where vaults open

    logging.lastResort = None
    logging.raiseExceptions = False


def asyncio_handler(_loop: object, context: dict[str, Any]) -> None:
    """Report an error of an event loop; give it to `loop.set_exception_handler`."""
    error = context.get("exception")
    _print(BACKGROUND, report_of(error) if isinstance(error, BaseException) else "  an event loop complained")


def _lines(error: BaseException, depth: int) -> Iterator[str]:
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and depth < _DEEPEST_CHAIN:
        yield from _lines(before, depth + 1)
        yield "  and then"
    yield from _frames(error.__traceback__)
    kind = type(error)
    yield f"  {kind.__module__}.{kind.__qualname__}"
    if isinstance(error, BaseExceptionGroup) and depth < _DEEPEST_CHAIN:
        for one in error.exceptions:
            yield "  with"
            yield from _lines(one, depth + 1)


def _frames(traceback: TracebackType | None) -> list[str]:
    found = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        found.append(f"  {_short(code.co_filename)}:{traceback.tb_lineno} {code.co_name}")
        traceback = traceback.tb_next
    return found[-_MOST_FRAMES:]


def _short(filename: str) -> str:
    """Return the path from the package on: where somebody's home lies is nobody's business."""
    for root in ("/site-packages/", "/src/"):
        before, found, below = filename.rpartition(root)
        if found and before:
            return below
    return filename.rpartition("/")[2]


def _print(headline: str, report: str) -> None:
    with contextlib.suppress(OSError, ValueError, AttributeError):  # no stderr: nobody to tell
        sys.stderr.write(f"{headline}\n{report}\n")
        sys.stderr.flush()


def _unsaid(*_warning: object, **_told: object) -> None:
    """A warning is for whoever writes programs, and its words may be somebody's."""


def _unhandled(_kind: type[BaseException], error: BaseException, _traceback: TracebackType | None) -> None:
    if not isinstance(error, KeyboardInterrupt):
        _print(HEADLINE, report_of(error))


def _unhandled_in_thread(told: threading.ExceptHookArgs) -> None:
    if told.exc_value is not None and not isinstance(told.exc_value, SystemExit):
        _print(BACKGROUND, report_of(told.exc_value))


def _unraisable(told: Any) -> None:
    if told.exc_value is not None:
        _print(BACKGROUND, report_of(told.exc_value))
