"""Where a person was when the journal was locked, and the line in hand: sealed like a draft, taken out once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import msgspec
from msgspec import Struct

from kinship.ground.clock import Clock
from kinship.vault import Draft, Vault, new_id

_SHAPE = "bookmark"
STALE = dt.timedelta(days=1)
"""A bookmark that nobody came back to for so long is thrown away; one with a line in it is told of before."""


class Place(Struct, frozen=True):
    """One screen over Today, by the name of what opens it and what that was told."""

    name: str
    told: dict[str, Any] = {}


class Bookmark(Struct, frozen=True):
    """The screens over Today, the lowest first, and a line that was being typed on the last one."""

    places: tuple[Place, ...] = ()
    line: str = ""
    field: str = ""
    """The id of the field that the line stood in."""

    def __bool__(self) -> bool:
        return bool(self.places or self.line)


def keep_bookmark(vault: Vault, clock: Clock, bookmark: Bookmark) -> str:
    """Keep a bookmark on this computer and return its id. Raises NotSaved."""
    document = {_SHAPE: msgspec.to_builtins(bookmark)}
    return vault.save_draft(Draft(new_id(), None, (), clock.now(), document))


def take_bookmark(vault: Vault, clock: Clock, id_: str = "") -> Bookmark | None:
    """Take the bookmark `id_` out, or without one the newest in which a line waits; None where there is none.

    What nobody came back to for a day is thrown away.
    """
    found = {draft.id: (draft, one) for draft in vault.drafts() if (one := _bookmark(draft)) is not None}
    waiting = (name for name, (_, one) in found.items() if one.line)
    taken = id_ if id_ in found else next(waiting, "") if not id_ else ""
    for name, (draft, _) in found.items():
        if name == taken or clock.now() - draft.saved > STALE:
            vault.drop_draft(name)
    return found[taken][1] if taken else None


def _bookmark(draft: Draft) -> Bookmark | None:
    if _SHAPE not in draft.document:
        return None
    try:
        return msgspec.convert(draft.document[_SHAPE], Bookmark)
    except msgspec.ValidationError:
        return None
