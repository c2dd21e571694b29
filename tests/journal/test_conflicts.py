"""What was written in two places at once: shown with device and time, settled, taken back, nothing lost."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders.devices import Device, called, devices, one_page_twice
from builders.vaults import NOON
from kinship.ground.errors import Misused, NotFound, Refused
from kinship.journal.conflicts import find_conflict, together
from kinship.journal.journal import Conflict, PageText
from kinship.vault.tidy import Order, tidy

MINE = "Tea with @Bea.\nShe laughed. #spring"
THEIRS = "Tea with @Bea.\nIt rained."


def only(device: Device) -> Conflict:
    (conflict,) = device.journal.conflicts()
    return conflict


def bodies(device: Device) -> list[str]:
    return [version.body for version in only(device).versions]


def test_both_devices_see_both_texts_with_device_and_time(tmp_path: Path) -> None:
    laptop, phone, page = one_page_twice(tmp_path)
    for device, here in ((laptop, [False, True]), (phone, [True, False])):
        conflict = only(device)
        assert conflict.id == page
        assert [one.body for one in conflict.versions] == [THEIRS, MINE]
        assert [one.device for one in conflict.versions] == ["phone", "laptop"]
        assert [one.here for one in conflict.versions] == here
        assert [one.at for one in conflict.versions] == [NOON + dt.timedelta(minutes=n) for n in (20, 10)]


@pytest.mark.parametrize("number", [1, 2])
def test_taking_one_keeps_the_other_in_the_history(tmp_path: Path, number: int) -> None:
    laptop, phone, page = one_page_twice(tmp_path)
    chosen, other = (THEIRS, MINE) if number == 1 else (MINE, THEIRS)
    laptop.journal.settle(only(laptop), number)
    phone.take_from(laptop)
    for device in (laptop, phone):
        assert device.journal.conflicts() == ()
        entry = device.journal.pages.get(page)
        assert entry is not None
        assert entry.body == chosen
        assert bool(entry.tags) is (number == 2)
        assert other in [revision.body for revision in device.journal.pages.history(page)]


def test_the_history_says_when_and_where_the_other_was_written(tmp_path: Path) -> None:
    laptop, phone, page = one_page_twice(tmp_path)
    laptop.journal.settle(only(laptop), 2)
    (former,) = [one for one in laptop.journal.pages.history(page) if one.body == THEIRS]
    assert (former.at, former.device) == (NOON + dt.timedelta(minutes=20), phone.vault.device)


def test_together_holds_both_and_what_they_share_once(tmp_path: Path) -> None:
    laptop, _, page = one_page_twice(tmp_path)
    laptop.journal.settle_together(only(laptop))
    entry = laptop.journal.pages.get(page)
    assert entry is not None
    assert entry.body == "Tea with @Bea.\n\nIt rained.\n\n---\n\nShe laughed. #spring"
    assert entry.tags == ("spring",)
    assert {MINE, THEIRS} <= {one.body for one in laptop.journal.pages.history(page)}


@pytest.mark.parametrize("way", ["first", "second", "together"])
def test_undo_brings_both_back_as_they_were_and_redo_settles_again(tmp_path: Path, way: str) -> None:
    laptop, phone, page = one_page_twice(tmp_path)
    before, history = only(laptop), laptop.journal.pages.history(page)
    if way == "together":
        laptop.journal.settle_together(before)
    else:
        laptop.journal.settle(before, 1 if way == "first" else 2)
    settled = laptop.journal.pages.get(page)
    laptop.journal.undo()
    assert only(laptop).versions == before.versions
    assert laptop.journal.pages.history(page) == history
    phone.take_from(laptop)
    assert [(one.device, one.at, one.body) for one in only(phone).versions] == [
        (one.device, one.at, one.body) for one in before.versions
    ]
    laptop.journal.redo()
    assert laptop.journal.conflicts() == ()
    assert laptop.journal.pages.get(page) == settled
    laptop.journal.undo()
    laptop.restart()
    assert only(laptop).versions == before.versions


def test_an_ordinary_edit_of_such_a_page_can_be_undone_too(tmp_path: Path) -> None:
    laptop, _, page = one_page_twice(tmp_path)
    before = only(laptop).versions
    laptop.write("Something third.", page)
    assert laptop.journal.conflicts() == ()
    laptop.journal.undo()
    assert only(laptop).versions == before


def test_settling_on_both_devices_at_once_is_a_conflict_again_unless_they_agree(tmp_path: Path) -> None:
    laptop, phone, page = one_page_twice(tmp_path)
    laptop.journal.settle(only(laptop), 1)
    phone.journal.settle(only(phone), 1)
    laptop.take_from(phone)
    assert laptop.journal.conflicts() == ()
    laptop.write("one", page)
    phone.write("two", page)
    laptop.take_from(phone)
    laptop.journal.settle(only(laptop), 2)
    laptop.take_from(phone)
    assert laptop.journal.conflicts() == ()


def test_pages_that_differ_only_beside_their_words_say_in_what(tmp_path: Path) -> None:
    laptop, phone = devices(tmp_path, "laptop", "phone")
    page = laptop.write("Tea.")
    phone.take_from(laptop)
    laptop.journal.star_page(page)
    phone.journal.keep_page(PageText(id=page, body="Tea.", mood=7))
    laptop.take_from(phone)
    told = {version.beside for version in only(laptop).versions}
    assert told == {("starred: yes",), ("mood: 7",)}
    laptop.journal.settle_together(only(laptop))
    entry = laptop.journal.pages.get(page)
    assert entry is not None
    assert (entry.body, entry.mood, entry.starred) == ("Tea.", 7, True)


def test_device_and_time_outlive_tidying(tmp_path: Path) -> None:
    laptop, phone, _ = one_page_twice(tmp_path)
    before = only(laptop).versions
    for device in (laptop, phone):
        device.restart()
    for source, target in ((laptop, phone), (phone, laptop)):
        target.take_from(source)
    done = tidy(phone.vault.site, Order(asked=True, everything=True))
    assert done is not None
    assert len(done.folded) > 1
    tablet = Device("tablet", phone.made, tmp_path)
    tablet.take_from(phone)
    for device in (phone, tablet):
        found = only(device).versions
        assert [(one.device, one.at, one.body) for one in found] == [(one.device, one.at, one.body) for one in before]
    tablet.journal.settle(only(tablet), 2)
    tablet.journal.undo()
    assert [(one.device, one.at, one.body) for one in only(tablet).versions] == [
        (one.device, one.at, one.body) for one in before
    ]
    assert tablet.vault.notices == ()


def test_what_arrives_while_a_person_chooses_stays_beside(tmp_path: Path) -> None:
    laptop, phone, page = one_page_twice(tmp_path)
    shown = only(laptop)
    phone.write("A third, written over both.", page)
    laptop.take_from(phone)
    with pytest.raises(Refused):
        laptop.journal.settle(shown, 1)
    laptop, phone, page = one_page_twice(tmp_path / "again")
    tablet = Device("tablet", laptop.made, tmp_path / "again")
    tablet.write("From the tablet.", tablet.write("x"))
    shown = only(laptop)
    assert laptop.journal.settle(shown, 1)


def test_an_unknown_number_and_an_unknown_id_are_said(tmp_path: Path) -> None:
    laptop, _, page = one_page_twice(tmp_path)
    for number in (0, 3, -1):
        with pytest.raises(Misused):
            laptop.journal.settle(only(laptop), number)
    found = laptop.journal.conflicts()
    assert find_conflict(found, page[:6]) == found[0]
    for word in ("", "zzzz"):
        with pytest.raises(NotFound):
            find_conflict(found, word)


def test_people_stand_side_by_side_too_and_are_taken_but_not_put_together(tmp_path: Path) -> None:
    laptop, phone = devices(tmp_path, "laptop", "phone")
    with called("laptop"):
        bea = laptop.journal.add_alter("Bea").made["alters"][0]
    phone.take_from(laptop)
    for device, notes in ((laptop, "likes tea"), (phone, "likes rain")):
        alter = device.journal.alters.get(bea)
        assert alter is not None
        with called(device.name):
            device.journal.edit_alter(type(alter)(id=bea, kind=alter.kind, name="Bea", notes=notes))
    laptop.take_from(phone)
    conflict = only(laptop)
    assert conflict.called == "somebody in the circle"
    assert "notes: likes tea" in [line for one in conflict.versions for line in one.body.split("\n")]
    with pytest.raises(Misused):
        laptop.journal.settle_together(conflict)
    at = next(n for n, one in enumerate(conflict.versions, 1) if "rain" in one.body)
    laptop.journal.settle(conflict, at)
    alter = laptop.journal.alters.get(bea)
    assert alter is not None
    assert alter.notes == "likes rain"


@pytest.mark.parametrize(
    ("bodies", "one"),
    [
        (["same", "same"], "same"),
        (["a", "b"], "a\n\n---\n\nb"),
        (["a", "b", "c"], "a\n\n---\n\nb\n\n---\n\nc"),
        (["head\na\ntail", "head\nb\ntail"], "head\n\na\n\n---\n\nb\n\ntail"),
        (["a\nb", "a\nb\nc"], "a\nb\nc"),
        (["a\nb\nc", "a\nc"], "a\nb\nc"),
        (["", "b"], "b"),
    ],
)
def test_texts_are_put_together_once_where_they_agree(bodies: list[str], one: str) -> None:
    assert together(bodies) == one


@given(st.lists(st.text(alphabet="ab\n", max_size=12), min_size=1, max_size=4))
def test_no_line_is_lost_in_putting_together(bodies: list[str]) -> None:
    lines = together(bodies).split("\n")
    assert {line for body in bodies for line in body.split("\n") if line.strip()} <= set(lines)
