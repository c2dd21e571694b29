"""Paths as people type them: the home as ~, words in quotes, and what could come next."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from kinship.privacy.text import clean_line

QUOTES = ("'", '"')
MOST = 200
"""Names of a folder that are offered."""
MOST_LOOKED_AT = 20_000


def home_of(environment: Mapping[str, str]) -> Path:
    """Return the home that an environment names, else this user's."""
    return Path(environment.get("HOME") or Path.home())


def typed_path(typed: str, home: Path, folder: Path) -> Path:
    """Return the path that is meant: quotes left off (as terminals put them round a file that is dropped on them)."""
    words = clean_line(typed)
    if len(words) > 1 and words[0] == words[-1] and words[0] in QUOTES:
        words = words[1:-1]
    if words == "~" or words.startswith("~/"):
        return home / words[2:]
    return folder / words


def told_path(path: Path, home: Path) -> str:
    """Return a path as a person would type it."""
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) and path != home else str(path)


def free_place(path: Path) -> Path:
    """Return `path`, or the first of path-2, path-3, … where nothing is yet."""
    free, number = path, 1
    while os.path.lexists(free):
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free


def ways_on(typed: str, home: Path, folder: Path) -> tuple[str, ...]:
    """Return what `typed` may become, folders ending in `/`, by name; hidden ones only where a dot is typed.

    It looks into one folder, which may be slow to answer: never on the thread that paints.
    """
    before, slash, begun = typed.lstrip("'\"").rpartition("/")
    place = typed_path(before or "/", home, folder) if slash else folder
    found: list[tuple[bool, str]] = []
    try:
        with os.scandir(place) as names:
            for number, one in enumerate(names):
                if number >= MOST_LOOKED_AT:
                    break
                if _fits(one.name, begun):
                    found.append((one.is_dir(), one.name))
    except OSError:
        return ()
    found.sort(key=lambda one: (one[1].startswith("."), one[1].casefold()))
    return tuple(f"{before}{slash}{name}{'/' if is_folder else ''}" for is_folder, name in found[:MOST])


def _fits(name: str, begun: str) -> bool:
    if clean_line(name) != name or (name.startswith(".") and not begun.startswith(".")):
        return False
    return name.startswith(begun) or name.casefold().startswith(begun.casefold())


def further(typed: str, ways: Iterable[str]) -> str:
    """Return how far all of `ways` go on together, `typed` where they part at once."""
    every = sorted(ways)
    if not every:
        return typed
    first, last = every[0], every[-1]
    same = next((at for at, sign in enumerate(first) if last[at : at + 1] != sign), len(first))
    return first[:same] if same > len(typed.lstrip("'\"")) else typed
