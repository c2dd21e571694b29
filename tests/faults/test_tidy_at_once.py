"""Four programs save while a fifth tidies, and a tidier that is killed: nothing acknowledged is lost."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

from builders.forks import Forked, program
from builders.logs import key_of, page, save, segments, write_sessions
from builders.vaults import Made, new_vault
from kinship.vault.tidy import Order, tidy

TIDIER = program(Path(__file__).parent / "tidier.py")


def started(made: Made, what: str, name: str = "", sessions: int = 0, way: str = "") -> Forked:
    key = key_of(made)
    running = Forked(TIDIER.main, [what, str(made.path), str(made.state), name, str(sessions), way])
    running.stdin.write(f"{key.vault.hex()} {key.master.hex()}\n")
    running.stdin.flush()
    return running


def began(tidier: Forked) -> Forked:
    assert tidier.stdout.readline() == "began\n"
    return tidier


def at_once(made: Made, sessions: int, way: str = "") -> tuple[int, int]:
    """Return how many saves four programs had acknowledged while a fifth tidied, and how many of them are lost."""
    tidier = began(started(made, "tidy", way=way))
    savers = [started(made, "save", f"w{number}", sessions) for number in range(4)]
    told = [one.communicate() for one in savers]
    wrong, _ = tidier.communicate()
    if not way:
        assert wrong == ""
        assert all(status == 0 for _, status in told), told
    acknowledged = {name for out, _ in told for name in out.split()}
    vault = made.reopen()
    kept = {uid for uid, _ in vault.all("marks")}
    halves = {uid for uid in kept if vault.get("pages", uid) is None}
    return len(acknowledged), len(acknowledged - kept) + len(halves)


def test_four_programs_that_save_while_a_fifth_tidies_lose_nothing(
    tmp_path: Path, counted: Callable[[int, int], int], tally: Callable[..., None]
) -> None:
    for number in range(counted(1, 50)):
        folder = tmp_path / str(number)
        folder.mkdir()
        made = new_vault(folder)
        made.vault.close()
        saves, lost = at_once(made, 10)
        tally("four save, a fifth tidies", rounds=1, saves=saves, lost=lost)
        assert (saves, lost) == (160, 0)
        vault = made.reopen()
        assert vault.conflicts() == ()
        assert vault.notices == ()
        assert len(segments(made)) < 25


def test_a_naive_tidier_would_be_noticed(tmp_path: Path) -> None:
    lost = 0
    for number in range(20):
        folder = tmp_path / str(number)
        folder.mkdir()
        made = new_vault(folder)
        made.vault.close()
        lost += at_once(made, 6, "naive")[1]
        if lost:
            break
    assert lost > 0


def test_a_tidier_killed_at_any_moment_loses_nothing(
    tmp_path: Path, counted: Callable[[int, int], int], tally: Callable[..., None]
) -> None:
    cycles = counted(15, 500)
    rng = random.Random(5)
    made = new_vault(tmp_path)
    made.vault.close()
    ids: list[str] = []
    for cycle in range(cycles):
        before = len(ids)
        ids += write_sessions(made, 3, f"c{cycle}-")
        tidier = began(started(made, "tidy"))
        for _ in range(rng.randrange(3)):
            save(made, [page(f"s{len(ids)}")])
            ids.append(f"s{len(ids)}")
        tidier.kill()
        tidier.communicate()
        vault = made.reopen()
        lost = set(ids) - {uid for uid, _ in vault.all("entries")}
        tally("tidier killed", cycles=1, saves=len(ids) - before, lost=len(lost))
        assert lost == set()
        assert {notice.what for notice in vault.notices} <= {"tail", "missing"}
        assert vault.conflicts() == ()
    assert tidy(made.vault.site, Order(everything=True)) is not None
    assert len(segments(made)) == 1
    vault = made.reopen()
    assert {uid for uid, _ in vault.all("entries")} == set(ids)
    assert vault.notices == ()
