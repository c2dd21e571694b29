"""What goes into a vault and comes out of it: changes, what they changed, drafts, notices."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Struct

Document = dict[str, Any]
"""One document as JSON knows it: strings, numbers, booleans, null, lists and objects."""

Version = Mapping[str, int]
"""A version vector: how many versions of a document each segment (its id in hex) has written."""

RecoveryText = str
"""The printed form of the root secret: ten groups of four symbols."""

Randomness = Callable[[int], bytes]
"""Returns that many random bytes; `os.urandom` outside of tests."""


class Writing(Struct, frozen=True):
    """Who wrote a version, and when: the segment's id and the hybrid clock."""

    author: str
    clock: int


class Side(Struct, frozen=True):
    """One of the versions of a document that stand side by side."""

    document: Document | None
    """None for a deletion."""
    device: str
    """How the computer it was written on is called; empty where nobody says."""
    device_id: str
    here: bool
    """Whether it was written on this computer."""
    at: dt.datetime
    """When it was written, as that computer's clock said, with the offset of its place."""
    writing: Writing

    def __repr__(self) -> str:
        return f"Side({self.device}, {self.at})"


class Change(Struct, frozen=True):
    """One document as it shall be: a put is the whole document, None deletes it."""

    table: str
    id: str
    document: Document | None
    lww: bool = False
    """Let the later of two concurrent writings win instead of keeping both: for choices, never for words."""
    began: tuple[Version, ...] | None = None
    """The versions this one was made from; None means all that are there now. Others stay beside it."""
    written: Writing | None = None
    """Who wrote it and when, for a version that is brought back; None means here and now."""

    def __repr__(self) -> str:
        return f"Change({self.table}, {self.id})"


class Changed(Struct, frozen=True):
    """One document that became another, as it was shown before and is shown after."""

    table: str
    id: str
    before: Document | None
    after: Document | None
    sides: tuple[Side, ...] = ()
    """What stood side by side before and was made one; empty where there was one version."""

    def __repr__(self) -> str:
        return f"Changed({self.table}, {self.id})"


class Draft(Struct, frozen=True):
    """Words that are not saved yet, kept on this computer only."""

    id: str
    page: str | None
    """The page it will become an edit of; None for a new one."""
    heads: tuple[dict[str, int], ...]
    """The versions of that page it began from, as `Vault.versions` gave them."""
    saved: dt.datetime
    document: Document

    def __repr__(self) -> str:
        return f"Draft({self.id} of {self.page})"


class Notice(Struct, frozen=True):
    """Something a person should know about the vault: nothing is wrong with what can be read."""

    what: str
    """damaged, tail, missing, older (than was read here), other_key, newer, foreign, folder, state, retired,
    forked, swapped (the note key), inbox."""
    where: str
    """The file it is about, relative to the vault."""
    sentence: str


class KdfCost(Struct, frozen=True):
    """What one guess at a passphrase costs in Argon2id."""

    memory_kib: int
    passes: int


def new_id() -> str:
    """Return a random id: 16 bytes in hex."""
    return os.urandom(16).hex()
