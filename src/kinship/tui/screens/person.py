"""A person's page: what they give and are given, how close they are, what happened, and the pages behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

import msgspec
from textual import events, getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static, TextArea

from kinship.circle.sentences import heading, known_by
from kinship.circle.support import from_them
from kinship.ground.errors import KinshipError
from kinship.journal.asking import asking_for
from kinship.journal.kept_maps import holding
from kinship.journal.kinds import Kind
from kinship.journal.model import Bond, Direction, Status
from kinship.privacy.text import clean, visible
from kinship.tui.context import Context
from kinship.tui.keymap import act
from kinship.tui.navigation import (
    BackRequested,
    DocumentRequested,
    JournalChanged,
    KnowsRequested,
    PagesRequested,
    SharedAs,
)
from kinship.tui.person_questions import Where, answered, asked, since_in
from kinship.tui.person_view import View, offer, signs, which
from kinship.tui.tie_words import about, unsaid
from kinship.tui.widgets.ask_line import AskLine
from kinship.tui.widgets.give_table import SAID, GiveTable
from kinship.tui.widgets.key_line import KeyLine
from kinship.tui.widgets.moment_list import MomentList
from kinship.tui.widgets.year_chart import YearChart

if TYPE_CHECKING:
    from kinship.journal.acts import Act
    from kinship.journal.journal import Journal
    from kinship.journal.model import AlterId, Circle

QUIET = "Nothing is marked yet. Write @ and their name on a page, and mark what they gave."


class NotesField(TextArea):
    """Notes on somebody; leaving the field keeps them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        act("escape,ctrl+s", "leave_notes", "done, kept", tooltip="Keep the notes and go back to the page"),
    ]

    def action_leave_notes(self) -> None:
        self.screen.set_focus(None)


class PersonScreen(Screen[None]):
    """Everything the journal knows of one alter; each key is one act that `u` takes back."""

    CSS_PATH = "person.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (36, "-tall")]
    BINDINGS: ClassVar[list[BindingType]] = [
        act("d", "turn_direction", "direction", tooltip="What they give me, or what I give them"),
        act("r", "ring", "ring", tooltip="How close they are"),
        act("s", "status", "how it stands", tooltip="Active, paused, remembered and so on"),
        act("h", "turn_history", "history", tooltip="How the tie changed, or what happened"),
        act("e", "more", "edit", tooltip="Name, notes, birthday, being in touch, the same as somebody"),
        act("t", "since", "since when", tooltip="The page as of a day; what you mark holds from then", show=False),
        act("y", "say_happened", "say it", tooltip="Say what happened and is not said yet", show=False),
        act("v", "happened", "it happened", tooltip="The way under the cursor happened on this day", show=False),
        act("a", "own_way", "own way", tooltip="A way of giving in your own word", show=False),
        act("c", "sector", "circle", tooltip="The circle they belong to: family, your own word", show=False),
        act("n", "rename", "name", tooltip="Another name; the old one still means them", show=False),
        act("o", "other_names", "other names", tooltip="Nicknames and other names, with commas", show=False),
        act("w", "knows", "who they know", tooltip="Say whom they know, or who belongs to a group", show=False),
        act("p", "mentions", "their pages", tooltip="The pages that name them, to search on in", show=False),
        act("i", "alter_kind", "is a", tooltip="A person, a group, a place and so on", show=False),
        act("delete,X", "take_off", "take off the map", tooltip="Take them off the map; pages stay", show=False),
        act("f5", "document", "take along", tooltip="A page about them to take along, as a file", show=False),
        act("escape,q", "back", "back", tooltip="One step back"),
    ]

    table = getters.query_one(GiveTable)
    moments = getters.query_one(MomentList)
    ask = getters.query_one(AskLine)
    chart = getters.query_one(YearChart)
    notes = getters.query_one("#own-notes", NotesField)

    def __init__(self, context: Context, journal: Journal, alter: AlterId) -> None:
        super().__init__()
        self.context = context
        self.journal = journal
        self.alter = alter
        self._gone = False
        self._plain = context.settings.glyphs == "ascii"
        self._since: dt.date | None = None
        """The day the page is turned to; None for today."""
        self._behind: tuple[Kind, str] | None = None
        """The way whose moments alone are listed."""
        self._history = False
        self._noted: str | None = None
        """The notes while they are written."""

    def compose(self) -> ComposeResult:
        with Horizontal(id="head"):
            yield Static("", id="name", markup=False)
            yield Static("", id="stand", markup=False)
        yield Static("", id="about", markup=False)
        yield Static("", id="notes", markup=False)
        yield NotesField("", id="own-notes")
        yield Static("", id="which", markup=False)
        yield GiveTable(self.journal.choices.own_subkinds, ascii_only=self._plain)
        yield Static(signs(plain=self._plain), id="signs", markup=False)
        yield Static("", id="offer", markup=False)
        yield Static("", id="happened", markup=False)
        yield MomentList()
        yield Static(QUIET, id="nothing", markup=False)
        yield YearChart()
        yield AskLine()
        yield KeyLine()

    def on_mount(self) -> None:
        self.notes.display = False
        self._show()
        self.table.focus()

    # What is shown.

    @property
    def _day(self) -> dt.date:
        return self._since or self.journal.today()

    @property
    def _circle(self) -> Circle:
        return self.journal.circle.as_of(self._day)

    def _bond(self) -> Bond | None:
        """Return the tie as of the day; one whose first day lies ahead is shown as if nothing was said yet."""
        alter = self.journal.alters.get(self.alter)
        if alter is None:
            return None
        return self.journal.circle.bond(alter, self._day) or Bond(alter=alter)

    @on(JournalChanged)
    def show_again(self) -> None:
        self._show()

    def _show(self) -> None:
        bond = self._bond()
        if bond is None:
            self._step_back_once()
            return
        alter, day = bond.alter, self._day
        self.query_one("#name", Static).update(Content(visible(alter.name)))
        self.query_one("#stand", Static).update(Content(visible(heading(bond))))
        touch = self.journal.choices.touch(alter.id) if bond.status is Status.ACTIVE else None
        words = about(alter, known_by(bond, self._circle), self.journal.alters.merged(alter.id), touch)
        self.query_one("#about", Static).update(Content(visible(words)))
        self._put("#notes", visible(alter.notes) if not self.notes.display else "")
        self.query_one("#which", Static).update(which(self.table.direction, self._since))
        self._put("#offer", offer(bond, self.table.direction))
        told = from_them(bond) if bond.status is Status.ACTIVE and not self._plain else ()
        self.chart.today, self.chart.moments = day, told
        self.set_class(bool(told), "-told")
        self.table.bond, self.table.own = bond, self.journal.choices.own_subkinds
        view = View(self._behind, self.table.direction, history=self._history, until=self._since or dt.date.max)
        lines = view.lines(self.journal, alter)
        self.query_one("#happened", Static).update(view.head(bond, day, len(lines), plain=self._plain))
        self.moments.show(lines, self.journal.today())
        self.set_class(not lines and self._behind is None, "-bare")

    def _put(self, which: str, words: str) -> None:
        """Write words into a line that is there only while it says something."""
        line = self.query_one(which, Static)
        line.update(Content(words))
        line.display = bool(words)

    def _step_back_once(self) -> None:
        """Leave the page of somebody who is gone: told by this screen and by the journal, it is one step."""
        if not self._gone:
            self._gone = True
            self.post_message(BackRequested())

    # What is marked.

    def on_key(self, event: events.Key) -> None:
        """Digits mark from anywhere on the page."""
        if event.character is not None and event.character in "123456789" and not self._typing:
            self.table.focus()
            if self.table.digit(int(event.character)):
                event.stop()

    @property
    def _typing(self) -> bool:
        return self.ask.asking or self.notes.has_focus

    @on(GiveTable.Stated)
    def say_ways(self, event: GiveTable.Stated) -> None:
        said = [(self.alter, field, strength) for field, strength in event.said]
        self._do(lambda: self.journal.state_all(said, from_=self._since))

    @on(GiveTable.Asked)
    def show_behind(self, event: GiveTable.Asked) -> None:
        """List what is behind a way, and go there."""
        self._behind, self._history = (event.kind, event.word), False
        self._show()
        if self.moments.option_count:
            self.moments.highlighted = 0
            self.moments.focus()

    @on(MomentList.Forgotten)
    def forget(self, event: MomentList.Forgotten) -> None:
        self._do(lambda: self.journal.forget_moment(event.moment))

    def action_turn_direction(self) -> None:
        table = self.table
        table.direction = Direction.TO_THEM if table.direction is Direction.FROM_THEM else Direction.FROM_THEM
        self._show()

    def action_say_happened(self) -> None:
        """Say the way that happened most without being said."""
        bond, table = self._bond(), self.table
        word = unsaid(bond, table.direction) if bond is not None else None
        if word is not None:
            head = "gives" if table.direction is Direction.FROM_THEM else "receives"
            self._do(lambda: self.journal.state(self.alter, f"{head}.{word}", SAID, from_=self._since))

    def action_happened(self) -> None:
        """Keep that the way under the cursor happened on the day the page is turned to."""
        kind, word = self.table.way
        direction = Direction.FROM_THEM if kind is Kind.STRAIN else self.table.direction
        self._do(lambda: self.journal.record_moment(self.alter, word, direction=direction, day=self._day))

    def action_turn_history(self) -> None:
        self._history, self._behind = not self._history, None
        self._show()

    # What is asked.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While something is asked or notes are written, their own keys are the only ones."""
        if action in ASKING and self.is_mounted and self._typing:
            return False
        return super().check_action(action, parameters)

    def _where(self) -> Where | None:
        bond = self._bond()
        return Where(bond, self._since, self.table.way[0], self.table.direction) if bond is not None else None

    def _ask(self, about_: str) -> None:
        where = self._where()
        if where is None:
            return
        try:
            found = asked(about_, self.journal, where)
        except KinshipError as error:
            self.notify(str(error), markup=False)
            return
        if found.options:
            self.ask.offer(about_, found.words, tuple((id_, visible(word)) for id_, word in found.options), found.value)
        else:
            self.ask.ask(about_, found.words, found.value, found.suggestions)
        self.refresh_bindings()

    def action_ring(self) -> None:
        self._ask("ring")

    def action_status(self) -> None:
        self._ask("status")

    def action_alter_kind(self) -> None:
        self._ask("kind")

    def action_sector(self) -> None:
        self._ask("sector")

    def action_rename(self) -> None:
        self._ask("name")

    def action_other_names(self) -> None:
        self._ask("aliases")

    def action_since(self) -> None:
        self._ask("since")

    def action_own_way(self) -> None:
        self._ask("way")

    def action_more(self) -> None:
        self._ask("more")

    def action_knows(self) -> None:
        self.post_message(KnowsRequested(self.alter))

    def action_document(self) -> None:
        self.post_message(DocumentRequested(SharedAs.PERSON, alter=self.alter))

    @on(AskLine.Left)
    def leave_asking(self) -> None:
        self.ask.put_away()
        self.table.focus()
        self.refresh_bindings()

    @on(AskLine.Answered)
    def take_answer(self, event: AskLine.Answered) -> None:
        answer, where = event.answer.strip(), self._where()
        if event.about == "more":
            self.leave_asking()
            if answer == "notes":
                self._write_notes()
            else:
                self._ask(answer)
        elif event.about == "since":
            self._turn_to(answer)
        elif where is not None and self._do(lambda: answered(event.about, answer, self.journal, where)):
            self.leave_asking()

    def _turn_to(self, answer: str) -> None:
        try:
            self._since = since_in(answer, self.journal.today())
        except KinshipError as error:
            self.notify(str(error), severity="warning", markup=False)
            return
        self.leave_asking()
        self._show()

    # Notes.

    def _write_notes(self) -> None:
        alter = self.journal.alters.get(self.alter)
        if alter is not None:
            self._noted = alter.notes
            self.notes.load_text(alter.notes)
            self.notes.move_cursor(self.notes.document.end)
            self.notes.display = True
            self._show()
            self.notes.focus()
            self.refresh_bindings()

    @on(TextArea.Changed, "#own-notes")
    def take_notes_down(self) -> None:
        if self.notes.display:
            self._noted = self.notes.text

    @on(events.DescendantBlur)
    def leave_notes(self) -> None:
        if self.notes.display and not self.notes.has_focus:
            self.notes.display = False
            self._keep_notes()
            self._show()
            self.refresh_bindings()
            if self.focused is None:
                self.table.focus()

    def on_unmount(self) -> None:
        self._keep_notes()

    def _keep_notes(self) -> None:
        """Keep the notes that are being written, where they changed."""
        alter, told = self.journal.alters.get(self.alter), self._noted
        self._noted = None
        if alter is None or told is None or told.rstrip() == alter.notes:
            return
        try:
            self.journal.edit_alter(msgspec.structs.replace(alter, notes=clean(told.rstrip())))
        except KinshipError as error:
            self.notify(str(error), severity="error", markup=False)

    def _do(self, command: Callable[[], Act | None]) -> bool:
        """Do one act and show what it changed; return whether it was done, having said why where it was not."""
        try:
            command()
        except KinshipError as error:
            self.notify(str(error), severity="error", markup=False)
            return False
        self._show()
        return True

    def action_mentions(self) -> None:
        alter = self.journal.alters.get(self.alter)
        if alter is not None:
            self.post_message(PagesRequested(asking_for(alter, self.journal.alters)))

    def action_take_off(self) -> None:
        kept = holding(self.journal.snapshots, self.journal.alters.kin(self.alter))
        if self._do(lambda: self.journal.delete_alter(self.alter)):
            stays = f" {len(kept)} kept map{'s' * (len(kept) > 1)} still show them." if kept else ""
            self.notify(f"Taken off the map; u brings them back.{stays}", markup=False)

    def action_back(self) -> None:
        """One step back: from what is behind a way, from the history, from another day, and at last from the page."""
        if self._behind is not None or self._history:
            self._behind, self._history = None, False
            self.table.focus()
            self._show()
        elif self._since is not None:
            self._since = None
            self._show()
        else:
            self.post_message(BackRequested())


ASKING = (
    "turn_direction", "ring", "status", "sector", "rename", "other_names", "knows", "alter_kind", "take_off", "back",
    "turn_history", "more", "since", "mentions", "say_happened", "happened", "own_way", "undo", "redo",
)  # fmt: skip
"""What the page does while nothing is asked."""
