"""A person's page: what they give and are given, how close they are, what happened, and the pages behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, ClassVar

import msgspec
from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from kinship.circle.layout import USUAL_SECTORS
from kinship.circle.rhythm import ASCII_BARS, BARS, bars, by_month, since
from kinship.circle.sentences import STATUS_WORDS, heading, known_by, listed
from kinship.circle.support import from_them
from kinship.ground.errors import KinshipError
from kinship.journal.kinds import Kind, Subkind, subkind
from kinship.journal.model import Alter, AlterKind, Bond, Direction, Moment, Status
from kinship.privacy.text import visible
from kinship.tui.context import Context
from kinship.tui.keymap import act
from kinship.tui.navigation import BackRequested, JournalChanged
from kinship.tui.widgets.ask_line import AskLine
from kinship.tui.widgets.give_table import GiveTable
from kinship.tui.widgets.key_line import KeyLine
from kinship.tui.widgets.moment_list import MomentLine, MomentList
from kinship.tui.widgets.year_chart import YearChart

if TYPE_CHECKING:
    from kinship.journal.acts import Act
    from kinship.journal.journal import Journal
    from kinship.journal.model import AlterId, Circle

SAID = 2
"""The strength of a claim that is made by one key."""
TURNED = {
    Direction.FROM_THEM: ("I could turn to them for · what weighs", "what they could turn to me for"),
    Direction.TO_THEM: ("They could turn to me for", "what I could turn to them for"),
}
"""What the table says, and what it says after the next turn."""
RINGS = (("inner", "inner"), ("middle", "middle"), ("outer", "outer"), ("", "not said"))
STATUSES = tuple((status.value, STATUS_WORDS[status] or "active") for status in Status)
KINDS = tuple((kind.value, kind.value) for kind in AlterKind)
QUIET = "Nothing is marked yet. Write @ and their name on a page, and mark what they gave."


class PersonScreen(Screen[None]):
    """Everything the journal knows of one alter; each key is one act that `u` takes back."""

    CSS_PATH = "person.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (36, "-tall")]
    BINDINGS: ClassVar[list[BindingType]] = [
        act("d", "turn_direction", "direction", tooltip="What they give me, or what I give them"),
        act("r", "ring", "ring", tooltip="How close they are"),
        act("s", "status", "how it stands", tooltip="Active, paused, remembered and so on"),
        act("c", "sector", "circle", tooltip="The circle they belong to: family, friends, your own word"),
        act("n", "rename", "name", tooltip="Another name; the old one still means them"),
        act("o", "other_names", "other names", tooltip="Nicknames and other names, with commas", show=False),
        act("w", "knows", "who they know", tooltip="Say whom they know; the same name again ends it", show=False),
        act("i", "alter_kind", "is a", tooltip="A person, a group, a place and so on", show=False),
        act("delete,X", "take_off", "take off the map", tooltip="Take them off the map; pages stay", show=False),
        act("escape,q", "back", "back", tooltip="One step back"),
    ]

    table = getters.query_one(GiveTable)
    moments = getters.query_one(MomentList)
    ask = getters.query_one(AskLine)
    chart = getters.query_one(YearChart)

    def __init__(self, context: Context, journal: Journal, alter: AlterId) -> None:
        super().__init__()
        self.context = context
        self.journal = journal
        self.alter = alter
        self._gone = False
        self._plain = context.settings.glyphs == "ascii"

    def compose(self) -> ComposeResult:
        with Horizontal(id="head"):
            yield Static("", id="name", markup=False)
            yield Static("", id="stand", markup=False)
        yield Static("", id="about", markup=False)
        yield Static("", id="which", markup=False)
        yield GiveTable(self.journal.choices.own_subkinds, ascii_only=self._plain)
        yield Static(self._signs(), id="signs", markup=False)
        yield Static("", id="happened", markup=False)
        yield MomentList()
        yield Static(QUIET, id="nothing", markup=False)
        yield YearChart()
        yield AskLine()
        yield KeyLine()

    def on_mount(self) -> None:
        self._show()
        self.table.focus()

    # What is shown.

    @property
    def _circle(self) -> Circle:
        return self.journal.circle.as_of(self.journal.today())

    def _bond(self) -> Bond | None:
        """Return the tie as of today; one whose first day lies ahead is shown as if nothing was said yet."""
        alter = self.journal.alters.get(self.alter)
        if alter is None:
            return None
        return self.journal.circle.bond(alter, self.journal.today()) or Bond(alter=alter)

    @on(JournalChanged)
    def show_again(self) -> None:
        self._show()

    def _show(self) -> None:
        bond = self._bond()
        if bond is None:
            self._step_back_once()
            return
        self.query_one("#name", Static).update(Content(visible(bond.alter.name)))
        self.query_one("#stand", Static).update(Content(visible(heading(bond))))
        self.query_one("#about", Static).update(Content(visible(self._about(bond))))
        self.query_one("#which", Static).update(self._which())
        self.query_one("#happened", Static).update(self._happened(bond))
        told = from_them(bond) if bond.status is Status.ACTIVE and not self._plain else ()
        self.chart.today, self.chart.moments = self.journal.today(), told
        self.set_class(bool(told), "-told")
        self.table.bond = bond
        lines = sorted(self._lines(bond.alter), key=lambda line: line.day, reverse=True)
        self.moments.show(lines, self.journal.today())
        self.set_class(not lines, "-bare")

    def _step_back_once(self) -> None:
        """Leave the page of somebody who is gone: told by this screen and by the journal, it is one step."""
        if not self._gone:
            self._gone = True
            self.post_message(BackRequested())

    def _about(self, bond: Bond) -> str:
        alter = bond.alter
        names = f"also called {listed(alter.aliases, 4)}" if alter.aliases else ""
        knows = known_by(bond, self._circle)
        parts = (alter.kind.value, alter.pronouns, names, f"knows {listed(knows, 5)}" if knows else "")
        return " · ".join(part for part in parts if part)

    def _which(self) -> Content:
        now, then = TURNED[self.table.direction]
        return Content.assemble((now, "bold"), (f"   d  {then}", "$dim"))

    def _signs(self) -> str:
        said, happened = ("x", "~") if self._plain else ("●", "◐")
        return f"{said} said   {happened} happened, not said   a digit for the kind, another for the way"

    def _happened(self, bond: Bond) -> Content:
        told = from_them(bond)
        if not told or bond.status is not Status.ACTIVE:
            return Content.styled("What happened", "bold")
        today = self.journal.today()
        chart = bars(by_month(told, today), ASCII_BARS if self._plain else BARS)
        count = f"   {len(told)} {since(told[0].day, today)}   "
        return Content.assemble(("What happened", "bold"), (count, "$dim"), (chart, "$accent"))

    def _lines(self, alter: Alter) -> Iterator[MomentLine]:
        own = {one.id: one for one in self.journal.choices.own_subkinds}
        behind = set()
        for moment in self.journal.moments.of(alter):
            page = self.journal.pages.get(moment.entry) if moment.entry is not None else None
            if page is not None:
                behind.add(page.id)
            title = self.journal.pages.title_of(page) if page is not None else ""
            words, entry = words_of(moment, own.get), page.id if page is not None else None
            yield MomentLine(moment.day, words, moment.kind.value, moment.id, entry, title)
        for page in self.journal.pages.mentioning(alter):
            if page.id not in behind:
                yield MomentLine(page.day, "", "", None, page.id, self.journal.pages.title_of(page))

    # What is marked.

    def on_key(self, event: events.Key) -> None:
        """Digits mark from anywhere on the page."""
        if event.character is not None and event.character in "123456789" and not self.ask.asking:
            self.table.focus()
            if self.table.digit(int(event.character)):
                event.stop()

    @on(GiveTable.Toggled)
    def say_way(self, event: GiveTable.Toggled) -> None:
        self._do(lambda: self.journal.state(self.alter, event.field, SAID if event.said else None))

    @on(MomentList.Forgotten)
    def forget(self, event: MomentList.Forgotten) -> None:
        self._do(lambda: self.journal.forget_moment(event.moment))

    def action_turn_direction(self) -> None:
        table = self.table
        table.direction = Direction.TO_THEM if table.direction is Direction.FROM_THEM else Direction.FROM_THEM
        self.query_one("#which", Static).update(self._which())

    # What is asked.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While something is asked, its own keys are the only ones."""
        if action in ASKING and self.is_mounted and self.ask.asking:
            return False
        return super().check_action(action, parameters)

    def action_ring(self) -> None:
        if bond := self._bond():
            self.ask.offer("ring", "how close", RINGS, bond.ring.value if bond.ring is not None else "")
            self.refresh_bindings()

    def action_status(self) -> None:
        if bond := self._bond():
            self.ask.offer("status", "it is", STATUSES, bond.status.value)
            self.refresh_bindings()

    def action_alter_kind(self) -> None:
        if bond := self._bond():
            self.ask.offer("kind", "is a", KINDS, bond.alter.kind.value)
            self.refresh_bindings()

    def action_sector(self) -> None:
        if bond := self._bond():
            used = dict.fromkeys([*(one.sector for one in self._circle.bonds if one.sector), *USUAL_SECTORS])
            self.ask.ask("sector", "circle", bond.sector or "", tuple(used))
            self.refresh_bindings()

    def action_rename(self) -> None:
        if bond := self._bond():
            self.ask.ask("name", "name", bond.alter.name)
            self.refresh_bindings()

    def action_other_names(self) -> None:
        if bond := self._bond():
            self.ask.ask("aliases", "also called", ", ".join(bond.alter.aliases))
            self.refresh_bindings()

    def action_knows(self) -> None:
        names = tuple(one.name for one in self.journal.alters.all() if one.id != self.alter)
        self.ask.ask("knows", "knows", "", names)
        self.refresh_bindings()

    @on(AskLine.Left)
    def leave_asking(self) -> None:
        self.ask.put_away()
        self.table.focus()
        self.refresh_bindings()

    @on(AskLine.Answered)
    def take_answer(self, event: AskLine.Answered) -> None:
        answer = event.answer.strip()
        if self._do(lambda: self._answer(event.about, answer)):
            self.leave_asking()

    def _answer(self, about: str, answer: str) -> Act | None:
        bond = self._bond()
        if bond is None:
            return None
        alter = bond.alter
        match about:
            case "ring" | "status" | "sector":
                return self.journal.state(alter.id, about, answer or None)
            case "name":
                return self.journal.edit_alter(msgspec.structs.replace(alter, name=answer)) if answer else None
            case "aliases":
                return self.journal.edit_alter(msgspec.structs.replace(alter, aliases=tuple(answer.split(","))))
            case "kind":
                return self.journal.edit_alter(msgspec.structs.replace(alter, kind=AlterKind(answer)))
            case _:
                return self._say_who_knows(bond, answer)

    def _say_who_knows(self, bond: Bond, name: str) -> Act | None:
        found = [one for one in self.journal.alters.by_name(name) if one.id != bond.alter.id]
        if not found:
            self.notify("Nobody of that name is on your map.", severity="warning", markup=False)
            return None
        pair = (bond.alter.id, found[0].id)
        tied = any({tie.a, tie.b} == set(pair) for tie in self._circle.ties)
        return self.journal.state(pair, "knows", None if tied else 1)

    def _do(self, command: Callable[[], Act | None]) -> bool:
        """Do one act and show what it changed; return whether it was done, having said why where it was not."""
        try:
            command()
        except KinshipError as error:
            self.notify(str(error), severity="error", markup=False)
            return False
        self._show()
        return True

    def action_take_off(self) -> None:
        if self._do(lambda: self.journal.delete_alter(self.alter)):
            self.notify("Taken off the map; u brings them back.", markup=False)

    def action_back(self) -> None:
        self.post_message(BackRequested())


ASKING = (
    "turn_direction", "ring", "status", "sector", "rename", "other_names", "knows", "alter_kind", "take_off", "back",
)  # fmt: skip
"""What the page does while nothing is asked."""


def words_of(moment: Moment, own: Callable[[str], Subkind | None]) -> str:
    """Return what happened in a few words: "listened", or of what was given to them "from me: listening"."""
    named = (subkind(moment.subkind) or own(moment.subkind)) if moment.subkind is not None else None
    if moment.direction is Direction.TO_THEM:
        return f"from me: {named.label if named is not None else moment.kind.value}"
    if named is not None:
        return named.past
    return "strain" if moment.kind is Kind.STRAIN else f"{moment.kind.value} support"
