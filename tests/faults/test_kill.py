"""Killed at any moment, or four at once: what was acknowledged is there."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from builders.vaults import Made, new_vault

HERE = Path(__file__).parent


def started(made: Made, name: str, saves: int, sabotage: str = "") -> subprocess.Popen[str]:
    key = made.key()
    program = [sys.executable, str(HERE / "writer.py"), str(made.path), str(made.state), name, str(saves), sabotage]
    running = subprocess.Popen(
        program,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(HERE.parent)},
    )
    assert running.stdin is not None
    running.stdin.write(f"{key.vault.hex()} {key.master.hex()}\n")
    running.stdin.flush()
    return running


def kept(made: Made) -> set[str]:
    """Return the names of the saves that are in the vault."""
    return {uid for uid, _ in made.reopen().all("marks")}


def unsound(made: Made) -> list[str]:
    """Return what no crash may leave behind: halves of transactions, conflicts, damage."""
    vault = made.reopen()
    whole = {uid for uid, _ in vault.all("marks")}
    halves = [uid for uid, page in vault.all("pages") if f"{uid.split('-')[0]}-{page['save']}" not in whole]
    notices = [notice.sentence for notice in vault.notices if notice.what != "tail"]
    return [*halves, *map(str, vault.conflicts()), *notices]


def killed(made: Made, cycles: int, sabotage: str = "") -> tuple[int, int]:
    """Return how many saves were acknowledged before the kills, and how many of them are lost."""
    rng = random.Random(11)
    acknowledged: set[str] = set()
    for cycle in range(cycles):
        running = started(made, f"k{cycle}", 0, sabotage)
        assert running.stdout is not None
        for _ in range(rng.randrange(1, 25)):
            acknowledged.add(running.stdout.readline().strip())
        running.kill()
        rest = running.stdout.read()
        acknowledged |= set(rest.split("\n")[:-1])
        running.communicate()
    return len(acknowledged), len(acknowledged - kept(made))


def test_no_acknowledged_save_is_lost_by_kill_9(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    made = new_vault(tmp_path)
    saves, lost = killed(made, 500 if request.config.getoption("--long") else 10)
    assert saves > 50
    assert lost == 0
    assert unsound(made) == []


def test_a_save_acknowledged_before_it_is_written_would_be_noticed(tmp_path: Path) -> None:
    assert killed(new_vault(tmp_path), 1, "buffering")[1] > 0


def at_once(made: Made, saves: int, sabotage: str = "") -> tuple[int, int]:
    """Return how many saves four programs had acknowledged, and how many of them are lost."""
    running = [started(made, f"w{number}", saves, sabotage) for number in range(4)]
    acknowledged = {name for one in running for name in one.communicate()[0].split()}
    return len(acknowledged), len(acknowledged - kept(made))


def test_four_programs_that_save_at_once_lose_nothing(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    saves = 500 if request.config.getoption("--long") else 40
    made = new_vault(tmp_path)
    assert at_once(made, saves) == (4 * saves, 0)
    assert unsound(made) == []


def test_programs_that_shared_a_segment_would_be_noticed(tmp_path: Path) -> None:
    assert at_once(new_vault(tmp_path), 5, "sharing")[1] > 0
