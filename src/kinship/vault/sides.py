"""Where and when each of several versions of a document was written, for the person who chooses between them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from contextlib import suppress

from kinship.vault.hybrid import COUNTER_BITS
from kinship.vault.log import Log
from kinship.vault.merge import Head
from kinship.vault.records import Author
from kinship.vault.values import Side, Writing

_LAST_MS = 253_370_764_800_000
"""The year 9999, where calendars end; clocks may lie beyond it."""


def sides_of(heads: Iterable[Head], log: Log, device: str) -> tuple[Side, ...]:
    """Return the heads with who wrote them and when; `device` is the id of this computer."""
    return tuple(_side(head, log.author(head.author), device) for head in heads)


def _side(head: Head, author: Author, device: str) -> Side:
    here = bool(device) and author.device == device
    at, writing = written_at(head.clock, author.at), Writing(head.author, head.clock)
    return Side(head.document, author.name, author.device, here, at, writing)


def written_at(clock: int, begun: str) -> dt.datetime:
    """Return the moment of a hybrid clock, with the offset that the session `begun` (ISO 8601) had, else UTC."""
    zone: dt.tzinfo = dt.UTC
    with suppress(ValueError):
        zone = dt.datetime.fromisoformat(begun).tzinfo or dt.UTC
    at = dt.datetime.fromtimestamp(min(clock >> COUNTER_BITS, _LAST_MS) / 1000, dt.UTC)
    return at.astimezone(zone)
