"""The words of a page as a command takes them: piped, typed or from another editor, and never lost on the way."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from kinship.cli.invocation import Invocation
from kinship.cli.output import listed, on_terminal, remark, say
from kinship.ground.errors import Misused, NotSaved
from kinship.ground.settings import Settings, read_settings
from kinship.privacy.text import clean

if TYPE_CHECKING:
    from kinship.cli.opening import Opened
    from kinship.journal.acts import Act
    from kinship.journal.drafts import PageText
    from kinship.journal.journal import Journal

_LONGEST = 16 * 1024 * 1024


class Stopped(Exception):
    """Ctrl-C while somebody was typing on the terminal; what they had typed must not be lost."""

    def __init__(self, typed: str) -> None:
        super().__init__()
        self.typed = typed


def words_of(invocation: Invocation, text: str | None, *, before: str | None = None, template: str = "") -> str:
    """Return the words of standard input; on a terminal typed, or (where `text` is not "-") from another editor.

    With `before`, the words that the editor begins with, an editor is needed on a terminal. What is typed or piped goes
    into `template`; an editor begins with it. Raises Misused for what is no text or too long, and Stopped where Ctrl-C
    came after some words were typed.
    """
    from kinship.journal.template_acts import filled, place_for_text

    if on_terminal(sys.stdin):
        settings = read_settings(invocation.surroundings.places.settings_file)
        if text is None and (settings.editor or before is not None):
            begin = before if before is not None else place_for_text(template)[0]
            return _edited(begin, settings, invocation.surroundings.environment)
        return filled(template, _typed())
    return filled(template, _piped())


def _piped() -> str:
    """Return what came on standard input. Raises Misused."""
    told = sys.stdin.buffer.read(_LONGEST + 1)
    if len(told) > _LONGEST:
        raise Misused("Standard input is longer than an entry can be (16 MiB).")
    try:
        return told.decode("utf-8").removesuffix("\n")
    except UnicodeDecodeError as error:
        raise Misused("Standard input is no UTF-8 text; nothing was kept.") from error


def _edited(before: str, settings: Settings, environment: Mapping[str, str]) -> str:
    """Return what another editor made of `before`. Raises Misused or Refused where none may or can be used."""
    from kinship.privacy.editor import edit_elsewhere, find_editor

    return edit_elsewhere(before, find_editor(settings.editor, settings.editor_flags, environment), environment)


def _typed() -> str:
    """Return what is typed on the terminal, line by line; raises Stopped where Ctrl-C came after some words."""
    remark("Write; Ctrl-D on a line of its own keeps it.")
    lines: list[bytes] = []
    try:
        lines.extend(iter(sys.stdin.buffer.readline, b""))
    except KeyboardInterrupt:
        typed = b"".join(lines).decode("utf-8", "replace")
        if not clean(typed).strip():
            raise
        raise Stopped(typed) from None
    return b"".join(lines).decode("utf-8", "replace").removesuffix("\n")


def ask_about(journal: Journal, id_: str) -> None:
    """Say once which mentions of a page mean nobody, or more than one."""
    page = journal.pages.get(id_)
    open_names = journal.unresolved(page) if page is not None else ()
    if open_names:
        told = listed(f"@{one.text}" for one in open_names)
        remark(f"Not linked to anybody yet: {told}. Add them with: kinship people add NAME")


def keep(opened: Opened, page: PageText, *, piped: bool) -> Act:
    """Keep a page; where the disk refuses, NotSaved says where its words are now."""
    try:
        return opened.journal.keep_page(page)
    except NotSaved as error:
        raise NotSaved(error.message, _where_it_is(opened, page, piped=piped)) from error


def _where_it_is(opened: Opened, page: PageText, *, piped: bool) -> str:
    """Return the sentence that says where the words are now: with the sender, in a draft, or on the screen."""
    if piped:
        return "Nothing was kept; the text is still with whoever sent it."
    return as_draft(opened, page)


def as_draft(opened: Opened, page: PageText) -> str:
    """Keep the words as a draft, or print them; return the sentence that says which."""
    try:
        opened.journal.drafts.keep(page)
    except NotSaved:
        say(clean(page.body))
        return "There was no room for a draft; the text is printed above."
    return "The text is kept as an encrypted draft on this computer and offered when you next open the journal."
