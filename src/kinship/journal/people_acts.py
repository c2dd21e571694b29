"""Commands on the map: alters, what is said of them, and moments with them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import msgspec

from kinship.ground.errors import Misused, NotFound
from kinship.journal import statements
from kinship.journal.acts import Act, change
from kinship.journal.choices import touch_key
from kinship.journal.facts import Subject, subject_of
from kinship.journal.kinds import SUBKINDS, Kind, kind_of, subkind
from kinship.journal.ledger import Ledger
from kinship.journal.mentions import fold
from kinship.journal.model import (
    Alter,
    AlterId,
    AlterKind,
    Direction,
    EntryId,
    Fact,
    Moment,
    Ring,
    Status,
)
from kinship.privacy.text import clean, clean_line
from kinship.vault import new_id

_WORDS = (*map(str, Kind), *(one.id for one in SUBKINDS))
_TICK = dt.timedelta(microseconds=1)


class PeopleActs(Ledger):
    """Commands on the map."""

    def add_alter(
        self,
        name: str,
        *,
        kind: AlterKind = AlterKind.PERSON,
        aliases: Iterable[str] = (),
        ring: Ring | None = None,
        sector: str | None = None,
        status: Status = Status.ACTIVE,
        since: dt.date | None = None,
        pronouns: str = "",
        birthday: str = "",
        notes: str = "",
    ) -> Act:
        """Put somebody or something on the map, there from `since` (today unless given). Raises Misused for no name."""
        alter = _tidied(
            Alter(
                id=new_id(), kind=kind, name=name, aliases=tuple(aliases), pronouns=pronouns, birthday=birthday,
                notes=notes,
            )
        )  # fmt: skip
        told = {"status": status, "ring": ring, "sector": clean_line(sector or "") or None}
        facts = [
            self._fact((alter.id,), field, str(value), since) for field, value in told.items() if value is not None
        ]
        return self.perform("New on the map", map(self.put, (alter, *facts)))

    def edit_alter(self, alter: Alter) -> Act:
        """Change somebody's own fields; a name that is given up becomes an alias, so that pages still mean them."""
        return self._keep_alter("Edit on the map", self._edited(alter))

    def _edited(self, alter: Alter) -> Alter:
        former = self._alter(alter.id)
        own = _tidied(alter)
        if fold(former.name) != fold(own.name):
            own = _tidied(msgspec.structs.replace(own, aliases=(*own.aliases, former.name)))
        return own

    def delete_alter(self, id_: AlterId) -> Act:
        """Take somebody off the map with all that was said of them and happened with them; pages keep their words."""
        self._alter(id_)
        kin = self.alters.kin(id_)
        gone = [change("alters", one, None) for one in sorted(kin)]
        gone += [change("facts", one.id, None) for one in self.facts.about(*kin)]
        gone += [change("moments", one.id, None) for one in self.moments.of(id_)]
        gone += [change("choices", key, None) for key in map(touch_key, sorted(kin)) if key in self.choices.by_id]
        return self.perform("Deleted from the map", gone)

    def merge_alters(self, keep: AlterId, gone: AlterId) -> Act:
        """Say that two are one. Nothing is rewritten, so that `part_alters` undoes it. Misused for the same one."""
        kept, other = self._alter(self.alters.root(keep)), self._alter(self.alters.root(gone))
        if kept.id == other.id:
            raise Misused("These two are already one.")
        return self._keep_alter("Two made one", msgspec.structs.replace(other, merged_into=kept.id))

    def part_alters(self, gone: AlterId) -> Act:
        """Say that somebody who was merged into another is not them after all."""
        alter = self._alter(gone)
        return self._keep_alter("Two parted", msgspec.structs.replace(alter, merged_into=None))

    def state(
        self,
        subject: AlterId | Subject,
        field: str,
        value: int | str | None,
        *,
        from_: dt.date | None = None,
    ) -> Act:
        """Say something of an alter, or of two, that holds from a day on (today unless given); None ends it.

        Fields and values are those of `Fact`. Raises Misused for others.
        """
        fact = self._statement(subject, field, value, from_)
        return self.perform("Said of somebody", [self.put(fact)])

    def state_all(
        self, said: Iterable[tuple[AlterId | Subject, str, int | str | None]], *, from_: dt.date | None = None
    ) -> Act:
        """Say several things from one day on, as one act."""
        facts = [self._statement(subject, field, value, from_) for subject, field, value in said]
        return self.perform("Said of somebody", map(self.put, facts))

    def correct(self, fact: str, *, value: Any = msgspec.UNSET, from_: dt.date | None = None) -> Act:
        """Edit a statement that was written down wrongly; the past then reads as if it had been right."""
        former = self._fact_of(fact)
        told = former.value if value is msgspec.UNSET else value
        statements.check(former.subject, former.field, told)
        own = msgspec.structs.replace(former, value=told, from_=from_ or former.from_)
        return self.perform("Correction", [self.put(own)])

    def retract(self, fact: str) -> Act:
        """Take a statement back as if it had never been made."""
        self._fact_of(fact)
        return self.perform("Statement taken back", [change("facts", fact, None)])

    def record_moment(
        self,
        alter: AlterId,
        kind_or_subkind: str,
        *,
        direction: Direction = Direction.FROM_THEM,
        day: dt.date | None = None,
        strength: int | None = None,
        entry: EntryId | None = None,
    ) -> Act:
        """Keep that an alter gave something (or got it, or strained) on a day: the entry's own, or today, unless given.

        Raises Misused for an unknown kind, NotFound for an unknown alter or page.
        """
        moment = self.moment(alter, kind_or_subkind, direction=direction, day=day, strength=strength, entry=entry)
        return self.perform("Marked", [self.put(moment)])

    def moment(
        self,
        alter: AlterId,
        kind_or_subkind: str,
        *,
        direction: Direction = Direction.FROM_THEM,
        day: dt.date | None = None,
        strength: int | None = None,
        entry: EntryId | None = None,
    ) -> Moment:
        """Return the moment that `record_moment` would keep."""
        kind, own = self._kind(kind_or_subkind)
        page = self.pages.get(entry) if entry is not None else None
        if entry is not None and page is None:
            raise NotFound("There is no such page.")
        if strength is not None and strength not in statements.STRENGTHS:
            raise Misused(f"A strength is 1, 2 or 3, not {strength}.")
        return Moment(
            id=new_id(),
            day=day or (page.day if page is not None else self.today()),
            alter=self._alter(self.alters.root(alter)).id,
            direction=direction,
            kind=kind,
            subkind=own,
            strength=strength,
            entry=entry,
        )

    def forget_moment(self, id_: str) -> Act:
        """Take a moment back. Raises NotFound."""
        if self.moments.get(id_) is None:
            raise NotFound("There is no such moment.")
        return self.perform("Mark taken", [change("moments", id_, None)])

    def _keep_alter(self, label: str, own: Alter) -> Act:
        return self.perform(label, [self.put(self._joined(own))])

    def _joined(self, own: Alter) -> Alter:
        """Return an alter with what was written of them at once elsewhere: names as aliases, notes below."""
        for other in self.alters.versions(own.id)[1:]:
            notes = own.notes if other.notes in own.notes else f"{own.notes}\n\n{other.notes}".strip()
            own = _tidied(msgspec.structs.replace(own, notes=notes, aliases=(*own.aliases, other.name, *other.aliases)))
        return own

    def _kind(self, word: str) -> tuple[Kind, str | None]:
        own = {one.id: one for one in self.choices.own_subkinds}
        if word in own:
            return own[word].kind, word
        kind = kind_of(word)
        if kind is None:
            raise Misused("That is no kind of support or strain.", f"Known are: {', '.join(_WORDS)}.")
        return kind, word if subkind(word) is not None else None

    def _alter(self, id_: AlterId) -> Alter:
        alter = self.alters.as_written(id_)
        if alter is None:
            raise NotFound("There is nobody of that id on the map.")
        return alter

    def _fact_of(self, id_: str) -> Fact:
        fact = self.facts.get(id_)
        if fact is None:
            raise NotFound("There is no such statement.")
        return fact

    def _statement(
        self, subject: AlterId | Subject, field: str, value: int | str | None, from_: dt.date | None
    ) -> Fact:
        alters = (subject,) if isinstance(subject, str) else subject
        own = subject_of(*(self._alter(self.alters.root(one)).id for one in alters))
        told = clean_line(value) or None if isinstance(value, str) else value
        statements.check(own, field, told)
        return self._fact(own, field, told, from_)

    def _fact(self, subject: Subject, field: str, value: int | str | None, from_: dt.date | None) -> Fact:
        day = from_ or self.today()
        earlier = [one.recorded for one in self.facts.of(subject, field) if one.from_ == day]
        recorded = max([self.clock.now(), *(one + _TICK for one in earlier)])
        return Fact(id=new_id(), subject=subject, field=field, value=value, from_=day, recorded=recorded)


def _tidied(alter: Alter) -> Alter:
    """Return an alter cleaned: a name of one line without `@`, no alias twice. Raises Misused for an empty name."""
    name = _name(alter.name)
    if not name:
        raise Misused("A name is needed.")
    aliases = {fold(alias): alias for one in alter.aliases if (alias := _name(one))}
    aliases.pop(fold(name), None)
    return msgspec.structs.replace(
        alter,
        name=name,
        aliases=tuple(aliases.values()),
        pronouns=clean_line(alter.pronouns),
        birthday=clean_line(alter.birthday),
        notes=clean(alter.notes).strip(),
    )


def _name(text: str) -> str:
    return clean_line(text.replace("@", " "))
