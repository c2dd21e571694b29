"""What was written in two places at once, side by side; one is taken, or both are put together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from kinship.ground.errors import KinshipError
from kinship.privacy.text import clean_line, visible
from kinship.tui.context import Context
from kinship.tui.keymap import act
from kinship.tui.navigation import BackRequested, JournalChanged
from kinship.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from kinship.journal.conflicts import Conflict, Version
    from kinship.journal.journal import Journal
    from kinship.journal.model import EntryId

NONE = "Nothing is in two versions. esc goes back."
_TITLE = "Written in two places at once"


class SideHead(Static, can_focus=True):
    """Where and when a version was written; enter takes it."""

    DEFAULT_CSS = """
    SideHead { height: auto; width: 100%; color: $accent; text-style: bold; }
    SideHead:focus { background: $raised; }
    SideHead:focus:ansi { text-style: reverse; }
    """
    BINDINGS = [act("enter", "choose", "take it", tooltip="Take the version under the cursor", show=False)]

    @dataclass
    class Chosen(Message):
        """A version was chosen; they count from 1."""

        number: int

    def __init__(self, number: int, version: Version) -> None:
        super().__init__(headline(number, version), markup=False)
        self.number = number

    def action_choose(self) -> None:
        self.post_message(self.Chosen(self.number))

    def on_click(self) -> None:
        self.focus()


class ConflictsScreen(Screen[None]):
    """One thing after the other, until none is left."""

    CSS_PATH = "conflicts.tcss"
    BINDINGS = [
        act("1", "take_first", "take first", tooltip="Take the first, or left, version"),
        act("2", "take_second", "take second", tooltip="Take the second, or right, version"),
        act("t", "together", "both together", tooltip="Make one page of all versions; what they share stands once"),
        act("n", "next", "next", tooltip="Leave this one for later and show the next"),
        act("escape,q", "back", "back"),
        act("space,pagedown", "down", "scroll", tooltip="Scroll down", show=False),
        act("pageup", "up", "scroll back", tooltip="Scroll up", show=False),
        act("j,down", "next_side", "next version", tooltip="To the next version", show=False),
        act("k,up", "previous_side", "previous version", tooltip="To the version before", show=False),
    ]

    sides = getters.query_one("#sides", VerticalScroll)

    def __init__(self, context: Context, journal: Journal, entry: EntryId | None = None) -> None:
        super().__init__()
        self.context = context
        self.journal = journal
        self._wanted = entry
        self._shown: Conflict | None = None

    def compose(self) -> ComposeResult:
        with Horizontal(id="head"):
            yield Static(_TITLE, id="title")
            yield Static("", id="which", markup=False)
        yield Static("", id="about", markup=False)
        yield VerticalScroll(id="sides", can_focus=False)
        yield Static(NONE, id="none")
        yield KeyLine("keys")

    async def on_mount(self) -> None:
        await self.show()

    @on(JournalChanged)
    async def show(self) -> None:
        """Show what is to be settled as it is now, staying at the one that was shown."""
        found = self.journal.conflicts()
        ids = [one.id for one in found]
        at = ids.index(self._wanted) if self._wanted in ids else 0
        self._shown = found[at] if found else None
        self.set_class(not found, "-none")
        self.query_one("#which", Static).update(f"{at + 1} of {len(found)}" if len(found) > 1 else "")
        async with self.batch():
            await self.sides.remove_children()
            if self._shown is not None:
                self._wanted = self._shown.id
                self.query_one("#about", Static).update(self._about(self._shown))
                await self.sides.mount_all(_sides(self._shown.versions))
        heads = self.query(SideHead)
        if heads:
            heads.first().focus()
        self.refresh_bindings()

    def _about(self, conflict: Conflict) -> str:
        entry = self.journal.pages.get(conflict.id) if conflict.is_page else None
        what = conflict.called.capitalize()
        when = f" of {entry.day:%A} {entry.day.day} {entry.day:%B %Y}" if entry is not None else ""
        return f"{what}{when}." + (" The others stay in its history." if conflict.is_page else "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual asks so
        """Offer only what is possible with what is shown."""
        if action in {"take_first", "take_second"}:
            return self._shown is not None
        if action == "together":
            return self._shown is not None and self._shown.is_page
        return True

    @on(SideHead.Chosen)
    def take_chosen(self, event: SideHead.Chosen) -> None:
        self._settle(event.number)

    def action_take_first(self) -> None:
        self._settle(1)

    def action_take_second(self) -> None:
        self._settle(2)

    def action_together(self) -> None:
        self._settle(None)

    def _settle(self, number: int | None) -> None:
        """Take one version, or all together; nothing is asked, since `u` brings them back."""
        conflict = self._shown
        if conflict is None:
            return
        try:
            if number is None:
                self.journal.settle_together(conflict)
            else:
                self.journal.settle(conflict, number)
        except KinshipError as error:
            self.notify(str(error), severity="error", markup=False)
        else:
            self.notify("Settled. u brings all versions back.", markup=False)

    async def action_next(self) -> None:
        ids = [one.id for one in self.journal.conflicts()]
        if self._wanted in ids:
            self._wanted = ids[(ids.index(self._wanted) + 1) % len(ids)]
            await self.show()

    def action_next_side(self) -> None:
        self._step(1)

    def action_previous_side(self) -> None:
        self._step(-1)

    def _step(self, step: int) -> None:
        heads = list(self.query(SideHead))
        at = next((n for n, head in enumerate(heads) if head.has_focus), -step)
        if heads:
            heads[max(0, min(len(heads) - 1, at + step))].focus()

    def action_down(self) -> None:
        self.sides.scroll_page_down(animate=False)

    def action_up(self) -> None:
        self.sides.scroll_page_up(animate=False)

    def action_back(self) -> None:
        self.post_message(BackRequested())


def headline(number: int, version: Version) -> Content:
    """Return where and when a version was written: "1 · laptop · Fri 3 May 2024, 12:20"."""
    device = clean_line(version.device) or "an unknown device"
    here = " (this computer)" if version.here else ""
    when = f"{version.at:%a} {version.at.day} {version.at:%b %Y, %H:%M}"
    return Content(f"{number} · {device}{here} · {when}")


def _sides(versions: Sequence[Version]) -> list[Vertical]:
    found = []
    for number, version in enumerate(versions, 1):
        others = {line for other in versions if other is not version for line in _lines(other)}
        found.append(Vertical(SideHead(number, version), *_words(version, others), classes="side"))
    return found


def _lines(version: Version) -> list[str]:
    title = [f"# {version.title}"] if version.title else []
    return [*title, *version.body.split("\n")]


def _words(version: Version, others: set[str]) -> Iterator[Static]:
    """Yield a version's words as they were typed; a bar stands before what no other version has."""
    for own, lines in groupby(_lines(version), lambda line: bool(line.strip()) and line not in others):
        yield Static(visible("\n".join(lines)), markup=False, classes="words -own" if own else "words")
    if version.beside:
        yield Static(visible("\n".join(version.beside)), markup=False, classes="words -own -beside")
