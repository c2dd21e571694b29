"""Keys by the id of what they do: a person's own from the settings, and a sentence for each that cannot work."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

from textual.binding import Binding, BindingType
from textual.keys import Keys

_NAMED = frozenset(key.value for key in Keys)
_MODIFIERS = frozenset({"ctrl", "shift", "alt", "super", "hyper", "meta"})
_FIXED = frozenset({"ctrl+c"})
"""Keys that terminals and people rely on: ctrl+c copies, and leaves nothing."""


def act(
    key: str, action: str, description: str, *, tooltip: str = "", show: bool = True, priority: bool = False
) -> Binding:
    """Return a binding whose id is the name of its action (`app.` and arguments left off), as settings name it."""
    name = action.partition("(")[0].rpartition(".")[2]
    return Binding(key, action, description, id=name, tooltip=tooltip or description, show=show, priority=priority)


EVERYWHERE: tuple[Binding, ...] = (
    act("ctrl+q", "quit", "leave", tooltip="Leave; what is open is kept", show=False, priority=True),
    act("f1,ctrl+g", "help", "help", tooltip="Somebody to talk to", show=False, priority=True),
    act("ctrl+l", "veil", "veil", tooltip="Blank the screen at once", show=False, priority=True),
    act("question_mark", "keys", "keys", tooltip="Every key that works here", show=False),
    act("ctrl+p,ctrl+o", "command_palette", "palette", tooltip="Go anywhere by name", show=False, priority=True),
    act("u", "undo", "undo", tooltip="Take the last act back", show=False),
    act("U", "redo", "redo", tooltip="Do again what was taken back", show=False),
    act("f8", "lock", "lock", tooltip="Lock: only the passphrase opens it again", show=False, priority=True),
    act("f7", "safe_screen", "initials", tooltip="Show initials instead of names, or names again", show=False),
    act("j", "list_down", "down", tooltip="Down a line in a list", show=False),
    act("k", "list_up", "up", tooltip="Up a line in a list", show=False),
    act("g", "list_first", "first", tooltip="To the first line of a list", show=False),
    act("G", "list_last", "last", tooltip="To the last line of a list", show=False),
    Binding("ctrl+c", "screen.copy_text", "copy", show=False, system=True),
)
"""What works on every screen; the App has the actions, and a screen's key line may show some."""


def bindings_of(owners: Iterable[type]) -> dict[str, tuple[Binding, ...]]:
    """Return the bindings with an id of every class that declares some, by the name of the class."""
    found: dict[str, tuple[Binding, ...]] = {}
    for owner in owners:
        declared: Iterable[BindingType] = owner.__dict__.get("BINDINGS", ())
        named = tuple(one for one in declared if isinstance(one, Binding) and one.id is not None)
        if named:
            found[owner.__name__] = named
    return found


def faults_of(keys: Mapping[str, str], bindings: Mapping[str, tuple[Binding, ...]]) -> dict[str, str]:
    """Return a sentence for each entry of `keys` (id of an act to a key) that names no act, no key, or a key in use."""
    known = {one.id: one for group in bindings.values() for one in group if one.id is not None}
    found = {
        name: _unknown_act(name, known) or _unusable_key(name, told) or _taken(name, told, keys, bindings)
        for name, told in keys.items()
    }
    return {name: sentence for name, sentence in found.items() if sentence}


def _unknown_act(name: str, known: Mapping[str, Binding]) -> str:
    if name in known:
        return ""
    near = difflib.get_close_matches(name, known, n=1)
    return f"No act is called {name!r}." + (f" Did you mean {near[0]}?" if near else " The key list names them all.")


def _unusable_key(name: str, told: str) -> str:
    for key in told.split(","):
        *modifiers, last = key.strip().split("+") if key.strip() != "+" else ["+"]
        named = len(last) == 1 or last in _NAMED or last.isidentifier()
        if not last or not named or not set(modifiers) <= _MODIFIERS:
            return f"The key {told!r} for {name} is no key."
        if key.strip() in _FIXED:
            return f"The key {key.strip()} for {name} stays what it is: it copies."
    return ""


def _taken(name: str, told: str, keys: Mapping[str, str], bindings: Mapping[str, tuple[Binding, ...]]) -> str:
    wanted = {key.strip() for key in told.split(",")}
    for group in bindings.values():
        ids = {one.id for one in group}
        if name not in ids:
            continue
        for one in group:
            if one.id != name and wanted & {key.strip() for key in keys.get(one.id or "", one.key).split(",")}:
                return f"The key {told} is asked for by {name} and {one.id}; {one.id} keeps it."
    return ""
