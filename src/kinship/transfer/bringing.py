"""What a file would bring to a journal, whatever it holds: counted, told line by line, and kept as one act."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Protocol

from msgspec import Struct

from kinship.journal.journal import Journal
from kinship.transfer.entries import Pages
from kinship.transfer.forms import Told
from kinship.transfer.keeping import Matched, keep, match
from kinship.transfer.keeping_entries import Incoming, keep_pages, match_pages
from kinship.transfer.plan import Plan
from kinship.transfer.whole import Coming, compare
from kinship.transfer.whole import keep as keep_whole

SHOWN = 20
"""Names that a line of pages lists."""
SHOWN_PEOPLE = 60

Progress = Callable[[int, int], None]


class Wanted(Struct, frozen=True, kw_only=True):
    """What a person decides about it."""

    into: str = ""
    """The journal of this vault that pages come to."""
    zone: str = ""
    people: frozenset[str] | None = None
    """Of pages: names that are to come onto the map. Of people: the refs of those who come; None: everybody."""

    def __repr__(self) -> str:
        return "Wanted()"


class Offered(Struct, frozen=True):
    """Somebody who may come along: what names them in `Wanted.people`, their name, and a word beside it."""

    ref: str
    name: str
    aside: str = ""

    def __repr__(self) -> str:
        return "Offered()"


class Batch(Protocol):
    """What would come."""

    @property
    def counts(self) -> str:
        """How much, in one line without a full stop."""
        ...

    @property
    def lines(self) -> tuple[str, ...]:
        """The preview: counts first, then who is known, what is doubtful and what is left out."""
        ...

    @property
    def offered(self) -> tuple[Offered, ...]:
        """Who may come along beside it, or is among whom to choose."""
        ...

    @property
    def empty(self) -> bool:
        """Whether nothing of it is new."""
        ...

    @property
    def shape(self) -> dict[str, object]:
        """The same for programs."""
        ...

    def keep(self, journal: Journal) -> str:
        """Keep it as one act and return the id it can be taken back by, empty where nothing was here before.

        Raises NotSaved.
        """
        ...


def weigh(journal: Journal, told: Told, wanted: Wanted, progress: Progress | None = None) -> Batch:
    """Return what a file would bring to this journal. Raises Misused or Refused."""
    if isinstance(told, Pages):
        adding = wanted.people or frozenset()
        return PagesBatch(
            match_pages(journal, told, into=wanted.into, zone=wanted.zone, adding=adding, progress=progress)
        )
    if isinstance(told, Plan):
        return PeopleBatch(match(journal, told, wanted.people))
    return WholeBatch(compare(journal, told))


class PagesBatch(Struct, frozen=True):
    """Pages of another journal."""

    incoming: Incoming

    @property
    def counts(self) -> str:
        incoming = self.incoming
        told = [f"{len(incoming.new)} new"]
        for number, what in (
            (len(incoming.renewed), "changed there since and brought again"),
            (incoming.known, "known already"),
            (incoming.changed_here, "changed here since and left alone"),
            (incoming.thrown_away, "deleted here and left away"),
            (self._people, "onto your map"),
        ):
            if number:
                told.append(f"{number} {what}")
        return ", ".join(told)

    @property
    def _people(self) -> int:
        return len(self.incoming.people) // 2

    @property
    def lines(self) -> tuple[str, ...]:
        incoming = self.incoming
        days = [entry.day for entry in incoming.values]
        span = f", {min(days)} to {max(days)}" if days else ""
        lines = [f"{self.counts}{span}."]
        carried = self._carried
        if any(carried):
            lines.append("With tags: {}, starred: {}, with a mood: {}.".format(*carried))
        for title, names in (("On your map already", incoming.linked), ("Not on your map", incoming.offered)):
            if names:
                told = ", ".join(f"{name} ({times})" for name, times in names[:SHOWN])
                lines.append(f"{title}: {told}{_more(len(names), SHOWN)}")
        return (*lines, *_asides(incoming.doubts, incoming.left_out))

    @property
    def _carried(self) -> tuple[int, int, int]:
        entries = self.incoming.values
        return (
            sum(1 for one in entries if one.tags),
            sum(1 for one in entries if one.starred),
            sum(1 for one in entries if one.mood is not None),
        )

    @property
    def offered(self) -> tuple[Offered, ...]:
        return tuple(
            Offered(name, name, "a page" if times == 1 else f"{times} pages") for name, times in self.incoming.offered
        )

    @property
    def empty(self) -> bool:
        return not self.incoming.values

    @property
    def shape(self) -> dict[str, object]:
        incoming = self.incoming
        days = [entry.day for entry in incoming.values]
        return {
            "new": len(incoming.new),
            "brought_again": len(incoming.renewed),
            "known_already": incoming.known,
            "changed_here": incoming.changed_here,
            "deleted_here": incoming.thrown_away,
            "first": str(min(days)) if days else None,
            "last": str(max(days)) if days else None,
            "people": [{"name": name, "pages": times} for name, times in incoming.linked],
            "not_on_the_map": [{"name": name, "pages": times} for name, times in incoming.offered],
            "onto_the_map": self._people,
            "doubts": list(incoming.doubts),
            "left_out": list(incoming.left_out),
        }

    def keep(self, journal: Journal) -> str:
        return keep_pages(journal, self.incoming).made["acts"][0]


class PeopleBatch(Struct, frozen=True):
    """People, what is said of them and who knows whom."""

    matched: Matched

    @property
    def counts(self) -> str:
        matched = self.matched
        ties = sum(1 for one in matched.values if getattr(one, "field", "") == "knows")
        said = sum(1 for one in matched.values if hasattr(one, "field")) - ties
        return f"{len(matched.new)} new, {len(matched.there)} known already, {said} statements, {ties} ties"

    @property
    def lines(self) -> tuple[str, ...]:
        matched = self.matched
        lines = [f"{self.counts}."]
        for title, people in (("New", matched.new), ("On your map already", matched.there)):
            if people:
                told = ", ".join(one.name for one in people[:SHOWN_PEOPLE])
                lines.append(f"{title}: {told}{_more(len(people), SHOWN_PEOPLE)}")
        return (*lines, *_asides(matched.doubts, matched.plan.left_out))

    @property
    def offered(self) -> tuple[Offered, ...]:
        there = {one.ref for one in self.matched.there}
        people = sorted(self.matched.plan.people, key=lambda one: one.name.casefold())
        return tuple(Offered(one.ref, one.name, "known" if one.ref in there else "") for one in people)

    @property
    def empty(self) -> bool:
        return not self.matched.values

    @property
    def shape(self) -> dict[str, object]:
        matched = self.matched
        return {
            "new": [one.name for one in matched.new],
            "known_already": [one.name for one in matched.there],
            "changes": len(matched.values),
            "doubts": list(matched.doubts),
            "left_out": list(matched.plan.left_out),
        }

    def keep(self, journal: Journal) -> str:
        return keep(journal, self.matched).made["acts"][0]


class WholeBatch(Struct, frozen=True):
    """What kinship wrote as JSON."""

    coming: Coming

    @property
    def counts(self) -> str:
        coming = self.coming
        pages = sum(one.table == "entries" for one in coming.new)
        people = sum(one.table == "alters" for one in coming.new)
        word = "page" if pages == 1 else "pages"
        return f"{len(coming.new)} documents are new: {pages} {word}, {people} on the map, and what belongs to them"

    @property
    def lines(self) -> tuple[str, ...]:
        coming = self.coming
        lines = [f"{self.counts}."]
        if coming.same:
            lines.append(f"{coming.same} are here already.")
        if coming.different:
            lines.append(f"{coming.different} are something else here, and stay as they are.")
        return tuple(lines)

    @property
    def offered(self) -> tuple[Offered, ...]:
        return ()

    @property
    def empty(self) -> bool:
        return not self.coming.new

    @property
    def shape(self) -> dict[str, object]:
        coming = self.coming
        return {"new": len(coming.new), "known_already": coming.same, "different_here": coming.different}

    def keep(self, journal: Journal) -> str:
        return keep_whole(journal, self.coming)


def _more(number: int, shown: int) -> str:
    return f" and {number - shown} more" if number > shown else ""


def _asides(doubts: Collection[str], left_out: Collection[str]) -> tuple[str, ...]:
    titled = (("Understood as", doubts), ("Left out", left_out))
    return tuple(f"{title}: {'; '.join(told)}" for title, told in titled if told)
