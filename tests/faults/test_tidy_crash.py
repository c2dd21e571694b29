"""A crash or a refusing disk at every single step of tidying: all is there, and the next run goes through."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from builders.disks import MODES, FailingDisk
from builders.logs import bodies, page, save, segments, write_sessions
from builders.vaults import Made, new_vault
from kinship.ground.errors import KinshipError
from kinship.vault import Change, durable, tidy
from kinship.vault.backups import backups_in, make_backup, own_backups
from kinship.vault.fold import Whole, read_whole, write_fold
from kinship.vault.segment import SegmentWriter
from kinship.vault.tidy import Order
from kinship.vault.tidy import tidy as run

DIED = 77


def untidy(folder: Path) -> tuple[Made, dict[str, str]]:
    """Return a vault of several sessions with an edit and a deletion, and its pages."""
    folder.mkdir()
    made = new_vault(folder)
    made.vault.close()
    write_sessions(made, 4)
    save(made, [page("p1", "edited"), Change("entries", "p2", None)])
    return made, bodies(made.reopen())


def dies_at(step: int, act: Callable[[], object]) -> bool:
    """Run `act` in a process that ends before its n-th change of the disk; return False where it got through."""
    child = os.fork()
    if child == 0:
        left = [step]

        def counted(name: str) -> None:
            real = getattr(os, name)

            def call(*arguments: object, **options: object) -> object:
                changes = name != "open" or bool(int(str(arguments[1])) & os.O_CREAT)
                if changes:
                    left[0] -= 1
                    if left[0] == 0:
                        os._exit(DIED)
                return real(*arguments, **options)

            setattr(os, name, call)

        for name in ("write", "fsync", "open", "unlink", "rename"):
            counted(name)
        act()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == DIED


def crashed_at_every_step(folder: Path) -> int:
    """Tidy and die before the n-th change of the disk, for each n; return how many there are."""
    step, died = 0, True
    while died:
        step += 1
        made, expected = untidy(folder / str(step))
        died = dies_at(step, lambda site=made.vault.site: run(site, Order(asked=True)))  # type: ignore[misc]
        vault = made.reopen()
        assert bodies(vault) == expected, step
        assert vault.get("entries", "p2") is None
        assert {notice.what for notice in vault.notices} <= {"tail", "missing"}, step
        assert run(made.vault.site, Order(asked=True)) is not None
        vault = made.reopen()
        assert bodies(vault) == expected, step
        assert vault.notices == (), step
        assert len(segments(made)) == 1, step
    return step


def test_a_crash_before_any_step_of_tidying_costs_nothing(tmp_path: Path, tally: Callable[..., None]) -> None:
    steps = crashed_at_every_step(tmp_path)
    tally("crash at a step of tidying", steps=steps, wrong=0)
    assert steps > 12


def test_removing_before_writing_would_be_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = write_fold

    def early(site: object, folder: Path, fold: object, purpose: str) -> object:
        for path in folder.iterdir():
            os.unlink(path)  # noqa: PTH108 - counted as a step
        return real(site, folder, fold, purpose)  # type: ignore[arg-type]

    monkeypatch.setattr("kinship.vault.tidy.write_fold", early)
    with pytest.raises(AssertionError):
        crashed_at_every_step(tmp_path)


@pytest.mark.parametrize("lasting", [False, True], ids=["once", "lasting"])
@pytest.mark.parametrize("mode", MODES)
def test_whatever_call_fails_while_tidying_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str, *, lasting: bool
) -> None:
    monkeypatch.setattr("kinship.vault.fold.AT_ONCE", 1)
    for fails_at in range(1, 11):
        made, expected = untidy(tmp_path / str(fails_at))
        with FailingDisk(mode, fails_at, lasting).installed(), suppress(KinshipError):
            run(made.vault.site, Order(asked=True))
        assert bodies(made.reopen()) == expected, fails_at
        assert run(made.vault.site, Order(asked=True)) is not None
        vault = made.reopen(state=tmp_path / f"{fails_at}-elsewhere")
        assert bodies(vault) == expected, fails_at
        assert vault.notices == ()


def test_going_on_after_a_refused_sync_would_be_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = durable.sync_file

    def careless(file: int) -> None:
        try:
            real(file)
        except OSError:
            return

    monkeypatch.setattr(durable, "sync_file", careless)
    monkeypatch.setattr("kinship.vault.fold._check", lambda *_: None)
    monkeypatch.setattr(SegmentWriter, "_check_in_place", lambda _: None)
    with pytest.raises(AssertionError):
        test_whatever_call_fails_while_tidying_nothing_is_lost(tmp_path, monkeypatch, "sync_error", lasting=False)


def test_nothing_is_removed_before_file_and_folder_are_on_the_drive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, _ = untidy(tmp_path / "vault")
    events: list[tuple[str, str]] = []
    fsync, unlink = os.fsync, os.unlink

    def synced(file: int) -> None:
        fsync(file)
        events.append(("sync", Path(f"/proc/self/fd/{file}").readlink().name))

    def removed(path: Path) -> None:
        events.append(("remove", Path(path).name))
        unlink(path)

    old = {path.name for path in segments(made)}
    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(os, "unlink", removed)
    done = run(made.vault.site, Order(asked=True))
    assert done is not None
    removals = [at for at, event in enumerate(events) if event[0] == "remove" and event[1] in old]
    assert len(removals) == len(old)
    assert ("sync", f"{done.into}.seg") in events[: removals[0]]
    assert ("sync", "log") in events[: removals[0]]
    assert ("sync", "log") in events[removals[-1] :]


def test_what_grew_since_it_was_read_is_not_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, expected = untidy(tmp_path / "vault")
    late = made.reopen()
    late.commit([page("open")])
    file = made.path / "log" / f"{late.session}.seg"
    monkeypatch.setattr(tidy._Tidying, "_is_ready", lambda *_: True)
    real = write_fold

    def meanwhile(*arguments: object) -> object:
        late.commit([page("meanwhile")])
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr("kinship.vault.tidy.write_fold", meanwhile)
    run(made.vault.site, Order(asked=True))
    assert file.exists()
    assert bodies(made.reopen()).keys() == {*expected, "open", "meanwhile"}


def test_the_proof_is_taken_before_the_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, expected = untidy(tmp_path / "vault")
    late = made.reopen()
    late.commit([page("open")])
    real = read_whole

    def reading(*arguments: object) -> tuple[dict[str, Whole], dict[Path, str]]:
        found = real(*arguments)  # type: ignore[arg-type]
        late.commit([page("said goodbye after the reading")])
        late.close()
        return found

    monkeypatch.setattr("kinship.vault.tidy.read_whole", reading)
    run(made.vault.site, Order(asked=True))
    assert bodies(made.reopen()).keys() == {*expected, "open", "said goodbye after the reading"}


def test_a_crash_before_any_step_of_a_backup_leaves_the_others_and_no_half_one(tmp_path: Path) -> None:
    made, expected = untidy(tmp_path / "vault")
    first = make_backup(made.vault.site)
    step, died = 0, True
    while died:
        step += 1
        died = dies_at(step, lambda: make_backup(made.vault.site))
        for number, backup in enumerate(own_backups(made.vault.site)):
            vault = made.reopen(path=backup.path, state=tmp_path / f"elsewhere{step}-{number}")
            assert bodies(vault) == expected
            assert vault.notices == ()
    assert first in own_backups(made.vault.site)
    make_backup(made.vault.site)
    folder = first.path.parent
    assert {path.name for path in folder.iterdir()} == {backup.path.name for backup in backups_in(folder)}
    assert bodies(made.reopen()) == expected
