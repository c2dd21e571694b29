"""How a file is sealed: not, by a passphrase that is typed twice, or to keys."""

from __future__ import annotations

from dataclasses import dataclass

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Static

from kinship.ground.errors import KinshipError
from kinship.snapshot.sealing import check_recipient
from kinship.tui.widgets.passphrase import PassphraseField
from kinship.tui.widgets.pick_one import PickOne

OPEN, PASSPHRASE, KEY = "", "passphrase", "key"
SEALS = ((OPEN, "no"), (PASSPHRASE, "by a passphrase"), (KEY, "to a key (age1…)"))


class SealFields(Vertical):
    """One line where nothing is sealed; what a seal needs is asked for below it."""

    DEFAULT_CSS = """
    SealFields { height: auto; }
    SealFields Horizontal { height: auto; }
    SealFields .about { width: 9; color: $dim; }
    SealFields Input { width: 1fr; max-width: 80; padding: 0; }
    """

    @dataclass
    class Changed(Message):
        """Another way of sealing was chosen."""

    @dataclass
    class Weighed(Message):
        """How hard the passphrase that is being typed is to guess."""

        sentence: str

    pick = getters.query_one("#seal", PickOne)
    first = getters.query_one("#first", PassphraseField)
    again = getters.query_one("#again", PassphraseField)
    keys = getters.query_one("#key", Input)

    def compose(self) -> ComposeResult:
        for about, field in (
            ("sealed", PickOne(SEALS, id="seal")),
            ("key", Input(placeholder="age1… · several with spaces between", id="key")),
            ("words", PassphraseField(placeholder="a passphrase for this file", id="first")),
            ("again", PassphraseField(placeholder="the same again", id="again")),
        ):
            with Horizontal(id=f"row-{about}"):
                yield Static(about, classes="about", markup=False)
                yield field

    def on_mount(self) -> None:
        self._show()
        self.watch(self.pick, "picked", self._choose, init=False)

    def _choose(self) -> None:
        self._show()
        self.post_message(self.Changed())

    def _show(self) -> None:
        for about, way in (("key", KEY), ("words", PASSPHRASE), ("again", PASSPHRASE)):
            self.query_one(f"#row-{about}").display = self.pick.value == way

    @property
    def sealed(self) -> bool:
        return self.pick.value != OPEN

    @property
    def passphrase(self) -> str | None:
        """What was typed, None where no passphrase seals."""
        return self.first.value if self.pick.value == PASSPHRASE else None

    @property
    def recipients(self) -> tuple[str, ...]:
        """The keys it is sealed to."""
        return tuple(self.keys.value.split()) if self.pick.value == KEY else ()

    def offer(self) -> str:
        """Seal with six random words, and return them."""
        from kinship.vault.suggestion import suggest_passphrase

        words = suggest_passphrase()
        self.pick.picked = [one for one, _ in SEALS].index(PASSPHRASE)
        self.first.value = self.again.value = words
        return words

    def turn(self) -> None:
        """Show what is typed, or hide it again."""
        self.first.turn()
        self.again.turn()

    def trouble(self) -> str:
        """Return what is wrong, with the focus where it is; empty where nothing is."""
        from kinship.tui.strength import strength_of

        if self.pick.value == KEY:
            return self._trouble_of_keys()
        if self.pick.value == OPEN:
            return ""
        strength = strength_of(self.first.value)
        if not strength.usable:
            self.first.focus()
            return f"The passphrase is {strength.word}: {strength.sentence}."
        if self.first.value != self.again.value:
            self.again.focus()
            return "The two passphrases differ."
        return ""

    def _trouble_of_keys(self) -> str:
        try:
            for key in self.recipients:
                check_recipient(key)
        except KinshipError as error:
            self.keys.focus()
            return str(error)
        if not self.recipients:
            self.keys.focus()
            return "Say whose key: it begins with age1."
        return ""

    @on(Input.Changed, "#first")
    def weigh(self, event: Input.Changed) -> None:
        """Say how hard a passphrase is to guess, while it is typed."""
        from kinship.tui.strength import strength_of

        event.stop()
        if event.value and self.first.has_focus:
            strength = strength_of(event.value)
            self.post_message(self.Weighed(f"{strength.word}: {strength.sentence}"))
