"""The stock of sentences a synthetic life is written from, each with when it fits and what it is evidence of."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct

from kinship.journal.kinds import Kind, kind_of, subkind
from kinship.journal.model import Direction

WORDS = Path(__file__).parent / "words"
STORY = ("story_by_the_sea", "story_inland")
SEASONS = ("winter", "spring", "summer", "autumn")
STRANGER = "who"
"""The slot for somebody outside the cast."""

_SCENE = re.compile(r"(?:\[([a-z ]+)\] )?(.*?)(?: \| (.*))?\Z", re.DOTALL)
_MARK = re.compile(r"(\w*)([><!?])([a-z_]+)([123])?\Z")
_WAYS = {
    ">": (Direction.FROM_THEM, False),
    "<": (Direction.TO_THEM, False),
    "!": (Direction.FROM_THEM, True),
    "?": (Direction.TO_THEM, True),
}


class Mark(Struct, frozen=True):
    """A moment that a scene is evidence of; `who` is a key of the cast."""

    who: str
    direction: Direction
    kind: Kind
    subkind: str | None
    strength: int | None


class Scene(Struct, frozen=True):
    """A few sentences, and the days they fit."""

    text: str
    conditions: frozenset[str]
    marks: tuple[Mark, ...]


class Beat(Struct, frozen=True, kw_only=True):
    """A page of the story: `at` from 0 (first day) through 0.5 (the move) to 1 (last day)."""

    at: float
    text: str
    title: str | None = None
    weekday: int | None = None
    mood: int | None = None
    stress: int | None = None
    feelings: tuple[str, ...] = ()
    moments: str = ""
    starred: str | None = None


class Stock(Struct, frozen=True):
    """Everything that pages are made of."""

    people: tuple[Scene, ...]
    alone: tuple[Scene, ...]
    openers: tuple[Scene, ...]
    closings: tuple[Scene, ...]
    thoughts: tuple[Scene, ...]
    sayings: tuple[Scene, ...]
    answers: dict[str, tuple[Scene, ...]]
    """By the id of the prompt."""
    strangers: dict[str, tuple[Scene, ...]]
    """By sector."""
    good: tuple[str, ...]
    todo: tuple[str, ...]
    headings: tuple[str, ...]
    beats: tuple[Beat, ...]


@cache
def load_stock() -> Stock:
    """Return the stock, read from the package once."""
    days = words("days")
    people = words("scenes_kin") | words("scenes_world")
    return Stock(
        people=tuple(scene_of(told, who) for who, scenes in people.items() for told in scenes),
        alone=_scenes(days["alone"]),
        openers=_scenes(days["openers"]),
        closings=_scenes(days["closings"]),
        thoughts=_scenes(days["thoughts"]),
        sayings=_scenes(days["sayings"]),
        answers={prompt: _scenes(told) for prompt, told in words("answers").items()},
        strangers={sector: _scenes(told, STRANGER) for sector, told in days["strangers"].items()},
        good=tuple(days["lists"]["good"]),
        todo=tuple(days["lists"]["todo"]),
        headings=tuple(days["lists"]["headings"]),
        beats=tuple(_beat(told) for half in STORY for told in words(half)["beat"]),
    )


def words(name: str) -> dict[str, Any]:
    """Return one of the files of words as it stands."""
    return tomllib.loads((WORDS / f"{name}.toml").read_text(encoding="utf-8"))


def scene_of(told: str, who: str = "") -> Scene:
    """Return the scene of one line, `[conditions] text | moments`; raises ValueError for a moment of no known kind."""
    found = _SCENE.match(told)
    conditions, text, moments = found.groups() if found is not None else (None, told, None)
    return Scene(text, frozenset((conditions or "").split()), marks_of(moments or "", who))


def marks_of(told: str, who: str = "") -> tuple[Mark, ...]:
    """Return the moments in `ines>listening2, mum!pressure`; a missing name is `who`."""
    return tuple(_mark(one.strip(), who) for one in told.split(",") if one.strip())


def _mark(told: str, who: str) -> Mark:
    found = _MARK.match(told)
    kind = kind_of(found[3]) if found is not None else None
    if found is None or kind is None:
        raise ValueError(f"{told} is no moment")
    direction, strains = _WAYS[found[2]]
    if strains != (kind is Kind.STRAIN) and not (found[2] == "?" and kind is Kind.STRAIN):
        raise ValueError(f"{told} has the sign of another kind")
    known = subkind(found[3])
    return Mark(found[1] or who, direction, kind, known.id if known else None, int(found[4]) if found[4] else None)


def _scenes(told: list[str], who: str = "") -> tuple[Scene, ...]:
    return tuple(scene_of(one, who) for one in told)


def _beat(told: dict[str, Any]) -> Beat:
    feelings = tuple(told.pop("feelings", ()))
    text = told.pop("text").strip()
    return Beat(text=text, feelings=feelings, **told)
