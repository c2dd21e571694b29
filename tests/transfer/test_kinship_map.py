from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from builders.circles import DAY, a_bond, a_circle, crowd
from builders.hostile import obeyed_in, short_corpus
from builders.journals import TODAY, new_journal
from kinship.ground.errors import NewerVault, Refused
from kinship.journal.model import AlterKind, Circle, Ring, Status
from kinship.snapshot import ON_SCREEN, Format, Share, render
from kinship.snapshot.attributes import attributes
from kinship.transfer.bringing import Wanted, weigh
from kinship.transfer.forms import Form, Wishes, guess, read_form
from kinship.transfer.kinship_map import read
from kinship.transfer.plan import Plan

EVERYTHING = msgspec.structs.replace(ON_SCREEN, notes=True)


def written(circle: Circle, share: Share = EVERYTHING) -> bytes:
    return render(circle, Format.JSON, share=share, seed="vault")


def changed(circle: Circle, **other: Any) -> bytes:
    return json.dumps({**json.loads(written(circle)), **other}).encode()


def test_a_map_comes_back_with_everything_that_was_said_of_everybody() -> None:
    bond = a_bond(
        "Ana", ring=Ring.OUTER, gives=("listening",), receives=("advice",), strain=("drains",), status=Status.PAUSED
    )
    alter = msgspec.structs.replace(
        bond.alter, notes="met at\nthe river", aliases=("Anja",), kind=AlterKind.PROFESSIONAL
    )
    circle = a_circle(msgspec.structs.replace(bond, alter=alter), a_bond("Bea"), ties=(("ana", "bea"),))
    plan = read(written(circle), DAY)
    ana = plan.people[0]
    assert (ana.name, ana.kind, ana.notes, ana.aliases, ana.since) == (
        "Ana", AlterKind.PROFESSIONAL, "met at\nthe river", ("Anja",), DAY,
    )  # fmt: skip
    assert {(one.field, one.value) for one in ana.said} == {
        ("status", "paused"),
        ("ring", "outer"),
        ("sector", "friends"),
        ("gives.listening", 2),
        ("receives.advice", 2),
        ("strain.drains", 1),
    }
    assert [(known.a, known.b, known.strength) for known in plan.known] == [("ana", "bea", 1)]


def test_a_map_brought_into_an_empty_journal_is_the_same_map(tmp_path: Path) -> None:
    circle = msgspec.structs.replace(crowd(12), as_of=TODAY)
    plain = tuple(msgspec.structs.replace(bond, moments=()) for bond in circle.bonds)
    before = msgspec.structs.replace(circle, bonds=plain)
    journal = new_journal(tmp_path)
    weigh(journal, read(written(before), TODAY), Wanted()).keep(journal)
    after = journal.circle.as_of(TODAY)
    told = [{bond.alter.name: attributes(bond, ON_SCREEN) for bond in one.bonds} for one in (before, after)]
    assert told[0] == told[1]
    assert len(after.ties) == len(before.ties)


def test_a_map_with_the_month_alone_holds_from_its_first_day() -> None:
    plan = read(written(crowd(3), Share()), DAY)
    assert {one.since for one in plan.people} == {DAY.replace(day=1)}
    assert "without names" in plan.doubts[0]


def test_it_is_known_by_its_content(tmp_path: Path) -> None:
    path = tmp_path / "anything.json"
    path.write_bytes(written(crowd(4)))
    assert guess(path) is Form.MAP
    plan = read_form(Form.MAP, path, Wishes(), DAY)
    assert isinstance(plan, Plan)
    assert len(plan.people) == 4


def test_a_later_map_and_a_broken_one_are_refused_without_their_words() -> None:
    with pytest.raises(NewerVault):
        read(changed(crowd(1), version=2), DAY)
    for data in (
        b"{",
        b"[]",
        changed(crowd(1), as_of="Quorra"),
        changed(crowd(1), nodes=[{"id": "x", "name": ["Quorra"]}]),
    ):
        with pytest.raises(Refused) as caught:
            read(data, DAY)
        assert "Quorra" not in repr(caught.value)


@pytest.mark.parametrize("name", short_corpus().values(), ids=short_corpus())
def test_nothing_obeyed_comes_in_with_a_map(name: str) -> None:
    node = {"id": "x", "name": name, "sector": name, "aliases": [name], "pronouns": name}
    data = json.dumps({"format": "kinship-map", "version": 1, "as_of": "2025-11", "nodes": [node]}, ensure_ascii=True)
    try:
        plan = read(data.encode(), DAY)
    except Refused:
        return
    for one in plan.people:
        said = [str(each.value) for each in one.said]
        assert not obeyed_in("".join((one.name, one.pronouns, *one.aliases, *said)))
