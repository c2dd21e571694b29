"""Templates of one's own: what a page may begin with; one is written with, changed, or thrown away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kinship.ground.errors import KinshipError
from kinship.privacy.text import clean_line
from kinship.tui.context import Context
from kinship.tui.keymap import act
from kinship.tui.navigation import BackRequested, JournalChanged, TemplateRequested, WriteRequested
from kinship.tui.widgets.key_line import KeyLine
from kinship.tui.widgets.reading import body_content

if TYPE_CHECKING:
    from kinship.journal.journal import Journal
    from kinship.journal.model import Template

NOTHING = "No template yet. n makes one: words that a page begins with, such as three questions of your own."


class TemplatesScreen(Screen[None]):
    """A list to choose from, and the words of the one that is pointed at."""

    CSS_PATH = "templates.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        replace(act("w", "write_with", "write with it", tooltip="Begin a page with it"), key_display="enter"),
        act("n", "new_template", "new", tooltip="Make a template"),
        act("e", "edit_template", "change", tooltip="Change this template"),
        act("d", "delete_template", "throw away", tooltip="Throw this template away; u brings it back"),
        act("escape,q", "back", "back"),
    ]

    names = getters.query_one(OptionList)

    def __init__(self, context: Context, journal: Journal) -> None:
        super().__init__()
        self.context = context
        self.journal = journal
        self._shown: Sequence[Template] = ()

    def compose(self) -> ComposeResult:
        yield Static("Templates", id="title")
        yield Static(NOTHING, id="nothing")
        yield OptionList(markup=False)
        with VerticalScroll(id="words"):
            yield Static("", id="text", markup=False)
        yield KeyLine("keys")

    def on_mount(self) -> None:
        self.show_templates()
        self.names.focus()

    @on(JournalChanged)
    def show_templates(self) -> None:
        """Show them as they are now, staying on the line that was pointed at."""
        at = self.names.highlighted or 0
        self._shown = self.journal.all_templates()
        self.names.set_options([Option(_row(one)) for one in self._shown])
        for part in (self.names, self.query_one("#words")):
            part.display = bool(self._shown)
        self.query_one("#nothing").display = not self._shown
        if self._shown:
            self.names.highlighted = min(at, len(self._shown) - 1)
            self.show_words()
        self.refresh_bindings()

    def _pointed(self) -> Template | None:
        at = self.names.highlighted
        return self._shown[at] if at is not None and at < len(self._shown) else None

    @on(OptionList.OptionHighlighted)
    def show_words(self) -> None:
        one = self._pointed()
        if one is not None:
            self.query_one("#text", Static).update(body_content(one.body))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in {"write_with", "edit_template", "delete_template"}:
            return bool(self._shown)
        return super().check_action(action, parameters)

    @on(OptionList.OptionSelected)
    def action_write_with(self) -> None:
        one = self._pointed()
        if one is not None:
            self.post_message(WriteRequested(template=one.id))

    def action_new_template(self) -> None:
        self.post_message(TemplateRequested())

    def action_edit_template(self) -> None:
        one = self._pointed()
        if one is not None:
            self.post_message(TemplateRequested(one.id))

    def action_delete_template(self) -> None:
        one = self._pointed()
        if one is None:
            return
        try:
            self.journal.delete_template(one.id)
        except KinshipError as error:
            self.notify(str(error), severity="error", markup=False)
        else:
            self.notify("Thrown away. u brings it back.")

    def action_back(self) -> None:
        self.post_message(BackRequested())


def _row(one: Template) -> Content:
    into = f"  into {clean_line(one.journal)}" if one.journal else ""
    return Content.assemble(clean_line(one.name), (into, "$dim"))
