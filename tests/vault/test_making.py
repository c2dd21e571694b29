"""Making a vault: whole or not there at all, wherever it is cut off."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from builders.vaults import CHEAP, NOON, PASSPHRASE
from kinship.ground.clock import FrozenClock
from kinship.ground.errors import NotSaved, Refused
from kinship.vault import create_vault, durable, exists, making, open_vault, remains, unlock, unlock_with_recovery

CLOCK = FrozenClock(NOON)
STEPS = ((durable, "write_all"), (durable, "sync_file"), (durable, "sync_folder"), (Path, "mkdir"), (Path, "rename"))


def made_at(place: Path, state: Path) -> str:
    vault, recovery = create_vault(place, PASSPHRASE, state=state, clock=CLOCK, cost=CHEAP)
    vault.close()
    return recovery


def killed_at(step: int, act: Callable[[], Any]) -> bool:
    """Run `act` in a process of its own that dies before its `step`-th step; return whether it came to its end."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    left = step

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def run(*told: Any, **named: Any) -> Any:
            nonlocal left
            left -= 1
            if left < 0:
                os._exit(9)
            return real(*told, **named)

        return run

    for owner, name in STEPS:
        setattr(owner, name, counted(getattr(owner, name)))
    act()
    os._exit(0)


def faults(folder: Path) -> list[str]:
    """Return what creations that are killed at every step leave behind wrongly."""
    wrong: list[str] = []
    for step in range(200):
        place, state = folder / str(step) / "my.kinship", folder / str(step) / "state"
        place.parent.mkdir()
        whole = killed_at(step, lambda place=place, state=state: made_at(place, state))  # type: ignore[misc]
        if exists(place):
            key = unlock(place, PASSPHRASE, state=state, floor=CHEAP)
            open_vault(place, key, state=state, clock=CLOCK).close()
        else:
            if place.exists():
                return [f"step {step}: something half-made stands there"]
            made_at(place, state)
        left = sorted(path.name for path in place.parent.iterdir())
        if not exists(place) or left != ["my.kinship", "state"]:
            wrong.append(f"step {step}: {left}")
        if whole:
            return wrong
    raise AssertionError("a creation has fewer steps")


def test_a_creation_killed_at_any_step_leaves_a_whole_vault_or_none(tmp_path: Path) -> None:
    assert faults(tmp_path) == []


def test_a_creation_in_its_place_would_be_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = making._write_vault

    def in_place(made: Any, key: Any, slot: Any) -> None:
        place = made.path.with_name("my.kinship")
        durable.make_folder(place / "log")
        real(made, key, slot)
        (place / "log").rmdir()

    monkeypatch.setattr(making, "_write_vault", in_place)
    assert faults(tmp_path) != []


def test_what_a_cut_off_creation_left_is_removed_and_one_at_work_is_let_be(tmp_path: Path) -> None:
    left, at_work, foreign = (tmp_path / name for name in (f".v.{'0' * 12}.new", f".v.{'1' * 12}.new", ".v.notes.new"))
    for folder in (left, at_work, foreign):
        (folder / "log").mkdir(parents=True)
    held = os.open(at_work, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    made_at(tmp_path / "v", tmp_path / "state")
    os.close(held)
    assert [folder.exists() for folder in (left, at_work, foreign)] == [False, True, True]


def test_a_vault_takes_the_place_of_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "v").mkdir(mode=0o755)
    made_at(tmp_path / "v", tmp_path / "state")
    assert exists(tmp_path / "v")
    assert (tmp_path / "v").stat().st_mode & 0o777 == 0o700


def test_of_two_creations_at_once_one_is_refused_and_the_other_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = making._write_vault
    texts = []

    def meanwhile(made: Any, key: Any, slot: Any) -> None:
        monkeypatch.setattr(making, "_write_vault", real)
        texts.append(made_at(tmp_path / "v", tmp_path / "other-state"))
        real(made, key, slot)

    monkeypatch.setattr(making, "_write_vault", meanwhile)
    with pytest.raises(NotSaved):
        made_at(tmp_path / "v", tmp_path / "state")
    key = unlock_with_recovery(tmp_path / "v", texts[0], state=tmp_path / "state")
    assert open_vault(tmp_path / "v", key, state=tmp_path / "state", clock=CLOCK).notices == ()
    assert sorted(path.name for path in tmp_path.iterdir() if "state" not in path.name) == ["home", "v"]


def test_a_folder_without_vault_kin_is_no_vault_but_what_remains_of_one(tmp_path: Path) -> None:
    text = made_at(tmp_path / "v", tmp_path / "state")
    (tmp_path / "v" / "vault.kin").unlink()
    assert not exists(tmp_path / "v")
    assert remains(tmp_path / "v")
    with pytest.raises(Refused, match="has lost its"):
        made_at(tmp_path / "v", tmp_path / "state")
    key = unlock_with_recovery(tmp_path / "v", text, state=tmp_path / "state")
    opened = open_vault(tmp_path / "v", key, state=tmp_path / "state", clock=CLOCK)
    assert ["written anew" in notice.sentence for notice in opened.notices] == [True]
    assert exists(tmp_path / "v")
    assert open_vault(tmp_path / "v", key, state=tmp_path / "state", clock=CLOCK).notices == ()


def test_the_sheet_and_one_segment_are_enough_to_rebuild_vault_kin(tmp_path: Path) -> None:
    text = made_at(tmp_path / "v", tmp_path / "state")
    whole = (tmp_path / "v" / "vault.kin").read_bytes()
    (tmp_path / "v" / "vault.kin").unlink()
    for key_file in (tmp_path / "v" / "keys").iterdir():
        key_file.unlink()
    key = unlock_with_recovery(tmp_path / "v", text, state=tmp_path / "new")
    open_vault(tmp_path / "v", key, state=tmp_path / "new", clock=CLOCK)
    assert (tmp_path / "v" / "vault.kin").read_bytes() == whole
