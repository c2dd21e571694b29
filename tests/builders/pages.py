"""A page to type on, with a circle to type about."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.pilot import Pilot
from textual.screen import Screen

import kinship.tui.widgets.page_editor as home
from builders.journals import new_journal
from kinship.ground.clock import Clock
from kinship.journal.journal import Journal
from kinship.journal.model import AlterId
from kinship.tui.context import Context
from kinship.tui.widgets.completion import CompletionList, Suggestion, newcomer_in
from kinship.tui.widgets.markdown_lines import Span
from kinship.tui.widgets.page_editor import PageEditor

PEOPLE = ("Bea", "Tomás", "Dr Okonkwo")
KEYS = {" ": "space", "@": "at", "#": "number_sign", "\n": "enter"}


class Circle:
    """People and tags to complete, without a journal."""

    def suggest_people(self, prefix: str) -> Sequence[Suggestion]:
        known = [Suggestion(name) for name in PEOPLE if name.casefold().startswith(prefix.casefold())]
        new = newcomer_in(prefix) if prefix not in PEOPLE else None
        return [*known, *([Suggestion(new, new=True)] if new else [])]

    def suggest_tags(self, prefix: str) -> Sequence[Suggestion]:
        return [Suggestion(tag) for tag in ("walking", "work") if tag.startswith(prefix)]


class Desk(Screen[None]):
    """Nothing but the page."""

    CSS_PATH: ClassVar = [str(Path(home.__file__).parent / name) for name in ("page_editor.tcss", "completion.tcss")]

    def __init__(self, text: str = "", spans: Sequence[Span] = ()) -> None:
        super().__init__()
        self.text = text
        self.accepted: list[Suggestion] = []
        self.spans = spans

    def compose(self) -> ComposeResult:
        completion = CompletionList()
        yield PageEditor(
            self.text, suggestions=Circle(), completion=completion, notice=lambda _line: self.spans, id="page"
        )
        yield completion

    def on_page_editor_accepted(self, event: PageEditor.Accepted) -> None:
        self.accepted.append(event.suggestion)


def journal_with(tmp_path: Path, *names: str, clock: Clock | None = None) -> tuple[Journal, dict[str, AlterId]]:
    """Return a journal with these people in its circle, and their ids."""
    journal = new_journal(tmp_path, clock)
    return journal, {name: journal.add_alter(name).made["alters"][0] for name in names}


def context_of(journal: Journal) -> Context:
    return Context(clock=journal.clock)


async def type_in(pilot: Pilot[Any], words: str) -> None:
    """Press the keys of `words`, one after another."""
    await pilot.press(*(KEYS.get(character, character) for character in words))
    await pilot.pause()
