"""Three computers and a syncer that carries some files and some halves: all agree in the end and nothing is lost."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from builders.vaults import Made, new_vault
from builders.walk import shortest, steps_of, walked
from kinship.vault import Change, Key, Vault, durable, fold, merge
from kinship.vault.merge import Head

SHORT, LONG = 150, 5_000
FIRST = 1_000
"""The seed of the first walk."""


@pytest.fixture
def made(scratch: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    """A closed vault; the disk is trusted here, since power is not what fails."""
    made = new_vault(scratch)
    made.vault.close()
    monkeypatch.setattr(durable, "sync_file", lambda _: None)
    monkeypatch.setattr(durable, "sync_folder", lambda _: True)
    return made


def first_wrong(made: Made, scratch: Path, runs: int) -> tuple[list[str], int]:
    """Return what is wrong after the first walk that goes wrong, and how many saves were acknowledged on all."""
    key, saves = made.key(), 0
    for seed in range(FIRST, FIRST + runs):
        wrong, count = walked(scratch / "walk", made.path, key, steps_of(seed))
        saves += count
        if wrong:
            return [f"seed {seed}", *wrong], saves
    return [], saves


def test_three_computers_agree_and_lose_nothing(
    made: Made, scratch: Path, counted: Callable[[int, int], int], tally: Callable[..., None]
) -> None:
    runs = counted(SHORT, LONG)
    wrong, saves = first_wrong(made, scratch, runs)
    tally("three devices", walks=runs, saves=saves, lost=sum(one.startswith("lost") for one in wrong))
    if wrong:
        _explain(made, scratch, made.key(), int(wrong[0].split()[1]))
    assert wrong == []


def _explain(made: Made, scratch: Path, key: Key, seed: int) -> None:
    for step in shortest(scratch / "shorter", made.path, key, steps_of(seed)):
        sys.stderr.write(f"{step}\n")


def test_keeping_only_the_last_writing_would_be_noticed(
    made: Made, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def last(heads: tuple[Head, ...], new: Head) -> tuple[Head, ...]:
        return (max((*heads, new), key=lambda head: (head.clock, sorted(head.version.items()))),)

    for place in (merge, fold):
        monkeypatch.setattr(place, "add_head", last)
    wrong, _ = first_wrong(made, scratch, SHORT)
    assert any(one.startswith("lost") for one in wrong)


def test_devices_with_one_id_would_be_noticed(made: Made, scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Vault._write

    def mistaken(vault: Vault, _: str, change: Change, encoded: bytes) -> Any:
        return real(vault, "00" * 16, change, encoded)

    monkeypatch.setattr(Vault, "_write", mistaken)
    monkeypatch.setattr(Vault, "_saw_less", lambda *_: False)
    wrong, _ = first_wrong(made, scratch, SHORT)
    assert any(one.startswith("lost") for one in wrong)
