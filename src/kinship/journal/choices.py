"""What the person chose, one document a key, where the last writer wins."""

from __future__ import annotations

import datetime as dt
from typing import Any

from kinship.ground.clock import DAY_START
from kinship.journal.kinds import Kind, Subkind
from kinship.journal.model import AlterId
from kinship.journal.records import Choice
from kinship.journal.shelf import Shelf
from kinship.vault import Vault

DAY_START_KEY = "day_start"
OWN_NAME = "own_name"
COUNTRY = "country"
OWN_SUBKINDS = "own_subkinds"
"""The person's own ways of giving: a mapping of id to {kind, label, past}."""


TOUCH_PREFIX = "touch."
"""What the key of a rhythm begins with."""


def touch_key(alter: AlterId) -> str:
    """Return the key of how often the person wants to be in touch with somebody, in days."""
    return f"{TOUCH_PREFIX}{alter}"


def device_key(device: str) -> str:
    """Return the key of what the person calls one of their computers."""
    return f"device.{device}"


class Choices(Shelf[Choice]):
    """The choices of a journal; other keys than those named here may be used freely."""

    def __init__(self, vault: Vault) -> None:
        super().__init__(vault, "choices", Choice)

    def value(self, key: str, otherwise: Any = None) -> Any:
        """Return what was chosen under `key`, as JSON knows it; `otherwise` where nothing was."""
        chosen = self.get(key)
        return otherwise if chosen is None else chosen.value

    @property
    def day_start(self) -> dt.time:
        """When the person's day begins: four in the morning unless chosen."""
        chosen = self.value(DAY_START_KEY)
        try:
            return dt.time.fromisoformat(chosen) if isinstance(chosen, str) else DAY_START
        except ValueError:
            return DAY_START

    @property
    def own_name(self) -> str:
        """What the person calls themselves on the map, empty where they did not say."""
        return str(self.value(OWN_NAME, ""))

    @property
    def country(self) -> str:
        """Two letters, for the helplines shown; empty where they did not say."""
        return str(self.value(COUNTRY, ""))

    @property
    def own_subkinds(self) -> tuple[Subkind, ...]:
        """The person's own ways of giving, each under one of the kinds."""
        told = self.value(OWN_SUBKINDS, {})
        return tuple(
            Subkind(id_, Kind(one["kind"]), str(one.get("label", id_)), str(one.get("past", id_)))
            for id_, one in (told.items() if isinstance(told, dict) else ())
            if isinstance(one, dict) and one.get("kind") in set(Kind)
        )

    def touch(self, alter: AlterId) -> int | None:
        """Return every how many days the person wants to be in touch with somebody; None where they did not say."""
        told = self.value(touch_key(alter))
        return told if isinstance(told, int) and not isinstance(told, bool) and told > 0 else None
