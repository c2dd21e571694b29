"""A program of its own that saves into a vault without end and says what was acknowledged; for killing.

Arguments: vault, state, name, number of saves (0 for no end), and in which way: "" plainly, "tidying" with a fold of
everything after every few saves, or one of the sabotages. The key comes by standard input.
"""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

from builders.vaults import NOON
from kinship.ground.clock import FrozenClock
from kinship.vault import Change, Key, durable, open_vault
from kinship.vault.segment import SegmentWriter
from kinship.vault.site import Site
from kinship.vault.state import LocalState
from kinship.vault.tidy import Order, tidy


def sabotage(way: str) -> None:
    """Break the vault on purpose, to see that a test notices."""
    if way == "buffering":
        held: list[tuple[int, bytes]] = []
        write = durable.write_all

        def late(file: int, data: bytes) -> None:
            held.append((file, data))
            if len(held) > 3:
                write(*held.pop(0))

        durable.write_all = late
        SegmentWriter._check_in_place = lambda _: None  # type: ignore[method-assign, assignment]
    if way == "sharing":
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND
        durable.open_new = lambda path: os.open(path, flags, durable.FILE_MODE)


def naive_fold(vault: Path) -> None:
    """Remove what was just read and write it again, as if nothing could happen in between; says when that is."""
    held = [(path, path.read_bytes()) for path in (vault / "log").iterdir()]
    for path, _ in held:
        path.unlink()
    os.write(1, b"folded\n")
    sys.stdin.readline()
    for path, data in held:
        path.write_bytes(data)


def fold(vault: Path, state: Path, key: Key, clock: FrozenClock) -> None:
    site = Site(vault, key, LocalState(state, key), clock, os.urandom)
    tidy(site, Order(asked=True, everything=True))


def main() -> None:
    vault, state, name, saves, way = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]), sys.argv[5]
    identity, master = sys.stdin.readline().split()
    sabotage(way)
    key = Key(bytes.fromhex(identity), bytes.fromhex(master))
    rng = random.Random(name)
    randomness = bytes if way == "sharing" else os.urandom
    clock = FrozenClock(NOON)
    with open_vault(vault, key, state=state, clock=clock, randomness=randomness) as opened:
        number = 0
        while not saves or number < saves:
            page = {"body": "x" * rng.randrange(3000), "save": number}
            opened.commit(
                [Change("pages", f"{name}-{rng.randrange(9)}", page), Change("marks", f"{name}-{number}", {})]
            )
            os.write(1, f"{name}-{number}\n".encode())
            number += 1
            if way == "tidying" and rng.random() < 0.3:
                fold(vault, state, key, clock)
                os.write(1, b"folded\n")
            if way == "folding naively" and rng.random() < 0.3:
                naive_fold(vault)
            if rng.random() < 0.1:
                opened.refresh()


if __name__ == "__main__":
    main()
