"""The page in another editor: the screens step aside, the editor has the terminal, and the words come back."""

from __future__ import annotations

from textual.app import App, SuspendNotSupported

from kinship.ground.errors import KinshipError, Refused
from kinship.privacy.editor import edit_elsewhere, find_editor
from kinship.tui.context import Context


def edited_elsewhere(app: App[object], context: Context, text: str) -> str:
    """Return what the editor of the settings made of `text`; everything waits until it is closed.

    Raises Misused or Refused where none is set, known, installed, or where nothing is kept in memory only.
    """
    settings, environment = context.settings, context.environment
    editor = find_editor(settings.editor, settings.editor_flags, environment)
    try:
        with app.suspend():
            try:
                return edit_elsewhere(text, editor, environment)
            except KinshipError as error:
                failed = error  # raised once the screens are back: Textual would stay aside
    except SuspendNotSupported as error:
        raise Refused("This terminal cannot be handed to another editor.") from error
    raise failed
