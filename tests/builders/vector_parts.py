"""What test vectors are made of: whole little vaults from fixed randomness, and their parts."""

from __future__ import annotations

import base64
import copy
import hashlib
import json
import struct
import zlib
from collections.abc import Callable
from typing import Any

from kinship.vault.crypto import Key, master_key
from kinship.vault.frame import CONTINUES, GOES_ON, nonce, write_frame
from kinship.vault.identity import write_identity
from kinship.vault.recovery import write_recovery
from kinship.vault.segment import Header, Kind, write_header
from kinship.vault.slots import make_slot, write_slot
from kinship.vault.values import KdfCost

COST = KdfCost(64, 1)
"""Far below the floor: readers of vectors are told so."""
PASSPHRASE = "café au lait"
KEYFILE = b"a picture of a cat"

Json = dict[str, Any]
Pages = dict[str, list[str]] | None


def randomness(seed: str) -> Callable[[int], bytes]:
    """Return a source of bytes that only depend on `seed`."""
    count = 0

    def give(length: int) -> bytes:
        nonlocal count
        count += 1
        return hashlib.shake_256(f"{seed} {count}".encode()).digest(length)

    return give


ROOT, VAULT = randomness("root")(20), randomness("vault")(16)
KEY = master_key(ROOT, VAULT)
SHEET = write_recovery(ROOT)
OTHER_ROOT, OTHER_VAULT = randomness("other root")(20), randomness("other vault")(16)
OTHER_KEY = master_key(OTHER_ROOT, OTHER_VAULT)
LAPTOP, PHONE, TABLET = ("a1" * 16, "b2" * 16, "c3" * 16)
"""Segments, named after who wrote them."""
SLOT_FILE = "keys/51.key"


class Writer:
    """Writes one segment, frame by frame, as badly as it is told to."""

    def __init__(self, name: str, key: Key = KEY, kind: Kind = Kind.LOG) -> None:
        self.name = name
        self.data, self.header = write_header(key, kind, bytes.fromhex(name), randomness(f"salt {name}")(32))
        self.starts = [len(self.data)]
        self.index = 0
        self.tag = b""

    @property
    def file(self) -> str:
        return f"log/{self.name}.seg"

    def add(self, record: Json | bytes, flags: int = 0, index: int | None = None) -> Writer:
        encoded = record if isinstance(record, bytes) else json.dumps(record, separators=(",", ":")).encode()
        return self.add_bytes(
            write_frame(self.header.cipher, self.index if index is None else index, flags, encoded), index
        )

    def add_bytes(self, frame: bytes, index: int | None = None) -> Writer:
        self.index = (self.index if index is None else index) + 1
        self.tag = frame[-16:]
        self.data += frame
        self.starts.append(len(self.data))
        return self

    def add_body(self, body: bytes) -> Writer:
        """Add a frame whose tag is good and whose body is `body`, whatever that is."""
        return self.add_bytes(sealed(self.header, self.index, body))

    def save(self, *records: Json) -> Writer:
        for place, record in enumerate(records):
            self.add(record, (GOES_ON if place < len(records) - 1 else 0) | (CONTINUES if place else 0))
        return self

    def witness(self) -> dict[str, list[Any]]:
        return {self.name: [self.index, self.tag.hex()]}


def sealed(header: Header, index: int, body: bytes, crc: int | None = None) -> bytes:
    """Return a frame whose tag is good, whatever its body and its CRC are."""
    prefix = struct.pack("<4sIII", b"KFRM", index, 0, len(body) + 16)
    head = prefix + struct.pack("<I", zlib.crc32(prefix) if crc is None else crc)
    return head + header.cipher.encrypt(nonce(index), body, head)


def put(uid: str, body: str | None, *version: int, clock: int = 1, **more: Any) -> Json:
    """Return an operation on a page; None deletes it."""
    document = None if body is None else {"body": body, "day": "2024-05-03", "title": uid}
    return {"t": "entries", "u": uid, "v": list(version), "h": clock << 16, "x": document, **more}


def ops(*operations: Json, actors: tuple[str, ...] = (), **more: Any) -> Json:
    return {"ops": list(operations), **({"actors": list(actors)} if actors else {}), **more}


def opening(name: str, **more: Any) -> Json:
    who = {
        "device": randomness(name)(16).hex(),
        "name": name,
        "program": "kinship 1.0",
        "at": "2024-05-03T12:00:00+00:00",
    }
    return {"open": who, **more}


def laptop() -> Writer:
    """Eight frames: an opening, two saves, a save of three frames, an edit, a close."""
    writer = Writer(LAPTOP).add(opening("laptop", slots=["51" * 8], h=1))
    writer.save(ops(put("a", "first", 0, 1))).save(ops(put("b", "second", 0, 1)))
    writer.save(
        ops(put("c1", "third, one", 0, 1)), ops(put("c2", "third, two", 0, 1)), ops(put("c3", "third, three", 0, 1))
    )
    return writer.save(ops(put("a", "first, edited", 0, 2, clock=2))).save({"close": 1})


def phone(*, closed: bool = True) -> Writer:
    """Five frames: an opening that has read the laptop's, an edit of it, a page of its own, a deletion, a close."""
    writer = Writer(PHONE).add(
        opening("phone", witness=laptop().witness(), authors={LAPTOP: {"name": "laptop", "saves": 4}})
    )
    writer.save(ops(put("b", "second, edited", 0, 1, 1, 1, clock=3), actors=(LAPTOP,)))
    writer.save(ops(put("d", "fourth", 0, 1, clock=4))).save(
        ops(put("c1", None, 0, 1, 1, 1, clock=5), actors=(LAPTOP,))
    )
    return writer.save({"close": 1}) if closed else writer


def tablet() -> Writer:
    """Five frames: an opening, a page, and at last a save of three frames; it was not closed."""
    writer = Writer(TABLET).add(opening("tablet")).save(ops(put("e", "fifth", 0, 1, clock=6)))
    return writer.save(*(ops(put(f"f{part}", f"sixth, {part}", 0, 1, clock=7)) for part in (1, 2, 3)))


WHOLE: dict[str, list[str]] = {
    "a": ["first, edited"],
    "b": ["second, edited"],
    "c2": ["third, two"],
    "c3": ["third, three"],
    "d": ["fourth"],
    "e": ["fifth"],
    "f1": ["sixth, 1"],
    "f2": ["sixth, 2"],
    "f3": ["sixth, 3"],
}
"""What stands in the base `plain`."""
LAST = {"f1": None, "f2": None, "f3": None}


def but(**pages: str | None) -> Pages:
    """Return the pages of `plain`, some of them with another text or gone."""
    told = copy.deepcopy(WHOLE)
    for uid, body in pages.items():
        told.pop(uid, None)
        if body is not None:
            told[uid] = [body]
    return told


def slot(passphrase: str = PASSPHRASE, *, seed: str = "slot", keyfile: bytes | None = None, **kdf: Any) -> Json:
    """Return a key file as its fields; with `kdf` the cost is another and the seals are not made anew."""
    made: Json = json.loads(write_slot(make_slot(ROOT, VAULT, passphrase, COST, randomness(seed), keyfile=keyfile)))
    made["kdf"].update(kdf)
    return resum(made) if kdf else made


def resum(fields: Json) -> Json:
    """Return the key file with a `sum` that fits, as somebody would make it who alters it on purpose."""
    told = {name: value for name, value in fields.items() if name not in ("commit", "wrapped", "sum")}
    canonical = json.dumps(told, sort_keys=True, separators=(",", ":")).encode()
    total = hashlib.sha256(canonical + bytes.fromhex(fields["commit"]) + bytes.fromhex(fields["wrapped"]))
    return {**fields, "sum": total.hexdigest()}


def key_bytes(fields: Json) -> bytes:
    return json.dumps(fields, indent=1, sort_keys=True).encode() + b"\n"


def kin(**parts: bytes | int) -> bytes:
    """Return a vault.kin that says something else, with a checksum that fits."""
    body = bytearray(write_identity(KEY)[:96])
    places = {"version": (8, 2), "reserved": (10, 2), "vault": (16, 16), "commitment": (32, 32), "capture": (64, 32)}
    for name, value in parts.items():
        at, length = places[name]
        body[at : at + length] = value.to_bytes(length, "little") if isinstance(value, int) else value
    return bytes(body) + hashlib.sha256(bytes(body)).digest()


def bases() -> dict[str, dict[str, bytes]]:
    """Return the base vaults: name -> path -> bytes."""
    start = {"vault.kin": write_identity(KEY), SLOT_FILE: key_bytes(slot())}
    log = {writer.file: writer.data for writer in (laptop(), phone(), tablet())}
    keyfile = {SLOT_FILE: key_bytes(slot(keyfile=KEYFILE))}
    return {"plain": {**start, **log}, "keyfile": {**start, **log, **keyfile}, "bare": start}


class Collection:
    """Vectors as they are told, one after another."""

    def __init__(self) -> None:
        self.vectors: dict[str, Json] = {}

    def add(
        self,
        name: str,
        says: str,
        outcome: str,
        *faults: Json,
        pages: Pages = None,
        secret: Json | None = None,
        base: str = "plain",
    ) -> None:
        """Add one vector; `outcome` is its class and, after commas, what readers say besides."""
        kind, *also = outcome.split(", ")
        if name in self.vectors:
            raise ValueError(name)
        self.vectors[name] = {
            "says": says,
            "base": base,
            "secret": secret or {"passphrase": PASSPHRASE},
            "faults": list(faults),
            "class": kind,
            "also": also,
            "readers": ["app", "script"],
            "pages": pages,
        }


def write(data: bytes, file: str) -> Json:
    return {"file": file, "write": base64.b64encode(data).decode()}


def opened(text: str = SHEET) -> Json:
    return {"recovery": text}
