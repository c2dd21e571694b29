"""Test vectors: versions of one page from several devices, and sessions that speak of each other."""

from __future__ import annotations

from typing import Any

from builders.vector_parts import LAPTOP, PHONE, TABLET, Collection, Json, Pages, Writer, ops, put, write


def add_merges(to: Collection) -> None:
    def one(name: str, says: str, outcome: str, pages: Pages, *writers: Writer) -> None:
        to.add(
            f"merge/{name}",
            says,
            outcome,
            *(write(writer.data, writer.file) for writer in writers),
            pages=pages,
            base="bare",
        )

    def by(name: str, *operations: Json, actors: tuple[str, ...] = (), **more: Any) -> Writer:
        return Writer(name).save(ops(*operations, actors=actors, **more))

    start = by(LAPTOP, put("p", "one", 0, 1))
    from_laptop = {"actors": (LAPTOP,)}

    def edit(name: str, body: str | None, clock: int, **more: Any) -> Writer:
        return by(name, put("p", body, 0, 1, 1, 1, clock=clock, **more), **from_laptop)

    one("edited", "An edit replaces what it has seen.", "ok", {"p": ["two"]}, start, edit(PHONE, "two", 5))
    one(
        "edited-earlier",
        "An edit replaces what it has seen even if its clock says that it was earlier.",
        "ok",
        {"p": ["two"]},
        start,
        edit(PHONE, "two", 0),
    )
    one(
        "concurrent",
        "Two edits of one page are both shown, the later one first.",
        "ok",
        {"p": ["three", "two"]},
        start,
        edit(PHONE, "two", 5),
        edit(TABLET, "three", 6),
    )
    one(
        "concurrent-tie",
        "Two edits of one moment are ordered by their versions.",
        "ok",
        {"p": ["three", "two"]},
        start,
        edit(PHONE, "two", 5),
        edit(TABLET, "three", 5),
    )
    one(
        "concurrent-equal",
        "Two edits with one content are shown once.",
        "ok",
        {"p": ["two"]},
        start,
        edit(PHONE, "two", 5),
        edit(TABLET, "two", 6),
    )
    one(
        "edit-and-deletion",
        "An edit absorbs a deletion that has not seen it.",
        "ok",
        {"p": ["two"]},
        start,
        edit(PHONE, "two", 5),
        edit(TABLET, None, 9),
    )
    one("deletions", "Two deletions are one.", "ok", {}, start, edit(PHONE, None, 5), edit(TABLET, None, 9))
    one("deleted", "A deletion replaces what it has seen.", "ok", {}, start, edit(PHONE, None, 5))
    one("deleted-before", "A deletion arrives without what it deletes.", "ok", {}, edit(PHONE, None, 5))
    joined = by(TABLET, put("p", "both", 0, 1, 1, 1, 2, 1, clock=9), actors=(LAPTOP, PHONE))
    one(
        "joined",
        "A save on top of two heads replaces both.",
        "ok",
        {"p": ["both"]},
        by(LAPTOP, put("p", "one", 0, 1)),
        by(PHONE, put("p", "two", 0, 1)),
        joined,
    )
    one(
        "choices",
        "Of two choices the later one is shown.",
        "ok",
        {"p": ["three"]},
        start,
        edit(PHONE, "two", 5, lww=True),
        edit(TABLET, "three", 6, lww=True),
    )
    one(
        "choices-deleted",
        "The later of two choices is a deletion.",
        "ok",
        {},
        start,
        edit(PHONE, "two", 5, lww=True),
        edit(TABLET, None, 6, lww=True),
    )
    one(
        "choice-and-words",
        "A choice never hides words.",
        "ok",
        {"p": ["three", "two"]},
        start,
        edit(PHONE, "two", 5),
        edit(TABLET, "three", 6, lww=True),
    )
    one(
        "clock-far-ahead",
        "A clock that is years ahead decides nothing but the order.",
        "ok",
        {"p": ["three", "two"]},
        start,
        edit(PHONE, "two", 5),
        edit(TABLET, "three", 1 << 46),
    )
    twice = by(TABLET, put("p", "two", 2, 1, 1, 1, clock=5), actors=(LAPTOP, PHONE))
    one(
        "folded",
        "A version stands there twice, once in a segment that holds others together.",
        "ok",
        {"p": ["two"]},
        start,
        edit(PHONE, "two", 5),
        twice,
    )
    fork = by(TABLET, put("p", "three", 2, 1, 1, 1, clock=5), actors=(LAPTOP, PHONE))
    one(
        "forked-version",
        "Two different texts have one version: both are shown.",
        "ok",
        {"p": ["two", "three"]},
        start,
        edit(PHONE, "two", 5),
        fork,
    )
    seen = {"00" * 16: [4, "00" * 16]}
    one(
        "witnessed",
        "A session has read one that is not there.",
        "missing",
        {"p": ["one"]},
        by(LAPTOP, put("p", "one", 0, 1), witness=seen),
    )
    one(
        "replaced",
        "A session that is not there was folded into another.",
        "ok",
        {"p": ["one"]},
        by(LAPTOP, put("p", "one", 0, 1), witness=seen, replaces={"00" * 16: 4}),
    )
    older = by(PHONE, put("q", "four", 0, 1), witness={LAPTOP: [3, "00" * 16]}, replaces={LAPTOP: 3})
    says = "An older state of a session is there that was folded into another."
    one("replaced-older", says, "ok", {"p": ["one"], "q": ["four"]}, start, older)
    told = {LAPTOP: [1, "00" * 16]}
    one(
        "witnessed-other",
        "A session has read another content of a segment.",
        "damaged",
        {"p": ["one"], "q": ["four"]},
        start,
        by(PHONE, put("q", "four", 0, 1), witness=told),
    )
    more = {LAPTOP: [3, "00" * 16]}
    one(
        "witnessed-more",
        "A session has read more of a segment than is there.",
        "missing",
        {"p": ["one"], "q": ["four"]},
        start,
        by(PHONE, put("q", "four", 0, 1), witness=more, authors={LAPTOP: {"name": "laptop", "saves": 3}}),
    )
    first, second = by(TABLET, put("p", "one", 0, 1)), by(TABLET, put("q", "other", 0, 1))
    faults = [write(first.data, "log/one.seg"), write(second.data, "log/two.seg")]
    to.add(
        "merge/forked-segment",
        "A machine was resumed twice from one state: two frames have one place.",
        "forked",
        *faults,
        base="bare",
        pages={"p": ["one"], "q": ["other"]},
    )
