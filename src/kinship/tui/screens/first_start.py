"""The first start: what kinship is, a passphrase, the recovery text; left at any point, nothing half-made stays."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual import getters, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.message import Message
from textual.reactive import var
from textual.screen import Screen
from textual.widgets import ContentSwitcher, Input, Static

from kinship.ground.errors import KinshipError
from kinship.tui.context import Context
from kinship.tui.keymap import act
from kinship.tui.navigation import HelpRequested, JournalOpened, VaultsRequested
from kinship.tui.strength import FAIR, strength_of
from kinship.tui.widgets.key_line import KeyLine
from kinship.tui.widgets.passphrase import PassphraseField
from kinship.tui.widgets.word_button import WordButton

if TYPE_CHECKING:
    from kinship.journal.journal import Journal

WHAT_IT_IS = (
    "A journal that asks a small question a day, and a map of who holds you: who listens, who helps, where you "
    "belong.\n\n"
    "Everything stays on this computer, encrypted with a passphrase only you know. There is no account and no "
    "network. Nobody scores you.\n\n"
    "It is no therapy, and nobody reads along. When things are bad, F1 shows people who answer, here and on every "
    "screen."
)
BEFORE_CHOOSING = (
    "Choose a passphrase. Four or more unrelated words are easy to keep and hard to guess; F3 offers six. "
    "Nobody can reset it, not even us."
)
ABOUT_SHEET = (
    "These ten groups open your journal when the passphrase is forgotten. Copy them by hand and keep them where you "
    "keep a passport. Without them and without the passphrase, nobody can open it."
)
HOW_ON = "enter goes on · esc goes back"
ASKED_GROUPS = (2, 7)
"""Which groups of the recovery text are typed back, counted from 0."""


class FirstStartScreen(Screen[None]):
    """Three steps: welcome, passphrase, recovery. The vault is made after the second, whole or not at all."""

    BINDINGS = [
        act("escape", "step_back", "back", show=False),
        act("f3", "offer", "six words", tooltip="Offer six random words"),
        act("f2", "turn", "show what I type", tooltip="Show or hide what is typed"),
        act("f4", "vaults", "vaults", tooltip="Open another vault of this computer"),
    ]

    @dataclass
    class Made(Message):
        """The vault exists and is open; the recovery text is still to be shown."""

        journal: Journal
        recovery: str

    @dataclass
    class Failed(Message):
        """No vault was made; why."""

        error: KinshipError

    step: var[str] = var("welcome", init=False)
    busy: var[bool] = var(default=False, init=False, toggle_class="-busy")
    steps = getters.query_one(ContentSwitcher)
    strength = getters.query_one("#strength", Static)
    answer = getters.query_one("#answer", Static)

    def __init__(self, context: Context, path: Path) -> None:
        super().__init__()
        self.context = context
        self.path = path
        self._made: FirstStartScreen.Made | None = None
        self._secret = ""

    def compose(self) -> ComposeResult:
        with VerticalScroll(id="middle"), ContentSwitcher(initial="welcome"):
            with Vertical(id="welcome"):
                yield Static("Welcome to kinship", classes="title")
                yield Static(WHAT_IT_IS, markup=False)
                yield Static(f"It will live in {self.path}", id="where", markup=False)
                with Horizontal(classes="buttons"):
                    yield WordButton("begin", id="begin")
                    yield WordButton("somebody to talk to", id="help")
            with Vertical(id="passphrase"):
                yield Static("A passphrase", classes="title")
                yield Static(BEFORE_CHOOSING)
                yield PassphraseField(placeholder="a passphrase", id="first")
                yield Static("", id="strength", markup=False)
                yield PassphraseField(placeholder="the same again", id="again")
                yield Static(HOW_ON, id="answer", markup=False)
            with Vertical(id="recovery"):
                yield Static("The recovery sheet", classes="title")
                yield Static(ABOUT_SHEET)
                yield Static("", id="text", markup=False)
                yield Static("", id="ask", markup=False)
                with Horizontal(id="groups"):
                    yield Input(id="group-0", max_length=9, placeholder="····")
                    yield Input(id="group-1", max_length=9, placeholder="····")
                yield Static("", id="checked", markup=False)
                with Horizontal(classes="buttons"):
                    yield WordButton("go on", id="done")
                    yield WordButton("later", id="later")
        yield KeyLine("help", "quit")

    def on_mount(self) -> None:
        self.query_one("#begin", WordButton).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in {"turn", "offer"}:
            return self.step == "passphrase"
        if action == "vaults":
            return self.step == "welcome"
        return super().check_action(action, parameters)

    def watch_step(self, step: str) -> None:
        self.steps.current = step
        first = {"welcome": "#begin", "passphrase": "#first", "recovery": "#group-0"}[step]
        self.query_one(first).focus()
        self.refresh_bindings()

    def action_step_back(self) -> None:
        """From the passphrase back to the welcome; what was typed is forgotten."""
        if self.step == "passphrase" and not self.busy:
            for field in self.query(PassphraseField):
                field.value = ""
            self._say(HOW_ON)
            self.step = "welcome"

    def action_vaults(self) -> None:
        self.post_message(VaultsRequested())

    def action_turn(self) -> None:
        for field in self.query(PassphraseField):
            field.turn()

    def action_offer(self) -> None:
        """Show a passphrase of six random words; it is taken by typing it."""
        from kinship.vault.suggestion import suggest_passphrase

        self._say(f"{suggest_passphrase()}\n\nF3 offers others. Write them down, then type them twice.")

    @on(WordButton.Pressed, "#help")
    def ask_for_help(self) -> None:
        self.post_message(HelpRequested())

    @on(WordButton.Pressed, "#begin")
    def begin(self) -> None:
        self.step = "passphrase"

    @on(Input.Changed, "#first")
    def weigh(self, event: Input.Changed) -> None:
        weight = strength_of(event.value)
        self.strength.set_class(weight.bits >= FAIR, "-fair")
        self.strength.update(f"{weight.word} · {weight.sentence}" if event.value else "")

    @on(Input.Submitted, "#first")
    def go_to_second(self) -> None:
        self.query_one("#again").focus()

    @on(Input.Submitted, "#again")
    def make(self) -> None:
        first = self.query_one("#first", PassphraseField)
        again = self.query_one("#again", PassphraseField)
        if self.busy:
            return
        if not strength_of(first.value).usable:
            self._say("It needs eight characters at least.", wrong=True)
            first.focus()
        elif first.value != again.value:
            self._say("The two differ. Type the second one again.", wrong=True)
            again.value = ""
        else:
            self.busy = True
            self._say("Making your journal …")
            self._secret = first.value
            self.make_vault()

    @work(thread=True, exclusive=True, group="make", description="make")
    def make_vault(self) -> None:
        """Make the vault; ends in Made or Failed. As an argument the passphrase would stay with Textual's worker."""
        from kinship.tui.opening import make_journal

        passphrase, self._secret = self._secret, ""
        try:
            journal, recovery = make_journal(self.path, passphrase, self.context)
        except KinshipError as error:
            self.post_message(self.Failed(error))
        else:
            self.post_message(self.Made(journal, recovery))

    @on(Failed)
    def say_why(self, event: Failed) -> None:
        self.busy = False
        self._say(str(event.error), wrong=True)

    @on(Made)
    def show_recovery(self, event: Made) -> None:
        self.busy = False
        self._made = event
        for field in self.query(PassphraseField):
            field.value = ""
        groups = groups_of(event.recovery)
        self.query_one("#text", Static).update(
            "\n".join("  ".join(groups[at : at + 5]) for at in range(0, len(groups), 5))
        )
        asked = " and ".join(_ordinal(index) for index in ASKED_GROUPS)
        self.query_one("#ask", Static).update(f"To be sure of your copy, type its {asked} group:")
        self.step = "recovery"

    @on(Input.Submitted, "#group-0")
    def go_to_second_group(self) -> None:
        self.query_one("#group-1").focus()

    @on(Input.Submitted, "#group-1")
    @on(WordButton.Pressed, "#done")
    def check_groups(self) -> None:
        made = self._made
        if made is None:
            return
        groups = groups_of(made.recovery)
        typed = [self.query_one(f"#group-{index}", Input).value for index in range(len(ASKED_GROUPS))]
        wrong = [index for index, value in enumerate(typed) if folded(value) != folded(groups[ASKED_GROUPS[index]])]
        if wrong:
            which = _ordinal(ASKED_GROUPS[wrong[0]])
            self.query_one("#checked", Static).update(f"The {which} group reads differently above. Look once more.")
            self.query_one(f"#group-{wrong[0]}").focus()
        else:
            self.finish()

    @on(WordButton.Pressed, "#later")
    def finish(self) -> None:
        """Forget the recovery text and go to Today."""
        made, self._made = self._made, None
        if made is not None:
            self.query_one("#text", Static).update("")
            self.post_message(JournalOpened(made.journal))

    def _say(self, sentence: str, *, wrong: bool = False) -> None:
        self.answer.set_class(wrong, "-wrong")
        self.answer.update(sentence)


def groups_of(recovery: str) -> list[str]:
    """Return the groups of a recovery text."""
    return recovery.replace("-", " ").split()


def folded(group: str) -> str:
    """Return a group as Crockford's base32 reads it: case and the look-alikes O/0, I/L/1 do not matter."""
    return group.strip().upper().translate(str.maketrans("OIL", "011"))


def _ordinal(index: int) -> str:
    return ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")[index]
