"""Ten commands at once on one vault, and one vault reached by two names: nothing is lost and it stays one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from builders.console import console
from builders.vaults import new_vault
from kinship.vault import Change

WRITE = """
import sys
from pathlib import Path
from builders.vaults import CHEAP
from kinship.cli.invocation import Surroundings
from kinship.cli.main import main
from kinship.vault.segment import SegmentWriter

if sys.argv[1] == "alone":
    real = SegmentWriter._check_in_place

    def rewriting(writer):
        real(writer)
        for other in writer.path.parent.iterdir():
            if other != writer.path:
                other.unlink()

    SegmentWriter._check_in_place = rewriting
sys.exit(main(["write", "-"], Surroundings(cost=CHEAP)))
"""
"""`kinship write`, with keys that cost little; "alone" makes it a program that takes the log for its own."""


def written_at_once(home: Path, count: int, way: str = "") -> tuple[set[str], set[str]]:
    """Return the ids that `count` commands told, started together, and the ids of the pages that are there."""
    machine = console(home)
    running = [
        subprocess.Popen(
            [sys.executable, "-c", WRITE, way],
            env={**machine.environment, "PYTHONPATH": str(Path(__file__).parents[1])},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(count)
    ]
    for number, one in enumerate(running):
        assert one.stdin is not None
        one.stdin.write(f"page {number}")
        one.stdin.close()
    told = {one.stdout.read().strip() for one in running if one.stdout is not None}
    codes = {one.wait() for one in running}
    assert way or codes == {0}
    listed = machine.run("list", "--json").json
    return told, {page["id"] for page in listed}


def test_ten_commands_at_once_leave_ten_pages(tmp_path: Path, tally: Callable[..., None]) -> None:
    told, there = written_at_once(tmp_path / "home", 10)
    tally("ten `kinship write` at once", saves=len(told), lost=len(told - there))
    assert len(told) == 10
    assert there == told


def test_commands_that_take_the_log_for_their_own_would_be_noticed(tmp_path: Path) -> None:
    _, there = written_at_once(tmp_path / "home", 3, "alone")
    assert len(there) < 3


def reached_by_two_names(folder: Path) -> list[str]:
    """Return what is wrong when one vault is open by its name and by a link that then leads elsewhere."""
    made = new_vault(folder)
    other = new_vault(folder, name="other")
    other.vault.close()
    link = folder / "link.kinship"
    link.symlink_to(made.path, target_is_directory=True)
    by_link = made.reopen(path=link)
    link.unlink()
    link.symlink_to(other.path, target_is_directory=True)
    made.vault.commit([Change("pages", "a", {"body": "by name"})])
    by_link.commit([Change("pages", "b", {"body": "by link"})])
    made.vault.refresh()
    by_link.refresh()
    wrong = [] if by_link.path == made.vault.path == made.path.resolve() else ["they stand at two places"]
    wrong += [] if by_link.device == made.vault.device else ["they are two devices"]
    wrong += [f"{vault.path} has not all" for vault in (made.vault, by_link) if len(list(vault.all("pages"))) != 2]
    wrong += [] if len(list(made.state.glob("*/marks.json"))) == 1 else ["there are two local states"]
    writers = list(made.state.glob("*/writers/*"))
    wrong += [] if len(writers) == 2 == len({file.parent for file in writers}) + 1 else ["locks lie in two places"]
    wrong += [] if len(list((other.path / "log").iterdir())) == 1 else ["another vault was written into"]
    for vault in (made.vault, by_link):
        vault.close()
    again = made.reopen(state=folder / "new-computer")
    wrong += [] if {uid for uid, _ in again.all("pages")} == {"a", "b"} else ["a page is lost"]
    return wrong


def test_a_vault_reached_through_a_link_stays_one(tmp_path: Path, tally: Callable[..., None]) -> None:
    wrong = reached_by_two_names(tmp_path)
    tally("one vault by two names", runs=1, wrong=len(wrong))
    assert wrong == []


def test_following_a_link_anew_at_each_save_would_be_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "resolve", lambda path, **_: path)
    assert "a page is lost" in reached_by_two_names(tmp_path)
