"""Kept maps: a list with what each holds, and its acts: keep today's, look, name, compare, take away, delete."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.reactive import var
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kinship.ground.errors import KinshipError
from kinship.ground.width import fill
from kinship.journal.kept_maps import newest_first, nodes_of
from kinship.snapshot.keeping import keep_map
from kinship.snapshot.kept import LONGEST_TITLE, names_of, title_of
from kinship.snapshot.share import NamesMode
from kinship.tui.context import Context
from kinship.tui.keymap import act
from kinship.tui.navigation import TODAYS, BackRequested, ExportRequested, JournalChanged, SnapshotRequested
from kinship.tui.widgets.ask_line import AskLine
from kinship.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from kinship.journal.journal import Journal
    from kinship.journal.model import Snapshot

NOTHING = "No map is kept yet. n keeps the map of today, with a name of your own."
ABOUT = "It stays as it was then, whatever you write later, and lies in the vault, encrypted like a page."
TITLE, SHORT_TITLE, NARROW = 34, 20, 72
"""Cells of a title, and of one where the screen has fewer columns than the last."""
MARK = "▸ "
"""Before the map that waits for another one."""
NAMED = {
    NamesMode.FULL: "with names",
    NamesMode.INITIALS: "by initials",
    NamesMode.ROLES: "by roles",
    NamesMode.NONE: "without names",
}


class SnapshotsScreen(Screen[None]):
    """The latest day first; one can be put beside another."""

    CSS_PATH = "snapshots.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        act("o", "look", "look", tooltip="The map as it was kept"),
        act("n", "keep", "keep today's", tooltip="Keep the map of today in the vault"),
        act("r", "name", "name", tooltip="Give this map another name"),
        act(
            "c",
            "beside",
            "compare",
            tooltip="Mark one map, then another, to see both; the same one twice: beside today",
        ),
        act("e", "export", "take away", tooltip="A file of this map, with care for names"),
        act("d", "delete_map", "delete", tooltip="Delete this map; u brings it back", show=False),
        act("escape,q", "back", "back", tooltip="One step back"),
    ]

    kept = getters.query_one(OptionList)
    ask = getters.query_one(AskLine)
    told = getters.query_one("#told", Static)

    marked: var[str] = var("", init=False)
    """The id of the map that waits for another one beside it."""

    def __init__(self, context: Context, journal: Journal) -> None:
        super().__init__()
        self.context = context
        self.journal = journal

    def compose(self) -> ComposeResult:
        yield Static("Kept maps", id="title", markup=False)
        yield Static(NOTHING, id="nothing", markup=False)
        yield OptionList(markup=False)
        yield Static("", id="told", markup=False)
        yield AskLine()
        yield KeyLine("keys")

    def on_mount(self) -> None:
        self.show_maps()
        self.kept.focus()

    @on(JournalChanged)
    def show_maps(self) -> None:
        """Show them as they are now, staying on the line that was highlighted."""
        at = self.kept.highlighted or 0
        rows = newest_first(self.journal.snapshots)
        if self.marked not in {one.id for one in rows}:
            self.marked = ""
        self.kept.set_options([Option(self._row(one), id=one.id) for one in rows])
        self.kept.display = bool(rows)
        self.query_one("#nothing").display = not rows
        if rows:
            self.kept.highlighted = min(at, len(rows) - 1)
        self._say()
        self.refresh_bindings()

    def _row(self, one: Snapshot) -> Content:
        people = f"{len(nodes_of(one))} on it, {NAMED[names_of(one)]}"
        mark = MARK if one.id == self.marked else " " * len(MARK)
        title = fill(title_of(one), SHORT_TITLE if self.size.width < NARROW else TITLE)
        day = f"{one.as_of.day:2} {one.as_of:%b %Y}"
        return Content.assemble((mark, "$accent"), title, (f"  {day}  {people}", "$dim"))

    def on_resize(self) -> None:
        self.show_maps()

    def _pointed(self) -> Snapshot | None:
        at = self.kept.highlighted
        if at is None or not self.kept.option_count:
            return None
        return self.journal.snapshots.get(self.kept.get_option_at_index(at).id or "")

    @on(OptionList.OptionHighlighted)
    def _say(self) -> None:
        """Say of the map in hand when it was kept, or what to mark next."""
        one = self._pointed()
        if self.marked:
            said = "Point at another map and press c to see both; c on the same one puts it beside today."
        elif one is not None:
            said = f"Kept on {one.taken.day} {one.taken:%B %Y}. {ABOUT}"
        else:
            said = ""
        self.told.update(Content(said))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if self.is_mounted and self.ask.asking and action in {"look", "keep", "name", "beside", "export", "delete_map"}:
            return False
        if action in {"look", "name", "beside", "export", "delete_map"} and self._pointed() is None:
            return False
        return super().check_action(action, parameters)

    # Acts.

    @on(OptionList.OptionSelected)
    def action_look(self) -> None:
        """The map in hand; with another one marked, the two of them."""
        one = self._pointed()
        if one is None:
            return
        other, self.marked = self.marked, ""
        self.post_message(SnapshotRequested(one.id, beside=other if other != one.id else ""))

    def action_beside(self) -> None:
        """Mark the map in hand; with one marked, look at both: with itself, beside today."""
        one = self._pointed()
        if one is None:
            return
        if not self.marked:
            self.marked = one.id
            return
        other, self.marked = self.marked, ""
        self.post_message(SnapshotRequested(one.id, beside=other if other != one.id else TODAYS))

    def watch_marked(self) -> None:
        self.show_maps()

    def action_keep(self) -> None:
        today = self.journal.today()
        self.ask.ask("new", "what to call it", f"{today.day} {today:%B %Y}")

    def action_name(self) -> None:
        one = self._pointed()
        if one is not None:
            self.ask.ask(one.id, "what to call it", title_of(one))

    @on(AskLine.Answered)
    def take_title(self, event: AskLine.Answered) -> None:
        self._put_away()
        title = event.answer.strip()[:LONGEST_TITLE]
        if event.about != "new":
            self._do(lambda: self.journal.rename_snapshot(event.about, title), "")
            return
        circle = self.journal.circle.as_of(self.journal.today())
        if not circle.bonds:
            self.notify("Nobody is on your map yet, so there is nothing to keep.", markup=False)
        else:
            self._do(lambda: keep_map(self.journal, circle, title=title), "Kept, as it is today.")
            self.kept.highlighted = 0 if self.kept.option_count else None

    @on(AskLine.Left)
    def _put_away(self) -> None:
        self.ask.put_away()
        self.kept.focus()
        self.refresh_bindings()

    def action_export(self) -> None:
        one = self._pointed()
        if one is not None:
            self.post_message(ExportRequested(snapshot=one.id))

    def action_delete_map(self) -> None:
        one = self._pointed()
        if one is not None:
            self._do(lambda: self.journal.delete_snapshot(one.id), "Deleted, u brings it back.")

    def _do(self, command: Callable[[], object], said: str) -> None:
        try:
            command()
        except KinshipError as error:
            self.notify(str(error), severity="warning", markup=False)
        else:
            if said:
                self.notify(said, markup=False)

    def action_back(self) -> None:
        """Let the marked map be, else leave."""
        if self.marked:
            self.marked = ""
        else:
            self.post_message(BackRequested())
