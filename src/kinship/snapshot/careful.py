"""The one gate of every export: a circle in, the circle as it may be seen outside out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec
from msgspec import Struct

from kinship.journal.kinds import Kind, is_own, kind_of
from kinship.journal.model import Alter, AlterId, Bond, Circle, Moment, Status
from kinship.privacy.text import clean, clean_line
from kinship.snapshot.names import call_everyone, neutral_sectors
from kinship.snapshot.share import NamesMode, Share

_LONGEST_NUMBER = 10


def careful(circle: Circle, share: Share, seed: str, order: Sequence[AlterId] = ()) -> Circle:
    """Return `circle` as far as `share` lets it out; every writer draws or writes this and nothing else.

    `seed` and `order` are as in `names.call_everyone`; with an empty seed, people are called already as `share` says (a
    map that was kept so), and keep their names. Bonds come sorted by what they are now called, so that their order
    tells nothing of names left behind. Ids stay; writers that print ids ask `names.pseudonymous_id`.
    """
    return _let_out(circle, share, _calling(circle, share, seed, order), _kept_away(share, circle))


def careful_pair(
    before: Circle, after: Circle, share: Share, seed: str, order: Sequence[AlterId] = ()
) -> tuple[Circle, Circle]:
    """Return two maps as far as `share` lets them out, everybody called the same on both.

    Who is marked no contact on either is on neither.
    """
    then = {bond.alter.id: bond for bond in before.bonds}
    everybody = then | {bond.alter.id: bond for bond in after.bonds}
    called = _calling(Circle(after.as_of, tuple(everybody.values()), ()), share, seed, order, before.bonds)
    away = _kept_away(share, before, after)
    return _let_out(before, share, called, away), _let_out(after, share, called, away)


class _Calling(Struct, frozen=True):
    """What everybody and every sector is called."""

    names: dict[AlterId, str]
    sectors: dict[str | None, str | None]


def _calling(
    circle: Circle, share: Share, seed: str, order: Sequence[AlterId], others: Sequence[Bond] = ()
) -> _Calling:
    """Return what everybody of a circle is called, and their sectors and those of `others`."""
    own = share.names is NamesMode.FULL or not seed
    names = call_everyone(circle, NamesMode.FULL if own else share.names, seed, order)
    sectors = [bond.sector for bond in (*circle.bonds, *others)]
    return _Calling(names, {one: _own(one) for one in sectors} if own else neutral_sectors(sectors))


def _own(sector: str | None) -> str | None:
    return clean_line(sector or "") or None


def _kept_away(share: Share, *circles: Circle) -> frozenset[AlterId]:
    if share.no_contact:
        return frozenset()
    return frozenset(bond.alter.id for circle in circles for bond in circle.bonds if bond.status is Status.NO_CONTACT)


def _let_out(circle: Circle, share: Share, called: _Calling, away: frozenset[AlterId]) -> Circle:
    shown = sorted(
        (
            _bond(bond, called.names[bond.alter.id], called.sectors[bond.sector], share)
            for bond in circle.bonds
            if bond.alter.id not in away
        ),
        key=lambda bond: (_by_number(bond.alter.name), bond.alter.id),
    )
    kept: set[AlterId] = {bond.alter.id for bond in shown}
    ties = tuple(tie for tie in circle.ties if tie.a in kept and tie.b in kept)
    return Circle(as_of=_day(circle.as_of, share), bonds=tuple(shown), ties=ties)


def _by_number(name: str) -> tuple[str, int, str]:
    """Return a key that puts "friend 10" after "friend 2"."""
    word, _, number = name.rpartition(" ")
    if word and number.isascii() and number.isdigit() and len(number) < _LONGEST_NUMBER:
        return word.casefold(), int(number), name
    return name.casefold(), 0, name


def _bond(bond: Bond, name: str, sector: str | None, share: Share) -> Bond:
    own_words = share.names is NamesMode.FULL
    moments = (_moment(moment, share, own_words=own_words) for moment in bond.moments)
    return msgspec.structs.replace(
        bond,
        alter=_alter(bond.alter, name, share),
        sector=sector,
        gives=_known(bond.gives, own_words=own_words),
        receives=_known(bond.receives, own_words=own_words),
        strain=_known(bond.strain, own_words=own_words) if share.strain else {},
        moments=tuple(moment for moment in moments if share.strain or moment.kind is not Kind.STRAIN),
    )


def _alter(alter: Alter, name: str, share: Share) -> Alter:
    if share.notes and share.names is NamesMode.FULL:
        return msgspec.structs.replace(
            alter,
            name=name,
            aliases=tuple(clean_line(alias) for alias in alter.aliases),
            pronouns=clean_line(alter.pronouns),
            notes=clean(alter.notes),
        )
    return Alter(id=alter.id, kind=alter.kind, name=name)


def _moment(moment: Moment, share: Share, *, own_words: bool) -> Moment:
    told = own_words or moment.subkind is None or not is_own(moment.subkind)
    return msgspec.structs.replace(
        moment, day=_day(moment.day, share), subkind=moment.subkind if told else None, entry=None
    )


def _known(strengths: dict[str, int], *, own_words: bool) -> dict[str, int]:
    """Return what is said of a tie; without own words, such a word stands for its kind alone."""
    if own_words:
        return strengths
    told: dict[str, int] = {}
    for word, strength in strengths.items():
        shown = kind_of(word) if is_own(word) else word
        if shown is not None:
            told[str(shown)] = max(strength, told.get(str(shown), 0))
    return told


def _day(day: dt.date, share: Share) -> dt.date:
    return day if share.exact_dates else day.replace(day=1)
