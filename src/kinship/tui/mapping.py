"""The questions of the first mapping, one after the other, and whom each of them lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from kinship.journal.model import AlterKind, Bond, Circle, Ring, Status

OWN = "own"
"""The step that asks for circles of the person's own."""
LAST = "done"


class Step(NamedTuple):
    """One question: what is said of whoever is named or ticked at it."""

    id: str
    about: str
    """What this part of the way is about."""
    question: str
    hint: str
    field: str = ""
    """The field of a fact, empty where nothing is said."""
    value: int | str = ""
    kind: AlterKind = AlterKind.PERSON
    typed: bool = True
    """Whether names are typed here; otherwise names are only ticked."""


_CLOSE = "how close"
_WHERE = "where from"
_WHAT = "what they give"

RINGS = (
    Step(
        "ring.inner", _CLOSE, "So close that life without them is hard to picture.",
        "Whoever comes first is right. Those you remember count too.", "ring", Ring.INNER.value,
    ),
    Step(
        "ring.middle", _CLOSE, "Not quite as close, and still very important to you.",
        "A friend from before, an aunt, somebody at work.", "ring", Ring.MIDDLE.value,
    ),
    Step(
        "ring.outer", _CLOSE, "Less close, and you would want them on your map.",
        "A neighbour who nods, the baker, a teacher.", "ring", Ring.OUTER.value,
    ),
)  # fmt: skip


def sector(word: str, question: str, hint: str, kind: AlterKind = AlterKind.PERSON) -> Step:
    """Return the step that asks for one part of the circle."""
    return Step(f"sector.{word}", _WHERE, question, hint, "sector", word, kind)


SECTORS = (
    sector("family", "Anybody else from your family?", "By blood, by marriage, or by choice."),
    sector("friends", "Friends, old and new?", "Also one you have not called in a long time."),
    sector("work", "From work, or where you learn?", "Colleagues, fellow students, somebody from before."),
    sector("neighbourhood", "Neighbours, and people you meet in the street?", "The one with the dog counts."),
    sector(
        "treatment", "Anybody who treats you or goes along?", "A doctor, a therapist, a nurse, a sponsor.",
        AlterKind.PROFESSIONAL,
    ),
    sector("community", "Groups you belong to?", "A choir, a team, a class, a congregation.", AlterKind.GROUP),
    sector("home", "Animals you live with?", "Pets hold people too.", AlterKind.PET),
    sector("places", "Places that do you good?", "A bench, a library, the sea.", AlterKind.PLACE),
    sector("practice", "Something you do that holds you?", "Prayer, running, music, a walk.", AlterKind.PRACTICE),
    sector("online", "Anybody or any circle online?", "A forum, a game, a group chat.", AlterKind.ONLINE),
)  # fmt: skip
OWN_CIRCLE = Step(
    OWN, _WHERE, "Is there a circle of your own that was not asked about?",
    "A word for it: band, allotment, old street. Then it is asked about.",
)  # fmt: skip
STILL = tuple(
    Step(f"still.{ring.value}", _CLOSE, question, "Those no ring was said of yet.", "ring", ring.value, typed=False)
    for ring, question in (
        (Ring.INNER, "Who of these is so close that life without them is hard to picture?"),
        (Ring.MIDDLE, "Who of these is very important, if not quite as close?"),
        (Ring.OUTER, "And who of these is less close, but belongs on your map?"),
    )
)
KINDS = tuple(
    Step(f"kind.{word}", _WHAT, question, hint, f"gives.{word}", 2, typed=False)
    for word, question, hint in (
        ("listening", "Who listens when you need to talk?", "Tick as many as you like; none is an answer too."),
        ("practical", "Who helps when something has to be done?", "Carrying, driving, forms, a pair of hands, advice."),
        ("belonging", "With whom do you feel that you belong?", "Where you need not explain yourself."),
    )
)
DONE = Step(
    LAST, "for now", "That is a circle to begin with.",
    "Nothing is final: people come and go on a map as they do in life.", typed=False,
)  # fmt: skip
_USUAL = frozenset(str(step.value) for step in SECTORS)


def steps_of(circle: Circle, own: Iterable[str] = ()) -> tuple[Step, ...]:
    """Return every question in its order; `own` are circles the person named, beside those in use."""
    words = dict.fromkeys([*own, *(bond.sector for bond in circle.bonds if bond.sector)])
    asked = [sector(word, f"Anybody from: {word}?", "Your own word for it.") for word in words if word not in _USUAL]
    return (*RINGS, *SECTORS, OWN_CIRCLE, *asked, *STILL, *KINDS, DONE)


def listed_at(step: Step, circle: Circle, stayed: Iterable[str] = ()) -> tuple[Bond, ...]:
    """Return whom a step lists, by name: those it is true of, and those of whom nothing of the kind was said.

    `stayed` are those who were listed when the step began: they keep their place. Only those who are in the person's
    life are asked about; of others it is shown what was said.
    """
    kept = frozenset(stayed)
    found = [bond for bond in circle.bonds if bond.alter.id in kept or _open(step, bond)]
    return tuple(sorted(found, key=lambda bond: (bond.alter.name.casefold(), bond.alter.id)))


def _open(step: Step, bond: Bond) -> bool:
    if says(step)(bond):
        return not step.id.startswith("still.")
    if bond.status is not Status.ACTIVE:
        return False
    match step.field:
        case "ring":
            return bond.ring is None
        case "sector":
            return bond.sector is None
        case "":
            return False
        case _:
            return bond.counted or bond.alter.kind is not AlterKind.PERSON


def says(step: Step) -> Callable[[Bond], bool]:
    """Return what tells whether the thing a step asks is said of a bond."""
    match step.field:
        case "ring":
            return lambda bond: bond.ring is not None and bond.ring.value == step.value
        case "sector":
            return lambda bond: bond.sector == step.value
        case _:
            word = step.field.partition(".")[2]
            return lambda bond: bool(word) and word in bond.gives


def passed_over(step: Step, circle: Circle) -> bool:
    """Return whether a step has nobody to ask about."""
    return not step.typed and step.id != LAST and not listed_at(step, circle)
