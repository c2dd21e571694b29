"""The memory of a running program, read from outside as a debugger would: what can be found in it, and how often."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

_AT_ONCE = 1 << 24
_LONGEST = 1 << 10
"""Bytes that a needle may have at most: pieces overlap by so many."""


def _pieces(pid: int) -> Iterator[bytes]:
    """Yield everything that the program may read of itself, in pieces that overlap."""
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            where, modes, *_, name = line.split(maxsplit=5) if len(line.split()) > 5 else [*line.split(), ""]
            if "r" not in modes or name.startswith(("[v", "/dev/")):
                continue
            start, end = (int(part, 16) for part in where.split("-"))
            for at in range(start, end, _AT_ONCE):
                try:
                    memory.seek(at)
                    yield memory.read(min(_AT_ONCE + _LONGEST, end - at))
                except (OSError, OverflowError):
                    continue


def found_in(pid: int, needles: Mapping[str, bytes]) -> dict[str, int]:
    """Return how often each needle stands in the memory of a program; skips where that may not be read."""
    if sys.platform != "linux":
        pytest.skip("reads /proc")
    found = dict.fromkeys(needles, 0)
    try:
        for piece in _pieces(pid):
            for name, needle in needles.items():
                found[name] += piece.count(needle)
    except PermissionError:
        pytest.skip("the memory of another program may not be read here")
    return found


def shapes(words: Mapping[str, str]) -> dict[str, bytes]:
    """Return words as Python keeps them in memory: one, two or four bytes a letter."""
    return {
        f"{name} {code}": word.encode(code)
        for name, word in words.items()
        for code in ("utf-8", "utf-16-le", "utf-32-le")
    }
