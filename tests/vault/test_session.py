"""Writing sessions: locks, witnesses, forks, and the limits of what a failure may cost."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest

from builders.vaults import new_vault
from kinship.vault import Change, durable, frame, session


def put(uid: str) -> Change:
    return Change("entries", uid, {"body": uid})


def test_an_open_session_holds_a_lock_that_its_end_releases(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    (lock,) = (made.state / made.vault.id / "writers").iterdir()
    assert lock.name == made.vault.session
    with lock.open() as opened, pytest.raises(BlockingIOError):
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    made.vault.close()
    assert not lock.exists()


def test_a_session_that_saves_nothing_leaves_no_segment(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    made.vault.close()
    made.reopen().close()
    assert len(list((made.path / "log").iterdir())) == 1


def test_a_forked_program_goes_on_in_a_segment_of_its_own(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    made.vault.commit([put("before")])
    child = os.fork()
    if child == 0:
        made.vault.commit([put("child")])
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0
    made.vault.commit([put("parent")])
    assert sorted(uid for uid, _ in made.reopen().all("entries")) == ["before", "child", "parent"]
    assert len(list((made.path / "log").iterdir())) == 2
    assert len(list((made.state / made.vault.id / "writers").iterdir())) == 2


def test_many_sessions_are_witnessed_in_frames_of_a_few_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "WITNESSES_A_FRAME", 2)
    made = new_vault(tmp_path)
    made.vault.close()
    others = [made.reopen() for _ in range(5)]
    for number, vault in enumerate(others):
        vault.commit([put(str(number))])
    for vault in others:
        vault.close()
    with made.reopen() as last:
        last.commit([put("last")])
    for file in (made.path / "log").iterdir():
        if file.stem != last.session:
            file.unlink()
    log = made.reopen(state=tmp_path / "new-computer")._log
    assert log.witnessed.keys() >= {vault.session for vault in others}


def test_an_interrupted_save_spoils_no_later_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = new_vault(tmp_path)

    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(durable, "sync_file", interrupted)
        with pytest.raises(KeyboardInterrupt):
            made.vault.commit([put("a")])
    made.vault.commit([Change("entries", "a", {"body": "again"})])
    again = made.reopen()
    assert again.get("entries", "a") == {"body": "again"}
    assert again.conflicts() == ()


def test_a_page_of_800_bytes_costs_at_most_two_and_a_half_kilobytes(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    vault = made.reopen()
    vault.commit([Change("entries", "a", {"body": "x" * 800, "tags": ["one"], "day": "2024-05-03"})])
    first = (made.path / "log" / f"{vault.session}.seg").stat().st_size
    vault.commit([Change("entries", "a", {"body": "y" * 800, "tags": ["one"], "day": "2024-05-03"})])
    assert first <= 2560
    assert (made.path / "log" / f"{vault.session}.seg").stat().st_size - first <= 2560


def test_the_records_of_one_transaction_fill_frames_of_sixteen_kilobytes(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    before = next(iter(made.vault._session.seen().values()))[0]
    made.vault.commit([Change("entries", str(number), {"body": "x" * 800}) for number in range(200)])
    frames = next(iter(made.vault._session.seen().values()))[0] - before
    assert frames == pytest.approx(200 * 920 / frame.TARGET, abs=2)
