"""A disk that fails when it is told to: at the n-th call, once or from then on."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

MODES = ("full", "write_error", "short", "sync_error", "open_error")


@dataclass
class FailingDisk:
    """Stands in for the system calls of the vault.

    A failing fsync loses what was not synced before, as a real one may.
    """

    mode: str
    fails_at: int
    lasting: bool = False
    calls: int = 0
    synced: dict[tuple[int, int], int] = field(default_factory=dict)
    """Size up to which a file was synced."""

    def due(self) -> bool:
        self.calls += 1
        return self.calls == self.fails_at or (self.lasting and self.calls > self.fails_at)

    @contextmanager
    def installed(self) -> Iterator[None]:
        """Fail the calls of this process's `os` while the block runs."""
        write, fsync, opened = os.write, os.fsync, os.open

        def failing_write(file: int, data: bytes | memoryview) -> int:
            if self.mode not in {"full", "write_error", "short"} or not self.due():
                return write(file, data)
            if self.mode == "short":
                return write(file, data[: max(1, len(data) // 3)])
            write(file, data[: len(data) // 2])
            raise OSError(errno.ENOSPC if self.mode == "full" else errno.EIO, "injected")

        def failing_fsync(file: int) -> None:
            told = os.fstat(file)
            name = (told.st_dev, told.st_ino)
            if self.mode == "sync_error" and self.due():
                if name in self.synced:
                    os.ftruncate(file, self.synced[name])
                raise OSError(errno.EIO, "injected")
            fsync(file)
            self.synced[name] = told.st_size

        def failing_open(path: str, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
            if self.mode == "open_error" and flags & os.O_CREAT and self.due():
                raise OSError(errno.ENOSPC, "injected")
            return opened(path, flags, mode, dir_fd=dir_fd)

        os.write, os.fsync, os.open = failing_write, failing_fsync, failing_open  # type: ignore[assignment]
        try:
            yield
        finally:
            os.write, os.fsync, os.open = write, fsync, opened
