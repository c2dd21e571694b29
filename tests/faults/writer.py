"""A program of its own that saves into a vault without end and says what was acknowledged; for killing.

Arguments: vault, state, name, number of saves (0 for no end), sabotage ("" for none). The key comes by standard input.
"""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

from builders.vaults import NOON
from kinship.ground.clock import FrozenClock
from kinship.vault import Change, Key, durable, open_vault


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
    if way == "sharing":
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND
        durable.open_new = lambda path: os.open(path, flags, durable.FILE_MODE)


def main() -> None:
    vault, state, name, saves, way = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]), sys.argv[5]
    identity, master = sys.stdin.readline().split()
    sabotage(way)
    key = Key(bytes.fromhex(identity), bytes.fromhex(master))
    rng = random.Random(name)
    randomness = bytes if way == "sharing" else os.urandom
    with open_vault(vault, key, state=state, clock=FrozenClock(NOON), randomness=randomness) as opened:
        number = 0
        while not saves or number < saves:
            page = {"body": "x" * rng.randrange(3000), "save": number}
            opened.commit(
                [Change("pages", f"{name}-{rng.randrange(9)}", page), Change("marks", f"{name}-{number}", {})]
            )
            os.write(1, f"{name}-{number}\n".encode())
            number += 1
            if rng.random() < 0.1:
                opened.refresh()


if __name__ == "__main__":
    main()
