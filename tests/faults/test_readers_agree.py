"""Random damage: the app and the stand-alone reader show the same pages and say the same of them."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from builders.vector_parts import PASSPHRASE, SHEET, bases
from builders.vectors import BASES, Fault, Outcome, harm, read_by_app, read_by_script
from kinship.vault import reader

FILES = sorted(bases()["plain"])
SECRETS = ({"passphrase": PASSPHRASE}, {"recovery": SHEET})


def some_fault(dice: random.Random, vault: Path) -> Fault:
    """Return one random fault in one file of a vault."""
    name = dice.choice([name for name in FILES if (vault / name).is_file()])
    length = (vault / name).stat().st_size
    at, to = sorted((dice.randrange(length + 1), dice.randrange(length + 1)))
    garbage = dice.choice((dice.randbytes(dice.randrange(1, 60)), b"KFRM", bytes(dice.randrange(1, 2000)))).hex()
    faults: list[Fault] = [
        {"flip": dice.randrange(max(1, length) * 8)} if length else {"append": garbage},
        {"cut": at},
        {"at": at, "insert": garbage},
        {"at": at, "put": garbage},
        {"drop": [at, to]},
        {"append": garbage},
        {"remove": True},
    ]
    return {"file": name, **dice.choice(faults)}


def outcomes(dice: random.Random, folder: Path, faults: int) -> tuple[list[Fault], Outcome, Outcome]:
    """Return random faults done to a copy of a vault, and what the script and the app made of it."""
    vault = folder / "some.kinship"
    shutil.copytree(BASES / "plain", vault)
    done = []
    for _ in range(faults):
        done.append(some_fault(dice, vault))
        harm(vault, done[-1])
    secret = dice.choice(SECRETS)
    by_script = read_by_script(vault, secret, reader)
    by_app = read_by_app(vault, secret, folder / "state")
    shutil.rmtree(vault)
    shutil.rmtree(folder / "state", ignore_errors=True)
    return done, by_script, by_app


def disagreements(folder: Path, seeds: range) -> list[str]:
    """Return each fault of which the readers think differently."""
    found = []
    for seed in seeds:
        dice = random.Random(seed)
        done, by_script, by_app = outcomes(dice, folder, dice.choice((1, 1, 1, 2, 3)))
        if by_script != by_app:
            found.append(f"seed {seed}: {done}")
    return found


def test_both_readers_agree_on_whatever_is_damaged(
    scratch: Path, counted: Callable[[int, int], int], tally: Callable[..., None]
) -> None:
    faults = counted(150, 4000)
    wrong = disagreements(scratch, range(faults))
    tally("two readers of damaged vaults", vaults=faults, wrong=len(wrong))
    assert wrong == []


def test_a_reader_that_applies_tails_would_be_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def everything(segment: reader.Segment) -> list[bytes]:
        return [frame.record for at in sorted(segment.frames) for frame in segment.frames[at]]

    monkeypatch.setattr(reader.Segment, "records", everything)
    assert disagreements(tmp_path, range(100)) != []
