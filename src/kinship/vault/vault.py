"""An open vault: documents in memory, every change durable before it is there."""

from __future__ import annotations

import datetime as dt
import gc
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import msgspec

from kinship.ground.clock import Clock
from kinship.ground.errors import Misused, NewerVault, NotSaved, Refused
from kinship.vault import crypto, health
from kinship.vault.crypto import Key
from kinship.vault.drafts import Drafts
from kinship.vault.hybrid import COUNTER_BITS, HybridClock, milliseconds
from kinship.vault.identity import is_backup, write_identity
from kinship.vault.log import FOLDER as LOG
from kinship.vault.log import Log
from kinship.vault.merge import Head, Shelf, join, shown
from kinship.vault.notes import Inbox
from kinship.vault.records import (
    Record,
    Slots,
    Written,
    decode_document,
    encode_document,
    heads_of,
    operation_records,
    write_record,
)
from kinship.vault.session import Session
from kinship.vault.sides import sides_of
from kinship.vault.site import Site
from kinship.vault.state import DRAFTS, LocalState
from kinship.vault.values import Change, Changed, Document, Draft, Notice, Randomness, Side, Version

if TYPE_CHECKING:
    from kinship.vault.documents import VaultDB

Address = tuple[str, str]
"""Table and id."""

_RETIRED = "This passphrase was retired: it was replaced or taken away, and its file came back. To remove it:"

LABELS = "unlocks"
"""The table of what the ways to open the vault are called: {label, kind} by the id of the slot."""


class Vault:
    """One vault, unlocked; safe to use from several threads."""

    def __init__(
        self,
        path: Path,
        key: Key,
        *,
        state: Path,
        clock: Clock,
        randomness: Randomness,
        notices: tuple[Notice, ...] = (),
        read_only: bool = False,
    ) -> None:
        self.path = path
        self.id = key.vault.hex()
        self._key = key
        self._clock = clock
        self._early = notices
        self.read_only = read_only
        """Whether it is of a later version: every writing raises NewerVault."""
        self._lock = threading.RLock()
        self._shelf = Shelf()
        self._hybrid = HybridClock()
        self._log = Log(path, key)
        self._state = LocalState(state, key)
        self._marks = dict(self._state.marks.segments)
        self._session = Session(path, key, self._log, self._state, clock, randomness)
        self._drafts = Drafts(self._state.folder / DRAFTS, key, randomness)
        self.inbox = Inbox(path, key)
        self._randomness = randomness
        self._layered: set[Address] = set()
        self._mine: dict[Address, None] = {}
        self._my_slots: list[bytes] = []
        self._tried: dict[Address, dict[str, int]] = {}
        self._db: VaultDB | None = None
        self._open = True

    def __repr__(self) -> str:
        return f"Vault({self.path})"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    @property
    def session(self) -> str:
        """Names this writing session, in hex: stable as long as the vault is open."""
        return self._session.id

    @property
    def writing(self) -> str:
        """The id of the segment that the next save goes into, in hex."""
        return self._session.segment

    @property
    def state(self) -> Path:
        """Where this computer keeps what it remembers of all vaults."""
        return self._state.folder.parent

    @property
    def key_vault(self) -> bytes:
        """The vault's id as it stands in files, 16 bytes."""
        return self._key.vault

    @property
    def device(self) -> str:
        """Names this computer to this vault, in hex; empty where it can remember nothing."""
        return self._state.marks.device

    def identity(self) -> bytes:
        """Return what `vault.kin` has to say of this vault."""
        return write_identity(self._key)

    @property
    def site(self) -> Site:
        """The vault as files, for work on them when it is closed."""
        return Site(self.path, self._key, self._state, self._clock, self._randomness)

    def moved_to(self, path: Path) -> None:
        """Go on where the folder was renamed to, which is how a vault that is being made gets its name."""
        self.path = self.inbox.vault = path
        self._log.folder = path / LOG
        self._session.moved_to(self._log.folder)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What a person should know about the files, as of the last look."""
        with self._lock:
            mine = frozenset(self._session.seen())
            told = [*self._early, *health.notices(self._log, self._marks, mine, self._state)]
            told += self._drafts_notices()
            if self._state.tampered:
                told.append(
                    Notice("state", "", "What this computer remembered of the vault was altered and is not used.")
                )
            opened, valid = self._key.slot, self.valid_slots
            if opened is not None and valid is not None and opened not in valid:
                told.append(Notice("retired", f"keys/{opened}.key", f"{_RETIRED} kinship unlock remove {opened}"))
            return tuple(told)

    def announce(self, what: str, notices: Sequence[Notice]) -> None:
        """Let these be told among the notices, in place of all of kind `what`."""
        with self._lock:
            self._early = (*(one for one in self._early if one.what != what), *notices)

    def _drafts_notices(self) -> Iterator[Notice]:
        for name in self._drafts.unreadable():
            yield Notice("damaged", f"drafts/{name}", "A draft on this computer cannot be read.")

    @property
    def db(self) -> VaultDB:
        """The vault as a TinyDB."""
        if self._db is None:
            from kinship.vault.documents import VaultDB  # noqa: PLC0415 - tinydb only when used

            self._db = VaultDB(self)
        return self._db

    @property
    def live(self) -> dict[str, dict[str, Document]]:
        """Table -> id -> document: the memory itself, only to be read."""
        return self._shelf.live

    def get(self, table: str, id: str) -> Document | None:  # noqa: A002 - the field's name
        """Return a copy of a document, None where there is none."""
        found = self._shelf.live.get(table, {}).get(id)
        return None if found is None else copy_document(found)

    def all(self, table: str) -> Iterator[tuple[str, Document]]:
        """Return id and document of everything in a table: not copies, only to be read."""
        return iter(list(self._shelf.live.get(table, {}).items()))

    def heads(self, table: str, id: str) -> tuple[Document | None, ...]:  # noqa: A002 - the field's name
        """Return the concurrent heads of a document, the shown one first; a deleted one has the single head None."""
        return tuple(None if head.document is None else copy_document(head.document) for head in self._shown(table, id))

    def versions(self, table: str, id: str) -> tuple[dict[str, int], ...]:  # noqa: A002 - the field's name
        """Return the versions of all heads, for a draft or a change that begins from them."""
        return tuple(dict(head.version) for head in self._shelf.heads(table, id))

    def heads_detail(self, table: str, id: str) -> tuple[Side, ...]:  # noqa: A002 - the field's name
        """Return the concurrent heads of a document like `heads`, each with the device and time it was written."""
        with self._lock:
            sides = sides_of(self._shown(table, id), self._log, self.device)
            return tuple(msgspec.structs.replace(side, document=copy_document(side.document)) for side in sides)

    def conflicts(self) -> tuple[Address, ...]:
        """Return table and id of every document that was written concurrently and not joined yet."""
        return tuple(self._shelf.conflicts())

    def _shown(self, table: str, uid: str) -> tuple[Head, ...]:
        return shown(self._shelf.heads(table, uid))

    # -- reading ------------------------------------------------------------------------------------------------

    def load(self) -> None:
        """Read the whole log, without the collector looking at what only grows."""
        collecting = gc.isenabled()
        gc.disable()
        try:
            for _ in self._new_heads():
                pass
        finally:
            if collecting:
                gc.enable()
        self._remember()

    def refresh(self) -> tuple[Changed, ...]:
        """Read what other writers added since the last look; return the documents that changed."""
        with self._lock:
            before: dict[Address, list[Document | None]] = {}
            for table, uid, old in self._new_heads():
                before.setdefault((table, uid), [head.document for head in shown(old)])
            if before:
                self._remember()
            return tuple(self._news(before))

    def _news(self, before: dict[Address, list[Document | None]]) -> Iterator[Changed]:
        for (table, uid), old in before.items():
            new = [head.document for head in self._shown(table, uid)]
            if new != (old or [None]):
                yield Changed(table, uid, old[0] if old else None, new[0])

    @staticmethod
    def _first(heads: tuple[Head, ...]) -> Document | None:
        return shown(heads)[0].document if heads else None

    def _new_heads(self) -> Iterator[tuple[str, str, tuple[Head, ...]]]:
        now = milliseconds(self._clock.now())
        add, heads, see = self._shelf.add, self._shelf.heads, self._hybrid.see
        for segment, record in self._log.look(self._session.file):
            for table, uid, head in heads_of(segment, record):
                old = heads(table, uid)
                if old and head not in old:
                    self._layered.add((table, uid))
                see(head.clock, now)
                if add(table, uid, head):
                    yield table, uid, old

    def latest_clock(self) -> int:
        """Return the latest hybrid clock of any document, also one too far ahead to be adopted."""
        return max((head.clock for head in self._shelf.all_heads()), default=0)

    def deleted_by(self, moment: dt.datetime) -> tuple[Address, ...]:
        """Return what was deleted by then and still lies in the log as it was before: purging is due for it."""
        latest = (milliseconds(moment) + 1) << COUNTER_BITS
        return tuple(address for address in sorted(self._layered) if self._is_deleted(address, latest))

    def _is_deleted(self, address: Address, latest: int) -> bool:
        return all(head.document is None and head.clock < latest for head in self._shelf.heads(*address))

    def _remember(self) -> None:
        if is_backup(self.path):
            return
        try:
            capture = self._state.marks.capture or crypto.capture_public(self._key).hex()
            seen = {**self._state.lasting(self._log.folder, self._log.seen()), **self._session.seen()}
            authors = {segment: self._log.author(segment) for segment in seen}
            self._state.remember(seen, capture, authors, self._log.replaced)
        except (OSError, Refused):
            self._early = (
                *(notice for notice in self._early if notice.what != "folder"),
                Notice(
                    "folder", "", "This computer cannot note how far it read; a later roll-back would not be noticed."
                ),
            )

    def accept_folder(self) -> None:
        """Take the folder as it is: forget that more of it was read here. For an old copy put back on purpose.

        Raises OSError or Refused where this computer cannot note it.
        """
        with self._lock:
            seen = {**self._log.seen(), **self._session.seen()}
            self._state.reset(seen)
            self._marks = seen

    # -- writing ------------------------------------------------------------------------------------------------

    def commit(self, changes: Sequence[Change]) -> tuple[Changed, ...]:
        """Make all changes durable as one transaction, then show them; the last one of a document counts.

        Raises NotSaved, after which nothing changed in memory.
        """
        with self._lock:
            self._check_open()
            wanted = {(change.table, change.id): change for change in changes if not self._is_void(change)}
            if not wanted:
                return ()
            if any(self._saw_less(change) for change in wanted.values()):
                self._session.close(self._everything_mine)
            encoded = {address: _encoded(change) for address, change in wanted.items()}
            written: list[Written] = []

            def compose(segment: str) -> list[bytes]:
                written[:] = [self._write(segment, change, encoded[address]) for address, change in wanted.items()]
                return operation_records(segment, written)

            self._session.save(compose, self._everything_mine)
            return tuple(self._show(one) for one in written)

    def _is_void(self, change: Change) -> bool:
        return change.document is None and all(
            head.document is None for head in self._shelf.heads(change.table, change.id)
        )

    def _saw_less(self, change: Change) -> bool:
        if change.began is None:
            return False
        actor = self._session.segment
        seen = join(change.began).get(actor, 0)
        return any(head.version.get(actor, 0) > seen for head in self._shelf.heads(change.table, change.id))

    def _write(self, segment: str, change: Change, encoded: bytes) -> Written:
        address = (change.table, change.id)
        began: tuple[Version, ...] = change.began if change.began is not None else self.versions(*address)
        version = join((*began, self._tried.get(address, {})))
        version[segment] = version.get(segment, 0) + 1
        self._tried[address] = version
        document = None if change.document is None else decode_document(encoded)
        clock, author = self._hybrid.tick(milliseconds(self._clock.now())), segment
        if change.written is not None:
            clock, author = change.written.clock, change.written.author
        return Written(change.table, change.id, Head(version, clock, document, change.lww, author), encoded)

    def _everything_mine(self, _: str) -> list[bytes]:
        mine = [
            Written(table, uid, head, encode_document(head.document or {}))
            for table, uid in self._mine
            for head in self._shelf.heads(table, uid)
        ]
        return [*self._my_slots, *operation_records("", mine)]

    def _show(self, one: Written) -> Changed:
        address = (one.table, one.id)
        heads = self._shown(*address)
        before = self._first(heads)
        sides = sides_of(heads, self._log, self.device) if len(heads) > 1 else ()
        self._shelf.add(one.table, one.id, one.head)
        self._mine[address] = None
        self._tried.pop(address, None)
        return Changed(one.table, one.id, before, self._first(self._shelf.heads(*address)), sides)

    @property
    def valid_slots(self) -> tuple[str, ...] | None:
        """Ids of the key slots that are valid, as the log says; None where it does not say.

        One that has a label counts though it is not listed: another device listed its own at the same time.
        """
        with self._lock:
            if self._log.slots is None:
                return None
            listed = self._log.slots.ids
            return (*listed, *(id_ for id_ in self._shelf.live.get(LABELS, {}) if id_ not in listed))

    def note_slots(self, ids: Sequence[str], labels: Sequence[Change] = ()) -> None:
        """Write down which key slots are valid from now on, and in the same transaction what they are called."""
        with self._lock:
            self._check_open()
            clock = self._hybrid.tick(milliseconds(self._clock.now()))
            if self._log.slots is not None:
                clock = max(clock, self._log.slots.clock + 1)
            record = write_record(Record(slots=list(ids), h=clock))
            wanted = [(change, _encoded(change)) for change in labels if not self._is_void(change)]
            written: list[Written] = []

            def compose(segment: str) -> list[bytes]:
                written[:] = [self._write(segment, change, encoded) for change, encoded in wanted]
                return [record, *operation_records(segment, written)]

            self._session.save(compose, self._everything_mine)
            self._my_slots = [record]
            self._log.slots = Slots(clock, tuple(ids))
            for one in written:
                self._show(one)

    def everything(self) -> dict[Address, tuple[Head, ...]]:
        """Return every head of every document, deleted ones too: only to be read."""
        with self._lock:
            return {(table, uid): heads for table, uid, heads in self._shelf.everything()}

    def adopt(self, several: Sequence[tuple[Address, Head]]) -> None:
        """Write versions as another vault made them: whole vectors, clocks and deletions. Raises NotSaved."""
        with self._lock:
            self._check_open()
            now = milliseconds(self._clock.now())
            written = [Written(*address, head, encode_document(head.document or {})) for address, head in several]
            self._session.save(lambda _: operation_records("", written), self._everything_mine)
            for one in written:
                self._hybrid.see(one.head.clock, now)
                self._show(one)

    # -- drafts -------------------------------------------------------------------------------------------------

    def drafts(self) -> tuple[Draft, ...]:
        """Return the unsaved words kept on this computer that no other program is writing, the latest first."""
        return self._drafts.all()

    def save_draft(self, draft: Draft) -> str:
        """Keep a draft in place of its former state, or beside it where another program has that one; return its id.

        Raises NotSaved.
        """
        with self._lock:
            self._check_open()
            try:
                self._state.make()
                return self._drafts.save(draft)
            except OSError as error:
                raise NotSaved("The draft could not be kept.", "The words are still on the screen.") from error

    def drop_draft(self, id: str) -> None:  # noqa: A002 - the field's name
        """Remove a draft, once its words are saved or thrown away."""
        with self._lock:
            self._drafts.drop(id)

    def close(self) -> None:
        """Say in the log that this session is over; may be called again."""
        with self._lock:
            if not self._open:
                return
            self._open = False
            self._drafts.let_go()
            self._remember()
            self._session.close(self._everything_mine)

    def begin_anew(self) -> None:
        """End the segment that is being written; the next save begins another one.

        Raises NotSaved only when that segment was taken away from under us and its saves found no other place.
        """
        with self._lock:
            if self._open and not self.read_only:
                self._session.close(self._everything_mine)

    def check_writable(self) -> None:
        """Raise NotSaved where it is closed, NewerVault where a later version made it."""
        with self._lock:
            self._check_open()

    def _check_open(self) -> None:
        if not self._open:
            raise NotSaved("The vault is closed.", "Unlock it again.")
        if self.read_only:
            raise NewerVault("This vault was made by a later kinship and is only read.", "Install the newest version.")


def _encoded(change: Change) -> bytes:
    try:
        return encode_document(change.document or {})
    except UnicodeEncodeError:
        raise Misused("The text holds a sign that no file can hold.") from None


def copy_document(value: Any) -> Any:
    """Return a copy of a JSON value that shares nothing with it."""
    if isinstance(value, dict):
        return {name: copy_document(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [copy_document(inner) for inner in value]
    return value
