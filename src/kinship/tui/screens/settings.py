"""Settings: what stands in the file of settings, and beside it what is the person's own and lies in the vault."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from msgspec.structs import replace
from textual import getters, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from kinship.ground.errors import KinshipError, Misused
from kinship.ground.settings import Field, fields
from kinship.ground.width import fill
from kinship.journal.choices import COUNTRY
from kinship.privacy.kept_settings import KEYS, keep_setting, value_of
from kinship.privacy.text import clean_line
from kinship.tui.context import Context
from kinship.tui.countries import COUNTRIES
from kinship.tui.keymap import act
from kinship.tui.navigation import BackRequested, JournalChanged, SettingsChanged
from kinship.tui.own_choices import OWN, said_of, say_of
from kinship.tui.theming import AUTO, every_palette
from kinship.tui.widgets.ask_line import AskLine
from kinship.tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from kinship.journal.journal import Journal

LABEL = 28
"""Cells of the left column."""
IN_FILE = "In the file of settings, where nothing private stands"
IN_VAULT = "In your journal, encrypted"
IN_DEMO = "In the demo this holds until it ends; your own settings stay as they are."
NEXT = "It shows on every screen that is opened from now on."
FILE, VAULT = "file.", "vault."
"""What ids of rows begin with."""
LABELS = {
    "theme": "Theme",
    "glyphs": "Signs",
    "motion": "Motion",
    "safe_screen": "Initials for names",
    "week_start": "A week starts on",
    "lock_after": "Lock after minutes",
    "keyring_after_lock": "Keyring after a lock",
    "editor": "Another editor",
    "editor_flags": "Its flags",
    "keys": "Own keys",
}
LATER = frozenset({"glyphs", "week_start"})
"""What open screens keep as it was."""
HOW_KEYS = "An act and its key, as in veil f9; the act alone goes back"


class SettingsScreen(Screen[None]):
    """One row for each setting; its sentence stands below, enter or a click changes it."""

    CSS_PATH = "settings.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        act("escape,q", "back", "back"),
        act("r", "reset", "as usual", tooltip="Take this setting back to what is usual"),
    ]

    rows = getters.query_one(OptionList)
    ask_line = getters.query_one(AskLine)

    def __init__(self, context: Context, journal: Journal) -> None:
        super().__init__()
        self.context = context
        self.journal = journal
        self.settings = context.settings
        self._fields = fields()
        self._to_say = ""
        """What is said once in place of the sentence, after a change."""

    def compose(self) -> ComposeResult:
        yield Static("Settings", id="title")
        yield OptionList(markup=False)
        yield Static("", id="told", markup=False)
        yield AskLine()
        yield KeyLine("help", "keys")

    def on_mount(self) -> None:
        self.show_settings()
        self.rows.focus()

    @on(JournalChanged)
    def show_settings(self) -> None:
        """Show them as they are now, staying on the row that was highlighted."""
        at = self.rows.highlighted or 1
        self.rows.set_options(list(self._options()))
        self.rows.highlighted = at

    def _options(self) -> Iterator[Option]:
        yield Option(Content.styled(IN_FILE, "$dim"), disabled=True)
        for name, label in LABELS.items():
            value = getattr(self.settings, name)
            yield Option(_row(label, _shown(value), own=value != self._fields[name].usual), id=f"{FILE}{name}")
        yield Option(Content("\n").append(Content.styled(IN_VAULT, "$dim")), disabled=True)
        for key, one in OWN.items():
            yield Option(_row(one.label, said_of(self.journal, key) or "not said", own=False), id=f"{VAULT}{key}")

    @on(OptionList.OptionHighlighted)
    def say_what_it_is(self, event: OptionList.OptionHighlighted) -> None:
        id_ = event.option_id or ""
        if id_.startswith(VAULT):
            told = OWN[id_.removeprefix(VAULT)].sentence
        else:
            field = self._fields[id_.removeprefix(FILE)]
            told = f"{field.sentence} Usual is {_shown(field.usual)}."
        self.query_one("#told", Static).update(self._to_say or told)
        self._to_say = ""

    @on(OptionList.OptionSelected)
    def change(self, event: OptionList.OptionSelected) -> None:
        """Ask for another value, in words to choose from where there are few."""
        id_ = event.option_id or ""
        if id_.startswith(VAULT):
            key = id_.removeprefix(VAULT)
            known = tuple(COUNTRIES.values()) if key == COUNTRY else ()
            self.ask_line.ask(id_, OWN[key].question, said_of(self.journal, key), known)
            return
        name = id_.removeprefix(FILE)
        words = self._words(self._fields[name])
        value = getattr(self.settings, name)
        if words:
            self.ask_line.offer(id_, LABELS[name], [(one, one) for one in words], _word(value))
        elif name == "keys":
            self.ask_line.ask(id_, HOW_KEYS, "")
        else:
            self.ask_line.ask(id_, f"{LABELS[name]}, empty as usual", "" if value is None else _typed(value))

    def _words(self, field: Field) -> tuple[str, ...]:
        if field.name == "theme":
            return (AUTO, *sorted(every_palette(self.context.places.own_themes)[0]))
        return ("yes", "no") if isinstance(field.usual, bool) else field.words

    @on(AskLine.Answered)
    def take_answer(self, event: AskLine.Answered) -> None:
        if event.about.startswith(VAULT):
            key = event.about.removeprefix(VAULT)
            done = self._do(lambda: say_of(self.journal, key, event.answer))
        else:
            name = event.about.removeprefix(FILE)
            done = self._do(lambda: self._keep(name, event.answer.strip()))
        if done:
            self.stop_asking()

    def action_reset(self) -> None:
        """Take the setting in hand back to what is usual."""
        at = self.rows.highlighted
        id_ = (self.rows.get_option_at_index(at).id if at is not None else None) or ""
        if id_.startswith(VAULT):
            self._do(lambda: say_of(self.journal, id_.removeprefix(VAULT), ""))
        elif id_ != f"{FILE}keys":
            self._do(lambda: self._keep(id_.removeprefix(FILE), ""))

    def _keep(self, name: str, answer: str) -> None:
        """Write one setting into the file, and have the App live by it."""
        if name == "keys":
            self._keep_key(answer)
            return
        value = value_of(name, answer) if answer else None
        self._write(name, value)
        usual = self._fields[name].usual
        self._live_by(name, usual if value is None else value)

    def _keep_key(self, answer: str) -> None:
        from kinship.tui.keymap import bindings_of, faults_of
        from kinship.tui.screens.every import every_screen

        name, _, key = answer.partition(" ")
        own = {one: told for one, told in self.settings.keys.items() if one != name}
        if key.strip():
            own[name] = value_of(f"{KEYS}{name}", key.strip())
            found = faults_of(own, bindings_of((type(self.app), *every_screen()))).get(name)
            if found:
                raise Misused(found)
        self._write(f"{KEYS}{name}", own.get(name))
        self._live_by("keys", own)

    def _write(self, name: str, value: Any) -> None:
        if self.context.demo:
            self._to_say = IN_DEMO
        else:
            keep_setting(self.context.places.settings_file, name, value)

    def _live_by(self, name: str, value: Any) -> None:
        self.settings = replace(self.settings, **{name: value})
        self.post_message(SettingsChanged(self.settings, name))
        if name in LATER:
            self._to_say = self._to_say or NEXT
        self.show_settings()

    def _do(self, act_of: Callable[[], object]) -> bool:
        """Do it; what cannot be is said, and stays as it was."""
        try:
            act_of()
        except KinshipError as error:
            self.query_one("#told", Static).update(clean_line(str(error)))
            return False
        return True

    @on(AskLine.Left)
    def stop_asking(self) -> None:
        self.ask_line.put_away()
        self.rows.focus()

    def action_back(self) -> None:
        self.post_message(BackRequested())


def _row(label: str, value: str, *, own: bool) -> Content:
    return Content.assemble(fill(label, LABEL), (clean_line(value), "$accent" if own else "$dim"))


def _word(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _typed(value: object) -> str:
    return " ".join(value) if isinstance(value, list) else f"{value:g}" if isinstance(value, float) else str(value)


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {key}" for name, key in value.items()) or "none"
    if value is None or value in ("", []):
        return "none"
    return _typed(value) if isinstance(value, list | float) else _word(value)
