"""Vaults as cheap as the lock accepts, and journals whose ids are the same each time."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

from builders.journals import alter, fact
from builders.vaults import CHEAP, PASSPHRASE
from kinship.journal.journal import Journal, PageText
from kinship.tui.context import Context
from kinship.vault import KdfCost, RecoveryText, create_vault

FLOOR = KdfCost(64 * 1024, 3)
"""The cheapest that unlocking accepts."""


def locked_vault(context: Context, path: Path | None = None) -> tuple[Path, RecoveryText]:
    """Make a vault that can be unlocked with PASSPHRASE, closed; return where it is and its recovery text."""
    place = path or context.places.default_vault
    place.parent.mkdir(parents=True, exist_ok=True)
    vault, recovery = create_vault(place, PASSPHRASE, state=context.places.state, clock=context.clock, cost=FLOOR)
    vault.close()
    return place, recovery


def steady_journal(context: Context, seed: int = 7) -> Journal:
    """Return a journal whose vault has the same id each time, and with it the same questions."""
    dice = random.Random(seed)
    place = context.places.data / "steady.kinship"
    place.parent.mkdir(parents=True, exist_ok=True)
    vault, _ = create_vault(
        place,
        PASSPHRASE,
        state=context.places.state,
        clock=context.clock,
        cost=CHEAP,
        randomness=dice.randbytes,
    )
    return Journal(vault, context.clock)


PAGES = (
    "# Dinner at Bea's\n@Bea saw it before I said a word. She *listened*, really.\n\n> I am here\n\n- tea\n- rain",
    "Boxes, stairs, rain with @Tomás and @Ugo",
    "Short one.",
    "Called @Grace about the photos and the move to the new flat, which is far from everything #moving",
)


def a_few_pages(journal: Journal) -> None:
    """Write four pages over ten days, and put who is on them into the circle, with ids that are always the same."""
    since = journal.today() - dt.timedelta(days=90)
    people = {"Bea": "inner", "Tomás": "middle", "Ugo": "middle", "Grace": "outer"}
    alters = [alter(name) for name in people]
    facts = [fact(one.id, "status", "active", since) for one in alters]
    facts += [fact(one.id, "ring", people[one.name], since) for one in alters]
    journal.take_in("people", [*alters, *facts])
    for n, body in enumerate(PAGES):
        journal.keep_page(PageText(body=body, day=journal.today() - dt.timedelta(days=1 + 3 * n)))
