"""A person's own packs: daily prompts and guided sessions beside ours, each whole or left out with one sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

import msgspec
from msgspec import Struct

from kinship.ground.errors import BadPack
from kinship.ground.own_files import Unreadable, read_small
from kinship.journal.journal import Journal
from kinship.privacy.text import clean
from kinship.reflect.book import FLOW, SESSION, Book, book_of, load_book
from kinship.reflect.checking import faults_of
from kinship.reflect.instruments import Instrument, faults_of_instrument
from kinship.reflect.packs import bad_pack, faults_of_daily, line_of, typed
from kinship.reflect.prompts import About, Citation, Pack, PackValue, Prompt, Topic
from kinship.reflect.sessions import Flow, Session, Sessions

FOLDER = "packs"
"""In the config folder; for packs without private words."""
KEPT = "pack."
"""Choices that hold a pack: what follows is its name, the value its TOML."""
LARGEST = 1 << 20
"""Bytes of a pack that is read."""
MOST = 32
"""Packs that are read."""


class OwnPack(PackValue, frozen=True, kw_only=True):
    """What a pack of one's own may hold; ids must be its own, topics and beginnings may be ours."""

    meta: About
    topics: dict[str, Topic] = msgspec.field(default_factory=dict)
    daily: tuple[Prompt, ...] = ()
    flows: dict[str, Flow] = msgspec.field(default_factory=dict)
    sessions: tuple[Session, ...] = ()
    citations: dict[str, Citation] = msgspec.field(default_factory=dict)
    instruments: tuple[Instrument, ...] = ()


class Source(Struct, frozen=True):
    """The text of a pack, and what it is called in messages."""

    name: str
    text: str

    def __repr__(self) -> str:
        return "Source"


class Library(Struct, frozen=True):
    """Our pack with the person's own joined to it, and a sentence for each that was left out."""

    book: Book
    faults: tuple[str, ...] = ()
    instruments: Mapping[str, Instrument] = msgspec.field(default_factory=dict)
    """Scales by their id: only those of the person's own packs."""

    @property
    def pack(self) -> Pack:
        """Everything that selection chooses from."""
        return self.book.pack


def library(journal: Journal, config: Path, *, without: str = "") -> Library:
    """Return everything there is to ask: ours, the packs kept in the vault, and those in the config folder.

    `without` leaves out the kept pack of that name.
    """
    kept = sorted((one.id.removeprefix(KEPT), one.value) for one in journal.choices if one.id.startswith(KEPT))
    sources = [Source(name, text) for name, text in kept if isinstance(text, str) and name != without]
    found, unread = read_folder(config / FOLDER)
    joined = join((*sources, *found))
    return msgspec.structs.replace(joined, faults=(*unread, *joined.faults))


def read_folder(folder: Path) -> tuple[tuple[Source, ...], tuple[str, ...]]:
    """Return the packs of a folder by name, and a sentence for each file that cannot be read."""
    try:
        files = sorted(file for file in folder.iterdir() if file.suffix == ".toml")
    except OSError:
        return (), ()
    sources, faults = [], [f"Only the first {MOST} packs are read."] if len(files) > MOST else []
    for file in files[:MOST]:
        try:
            sources.append(read_pack(file))
        except BadPack as error:
            faults.append(error.message)
    return tuple(sources), tuple(faults)


def read_pack(file: Path) -> Source:
    """Return the text of a pack file. Raises BadPack for what is no readable text file of a reasonable size."""
    try:
        return Source(clean(file.name), read_small(file, LARGEST))
    except FileNotFoundError:
        raise BadPack(f"There is no pack {file.name}.") from None
    except Unreadable as error:
        raise BadPack(f"The pack {file.name} {error}.") from error


@lru_cache(maxsize=4)
def join(sources: tuple[Source, ...]) -> Library:
    """Return our book with these packs joined, in their order; one that is wrong is left out, and said."""
    found = Library(load_book())
    for source in sources:
        try:
            found = with_pack(found, source)
        except BadPack as error:
            found = msgspec.structs.replace(found, faults=(*found.faults, error.message))
    return found


def with_pack(found: Library, source: Source) -> Library:
    """Return a library with one more pack in it. Raises BadPack with the file, the line and what is wrong there."""
    own = typed(clean(source.text), source.name, OwnPack)
    book = joined(found.book, source, own)
    for index, one in enumerate(own.instruments):
        taken = one.id in found.instruments or one.id in {other.id for other in own.instruments[:index]}
        wrong = [("id", f"the id {one.id} is taken already")] if taken else list(faults_of_instrument(one))
        for field, fault in wrong:
            raise bad_pack(source.name, line_of(source.text, f"$.instruments[{index}].{field}"), fault)
    instruments = {**found.instruments, **{one.id: one for one in own.instruments}}
    return msgspec.structs.replace(found, book=book, instruments=instruments)


def joined(book: Book, source: Source, own: OwnPack) -> Book:
    """Return a book with the prompts and sessions of one more pack. Raises BadPack like `with_pack`."""
    for path, fault in _taken(book, own):
        raise bad_pack(source.name, line_of(source.text, path), fault)
    pack = _with_daily(book.pack, own)
    for index, field, fault in faults_of_daily(pack):
        raise bad_pack(source.name, line_of(source.text, f"$.daily[{index}].{field}"), fault)
    guided = Sessions(flows={**own.flows, **book.flows}, sessions=(*own.sessions, *book.sessions.values()))
    whole = book_of(msgspec.structs.replace(pack, by_id={one.id: one for one in pack.daily}), guided)
    chains = {f"{FLOW}{name}" for name in own.flows} | {f"{SESSION}{one.id}" for one in own.sessions}
    for wrong in faults_of(whole, chains):
        raise bad_pack(source.name, line_of(source.text, wrong.path), wrong.what)
    return whole


def _with_daily(pack: Pack, own: OwnPack) -> Pack:
    """Return a pack with its own daily prompts first, so that they are counted as in their file."""
    return msgspec.structs.replace(
        pack,
        topics={**pack.topics, **own.topics},
        daily=(*own.daily, *pack.daily),
        citations={**pack.citations, **own.citations},
    )


def _taken(book: Book, own: OwnPack) -> Iterator[tuple[str, str]]:
    """Yield what has a name that something else has already."""
    yield from _twice("daily", (one.id for one in own.daily), book.pack.by_id)
    yield from _twice("sessions", (one.id for one in own.sessions), book.sessions)
    for table, names, known in (("flows", own.flows, book.flows), ("topics", own.topics, book.pack.topics)):
        for name in names:
            if name in known:
                yield f"$.{table}.{name}", f"the name {name} is taken already"


def _twice(table: str, ids: Iterable[str], known: Iterable[str]) -> Iterator[tuple[str, str]]:
    seen = set(known)
    for index, id_ in enumerate(ids):
        if id_ in seen:
            yield f"$.{table}[{index}].id", f"the id {id_} is taken already"
        seen.add(id_)
