"""The one door to the vault: every command goes through it as an act, can be undone, and is told to who listens."""

from __future__ import annotations

import datetime as dt
import platform
import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self

import msgspec
from msgspec import Struct

from kinship.ground.clock import Clock, day_of
from kinship.ground.errors import NewerVault, NotFound, Refused
from kinship.journal.acts import LAST_WRITER_WINS, Act, Event, Origin, again, change, fingerprint, formers, inverse
from kinship.journal.ahead import Appointments, Intentions
from kinship.journal.choices import Choices, device_key
from kinship.journal.circles import Circles, Facts
from kinship.journal.codec import id_of, table_of, to_document
from kinship.journal.drafts import Drafts
from kinship.journal.model import Card, Line, Note, ScaleResult, Snapshot, Template
from kinship.journal.moments import CheckIns, Moments
from kinship.journal.pages import Pages, Revisions
from kinship.journal.people import Alters
from kinship.journal.records import SCHEMA, SCHEMA_ID, Choice, KeptAct, Meta
from kinship.journal.shelf import Shelf
from kinship.vault import Change, Changed, Side, Vault, new_id

LOOK_EVERY = 10.0
"""Seconds after which a save first looks for what other writers added."""

_MAP_TABLES = frozenset({"alters", "facts", "moments"})

Listener = Callable[[Event], None]


class Ledger:
    """The repositories of one open vault, and what was done to them in this run of the program."""

    def __init__(self, vault: Vault, clock: Clock) -> None:
        self.vault = vault
        self.clock = clock
        self.choices = Choices(vault)
        self.alters = Alters(vault)
        self.revisions = Revisions(vault)
        self.pages = Pages(vault, self.revisions, self.today, self.alters.kin)
        self.alters.last_named = self.pages.last_named
        self.inbox = Shelf(vault, "inbox", Note)
        self.moments = Moments(vault, self.alters.kin)
        self.facts = Facts(vault)
        self.circle = Circles(self.alters, self.facts, self.moments)
        self.checkins = CheckIns(vault)
        self.intentions = Intentions(vault)
        self.appointments = Appointments(vault)
        self.lines = Shelf(vault, "lines", Line)
        self.cards = Shelf(vault, "card", Card)
        self.scale_results = Shelf(vault, "scale_results", ScaleResult)
        self.snapshots = Shelf(vault, "snapshots", Snapshot)
        self.templates = Shelf(vault, "templates", Template)
        self.kept_acts = Shelf(vault, "acts", KeptAct)
        self.meta = Shelf(vault, "meta", Meta)
        self.drafts = Drafts(vault, clock)
        self._done: list[Act] = []
        self._undone: list[Act] = []
        self._listeners: list[Listener] = []
        self._lock = threading.RLock()
        self._looked = clock.elapsed()

    @property
    def shelves(self) -> tuple[Shelf[Any], ...]:
        """Every table of the vault as values."""
        return (
            self.choices, self.alters, self.revisions, self.pages, self.inbox, self.moments, self.facts, self.checkins,
            self.intentions, self.appointments, self.lines, self.cards, self.scale_results, self.snapshots,
            self.templates, self.kept_acts, self.meta,
        )  # fmt: skip

    def today(self) -> dt.date:
        """Return the person's day now: after midnight it is still the evening before, until their day begins."""
        return day_of(self.clock.now(), self.choices.day_start)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` after everything that changes; returns what ends that."""
        self._listeners.append(listener)

        def end() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return end

    def perform(self, label: str, changes: Iterable[Change]) -> Act:
        """Commit all changes as one transaction and return the act; changes that change nothing are left out.

        Raises NotSaved with memory as it was, and NewerVault for a vault of a later schema.
        """
        with self._lock:
            self._look_before_saving()
            act = self._commit(label, changes)
            if act:
                self._done.append(act)
                self._undone.clear()
        self._tell(act.label, act.changes, Origin.ACT)
        return act

    def remember(self, key: str, value: Any) -> None:
        """Keep how far the person came in something, as a choice; it is no act, and undo passes over it."""
        with self._lock:
            self._look_before_saving()
            self._commit("", [change("choices", key, None) if value is None else self.put(Choice(id=key, value=value))])

    def undo(self) -> Act | None:
        """Take back the last act of this run; None where there is none.

        Raises Refused, and forgets the act, where one of its documents changed since.
        """
        return self._step(self._done, self._undone, inverse, Origin.UNDONE)

    def redo(self) -> Act | None:
        """Do the last undone act again; None where there is none. Raises Refused like `undo`."""
        return self._step(self._undone, self._done, again, Origin.REDONE)

    @property
    def can_undo(self) -> str | None:
        """The label of the act that `undo` would take back, None where there is none."""
        return self._done[-1].label if self._done else None

    @property
    def can_redo(self) -> str | None:
        """The label of the act that `redo` would do again, None where there is none."""
        return self._undone[-1].label if self._undone else None

    def refresh(self) -> Event | None:
        """Take in what other programs and devices wrote; None where there is nothing new."""
        with self._lock:
            self._looked = self.clock.elapsed()
            changes = self.vault.refresh()
            self._take(changes)
        return self._tell("", changes, Origin.ELSEWHERE)

    def take_in(self, label: str, values: Iterable[Struct]) -> Act:
        """Keep many values as one act that can be taken back even after a restart (imports, the demo)."""
        return self.perform_kept(label, map(self.put, values))

    def perform_kept(self, label: str, changes: Iterable[Change]) -> Act:
        """Commit all changes as one act that the vault remembers, so that `take_back` undoes it after a restart."""
        wanted = list({(one.table, one.id): one for one in changes}.values())
        with self._lock:
            before = [Changed(one.table, one.id, self.vault.get(one.table, one.id), one.document) for one in wanted]
            kept = KeptAct(id=new_id(), label=label, at=self.clock.now(), formers=formers(before))
            return self.perform(label, [*wanted, self.put(kept)] if wanted else ())

    def take_back(self, kept: str) -> Act:
        """Take back an act that was kept in the vault. Raises NotFound, and Refused where a document changed since."""
        found = self.kept_acts.get(kept)
        if found is None:
            raise NotFound("There is no such act to take back.")
        with self._lock:
            for one in found.formers:
                if fingerprint(self.vault.get(one.table, one.id)) != one.after:
                    raise _changed_since(found.label)
            back = [change(one.table, one.id, one.before) for one in reversed(found.formers)]
            return self.perform(f"{found.label}, taken back", [*back, change("acts", kept, None)])

    def put(self, value: Struct) -> Change:
        """Return the change that keeps a value, with all that a newer version said of it."""
        table, id_ = table_of(value), id_of(value)
        return change(table, id_, to_document(value, self.vault.get(table, id_)))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the vault; the acts of this run can no longer be undone."""
        self._done.clear()
        self._undone.clear()
        self.vault.close()

    def _commit(self, label: str, changes: Iterable[Change]) -> Act:
        wanted = [one for one in changes if self._differs(one)]
        if not wanted:
            return Act(label, ())
        changed = self.vault.commit([*self._introduction(), *wanted])
        self._take(changed)
        return Act(label, tuple(one for one in changed if one.table != "meta"))

    def _differs(self, wanted: Change) -> bool:
        if wanted.began is not None or len(self.vault.versions(wanted.table, wanted.id)) > 1:
            return True
        return self.vault.get(wanted.table, wanted.id) != wanted.document

    def _step(
        self,
        source: list[Act],
        target: list[Act],
        way: Callable[[Sequence[Changed]], tuple[Change, ...]],
        origin: Origin,
    ) -> Act | None:
        with self._lock:
            if not source:
                return None
            act = source.pop()
            for one in act.changes:
                expected = one.after if origin is Origin.UNDONE else one.before
                if self.vault.get(one.table, one.id) != expected:
                    raise _changed_since(act.label, origin)
            try:
                beside = self._sides_again(act) if origin is Origin.UNDONE else {}
                back = [beside.get((one.table, one.id), one) for one in way(act.changes)]
                done = self._commit(act.label, back)
            except BaseException:
                source.append(act)
                raise
            target.append(act)
        self._tell(act.label, done.changes, origin)
        return done

    def _sides_again(self, act: Act) -> dict[tuple[str, str], Change]:
        """Put back what stood beside a document before `act` made one of it; return what puts back the shown side.

        Each comes in a writing session of its own, so that neither has seen the other; on the way both stand there.
        """
        first: dict[tuple[str, str], Change] = {}
        for one in act.changes:
            began = self.vault.versions(one.table, one.id)
            back = [_standing(one, side) for side in one.sides]
            for beside in back[1:]:
                self.vault.commit([beside])
            if back:
                first[one.table, one.id] = msgspec.structs.replace(back[0], began=began)
        return first

    def _take(self, changes: Sequence[Changed]) -> None:
        for shelf in self.shelves:
            shelf.apply(changes)
        if any(one.table in _MAP_TABLES for one in changes):
            self.circle.forget()

    def _tell(self, label: str, changes: Sequence[Changed], origin: Origin) -> Event | None:
        told = tuple((one.table, one.id) for one in changes if one.table != "meta")
        if not told:
            return None
        event = Event(label, told, origin)
        for listener in tuple(self._listeners):
            listener(event)
        return event

    def _look_before_saving(self) -> None:
        schema = self.meta.get(SCHEMA_ID)
        if schema is not None and (schema.version or 0) > SCHEMA:
            raise NewerVault(
                "This vault was written by a later kinship; this one may read it, but not write.",
                "Update kinship on this computer.",
            )
        if self.clock.elapsed() - self._looked > LOOK_EVERY:
            self.refresh()

    def _introduction(self) -> list[Change]:
        """Return what the first save of a device says of itself and of the documents it writes."""
        found = []
        if self.meta.get(SCHEMA_ID) is None:
            found.append(self.put(Meta(id=SCHEMA_ID, version=SCHEMA)))
        device = self.device
        if self.meta.get(device) is None:
            found.append(self.put(Meta(id=device, name=platform.node() or "this computer")))
        return found

    @property
    def device(self) -> str:
        """The id of this computer as this vault knows it."""
        return self.vault.device or "unknown"

    def name_of_device(self, device: str, otherwise: str = "") -> str:
        """Return what the person calls a computer, else what it called itself, else `otherwise`."""
        chosen = self.choices.value(device_key(device), "")
        said = self.meta.get(device)
        return str(chosen) or otherwise or (said.name if said is not None else "")


def _standing(one: Changed, side: Side) -> Change:
    """Return the change that lets a side stand there again, by whom and when it was written, beside all others."""
    lww = one.table in LAST_WRITER_WINS
    return Change(one.table, one.id, side.document, lww=lww, began=(), written=side.writing)


def _changed_since(label: str, origin: Origin = Origin.UNDONE) -> Refused:
    cannot = "be done again" if origin is Origin.REDONE else "be undone"
    return Refused(f"“{label}” cannot {cannot}: what it changed was changed again since.")
