"""What no screen can go around: nothing obeyed by a terminal leaves, no crash shows a word, no toast reads markup."""

from __future__ import annotations

import asyncio
import re
import sys
from typing import TYPE_CHECKING, Any

from rich.segment import Segment
from textual.binding import Binding
from textual.filter import LineFilter
from textual.keys import format_key

from kinship.ground.width import cells, shorten
from kinship.privacy.reports import HEADLINE, asyncio_handler, report_of, silence_logs
from kinship.privacy.text import clean, visible
from kinship.tui.kept_styles import KeptStylesheet
from kinship.tui.key_order import KeysInOrder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.color import Color

    from kinship.journal.journal import Journal

KEY_NAMES = {"enter": "enter", "space": "space", "pageup": "page up", "pagedown": "page down"}
"""Keys whose name says more than their sign."""
SAFE_SCREEN = "KINSHIP_SAFE_SCREEN"
"""The variable that asks for initials; a lock hands it on to the program that takes its place."""
NAMED_IN = ("alters", "appointments", "card", "entries", "snapshots")
"""Tables that hold names: whatever changes there may bring a new one."""
LONGEST_TOAST = 500
"""Cells of a toast; a file of somebody's own may have put its whole self into the sentence about it."""
COPIED = "Copied. The clipboard is outside kinship."
_ENDS = re.compile("[\n\x0b\x0c\x85]")


def _harmless(segment: Segment) -> bool:
    if segment.control is not None or (segment.style is not None and segment.style.link is not None):
        return False
    return segment.text.isprintable() or (visible(segment.text) == segment.text and "\n" not in segment.text)


def _without_orders(segment: Segment) -> Segment:
    """Return a segment that a terminal can only draw: no control characters, no terminal link."""
    style = segment.style
    if style is not None and style.link is not None:
        style = style.update_link(None)
    return Segment(_ENDS.sub("\N{REPLACEMENT CHARACTER}", visible(segment.text)), style)


class OnlyText(LineFilter):
    """The one way out: every line of every widget passes here before the terminal does.

    A control character that got as far as this becomes U+FFFD; the line keeps its width in cells.
    """

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - Textual's own signature
        if all(map(_harmless, segments)):
            return segments
        width = sum(cells(segment.text) for segment in segments)
        safe = [_without_orders(segment) for segment in segments]
        return list(Segment.adjust_line_length(safe, width, pad=False))


class GuardedApp(KeysInOrder):
    """A Textual App whose every way out, screen or crash, is closed to words that were not meant for it.

    Three hooks of Textual's are private (`_handle_exception`, `_fatal_error`, `_print_error_renderables`): they would
    print local variables, which here are somebody's diary. Tests fail where a new Textual no longer calls them.
    """

    def __init__(self, *, no_color: bool = False, **told: Any) -> None:
        super().__init__(ansi_color=True if no_color else None, **told)
        self.stylesheet = KeptStylesheet(variables=self.get_css_variables())
        self._only_text = OnlyText()
        self._crashes: list[str] = []
        self.safe_screen = False
        """Whether initials stand where names would."""
        self._names: LineFilter | None = None

    def on_load(self) -> None:
        asyncio.get_running_loop().set_exception_handler(asyncio_handler)
        silence_logs()

    def get_line_filters(self) -> Sequence[LineFilter]:
        names = [] if self._names is None else [self._names]
        return [*names, *super().get_line_filters(), self._only_text]

    def hide_names(self, journal: Journal | None) -> None:
        """Paint everything once more: with initials for the names of `journal` on the safe screen, else with names."""
        if self.safe_screen and journal is not None:
            from kinship.tui.safe import NamesAsInitials, names_in

            self._names = NamesAsInitials(names_in(journal))
        elif self._names is None:
            return
        else:
            self._names = None
        if self.is_running:
            self.call_later(self._paint_again)

    def _paint_again(self) -> None:
        for screen in self.screen_stack:
            for widget in screen.walk_children(with_self=True):
                widget.refresh()

    def get_key_display(self, binding: Binding) -> str:
        """Return a key as a person reads it: "ctrl+q", "?", "esc"."""
        if binding.key_display:
            return binding.key_display
        modifiers, key = binding.parse_key()
        return "+".join([*modifiers, KEY_NAMES.get(key) or format_key(key)])

    def copy_to_clipboard(self, text: str) -> None:
        """Hand words to the clipboard of the terminal, once, and say that it is outside kinship; no words, nothing."""
        words = clean(text)
        if words:
            super().copy_to_clipboard(words)
            self.notify(COPIED)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: Any = "information",
        timeout: float | None = None,
        markup: bool = False,  # noqa: ARG002 - markup is never read
    ) -> None:
        """Show a toast; the words are taken as they are, whatever `markup` says."""
        super().notify(
            shorten(visible(message), LONGEST_TOAST),
            title=shorten(visible(title), LONGEST_TOAST),
            severity=severity,
            timeout=timeout,
            markup=False,
        )

    def panic(self, *_renderables: Any) -> None:
        """Leave at once, without showing what was to be shown."""
        self._leave_crashed("  the program asked to stop")

    def _handle_exception(self, error: Exception) -> None:
        """Leave with a report of where it happened; the words of the error stay here."""
        from textual.worker import WorkerFailed

        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        inner = error.error if isinstance(error, WorkerFailed) else error
        self._leave_crashed(report_of(inner))

    def _fatal_error(self) -> None:
        error = sys.exc_info()[1]
        self._leave_crashed(report_of(error) if error is not None else "  an unknown error")

    def _leave_crashed(self, report: str) -> None:
        self._return_code = 1
        self._crashes.append(report)
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        """Print what went wrong first, without words, once the terminal is the person's again."""
        self._exit_renderables.clear()
        if self._crashes:
            sys.stderr.write(f"{HEADLINE}\n{self._crashes[0]}\n")
            self._crashes.clear()
