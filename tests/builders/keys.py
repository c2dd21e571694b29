"""Keys for tests: cheap roots, a keyring in memory, and a machine that stops at a chosen step of writing."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from builders.vaults import CHEAP, Made
from kinship.ground.errors import KinshipError
from kinship.vault import durable
from kinship.vault.roots import Root, Terms, root_by_passphrase

TERMS = Terms(floor=CHEAP)
NEW = "another horse of another battery"
STEPS = ("write_all", "sync_file", "sync_folder", "open_new", "remove_durable", "create_durable", "replace_durable")
"""What the vault asks of the disk, one function each."""


def root_of(
    made: Made, passphrase: str | None = None, *, keyfile: bytes | None = None, path: Path | None = None
) -> Root:
    """Return the root secret that a passphrase opens, at no cost."""
    told = made.passphrase if passphrase is None else passphrase
    return root_by_passphrase(path or made.path, told, state=made.state, keyfile=keyfile, terms=TERMS)


def opens(made: Made, passphrase: str, *, keyfile: bytes | None = None, path: Path | None = None) -> bool:
    """Return whether a passphrase opens the vault."""
    try:
        return bool(root_of(made, passphrase, keyfile=keyfile, path=path))
    except KinshipError:
        return False


@dataclass
class Memory:
    """A keyring that lives as long as the test; `refuses` makes it say no."""

    kept: dict[str, bytes] = field(default_factory=dict)
    refuses: bool = False

    def get(self, slot: str) -> bytes | None:
        return self.kept.get(slot)

    def put(self, slot: str, secret: bytes) -> None:
        if self.refuses:
            raise KinshipError("The keyring is locked.")
        self.kept[slot] = secret

    def drop(self, slot: str) -> None:
        self.kept.pop(slot, None)


class PowerCut(BaseException):
    """The machine stops here: nothing after it runs, no clean-up of the program either."""


def full() -> OSError:
    return OSError(errno.ENOSPC, "no space left")


@contextmanager
def failing_at(
    step: int, error: Callable[[], BaseException], monkeypatch: pytest.MonkeyPatch, *, once: bool = False
) -> Iterator[list[str]]:
    """Let the `step`-th request to the disk, and all after it unless `once`, fail; yields the names of all requests."""
    asked: list[str] = []

    def watched(name: str) -> Callable[..., Any]:
        real = getattr(durable, name)

        def call(*arguments: Any, **named: Any) -> Any:
            asked.append(name)
            if len(asked) == step or (len(asked) > step and not once):
                raise error()
            return real(*arguments, **named)

        return call

    with monkeypatch.context() as patched:
        for name in STEPS:
            patched.setattr(durable, name, watched(name))
        yield asked
