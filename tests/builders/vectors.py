"""Test vectors: a base vault with one fault is laid out, and read by the app or by the stand-alone reader."""

from __future__ import annotations

import base64
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

from builders.vaults import CHEAP, NOON
from kinship.ground.clock import FrozenClock
from kinship.ground.errors import Damaged, KinshipError, Misused, NewerVault, Refused, WrongPassphrase
from kinship.vault import Vault, open_vault, unlock, unlock_with_recovery

FOLDER = Path(__file__).parent.parent / "vectors"
BASES = FOLDER / "bases"
FLOOR = (CHEAP.memory_kib, CHEAP.passes, 1)
ERRORS: dict[type[Exception], str] = {
    Misused: "mistyped",
    WrongPassphrase: "wrong key",
    Damaged: "damaged",
    NewerVault: "newer",
    Refused: "refused",
}
NOTICES = {"tail": "torn", "other_key": "other key", "swapped": "damaged"}
SAID_BY_THE_APP_ALONE = {"readme", "retired", "state", "folder"}
"""What follows from the computer and the program, not from the vault."""

Fault = dict[str, Any]
Vector = dict[str, Any]


class Outcome(NamedTuple):
    """What a reader made of a vault: the kinds of what it says, and the pages it shows; None where it did not open."""

    kinds: tuple[str, ...]
    pages: dict[str, list[str]] | None


def vectors() -> list[Path]:
    """Return every vector, by name."""
    return sorted(path for path in FOLDER.glob("*/*.json") if path.parent != BASES)


def read_vector(path: Path) -> Vector:
    vector: Vector = json.loads(path.read_bytes())
    return vector


def expected(vector: Vector) -> Outcome:
    kinds = {vector["class"], *vector["also"]} - {"ok"}
    return Outcome(tuple(sorted(kinds)), vector["pages"])


def lay_out(vector: Vector, folder: Path) -> Path:
    """Return a copy of the base with the faults of the vector in it."""
    vault = folder / "vector.kinship"
    shutil.copytree(BASES / vector["base"], vault)
    for fault in vector["faults"]:
        harm(vault, fault)
    return vault


def harm(vault: Path, fault: Fault) -> None:
    """Do one fault to a vault: its keys say what."""
    file = vault / fault["file"]
    (act,) = fault.keys() & _ACTS.keys()
    _ACTS[act](file, fault)


def _rewrite(change: Callable[[bytes, Fault], bytes]) -> Callable[[Path, Fault], None]:
    def act(file: Path, fault: Fault) -> None:
        data = file.read_bytes() if file.exists() else b""
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(change(data, fault))

    return act


def _flip(data: bytes, fault: Fault) -> bytes:
    at, bit = divmod(fault["flip"], 8)
    return data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :]


def _put(data: bytes, fault: Fault) -> bytes:
    new = bytes.fromhex(fault["put"])
    return data[: fault["at"]] + new + data[fault["at"] + len(new) :]


def _insert(data: bytes, fault: Fault) -> bytes:
    return data[: fault["at"]] + bytes.fromhex(fault["insert"]) + data[fault["at"] :]


def _drop(data: bytes, fault: Fault) -> bytes:
    start, end = fault["drop"]
    return data[:start] + data[end:]


def _remove(file: Path, _: Fault) -> None:
    if file.is_dir():
        shutil.rmtree(file)
    else:
        file.unlink()


def _rename(file: Path, fault: Fault) -> None:
    file.rename(file.parent.parent / fault["rename"])


def _copy(file: Path, fault: Fault) -> None:
    shutil.copy(file, file.parent.parent / fault["copy"])


_ACTS: dict[str, Callable[[Path, Fault], None]] = {
    "flip": _rewrite(_flip),
    "put": _rewrite(_put),
    "insert": _rewrite(_insert),
    "drop": _rewrite(_drop),
    "cut": _rewrite(lambda data, fault: data[: fault["cut"]]),
    "append": _rewrite(lambda data, fault: data + bytes.fromhex(fault["append"])),
    "write": _rewrite(lambda _, fault: base64.b64decode(fault["write"])),
    "remove": _remove,
    "rename": _rename,
    "copy": _copy,
    "folder": lambda file, _: file.mkdir(),
}


def read_by_app(vault: Path, secret: dict[str, str], state: Path) -> Outcome:
    """Open the vault as kinship does, on a computer that has never seen it."""
    try:
        opened = _opened_by_app(vault, secret, state)
    except KinshipError as error:
        return Outcome(tuple(name for kind, name in ERRORS.items() if isinstance(error, kind)), None)
    with opened:
        kinds = {NOTICES.get(notice.what, notice.what) for notice in opened.notices} - SAID_BY_THE_APP_ALONE
        uids = [uid for uid, _ in opened.all("entries")]
        pages = {uid: [_body(document) for document in opened.heads("entries", uid)] for uid in uids}
    return Outcome(tuple(sorted(kinds)), pages)


def _opened_by_app(vault: Path, secret: dict[str, str], state: Path) -> Vault:
    if "recovery" in secret:
        key = unlock_with_recovery(vault, secret["recovery"], state=state, later=True)
    else:
        keyfile = bytes.fromhex(secret["keyfile"]) if "keyfile" in secret else None
        key = unlock(vault, secret["passphrase"], state=state, floor=CHEAP, later=True, keyfile=keyfile)
    return open_vault(vault, key, state=state, clock=FrozenClock(NOON))


def read_by_script(vault: Path, secret: dict[str, str], reader: ModuleType) -> Outcome:
    """Open the vault as the stand-alone reader does."""
    keyfile = bytes.fromhex(secret["keyfile"]) if "keyfile" in secret else None
    typed = secret.get("recovery", secret.get("passphrase", ""))
    try:
        reading = reader.Reading(vault, typed, keyfile, FLOOR)
    except reader.Unreadable as problem:
        return Outcome((problem.args[0],), None)
    kinds = {kind for kind, _ in reading.findings}
    entries = reading.documents().get("entries", {})
    return Outcome(tuple(sorted(kinds)), {uid: [_body(one) for one in found] for uid, found in entries.items()})


def _body(document: dict[str, Any] | None) -> str:
    return "" if document is None else str(document["body"])
