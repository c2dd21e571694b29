"""What a jot that was killed left half written goes away when nobody can still be writing it, and nothing else goes."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from builders.journals import new_journal
from builders.vaults import NOON, new_vault

HALF = f".{'ab' * 16}.note.{'cd' * 6}.new"
KILLED = """
import os, signal, sys
from pathlib import Path
from kinship.vault import durable, sealing
durable.sync_file = lambda _: os.kill(os.getpid(), signal.SIGKILL)
sealing.put_in_inbox(Path(sys.argv[1]), b"sealed")
"""
"""A program that is killed between the bytes of a note and its name."""


def aged(file: Path, seconds: float) -> Path:
    file.parent.mkdir(mode=0o700, exist_ok=True)
    file.touch()
    then = NOON.timestamp() - seconds
    os.utime(file, (then, then))
    return file


@pytest.mark.parametrize(("seconds", "stays"), [(86_401, False), (86_399, True), (-3_600, True)])
def test_half_a_note_stays_for_a_day(tmp_path: Path, seconds: float, *, stays: bool) -> None:
    made = new_vault(tmp_path)
    half = aged(made.path / "inbox" / HALF, seconds)
    with made.vault:
        assert made.vault.inbox.sweep(NOON) == (not stays)
    assert half.exists() == stays


def test_other_names_folders_and_links_stay(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    inbox = made.path / "inbox"
    kept = [aged(inbox / name, 10**6) for name in (".hidden", f"{HALF}x", HALF.upper(), f"{'ab' * 16}.note")]
    link = inbox / HALF
    link.symlink_to(kept[0])
    os.utime(link, (0, 0), follow_symlinks=False)
    folder = inbox / HALF.replace("ab", "cc")
    folder.mkdir()
    os.utime(folder, (0, 0))
    with made.vault:
        assert made.vault.inbox.sweep(NOON) == 0
    assert all(one.is_symlink() or one.exists() for one in (*kept, link, folder))


def test_no_inbox_is_no_fault(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    with made.vault:
        assert made.vault.inbox.sweep(NOON) == 0


def test_what_a_kill_left_has_the_name_that_is_swept_at_the_next_unlock(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    (made.path / "inbox").mkdir(mode=0o700)
    done = subprocess.run([sys.executable, "-c", KILLED, str(made.path)], check=False)
    assert done.returncode == -signal.SIGKILL
    (half,) = (made.path / "inbox").iterdir()
    assert made.vault.inbox.sweep(dt.datetime.fromtimestamp(time.time() + 10, dt.UTC)) == 0
    assert made.vault.inbox.sweep(dt.datetime.fromtimestamp(time.time() + 86_500, dt.UTC)) == 1
    assert not half.exists()
    made.vault.close()


def test_unlocking_sweeps(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    half = aged(journal.vault.path / "inbox" / HALF, 10**6)
    journal.take_notes()
    assert not half.exists()
    journal.vault.close()
