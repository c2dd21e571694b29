"""What a file would bring: people with what is said of them, who knows whom, and what is doubtful or left out."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from kinship.journal.model import AlterKind

Ref = str
"""What the file calls somebody."""


class Said(Struct, frozen=True):
    """One statement on somebody, from a day on: a field and value of a fact."""

    field: str
    value: int | str | None
    from_: dt.date


class Newcomer(Struct, frozen=True, kw_only=True):
    """Somebody the file names."""

    ref: Ref
    name: str
    kind: AlterKind = AlterKind.PERSON
    since: dt.date
    """The day from which they are on the map."""
    aliases: tuple[str, ...] = ()
    pronouns: str = ""
    birthday: str = ""
    """YYYY-MM-DD or --MM-DD."""
    notes: str = ""
    said: tuple[Said, ...] = ()

    def __repr__(self) -> str:
        return f"Newcomer({self.kind})"


class Known(Struct, frozen=True):
    """Two who know each other from a day on, with a strength of 1 to 3; None: no longer."""

    a: Ref
    b: Ref
    from_: dt.date
    strength: int | None = 1


class Plan(Struct, frozen=True, kw_only=True):
    """Everything one file would bring."""

    source: str
    """What the act is called: the program it comes from."""
    people: tuple[Newcomer, ...] = ()
    known: tuple[Known, ...] = ()
    doubts: tuple[str, ...] = ()
    """What was understood in one of several ways, each in a sentence."""
    left_out: tuple[str, ...] = ()
    """What kinship has no place for, each in a few words."""
