"""Back to where a person was: the screens over Today as requests that open them anew, and the line in hand."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from contextlib import suppress
from typing import Any
from weakref import WeakKeyDictionary

from textual.screen import Screen
from textual.widgets import Input, TextArea

from kinship.journal.bookmarks import Bookmark, Place
from kinship.tui import navigation as go
from kinship.tui.widgets.passphrase import PassphraseField

PASSING = (go.HomeRequested, go.BackRequested, go.HelpRequested)
"""Requests that open nothing a person comes back to."""


class Trail:
    """Which request opened which screen; it holds no screen longer than the stack does."""

    def __init__(self) -> None:
        self._opened: WeakKeyDictionary[Screen[Any], go.Navigation] = WeakKeyDictionary()

    def note(self, screen: Screen[Any], request: go.Navigation) -> None:
        """Remember that `request` opened `screen`, unless another one did."""
        if not isinstance(request, PASSING):
            self._opened.setdefault(screen, request)

    def bookmark(self, stack: Sequence[Screen[Any]]) -> Bookmark:
        """Return where a person is on this stack, as far up as it can be opened anew."""
        places: list[Place] = []
        top: Screen[Any] | None = None
        for screen in stack:
            request = self._opened.get(screen)
            place = place_of(request) if request is not None else None
            if place is not None:
                places.append(place)
            top = screen
        field, line = line_in_hand(top) if top is not None else ("", "")
        return Bookmark(tuple(places), line, field)


def place_of(request: go.Navigation) -> Place | None:
    """Return a request as it is kept, None where it carries what cannot be; a page comes back without its list."""
    told: dict[str, Any] = {}
    for field in dataclasses.fields(request):  # type: ignore[arg-type]  # each is a dataclass
        value = getattr(request, field.name)
        if isinstance(value, go.Question):
            told[field.name] = dataclasses.asdict(value)
        elif isinstance(value, go.Sheaf):
            continue
        elif value is None or isinstance(value, (str, int)):
            told[field.name] = value
        else:
            return None
    return Place(type(request).__name__, told)


def request_of(place: Place) -> go.Navigation | None:
    """Return the request that a kept place says, None where this version knows none of that name and kind."""
    kind = getattr(go, place.name, None)
    if not (isinstance(kind, type) and issubclass(kind, go.Navigation)) or issubclass(kind, PASSING):
        return None
    with suppress(TypeError):
        return kind(**{name: go.Question(**one) if isinstance(one, dict) else one for name, one in place.told.items()})
    return None


Field = Input | TextArea


def line_in_hand(screen: Screen[Any]) -> tuple[str, str]:
    """Return the field that has the focus and what is typed in it; a page has a draft of its own, a secret none."""
    focused = screen.focused
    if isinstance(screen, go.HoldsWords) or isinstance(focused, PassphraseField):
        return "", ""
    if isinstance(focused, Input):
        return _name_of(focused, screen), focused.value
    if isinstance(focused, TextArea) and not focused.read_only:
        return _name_of(focused, screen), focused.text
    return "", ""


def _name_of(field: Field, screen: Screen[Any]) -> str:
    """Return the id of a field, or its kind where it is the only one of it; empty where nothing tells it apart."""
    return field.id or (type(field).__name__ if len(screen.query(type(field))) == 1 else "")


def give_line_back(screen: Screen[Any], name: str, line: str) -> bool:
    """Put a line back into its field and go there; False where the field is not to be seen now."""
    fields: tuple[Field, ...] = (*screen.query(Input), *screen.query(TextArea))
    shown = (one for one in fields if one.is_on_screen)
    found = next((one for one in shown if name and _name_of(one, screen) == name), None)
    if isinstance(found, Input):
        found.value = line
        found.cursor_position = len(line)
    elif isinstance(found, TextArea):
        found.load_text(line)
        found.move_cursor(found.document.end)
    else:
        return False
    found.focus()
    return True
