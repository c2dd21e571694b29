"""What is not in the folder and should be: not arrived, not downloaded, put back from an older copy."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from builders.devices import Device, called, devices
from builders.logs import page
from builders.vaults import Made, new_vault
from kinship.vault import Change, Notice, Vault, durable
from kinship.vault.tidy import Order, tidy


def told(vault: Vault) -> list[tuple[str, str]]:
    return [(notice.what, notice.sentence) for notice in vault.notices]


def one(vault: Vault) -> Notice:
    (notice,) = vault.notices
    return notice


def segment(device: Device) -> Path:
    return device.path / "log" / f"{device.vault.session}.seg"


def three_devices(folder: Path) -> tuple[Device, Device, Device]:
    """Return a laptop with two saves, a phone that read them and saved since, and a tablet with nothing yet."""
    laptop, phone, tablet = devices(folder, "laptop", "phone", "tablet")
    laptop.write("one")
    laptop.write("two")
    phone.take_from(laptop)
    phone.write("three")
    return laptop, phone, tablet


def test_saves_that_have_not_arrived_are_counted_and_named_with_their_device(tmp_path: Path) -> None:
    laptop, phone, tablet = three_devices(tmp_path)
    shutil.copy(segment(phone), tablet.path / "log")
    tablet.journal.refresh()
    assert told(tablet.vault) == [("missing", "2 saves from laptop have not arrived yet.")]
    tablet.restart()
    assert told(tablet.vault) == [("missing", "2 saves from laptop have not arrived yet.")]
    tablet.take_from(laptop)
    assert told(tablet.vault) == []


def test_one_that_has_not_arrived_is_one(tmp_path: Path) -> None:
    laptop, phone, tablet = three_devices(tmp_path)
    whole = segment(laptop).read_bytes()
    frames = [at for at in range(len(whole)) if whole.startswith(b"KFRM", at)]
    (tablet.path / "log" / segment(laptop).name).write_bytes(whole[: frames[-1]])
    shutil.copy(segment(phone), tablet.path / "log")
    tablet.journal.refresh()
    assert told(tablet.vault) == [("missing", "1 save from laptop has not arrived yet.")]


def test_an_unnamed_device_is_another_one(tmp_path: Path) -> None:
    _, phone, tablet = three_devices(tmp_path)
    shutil.copy(segment(phone), tablet.path / "log")
    tablet.journal.refresh()
    tablet.vault._log.authors.clear()
    tablet.vault._state.marks.authors.clear()
    assert "another device" in one(tablet.vault).sentence


def test_a_whole_folder_has_nothing_to_tell_whoever_closed_when(tmp_path: Path) -> None:
    laptop, phone, tablet = three_devices(tmp_path)
    for _ in range(2):
        for source in (laptop, phone, tablet):
            for target in (laptop, phone, tablet):
                target.take_from(source)
        laptop.restart()
        phone.restart()
    assert [told(device.vault) for device in (laptop, phone, tablet)] == [[], [], []]


@pytest.mark.parametrize("name", ["{}", ".{}.icloud"])
def test_a_placeholder_is_missing_and_never_empty(tmp_path: Path, name: str) -> None:
    laptop, _, tablet = three_devices(tmp_path)
    there = tablet.path / "log" / name.format(segment(laptop).name)
    there.write_bytes(b"" if name == "{}" else b"bplist00\xd3\x01\x02")
    tablet.journal.refresh()
    assert [what for what, _ in told(tablet.vault)] == ["missing"]
    assert "downloaded" in one(tablet.vault).sentence
    tablet.take_from(laptop)
    assert {entry.body for entry in tablet.journal.pages.all()} == {"one", "two"}


def test_a_placeholder_in_place_of_what_was_read_is_missing_too(tmp_path: Path) -> None:
    laptop, _, tablet = three_devices(tmp_path)
    tablet.take_from(laptop)
    (tablet.path / "log" / segment(laptop).name).write_bytes(b"")
    tablet.restart()
    assert {what for what, _ in told(tablet.vault)} == {"missing"}


def put_back(folder: Path) -> tuple[Made, Vault]:
    """Return a vault of which an old copy was put in place of the present one, open again."""
    made = new_vault(folder)
    made.vault.close()
    old = folder / "old"
    with called("laptop"), made.reopen() as vault:
        vault.commit([Change("entries", "kept", {"body": "x"})])
    shutil.copytree(made.path, old)
    with called("laptop"), made.reopen() as vault:
        vault.commit([Change("entries", "gone", {"body": "x"})])
        vault.commit([Change("entries", "gone too", {"body": "x"})])
    shutil.rmtree(made.path)
    shutil.copytree(old, made.path)
    return made, made.reopen()


def test_a_folder_put_back_from_an_old_copy_is_noticed_in_a_clear_sentence(tmp_path: Path) -> None:
    _, vault = put_back(tmp_path)
    sentence = (
        "The folder is older than what this computer has read: 2 saves from this computer are gone from it. "
        "A syncer may still be at work, or an old copy was put in its place. "
        "Where that was meant: kinship restore --as-it-is"
    )
    assert told(vault) == [("older", sentence)]


def test_it_is_told_until_somebody_says_that_it_was_meant(tmp_path: Path) -> None:
    made, vault = put_back(tmp_path)
    vault.commit([Change("entries", "new", {"body": "y"})])
    vault.close()
    again = made.reopen()
    assert [what for what, _ in told(again)] == ["older"]
    again.accept_folder()
    assert told(again) == []
    again.close()
    assert told(made.reopen()) == []


def test_what_was_folded_needs_no_mark_and_the_fold_has_one(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    made.vault.close()
    for number in range(4):
        with made.reopen() as vault:
            vault.commit([Change("entries", str(number), {"body": "x"})])
    done = tidy(made.reopen().site, Order(asked=True, everything=True))
    assert done is not None
    again = made.reopen()
    assert list(again._state.marks.segments) == list(again._state.marks.authors) == [done.into]
    (made.path / "log" / f"{done.into}.seg").unlink()
    assert [what for what, _ in told(made.reopen())] == ["older"]


def test_what_comes_back_ends_it(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    made.vault.close()
    with made.reopen() as vault:
        vault.commit([Change("entries", "a", {"body": "x"})])
    file = made.path / "log" / f"{vault.session}.seg"
    data = file.read_bytes()
    file.unlink()
    again = made.reopen()
    assert [what for what, _ in told(again)] == ["older"]
    file.write_bytes(data)
    assert len(again.refresh()) == 1
    assert told(again) == []


def test_a_new_computer_that_is_handed_an_old_copy_cannot_know(tmp_path: Path) -> None:
    made, _ = put_back(tmp_path)
    assert told(made.reopen(state=tmp_path / "new")) == []


CONFLICT_COPIES = [
    "{}.sync-conflict-20240503-120000-ABCDEFG.seg",
    "{} (laptop's conflicted copy 2024-05-03).seg",
    "{} (1).seg",
    "{} 2.seg",
    "{}-laptop.seg",
    "{} (conflicted copy 2024-05-03 120000).seg",
    "{}_conflict-20240503-120000.seg",
    ".syncthing.{}.seg.tmp",
    ".{}.seg.Xa3b9z",
    "{}.seg.partial",
]


@pytest.mark.parametrize("name", CONFLICT_COPIES)
@pytest.mark.parametrize("longer", ["copy", "original"])
def test_a_syncers_copy_is_read_whatever_it_is_called(tmp_path: Path, name: str, longer: str) -> None:
    laptop, phone = devices(tmp_path, "laptop", "phone")
    laptop.write("one")
    short = segment(laptop).read_bytes()
    laptop.write("two")
    original = phone.path / "log" / segment(laptop).name
    copy = phone.path / "log" / name.format(segment(laptop).stem)
    shutil.copy(segment(laptop), copy if longer == "copy" else original)
    (original if longer == "copy" else copy).write_bytes(short)
    phone.journal.refresh()
    assert {entry.body for entry in phone.journal.pages.all()} == {"one", "two"}
    assert told(phone.vault) == []


def test_copies_of_key_files_change_nothing(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    made.vault.close()
    (key,) = (made.path / "keys").iterdir()
    for name in (f"{key.stem}.sync-conflict-20240503-120000-ABCDEFG.key", f"{key.stem} (1).key"):
        shutil.copy(key, key.with_name(name))
    shutil.copy(made.path / "vault.kin", made.path / "vault (1).kin")
    assert told(made.reopen()) == []


def test_what_another_program_writes_is_vouched_for_once_it_is_on_the_drive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = new_vault(tmp_path)
    made.vault.commit([page("one")])
    writing = made.path / "log" / f"{made.vault.session}.seg"
    synced: list[int] = []
    real = durable.sync_file

    def seen(file: int) -> None:
        synced.append(os.fstat(file).st_ino)
        real(file)

    monkeypatch.setattr(durable, "sync_file", seen)
    made.reopen().close()
    assert writing.stat().st_ino in synced
    synced.clear()
    made.reopen().close()
    assert writing.stat().st_ino not in synced
    made.vault.close()


def test_what_cannot_be_synced_is_read_and_not_vouched_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = new_vault(tmp_path)
    made.vault.commit([page("one")])
    name = made.vault.session
    inode = (made.path / "log" / f"{name}.seg").stat().st_ino
    real = durable.sync_file

    def refused(file: int) -> None:
        if os.fstat(file).st_ino == inode:
            raise OSError(errno.EIO, "Input/output error")
        real(file)

    with monkeypatch.context() as broken:
        broken.setattr(durable, "sync_file", refused)
        reader = made.reopen()
        assert reader.get("entries", "one") is not None
        assert name not in reader.site.state.marks.segments
    made.vault.close()
