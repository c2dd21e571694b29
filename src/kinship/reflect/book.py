"""A pack's guided sessions, ready to be walked: every step by where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from msgspec import Struct

from kinship.ground.errors import NotFound
from kinship.reflect.packs import load_pack, load_sessions
from kinship.reflect.prompts import Pack
from kinship.reflect.sessions import Flow, Option, Session, Sessions, Step

RESUME = "@resume"
FLOW, SESSION = "flow:", "session:"


class Place(Struct, frozen=True):
    """A step in a session, or in a flow that a session went into."""

    session: str
    step: str
    flow: str | None = None
    resume: str | None = None
    """Inside a flow: where its `@resume` goes, in the session it was entered from; None is the end."""

    @property
    def where(self) -> str:
        """The chain of steps it is in: `session:ID` or `flow:NAME`."""
        return f"{FLOW}{self.flow}" if self.flow is not None else f"{SESSION}{self.session}"


class Book(Struct, frozen=True, kw_only=True):
    """Guided sessions and the words of the pack they come with."""

    pack: Pack
    sessions: Mapping[str, Session]
    flows: Mapping[str, Flow]
    steps: Mapping[tuple[str, str], Step]
    """By the chain and the id of the step."""

    def session(self, id_: str) -> Session:
        """Return the session with this id. Raises NotFound."""
        found = self.sessions.get(id_)
        if found is None:
            raise NotFound(f"There is no reflection called {id_}.", "kinship reflect --list shows them.")
        return found

    def step(self, place: Place) -> Step:
        """Return the step that stands at a place."""
        return self.steps[place.where, place.step]

    def start(self, where: str) -> str:
        """Return the id of the first step of a chain."""
        kind, _, name = where.partition(":")
        return self.flows[name].start if f"{kind}:" == FLOW else self.sessions[name].start

    def options(self, place: Place) -> tuple[Option | str, ...]:
        """Return what may be chosen at a step: an option that is not for sessions of this weight is left out."""
        weight = self.sessions[place.session].intensity
        return tuple(
            one for one in self.step(place).options if not isinstance(one, Option) or one.unless_intensity != weight
        )


def book_of(pack: Pack, guided: Sessions) -> Book:
    """Return the book of a pack and its sessions."""
    chains: list[tuple[str, Session | Flow]] = [(f"{SESSION}{one.id}", one) for one in guided.sessions]
    chains += [(f"{FLOW}{name}", one) for name, one in guided.flows.items()]
    return Book(
        pack=pack,
        sessions={one.id: one for one in guided.sessions},
        flows=guided.flows,
        steps={(where, step.id): step for where, chain in chains for step in chain.steps},
    )


@cache
def load_book() -> Book:
    """Return the book of our own pack, read once."""
    return book_of(load_pack(), load_sessions())
