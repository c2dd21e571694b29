"""Commands on what is the person's own about people: ways of giving they name, and keeping in touch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import msgspec

from kinship.ground.errors import Misused, NotFound
from kinship.journal.acts import Act, change
from kinship.journal.choices import OWN_SUBKINDS, touch_key
from kinship.journal.facts import holding, roots, subject_of
from kinship.journal.kinds import Kind, Subkind, own_subkind, subkinds_of
from kinship.journal.mentions import fold
from kinship.journal.model import Alter, AlterId, AlterKind, Direction, Status
from kinship.journal.people_acts import PeopleActs
from kinship.journal.records import Choice
from kinship.journal.statements import PAIRED
from kinship.privacy.text import clean_line
from kinship.vault import Change

GROUPS = frozenset({AlterKind.GROUP, AlterKind.ONLINE})
"""What others are members of."""
LONGEST_WAY = 40
"""Characters of an own way of giving."""
LONGEST_RHYTHM = 366
"""Days of the slowest rhythm."""


class WayActs(PeopleActs):
    """Own ways of giving, and keeping in touch."""

    def ways_of(self, kind: Kind) -> tuple[Subkind, ...]:
        """Return every way of a kind: those there are for everybody, then the person's own."""
        return (*subkinds_of(kind), *(one for one in self.choices.own_subkinds if one.kind is kind))

    def way_named(self, word: str, kinds: tuple[Kind, ...] = tuple(Kind)) -> str | None:
        """Return the id of the kind or way that is called `word`, however it is spelt; None where there is none."""
        wanted = _spelt(word)
        for kind in kinds:
            if wanted == _spelt(kind):
                return kind.value
            for way in self.ways_of(kind):
                if wanted in (_spelt(way.id), _spelt(way.label)):
                    return way.id
        return None

    def add_way(
        self,
        kind: Kind,
        label: str,
        *,
        of: AlterId | None = None,
        direction: Direction = Direction.FROM_THEM,
        strength: int = 2,
        from_: dt.date | None = None,
    ) -> Act:
        """Name a way of giving under a kind and, with `of`, say it of somebody, as one act.

        Raises Misused for no name, and for one that is too long.
        """
        own = clean_line(label.replace(",", " ").replace(".", " "))
        if not own:
            raise Misused("A way of giving needs a name.")
        if len(own) > LONGEST_WAY:
            raise Misused(f"A way of giving has at most {LONGEST_WAY} characters.")
        known = self.way_named(own, (kind,))
        way = own_subkind(kind, own)
        changes = []
        if known is None:
            told = dict(self.choices.value(OWN_SUBKINDS, {}))
            told[way.id] = {"kind": kind.value, "label": way.label, "past": way.past}
            changes.append(self.put(Choice(id=OWN_SUBKINDS, value=told)))
        if of is not None:
            head = "strain" if kind is Kind.STRAIN else "gives" if direction is Direction.FROM_THEM else "receives"
            changes.append(self.put(self._statement(of, f"{head}.{known or way.id}", strength, from_)))
        return self.perform("A way of giving", changes)

    def forget_way(self, id_: str) -> Act:
        """Offer an own way of giving no longer; what was said with it stays. Raises NotFound."""
        told = dict(self.choices.value(OWN_SUBKINDS, {}))
        if told.pop(id_, None) is None:
            raise NotFound("There is no way of giving of your own by that name.")
        return self.perform("A way of giving", [self._chosen(OWN_SUBKINDS, told or None)])

    def keep_in_touch(self, alter: AlterId, every: int | None) -> Act:
        """Want to be in touch with somebody about every so many days; None ends it. Misused for no such rhythm.

        Only a tie that is active can have one: nobody is reminded of the others.
        """
        own = self._alter(self.alters.root(alter))
        return self.perform("Keeping in touch", [self._chosen(touch_key(own.id), self._rhythm(own, every))])

    def _rhythm(self, alter: Alter, every: int | None) -> int | None:
        if every is not None:
            bond = self.circle.bond(alter, self.today())
            if bond is not None and bond.status is not Status.ACTIVE:
                raise Misused("Only with somebody who is in your life now; nobody is reminded of the others.")
            if not 1 <= every <= LONGEST_RHYTHM:
                raise Misused(f"A rhythm is 1 to {LONGEST_RHYTHM} days.")
        return every

    def edit_person(
        self,
        alter: Alter,
        said: Iterable[tuple[str, int | str | None]] = (),
        *,
        from_: dt.date | None = None,
        touch: int | msgspec.UnsetType | None = msgspec.UNSET,
    ) -> Act:
        """Change somebody's own fields, what is said of them from a day on, and the rhythm, as one act."""
        changes = [self.put(self._joined(self._edited(alter)))]
        changes += [self.put(self._statement(alter.id, field, value, from_)) for field, value in said]
        if touch is not msgspec.UNSET:
            changes.append(self._chosen(touch_key(alter.id), self._rhythm(alter, touch)))
        return self.perform("Edit on the map", changes)

    def say_belongs(self, alter: AlterId, sector: str, kind: AlterKind, *, from_: dt.date | None = None) -> Act:
        """Say which part of the circle somebody belongs to, and what they are, as one act."""
        own = self._alter(self.alters.root(alter))
        changes = [self.put(self._statement(own.id, "sector", sector, from_))]
        if own.kind is not kind:
            changes.append(self.put(msgspec.structs.replace(own, kind=kind)))
        return self.perform("Said of somebody", changes)

    def say_knows(self, one: AlterId, other: AlterId, strength: int | None = 1, *, from_: dt.date | None = None) -> Act:
        """Say that two know each other, how well (1-3), or with None that they do not, or no longer.

        Where one of them is a group, the other is a member of it. Raises Misused for the same one twice.
        """
        two = tuple(self._alter(self.alters.root(each)) for each in (one, other))
        if two[0].id == two[1].id:
            raise Misused("That is the same one twice.")
        member = sum(each.kind in GROUPS for each in two) == 1
        pair = subject_of(two[0].id, two[1].id)
        if strength is not None:
            fields: Iterable[str] = ("member_of" if member else "knows",)
        else:
            held = holding(self.facts.about(*pair), from_ or self.today(), roots(self.alters)).get(pair, {})
            fields = [field for field in PAIRED if field in held]
        return self.state_all([(pair, field, strength) for field in fields], from_=from_)

    def _chosen(self, key: str, value: Any) -> Change:
        return change("choices", key, None) if value is None else self.put(Choice(id=key, value=value))


def _spelt(word: str) -> str:
    return fold(word.strip().replace("_", " ").replace("-", " "))
