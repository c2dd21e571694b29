"""Key slots: files in `keys/`, each holding the root secret wrapped under one way to unlock."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from kinship.ground.errors import Damaged, Misused, NewerVault, Refused
from kinship.vault import crypto, durable, place
from kinship.vault.values import KdfCost, Randomness

FOLDER, ENDING = place.KEYS, place.KEY_ENDING
FORMAT = "kinship-key"
VERSION = 1
MOST_SLOTS = 8
MOST_TRIED = MOST_SLOTS + 1
"""One more for a change that was cut off half way: the old slot and the new one both open then."""
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

PASSPHRASE, KEYFILE, DEVICE = place.BY_PASSPHRASE, place.BY_KEYFILE, place.BY_DEVICE
_STRETCHED_BY = {PASSPHRASE: "argon2id", KEYFILE: "argon2id", DEVICE: "none"}
LARGEST_KEYFILE = 1024 * 1024
DEVICE_SECRET_BYTES = 32

_ZERO_NONCE = bytes(12)
_UNSIGNED = ("commit", "wrapped", "sum")


class TooHeavy(Refused):
    """A slot that takes more memory or time than anybody is made to wait for unasked."""


class Kdf(Struct, frozen=True, forbid_unknown_fields=True):
    """How a passphrase is stretched: Argon2id over m KiB, t passes, p lanes, salt s in hex; not at all for a device."""

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


def check_keyfile(keyfile: bytes) -> None:
    """Raise Misused for what is too little or too much to be a keyfile."""
    if not keyfile:
        raise Misused("The keyfile is empty.", "Name another file.")
    if len(keyfile) > LARGEST_KEYFILE:
        raise Misused("The keyfile is larger than 1 MiB.", "Name a smaller file.")


def make_slot(
    root: bytes, vault: bytes, passphrase: str, cost: KdfCost, randomness: Randomness, *, keyfile: bytes | None = None
) -> Slot:
    """Return a new slot that wraps the root secret under a passphrase, and a keyfile beside it where one is given."""
    kdf = Kdf("argon2id", cost.memory_kib, cost.passes, LANES, randomness(SALT_BYTES).hex())
    kind = PASSPHRASE if keyfile is None else KEYFILE
    slot = Slot(FORMAT, VERSION, kind, vault.hex(), randomness(8).hex(), kdf)
    return _wrapped(slot, root, _slot_keys(slot, passphrase, keyfile))


def make_device_slot(root: bytes, vault: bytes, secret: bytes, randomness: Randomness) -> Slot:
    """Return a new slot that wraps the root secret under 32 random bytes, which one computer's keyring keeps."""
    kdf = Kdf("none", 0, 0, 0, randomness(SALT_BYTES).hex())
    slot = Slot(FORMAT, VERSION, DEVICE, vault.hex(), randomness(8).hex(), kdf)
    return _wrapped(slot, root, _halves(secret, crypto.SLOT_DEVICE))


def _wrapped(slot: Slot, root: bytes, keys: tuple[bytes, bytes]) -> Slot:
    seal, commit = keys
    canonical = slot.canonical
    wrapped = crypto.sealer(seal).encrypt(_ZERO_NONCE, root, canonical)
    total = crypto.sha256(canonical + commit + wrapped)
    return msgspec.structs.replace(slot, commit=commit.hex(), wrapped=wrapped.hex(), sum=total.hex())


def open_slot(slot: Slot, passphrase: str, keyfile: bytes | None = None) -> bytes | None:
    """Return the root secret; None where passphrase or keyfile are not this slot's. Raises Damaged when altered."""
    return _unwrapped(slot, _slot_keys(slot, passphrase, keyfile))


def open_device_slot(slot: Slot, secret: bytes) -> bytes | None:
    """Return the root secret; None where the secret is not this slot's. Raises Damaged for an altered slot."""
    return _unwrapped(slot, _halves(secret, crypto.SLOT_DEVICE))


def _unwrapped(slot: Slot, keys: tuple[bytes, bytes]) -> bytes | None:
    seal, commit = keys
    if not crypto.same(commit, bytes.fromhex(slot.commit)):
        return None
    root = crypto.unseal(crypto.sealer(seal), _ZERO_NONCE, bytes.fromhex(slot.wrapped), slot.canonical)
    if root is None:
        raise Damaged(f"The key file {slot.id}{ENDING} was altered.")
    return root


def _slot_keys(slot: Slot, passphrase: str, keyfile: bytes | None) -> tuple[bytes, bytes]:
    salt = bytes.fromhex(slot.kdf.s)
    stretched = crypto.argon2id(passphrase_bytes(passphrase), salt, slot.kdf.m, slot.kdf.t, slot.kdf.p)
    if slot.kind != KEYFILE:
        return _halves(stretched, crypto.SLOT_PASSPHRASE)
    return _halves(stretched + crypto.sha256(keyfile or b""), crypto.SLOT_KEYFILE)


def _halves(secret: bytes, info: bytes) -> tuple[bytes, bytes]:
    """Return the sealing key and the commitment of a slot."""
    both = crypto.hkdf(secret, None, info, 64)
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
    if slot.format != FORMAT or slot.kdf.n != _STRETCHED_BY.get(slot.kind):
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
    """Raise Refused for a slot that is cheaper than safe or dearer than any real one, TooHeavy for one to ask about."""
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
        raise TooHeavy(f"{name} asks for much work: {much}.", "Commands ask before they try it: kinship list")
