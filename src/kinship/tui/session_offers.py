"""What may be done after a session, where its answers asked for it: each a line at the close, and where it leads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from textual.message import Message

from kinship.reflect.outcome import Outcome
from kinship.tui.navigation import CircleRequested, DocumentRequested, HelpRequested, PersonRequested, SharedAs


class Offer(NamedTuple):
    """A line at the close, and what it asks for."""

    words: str
    request: Message


def offers_of(left: Outcome) -> tuple[Offer, ...]:
    """Return what is offered after a session, each thing once."""
    return tuple({one.words: one for effect in left.offers for one in _offers(effect, left)}.values())


def _offers(effect: str, left: Outcome) -> Iterator[Offer]:
    what, _, which = effect.partition(":")
    if which == "card":
        yield Offer("see the card, to show it", HelpRequested())
    elif which.startswith("visit"):
        words = "make the page to take with you, line by line"
        yield Offer(words, DocumentRequested(SharedAs.VISIT, full=which == "visit_named"))
    elif what == "offer_reachout":
        named = {alter: name for name, alter in left.names.items()}
        for alter in (one for one in left.near if one in named):
            yield Offer(f"to the page of {named[alter]}, to be in touch", PersonRequested(alter))
    elif what == "offer_add_to_map":
        yield Offer("put it on your map", CircleRequested())
    elif which == "no_contact":
        for name, alter in left.names.items():
            yield Offer(f"say how it stands with {name}", PersonRequested(alter))
