"""What helped on hard days: one's own words, as a list. Nothing is counted here, and nothing is concluded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from kinship.insight.material import Material
from kinship.insight.values import Cell, Pattern, State, Table
from kinship.insight.words import between, count, sentence
from kinship.journal.kinds import KIND_WORDS, SUPPORT, subkind
from kinship.journal.model import Direction, StepState

LOW, PRESSED = 3.0, 8.0
"""A day is hard at this mood or below, or at this stress or above."""
CARD = "the hard-day card"


def hard_days(material: Material) -> Pattern:
    """Return what the card says, then what was starred, done and received on hard days, the latest day first."""
    hard = {day.day for day in material.days if _low(day.mood) or _pressed(day.stress)}
    rows: list[tuple[Cell, ...]] = [(None, CARD, words) for words in material.card.helps]
    rows += sorted(_kept(material, hard), key=lambda row: (row[0], row[1], row[2]), reverse=True)
    since, until = (min(hard), max(hard)) if hard else (None, None)
    told = (
        sentence(
            f"{count(len(rows), 'line')}: what the hard-day card says, and what was starred, done or received on",
            f"{count(len(hard), 'hard day')}, {between(since, until)}." if hard else "hard days.",
            "It is a list to look through, and nothing is counted in it.",
        )
        if rows
        else "Nothing here yet: star a line on a hard day, or write on the hard-day card what helps."
    )
    return Pattern(
        id="hard_days",
        title="What helped on hard days",
        state=State.SHOWN if rows else State.NOT_YET,
        n=len(rows),
        missing=0 if rows else 1,
        since=since,
        until=until,
        sentence=told,
        table=Table(("day", "from", "words"), tuple(rows)) if rows else None,
    )


def _kept(material: Material, hard: set[dt.date]) -> Iterator[tuple[dt.date, str, str]]:
    """Yield day, where it stands, and words."""
    for line in material.lines:
        if line.day in hard:
            yield line.day, "a starred line", line.text
    for step in material.intentions:
        if step.made in hard and step.state is StepState.DONE:
            yield step.made, "a next step that was done", step.text
    for moment in material.moments:
        root = material.roots.get(moment.alter, moment.alter)
        helped = moment.day in hard and moment.direction is Direction.FROM_THEM and moment.kind in SUPPORT
        if helped and root in material.names:
            way = subkind(moment.subkind) if moment.subkind is not None else None
            gave = way.past if way is not None else f"gave {KIND_WORDS[moment.kind]}"
            yield moment.day, "a moment", f"{material.names[root]}: {gave}"


def _low(mood: float | None) -> bool:
    return mood is not None and mood <= LOW


def _pressed(stress: float | None) -> bool:
    return stress is not None and stress >= PRESSED
