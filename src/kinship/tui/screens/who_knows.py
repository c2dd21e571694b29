"""Who knows whom: one person after the other, the likely ones first, a letter for each."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from kinship.circle.sentences import heading
from kinship.ground.errors import KinshipError
from kinship.journal.mentions import fold
from kinship.journal.model import Bond
from kinship.journal.people_knows import acquainted, likely_first, round_of, together
from kinship.journal.people_ways import GROUPS
from kinship.privacy.text import visible
from kinship.tui.context import Context
from kinship.tui.keymap import act
from kinship.tui.navigation import BackRequested, JournalChanged
from kinship.tui.widgets.key_line import KeyLine
from kinship.tui.widgets.tick_list import Tickable, TickList

if TYPE_CHECKING:
    from kinship.journal.journal import Journal
    from kinship.journal.model import AlterId, Circle

PLACE = "knows_round"
"""The choice that remembers who was asked about in this round, by the beginnings of their ids."""
BEGINNING = 8
NOBODY = "There are not two on your map yet who could know each other. On the map, m asks who comes to mind."
DONE = "Everybody was asked about. enter begins again, esc goes back."


class WhoKnowsScreen(Screen[None]):
    """Each tick is one act; leaving keeps the place. With `alter` it is about that one alone."""

    CSS_PATH = "who_knows.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        replace(act("enter,tab", "next_person", "next", tooltip="Go on to the next person"), key_display="enter"),
        act("shift+tab", "person_before", "before", tooltip="Back to the person before"),
        act("slash", "find_name", "find", tooltip="Find a name among many"),
        act("escape,q", "back", "leave", tooltip="Leave; it can be taken up again"),
    ]

    names = getters.query_one(TickList)
    find = getters.query_one("#find", Input)

    def __init__(self, context: Context, journal: Journal, alter: AlterId | None = None) -> None:
        super().__init__()
        self.context = context
        self.journal = journal
        self._alone = journal.alters.root(alter) if alter is not None else None
        told = journal.choices.value(PLACE, [])
        self._asked: list[str] = [one for one in told if isinstance(one, str)] if isinstance(told, list) else []
        self._me: AlterId | None = self._alone
        self._order: tuple[AlterId, ...] = ()
        self._before: list[AlterId] = []

    def compose(self) -> ComposeResult:
        with Horizontal(id="head"):
            yield Static("Who knows whom", id="title", markup=False)
            yield Static("", id="count", markup=False)
        yield Static("", id="who", markup=False)
        yield Static("", id="question", markup=False)
        yield Input(placeholder="part of a name", id="find")
        yield TickList(strengths=True, ascii_only=self.context.settings.glyphs == "ascii")
        yield KeyLine("undo")

    def on_mount(self) -> None:
        self.find.display = False
        if self._alone is None:
            self._me = self._next()
        self._begin()

    @property
    def circle(self) -> Circle:
        return self.journal.circle.as_of(self.journal.today())

    @property
    def round(self) -> tuple[Bond, ...]:
        return round_of(self.circle)

    def _bond(self) -> Bond | None:
        return self.journal.circle.bond(self._me, self.journal.today()) if self._me is not None else None

    def _was_asked(self, id_: AlterId) -> bool:
        return id_[:BEGINNING] in self._asked

    def _next(self) -> AlterId | None:
        """Return the first whom not everybody else was asked about already."""
        everybody = self.round
        left = [bond.alter.id for bond in everybody if not self._was_asked(bond.alter.id)]
        return left[0] if left and len(everybody) > 1 and (len(left) > 1 or len(everybody) == 2) else None  # noqa: PLR2004 - a pair

    # What is shown.

    def _begin(self) -> None:
        """Turn to the person in question; while they are asked about, the names keep their places."""
        me = self._bond()
        self._order = ()
        if me is not None:
            kin = self.journal.alters.kin(me.alter.id)
            beside = together(self.journal.pages.mentioning(me.alter), kin)
            asked = [bond.alter.id for bond in self.round if self._was_asked(bond.alter.id)]
            self._order = tuple(one.alter.id for one in likely_first(me, self.circle, beside, asked))
        self._stop_finding()
        self._show(afresh=True)

    def _show(self, *, afresh: bool = False) -> None:
        me, circle = self._bond(), self.circle
        who, question = self.query_one("#who", Static), self.query_one("#question", Static)
        self.query_one("#count", Static).update(self._count())
        if me is None:
            who.update("")
            question.update(DONE if len(self.round) > 1 else NOBODY)
            self.names.show(())
            return
        who.update(Content.assemble((visible(me.alter.name), "bold $accent"), (f"  {visible(heading(me))}", "$dim")))
        group = me.alter.kind in GROUPS
        asked = "Who of these belongs to it?" if group else "Whom of these do they know?"
        question.update(f"{asked}  A letter ticks; 1 2 3 say how well.")
        mine, found = acquainted(circle, me.alter.id), fold(self.find.value)
        by_id = {bond.alter.id: bond for bond in circle.bonds}
        shown = [by_id[id_] for id_ in self._order if id_ in by_id and found in fold(by_id[id_].alter.name)]
        self.names.show(
            [Tickable(one.alter.id, one.alter.name, mine.get(one.alter.id, 0), one.sector or "") for one in shown],
            afresh=afresh,
        )

    def _count(self) -> str:
        if self._alone is not None:
            return ""
        everybody = self.round
        done = sum(self._was_asked(bond.alter.id) for bond in everybody)
        return f"{done} of {len(everybody)} asked about"

    @on(JournalChanged)
    def show_again(self) -> None:
        """Show what changed; whoever was taken off the map is no longer asked about."""
        if self._me is not None and self._bond() is None:
            self._me = self._next() if self._alone is None else None
            self._begin()
        else:
            self._show()

    # A tick.

    @on(TickList.Ticked)
    def tick(self, event: TickList.Ticked) -> None:
        event.stop()
        if self._me is None:
            return
        try:
            self.journal.say_knows(self._me, event.id, event.strength or None)
        except KinshipError as error:
            self.notify(str(error), severity="error", markup=False)
        self._show()

    # The way through.

    def action_next_person(self) -> None:
        if self._alone is not None:
            self.post_message(BackRequested())
            return
        if self._me is not None:
            self._before.append(self._me)
            self._asked.append(self._me[:BEGINNING])
        else:
            self._asked.clear()
            self._before.clear()
        self._remember()
        self._me = self._next()
        self._begin()

    def _remember(self) -> None:
        """Keep the place; where that fails the round goes on, and begins there again when it is left."""
        try:
            self.journal.remember(PLACE, self._asked or None)
        except KinshipError as error:
            self.notify(str(error), severity="warning", markup=False)

    def action_person_before(self) -> None:
        if self._before:
            self._me = self._before.pop()
            if self._me[:BEGINNING] in self._asked:
                self._asked.remove(self._me[:BEGINNING])
            self._remember()
            self._begin()

    def action_find_name(self) -> None:
        self.find.display = True
        self.find.focus()

    @on(Input.Changed, "#find")
    def find_names(self) -> None:
        self._show(afresh=True)

    @on(Input.Submitted, "#find")
    def to_the_names(self, event: Input.Submitted) -> None:
        event.stop()
        self.names.focus()

    def _stop_finding(self) -> None:
        self.find.value = ""
        self.find.display = False
        self.names.focus()

    def action_back(self) -> None:
        if self.find.display:
            self._stop_finding()
        else:
            self.post_message(BackRequested())
