"""What a person's page lists below the table: what happened, what is behind one way, or how the tie changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from kinship.circle.rhythm import ASCII_BARS, BARS, bars, by_month, since
from kinship.circle.support import from_them
from kinship.journal.kinds import Kind, label_of
from kinship.journal.model import Alter, Bond, Direction, Status
from kinship.privacy.text import visible
from kinship.tui.tie_words import CARE, is_of, unsaid, words_of
from kinship.tui.widgets.give_table import ASCII_SIGNS, SIGNS
from kinship.tui.widgets.moment_list import MomentLine

if TYPE_CHECKING:
    from kinship.journal.journal import Journal
    from kinship.journal.model import Moment

TURNED = {
    Direction.FROM_THEM: ("I could turn to them for · what weighs", "what they could turn to me for"),
    Direction.TO_THEM: ("They could turn to me for", "what I could turn to them for"),
}
"""What the table says, and what it says after the next turn."""


class View(NamedTuple):
    """What is listed: everything that happened, only what is `behind` a kind or a way, or the history."""

    behind: tuple[Kind, str] | None
    direction: Direction
    history: bool
    until: dt.date
    """The day the page is turned to; nothing later is listed."""

    def lines(self, journal: Journal, alter: Alter) -> tuple[MomentLine, ...]:
        """Return the lines, newest first; behind a way only its moments, else also pages that only name them."""
        if self.history:
            told = journal.circle.timeline().history_of(alter.id)
            lines = [MomentLine(one.day, "", "", None, None, one.text) for one in reversed(told)]
        else:
            lines = sorted(self._happened(journal, alter), key=lambda line: line.day, reverse=True)
        return tuple(line for line in lines if line.day <= self.until)

    def _happened(self, journal: Journal, alter: Alter) -> Iterator[MomentLine]:
        own = {one.id: one for one in journal.choices.own_subkinds}
        behind = set()
        for moment in journal.moments.of(alter):
            page = journal.pages.get(moment.entry) if moment.entry is not None else None
            if page is not None:
                behind.add(page.id)
            if self._tells(moment):
                title = journal.pages.title_of(page) if page is not None else ""
                words, entry = words_of(moment, own.get), page.id if page is not None else None
                yield MomentLine(moment.day, words, moment.kind.value, moment.id, entry, title)
        for page in journal.pages.mentioning(alter) if self.behind is None else ():
            if page.id not in behind:
                yield MomentLine(page.day, "", "", None, page.id, journal.pages.title_of(page))

    def _tells(self, moment: Moment) -> bool:
        return self.behind is None or is_of(moment, *self.behind, self.direction)

    def head(self, bond: Bond, day: dt.date, count: int, *, plain: bool) -> Content:
        """Return the line above the list."""
        if self.history:
            return Content.assemble(("How it changed", "bold"), ("   h  what happened", "$dim"))
        if self.behind is not None:
            told = "esc shows all" if count else "nothing tells of it yet · v says that it happened · esc"
            return Content.assemble((f"Behind “{visible(label_of(self.behind[1]))}”", "bold"), (f"   {told}", "$dim"))
        received = from_them(bond)
        if not received or bond.status is not Status.ACTIVE:
            return Content.styled("What happened", "bold")
        told = f"   {len(received)} {since(received[0].day, day)}   "
        chart = bars(by_month(received, day), ASCII_BARS if plain else BARS)
        return Content.assemble(("What happened", "bold"), (told, "$dim"), (chart, "$accent"))


def which(direction: Direction, day: dt.date | None) -> Content:
    """Return the line above the table: whose giving it shows and, where the page is turned to one, as of which day."""
    now, then = TURNED[direction]
    if day is not None:
        told = f"As of {day.day} {day:%B %Y}, and from then on"
        return Content.assemble((told, "bold $accent"), ("   t  another day · esc  today", "$dim"))
    return Content.assemble((now, "bold"), (f"   d  {then}", "$dim"))


def signs(*, plain: bool) -> str:
    """Return what the signs of the table mean."""
    used = ASCII_SIGNS if plain else SIGNS
    return f"{used['both']} said, and it happened   {used['said']} said alone   {used['happened']} happened, not said"


def offer(bond: Bond, direction: Direction) -> str:
    """Return what the tie's standing means, else what could be said because it happened."""
    if bond.status is not Status.ACTIVE:
        return CARE[bond.status]
    word = unsaid(bond, direction)
    return f"{visible(label_of(word))} happened and is not said yet: y says it" if word is not None else ""
