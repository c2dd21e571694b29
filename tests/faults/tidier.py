"""A program of its own that tidies without end, or saves in many short sessions of which half die without a farewell.

Arguments: "tidy" or "save", vault, state, name, number of sessions, sabotage ("" for none). The key comes by standard
input. Savers say what was acknowledged; tidiers say once that they began and then only what went wrong, and end when
standard input is closed.
"""

from __future__ import annotations

import os
import random
import select
import sys
from collections.abc import Iterator
from pathlib import Path

from builders.vaults import NOON
from kinship.ground.clock import FrozenClock
from kinship.ground.errors import KinshipError
from kinship.vault import Change, Key, open_vault
from kinship.vault.fold import Whole
from kinship.vault.site import Site
from kinship.vault.state import LocalState
from kinship.vault.tidy import Order, _Tidying, tidy

SAVES = 4


def sabotage() -> None:
    """Tidy naively: whatever was read is removed, whoever may still be writing it."""

    def remove(_: object, whole: Whole) -> Iterator[Path]:
        for path in whole.files:
            path.unlink(missing_ok=True)
        yield from ()

    setattr(_Tidying, "_is_ready", lambda *_: True)  # noqa: B010 - a method is replaced
    setattr(_Tidying, "_remove", remove)  # noqa: B010 - a method is replaced


def tidy_on(site: Site) -> None:
    os.write(1, b"began\n")
    while not select.select([0], [], [], 0)[0]:
        try:
            tidy(site, Order(asked=True, everything=random.Random(os.times().elapsed).random() < 0.3))
        except KinshipError as error:
            os.write(1, f"{error}\n".encode())


def save_on(vault: Path, key: Key, state: Path, name: str, sessions: int) -> None:
    for session in range(sessions):
        child = os.fork()
        if child == 0:
            opened = open_vault(vault, key, state=state, clock=FrozenClock(NOON))
            for number in range(SAVES):
                uid = f"{name}-{session}-{number}"
                opened.commit([Change("marks", uid, {}), Change("pages", uid, {"body": "x" * 300})])
                os.write(1, f"{uid}\n".encode())
            if session % 2:
                opened.close()
            os._exit(0)
        if os.waitpid(child, 0)[1] != 0:
            os._exit(1)


def main() -> None:
    what, place, local, name, sessions, way = sys.argv[1:7]
    identity, master = os.read(0, 200).decode().split()
    key, vault, state = Key(bytes.fromhex(identity), bytes.fromhex(master)), Path(place), Path(local)
    if way == "naive":
        sabotage()
    if what == "tidy":
        tidy_on(Site(vault, key, LocalState(state, key), FrozenClock(NOON), os.urandom))
    else:
        save_on(vault, key, state, name, int(sessions))


if __name__ == "__main__":
    main()
