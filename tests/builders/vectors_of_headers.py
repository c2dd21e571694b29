"""Test vectors: faults in the headers of segments and in which files lie in the log."""

from __future__ import annotations

import base64

from builders.vector_parts import (
    LAST,
    OTHER_KEY,
    TABLET,
    VAULT,
    Collection,
    Json,
    Writer,
    but,
    laptop,
    opened,
    ops,
    put,
    tablet,
    write,
)
from kinship.vault.crypto import Key
from kinship.vault.segment import HEADER_BYTES, Kind

NO_PHONE = {"b": "second", "c1": "third, one", "d": None}
NO_TABLET = {"e": None, **LAST}


def add_headers(to: Collection) -> None:
    whole, file = tablet(), tablet().file
    none = but(**NO_TABLET)

    def one(name: str, says: str, outcome: str, fault: Json) -> None:
        to.add(f"header/{name}", says, outcome, {"file": file, **fault}, pages=none)

    one("empty", "A segment is empty: it may not be downloaded yet.", "missing", {"cut": 0})
    one("short", "A segment ends within its magic.", "torn", {"cut": 5})
    one("cut", "A segment ends one byte before its header does.", "torn", {"cut": HEADER_BYTES - 1})
    one(
        "alone",
        "A segment has a header and nothing else: no witness tells that anything is missing.",
        "ok",
        {"cut": HEADER_BYTES},
    )
    flips = {
        "magic": (0, "foreign"),
        "kind": (10, "foreign"),
        "flags": (11, "damaged"),
        "vault": (12, "foreign"),
        "segment": (28, "damaged"),
    }
    flips |= {"key-id": (44, "other key"), "salt": (52, "damaged"), "mac": (84, "damaged"), "last": (115, "damaged")}
    for name, (at, outcome) in flips.items():
        one(f"flipped-{name}", f"A bit of a segment's header is flipped: {name}.", outcome, {"flip": at * 8})
    one("later", "A segment is of version 2.", "newer", {"at": 8, "put": "0200"})
    one("version-zero", "A segment is of version 0.", "damaged", {"at": 8, "put": "0000"})
    one(
        "draft",
        "A draft lies among the segments.",
        "foreign",
        {"write": base64.b64encode(Writer(TABLET, kind=Kind.DRAFT).data).decode()},
    )
    one(
        "other-vault",
        "A segment of another vault lies among the segments.",
        "foreign",
        {"write": base64.b64encode(Writer(TABLET, OTHER_KEY).data).decode()},
    )
    under = Writer(TABLET, Key(VAULT, OTHER_KEY.master)).save(ops(put("e", "fifth", 0, 1)))
    one(
        "other-key",
        "A segment was written under another key.",
        "other key",
        {"write": base64.b64encode(under.data).decode()},
    )
    one("text", "A text lies in place of a segment.", "foreign", {"write": base64.b64encode(b"Hello.\n").decode()})
    to.add(
        "header/a-folder",
        "A folder lies among the segments.",
        "foreign",
        {"file": "log/folder", "folder": True},
        pages=but(),
    )
    to.add("header/no-log", "The folder of segments is gone.", "damaged", {"file": "log", "remove": True})
    strange = write(Writer("00" * 16, OTHER_KEY).data, "log/00.seg")
    lost = [{"file": "vault.kin", "remove": True}, {"file": "keys", "remove": True}]
    says = "vault.kin and keys/ are gone, and the first segment is another vault's: the sheet opens."
    to.add("header/foreign-first", says, "damaged, foreign", strange, *lost, pages=but(), secret=opened())
    gone = but(a=None, b="second, edited", c2=None, c3=None)
    to.add(
        "header/witnessed-gone",
        "A segment is gone that another one has read.",
        "missing",
        {"file": laptop().file, "remove": True},
        pages=gone,
    )
    to.add(
        "header/unseen-gone",
        "A segment is gone that nobody has read: that cannot be noticed.",
        "ok",
        {"file": file, "remove": True},
        pages=none,
    )
    to.add(
        "header/renamed",
        "A segment has another name.",
        "ok",
        {"file": file, "rename": "log/whatever (1).txt"},
        pages=but(),
    )
    copied = [{"file": file, "copy": "log/copy of a segment"}]
    to.add("header/copied", "A segment lies there twice.", "ok", *copied, pages=but())
    frame = whole.starts[1] + 100
    to.add(
        "header/copy-damaged",
        "One copy of a segment has a damaged frame: the other holds it.",
        "damaged",
        *copied,
        {"file": file, "flip": frame * 8},
        pages=but(),
    )
    to.add(
        "header/copy-torn",
        "One copy of a segment is cut off: the other is whole.",
        "ok",
        *copied,
        {"file": file, "cut": whole.starts[3] + 9},
        pages=but(),
    )
    to.add(
        "header/copy-shorter",
        "One copy of a segment is an older state.",
        "ok",
        *copied,
        {"file": file, "cut": whole.starts[2]},
        pages=but(),
    )
    two = [{"file": file, "flip": frame * 8}, {"file": "log/copy of a segment", "flip": (whole.starts[0] + 100) * 8}]
    to.add(
        "header/copies-damaged",
        "Each copy of a segment lacks another frame: their union is whole.",
        "damaged",
        *copied,
        *two,
        pages=but(),
    )
