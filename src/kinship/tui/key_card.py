"""The card of keys, made from the bindings themselves: every act with its key and the id that settings call it by."""

from __future__ import annotations

import re
from collections.abc import Iterator

from textual.binding import Binding
from textual.keys import format_key

from kinship.tui.guard import KEY_NAMES
from kinship.tui.keymap import EVERYWHERE, bindings_of
from kinship.tui.screens.every import every_screen

HEAD = """# Keys

Made from the program by `kinship settings keys`. `?` shows the keys of where you are; the palette (`ctrl+p`) finds
every act by its name. While text has the focus, letters are text: `tab` leaves it.

Every key can be changed by the id of its act: `kinship settings set keys.veil f9`, or in the file of settings under
`[keys]`. Several keys are parted by commas. A key that is taken already in the same place is refused with the act that
has it.

In every list: the arrows or `j` and `k`, `enter`, `page up`, `page down`, `home`, `end`."""
_WORDS = re.compile(r"(?<=[a-z])(?=[A-Z])")


def key_card() -> str:
    """Return the card as Markdown, the same each time."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield HEAD
    yield from _table("Everywhere", EVERYWHERE)
    found = bindings_of(every_screen())
    for name in sorted(found, key=lambda one: (not one.endswith("Screen"), one)):
        yield from _table(_title(name), found[name])


def _table(title: str, bindings: tuple[Binding, ...]) -> Iterator[str]:
    yield from ("", f"## {title}", "", "| key | what it does | id |", "|---|---|---|")
    for one in bindings:
        if one.id is not None:
            does = one.tooltip or one.description
            yield f"| {keys_told(one.key)} | {does.replace('|', '/')} | {one.id} |"


def _title(name: str) -> str:
    return _WORDS.sub(" ", name.removesuffix("Screen")).capitalize()


def keys_told(keys: str) -> str:
    """Return keys as a person reads them, each as code: "ctrl+p" and "?"."""
    return " ".join(f"`{_told(one.strip())}`" for one in keys.split(","))


def _told(key: str) -> str:
    *modifiers, last = key.split("+") if key != "+" else ["+"]
    return "+".join([*modifiers, KEY_NAMES.get(last) or format_key(last)]).replace("|", "bar")
