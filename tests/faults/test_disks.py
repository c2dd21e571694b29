"""A disk that refuses: saved means saved, refused means unchanged, and afterwards it goes on."""

from __future__ import annotations

import os
import resource
from pathlib import Path

import pytest

from builders.disks import MODES, FailingDisk
from builders.vaults import new_vault
from kinship.ground.errors import NotSaved
from kinship.vault import Change, durable


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
    tmp_path: Path, mode: str, request: pytest.FixtureRequest, *, lasting: bool
) -> None:
    for fails_at in range(1, 60 if request.config.getoption("--long") else 13):
        folder = tmp_path / str(fails_at)
        folder.mkdir()
        assert faults(folder, FailingDisk(mode, fails_at, lasting)) == [], f"call {fails_at}"


def test_going_on_after_a_failed_fsync_would_be_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = durable.sync_file

    def careless(file: int) -> None:
        try:
            real(file)
        except OSError:
            return

    monkeypatch.setattr(durable, "sync_file", careless)
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
    found = []
    for fails_at in range(1, 10):
        folder = tmp_path / str(fails_at)
        folder.mkdir()
        found += faults(folder, FailingDisk("short", fails_at))
    assert found != []


def test_a_full_disk_refuses_a_save_and_takes_it_when_there_is_room_again(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    vault = made.vault
    vault.commit([Change("pages", "a", {"body": "small"})])
    large = Change("pages", "a", {"body": "x" * 60_000})
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        with pytest.raises(NotSaved) as caught:
            vault.commit([large])
        assert "x" * 20 not in str(caught.value)
        assert vault.get("pages", "a") == {"body": "small"}
        assert made.reopen().get("pages", "a") == {"body": "small"}
        vault.commit([Change("pages", "b", {"body": "fits"})])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    vault.commit([large])
    vault.close()
    again = made.reopen()
    assert again.get("pages", "a") == large.document
    assert again.get("pages", "b") == {"body": "fits"}
    assert again.conflicts() == ()
