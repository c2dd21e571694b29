"""Clocks that lie: they may mix up an order on the screen, and never cost a word."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from builders.devices import Device, devices
from builders.vaults import NOON
from kinship.ground.clock import FrozenClock
from kinship.vault import Change
from kinship.vault.hybrid import COUNTER_BITS
from kinship.vault.sides import written_at

YEAR = dt.timedelta(days=365)
LIES = [10 * YEAR, 2 * YEAR, dt.timedelta(hours=25), dt.timedelta(hours=-25), -20 * YEAR]


def two(tmp_path: Path, lie: dt.timedelta) -> tuple[Device, Device]:
    """Return a laptop whose clock is right and a phone whose clock is wrong by `lie`."""
    laptop, phone = devices(tmp_path, "laptop", "phone")
    phone.clock.at += lie
    return laptop, phone


def bodies(device: Device, page: str) -> set[str]:
    return {document["body"] for document in device.vault.heads("entries", page) if document is not None}


@pytest.mark.parametrize("lie", LIES)
def test_an_edit_that_saw_another_replaces_it_whatever_the_clocks_say(tmp_path: Path, lie: dt.timedelta) -> None:
    laptop, phone = two(tmp_path, lie)
    page = phone.write("first")
    laptop.take_from(phone)
    laptop.write("second", page)
    phone.take_from(laptop)
    phone.write("third", page)
    laptop.take_from(phone)
    assert bodies(laptop, page) == bodies(phone, page) == {"third"}


@pytest.mark.parametrize("lie", LIES)
def test_concurrent_edits_are_both_kept_whatever_the_clocks_say(tmp_path: Path, lie: dt.timedelta) -> None:
    laptop, phone = two(tmp_path, lie)
    page = phone.write("first")
    laptop.take_from(phone)
    laptop.write("mine", page)
    phone.write("theirs", page)
    laptop.take_from(phone)
    phone.take_from(laptop)
    assert bodies(laptop, page) == bodies(phone, page) == {"mine", "theirs"}
    assert laptop.vault.heads("entries", page) == phone.vault.heads("entries", page)


@pytest.mark.parametrize(("lie", "adopted"), [(dt.timedelta(hours=23), True), (dt.timedelta(hours=25), False)])
def test_a_clock_a_day_ahead_is_not_adopted(tmp_path: Path, lie: dt.timedelta, adopted: bool) -> None:
    laptop, phone = two(tmp_path, lie)
    phone.write("first")
    laptop.take_from(phone)
    page = laptop.write("second")
    (side,) = laptop.vault.heads_detail("entries", page)
    assert (side.at >= phone.clock.at) is adopted
    assert adopted or side.at == laptop.clock.at


def test_a_choice_can_be_changed_after_one_from_the_far_future(tmp_path: Path) -> None:
    laptop, phone = two(tmp_path, 10 * YEAR)
    phone.vault.commit([Change("choices", "country", {"value": "NZ"}, lww=True)])
    laptop.take_from(phone)
    laptop.vault.commit([Change("choices", "country", {"value": "PT"}, lww=True)])
    phone.take_from(laptop)
    for device in (laptop, phone):
        assert device.vault.get("choices", "country") == {"value": "PT"}


def test_a_clock_that_is_set_back_keeps_the_order_of_one_session(tmp_path: Path) -> None:
    (laptop,) = devices(tmp_path, "laptop")
    page = laptop.write("first")
    for step in range(3):
        laptop.clock.at -= 400 * dt.timedelta(days=1)
        laptop.write(f"later {step}", page)
    laptop.restart()
    laptop.write("last", page)
    assert bodies(laptop, page) == {"last"}
    laptop.restart()
    assert bodies(laptop, page) == {"last"}
    assert laptop.vault.notices == ()


def test_slots_that_were_noted_by_a_lying_clock_are_replaced_by_later_ones(tmp_path: Path) -> None:
    laptop, phone = two(tmp_path, 10 * YEAR)
    phone.vault.note_slots(["from the future"])
    laptop.take_from(phone)
    laptop.vault.note_slots(["now"])
    laptop.restart()
    slots = laptop.vault._log.slots
    assert slots is not None
    assert slots.ids == ("now",)


def test_the_time_of_a_version_has_the_offset_of_its_place(tmp_path: Path) -> None:
    (laptop,) = devices(tmp_path, "laptop")
    laptop.clock = FrozenClock(NOON.astimezone(dt.timezone(dt.timedelta(hours=13))))
    laptop.restart()
    page = laptop.write("from far away")
    (side,) = laptop.vault.heads_detail("entries", page)
    assert side.at.isoformat() == "2024-05-04T01:00:00+13:00"


@pytest.mark.parametrize("begun", ["", "no time", "2024-05-03T12:00:00"])
def test_times_that_no_calendar_has_are_shown_all_the_same(begun: str) -> None:
    assert written_at((1 << 64) - 1, begun).year >= 9998
    assert written_at(0, begun) == dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    assert written_at(1_000 << COUNTER_BITS, begun).second == 1
