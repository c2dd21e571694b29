"""A folder for one run is gone afterwards, and where the run was killed, after the next start; a running one stays."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kinship.privacy import throw_away as module
from kinship.privacy.throw_away import memory_places, sweep_leftovers, throw_away, true_memory, wipe

HOLDING = """
import sys, time
from pathlib import Path
from kinship.privacy.throw_away import throw_away
with throw_away(sys.argv[1], Path(sys.argv[2])) as folder:
    (folder / "page.md").write_text("hush")
    print(folder, flush=True)
    sys.stdin.read()
"""


def held(kind: str, place: Path) -> tuple[subprocess.Popen[str], Path]:
    """Start a program that holds such a folder until its standard input ends; return both."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDING, kind, str(place)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder that is taken for memory, and let no other be looked at."""
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    monkeypatch.setattr(module, "SHARED_MEMORY", tmp_path / "none")
    return runtime


def told(place: Path) -> dict[str, str]:
    """Return an environment in which this is the memory, and the folder for temporary files is empty."""
    return {"XDG_RUNTIME_DIR": str(place), "TMPDIR": str(place.parent / "none")}


def test_a_folder_for_temporary_files_is_swept_too_and_nothing_is_written_to_look(place: Path) -> None:
    (place / "kinship-demo-abcdefgh").mkdir()
    before = place.stat().st_mtime_ns
    assert sweep_leftovers({"TMPDIR": str(place.parent)}) == ()
    assert place.stat().st_mtime_ns == before
    assert sweep_leftovers({"TMPDIR": str(place)}) == (place / "kinship-demo-abcdefgh",)


def test_it_is_private_and_gone_afterwards(place: Path) -> None:
    with throw_away("demo", place) as folder:
        assert folder.stat().st_mode & 0o777 == 0o700
        (folder / "deep" / "er").mkdir(parents=True)
        (folder / "deep" / "er" / "page.md").write_text("hush")
    assert list(place.iterdir()) == []


@pytest.mark.parametrize("kind", ["demo", "editor"])
def test_what_a_killed_run_left_is_wiped_at_the_next_start_and_a_running_one_is_not(place: Path, kind: str) -> None:
    killed, left = held(kind, place)
    running, kept = held(kind, place)
    killed.kill()
    killed.communicate()
    assert sweep_leftovers(told(place)) == (left,)
    assert list(place.iterdir()) == [kept]
    assert (kept / "page.md").read_text() == "hush"
    running.communicate()
    assert list(place.iterdir()) == []


def test_a_sweep_that_did_not_ask_for_the_lock_would_be_noticed(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    running, kept = held("editor", place)
    monkeypatch.setattr(module, "_lock", lambda folder: os.open(folder, os.O_RDONLY))
    assert sweep_leftovers(told(place)) == (kept,)
    running.communicate()
    assert not kept.exists()


def test_other_folders_stay(place: Path) -> None:
    for name in ("kinship-demo-mine", "kinship-other-abcdefgh", "kinship-demo-ABCDEFGH", "xkinship-demo-abcdefgh"):
        (place / name).mkdir()
    (place / "kinship-demo-abcdefgh").write_text("a file")
    (place / "kinship-demo-abcdefgi").symlink_to(place / "kinship-demo-mine")
    assert sweep_leftovers(told(place)) == ()
    assert len(list(place.iterdir())) == 6


def test_a_folder_that_was_swept_between_making_and_locking_is_made_once_more(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = module._lock
    swept: list[Path] = []

    def late(folder: Path) -> int | None:
        if not swept:
            swept.append(folder)
            wipe(folder)
        return real(folder)

    monkeypatch.setattr(module, "_lock", late)
    with throw_away("demo", place) as folder:
        assert folder.is_dir()
        assert folder not in swept


def test_files_are_overwritten_before_they_go(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "page.md").write_bytes(b"hush" * 40_000)
    with (folder / "page.md").open("rb") as still_open:
        wipe(folder)
        assert still_open.read() == bytes(160_000)
    assert not folder.exists()


def test_wiping_follows_no_link_and_spares_what_has_another_name(tmp_path: Path) -> None:
    folder, outside = tmp_path / "folder", tmp_path / "outside"
    folder.mkdir()
    outside.mkdir()
    for name in ("linked", "twice"):
        (outside / name).write_text("stays")
    (folder / "link").symlink_to(outside / "linked")
    (folder / "below").symlink_to(outside)
    (folder / "hard").hardlink_to(outside / "twice")
    os.mkfifo(folder / "pipe")
    wipe(folder)
    assert not folder.exists()
    assert [(outside / name).read_text() for name in ("linked", "twice")] == ["stays", "stays"]


def test_only_a_memory_file_system_counts_as_memory(tmp_path: Path) -> None:
    told = {"XDG_RUNTIME_DIR": str(tmp_path)}
    assert memory_places(told)[0] == tmp_path
    table = f"1 0 8:1 / / rw - ext4 /dev/sda rw\n2 1 0:3 / {tmp_path} rw - tmpfs tmpfs rw\n"
    assert true_memory(told, table) == tmp_path
    assert true_memory(told, "1 0 8:1 / / rw - ext4 /dev/sda rw\n") is None
    assert true_memory(told, "") is None
    assert true_memory({"XDG_RUNTIME_DIR": "relative"}, table) is None
