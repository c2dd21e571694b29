"""Words of the person's own on their way out: everybody in them is called as on the map that leaves with them."""

from __future__ import annotations

import re
from collections.abc import Callable

from kinship.journal.journal import Journal
from kinship.journal.known_names import names_of_people, names_of_things
from kinship.journal.mentions import fold
from kinship.journal.model import AlterId, Status
from kinship.privacy.initials import SMALL_WORDS, Initials
from kinship.privacy.text import clean
from kinship.snapshot.names import call_everyone, order_of_coming
from kinship.snapshot.share import NamesMode, Share

UNNAMED = "[…]"
"""Stands for a name that cannot be said in another way."""
_SIGN = re.compile(r"(?<![\w@])@(?=[\w\[])")
"""What marks a mention where one writes; it says nothing to a reader."""

Hide = Callable[[str], str]


def hiding(journal: Journal, share: Share) -> Hide:
    """Return what makes a text of the journal fit to leave under `share`.

    With full names only control characters go; names of those marked no contact are hidden unless they may leave. Else
    every name that the journal knows, and every mention, becomes what its bearer is called, or "[…]".
    """
    circle = journal.circle.as_of(journal.today())
    away = {bond.alter.id for bond in circle.bonds if bond.status is Status.NO_CONTACT and not share.no_contact}
    if share.names is NamesMode.FULL:
        gone = [name for one in journal.alters if one.id in away for name in (one.name, *one.aliases)]
        hide = _with({}, Initials(gone, cut=False) if gone else None)
        # A mention of somebody whose name may leave is no name to hide.
        return lambda text: hide(_SIGN.sub("", text))
    called = call_everyone(circle, share.names, journal.vault.id, order_of_coming(journal.facts))
    named = {id_: name for id_, name in called.items() if id_ not in away}
    return _with(_by_word(journal, named), Initials(names_of_people(journal), names_of_things(journal), cut=False))


def _by_word(journal: Journal, called: dict[AlterId, str]) -> dict[str, str]:
    """Return what is said instead of each name and each telling word of one; what several bear is left out."""
    bearers: dict[str, set[str]] = {}
    for alter in journal.alters:
        for name in (alter.name, *alter.aliases):
            for word in (name, *(word for word in name.split() if fold(word) not in SMALL_WORDS)):
                bearers.setdefault(fold(word), set()).add(called.get(alter.id, UNNAMED))
    return {word: next(iter(said)) for word, said in bearers.items() if len(said) == 1}


def _with(said: dict[str, str], names: Initials | None) -> Hide:
    def hide(text: str) -> str:
        told = "\n".join(map(line, clean(text).split("\n")))
        return _SIGN.sub("", told)

    def line(text: str) -> str:
        shown, at = [], 0
        for one in names.found(text) if names is not None else ():
            shown += [text[at : one.start], said.get(fold(text[one.start : one.end].strip()), UNNAMED)]
            at = one.end
        return "".join([*shown, text[at:]])

    return hide
