"""Reading the small files that people write by hand (settings, themes, packs), whatever lies there instead of one."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from pathlib import Path
from typing import Any

_DEEP_KEY = re.compile(r"(?:\.[\w\"'\- \t]{0,80}){100}")
"""A key of so many parts takes a parser minutes."""


class Unreadable(ValueError):
    """A file that cannot be used; its text is the end of a sentence: "cannot be read", "is no plain file"."""


def read_small(path: Path, most: int) -> str:
    """Return the text of a file of at most `most` bytes, a link followed.

    Nothing that waits or never ends (a pipe, a device) is read. Raises FileNotFoundError where there is nothing, and
    Unreadable.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:
        raise Unreadable("cannot be read") from error
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise Unreadable("is no plain file")
        with os.fdopen(descriptor, "rb", buffering=0, closefd=False) as file:
            data = file.read(most + 1)
    except OSError as error:
        raise Unreadable("cannot be read") from error
    finally:
        os.close(descriptor)
    if len(data) > most:
        raise Unreadable(f"is larger than {most // 1024} KB")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("is not UTF-8 text") from None


def toml_of(text: str) -> dict[str, Any]:
    """Return what a TOML text says. Raises Unreadable, with the line where there is one and no word of the text."""
    if _DEEP_KEY.search(text):
        raise Unreadable("is not valid TOML: a key in it has too many parts")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Unreadable(f"is not valid TOML{_place(str(error))}") from error
    except (RecursionError, ValueError, OverflowError) as error:
        raise Unreadable("is not valid TOML") from error


def _place(told: str) -> str:
    """Return where a fault is, of a message that ends in "(at line 3, column 7)"."""
    _, found, place = told.rpartition("(at ")
    return f": look at {place.rstrip(')')}" if found else ""
