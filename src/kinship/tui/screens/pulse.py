"""The week in three lines: how heard, how helped, how much one belonged; each may be left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.screen import Screen
from textual.widgets import Static

from kinship.ground.errors import NotSaved
from kinship.journal.model import Pulse
from kinship.reflect.packs import load_pack
from kinship.reflect.pulse import leave_pulse
from kinship.tui.context import Context
from kinship.tui.keymap import act
from kinship.tui.navigation import BackRequested
from kinship.tui.widgets.key_line import KeyLine
from kinship.tui.widgets.scale_line import ScaleLine

if TYPE_CHECKING:
    from kinship.journal.journal import Journal


class PulseScreen(Screen[None]):
    """Three lines from 0 to 10; leaving keeps those that were moved."""

    CSS_PATH = "pulse.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        act("escape", "keep_pulse", "keep, back", tooltip="Keep what was said and go back; nothing said, nothing kept"),
    ]

    def __init__(self, context: Context, journal: Journal) -> None:
        super().__init__()
        self.context = context
        self.journal = journal
        self._over = False

    def compose(self) -> ComposeResult:
        pulse = load_pack().pulse
        yield Static(pulse.title, id="title")
        yield Static(pulse.about, id="about")
        with VerticalScroll(id="lines", can_focus=False):
            for line in pulse.lines:
                yield Static(line.text, classes="asked")
                yield ScaleLine(line.low, line.mid, line.high)
        yield Static("arrows or digits move · enter goes on", id="state", markup=False)
        yield KeyLine("help")

    def on_mount(self) -> None:
        self.query(ScaleLine).first().focus()

    @property
    def said(self) -> dict[str, int]:
        """What was moved, by the id of its line."""
        lines = zip(load_pack().pulse.lines, self.query(ScaleLine), strict=True)
        return {line.id: scale.at for line, scale in lines if scale.at is not None}

    @on(ScaleLine.Done)
    def to_next_line(self, event: ScaleLine.Done) -> None:
        """Go on to the next line; after the last one, keep them."""
        if event.line is self.query(ScaleLine).last():
            self.action_keep_pulse()
        else:
            self.focus_next(ScaleLine)

    def action_keep_pulse(self) -> None:
        try:
            self.keep_words()
        except NotSaved as error:
            self.query_one("#state", Static).update(str(error))
        else:
            self.post_message(BackRequested())

    def keep_words(self) -> None:
        """Keep what was said; where nothing was, note that it was left. Raises NotSaved."""
        if self._over:
            return
        if self.said:
            self.journal.check_in(pulse=Pulse(**self.said))
        else:
            leave_pulse(self.journal)
        self._over = True

    def keep_draft(self) -> None:
        """Keep what was said so far: three numbers need no draft. Raises NotSaved."""
        if self.said:
            self.keep_words()
