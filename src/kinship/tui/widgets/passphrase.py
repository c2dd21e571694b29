"""A field for a secret: hidden unless the person asks to see it, and never on the clipboard."""

from __future__ import annotations

from textual.widgets import Input


class PassphraseField(Input):
    """One line that shows dots; `shown` is the person's choice."""

    DEFAULT_CSS = """
    PassphraseField { width: 100%; }
    """

    def __init__(self, *, placeholder: str = "", id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(placeholder=placeholder, password=True, id=id, select_on_focus=False)

    @property
    def is_hidden(self) -> bool:
        return self.password

    def turn(self) -> None:
        """Show what is typed, or hide it again."""
        self.password = not self.password

    def action_copy(self) -> None:
        """Nothing: a clipboard keeps what it is given."""

    def action_cut(self) -> None:
        """Nothing, like copying."""
