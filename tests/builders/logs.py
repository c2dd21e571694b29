"""Vaults with many writing sessions, and everything that can be read out of their files with the key."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from builders.vaults import Made
from kinship.vault import Change, Key, Vault
from kinship.vault.frame import read_frames
from kinship.vault.segment import HEADER_BYTES, Header, Kind, read_header


def page(uid: str, body: str = "") -> Change:
    return Change("entries", uid, {"body": body or f"words of {uid}"})


def write_sessions(made: Made, count: int, name: str = "p") -> list[str]:
    """Save one page in each of `count` sessions; return the ids."""
    ids = [f"{name}{number}" for number in range(count)]
    for uid in ids:
        save(made, [page(uid)])
    return ids


def save(made: Made, changes: Sequence[Change]) -> Path:
    """Commit `changes` in a session of their own; return its segment."""
    with Vault(made.path, key_of(made), state=made.state, clock=made.clock, randomness=os.urandom) as vault:
        vault.load()
        vault.commit(changes)
        return made.path / "log" / f"{vault.session}.seg"


def key_of(made: Made) -> Key:
    return made.vault.site.key


def segments(made: Made) -> list[Path]:
    return sorted((made.path / "log").iterdir())


def bodies(vault: Vault) -> dict[str, str]:
    return {uid: document["body"] for uid, document in vault.all("entries")}


def readable_bytes(key: Key, *places: Path) -> Iterator[bytes]:
    """Yield the content of every frame that the key opens in any file below `places`, whatever it is called."""
    for place in places:
        for path in sorted(place.rglob("*")):
            if not path.is_file() or path.is_symlink():
                continue
            data = path.read_bytes()
            for kind in Kind:
                header = read_header(key, kind, data)
                if isinstance(header, Header):
                    yield from (bytes(frame.record) for frame in read_frames(header.cipher, data, HEADER_BYTES, 0))
            yield data
