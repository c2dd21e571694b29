"""Canary words, and a search for them in every shape that a file or a terminal could hold them in."""

from __future__ import annotations

import base64
import bz2
import gzip
import json
import lzma
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

CANARIES = {
    "passphrase": "Ostrichwhistle plum verandah nine",
    "name": "Quillonwether",
    "body": "Marrowfatbench",
    "title": "Lanternbriony",
    "tag": "thrumblecove",
    "search": "Wobblesnipe",
    "draft": "Gossamerpike",
    "note": "Zephyrknuckle",
    "label": "Fiddlewicket",
    "alias": "Nettlespoon",
    "notes": "Bramblequartz",
    "answer": "Thistlewhisper",
    "contact": "Dandelionforge",
    "another passphrase": "Kestrelpudding quince alabaster three",
}
"""What is typed in a whole use, by where; none of the words stands anywhere else."""
ALTERNATE_LEFT = b"\x1b[?1049l"
"""What a program writes when it gives the person's own screen back."""
_COMPRESSED = re.compile(b"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]|BZh[1-9]1AY|\xfd7zXZ\x00")
_MOST_UNPACKED = 1 << 22


def shapes_of(word: str) -> tuple[bytes, ...]:
    """Return the bytes that show that somebody wrote `word`: encodings, escapes, base64 and base32 at each offset."""
    plain = word.encode()
    return (
        plain.lower(),
        word.lower().encode("utf-16-le"),
        word.lower().encode("utf-16-be"),
        plain.hex().encode(),
        word.lower().encode("utf-32-le"),
        word.replace(" ", "%20").lower().encode(),
        word.replace(" ", "+").lower().encode(),
        "".join(f"%{byte:02x}" for byte in plain).encode(),
        "".join(f"\\x{byte:02x}" for byte in plain).encode(),
        "".join(f"\\u{ord(sign):04x}" for sign in word).encode(),
        "".join(f"&#{ord(sign)};" for sign in word).encode(),
        plain[::-1].lower(),
        *(base64.b64encode(b"\0" * offset + plain)[4:-4].lower() for offset in range(3)),
        *(base64.b32encode(b"\0" * offset + plain)[8:-8].lower() for offset in range(5)),
    )


def shows(data: bytes, word: str) -> bool:
    """Return whether `word` can be read in `data`, in whatever case, as it is or packed (zlib, gzip, bz2, xz)."""
    shapes = shapes_of(word)
    return any(shape in each for each in (data.lower(), *(one.lower() for one in _unpacked(data))) for shape in shapes)


def _unpacked(data: bytes) -> Iterator[bytes]:
    for found in _COMPRESSED.finditer(data):
        packed = data[found.start() :]
        with suppress(zlib.error, OSError, lzma.LZMAError, EOFError):
            if packed.startswith(b"BZh"):
                yield bz2.BZ2Decompressor().decompress(packed, _MOST_UNPACKED)
            elif packed.startswith(b"\xfd7z"):
                yield lzma.LZMADecompressor().decompress(packed, _MOST_UNPACKED)
            else:
                yield zlib.decompressobj(zlib.MAX_WBITS | 32).decompress(packed, _MOST_UNPACKED)


def sweep(folders: Iterable[Path], words: Mapping[str, str] = CANARIES) -> list[tuple[str, str]]:
    """Return (which word, where) for everything readable below `folders`: names, contents, where links lead."""
    found = []
    for path in (path for folder in folders for path in (folder, *folder.rglob("*"))):
        data = path.name.encode(errors="surrogateescape")
        if path.is_symlink():
            data += b"\n" + bytes(path.readlink())
        elif path.is_file():
            data += b"\n" + path.read_bytes()
        found += [(which, str(path)) for which, word in words.items() if shows(data, word)]
    return found


def after_leaving(raw: bytes | bytearray) -> bytes:
    """Return what was written after the alternate screen was left; a screen that was never left counts as left."""
    return bytes(raw).rpartition(ALTERNATE_LEFT)[2]


def plant(folder: Path, word: str) -> dict[str, Path]:
    """Write `word` below `folder` in every shape that the sweep must find; return the files by shape."""
    contents = {
        "plain": f"x {word} y".encode(),
        "upper": word.upper().encode(),
        "json": json.dumps({"entry": word}).encode(),
        "utf-16": word.encode("utf-16-le"),
        "base64": base64.b64encode(b"a" + word.encode() + b"zz"),
        "base32": base64.b32encode(b"abc" + word.encode() + b"zz"),
        "hex": word.encode().hex().upper().encode(),
        "percent": "".join(f"%{byte:02X}" for byte in word.encode()).encode(),
        "escaped": "".join(f"\\x{byte:02x}" for byte in word.encode()).encode(),
        "entities": "".join(f"&#{ord(sign)};" for sign in word).encode(),
        "bz2": b"x" + bz2.compress(word.encode()),
        "xz": lzma.compress(word.encode()),
        "gzip": gzip.compress(b"log: " + word.encode()),
        "inside": b"\0" * 5000 + zlib.compress(word.encode() * 3) + b"\0",
    }
    files = {}
    for shape, content in contents.items():
        files[shape] = folder / f"{shape}.bin"
        files[shape].write_bytes(content)
    files["name"] = folder / f".{word}.swp"
    files["name"].touch()
    files["link"] = folder / "link"
    files["link"].symlink_to(f"/nowhere/{word}")
    return files
