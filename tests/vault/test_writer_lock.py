"""What the lock of a session proves after a crash, after a restart, and where a copy of it turns up."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from builders.logs import bodies, page, segments, write_sessions
from builders.vaults import Made, new_vault
from kinship.vault import check, durable, tidy, writer_lock
from kinship.vault.tidy import Order
from kinship.vault.tidy import tidy as run


@pytest.fixture(autouse=True)
def on_a_drive_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """The local state lies where no other machine can write, whatever the tests really run on."""
    monkeypatch.setattr(writer_lock, "filesystem_of", lambda _: "ext4")
    monkeypatch.setattr(writer_lock, "this_host", lambda: b"one machine")


def died(made: Made, act: Callable[[Made], None]) -> str:
    """Let a process do something with the vault and die; return the id of its segment."""
    child = os.fork()
    if child == 0:
        act(made)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    (name,) = [lock.name for lock in locks(made).iterdir()]
    return name


def locks(made: Made) -> Path:
    return made.state / made.vault.id / "writers"


def closed(tmp_path: Path) -> Made:
    made = new_vault(tmp_path)
    made.vault.close()
    return made


def a_save(made: Made) -> None:
    made.reopen().commit([page("died")])


def nothing_written(made: Made) -> None:
    """Die between the creation of the segment and the first byte in it."""
    vault = made.reopen()
    durable.write_all = lambda *_: os._exit(0)
    vault.commit([page("never")])


def another_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer_lock, "this_boot", lambda: b"the start after that")


def test_a_session_that_died_before_a_restart_of_this_machine_is_folded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = closed(tmp_path)
    write_sessions(made, 2)
    name = died(made, a_save)
    another_start(monkeypatch)
    done = run(made.vault.site, Order(asked=True))
    assert done is not None
    assert name in done.folded
    assert list(locks(made).iterdir()) == []
    assert "died" in bodies(made.reopen())


def copied(lock: Path, _: pytest.MonkeyPatch) -> None:
    shutil.copy2(lock, lock.with_suffix(".copy"))
    lock.with_suffix(".copy").replace(lock)


def restored_in_place(lock: Path, _: pytest.MonkeyPatch) -> None:
    """A copy that came into the very same inode, much later."""
    made = lock.read_bytes().split(b"\n")
    inode, at = made[2].split(b" ")
    made[2] = b"%b %d" % (inode, int(at) - 3_600_000_000_000)
    lock.write_bytes(b"\n".join(made))


def of_another_machine(_: Path, patched: pytest.MonkeyPatch) -> None:
    patched.setattr(writer_lock, "this_host", lambda: b"another machine")


def without_a_name(_: Path, patched: pytest.MonkeyPatch) -> None:
    patched.setattr(writer_lock, "this_host", lambda: b"")


def over_a_network(_: Path, patched: pytest.MonkeyPatch) -> None:
    patched.setattr(writer_lock, "filesystem_of", lambda _: "nfs4")


def unreadable(lock: Path, _: pytest.MonkeyPatch) -> None:
    lock.write_bytes(bytes(90))


@pytest.mark.parametrize(
    "doubt", [copied, restored_in_place, of_another_machine, without_a_name, over_a_network, unreadable]
)
def test_after_a_restart_any_doubt_keeps_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, doubt: Callable[[Path, pytest.MonkeyPatch], None]
) -> None:
    made = closed(tmp_path)
    write_sessions(made, 2)
    name = died(made, a_save)
    doubt(locks(made) / name, monkeypatch)
    another_start(monkeypatch)
    done = run(made.vault.site, Order(asked=True))
    assert done is not None
    assert [whole.name for whole in done.open] == [name]
    assert (made.path / "log" / f"{name}.seg").exists()


def test_a_machine_whose_runs_have_no_name_proves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = closed(tmp_path)
    write_sessions(made, 2)
    name = died(made, a_save)
    monkeypatch.setattr(writer_lock, "this_boot", lambda: None)
    done = run(made.vault.site, Order(asked=True))
    assert done is not None
    assert [whole.name for whole in done.open] == [name]


@pytest.mark.parametrize("restarted", [False, True])
def test_a_segment_that_was_begun_here_and_never_written_is_not_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, restarted: bool
) -> None:
    made = closed(tmp_path)
    name = died(made, nothing_written)
    assert (made.path / "log" / f"{name}.seg").read_bytes() == b""
    if restarted:
        another_start(monkeypatch)
    vault = made.reopen()
    assert vault.notices == ()
    assert {one.state for one in check.check_vault_files(vault.site)} == {check.WHOLE}
    vault.close()
    assert tidy.is_untidy(made.path)
    run(made.vault.site)
    assert [path.stem for path in segments(made)] != []
    assert name not in [path.stem for path in segments(made)]
    assert list(locks(made).iterdir()) == []


def test_one_that_is_being_begun_by_another_program_is_not_missed_either(tmp_path: Path) -> None:
    made = closed(tmp_path)
    name = "ab" * 16
    held = made.vault.site.state.hold(name)
    empty = made.path / "log" / f"{name}.seg"
    empty.touch()
    assert made.reopen().notices == ()
    run(made.vault.site)
    assert empty.exists()
    os.close(held)


def emptied_later(made: Made, name: str, patched: pytest.MonkeyPatch) -> None:
    """A syncer put a placeholder where a session saved."""
    patched.setattr(writer_lock, "BEGUN_WITHIN_NS", -1)
    (made.path / "log" / f"{name}.seg").write_bytes(b"")


def of_another_computer(made: Made, name: str, _: pytest.MonkeyPatch) -> None:
    (made.path / "log" / f"{name}.seg").write_bytes(b"")
    (locks(made) / name).unlink()


@pytest.mark.parametrize("how", [emptied_later, of_another_computer])
def test_an_empty_file_that_may_have_held_saves_is_named_and_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: Callable[[Made, str, pytest.MonkeyPatch], None]
) -> None:
    made = closed(tmp_path)
    name = died(made, a_save)
    how(made, name, monkeypatch)
    vault = made.reopen()
    assert [notice.what for notice in vault.notices if notice.where.endswith(".seg")] == ["missing"]
    vault.close()
    run(made.vault.site)
    assert (made.path / "log" / f"{name}.seg").exists()


def test_what_was_read_of_it_before_counts_more_than_its_lock(tmp_path: Path) -> None:
    made = closed(tmp_path)
    name = died(made, a_save)
    made.reopen().close()
    (made.path / "log" / f"{name}.seg").write_bytes(b"")
    vault = made.reopen()
    assert {notice.what for notice in vault.notices} >= {"missing"}
    vault.close()
    run(vault.site)
    assert (made.path / "log" / f"{name}.seg").exists()


def test_a_lock_names_this_run_and_machine_and_no_name_in_clear(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    made = new_vault(tmp_path)
    (lock,) = locks(made).iterdir()
    boot, host, file, end = lock.read_bytes().split(b"\n")
    assert boot == (writer_lock.this_boot() or b"unknown")
    assert host == writer_lock.this_host()
    assert int(file.split(b" ")[0]) == lock.stat().st_ino
    assert end == b""
    assert os.uname().nodename.encode() not in host or host == b""
