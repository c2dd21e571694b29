"""A cast through many years: the year of the story as it is written, and around it people come, go, return and die."""

from __future__ import annotations

import random
from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from kinship.demo.cast import MOVE, Member, passes_by
from kinship.journal.model import Status

Whole = Callable[[float], float]
"""From a time of the story to the share of the whole life that is past by then."""

STAYING = frozenset({"family", "home", "treatment"})
"""Circles whose people are there from the first day on."""
FIRST_PAGE = frozenset({"farida", "pepper", "ines", "mum", "jonah"})
"""Who is named on the first page of all."""
RINGS = ("inner", "middle", "outer")
LONGEST = 0.93
"""From then on nobody new comes and nothing turns."""


class Way(Struct):
    """How it goes on with one passer-by, in shares of the whole life."""

    rings: list[tuple[float, str]]
    statuses: list[tuple[float, Status]]
    later: list[tuple[float, str, int]]
    until: float = LONGEST
    """When it is over, or the last turn."""


def through_the_years(cast: tuple[Member, ...], whole: Whole, chance: random.Random) -> tuple[Member, ...]:
    """Return the cast with all times as shares of the whole life, from 0 (first day) to 1 (last day)."""
    told = [_passing(one, chance) if passes_by(one) else _written(one, whole, chance) for one in cast]
    ends = {one.key: one.closes for one in told}
    return tuple(replace(one, knows=_met(one, ends)) if passes_by(one) else one for one in told)


def _met(one: Member, ends: dict[str, float | None]) -> dict[str, int]:
    """Return whom a passer-by knows, without those who were no longer there when they came."""
    return {key: strength for key, strength in one.knows.items() if (end := ends.get(key)) is None or end > one.first}


def _written(one: Member, whole: Whole, chance: random.Random) -> Member:
    """Return one of the story: as it is told, but not all there from the first day, and told on afterwards."""
    moved = replace(
        one,
        first=whole(one.first),
        rings=tuple((whole(at), ring) for at, ring in one.rings),
        statuses=tuple((whole(at), status) for at, status in one.statuses),
        later=tuple((whole(at), field, value) for at, field, value in one.later),
    )
    told_on = {"dorothea": (0.86, Status.REMEMBERED), "bas": (0.81, Status.ACTIVE)}
    if one.key in told_on:
        moved = replace(moved, statuses=(*moved.statuses, told_on[one.key]))
    if moved.first > 0 or one.sector in STAYING or one.key in FIRST_PAGE or chance.random() < 0.25:  # noqa: PLR2004 - some
        return moved
    start = chance.uniform(0.02, whole(0.02) - 0.1)
    rings = tuple((max(at, start), ring) for at, ring in moved.rings)
    if rings and rings[0][1] != "outer":
        closer = min(start + chance.uniform(0.03, 0.1), whole(0.02) - 0.01)
        rings = ((start, RINGS[RINGS.index(rings[0][1]) + 1]), (closer, rings[0][1]), *rings[1:])
    return replace(moved, first=start, rings=rings)


def _passing(one: Member, chance: random.Random) -> Member:
    """Return a passer-by with a way of their own; who belongs to the time before the move mostly drifts off with it."""
    old = one.first < MOVE
    from_the_start = old and chance.random() < 0.35  # noqa: PLR2004 - a third
    first = 0.0 if from_the_start else chance.uniform(*((0.01, 0.46) if old else (0.51, LONGEST - 0.03)))
    way = Way(rings=[(first, one.rings[0][1])], statuses=[], later=[])
    _turns(one, way, first, chance)
    _rings(way, first, chance, drifts=old and one.sector in ("choir", "work", "neighbourhood"))
    _support(one, way, first, chance)
    return replace(
        one, first=first, rings=tuple(way.rings), statuses=tuple(way.statuses), later=tuple(sorted(way.later)),
    )  # fmt: skip


def _turns(one: Member, way: Way, first: float, chance: random.Random) -> None:
    """Say how the tie stands: a wish at first, a break and a return, an end, a death."""
    rest = LONGEST - first
    at = first + rest * chance.uniform(0.25, 0.7)
    match chance.choices(
        ("stays", "wished", "paused", "no contact", "apart", "ends", "dies"), (58, 5, 10, 4, 3, 13, 7)
    )[0]:
        case "wished":
            way.statuses += [(first, Status.WISHED), (first + rest * chance.uniform(0.08, 0.3), Status.ACTIVE)]
        case "paused":
            way.statuses += [(at, Status.PAUSED), (at + rest * chance.uniform(0.08, 0.25), Status.ACTIVE)]
        case "no contact":
            way.statuses += [(at, Status.NO_CONTACT), (at + rest * chance.uniform(0.15, 0.3), Status.ACTIVE)]
        case "apart":
            way.statuses.append((at, Status.NO_CONTACT))
            way.until = at
        case "ends":
            way.statuses.append((at, Status.ENDED))
            way.until = at
        case "dies":
            way.statuses.append((at, Status.REMEMBERED))
            way.until = at
    if not one.statuses or way.until < LONGEST:
        return
    lost = MOVE + chance.uniform(0.03, 0.2)
    if lost > max([first, *(at for at, _ in way.statuses)]):
        way.statuses.append((lost, Status.ENDED))
        way.until = lost


def _rings(way: Way, first: float, chance: random.Random, *, drifts: bool) -> None:
    """Let them come nearer in the first years and drift a little later; most move once or twice."""
    at, ring = first, RINGS.index(way.rings[0][1])
    while (at := at + chance.uniform(0.08, 0.4)) < way.until:
        nearer = chance.random() < (0.6 if at - first < 0.25 else 0.35)  # noqa: PLR2004 - the first years
        there = min(2, max(0, ring - 1 if nearer else ring + 1))
        if there == 0 and chance.random() < 0.6:  # noqa: PLR2004 - few are so close
            continue
        if there != ring:
            ring = there
            way.rings.append((at, RINGS[ring]))
    off = MOVE + chance.uniform(0.01, 0.1)
    if drifts and first < off < way.until:
        way.rings = [*((at, ring) for at, ring in way.rings if at < off), (off, "outer")]


def _support(one: Member, way: Way, first: float, chance: random.Random) -> None:
    """Let what they give change: something more after a while, something that ends, a strain that passes."""
    span = way.until - first
    if chance.random() < 0.45:  # noqa: PLR2004 - fewer than half
        more = chance.choice(("listening", "advice", "time", "encouragement", "belonging", "tangible"))
        if more not in one.gives:
            way.later.append((first + span * chance.uniform(0.2, 0.8), f"gives.{more}", chance.choice((1, 2, 2, 3))))
    for word in one.gives:
        if chance.random() < 0.3:  # noqa: PLR2004 - some
            way.later.append((first + span * chance.uniform(0.3, 0.95), f"gives.{word}", chance.choice((0, 0, 1, 3))))
    if chance.random() < 0.1:  # noqa: PLR2004 - few
        begins = first + span * chance.uniform(0.2, 0.6)
        word = chance.choice(("drains", "pressure", "conflict"))
        way.later += [(begins, f"strain.{word}", 1), (begins + span * chance.uniform(0.1, 0.3), f"strain.{word}", 0)]
