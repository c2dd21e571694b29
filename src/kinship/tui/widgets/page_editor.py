"""The page: a text area for prose with Markdown styled in place, and completion of people and tags."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.cache import LRUCache
from textual.document._document import EditResult, Location
from textual.document._document_navigator import DocumentNavigator
from textual.document._edit import Edit
from textual.message import Message
from textual.strip import Strip
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from kinship.privacy.text import clean
from kinship.tui.widgets.completion import CompletionList, Opening, Suggestion, Suggestions, opening_in
from kinship.tui.widgets.markdown_lines import ROLES, Fence
from kinship.tui.widgets.page_keys import page_bindings
from kinship.tui.widgets.page_lines import LONG, Notice, PageLines, Piece, painted_over
from kinship.tui.widgets.page_places import Place, marked_lines, places_of
from kinship.tui.widgets.page_wrap import PageWrap

MEASURE = 74
"""Cells in a line of prose where the terminal has them (Bringhurst: 45-75 characters)."""

FOUND = "found"
"""The look of words that were looked for."""

UNDO_STEPS = 400
ROWS_REMEMBERED = 512


class PageEditor(TextArea, inherit_bindings=False):
    """Prose in a comfortable measure; what Markdown means is shown where it is written."""

    BINDINGS: ClassVar[list[BindingType]] = [*page_bindings()]
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"page-editor--{role}" for role in (*ROLES, FOUND)}

    class Accepted(Message):
        """A suggestion was taken into the text."""

        def __init__(self, suggestion: Suggestion) -> None:
            super().__init__()
            self.suggestion = suggestion

    def __init__(
        self,
        text: str = "",
        *,
        suggestions: Suggestions,
        completion: CompletionList,
        notice: Notice = lambda _line: (),
        id: str | None = None,  # noqa: A002 (Textual's own name)
    ) -> None:
        self._lines = PageLines(notice)
        self._found: Mapping[int, tuple[tuple[int, int], ...]] = {}
        """Line to the characters in it that were found."""
        self._looks: dict[tuple[str, ...], Style] = {}
        self._strips: LRUCache[tuple[str, Fence | None, int, int, int], Strip] = LRUCache(ROWS_REMEMBERED)
        super().__init__(clean(text), id=id, soft_wrap=True, highlight_cursor_line=False, max_checkpoints=UNDO_STEPS)
        self.cursor_blink = False
        self.match_cursor_bracket = False
        self.suggestions = suggestions
        self.completion = completion

    def _set_document(self, text: str, language: str | None) -> None:
        super()._set_document(text, language)
        self.wrapped_document = PageWrap(self.wrapped_document)
        self.navigator = DocumentNavigator(self.wrapped_document)

    # What changes the text

    def edit(self, edit: Edit) -> EditResult:
        self._lines.changed()
        return super().edit(edit)

    def undo(self) -> None:
        self._lines.changed()
        super().undo()

    def redo(self) -> None:
        self._lines.changed()
        super().redo()

    def _recompute_cursor_offset(self) -> None:
        """Leave the cursor's place on the screen as it is while undo has taken its line away and not moved it yet."""
        if self.cursor_location[0] < self.document.line_count:
            super()._recompute_cursor_offset()  # type: ignore[no-untyped-call]  # Textual leaves it bare

    def load_text(self, text: str) -> None:
        """Show `text`, cleaned, with nothing to undo."""
        self._lines.changed()
        super().load_text(clean(text))

    @property
    def blank(self) -> bool:
        """Whether nothing but space is on the page."""
        return not any(line and not line.isspace() for line in self.document.lines)

    def set_notice(self, notice: Notice) -> None:
        """Find mentions and tags with `notice` from now on."""
        self._lines.notice = notice
        self.notice_again()

    def notice_again(self) -> None:
        """Find mentions and tags anew, after the names that are known have changed."""
        self._lines.forget()
        self._strips.clear()
        self.refresh()

    def find_matching_bracket(self, bracket: str, search_from: Location) -> Location | None:
        """Return None: prose needs no matching bracket, and looking for one reads the whole page."""
        del bracket, search_from
        return None

    # Keys

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter" and self.completion.takes_enter:
            event.stop()
            event.prevent_default()
            self.action_accept()
            return
        if _is_joiner(event.character):
            event.stop()
            event.prevent_default()
            self._replace_via_keyboard(event.character or "", *self.selection)
            return
        typed = event.is_printable
        await super()._on_key(event)
        event.prevent_default()
        if typed:
            self.look_up()
        elif event.key == "enter":
            self.completion.close()

    async def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        self._take_in(event.text)

    def action_paste(self) -> None:
        self._take_in(self.app.clipboard)

    def _take_in(self, text: str) -> None:
        self.completion.close()
        if result := self._replace_via_keyboard(clean(text), *self.selection):
            self.move_cursor(result.end_location)

    def action_copy(self) -> None:
        if self.selected_text:
            super().action_copy()

    def action_cut(self) -> None:
        if self.selected_text:
            super().action_cut()

    def action_delete_left(self) -> None:
        super().action_delete_left()
        if self.completion.display:
            self.look_up()

    def action_page_start(self) -> None:
        self.move_cursor(self.document.start)

    def action_page_end(self) -> None:
        self.move_cursor(self.document.end)

    # What is found

    def find(self, words: str) -> tuple[Place, ...]:
        """Mark where `words` stand and return each place; no words mark nothing."""
        lines = self.document.lines
        places = places_of(lines, words)
        self._found = marked_lines(lines, places)
        self.refresh()
        return places

    def show_place(self, place: Place) -> None:
        """Select a place and let it be seen."""
        self.selection = Selection(*place)
        self.scroll_cursor_visible(center=True)

    # Completion

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in {"accept", "close_list"}:
            return self.completion.display
        return super().check_action(action, parameters)

    def action_cursor_up(self, select: bool = False) -> None:
        if self.completion.display and not select:
            self.completion.move(-1)
        else:
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        if self.completion.display and not select:
            self.completion.move(1)
        else:
            super().action_cursor_down(select)

    def action_close_list(self) -> None:
        self.completion.close()

    def action_accept(self) -> None:
        """Put the chosen suggestion in the place of what was typed of it: one step of undo."""
        opening = self._opening()
        if opening is None or not self.completion.display:
            return
        suggestion = self.completion.chosen()
        self.completion.close()
        row, column = self.cursor_location
        behind = self.document.get_line(row)[column : column + 1]
        words = f"{opening.sign}{suggestion.words}{'' if behind == ' ' else ' '}"
        self.history.checkpoint()
        self.replace(words, (row, opening.start), (row, column), maintain_selection_offset=False)
        self.post_message(self.Accepted(suggestion))

    def look_up(self) -> None:
        """Open the list for the mention or tag at the cursor, or close it where nothing fits."""
        opening = self._opening()
        found = () if opening is None else self._fitting(opening)
        if opening is None or not found:
            self.completion.close()
            return
        self.completion.show(opening, found, self.cursor_screen_offset)

    def _fitting(self, opening: Opening) -> tuple[Suggestion, ...]:
        source = self.suggestions.suggest_people if opening.sign == "@" else self.suggestions.suggest_tags
        return tuple(source(opening.prefix))

    def _opening(self) -> Opening | None:
        row, column = self.cursor_location
        if not self.selection.is_empty or self._lines.fence_before(self.document.lines, row) is not None:
            return None
        return opening_in(self.document.get_line(row)[:column])

    def on_text_area_selection_changed(self) -> None:
        if self.completion.display and self._opening() != self.completion.opening:
            self.completion.close()

    def on_blur(self) -> None:
        self.completion.close()

    # What is painted

    def notify_style_update(self) -> None:
        self._looks.clear()
        self._strips.clear()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        rows = self.wrapped_document._offset_to_line_info  # noqa: SLF001 (guarded by a test)
        row = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if self.document.line_count == 1 and not self.document[0]:
            return super().render_line(y)
        if row >= len(rows):
            return Strip.blank(width, self._look(()))
        index, section = rows[row]
        line = self.document.get_line(index)
        breaks = [0, *self.wrapped_document.get_offsets(index), len(line) + 1]
        start, end = breaks[section], breaks[section + 1]
        if len(line) > LONG or index in self._found or self._touched(index, start, end):
            pieces = self._lay_over(index, line, self._pieces(index, start, end))
            return self._strip(index, pieces, width)
        key = line, self._lines.fence_before(self.document.lines, index), start, end, width
        strip = self._strips.get(key)
        if strip is None:
            strip = self._strips[key] = self._strip(index, self._pieces(index, start, end), width)
        return strip

    def _touched(self, index: int, start: int, end: int) -> bool:
        """Return whether the cursor or the selection lies in the characters `start` to `end` of the line `index`."""
        top, bottom = sorted(self.selection)
        return top < (index, end) and bottom >= (index, start)

    def _pieces(self, index: int, start: int, end: int) -> list[Piece]:
        """Return the characters `start` to `end` of the line `index` in their looks; past its end is a space."""
        length = len(self.document.get_line(index))
        pieces = [
            Piece(max(run.start, start), min(run.end, end), self._look(run.roles))
            for run in self._lines.runs_within(self.document.lines, index, start, end)
        ]
        if end > length:
            pieces.append(Piece(length, length + 1, self._look(())))
        return pieces

    def _lay_over(self, index: int, line: str, pieces: list[Piece]) -> list[Piece]:
        theme = self._theme
        if index in self._found:
            look = self.get_component_rich_style(f"page-editor--{FOUND}", partial=True)
            for start, end in self._found[index]:
                pieces = painted_over(pieces, start, end, look)
        top, bottom = sorted(self.selection)
        if top != bottom and top[0] <= index <= bottom[0] and theme.selection_style is not None:
            first = top[1] if index == top[0] else 0
            last = bottom[1] if index == bottom[0] else len(line) + 1
            pieces = painted_over(pieces, first, last, theme.selection_style)
        row, column = self.cursor_location
        if row == index and self._draw_cursor and theme.cursor_style is not None:
            pieces = painted_over(pieces, column, column + 1, theme.cursor_style)
        return pieces

    def _strip(self, index: int, pieces: list[Piece], width: int) -> Strip:
        return Strip(self._segments(index, pieces)).adjust_cell_length(width, self._look(()))

    def _segments(self, index: int, pieces: list[Piece]) -> list[Segment]:
        line = self.document.get_line(index) + " "
        if "\t" not in line:
            return [Segment(line[piece.start : piece.end], piece.style) for piece in pieces]
        before = line.count("\t", 0, pieces[0].start)
        widths = iter(self.wrapped_document.get_tab_widths(index)[before:])
        return [Segment(_spaced(line[piece.start : piece.end], widths), piece.style) for piece in pieces]

    def _look(self, roles: tuple[str, ...]) -> Style:
        look = self._looks.get(roles)
        if look is None:
            look = self.rich_style
            for role in roles:
                look += self.get_component_rich_style(f"page-editor--{role}", partial=True)
            self._looks[roles] = look
        return look


def _is_joiner(character: str | None) -> bool:
    """Return whether a typed character is invisible yet needed, as in Persian words and joined emoji."""
    return character is not None and unicodedata.category(character[0]) == "Cf" and clean(character) == character


def _spaced(text: str, widths: Iterator[int]) -> str:
    """Return `text` with each tab as spaces, as many as `widths` says next."""
    return "".join(" " * next(widths, 1) if character == "\t" else character for character in text)
