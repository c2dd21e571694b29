"""Back to where a person was: the screens over Today as requests that open them anew, and the line in hand."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any
from weakref import WeakKeyDictionary

from textual.css.query import NoMatches
from textual.screen import Screen
from textual.widgets import Input, TextArea

from kinship.journal.bookmarks import Bookmark, Place
from kinship.tui import navigation as go
from kinship.tui.widgets.passphrase import PassphraseField

PASSING = (go.HomeRequested, go.BackRequested, go.HelpRequested)
"""Requests that open nothing a person comes back to."""
_NESTED = {"Question": go.Question}


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
    """Return a request as it is kept, None where it carries what cannot be."""
    told: dict[str, Any] = {}
    for field in dataclasses.fields(request):  # type: ignore[arg-type]  # each is a dataclass
        value = getattr(request, field.name)
        if isinstance(value, go.Question):
            told[field.name] = {"Question": dataclasses.asdict(value)}
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
        return kind(**dict(_told(place.told)))
    return None


def _told(told: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in told.items():
        if isinstance(value, dict):
            ((kind, fields),) = value.items()
            yield name, _NESTED[kind](**fields)
        else:
            yield name, value


def line_in_hand(screen: Screen[Any]) -> tuple[str, str]:
    """Return the field that has the focus and what is typed in it; a page has a draft of its own, a secret none."""
    focused = screen.focused
    if isinstance(screen, go.HoldsWords) or isinstance(focused, PassphraseField) or focused is None:
        return "", ""
    if isinstance(focused, Input):
        return focused.id or "", focused.value
    if isinstance(focused, TextArea) and not focused.read_only:
        return focused.id or "", focused.text
    return "", ""


def give_line_back(screen: Screen[Any], field: str, line: str) -> bool:
    """Put a line back into its field and go there; False where the field is not to be seen now."""
    if not field.isidentifier() and not field.replace("-", "_").isidentifier():
        return False
    try:
        found = screen.query_one(f"#{field}")
    except NoMatches:
        return False
    if not found.display or any(not above.display for above in found.ancestors if hasattr(above, "display")):
        return False
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
