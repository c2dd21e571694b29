"""Everything a command prints goes through here, so that nothing reaches a terminal that it could obey.

Into a pipe or a file a command writes what is kept, unchanged: a script must get the very words, and what a terminal
would obey was taken out when they came in.
"""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable
from typing import TextIO

from kinship.privacy.text import clean_line, visible

_TAB = 4
_NARROWEST = 20


def as_it_is(text: str) -> str:
    """Return `text`: every name may be read."""
    return text


hide: Callable[[str], str] = as_it_is
"""What is done with the names in what is said, JSON and files left out."""


def on_terminal(stream: TextIO | None = None) -> bool:
    """Return whether standard output (or another stream) is a terminal."""
    return (sys.stdout if stream is None else stream).isatty()


def say(text: str = "") -> None:
    """Print `text` and a newline."""
    _write(sys.stdout, hide(text) + "\n")


def say_json(value: object) -> None:
    """Print `value` as JSON, a list one element a line; every character outside ASCII is escaped."""
    if isinstance(value, list):
        _write(sys.stdout, "[\n" + ",\n".join(map(json.dumps, value)) + "\n]\n" if value else "[]\n")
    else:
        _write(sys.stdout, json.dumps(value, indent=2) + "\n")


def say_bytes(data: bytes) -> None:
    """Print a file's content: as it is into a pipe, harmless on a terminal."""
    if on_terminal():
        _write(sys.stdout, hide(data.decode("utf-8", "replace")))
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def remark(sentence: str) -> None:
    """Say one sentence on standard error: about the work, never part of its result."""
    _write(sys.stderr, hide(clean_line(sentence)) + "\n", always=True)


def askable(question: str) -> str:
    """Return a question as it may stand on a terminal, on one line."""
    return visible(hide(clean_line(question)))


def width() -> int:
    """Return the columns of the terminal, 80 where there is none."""
    return max(_NARROWEST, shutil.get_terminal_size((80, 24)).columns) if on_terminal() else 80


def wrapped(text: str, *, indent: str = "") -> Iterable[str]:
    """Yield the lines of `text` folded at the width of the terminal; a pipe gets them whole."""
    for line in text.expandtabs(_TAB).split("\n"):
        if not on_terminal() or len(line) + len(indent) <= width():
            yield indent + line if line else ""
        else:
            yield from textwrap.wrap(line, width(), initial_indent=indent, subsequent_indent=indent)


def _write(stream: TextIO, text: str, *, always: bool = False) -> None:
    if always or on_terminal(stream):
        text = visible(text.expandtabs(_TAB))
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "replace").decode(encoding))
    stream.flush()


def listed(words: Iterable[str]) -> str:
    """Return words with commas and a last "and"."""
    *before, last = list(words) or [""]
    return f"{', '.join(before)} and {last}" if before else last
