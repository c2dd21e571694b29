"""Purging: what was deleted or written over is nowhere to be decrypted any more, and the rest is named."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from builders.logs import bodies, key_of, page, readable_bytes, save, segments, write_sessions
from builders.vaults import NOON, Made, new_vault
from kinship.ground.clock import FrozenClock
from kinship.ground.errors import Refused
from kinship.vault import Change, durable
from kinship.vault.backups import make_backup, own_backups, remove
from kinship.vault.purge import Purged, purge
from kinship.vault.tidy import LOCK
from kinship.vault.upkeep import PURGE_AFTER, PURGE_DAY, look_after

SECRET = "what nobody shall read again"


def with_secret(tmp_path: Path) -> tuple[Made, FrozenClock]:
    """Return a vault with a page that held the secret and was deleted, and one that held it before an edit."""
    clock = FrozenClock(NOON)
    made = new_vault(tmp_path, clock)
    made.vault.close()
    write_sessions(made, 3)
    save(made, [page("gone", SECRET), page("edited", SECRET), page("stays", "harmless")])
    save(made, [Change("entries", "gone", None), page("edited", "other words")])
    return made, clock


def decryptable(made: Made, text: str) -> bool:
    """Return whether any byte of the vault and the local state, opened with the key, tells `text`."""
    return any(text.encode() in data for data in readable_bytes(key_of(made), made.path, made.state))


def purged(made: Made) -> Purged:
    return purge(made.reopen())


def test_what_was_deleted_or_written_over_is_nowhere_any_more(tmp_path: Path) -> None:
    made, _ = with_secret(tmp_path)
    assert decryptable(made, SECRET)
    done = purged(made)
    assert done.left == ()
    assert done.older == ()
    assert not decryptable(made, SECRET)
    assert decryptable(made, "harmless")
    assert len(segments(made)) == 1
    vault = made.reopen()
    assert bodies(vault).keys() == {"p0", "p1", "p2", "edited", "stays"}
    assert vault.notices == ()


def test_the_looking_would_find_it(tmp_path: Path) -> None:
    made, _ = with_secret(tmp_path)
    segment = save(made, [page("gone", SECRET)])
    data = segment.read_bytes()
    save(made, [Change("entries", "gone", None)])
    purged(made)
    assert not decryptable(made, SECRET)
    (made.state / made.vault.id / "somewhere else").write_bytes(data)
    assert decryptable(made, SECRET)


def test_the_mark_of_a_deletion_stays_and_keeps_old_copies_dead(tmp_path: Path) -> None:
    made, _ = with_secret(tmp_path)
    old = {path.name: path.read_bytes() for path in segments(made)}
    purged(made)
    for name, data in old.items():
        (made.path / "log" / name).write_bytes(data)
    vault = made.reopen()
    assert vault.get("entries", "gone") is None
    assert bodies(vault)["edited"] == "other words"
    vault.close()
    purged(made)
    assert not decryptable(made, SECRET)


def test_older_backups_hold_it_and_are_named(tmp_path: Path) -> None:
    made, _ = with_secret(tmp_path)
    save(made, [page("gone again", SECRET)])
    older = make_backup(made.vault.site)
    save(made, [Change("entries", "gone again", None)])
    done = purged(made)
    assert done.older == (older,)
    assert decryptable(made, SECRET)
    assert done.backup in own_backups(made.vault.site)
    assert remove(done.older) == (older,)
    assert not decryptable(made, SECRET)
    assert not older.path.exists()


def test_purging_waits_for_what_has_not_arrived(tmp_path: Path) -> None:
    made, _ = with_secret(tmp_path)
    lost = save(made, [page("lost")])
    save(made, [page("its witness")])
    lost.unlink()
    for state in (made.state, tmp_path / "elsewhere"):
        vault = made.reopen(state=state)
        with pytest.raises(Refused, match="waits"):
            purge(vault)
        vault.close()
    assert decryptable(made, SECRET)


def test_a_session_that_has_not_ended_elsewhere_is_named(tmp_path: Path) -> None:
    made, _ = with_secret(tmp_path)
    other = made.reopen(state=tmp_path / "laptop")
    other.commit([page("open")])
    done = purged(made)
    assert len(done.left) == 1
    assert os.uname().nodename in done.left[0]
    assert "2024-05-03" in done.left[0]
    assert "open" in bodies(made.reopen())


def test_a_session_that_is_open_here_is_named_as_such(tmp_path: Path) -> None:
    made, _ = with_secret(tmp_path)
    other = made.reopen()
    other.commit([page("open")])
    (sentence,) = purged(made).left
    assert "this computer" in sentence


def test_what_was_set_aside_is_named(tmp_path: Path) -> None:
    made, _ = with_secret(tmp_path)
    quarantine = made.state / made.vault.id / "quarantine"
    quarantine.mkdir(mode=0o700)
    (quarantine / "torn.seg").touch(0o600)
    (sentence,) = purged(made).left
    assert "1 file in quarantine" in sentence


def test_a_file_with_damage_is_left_alone_and_named(tmp_path: Path) -> None:
    made, _ = with_secret(tmp_path)
    segment = save(made, [page("x"), page("y")])
    data = bytearray(segment.read_bytes())
    data[300] ^= 1
    segment.write_bytes(bytes(data))
    (sentence,) = purged(made).left
    assert segment.name in sentence
    assert segment.read_bytes() == bytes(data)


def test_purging_does_not_run_beside_a_tidier(tmp_path: Path) -> None:
    made, _ = with_secret(tmp_path)
    with durable.locked(made.state / made.vault.id / LOCK), pytest.raises(Refused, match="moment"):
        purge(made.reopen())


def test_thirty_days_after_a_deletion_it_happens_by_itself(tmp_path: Path) -> None:
    made, clock = with_secret(tmp_path)
    clock.advance(PURGE_AFTER.total_seconds() - 60)
    look_after(made.reopen(), list)
    for backup in own_backups(made.vault.site):
        remove([backup])
    assert decryptable(made, SECRET)
    clock.advance(dt.timedelta(days=1).total_seconds())
    called: list[int] = []

    def leftovers() -> list[Change]:
        called.append(1)
        return [Change("entries", "stays", None)]

    look_after(made.reopen(), leftovers)
    assert called == [1]
    assert not decryptable(made, SECRET)
    assert not decryptable(made, "harmless")
    assert bodies(made.reopen()).keys() == {"p0", "p1", "p2", "edited"}


def test_a_purge_that_could_not_reach_all_is_tried_again_after_a_week(tmp_path: Path) -> None:
    made, clock = with_secret(tmp_path)
    clock.advance(PURGE_AFTER.total_seconds() + 60)
    other = made.reopen(state=tmp_path / "laptop")
    other.commit([page("new", SECRET)])
    other.commit([Change("entries", "new", None)])
    clock.advance(PURGE_AFTER.total_seconds() + 60)

    def purges() -> str:
        look_after(made.reopen(), list)
        return (made.state / made.vault.id / PURGE_DAY).read_text().strip()

    first = purges()
    clock.advance(dt.timedelta(days=1).total_seconds())
    assert purges() == first
    clock.advance(dt.timedelta(days=7).total_seconds())
    assert purges() > first
    other.close()
