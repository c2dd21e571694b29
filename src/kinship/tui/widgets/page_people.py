"""Who is on a page that is read, and what was marked of them there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from kinship.journal.kinds import Kind, kind_of, label_of, subkind
from kinship.journal.model import Direction
from kinship.privacy.text import clean_line
from kinship.tui.keymap import act
from kinship.tui.navigation import PersonRequested

if TYPE_CHECKING:
    from kinship.journal.model import AlterId, Moment


class PersonLine(Static, can_focus=True):
    """Somebody on the page, and what was marked of them; enter opens their page."""

    DEFAULT_CSS = """
    PersonLine { height: 1; width: 100%; }
    PersonLine:focus { background: $raised; }
    PersonLine:focus:ansi { text-style: reverse; }
    """
    BINDINGS = [act("enter", "open", "open", tooltip="Open their page", show=False)]

    def __init__(self, alter: AlterId, words: Content) -> None:
        super().__init__(words, markup=False)
        self.alter = alter

    def action_open(self) -> None:
        self.post_message(PersonRequested(self.alter))

    def on_click(self) -> None:
        self.action_open()


def marks_of(name: str, moments: list[Moment]) -> Content:
    """Return somebody's name and what was marked of them on a page, each in the colour of its kind."""
    parts: list[tuple[str, str]] = [(f"@{clean_line(name)}", "bold")]
    for moment in sorted(moments, key=lambda one: (list(Kind).index(one.kind), one.subkind or "")):
        word = moment.subkind or moment.kind
        kind = kind_of(word) or moment.kind
        parts += [("  ", ""), (_said(word, moment.direction), f"${kind}")]
    return Content.assemble(*parts)


def _said(word: str, direction: Direction) -> str:
    known = subkind(word)
    if direction is Direction.TO_THEM:
        return f"I gave {label_of(word)}"
    if known is not None:
        return known.past
    return "weighed on me" if word == Kind.STRAIN else f"{label_of(word)} support"
