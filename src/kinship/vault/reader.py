r"""WHAT THIS FOLDER IS.

This is a vault of kinship, an encrypted journal for the terminal. Nothing in it can be read without the passphrase
or the printed recovery sheet. Do not edit, rename or remove files in it.

HOW TO OPEN IT
With kinship: install it (pipx install kinship) and open this folder with it.

Without kinship: this text is itself a program that reads the vault. It needs Python 3.10 or newer and the package
`cryptography`, writes nothing unless you name a file, and uses no network. In a terminal (the first line somewhere
else than in this folder):

    python3 -m pip install cryptography
    python3 READ-ME-recovery.txt                        the pages, as Markdown
    python3 READ-ME-recovery.txt --json                 everything, as JSON
    python3 READ-ME-recovery.txt --output pages.md      into a new file that only you can read
    python3 READ-ME-recovery.txt --keyfile FILE         where a key file belongs to the passphrase
    python3 READ-ME-recovery.txt PATH                   a vault that lies elsewhere

It asks for the passphrase, or for the recovery text: ten groups of four signs from the sheet (O is read as 0; I and
L as 1). Everything that it could not read it names, and it ends with 0 when all was read, 2 for a mistyped sheet, 3
for a wrong secret, 4 for damage, 6 for a vault of a later version.

BEFORE YOU RUN IT
Who can write this folder can change this text. Compare `sha256sum READ-ME-recovery.txt` with the number on your
recovery sheet or in kinship's documentation (docs/reader.md); if they differ, take this file from there.
The format of the vault is described in docs/FORMAT.md of kinship.
"""

import os
import sys

if __name__ == "__main__":  # what else lies in this folder is never imported: others may write here
    HERE = os.path.realpath(os.path.dirname(__file__))  # noqa: PTH120 - pathlib comes later
    sys.path[:] = [place for place in sys.path if os.path.realpath(place) != HERE]

import argparse
import getpass
import hashlib
import hmac
import json
import re
import struct
import unicodedata
import zlib
from pathlib import Path
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
FLOOR, CEILING = (64 * 1024, 3, 1), (4 * 1024 * 1024, 64, 16)  # KiB, passes and lanes of Argon2id
EXIT_CODES = {"mistyped": 2, "wrong key": 3, "damaged": 4, "newer": 6}
COMMANDS = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
SLOT_FIELDS = {"format", "v", "kind", "vault", "id", "kdf", "commit", "wrapped", "sum"}
GOES_ON, CONTINUES = 1, 2
HEADER, LEAST_BODY, KIN = 116, 512, 128
GENERATOR = (13, 16, 21, 31, 18, 4)


class Unreadable(Exception):
    """The vault does not open: of which kind the reason is, and one sentence."""


class Frame(NamedTuple):
    number: int
    flags: int
    tag: bytes
    record: bytes
    start: int
    end: int


def hkdf(secret: bytes, salt: bytes | None, info: bytes, length: int = 32) -> bytes:
    return HKDF(SHA256(), length, salt, info).derive(secret)


def unseal(key: bytes, nonce: bytes, sealed: bytes, data: bytes) -> bytes | None:
    try:
        return ChaCha20Poly1305(key).decrypt(nonce, sealed, data)
    except InvalidTag:
        return None


def contents(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() and not path.is_symlink() else None


def times(one: int, other: int) -> int:
    """Multiply in GF(32) = GF(2)[x] / (x^5 + x^2 + 1)."""
    product = 0
    while other:
        product ^= one * (other & 1)
        one, other = one << 1 ^ (one >> 4) * 0b100101, other >> 1
    return product


def root_of_sheet(text: str) -> bytes | None:
    """Return the secret R of a recovery text, None for words that are none; raise Unreadable for a typo."""
    signs = re.sub(r"[\s\u2010-\u2014-]", "", text).upper().translate(str.maketrans("OIL", "011"))
    if not re.fullmatch("K[12][0-9A-Z]{28,48}", signs):
        return None
    if not re.fullmatch(f"[{ALPHABET}]{{40}}", signs):
        raise Unreadable("mistyped", "A recovery text has forty signs, digits and letters without U.")
    values, rest = [ALPHABET.index(sign) for sign in signs], [0] * 6
    for value in values:
        rest = [one ^ times(rest[0], two) for one, two in zip([*rest[1:], value], GENERATOR, strict=True)]
    if any(rest):
        raise Unreadable("mistyped", "A sign of the recovery text is wrong: compare it with the sheet.")
    if not signs.startswith("K1"):
        raise Unreadable("newer", "This recovery text was made by a later kinship.")
    number = 0
    for value in values[2:34]:
        number = number << 5 | value
    return number.to_bytes(20, "big")


def read_slot(data: bytes) -> dict[str, Any]:
    """Return a key file's fields; raise Unreadable where it is damaged or newer."""
    try:
        pairs: list[tuple[str, Any]] = json.loads(data, object_pairs_hook=list)
        slot = {**dict(pairs), "kdf": dict(dict(pairs)["kdf"])}
        doubled = len(pairs) != len(slot) or len(dict(pairs)["kdf"]) != len(slot["kdf"])
        if slot["format"] == "kinship-key" and type(slot["v"]) is int and slot["v"] > 1:
            raise Unreadable("newer", "A key file was made by a later kinship.")
        told = {name: value for name, value in slot.items() if name not in ("commit", "wrapped", "sum")}
        canonical = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode()
        commit, wrapped = bytes.fromhex(slot["commit"]), bytes.fromhex(slot["wrapped"])
        known = slot.keys() == SLOT_FIELDS and slot["format"] == "kinship-key" and slot["kdf"]["n"] == "argon2id"
        known = known and all(type(slot["kdf"][name]) is int for name in "mtp") and slot["kdf"].keys() == set("nmtps")
        known = known and [len(commit), len(wrapped), len(slot["kdf"]["s"]), len(slot["vault"])] == [32, 36, 32, 32]
        whole = known and hashlib.sha256(canonical + commit + wrapped).hexdigest() == slot["sum"].lower()
        slot["cost"] = tuple(int(slot["kdf"][name]) for name in "mtp")
        slot.update(canonical=canonical, commit=commit, wrapped=wrapped, salt=bytes.fromhex(slot["kdf"]["s"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        whole, doubled, slot = False, False, {}
    if doubled or not whole:
        raise Unreadable("damaged", "A key file is damaged.")
    return slot


def open_slot(slot: dict[str, Any], passphrase: str, keyfile: bytes | None) -> bytes | None:
    """Return R, None where this passphrase (and key file) is not the slot's."""
    from cryptography.hazmat.primitives.kdf.argon2 import Argon2id  # noqa: PLC0415 - the sheet needs none

    memory, passes, lanes = slot["cost"]
    spaced = "".join(" " if unicodedata.category(sign) == "Zs" else sign for sign in passphrase)
    words = unicodedata.normalize("NFC", spaced).encode("utf-8", "surrogatepass")
    stretch = Argon2id(salt=slot["salt"], length=32, iterations=passes, lanes=lanes, memory_cost=memory)
    info, secret = b"kinship/1 slot passphrase", stretch.derive(words)
    if slot["kind"] == "keyfile":
        info, secret = b"kinship/1 slot keyfile", secret + hashlib.sha256(keyfile or b"").digest()
    keys = hkdf(secret, None, info, 64)
    if not hmac.compare_digest(keys[32:], slot["commit"]):
        return None
    root = unseal(keys[:32], bytes(12), slot["wrapped"], slot["canonical"])
    if root is None:
        raise Unreadable("damaged", "A key file was altered.")
    return root


def header_keys(master: bytes, vault: bytes, data: bytes) -> tuple[bytes, str]:
    """Return the sealing key of a segment and "", or nothing and why it cannot be read."""
    if data[:8] != b"KINSEG\r\n"[: len(data)] or not data:
        return b"", "foreign" if data else "missing"
    if len(data) < HEADER:
        return b"", "torn"
    _, version, kind, _, whose, segment, key_id, salt = struct.unpack_from("<8sHBB16s16s8s32s", data)
    keys = hkdf(master, salt, b"kinship/1 " + bytes([kind]) + vault + segment, 64)
    if version > 1:
        return b"", "newer"
    if whose != vault or kind != 0:
        return b"", "foreign"
    if key_id != hkdf(master, vault, b"kinship/1 key id", 8):
        return b"", "other key"
    good = version == 1 and hmac.compare_digest(hmac.digest(keys[32:], data[:84], "sha256"), data[84:HEADER])
    return (keys[:32], "") if good else (b"", "damaged")


def frame_at(key: bytes, data: bytes, start: int, lowest: int) -> Frame | None:
    if start + 20 > len(data):
        return None
    magic, index, flags, length, crc = struct.unpack_from("<4sIIII", data, start)
    head, end = data[start : start + 20], start + 20 + length
    good = magic == b"KFRM" and crc == zlib.crc32(head[:16]) and index >= lowest and length <= 1 << 26
    body = unseal(key, index.to_bytes(12, "big"), data[start + 20 : end], head) if good and end <= len(data) else None
    if body is None or len(body) < LEAST_BODY:
        return None
    size = int.from_bytes(body[:4], "little")
    padded = max(LEAST_BODY, 4 + size)
    mask = (1 << (padded.bit_length() - 1 - (padded.bit_length() - 1).bit_length())) - 1
    if len(body) != padded + mask & ~mask:
        return None
    return Frame(index, flags, data[end - 16 : end], body[4 : 4 + size], start, end)


class Segment:
    """One writing session, as all copies of its file together tell it."""

    def __init__(self) -> None:
        self.frames: dict[int, list[Frame]] = {}
        self.tails: list[tuple[str, int]] = []
        self.spoilt: list[str] = []

    def take(self, name: str, key: bytes, data: bytes) -> None:
        """Read one copy: behind bytes that are no good frame the next one is looked for."""
        start, end, lowest = HEADER, HEADER, 0
        while start >= 0:
            frame = frame_at(key, data, start, lowest)
            if frame is None:
                start = data.find(b"KFRM", start + 1)
                continue
            if start != end:
                self.spoilt.append(name)
            start, end, lowest = frame.end, frame.end, frame.number + 1
            known = self.frames.setdefault(frame.number, [])
            if all(frame.tag != other.tag for other in known):
                known.append(frame)
        if end < len(data):
            self.tails.append((name, lowest))

    def settle(self) -> None:
        """Decide which frames count: all before the last transaction, and that one if it is whole."""
        starts = [index for index, frames in self.frames.items() if not frames[0].flags & CONTINUES]
        self.last = end = max(starts, default=0)
        self.whole = self.last
        while end in self.frames and (end == self.last) != bool(self.frames[end][0].flags & CONTINUES):
            end += 1
            if not self.frames[end - 1][0].flags & GOES_ON:
                self.whole = end
                break
        self.lost = [index for index in range(self.last) if index not in self.frames]
        self.unfinished = any(index >= self.whole for index in self.frames)

    def records(self) -> list[bytes]:
        counted = [frame for at in sorted(self.frames) if at < self.whole for frame in self.frames[at]]
        return [frame.record for frame in counted]


def dominates(one: dict[str, int], other: dict[str, int]) -> bool:
    return all(one.get(actor, 0) >= count for actor, count in other.items())


class Reading:
    """Everything that a secret opens in a vault, and what is to be said of it."""

    def __init__(self, folder: Path, secret: str, keyfile: bytes | None = None, floor: tuple[int, ...] = FLOOR) -> None:
        self.folder, self.findings = folder, list[tuple[str, str]]()
        self.heads: dict[tuple[str, str], list[dict[str, Any]]] = {}
        self.witnessed: dict[str, tuple[int, str]] = {}
        self.replaced: dict[str, int] = {}
        log = folder / "log"
        if not log.is_dir():
            raise Unreadable("damaged", "The folder `log` is not there: nothing can be read.")
        self.files = {file.name: contents(file) for file in sorted(log.iterdir())}
        self.kin = contents(folder / "vault.kin") or b""
        self.later = self._is_kin() and struct.unpack_from("<H", self.kin, 8)[0] > 1
        self.known = self._is_kin() and not self.later
        self.vault, self.master = self._open(secret, keyfile, floor)
        self._check_kin()
        self._read_log()

    def _is_kin(self) -> bool:
        return len(self.kin) >= KIN and hashlib.sha256(self.kin[:-32]).digest() == self.kin[-32:]

    def _open(self, secret: str, keyfile: bytes | None, floor: tuple[int, ...]) -> tuple[bytes, bytes]:
        root = root_of_sheet(secret)
        if root is not None:
            vaults = {self.kin[16:32]} if self.known else {data[12:28] for data in self.files.values() if data}
            opened = [(vault, root) for vault in sorted(vaults)]
        else:
            opened = [self._open_slots(secret, keyfile, floor)]
        for vault, found in opened:
            master = hkdf(found, vault, b"kinship/1 master")
            by_kin = self.known and self.kin[32:64] == hkdf(master, vault, b"kinship/1 commitment")
            if by_kin or any(not header_keys(master, vault, data or b"")[1] for data in self.files.values()):
                return vault, master
        if self.known:
            raise Unreadable("wrong key", "That opens another vault, not this one.")
        raise Unreadable("damaged", "vault.kin is damaged or gone, and no writing session proves that this is the key.")

    def _open_slots(self, secret: str, keyfile: bytes | None, floor: tuple[int, ...]) -> tuple[bytes, bytes]:
        problems = [Unreadable("damaged", "No key file can be read: open the vault with the recovery text.")]
        slots = []
        for file in sorted((self.folder / "keys").glob("*.key")):
            try:
                slot = read_slot(contents(file) or b"")
            except Unreadable as problem:
                problems.append(problem)
                continue
            if not all(low <= told <= high for low, told, high in zip(floor, slot["cost"], CEILING, strict=True)):
                problems.append(Unreadable("refused", "A key file asks for too little or too much work."))
            else:
                vault = bytes.fromhex(slot["vault"])
                if slot["kind"] in ("passphrase", "keyfile") and (not self.known or vault == self.kin[16:32]):
                    slots.append((vault, slot))
        if not slots:
            raise max(problems, key=lambda problem: ("damaged", "newer", "refused").index(problem.args[0]))
        for vault, slot in slots[:9]:
            root = open_slot(slot, secret, keyfile) if keyfile or slot["kind"] == "passphrase" else None
            if root is not None:
                return vault, root
        if not keyfile and any(slot["kind"] == "keyfile" for _, slot in slots):
            raise Unreadable("wrong key", "That does not open it; a key file (--keyfile) may belong to the passphrase.")
        raise Unreadable("wrong key", "That is neither the passphrase nor the recovery text of this vault.")

    def _check_kin(self) -> None:
        if self.later:
            self._find("newer", "vault.kin: this vault was made by a later kinship; what is understood was read.")
            return
        capture = X25519PrivateKey.from_private_bytes(hkdf(self.master, self.vault, b"kinship/1 capture"))
        commitment = hkdf(self.master, self.vault, b"kinship/1 commitment")
        public = capture.public_key().public_bytes_raw()
        body = struct.pack("<8sHHI16s32s32s", b"KINVAULT", 1, 0, 0, self.vault, commitment, public)
        if self.kin != body + hashlib.sha256(body).digest():
            self._find("damaged", "vault.kin is damaged, changed or gone; the writing sessions prove the key.")

    def _find(self, kind: str, sentence: str) -> None:
        self.findings.append((kind, sentence))

    def _read_log(self) -> None:
        segments: dict[str, Segment] = {}
        for name, data in self.files.items():
            key, why = header_keys(self.master, self.vault, data or b"")
            if data is None or why:
                self._find(why if data is not None else "foreign", f"log/{name}: cannot be read.")
            else:
                segments.setdefault(data[28:44].hex(), Segment()).take(name, key, data)
        for name, segment in segments.items():
            segment.settle()
            for record in segment.records():
                self._take(name, record)
            self._judge(name, segment)
        for name, (frames, tag) in sorted(self.witnessed.items()):
            if self.replaced.get(name, 0) < frames:
                self._compare(name, segments.get(name), frames, tag)

    def _judge(self, name: str, segment: Segment) -> None:
        if segment.lost:
            self._find("damaged", f"session {name}: {len(segment.lost)} parts cannot be read; the rest is here.")
        if segment.unfinished:
            self._find("torn", f"session {name}: the last save is not whole and was left out.")
        if any(len(frames) > 1 for frames in segment.frames.values()):
            self._find("forked", f"session {name}: it went on twice from one point; both are here.")
        torn = [file for file, frames in segment.tails if frames > max(segment.frames, default=-1)]
        for file in torn:
            self._find("torn", f"log/{file}: the end was cut off before it was saved; the rest is here.")
        for file in set(segment.spoilt) - set(torn):
            if not segment.lost and not segment.unfinished:
                self._find("damaged", f"log/{file}: foreign bytes between the saves; every save is here.")

    def _compare(self, name: str, segment: Segment | None, frames: int, tag: str) -> None:
        if segment is None:
            self._find("missing", f"session {name}: {frames} parts have not arrived in this folder.")
        elif segment.whole < frames:
            kind = "damaged" if segment.unfinished or segment.tails else "missing"
            self._find(kind, f"session {name}: {frames - segment.whole} parts are not here any more.")
        elif frames - 1 in segment.frames and segment.frames[frames - 1][0].tag.hex() != tag:
            self._find("damaged", f"session {name}: it is not the one that another session has read.")

    def _take(self, name: str, data: bytes) -> None:
        try:
            record = json.loads(data)
            actors = [name, *record.get("actors", ())]
            heads = []
            for op in record.get("ops", ()):
                pairs = zip(op["v"][::2], op["v"][1::2], strict=False)
                version = {actors[at]: count for at, count in pairs if at < len(actors)}
                heads.append(
                    ((op["t"], op["u"]), {"v": version, "h": op["h"], "x": op["x"], "lww": op.get("lww", False)})
                )
            witnessed = {segment: (seen[0], seen[1]) for segment, seen in record.get("witness", {}).items()}
            replaced = {segment: int(frames) for segment, frames in record.get("replaces", {}).items()}
        except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
            self._find("newer", f"session {name}: a record that only a later kinship understands.")
            return
        for address, head in heads:
            self._add(self.heads.setdefault(address, []), head)
        for segment, frames in replaced.items():
            self.replaced[segment] = max(frames, self.replaced.get(segment, 0))
        for segment, seen in witnessed.items():
            self.witnessed[segment] = max(seen, self.witnessed.get(segment, (0, "")))

    @staticmethod
    def _add(heads: list[dict[str, Any]], new: dict[str, Any]) -> None:
        def older(one: dict[str, Any], other: dict[str, Any]) -> bool:
            return dominates(other["v"], one["v"]) and (one["v"] != other["v"] or one == other)

        if not any(older(new, head) for head in heads):
            heads[:] = [head for head in heads if not older(head, new)] + [new]

    def documents(self) -> dict[str, dict[str, list[dict[str, Any]]]]:
        """Return table -> id -> the versions that are shown, the latest first; more than one were written at once."""
        found: dict[str, dict[str, list[dict[str, Any]]]] = {}
        for (table, uid), heads in sorted(self.heads.items()):
            ranked = sorted(heads, key=lambda one: (one["h"], sorted(one["v"].items()), repr(one["x"])), reverse=True)
            if all(head["lww"] for head in ranked):
                ranked = ranked[:1]
            shown: list[dict[str, Any]] = []
            for head in ranked:
                if head["x"] is not None and head["x"] not in shown:
                    shown.append(head["x"])
            if shown:
                found.setdefault(table, {})[uid] = shown
        return found

    def notes(self) -> list[dict[str, Any]]:
        """Return the sealed notes that wait in the inbox: anybody can have written them."""
        return [note for file in sorted((self.folder / "inbox").glob("*.note")) if (note := self._note(file))]

    def _note(self, file: Path) -> dict[str, Any] | None:
        data, suite = contents(file) or b"", bytes.fromhex("002000010003")
        private = X25519PrivateKey.from_private_bytes(hkdf(self.master, self.vault, b"kinship/1 capture"))
        ours = data[:30] == b"KINNOTE1" + suite + self.vault
        try:
            from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite  # noqa: PLC0415 - from 47 on

            hpke = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
            body = hpke.decrypt(data[30:] if ours else b"", private, b"kinship/1 note" + self.vault + suite)
            told = json.loads(body[4 : 4 + int.from_bytes(body[:4], "little")])
            return {"at": str(told["at"]), "body": str(told["text"])}
        except (ImportError, InvalidTag, ValueError, KeyError, TypeError, RecursionError):
            self._find("damaged", f"inbox/{file.name}: cannot be read.")
            return None


def as_markdown(documents: dict[str, dict[str, list[dict[str, Any]]]], notes: list[dict[str, Any]]) -> str:
    """Return the pages, oldest first, and the notes; nothing in them can command a terminal."""
    parts = []
    for versions in sorted(
        documents.get("entries", {}).values(), key=lambda page: (str(page[0].get("day")), str(page[0].get("at")))
    ):
        for place, page in enumerate(versions):
            title = " · ".join(str(told) for told in (page.get("day"), page.get("title")) if told)
            other = " (another version, written at the same time)" if place else ""
            parts.append(f"# {title or 'A page'}{other}\n\n{page.get('body', '')}\n")
    parts += [f"# {note['at']} · A sealed note, sender unknown\n\n{note['body']}\n" for note in notes]
    return re.sub(COMMANDS, "\ufffd", "\n".join(parts))


def main() -> int:
    parser = argparse.ArgumentParser(description="Read a kinship vault without kinship; nothing is written unasked.")
    parser.add_argument("vault", nargs="?", type=Path, default=Path(__file__).resolve().parent)
    parser.add_argument("--json", action="store_true", help="everything in the vault as JSON")
    parser.add_argument("--keyfile", type=Path, help="the key file that belongs to the passphrase")
    parser.add_argument("--output", type=Path, help="write into this file, which must not exist")
    told = parser.parse_args()
    question = "Passphrase or recovery text: "
    secret = getpass.getpass(question) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    try:
        reading = Reading(told.vault, secret, told.keyfile.read_bytes() if told.keyfile else None)
    except Unreadable as problem:
        sys.stderr.write(f"{problem.args[1]}\n")
        return EXIT_CODES.get(problem.args[0], 1)
    documents, notes = reading.documents(), reading.notes()
    everything = {"documents": documents, "notes": notes}
    text = json.dumps(everything, indent=1, sort_keys=True) + "\n" if told.json else as_markdown(documents, notes)
    try:
        output = os.open(told.output, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600) if told.output else 1
    except OSError as problem:
        sys.stderr.write(f"{told.output}: {problem.strerror}. Nothing was written.\n")
        return 1
    with os.fdopen(output, "wb", closefd=output != 1) as file:
        file.write(text.encode())
    for kind, sentence in reading.findings:
        sys.stderr.write(f"{kind}: {sentence}\n")
    return max([0, *(EXIT_CODES.get(kind, 0) for kind, _ in reading.findings)])


if __name__ == "__main__":
    sys.exit(main())
