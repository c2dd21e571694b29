"""A disk that loses power: every call is written down, and the states it may legally be left in are made anew.

The model is strict POSIX: `fsync` of a file keeps its bytes and not its name, `fsync` of a folder keeps names and not
bytes, and what was not synced may have reached the disk in any part (Pillai et al. 2014, "All file systems are not
created equal").
"""

from __future__ import annotations

import fcntl
import os
import random
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

SECTOR = 512
PERSISTENCE = ("nothing", "everything", "sectors", "zeros", "mixed")
"""What of the unsynced part reached the disk: names and bytes not at all; wholly; names and a part of the bytes in
order; names and lengths without bytes; each name and each sector by its own chance."""


@dataclass
class File:
    now: bytes = b""
    kept: bytes = b""
    """What the last fsync made safe."""

    def left(self, mode: str, dice: random.Random) -> bytes:
        """Return what a crash leaves of it."""
        extra = self.now[len(self.kept) :]
        if mode == "mixed":
            mode = dice.choice((*PERSISTENCE[:4], "scattered"))
        if mode == "nothing":
            return self.kept
        if mode == "sectors":
            return self.now[: max(len(self.kept), dice.randrange(len(self.now) + 1) // SECTOR * SECTOR)]
        if mode == "zeros":
            return self.kept + bytes(len(extra))
        return self._scattered(dice) if mode == "scattered" else self.now

    def _scattered(self, dice: random.Random) -> bytes:
        data = bytearray(self.now)
        for start in range(len(self.kept) // SECTOR * SECTOR, len(data), SECTOR):
            if dice.random() < 0.5:
                begin, end = max(start, len(self.kept)), min(start + SECTOR, len(data))
                data[begin:end] = bytes(end - begin)
        return bytes(data)


@dataclass
class Folder:
    now: Entries = field(default_factory=dict)
    kept: Entries = field(default_factory=dict)
    pending: list[Names] = field(default_factory=list)
    """Changes of names since the last fsync, each of them whole or not at all."""

    def change(self, names: Names) -> None:
        self.pending.append(names)
        _apply(self.now, names)

    def left(self, mode: str, dice: random.Random) -> Entries:
        """Return the names that a crash leaves in it."""
        if mode == "nothing":
            return self.kept
        entries = dict(self.kept)
        for names in self.pending:
            if mode != "mixed" or dice.random() < 0.5:
                _apply(entries, names)
        return entries


Entries = dict[str, int]
"""Name -> number of a file or folder."""

Names = dict[str, int | None]
"""Names that are set, or taken away, in one step."""

Step = tuple[str, tuple[Any, ...]]
"""A method of `Disk` and its arguments."""


def _apply(entries: Entries, names: Names) -> None:
    for name, number in names.items():
        if number is None:
            entries.pop(name, None)
        else:
            entries[name] = number


class Disk:
    """Files and folders by number, what of them is safe, and what is not; 0 is the root."""

    def __init__(self) -> None:
        self.nodes: list[File | Folder] = [Folder()]

    def file(self) -> None:
        self.nodes.append(File())

    def folder(self) -> None:
        self.nodes.append(Folder())

    def named(self, folder: int, names: Names) -> None:
        self._folder(folder).change(names)

    def written(self, file: int, data: bytes) -> None:
        node = self.nodes[file]
        assert isinstance(node, File)
        node.now += data

    def synced(self, number: int) -> None:
        node = self.nodes[number]
        if isinstance(node, File):
            node.kept = node.now
        else:
            node.kept, node.pending = dict(node.now), []

    def _folder(self, number: int) -> Folder:
        node = self.nodes[number]
        assert isinstance(node, Folder)
        return node

    def find(self, folder: int, path: str) -> tuple[int, str]:
        """Return the folder that holds `path`, seen from `folder`, and its last part."""
        *above, name = path.split("/")
        for part in above:
            folder = self._folder(folder).now[part]
        return folder, name

    def number(self, folder: int, name: str) -> int:
        """Return the number of what is called `name` now."""
        return self._folder(folder).now[name] if name else folder

    def leave(self, to: Path, mode: str, dice: random.Random, folder: int = 0) -> None:
        """Make, in the empty folder `to`, what a crash in this moment leaves."""
        for name, number in self._folder(folder).left(mode, dice).items():
            node = self.nodes[number]
            if isinstance(node, Folder):
                (to / name).mkdir(0o700)
                self.leave(to / name, mode, dice, number)
            else:
                file = os.open(to / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                os.write(file, node.left(mode, dice))
                os.close(file)


def crashes(
    trace: Sequence[Step], since: int, to: Path, modes: Sequence[str], dice: random.Random, *, every: int = 1
) -> Iterator[tuple[int, str]]:
    """Leave in `to`, for each step from `since` on and each mode, what a crash after it leaves; yield step and mode.

    Of all these states only each one in `every` is made, beginning with one that the dice choose.
    """
    wait = dice.randrange(every)
    disk = Disk()
    for number, (step, told) in enumerate(trace, 1):
        getattr(disk, step)(*told)
        if number < since:
            continue
        for mode in modes:
            wait -= 1
            if wait < 0:
                wait = every - 1
                to.mkdir()
                disk.leave(to, mode, dice)
                yield number, mode
                shutil.rmtree(to)


class RecordedDisk(Disk):
    """Writes down every call of this process that changes something under `root`, while it is recording."""

    def __init__(self, root: Path) -> None:
        super().__init__()
        self.root = root
        self.trace: list[Step] = []
        """What happened, for another `Disk` to take again, step by step."""
        self.between: Callable[[], None] = lambda: None
        """Called before each call: another thread may have its turn there."""
        self._handles: dict[int, int] = {}

    def note(self, step: str, *told: Any) -> None:
        getattr(self, step)(*told)
        self.trace.append((step, told))

    def _place(self, path: Any, dir_fd: int | None = None) -> tuple[int, str] | None:
        """Return the folder and the name that a call speaks of; None where it is not ours."""
        text = os.fsdecode(path) if not isinstance(path, int) else ""
        if dir_fd is not None and not text.startswith("/"):
            return self.find(self._handles[dir_fd], text) if dir_fd in self._handles else None
        text = os.path.normpath(text)
        if text == str(self.root):
            return 0, ""
        return self.find(0, text[len(str(self.root)) + 1 :]) if text.startswith(f"{self.root}/") else None

    @contextmanager
    def recording(self) -> Iterator[None]:
        """Watch `os` while the block runs; nothing may be written under `root` by other ways."""
        real = {name: getattr(os, name) for name in _WATCHED}
        for name, watch in _WATCHED.items():
            setattr(os, name, self._after_a_turn(getattr(self, watch)(real[name])))
        try:
            yield
        finally:
            for name, call in real.items():
                setattr(os, name, call)

    def _after_a_turn(self, watched: Callable[..., Any]) -> Callable[..., Any]:
        def call(*told: Any, **named: Any) -> Any:
            self.between()
            return watched(*told, **named)

        return call

    def _opening(self, real: Callable[..., int]) -> Callable[..., int]:
        def call(path: Any, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
            fresh = bool(flags & os.O_CREAT) and not os.path.lexists(path)
            handle = real(path, flags, mode, dir_fd=dir_fd)
            self._handles.pop(handle, None)
            place = self._place(path, dir_fd)
            if place is not None:
                if fresh:
                    self.note("file")
                    self.note("named", place[0], {place[1]: len(self.nodes) - 1})
                self._handles[handle] = self.number(*place)
            return handle

        return call

    def _writing(self, real: Callable[..., int]) -> Callable[..., int]:
        def call(handle: int, data: Any) -> int:
            count = real(handle, data)
            if handle in self._handles:
                self.note("written", self._handles[handle], bytes(data)[:count])
            return count

        return call

    def _syncing(self, real: Callable[..., None]) -> Callable[..., None]:
        def call(handle: int) -> None:
            if handle in self._handles:
                self.note("synced", self._handles[handle])
            else:
                real(handle)

        return call

    def _closing(self, real: Callable[..., None]) -> Callable[..., None]:
        def call(handle: int) -> None:
            self._handles.pop(handle, None)
            real(handle)

        return call

    def _making(self, real: Callable[..., None]) -> Callable[..., None]:
        def call(path: Any, mode: int = 0o777, *, dir_fd: int | None = None) -> None:
            real(path, mode, dir_fd=dir_fd)
            place = self._place(path, dir_fd)
            if place is not None:
                self.note("folder")
                self.note("named", place[0], {place[1]: len(self.nodes) - 1})

        return call

    def _removing(self, real: Callable[..., None]) -> Callable[..., None]:
        def call(path: Any, *, dir_fd: int | None = None) -> None:
            real(path, dir_fd=dir_fd)
            place = self._place(path, dir_fd)
            if place is not None:
                self.note("named", place[0], {place[1]: None})

        return call

    def _moving(self, real: Callable[..., None]) -> Callable[..., None]:
        def call(source: Any, target: Any) -> None:
            real(source, target)
            old, new = self._place(source), self._place(target)
            assert old is not None
            assert new is not None
            number = self.number(*old)
            if old[0] == new[0]:
                self.note("named", old[0], {new[1]: number, old[1]: None})
            else:
                self.note("named", new[0], {new[1]: number})
                self.note("named", old[0], {old[1]: None})

        return call


class Turns:
    """Threads that run one at a time; at a call the turn may pass to another, as the dice fall."""

    def __init__(self, dice: random.Random, share: float) -> None:
        self._dice = dice
        self._share = share
        """How often the turn passes where it may."""
        self._waiting: dict[int, threading.Semaphore] = {}
        """By thread, what it waits for."""
        self._wrong: list[BaseException] = []
        self._here = threading.Semaphore(0)
        self.passed = 0

    def run(self, *acts: Callable[[], None]) -> None:
        """Do all acts, each in a thread, and raise what one of them raised."""
        threads = [threading.Thread(target=self._go, args=(act,)) for act in acts]
        for thread in threads:
            thread.start()
            self._here.acquire()
        self._dice.choice(sorted(self._waiting.items()))[1].release()
        for thread in threads:
            thread.join()
        if self._wrong:
            raise self._wrong[0]

    def _go(self, act: Callable[[], None]) -> None:
        own = self._waiting[threading.get_ident()] = threading.Semaphore(0)
        self._here.release()
        own.acquire()
        try:
            act()
        except BaseException as error:  # noqa: BLE001 - raised again by `run`
            self._wrong.append(error)
        del self._waiting[threading.get_ident()]
        if self._waiting:
            self._dice.choice(list(self._waiting.values())).release()

    def may_pass(self) -> None:
        """Give another thread its turn, or go on."""
        if threading.get_ident() in self._waiting and self._dice.random() < self._share:
            self.give_way()

    def give_way(self) -> None:
        """Give another thread its turn, if one is left."""
        own = self._waiting[threading.get_ident()]
        others = [one for one in self._waiting.values() if one is not own]
        if others:
            self.passed += 1
            self._dice.choice(others).release()
            own.acquire()

    def flock(self, file: int, how: int) -> None:
        """Stand in for `fcntl.flock`: who would wait for another gives way to it."""
        while True:
            try:
                return _flock(file, how if how == fcntl.LOCK_UN else how | fcntl.LOCK_NB)
            except BlockingIOError:
                if how & fcntl.LOCK_NB or len(self._waiting) < 2:
                    raise
                self.give_way()


_flock = fcntl.flock
_WATCHED = {
    "open": "_opening",
    "write": "_writing",
    "fsync": "_syncing",
    "close": "_closing",
    "mkdir": "_making",
    "unlink": "_removing",
    "remove": "_removing",
    "rmdir": "_removing",
    "replace": "_moving",
    "rename": "_moving",
}
