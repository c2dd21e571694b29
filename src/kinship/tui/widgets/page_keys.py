"""The keys of the page while it is written: moving, selecting, deleting, the clipboard, undo."""

from __future__ import annotations

from textual.binding import Binding

_KEYS: tuple[tuple[str, str, str, str], ...] = (
    ("up", "cursor_up", "Up", "One line up, or up in the list"),
    ("down", "cursor_down", "Down", "One line down, or down in the list"),
    ("left", "cursor_left", "Left", "One character to the left"),
    ("right", "cursor_right", "Right", "One character to the right"),
    ("ctrl+left,alt+left", "cursor_word_left", "Word left", "To the beginning of the word"),
    ("ctrl+right,alt+right", "cursor_word_right", "Word right", "To the end of the word"),
    ("home,ctrl+a", "cursor_line_start", "Line start", "To the beginning of the line"),
    ("end,ctrl+e", "cursor_line_end", "Line end", "To the end of the line"),
    ("ctrl+home", "page_start", "Page start", "To the beginning of the page"),
    ("ctrl+end", "page_end", "Page end", "To the end of the page"),
    ("pageup", "cursor_page_up", "Screen up", "One screen up"),
    ("pagedown", "cursor_page_down", "Screen down", "One screen down"),
    ("shift+up", "cursor_up(True)", "Select up", "Select to the line above"),
    ("shift+down", "cursor_down(True)", "Select down", "Select to the line below"),
    ("shift+left", "cursor_left(True)", "Select left", "Select the character to the left"),
    ("shift+right", "cursor_right(True)", "Select right", "Select the character to the right"),
    ("ctrl+shift+left", "cursor_word_left(True)", "Select word left", "Select to the beginning of the word"),
    ("ctrl+shift+right", "cursor_word_right(True)", "Select word right", "Select to the end of the word"),
    ("shift+home", "cursor_line_start(True)", "Select to start", "Select to the beginning of the line"),
    ("shift+end", "cursor_line_end(True)", "Select to end", "Select to the end of the line"),
    ("f6", "select_line", "Select line", "Select the line"),
    ("f7", "select_all", "Select all", "Select the whole page"),
    ("backspace", "delete_left", "Delete left", "Delete the character before the cursor"),
    ("delete,ctrl+d", "delete_right", "Delete right", "Delete the character under the cursor"),
    ("ctrl+w,ctrl+backspace,alt+backspace", "delete_word_left", "Delete word left", "Delete back to the word's start"),
    ("alt+delete", "delete_word_right", "Delete word right", "Delete to the word's end"),
    ("ctrl+u", "delete_to_start_of_line", "Delete to start", "Delete to the beginning of the line"),
    ("ctrl+k", "delete_to_end_of_line_or_delete_line", "Delete to end", "Delete to the end of the line"),
    ("ctrl+x", "cut", "Cut", "Cut what is selected to the clipboard, which is outside kinship"),
    ("ctrl+c", "copy", "Copy", "Copy what is selected to the clipboard, which is outside kinship"),
    ("ctrl+v", "paste", "Paste", "Paste what was copied here"),
    ("ctrl+z", "undo", "Undo", "Take the last change back"),
    ("ctrl+y", "redo", "Redo", "Make the change again"),
    ("tab", "accept", "take it", "Take the suggestion"),
    ("escape", "close_list", "close the list", "Close the list"),
)


_SHOWN = ("accept", "close_list")
"""What the key line tells while the list is open."""


def page_bindings() -> list[Binding]:
    """Return the bindings of the page; each id is its action behind `text_`, or `select_` for those that select."""
    made = []
    for key, action, description, tooltip in _KEYS:
        plain = action.removesuffix("(True)")
        name = f"text_{plain}" if plain == action else f"select_{plain}"
        made.append(Binding(key, action, description, show=action in _SHOWN, id=name, tooltip=tooltip))
    return made
