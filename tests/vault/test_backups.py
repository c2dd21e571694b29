"""Backups: each a vault of its own, rotated by date, taken back whole or by merging."""

from __future__ import annotations

import datetime as dt
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from builders.logs import bodies, key_of, page, save, segments, write_sessions
from builders.vaults import CHEAP, NOON, PASSPHRASE, Made, new_vault
from kinship.ground.clock import FrozenClock
from kinship.ground.errors import KinshipError, NotSaved, Refused
from kinship.vault import Change, durable, open_vault, unlock, unlock_with_recovery
from kinship.vault.backups import DAILY_LOCK, backups_in, make_backup, make_daily_backup, own_backups, rotate
from kinship.vault.restoring import bring_back, compare, merge_backup, restore_whole
from kinship.vault.upkeep import look_after


def filled(tmp_path: Path, clock: FrozenClock | None = None) -> Made:
    made = new_vault(tmp_path, clock)
    made.vault.close()
    write_sessions(made, 3)
    save(made, [page("p1", "edited"), Change("entries", "p2", None)])
    return made


def test_a_backup_opens_as_a_vault_by_passphrase_and_by_the_sheet_alone(tmp_path: Path) -> None:
    made = filled(tmp_path)
    backup = make_backup(made.vault.site)
    assert len(list((backup.path / "log").iterdir())) == 1
    state = tmp_path / "elsewhere"
    for key in (
        unlock(backup.path, PASSPHRASE, state=state, floor=CHEAP),
        unlock_with_recovery(backup.path, made.recovery, state=state),
    ):
        vault = open_vault(backup.path, key, state=state, clock=made.clock)
        assert bodies(vault) == {"p0": "words of p0", "p1": "edited"}
        assert vault.notices == ()


def test_the_stand_alone_reader_reads_a_backup_by_the_sheet(tmp_path: Path) -> None:
    made = filled(tmp_path)
    backup = make_backup(made.vault.site)
    (reader,) = backup.path.glob("READ-ME*")
    done = subprocess.run(
        [sys.executable, str(reader)], input=f"{made.recovery}\n", capture_output=True, text=True, check=True
    )
    assert "words of p0" in done.stdout
    assert "edited" in done.stdout
    assert "words of p2" not in done.stdout


def test_making_a_backup_changes_nothing_in_the_vault(tmp_path: Path) -> None:
    made = filled(tmp_path)
    before = {path: path.read_bytes() for path in made.path.rglob("*") if path.is_file()}
    make_backup(made.vault.site)
    assert {path: path.read_bytes() for path in made.path.rglob("*") if path.is_file()} == before


def test_looking_into_a_backup_leaves_no_mark(tmp_path: Path) -> None:
    made = filled(tmp_path)
    backup = make_backup(made.vault.site)
    made.reopen(path=backup.path).close()
    assert made.reopen().notices == ()


def test_a_backup_that_is_opened_is_not_looked_after_like_a_vault(tmp_path: Path) -> None:
    made = filled(tmp_path)
    backup = make_backup(made.vault.site, tmp_path / "stick")
    look_after(made.reopen(path=backup.path), list)
    assert own_backups(made.vault.site) == ()
    restore_whole(backup.path, tmp_path / "restored", key_of(made), made.state)
    look_after(made.reopen(path=tmp_path / "restored"), list)
    assert len(own_backups(made.vault.site)) == 1


def test_a_backup_of_a_damaged_vault_keeps_the_damaged_file(tmp_path: Path) -> None:
    made = filled(tmp_path)
    target = segments(made)[0]
    data = bytearray(target.read_bytes())
    data[300] ^= 1
    target.write_bytes(bytes(data))
    backup = make_backup(made.vault.site)
    (copy,) = [path for path in (backup.path / "log").iterdir() if path.name == target.name]
    assert copy.read_bytes() == target.read_bytes()


def test_it_is_private_and_lies_in_the_local_state(tmp_path: Path) -> None:
    made = filled(tmp_path)
    backup = make_backup(made.vault.site)
    assert backup.path.parent == made.state / made.vault.id / "backups"
    assert all(path.lstat().st_mode & 0o077 == 0 for path in (backup.path, *backup.path.rglob("*")))


def test_a_refusing_disk_leaves_no_half_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = filled(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(durable, "create_durable", full)
        with pytest.raises(NotSaved, match="space"):
            make_backup(made.vault.site)
    assert list((made.state / made.vault.id / "backups").iterdir()) == []
    assert bodies(made.reopen()).keys() == {"p0", "p1"}


def test_the_last_of_seven_days_and_four_weeks_stay(tmp_path: Path) -> None:
    clock = FrozenClock(NOON)
    made = filled(tmp_path, clock)
    for _ in range(60):
        look_after(made.reopen(), list)
        look_after(made.reopen(), list)
        clock.advance(dt.timedelta(days=1).total_seconds())
    last = NOON.date() + dt.timedelta(days=59)
    days = [backup.made.date() for backup in own_backups(made.vault.site)]
    assert days[:7] == [last - dt.timedelta(days=number) for number in range(7)]
    weeks = {day.isocalendar()[:2] for day in days}
    assert len(weeks) == 4
    assert len(days) == 9
    assert all(day.isoweekday() == 7 for day in days[7:])


def test_a_clock_that_ran_ahead_pushes_no_backup_out(tmp_path: Path) -> None:
    clock = FrozenClock(NOON)
    made = filled(tmp_path, clock)
    first = make_backup(made.vault.site)
    clock.at = NOON + dt.timedelta(days=3650)
    for _ in range(9):
        make_backup(made.vault.site)
        clock.advance(dt.timedelta(days=1).total_seconds())
    clock.at = NOON
    again = make_backup(made.vault.site)
    assert rotate(made.vault.site, again) == (first,)
    assert again in own_backups(made.vault.site)
    assert len(own_backups(made.vault.site)) == 10


def test_one_a_day_is_made_and_no_more(tmp_path: Path) -> None:
    made = filled(tmp_path)
    for _ in range(3):
        look_after(made.reopen(), list)
    assert len(own_backups(made.vault.site)) == 1


def test_programs_that_end_at_once_make_one_backup(tmp_path: Path) -> None:
    made = filled(tmp_path)
    site = made.vault.site
    with durable.locked(site.state.folder / DAILY_LOCK):
        assert make_daily_backup(site) is None
    assert own_backups(site) == ()
    assert make_daily_backup(site) is not None
    assert make_daily_backup(site) is None
    assert len(own_backups(site)) == 1


def test_a_lost_vault_is_put_back_and_forgets_what_came_after(tmp_path: Path) -> None:
    made = filled(tmp_path)
    backup = make_backup(made.vault.site)
    save(made, [page("after the backup")])
    made.reopen().close()
    shutil.rmtree(made.path)
    restore_whole(backup.path, made.path, key_of(made), made.state)
    vault = made.reopen()
    assert bodies(vault) == {"p0": "words of p0", "p1": "edited"}
    assert vault.notices == ()
    with pytest.raises(Refused):
        restore_whole(backup.path, made.path, key_of(made), made.state)


def test_a_restored_vault_is_watched_like_any_other(tmp_path: Path) -> None:
    made = filled(tmp_path)
    backup = make_backup(made.vault.site)
    shutil.rmtree(made.path)
    restore_whole(backup.path, made.path, key_of(made), made.state)
    made.reopen().close()
    (base,) = segments(made)
    save(made, [page("later")])
    base.unlink()
    assert made.reopen().notices != ()


def test_what_is_lacking_comes_back_and_what_is_newer_stays(tmp_path: Path) -> None:
    made = filled(tmp_path)
    lost_in = save(made, [page("lost")])
    save(made, [page("deleted"), page("changed")])
    backup = make_backup(made.vault.site)
    save(made, [Change("entries", "deleted", None), page("changed", "newer")])
    lost_in.unlink()
    vault = made.reopen()
    told = compare(vault, key_of(made), backup.path)
    assert (told.lacking, told.changed, [change.id for change in told.deleted]) == (1, 1, ["deleted"])
    merge_backup(vault, backup.path)
    assert bodies(vault) == {"p0": "words of p0", "p1": "edited", "lost": "words of lost", "changed": "newer"}
    assert vault.notices == ()
    bring_back(vault, told.deleted)
    assert vault.get("entries", "deleted") == {"body": "words of deleted"}
    vault.close()
    assert made.reopen().get("entries", "deleted") == {"body": "words of deleted"}
    assert compare(made.reopen(), key_of(made), backup.path).lacking == 0


def test_the_backup_of_another_vault_is_refused(tmp_path: Path) -> None:
    made = filled(tmp_path)
    other = new_vault(tmp_path, name="other")
    other.vault.close()
    backup = make_backup(other.vault.site)
    with pytest.raises(KinshipError, match="no backup of this vault"):
        compare(made.reopen(), key_of(made), backup.path)


def test_a_folder_of_ones_own_may_hold_backups(tmp_path: Path) -> None:
    made = filled(tmp_path)
    first = make_backup(made.vault.site, tmp_path / "stick")
    second = make_backup(made.vault.site, tmp_path / "stick")
    (tmp_path / "stick" / "holiday pictures").mkdir()
    (tmp_path / "stick" / "notes.kinship").mkdir()
    assert {backup.path for backup in backups_in(tmp_path / "stick")} == {first.path, second.path}
    assert own_backups(made.vault.site) == ()
