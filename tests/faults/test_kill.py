"""Killed at any moment, or four at once: what was acknowledged is there."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

from builders.forks import Forked, program
from builders.vaults import Made, new_vault

WRITER = program(Path(__file__).parent / "writer.py")


def started(made: Made, name: str, saves: int, way: str = "") -> Forked:
    key = made.key()
    running = Forked(WRITER.main, [str(made.path), str(made.state), name, str(saves), way])
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


def killed(made: Made, cycles: int, *ways: str, lines: int = 40) -> tuple[set[str], int]:
    """Return the saves that were acknowledged before the kills, and how many folds were done; ways take turns."""
    rng = random.Random(11)
    acknowledged: set[str] = set()
    folds = 0
    for cycle in range(cycles):
        running = started(made, f"k{cycle}", 0, ways[cycle % len(ways)])
        told = [running.stdout.readline() for _ in range(rng.randrange(1, lines))]
        time.sleep(rng.random() / 200)
        running.kill()
        told += running.stdout.read().split("\n")[:-1]
        running.communicate()
        names = {line.strip() for line in told}
        folds += sum(line.strip() == "folded" for line in told)
        acknowledged |= names - {"folded", ""}
    return acknowledged, folds


def test_no_acknowledged_save_is_lost_by_kill_9(
    scratch: Path, part: int, counted: Callable[[int, int], int], tally: Callable[..., None]
) -> None:
    del part
    left = counted(60, 500)
    lines = counted(40, 120)
    while left:
        cycles = min(left, 100)
        left -= cycles
        folder = scratch / str(left)
        folder.mkdir()
        made = new_vault(folder)
        made.vault.close()
        saves, folds = killed(made, cycles, "", "tidying", lines=lines)
        lost, wrong = len(saves - kept(made)), unsound(made)
        tally("kill -9", cycles=cycles, folds=folds, saves=len(saves), lost=lost, wrong=len(wrong))
        assert saves
        assert lost == 0
        assert wrong == []


def test_a_save_acknowledged_before_it_is_written_would_be_noticed(scratch: Path) -> None:
    made = new_vault(scratch)
    saves, _ = killed(made, 1, "buffering")
    assert saves - kept(made)


def test_folding_that_removes_before_it_writes_would_be_noticed(scratch: Path) -> None:
    made = new_vault(scratch)
    running = started(made, "k", 0, "folding naively")
    saves = set(iter(running.stdout.readline, "folded\n"))
    running.kill()
    running.communicate()
    assert {name.strip() for name in saves} - kept(made)


def at_once(made: Made, saves: int, way: str = "") -> tuple[int, int]:
    """Return how many saves four programs had acknowledged, and how many of them are lost."""
    running = [started(made, f"w{number}", saves, way) for number in range(4)]
    acknowledged = {name for one in running for name in one.communicate()[0].split()} - {"folded"}
    return len(acknowledged), len(acknowledged - kept(made))


def test_four_programs_that_save_at_once_lose_nothing(
    scratch: Path, counted: Callable[[int, int], int], tally: Callable[..., None]
) -> None:
    wanted = counted(40, 500)
    made = new_vault(scratch)
    saves, lost = at_once(made, wanted)
    wrong = unsound(made)
    tally("four programs at once", saves=saves, lost=lost, wrong=len(wrong))
    assert (saves, lost, wrong) == (4 * wanted, 0, [])


def test_programs_that_shared_a_segment_would_be_noticed(scratch: Path) -> None:
    assert at_once(new_vault(scratch), 5, "sharing")[1] > 0
