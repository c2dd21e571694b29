"""The small documents beside the pages and people: choices, the schema, devices, and acts that survive a restart."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
from msgspec import Struct

SCHEMA = 1
"""The version of the documents this program writes; a vault that says a higher one is refused for writing."""
SCHEMA_ID = "schema"


class Choice(Struct, frozen=True, kw_only=True):
    """One thing the person chose; its id is the key, and the last writer wins."""

    id: str
    value: Any


class Meta(Struct, frozen=True, kw_only=True):
    """What a vault says of itself: under `schema` its version and migrations, under any other id a device's name."""

    id: str
    version: int | None = None
    migrations: tuple[str, ...] = ()
    name: str = ""


class Former(Struct, frozen=True):
    """One document of a kept act: what it was before (None: it was not there), and a fingerprint of what it became."""

    table: str
    id: str
    before: dict[str, Any] | None
    after: str
    """SHA-256 of the document as canonical JSON; empty where the act removed it."""


class KeptAct(Struct, frozen=True, kw_only=True):
    """An import or another large act, kept in the vault so that it can be taken back after a restart."""

    id: str
    label: str
    at: dt.datetime
    formers: tuple[Former, ...] = msgspec.field(name="documents", default=())

    def __repr__(self) -> str:
        return f"KeptAct({self.id}, {len(self.formers)} documents)"
