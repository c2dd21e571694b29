"""A disk that refuses: saved means saved, refused means unchanged, and afterwards it goes on."""

from __future__ import annotations

import os
import resource
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from builders.disks import MODES, FailingDisk
from builders.vaults import new_vault
from kinship.ground.errors import NotSaved
from kinship.vault import Change, Vault, durable
from kinship.vault.segment import SegmentWriter

Tally = Callable[..., None]


def page(number: int) -> Change:
    return Change("pages", f"p{number % 3}", {"save": number, "body": "x" * 400 * number})


def faults(folder: Path, disk: FailingDisk) -> list[str]:
    """Return what went wrong in a session of saves on a failing disk."""
    made = new_vault(folder)
    made.vault.close()
    vault = made.reopen()
    expected: dict[str, int] = {}
    wrong: list[str] = []
    with disk.installed():
        for number in range(1, 8):
            change = page(number)
            try:
                vault.commit([change])
            except NotSaved:
                pass
            else:
                expected[change.id] = number
            if {uid: document["save"] for uid, document in vault.all("pages")} != expected:
                wrong.append(f"memory differs after save {number}")
    last = page(9)
    vault.commit([last])
    expected[last.id] = 9
    vault.close()
    again = made.reopen(state=folder / "new-computer")
    for uid, number in expected.items():
        found = again.get("pages", uid)
        if found is None or found["save"] < number:
            wrong.append(f"save {number} was acknowledged and is lost")
    if again.conflicts():
        wrong.append("a refused save came back as a conflict")
    return wrong


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "lasting"])
@pytest.mark.parametrize("mode", MODES)
def test_whatever_call_fails_nothing_acknowledged_is_lost(
    tmp_path: Path, mode: str, counted: Callable[[int, int], int], tally: Tally, *, lasting: bool
) -> None:
    runs = counted(12, 60)
    for fails_at in range(1, runs + 1):
        folder = tmp_path / str(fails_at)
        folder.mkdir()
        wrong = faults(folder, FailingDisk(mode, fails_at, lasting))
        tally("calls that fail", runs=1, wrong=len(wrong))
        assert wrong == [], f"call {fails_at}"


def test_going_on_after_a_failed_fsync_would_be_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = durable.sync_file

    def careless(file: int) -> None:
        try:
            real(file)
        except OSError:
            return

    monkeypatch.setattr(durable, "sync_file", careless)
    monkeypatch.setattr(SegmentWriter, "_check_in_place", lambda _: None)
    found = []
    for fails_at in range(1, 8):
        folder = tmp_path / str(fails_at)
        folder.mkdir()
        found += faults(folder, FailingDisk("sync_error", fails_at))
    assert found != []


def test_a_short_write_taken_for_a_whole_one_would_be_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def once(file: int, data: bytes) -> None:
        os.write(file, data)

    monkeypatch.setattr(durable, "write_all", once)
    monkeypatch.setattr(SegmentWriter, "_check_in_place", lambda _: None)
    found = []
    for fails_at in range(1, 10):
        folder = tmp_path / str(fails_at)
        folder.mkdir()
        found += faults(folder, FailingDisk("short", fails_at))
    assert found != []


def full_disk_faults(folder: Path) -> list[str]:
    """Return what went wrong with saves while files may not grow, and after there is room again."""
    made = new_vault(folder)
    vault = made.vault
    small, large = {"body": "small"}, {"body": "x" * 60_000}
    vault.commit([Change("pages", "a", small)])
    wrong = []
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        try:
            vault.commit([Change("pages", "a", large)])
            wrong.append("a save without room was acknowledged")
        except NotSaved as refused:
            wrong += ["the words stand in the message"] if "x" * 20 in str(refused) else []
        for name, opened in (("memory", vault), ("the disk", made.reopen())):
            if opened.get("pages", "a") != small:
                wrong.append(f"a refused save is in {name}")
        vault.commit([Change("pages", "b", small)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    vault.commit([Change("pages", "a", large)])
    vault.close()
    again = made.reopen()
    if (again.get("pages", "a"), again.get("pages", "b"), again.conflicts()) != (large, small, ()):
        wrong.append("what was saved is not there")
    return wrong


def test_a_full_disk_refuses_a_save_and_takes_it_when_there_is_room_again(tmp_path: Path, tally: Tally) -> None:
    wrong = full_disk_faults(tmp_path)
    tally("full disk, then room again", runs=1, wrong=len(wrong))
    assert wrong == []


def test_showing_a_page_before_it_is_saved_would_be_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Vault._write

    def hasty(vault: Vault, segment: str, change: Change, encoded: bytes) -> Any:
        one = real(vault, segment, change, encoded)
        vault._show(one)
        return one

    monkeypatch.setattr(Vault, "_write", hasty)
    assert "a refused save is in memory" in full_disk_faults(tmp_path)


def test_a_full_disk_taken_for_one_with_room_would_be_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = durable.write_all

    def careless(file: int, data: bytes) -> None:
        with suppress(OSError):
            real(file, data)

    monkeypatch.setattr(durable, "write_all", careless)
    monkeypatch.setattr(SegmentWriter, "_check_in_place", lambda _: None)
    assert "a save without room was acknowledged" in full_disk_faults(tmp_path)
