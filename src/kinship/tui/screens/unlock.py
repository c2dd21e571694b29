"""The lock screen: the passphrase, told apart from damage, with help one key away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import var
from textual.screen import Screen
from textual.widgets import Input, Static

from kinship.ground.errors import KinshipError
from kinship.privacy.text import visible
from kinship.tui.context import Context
from kinship.tui.keymap import act
from kinship.tui.navigation import HelpRequested, JournalOpened, VaultsRequested
from kinship.tui.widgets.key_line import KeyLine
from kinship.tui.widgets.passphrase import PassphraseField
from kinship.tui.widgets.word_button import WordButton
from kinship.vault.place import KEYFILE_VARIABLE
from kinship.vault.ways import ways

EMBLEM = (
    ("⠀⢀⠔", "$dim"), ("●", "$emotional"), ("⠉⠉⠒⠢⡀⠀\n", "$dim"),
    ("⢰⠁       ", "$dim"), ("◆\n", "$practical"),
    ("⡇    ", "$dim"), ("•", "$ink"), ("   ⢸\n", "$dim"),
    ("⠸", "$dim"), ("★", "$several"), ("      ⢀⠇\n", "$dim"),
    ("⠀⠈⠢⠤⣀", "$dim"), ("●", "$identity"), ("⠤⠔⠁⠀\n\n", "$dim"),
)  # fmt: skip
"""A circle with somebody in it, and some around; every line ten cells wide."""
HOW_ON = "enter opens it"
BY_KEYRING = " by this computer's keyring,\nor type the passphrase"
BY_PASSPHRASE = "Passphrase"  # noqa: S105 - a label, no secret
KEYFILE = "Keyfile, like ~/stick/my.key"
BY_RECOVERY = "Recovery sheet, all ten groups"
QUOTES = ("'", '"')
OTHER_WAY = {BY_PASSPHRASE: "use the recovery sheet", BY_RECOVERY: "use the passphrase"}


class UnlockScreen(Screen[None]):
    """Asks for the passphrase, its keyfile or the printed recovery text, and opens the vault in a thread.

    Where this computer's keyring opens it, enter alone does; after a lock only where the settings say so.
    """

    BINDINGS = [
        act("f2", "turn", "show what I type", tooltip="Show or hide what is typed"),
        act("f4", "vaults", "vaults", tooltip="Open another vault of this computer"),
    ]

    @dataclass
    class Failed(Message):
        """It did not open; why, and what to do, in one sentence each."""

        error: KinshipError

    way: var[str] = var(BY_PASSPHRASE, init=False)
    busy: var[bool] = var(default=False, init=False, toggle_class="-busy")
    field = getters.query_one(PassphraseField)
    answer = getters.query_one("#answer", Static)

    def __init__(self, context: Context, path: Path, *, keyring: bool = True) -> None:
        super().__init__()
        self.context = context
        self.how_on = context.locked.sentence if context.locked else HOW_ON
        self._secret = ""
        self._may_ask_keyring = keyring and (context.locked is None or context.settings.keyring_after_lock)
        self._stand_before(path)

    def _stand_before(self, path: Path) -> None:
        self.path = path
        self.ways = ways(path, self.context.places.state)
        self.by_keyring = self._may_ask_keyring and self.ways.device
        """Whether enter alone opens it."""
        self.asks_keyfile = self.ways.keyfile and not self.context.environment.get(KEYFILE_VARIABLE)

    def compose(self) -> ComposeResult:
        with Vertical(id="door"):
            head = Content.assemble(*EMBLEM, ("kinship\n", "bold"), (visible(self.path.name), "$dim"))
            yield Static(head, id="head")
            yield PassphraseField(placeholder=BY_PASSPHRASE)
            if self.asks_keyfile:
                yield Input(placeholder=KEYFILE, id="keyfile", select_on_focus=False)
            yield Static(self.how_on + (BY_KEYRING if self.by_keyring else ""), id="answer", markup=False)
            with Horizontal(id="ways"):
                yield WordButton("somebody to talk to", id="help")
                yield WordButton(OTHER_WAY[BY_PASSPHRASE], id="other")
        yield KeyLine("help", "quit")

    def watch_way(self, way: str) -> None:
        self.field.placeholder = way
        self.query_one("#other", WordButton).words = OTHER_WAY[way]
        self.field.value = ""
        self.field.focus()
        for keyfile in self.query("#keyfile"):
            keyfile.display = way == BY_PASSPHRASE

    @property
    def keyfile(self) -> str:
        """The keyfile's path as it was typed, or dropped on the terminal in quotes; empty where none is asked for."""
        typed = self.query_one("#keyfile", Input).value.strip() if self.asks_keyfile else ""
        return typed[1:-1] if len(typed) > 1 and typed[0] == typed[-1] in QUOTES else typed

    @property
    def answered(self) -> Context:
        """The context with the keyfile that was typed."""
        if not self.keyfile:
            return self.context
        return replace(self.context, environment={**self.context.environment, KEYFILE_VARIABLE: self.keyfile})

    async def turn_to(self, path: Path) -> None:
        """Be the lock of another vault."""
        self._secret = ""
        self.set_reactive(UnlockScreen.way, BY_PASSPHRASE)
        self.busy = False
        self.how_on = HOW_ON
        self._stand_before(path)
        await self.recompose()
        self.field.focus()

    def action_vaults(self) -> None:
        if not self.busy:
            self.post_message(VaultsRequested())

    def action_turn(self) -> None:
        self.field.turn()

    @on(WordButton.Pressed, "#help")
    def ask_for_help(self) -> None:
        self.post_message(HelpRequested())

    @on(WordButton.Pressed, "#other")
    def take_other_way(self) -> None:
        self.way = BY_RECOVERY if self.way == BY_PASSPHRASE else BY_PASSPHRASE

    @on(Input.Submitted)
    def try_it(self) -> None:
        """Open it by what was typed, or by the keyring where nothing was; say what is missing."""
        if self.busy:
            return
        if not self.field.value:
            self._try_keyring()
        elif self.way == BY_RECOVERY or self._has_keyfile():
            self.busy = True
            self._say("Opening …")
            self._secret, self.field.value = self.field.value, ""
            self.open_vault(self.way)

    def take_secret(self) -> str:
        """Return what was typed, once; as an argument it would stay with Textual's worker."""
        secret, self._secret = self._secret, ""
        return secret

    def _try_keyring(self) -> None:
        if self.way == BY_PASSPHRASE and self.by_keyring:
            self.busy = True
            self._say("Asking this computer's keyring …")
            self.open_by_keyring()
        else:
            self.field.focus()

    def _has_keyfile(self) -> bool:
        """Return whether the keyfile is there, as far as one is needed; if not, say so and keep what was typed."""
        if not self.asks_keyfile or (not self.keyfile and self.ways.passphrase):
            return True
        if self.keyfile and _is_file(self.keyfile):
            return True
        self.query_one("#keyfile").focus()
        if self.keyfile:
            self._say(f"There is no keyfile {visible(self.keyfile)}. Is its drive connected?", wrong=True)
        else:
            self._say("This vault wants its keyfile too: type where it lies, then enter.")
        return False

    @work(thread=True, exclusive=True, group="unlock", exit_on_error=True, description="unlock")
    def open_vault(self, way: str) -> None:
        """Derive the key and read the vault; ends in JournalOpened or Failed."""
        from kinship.tui.opening import open_journal

        try:
            journal = open_journal(self.path, self.take_secret(), self.answered, by_recovery=way == BY_RECOVERY)
        except KinshipError as error:
            self.post_message(self.Failed(error))
        else:
            self.post_message(JournalOpened(journal))

    @work(thread=True, exclusive=True, group="unlock", exit_on_error=True, description="unlock")
    def open_by_keyring(self) -> None:
        """Let the keyring open the vault; ends in JournalOpened or Failed."""
        from kinship.tui.opening import open_by_keyring

        try:
            journal = open_by_keyring(self.path, self.context)
        except KinshipError as error:
            self.post_message(self.Failed(error))
        else:
            self.post_message(JournalOpened(journal))

    @on(JournalOpened)
    def forget(self) -> None:
        """Keep nothing of what was typed."""
        for typed in self.query(Input):
            typed.value = ""

    @on(Failed)
    def say_why(self, event: Failed) -> None:
        self.busy = False
        self._say(str(event.error), wrong=True)
        self.field.focus()

    def _say(self, sentence: str, *, wrong: bool = False) -> None:
        self.answer.set_class(wrong, "-wrong")
        self.answer.update(sentence)


def _is_file(told: str) -> bool:
    try:
        return Path(told).expanduser().is_file()
    except (OSError, RuntimeError, ValueError):  # nobody's home, a sign that no path has
        return False
