"""Key slots: files in `keys/`, each holding the root secret wrapped under one way to unlock."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from kinship.ground.errors import Damaged, Misused, NewerVault, Refused
from kinship.vault import crypto, durable
from kinship.vault.values import KdfCost, Randomness

FOLDER = "keys"
ENDING = ".key"
FORMAT = "kinship-key"
VERSION = 1
MOST_SLOTS = 8
LARGEST_FILE = 64 * 1024
SALT_BYTES = 16
LANES = 1

FLOOR = KdfCost(64 * 1024, 3)
"""The cheapest passphrase slot that is opened; tests and throw-away vaults name a lower floor themselves."""
CEILING = KdfCost(4 * 1024 * 1024, 64)
MOST_LANES = 16
ASK_ABOVE_KIB = 1024 * 1024
ASK_ABOVE_WORK = 24 * 1024 * 1024
"""KiB times passes: about half a minute on an ordinary machine."""

_ZERO_NONCE = bytes(12)
_UNSIGNED = ("commit", "wrapped", "sum")


class Kdf(Struct, frozen=True, forbid_unknown_fields=True):
    """How a passphrase is stretched: Argon2id over m KiB, t passes, p lanes, salt s in hex."""

    n: str
    m: int
    t: int
    p: int
    s: str


class Slot(Struct, frozen=True, forbid_unknown_fields=True):
    """One key file, as it stands there; byte strings are hex."""

    format: str
    v: int
    kind: str
    vault: str
    id: str
    kdf: Kdf
    commit: str = ""
    wrapped: str = ""
    sum: str = ""

    def __repr__(self) -> str:
        return f"Slot({self.id})"

    @property
    def cost(self) -> KdfCost:
        return KdfCost(self.kdf.m, self.kdf.t)

    @property
    def canonical(self) -> bytes:
        """What the wrapping binds: every field but the three that depend on it."""
        return _canonical(msgspec.to_builtins(self))


def _canonical(fields: dict[str, Any]) -> bytes:
    told = {name: value for name, value in fields.items() if name not in _UNSIGNED}
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def passphrase_bytes(passphrase: str) -> bytes:
    """Return what is stretched: every space as U+0020, then NFC, as UTF-8 (in the spirit of RFC 8265)."""
    spaced = "".join(" " if unicodedata.category(sign) == "Zs" else sign for sign in passphrase)
    return unicodedata.normalize("NFC", spaced).encode("utf-8", "surrogatepass")


def check_new_passphrase(passphrase: str) -> None:
    """Raise Misused for a passphrase that may not come out the same on another keyboard or system."""
    if not passphrase:
        raise Misused("A passphrase cannot be empty.")
    for sign in passphrase:
        if unicodedata.category(sign) in {"Cc", "Cs", "Cn", "Co"}:
            raise Misused("The passphrase holds a sign that cannot be typed everywhere.", "Leave it out.")


def make_slot(root: bytes, vault: bytes, passphrase: str, cost: KdfCost, randomness: Randomness) -> Slot:
    """Return a new passphrase slot that wraps the root secret."""
    kdf = Kdf("argon2id", cost.memory_kib, cost.passes, LANES, randomness(SALT_BYTES).hex())
    slot = Slot(FORMAT, VERSION, "passphrase", vault.hex(), randomness(8).hex(), kdf)
    seal, commit = _slot_keys(slot, passphrase)
    canonical = slot.canonical
    wrapped = crypto.sealer(seal).encrypt(_ZERO_NONCE, root, canonical)
    total = crypto.sha256(canonical + commit + wrapped)
    return msgspec.structs.replace(slot, commit=commit.hex(), wrapped=wrapped.hex(), sum=total.hex())


def open_slot(slot: Slot, passphrase: str) -> bytes | None:
    """Return the root secret; None where the passphrase is not this slot's. Raises Damaged for an altered slot."""
    seal, commit = _slot_keys(slot, passphrase)
    if not crypto.same(commit, bytes.fromhex(slot.commit)):
        return None
    root = crypto.unseal(crypto.sealer(seal), _ZERO_NONCE, bytes.fromhex(slot.wrapped), slot.canonical)
    if root is None:
        raise Damaged(f"The key file {slot.id}{ENDING} was altered.")
    return root


def _slot_keys(slot: Slot, passphrase: str) -> tuple[bytes, bytes]:
    salt = bytes.fromhex(slot.kdf.s)
    stretched = crypto.argon2id(passphrase_bytes(passphrase), salt, slot.kdf.m, slot.kdf.t, slot.kdf.p)
    both = crypto.hkdf(stretched, None, crypto.SLOT_PASSPHRASE, 64)
    return both[:32], both[32:]


def write_slot(slot: Slot) -> bytes:
    """Return the bytes of a key file."""
    return json.dumps(msgspec.to_builtins(slot), indent=1, sort_keys=True).encode("ascii") + b"\n"


def read_slot(path: Path) -> Slot:
    """Return the slot in a key file, before any costly derivation.

    Raises Damaged where it is not what was written, NewerVault where a later version wrote it.
    """
    name = path.name
    try:
        fields = json.loads(durable.read_regular(path, most=LARGEST_FILE + 1), object_pairs_hook=_no_duplicates)
        if isinstance(fields, dict) and fields.get("format") == FORMAT and _is_later(fields.get("v")):
            raise NewerVault(f"The key file {name} was made by a later kinship.", "Install the newest version.")
        slot = msgspec.convert(fields, Slot)
        proof = _canonical(fields) + bytes.fromhex(slot.commit) + bytes.fromhex(slot.wrapped)
        lengths = [len(bytes.fromhex(told)) for told in (slot.vault, slot.kdf.s, slot.commit, slot.wrapped, slot.sum)]
    except (OSError, ValueError, msgspec.ValidationError, RecursionError) as error:
        raise Damaged(f"The key file {name} is damaged.") from error
    if lengths != [16, SALT_BYTES, 32, 36, 32] or crypto.sha256(proof) != bytes.fromhex(slot.sum):
        raise Damaged(f"The key file {name} is damaged.")
    if slot.format != FORMAT or slot.kdf.n != "argon2id":
        raise Damaged(f"The key file {name} is of no known kind.")
    return slot


def _is_later(version: object) -> bool:
    return isinstance(version, int) and not isinstance(version, bool) and version > VERSION


def _no_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError("a field stands twice")
    return fields


def check_cost(slot: Slot, floor: KdfCost, *, heavy: bool) -> None:
    """Raise Refused for a slot that is cheaper than safe, or dearer than a person would wait for."""
    cost, kdf = slot.cost, slot.kdf
    name = f"The key file {slot.id}{ENDING}"
    if cost.memory_kib < floor.memory_kib or cost.passes < floor.passes or kdf.p < 1:
        raise Refused(
            f"{name} asks for less work than a passphrase needs to be safe.", "It may have been tampered with."
        )
    if cost.memory_kib > CEILING.memory_kib or cost.passes > CEILING.passes or kdf.p > MOST_LANES:
        raise Refused(f"{name} asks for more work than any real one.", "It may have been tampered with.")
    if not heavy and (cost.memory_kib > ASK_ABOVE_KIB or cost.memory_kib * cost.passes > ASK_ABOVE_WORK):
        much = f"{cost.memory_kib // 1024} MiB of memory, {cost.passes} times over"
        raise Refused(f"{name} asks for much work: {much}.", "Allow it if you made it so.")
