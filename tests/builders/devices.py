"""Several computers with a copy of one vault each, and the syncer that carries files between them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

from builders.vaults import NOON, Made, new_vault
from kinship.ground.clock import FrozenClock
from kinship.journal.journal import Journal
from kinship.vault import Vault, open_vault


@contextmanager
def called(name: str) -> Iterator[None]:
    """Let this computer be called `name` while the block runs."""
    with patch.object(os, "uname", lambda: SimpleNamespace(nodename=name)):
        yield


def carry(source: Path, target: Path) -> None:
    """Copy every file of one vault's log that is new or longer to another's, as a syncer would."""
    for file in sorted((source / "log").iterdir()):
        there = target / "log" / file.name
        if not there.exists() or there.stat().st_size < file.stat().st_size:
            shutil.copy(file, there)


class Device:
    """One computer with its copy, its own local state and its own clock."""

    def __init__(self, name: str, made: Made, folder: Path) -> None:
        self.name = name
        self.made = made
        self.path = folder / f"{name}.kinship"
        self.state = folder / f"{name}-state"
        self.clock = FrozenClock(NOON)
        shutil.copytree(made.path, self.path)
        self.vault = self.opened()
        self.journal = Journal(self.vault, self.clock)

    def opened(self) -> Vault:
        """Return one more running program on this computer's copy."""
        return open_vault(self.path, self.made.key(), state=self.state, clock=self.clock)

    def restart(self) -> None:
        with called(self.name):
            self.journal.close()
        self.vault = self.opened()
        self.journal = Journal(self.vault, self.clock)

    def write(self, text: str, page: str | None = None) -> str:
        """Keep a page, or an edit of one; return its id."""
        from kinship.journal.journal import PageText

        with called(self.name):
            act = self.journal.keep_page(PageText(body=text, id=page))
        return page or act.made["entries"][0]

    def take_from(self, other: Device) -> None:
        """Get the files of another computer, and look."""
        carry(other.path, self.path)
        self.journal.refresh()


def devices(folder: Path, *names: str) -> Sequence[Device]:
    """Return a computer for each name, all with the same vault, empty at first."""
    made = new_vault(folder, name="first")
    made.vault.close()
    return [Device(name, made, folder) for name in names]


def one_page_twice(folder: Path) -> tuple[Device, Device, str]:
    """Return a laptop and a phone that wrote on one page at the same time and have seen each other, and its id."""
    laptop, phone = devices(folder, "laptop", "phone")
    page = laptop.write("Tea with @Bea.")
    phone.take_from(laptop)
    laptop.clock.advance(600)
    laptop.write("Tea with @Bea.\nShe laughed. #spring", page)
    phone.clock.advance(1200)
    phone.write("Tea with @Bea.\nIt rained.", page)
    for one, other in ((laptop, phone), (phone, laptop)):
        one.take_from(other)
    return laptop, phone, page
