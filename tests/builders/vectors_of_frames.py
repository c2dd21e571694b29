"""Test vectors: faults in frames and at the end of a segment."""

from __future__ import annotations

from builders.vector_parts import LAST, Collection, Json, but, laptop, phone, randomness, tablet, write

PARTS = {"magic": 1, "index": 4, "flags": 8, "length": 13, "crc": 17, "body": 60, "tag": -3}
LOST: list[Json] = [{}, {}, {}, {}, {"c2": None}, {"c3": None}, {"a": "first"}, {}]
"""What a lost frame of the laptop costs; an edit of the phone stands for pages that both wrote."""


def add_frames(to: Collection) -> None:
    writer = laptop()
    starts, file = writer.starts, writer.file
    for number, lost in enumerate(LOST[:-1]):
        at = starts[number] + 200
        to.add(
            f"frame/damaged-{number}",
            f"A bit in frame {number} of eight is flipped.",
            "damaged",
            {"file": file, "flip": at * 8},
            pages=but(**lost),
        )
    for part, offset in PARTS.items():
        at = (starts[4] if offset >= 0 else starts[5]) + offset
        to.add(
            f"frame/flipped-{part}",
            f"A bit is flipped: {part} of a frame.",
            "damaged",
            {"file": file, "flip": at * 8},
            pages=but(c2=None),
        )
    last = {"file": file, "flip": (starts[7] + 200) * 8}
    to.add(
        "frame/damaged-last",
        "The last frame is damaged, and another session has read it.",
        "damaged, torn",
        last,
        pages=but(),
    )
    to.add(
        "frame/cut-witnessed",
        "A segment is cut between two frames that another session has read.",
        "missing",
        {"file": file, "cut": starts[6]},
        pages=but(a="first"),
    )
    garbage = randomness("garbage")(300).hex()
    fake = (b"KFRM" * 20).hex()
    to.add(
        "frame/garbage-between",
        "Foreign bytes stand between two frames.",
        "damaged",
        {"file": file, "at": starts[2], "insert": garbage},
        pages=but(),
    )
    to.add(
        "frame/fakes-between",
        "Bytes between two frames look like frames.",
        "damaged",
        {"file": file, "at": starts[2], "insert": fake},
        pages=but(),
    )
    to.add(
        "frame/dropped", "A frame was taken out.", "damaged", {"file": file, "drop": starts[4:6]}, pages=but(c2=None)
    )
    to.add(
        "frame/first-dropped",
        "The first frame was taken out.",
        "damaged",
        {"file": file, "drop": starts[:2]},
        pages=but(),
    )
    again = writer.data[starts[2] : starts[3]]
    to.add(
        "frame/doubled",
        "A frame stands there twice.",
        "damaged",
        {"file": file, "at": starts[3], "insert": again.hex()},
        pages=but(),
    )
    swapped = (
        writer.data[: starts[4]]
        + writer.data[starts[5] : starts[6]]
        + writer.data[starts[4] : starts[5]]
        + writer.data[starts[6] :]
    )
    to.add(
        "frame/swapped",
        "Two frames stand in each other's place: the later one counts.",
        "damaged",
        write(swapped, file),
        pages=but(c2=None),
    )
    spliced = phone().data[phone().starts[2] : phone().starts[3]]
    to.add(
        "frame/spliced",
        "A frame of another segment was put between.",
        "damaged",
        {"file": file, "at": starts[3], "insert": spliced.hex()},
        pages=but(),
    )
    zeros = "00" * (starts[5] - starts[4])
    to.add(
        "frame/zeros",
        "A frame is nothing but zeros.",
        "damaged",
        {"file": file, "at": starts[4], "put": zeros},
        pages=but(c2=None),
    )
    to.add(
        "frame/length-huge",
        "A frame says that it is 4 GiB long.",
        "damaged",
        {"file": file, "at": starts[4] + 12, "put": "ffffffff"},
        pages=but(c2=None),
    )


def add_ends(to: Collection) -> None:
    writer = tablet()
    starts, file = writer.starts, writer.file
    for name, at in {"head": starts[4] + 10, "body": starts[4] + 300, "tag": starts[5] - 1}.items():
        to.add(
            f"end/cut-{name}",
            f"The last save of three frames was cut off in the {name} of its last frame.",
            "torn",
            {"file": file, "cut": at},
            pages=but(**LAST),
        )
    to.add(
        "end/cut-between",
        "The last save ends after two of its three frames.",
        "torn",
        {"file": file, "cut": starts[4]},
        pages=but(**LAST),
    )
    for frame in (2, 3, 4):
        lost = {"file": file, "flip": (starts[frame] + 99) * 8}
        to.add(
            f"end/lost-{frame - 1}",
            f"Frame {frame - 1} of three of the last save is damaged.",
            "torn",
            lost,
            pages=but(**LAST),
        )
    ends = {
        "zeros": "00" * 700,
        "garbage": randomness("end")(700).hex(),
        "a-byte": "4b",
        "a-fake": (b"KFRM" + bytes(16)).hex(),
    }
    for name, data in ends.items():
        to.add(
            f"end/{name}",
            "Something that is no frame stands behind the last one.",
            "torn",
            {"file": file, "append": data},
            pages=but(),
        )
    last = writer.data[starts[1] : starts[2]]
    to.add(
        "end/older-frame",
        "An earlier frame stands once more at the end.",
        "torn",
        {"file": file, "append": last.hex()},
        pages=but(),
    )
    other = phone(closed=False)
    for name, at in {
        "close": phone().starts[4] + 30,
        "deletion": other.starts[3] + 30,
        "page": other.starts[2] + 30,
    }.items():
        pages = {"close": but(), "deletion": but(c1="third, one"), "page": but(c1="third, one", d=None)}[name]
        to.add(
            f"end/phone-{name}",
            f"A session was cut off within its last frame: {name}.",
            "torn",
            {"file": other.file, "cut": at},
            pages=pages,
        )
    to.add("end/open", "A session was never closed.", "ok", {"file": other.file, "cut": other.starts[4]}, pages=but())
