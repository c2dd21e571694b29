"""How a file that is brought along is understood: its form, its password, its days, its moods, and where it goes."""

from __future__ import annotations

from dataclasses import dataclass

from textual import getters, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Static

from kinship.ground.errors import KinshipError
from kinship.transfer.forms import LABELS, Form, Wishes
from kinship.transfer.whens import Order
from kinship.tui import bring_words as words
from kinship.tui.widgets.passphrase import PassphraseField
from kinship.tui.widgets.pick_one import PickOne


class PasswordWanted(KinshipError):
    """The file is encrypted."""


class BringChoices(Vertical):
    """Rows that are shown as far as they matter; `Changed` asks to read the file anew."""

    DEFAULT_CSS = """
    BringChoices { height: auto; }
    BringChoices Horizontal { height: auto; }
    BringChoices .about { width: 10; color: $dim; }
    BringChoices #into { width: 1fr; max-width: 50; }
    BringChoices #password { width: 1fr; max-width: 50; }
    """

    @dataclass
    class Changed(Message):
        """It is to be understood otherwise."""

    form = getters.query_one("#form", PickOne)
    days = getters.query_one("#days", PickOne)
    scale = getters.query_one("#scale", PickOne)
    into = getters.query_one("#into", Input)
    password = getters.query_one("#password", PassphraseField)

    def __init__(self) -> None:
        super().__init__()
        self._seen = False
        self._sealed = False
        self._secret = ""

    def compose(self) -> ComposeResult:
        for about, choice in (
            ("as", PickOne([(one.value, label) for one, label in LABELS.items()], id="form")),
            ("password", PassphraseField(id="password")),
            ("days", PickOne(words.DAYS, id="days")),
            ("moods", PickOne(words.SCALES, id="scale")),
            ("into", Input(id="into", placeholder="a journal of its own, if you like", max_length=80)),
        ):
            with Horizontal(id=f"row-{about}"):
                yield Static(about, classes="about", markup=False)
                yield choice

    def on_mount(self) -> None:
        for choice in (self.form, self.days, self.scale):
            self.watch(choice, "picked", self.tell, init=False)

    @property
    def chosen(self) -> Form | None:
        """The form it is read as, None before a place is named."""
        return Form(self.form.value) if self._seen else None

    @property
    def wishes(self) -> Wishes:
        return Wishes(
            order=Order(self.days.value) if self.days.value else None,
            scale=words.scale_of(self.scale.value),
            password=self._open,
        )

    def _open(self) -> str:
        if not self._secret:
            raise PasswordWanted(words.PASSWORD)
        return self._secret

    def tell(self) -> None:
        if self._seen:
            self.post_message(self.Changed())

    def take(self, likely: tuple[Form, ...], form: Form | None) -> None:
        """Offer these forms, and take one of them where it was seen."""
        self.form.options = tuple((one.value, LABELS[one]) for one in likely)
        self.form.set_reactive(PickOne.picked, likely.index(form) if form is not None else 0)
        self.form.refresh(layout=True)
        self._seen = True

    def forget(self) -> None:
        """Know nothing of what was named before."""
        self._seen = self._sealed = False
        self._secret = ""

    def ask_password(self) -> None:
        """Ask for the password; one that was wrong is forgotten."""
        self._secret, self._sealed = "", True
        self.lay_out(comes=False)
        self.password.focus()

    def opened(self) -> None:
        """It was read: nothing more is asked."""
        self._sealed = False

    @on(Input.Submitted, "#password")
    def take_password(self) -> None:
        self._secret, self.password.value = self.password.value, ""
        self.post_message(self.Changed())

    @on(PickOne.Taken)
    def go_on(self) -> None:
        self.screen.focus_next()

    def lay_out(self, *, comes: bool) -> None:
        """Show the rows that matter; `comes` says whether anything would come."""
        form = self.chosen
        shown = {
            "#row-as": form is not None,
            "#row-days": form in words.HAS_DAYS,
            "#row-moods": form is Form.TABLE,
            "#row-into": form in words.HAS_PAGES and comes,
            "#row-password": self._sealed and form is Form.JRNL,
        }
        for name, is_shown in shown.items():
            self.query_one(name).display = is_shown
