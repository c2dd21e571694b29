"""The doctor names what is wrong with the places of a vault, and changes nothing there."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from builders.logs import page, save, write_sessions
from builders.vaults import NOON, Made, new_vault
from kinship.ground.clock import FrozenClock
from kinship.vault import doctor, durable
from kinship.vault.backups import make_backup
from kinship.vault.doctor import FINE, WARNING, WRONG, look_from_inside, look_from_outside
from kinship.vault.mounts import filesystem_of


def vault_of(tmp_path: Path) -> Made:
    made = new_vault(tmp_path)
    made.vault.close()
    write_sessions(made, 2)
    make_backup(made.vault.site)
    return made


def outside(made: Made) -> dict[str, tuple[str, str]]:
    """Return level and sentence of each check that is not fine."""
    found = look_from_outside(made.path, made.state, made.clock)
    return {one.check: (one.level, one.sentence) for one in found if one.level != FINE}


@pytest.fixture(autouse=True)
def on_a_drive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "filesystem_of", lambda _: "ext4")


def test_a_healthy_vault_has_nothing_and_is_left_as_it_is(tmp_path: Path) -> None:
    made = vault_of(tmp_path)
    before = sorted(made.path.rglob("*"))
    assert outside(made) == {}
    assert sorted(made.path.rglob("*")) == before
    assert {one.level for one in look_from_inside(made.reopen(), made.clock)} == {FINE}


def test_open_modes_are_named_and_closed_by_opening(tmp_path: Path) -> None:
    made = vault_of(tmp_path)
    (made.path / "log").chmod(0o775)
    next((made.path / "log").iterdir()).chmod(0o664)
    level, sentence = outside(made)["mode"]
    assert level == WARNING
    assert str(made.path / "log") in sentence
    assert "1 more" in sentence
    made.reopen().close()
    assert outside(made) == {}


def test_a_drive_without_modes_is_not_told_to_close_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = vault_of(tmp_path)
    (made.path / "log").chmod(0o755)
    monkeypatch.setattr(doctor, "filesystem_of", lambda _: "exfat")
    assert outside(made)["mode"] == (
        WARNING,
        f"{made.path / 'log'} is open to other users of this computer; that drive keeps no modes, so it stays so.",
    )


def test_what_belongs_to_somebody_else_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = vault_of(tmp_path)
    mine = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: mine + 1)
    assert outside(made)["owner"][0] == WRONG


@pytest.mark.parametrize(
    ("kind", "check", "level"),
    [("tmpfs", "memory", WRONG), ("exfat", "disk", WARNING), ("nfs4", "disk", WARNING), ("cifs", "disk", WARNING)],
)
def test_a_drive_that_keeps_less_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, check: str, level: str
) -> None:
    made = vault_of(tmp_path)
    monkeypatch.setattr(doctor, "filesystem_of", lambda _: kind)
    told = outside(made)[check]
    assert told[0] == level
    assert kind in told[1]


def test_a_drive_that_cannot_sync_folders_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = vault_of(tmp_path)
    monkeypatch.setattr(durable, "sync_folder", lambda _: False)
    assert "power cut" in outside(made)["disk"][1]


def test_a_drive_that_refuses_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = vault_of(tmp_path)

    def refuse(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(durable, "create_durable", refuse)
    level, sentence = outside(made)["disk"]
    assert level == WRONG
    assert "read-only" in sentence


def test_foreign_files_are_named_and_those_of_syncers_are_not(tmp_path: Path) -> None:
    made = vault_of(tmp_path)
    (made.path / ".git").mkdir()
    (made.path / ".stfolder").mkdir()
    assert outside(made) == {}
    (made.path / "log" / "shopping.txt").write_text("milk")
    assert outside(made)["foreign"][1].startswith("log/shopping.txt")


def test_quarantine_and_a_lack_of_backups_are_named(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    made.vault.close()
    quarantine = made.state / made.vault.id / "quarantine"
    quarantine.mkdir(mode=0o700)
    (quarantine / "x.seg").touch(0o600)
    told = outside(made)
    assert told["quarantine"][1].startswith("1 file")
    assert told["backup"][0] == WARNING


def test_backups_that_stopped_are_named(tmp_path: Path) -> None:
    made = vault_of(tmp_path)
    assert isinstance(made.clock, FrozenClock)
    made.clock.advance(dt.timedelta(days=15).total_seconds())
    assert outside(made)["backup"][0] == WARNING


def test_missing_sessions_and_clocks_that_ran_ahead_are_seen_from_inside(tmp_path: Path) -> None:
    made = vault_of(tmp_path)
    assert isinstance(made.clock, FrozenClock)
    made.clock.at = NOON + dt.timedelta(days=900)
    save(made, [page("from the future")])
    made.clock.at = NOON
    save(made, [page("now")]).unlink()
    vault = made.reopen()
    told = {one.check: one.level for one in look_from_inside(vault, made.clock) if one.level != FINE}
    assert told["clock"] == WARNING
    assert {"missing", "older"} & told.keys()


def test_the_kind_of_file_system_is_that_of_the_deepest_mount(tmp_path: Path) -> None:
    mounts = tmp_path / "mountinfo"
    place = tmp_path / "a stick" / "vault"
    place.mkdir(parents=True)
    point = str(place.parent).replace(" ", "\\040")
    mounts.write_text(
        "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
        f"23 22 8:2 / {point} rw,nosuid shared:1 - exfat /dev/sdb1 rw\n"
        f"24 22 8:3 / {tmp_path}/a rw - tmpfs tmpfs rw\n"
        "nonsense\n"
    )
    assert filesystem_of(place, mounts) == "exfat"
    assert filesystem_of(tmp_path, mounts) == "ext4"
    assert filesystem_of(tmp_path, tmp_path / "nowhere") == ""
