"""Test vectors: what stands inside frames."""

from __future__ import annotations

import json
import struct

from builders.vector_parts import TABLET, Collection, Pages, Writer, ops, put, sealed, write
from kinship.vault.frame import CONTINUES, GOES_ON
from kinship.vault.padding import padded


def add_bodies(to: Collection) -> None:
    def one(name: str, says: str, outcome: str, writer: Writer, pages: Pages) -> None:
        to.add(f"body/{name}", says, outcome, write(writer.data, writer.file), pages=pages, base="bare")

    def begun() -> Writer:
        return Writer(TABLET).save(ops(put("a", "before", 0, 1)))

    def ended(writer: Writer) -> Writer:
        return writer.save(ops(put("z", "after", 0, 1)))

    both: dict[str, list[str]] = {"a": ["before"], "z": ["after"]}
    inner = json.dumps(ops(put("m", "middle", 0, 1))).encode()
    body = struct.pack("<I", len(inner)) + inner
    whole = padded(inner)
    one(
        "whole",
        "A frame made by hand is like any other.",
        "ok",
        ended(begun().add_body(whole)),
        {**both, "m": ["middle"]},
    )
    one("unpadded", "A body is not padded.", "damaged", ended(begun().add_body(body)), both)
    one(
        "padded-more",
        "A body is padded to another length.",
        "damaged",
        ended(begun().add_body(whole + bytes(512))),
        both,
    )
    one(
        "length-beyond",
        "The length in a body goes beyond it.",
        "damaged",
        ended(begun().add_body(struct.pack("<I", 9999) + whole[4:])),
        both,
    )
    one(
        "length-short",
        "The length in a body cuts the record off.",
        "newer",
        ended(begun().add_body(struct.pack("<I", len(inner) - 3) + whole[4:])),
        both,
    )
    one("empty", "A body is empty.", "damaged", ended(begun().add_body(b"")), both)
    begin = begun()
    crc = sealed(begin.header, begin.index, whole, crc=1)
    one("crc", "A frame's CRC is wrong and its tag good.", "damaged", ended(begin.add_bytes(crc)), both)
    one("nothing", "A record has no field.", "ok", ended(begun().save({})), both)
    for name, record in {"text": b"hello", "list": b"[1,2]", "number": b"7", "bytes": b"\xff\xfe"}.items():
        one(
            f"no-record-{name}",
            "A record is not what this version understands.",
            "newer",
            ended(begun().add(record)),
            both,
        )
    one(
        "op-without-id",
        "An operation lacks its id.",
        "newer",
        ended(begun().save({"ops": [{"t": "entries", "v": [0, 1], "h": 1, "x": None}]})),
        both,
    )
    one(
        "unknown-record",
        "A record has only fields that nobody knows yet.",
        "ok",
        ended(begun().save({"weather": {"sun": 1}})),
        both,
    )
    unknown = ops({**put("m", "middle", 0, 1), "mood": [1]}, weather=1)
    one(
        "unknown-fields",
        "Unknown fields stand beside known ones.",
        "ok",
        ended(begun().save(unknown)),
        {**both, "m": ["middle"]},
    )
    one(
        "unknown-flag",
        "A frame has a flag that nobody knows yet.",
        "ok",
        ended(begun().add(ops(put("m", "middle", 0, 1)), flags=4)),
        {**both, "m": ["middle"]},
    )
    one(
        "actor-unknown",
        "A version names a segment that its record does not list.",
        "ok",
        ended(begun().save(ops(put("m", "middle", 0, 1, 5, 1)))),
        {**both, "m": ["middle"]},
    )
    one(
        "index-jump",
        "Frames are missing before one that begins a transaction.",
        "damaged",
        begun().add(ops(put("z", "after", 0, 1)), index=5),
        both,
    )
    one(
        "index-jump-tail",
        "Frames are missing before one that does not begin a transaction.",
        "torn",
        begun().add(ops(put("z", "after", 0, 1)), flags=CONTINUES, index=5),
        {"a": ["before"]},
    )
    loose = ended(begun().add(ops(put("m", "middle", 0, 1)), flags=GOES_ON))
    one("left-open", "A transaction goes on, and another begins.", "ok", loose, {**both, "m": ["middle"]})
    large = "long " * 4_000
    middle = begun().save(ops(put("m", large, 0, 1)))
    one("large", "A page of 20 kB is one large frame.", "ok", middle, {"a": ["before"], "m": [large]})
    signs = "Zoë \u202e \x1b[31m \u0000 \U0001f600"
    one(
        "signs",
        "A page holds signs that a terminal could obey: they are kept as they are.",
        "ok",
        begun().save(ops(put("m", signs, 0, 1))),
        {"a": ["before"], "m": [signs]},
    )
