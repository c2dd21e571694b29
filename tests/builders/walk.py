"""A random walk of three computers that share a vault through a syncer which carries what it likes, when it likes."""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from builders.vaults import NOON
from kinship.ground.clock import FrozenClock
from kinship.vault import Change, Key, Vault, open_vault
from kinship.vault.merge import Head
from kinship.vault.tidy import Order, tidy

Step = tuple[str, int, int, int]
"""What happens, on which computer, a second number (a page, another computer), and a seed for the rest."""

PAGES = ("a", "b", "c")
COMPUTERS = 3
WAYS = (
    *("edit",) * 8, *("stale_edit",) * 2, *("delete",) * 2, *("carry",) * 9, *("restart",) * 3, *("crash",) * 2,
    *("tidy",) * 2, *("clock",) * 2, *("look",) * 2, "written_over",
)  # fmt: skip
SKEWS = (0, 5 * 365 * 86_400, -3 * 365 * 86_400)
"""Seconds by which the three clocks are wrong at first."""
HARMLESS = frozenset({"tail"})
"""What may be told once everything has arrived: a crash cut off what nobody was told to be saved."""


def steps_of(seed: int, most: int = 26) -> list[Step]:
    """Return the walk of a seed."""
    dice = random.Random(seed)
    return [
        (dice.choice(WAYS), dice.randrange(COMPUTERS), dice.randrange(3), dice.getrandbits(32))
        for _ in range(dice.randrange(4, most))
    ]


class Walk:
    """Three computers with a copy each; for each text, who replaced it knowingly."""

    def __init__(self, folder: Path, vault: Path, key: Key) -> None:
        self.key = key
        self.paths = [folder / f"copy{number}.kinship" for number in range(COMPUTERS)]
        self.states = [folder / f"state{number}" for number in range(COMPUTERS)]
        self.clocks = [FrozenClock(NOON + dt.timedelta(seconds=skew)) for skew in SKEWS]
        for path in self.paths:
            shutil.copytree(vault, path)
        self.vaults: list[Vault] = [self._opened(number) for number in range(COMPUTERS)]
        self.written: dict[str, str] = {}
        """Every acknowledged text, and its page."""
        self.replaced: set[str] = set()
        self.synced: dict[tuple[int, int], dict[str, int]] = {}
        """Size of each file when two computers last had the same of it."""
        self.drafts: dict[tuple[int, str], tuple[tuple[dict[str, int], ...], set[str]]] = {}

    def _opened(self, number: int) -> Vault:
        return open_vault(self.paths[number], self.key, state=self.states[number], clock=self.clocks[number])

    def texts(self, number: int, page: str) -> set[str]:
        """Return what a person at this computer sees of a page."""
        return {document["body"] for document in self.vaults[number].heads("pages", page) if document is not None}

    def run(self, steps: Iterable[Step]) -> list[str]:
        """Walk, bring everything together, and return what is wrong."""
        try:
            for name, one, other, seed in steps:
                getattr(self, name)(one, other, random.Random(seed))
            return self.faults()
        finally:
            for vault in self.vaults:
                vault.close()

    # -- what people do -----------------------------------------------------------------------------------------

    def edit(self, one: int, other: int, _: random.Random) -> None:
        page = PAGES[other]
        seen = self.texts(one, page)
        self._save(one, page, seen)
        self.drafts.setdefault((one, page), (self.vaults[one].versions("pages", page), self.texts(one, page)))

    def stale_edit(self, one: int, other: int, _: random.Random) -> None:
        """Keep words that were begun on a page as it was a while ago."""
        page = PAGES[other]
        began, seen = self.drafts.pop((one, page), ((), set()))
        if began:
            self._save(one, page, seen, began=began)

    def _save(self, one: int, page: str, seen: set[str], **more: Any) -> None:
        text = f"{page}{len(self.written)}"
        self.vaults[one].commit([Change("pages", page, {"body": text}, **more)])
        self.written[text] = page
        self.replaced |= seen

    def delete(self, one: int, other: int, _: random.Random) -> None:
        page = PAGES[other]
        seen = self.texts(one, page)
        self.vaults[one].commit([Change("pages", page, None)])
        self.replaced |= seen

    def look(self, one: int, _other: int, _: random.Random) -> None:
        self.vaults[one].refresh()

    def restart(self, one: int, _other: int, _: random.Random) -> None:
        self.vaults[one].close()
        self.vaults[one] = self._opened(one)

    def tidy(self, one: int, _other: int, _: random.Random) -> None:
        tidy(self.vaults[one].site, Order(asked=True))

    def clock(self, one: int, _other: int, dice: random.Random) -> None:
        """Let time pass, or the clock be set, forwards or backwards."""
        self.clocks[one].at += dt.timedelta(seconds=dice.choice((5, 3_600, -7_200, 90 * 86_400, -400 * 86_400)))

    # -- what machines do to them -------------------------------------------------------------------------------

    def crash(self, one: int, _other: int, dice: random.Random) -> None:
        """Let the program die in the middle of a write nobody was told to be saved."""
        session = self.vaults[one]._session
        writer, lock = session._writer, session._lock
        session._writer = session._lock = None
        self.vaults[one].close()
        if writer is not None:
            if writer._in_place() and not writer.poisoned:
                os.write(writer._file, dice.choice((b"", b"KFRM", dice.randbytes(60), bytes(40))))
            os.close(writer._file)
            writer._file = -1
        if lock is not None:
            os.close(lock)
        self.vaults[one] = self._opened(one)

    def written_over(self, one: int, other: int, dice: random.Random) -> None:
        """Let a careless copy put an earlier state of the file in place of it while a program writes it."""
        mine = self.vaults[one]._session.file
        if mine is not None and mine.exists():
            data = mine.read_bytes()
            mine.write_bytes(data[: dice.randrange(len(data))])
            dice.choice((self.edit, self.restart))(one, other, dice)

    def carry(self, one: int, other: int, dice: random.Random) -> None:
        """Carry some files from one computer to another, some only in part, and some removals."""
        if one == other:
            return
        source, target = self.paths[one] / "log", self.paths[other] / "log"
        mine = self.vaults[other]._session.file
        for file in sorted(source.iterdir()):
            if dice.random() < 0.7:
                self._carry_file(one, other, file, target, mine, dice)
        for name, size in list(self.synced.get((one, other), {}).items()):
            there = target / name
            gone = not (source / name).exists() and there.exists() and there.stat().st_size == size
            if gone and dice.random() < 0.7:
                there.unlink()
        if dice.random() < 0.7:
            self.vaults[other].refresh()

    def _carry_file(
        self, one: int, other: int, file: Path, target: Path, mine: Path | None, dice: random.Random
    ) -> None:
        there = target / file.name
        data = file.read_bytes()
        have = there.stat().st_size if there.exists() else -1
        if mine is not None and there.name == mine.name:
            there = target / f"{file.stem}.sync-conflict-20240503-{dice.randrange(999_999):06}-ABCDEFG.seg"
            have = -1
        if len(data) > have:
            cut = dice.random() < 0.25
            whole = data[: dice.randrange(max(0, have) + 1, len(data) + 1)] if cut else data
            if dice.random() < 0.5:
                there.write_bytes(whole)
            else:
                beside = target / f".syncthing.{file.name}.tmp"
                beside.write_bytes(whole)
                beside.replace(there)
            have = len(whole)
        if have == len(data):
            for pair in ((one, other), (other, one)):
                self.synced.setdefault(pair, {})[file.name] = have

    # -- what must hold -----------------------------------------------------------------------------------------

    def settle(self) -> None:
        """Bring every file everywhere, the longest of each, and start every program anew."""
        for vault in self.vaults:
            vault.close()
        longest: dict[str, bytes] = {}
        for path in self.paths:
            for file in (path / "log").iterdir():
                data = file.read_bytes()
                if len(data) > len(longest.get(file.name, b"")):
                    longest[file.name] = data
        for path in self.paths:
            for name, data in longest.items():
                (path / "log" / name).write_bytes(data)
        self.vaults = [self._opened(number) for number in range(COMPUTERS)]

    def faults(self) -> list[str]:
        """Return texts that nobody replaced and that are gone, pages the copies disagree on, and false alarms."""
        self.settle()
        wrong = [
            f"lost: {text}"
            for text, page in self.written.items()
            if text not in self.replaced and text not in self.texts(0, page)
        ]
        for page in PAGES:
            told = {_plainly(vault._shelf.heads("pages", page)) for vault in self.vaults}
            wrong += [f"disagreed: {page}"] if len(told) > 1 else []
        for vault in self.vaults:
            wrong += [f"told: {one.what}: {one.sentence}" for one in vault.notices if one.what not in HARMLESS]
        return wrong


def _plainly(heads: tuple[Head, ...]) -> str:
    return repr([(sorted(head.version.items()), head.clock, head.document, head.author) for head in heads])


def walked(folder: Path, vault: Path, key: Key, steps: Iterable[Step]) -> tuple[list[str], int]:
    """Return what is wrong after a walk in a folder of its own, and how many saves were acknowledged on it."""
    with suppress(FileNotFoundError):
        shutil.rmtree(folder)
    folder.mkdir()
    walk = Walk(folder, vault, key)
    wrong = walk.run(steps)
    return wrong, len(walk.written)


def shortest(folder: Path, vault: Path, key: Key, steps: list[Step]) -> list[Step]:
    """Return as few of the steps as still go wrong."""
    at = 0
    while at < len(steps):
        fewer = steps[:at] + steps[at + 1 :]
        if walked(folder, vault, key, fewer)[0]:
            steps = fewer
        else:
            at += 1
    return steps
