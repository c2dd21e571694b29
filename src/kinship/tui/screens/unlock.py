"""The lock screen: the passphrase, told apart from damage, with help one key away."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.screen import Screen
from textual.widgets import Static

from kinship.ground.errors import KinshipError
from kinship.privacy.text import visible
from kinship.tui.context import Context
from kinship.tui.keymap import act
from kinship.tui.navigation import HelpRequested, JournalOpened
from kinship.tui.widgets.key_line import KeyLine
from kinship.tui.widgets.passphrase import PassphraseField
from kinship.tui.widgets.word_button import WordButton

EMBLEM = (
    ("⠀⢀⠔", "$dim"), ("●", "$emotional"), ("⠉⠉⠒⠢⡀⠀\n", "$dim"),
    ("⢰⠁       ", "$dim"), ("◆\n", "$practical"),
    ("⡇    ", "$dim"), ("•", "$ink"), ("   ⢸\n", "$dim"),
    ("⠸", "$dim"), ("★", "$several"), ("      ⢀⠇\n", "$dim"),
    ("⠀⠈⠢⠤⣀", "$dim"), ("●", "$identity"), ("⠤⠔⠁⠀\n\n", "$dim"),
)  # fmt: skip
"""A circle with somebody in it, and some around; every line ten cells wide."""
HOW_ON = "enter opens it"
BY_PASSPHRASE = "Passphrase"  # noqa: S105 - a label, no secret
BY_RECOVERY = "Recovery sheet, all ten groups"
OTHER_WAY = {BY_PASSPHRASE: "use the recovery sheet", BY_RECOVERY: "use the passphrase"}


class UnlockScreen(Screen[None]):
    """Asks for the passphrase (or the printed recovery text) and opens the vault in a thread."""

    BINDINGS = [
        act("f2", "turn", "show what I type", tooltip="Show or hide what is typed"),
    ]

    @dataclass
    class Failed(Message):
        """It did not open; why, and what to do, in one sentence each."""

        error: KinshipError

    way: var[str] = var(BY_PASSPHRASE, init=False)
    busy: var[bool] = var(default=False, init=False, toggle_class="-busy")
    field = getters.query_one(PassphraseField)
    answer = getters.query_one("#answer", Static)

    def __init__(self, context: Context, path: Path) -> None:
        super().__init__()
        self.context = context
        self.path = path

    def compose(self) -> ComposeResult:
        with Vertical(id="door"):
            head = Content.assemble(*EMBLEM, ("kinship\n", "bold"), (visible(self.path.name), "$dim"))
            yield Static(head, id="head")
            yield PassphraseField(placeholder=BY_PASSPHRASE)
            yield Static(self.context.locked.sentence if self.context.locked else HOW_ON, id="answer", markup=False)
            with Horizontal(id="ways"):
                yield WordButton("somebody to talk to", id="help")
                yield WordButton(OTHER_WAY[BY_PASSPHRASE], id="other")
        yield KeyLine("help", "quit")

    def watch_way(self, way: str) -> None:
        self.field.placeholder = way
        self.query_one("#other", WordButton).words = OTHER_WAY[way]
        self.field.value = ""
        self.field.focus()

    def action_turn(self) -> None:
        self.field.turn()

    @on(WordButton.Pressed, "#help")
    def ask_for_help(self) -> None:
        self.post_message(HelpRequested())

    @on(WordButton.Pressed, "#other")
    def take_other_way(self) -> None:
        self.way = BY_RECOVERY if self.way == BY_PASSPHRASE else BY_PASSPHRASE

    @on(PassphraseField.Submitted)
    def try_it(self, event: PassphraseField.Submitted) -> None:
        if self.busy or not event.value:
            return
        self.busy = True
        self._say("Opening …")
        secret, self.field.value = event.value, ""
        self.open_vault(secret, self.way)

    @work(thread=True, exclusive=True, group="unlock", exit_on_error=True, description="unlock")
    def open_vault(self, secret: str, way: str) -> None:
        """Derive the key and read the vault; ends in JournalOpened or Failed."""
        from kinship.tui.opening import open_journal

        try:
            journal = open_journal(self.path, secret, self.context, by_recovery=way == BY_RECOVERY)
        except KinshipError as error:
            self.post_message(self.Failed(error))
        else:
            self.post_message(JournalOpened(journal))

    @on(Failed)
    def say_why(self, event: Failed) -> None:
        self.busy = False
        self._say(str(event.error), wrong=True)
        self.field.focus()

    def _say(self, sentence: str, *, wrong: bool = False) -> None:
        self.answer.set_class(wrong, "-wrong")
        self.answer.update(sentence)
