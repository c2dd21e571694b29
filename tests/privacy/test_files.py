"""Files are ours alone, never half written, and never put over another without a word."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from kinship.ground.errors import NotSaved, Refused
from kinship.privacy import files
from kinship.privacy.files import create_private, private_folder, replace_private


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def names_in(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


@pytest.fixture(autouse=True)
def permissive_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def test_a_new_folder_and_its_parents_are_ours_alone(tmp_path: Path) -> None:
    private_folder(tmp_path / "b" / "c")
    assert mode_of(tmp_path / "b" / "c") == 0o700


def test_an_open_folder_of_ours_is_closed(tmp_path: Path) -> None:
    tmp_path.chmod(0o775)
    private_folder(tmp_path)
    assert mode_of(tmp_path) == 0o700


def test_a_file_in_the_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    with pytest.raises(Refused, match="not a folder"):
        private_folder(tmp_path / "file")
    with pytest.raises(Refused, match="not a folder"):
        private_folder(tmp_path / "file" / "below")


def test_a_planted_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir(mode=0o755)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(Refused, match="link"):
        private_folder(tmp_path / "link")
    assert mode_of(tmp_path / "real") == 0o755


def test_a_folder_of_somebody_else_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    with pytest.raises(Refused, match="somebody else"):
        private_folder(tmp_path)


def test_a_new_file_is_readable_by_nobody_else(tmp_path: Path) -> None:
    create_private(tmp_path / "a", b"words")
    assert mode_of(tmp_path / "a") == 0o600
    assert (tmp_path / "a").read_bytes() == b"words"


def test_creating_never_touches_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(Refused, match="already there"):
        create_private(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"old"


def test_creating_through_a_dangling_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "target")
    with pytest.raises(Refused):
        create_private(tmp_path / "link", b"words")
    assert not (tmp_path / "target").exists()


def test_a_file_that_is_there_stays_without_force(tmp_path: Path) -> None:
    (tmp_path / "map.svg").write_bytes(b"old")
    with pytest.raises(Refused, match="already there"):
        replace_private(tmp_path / "map.svg", b"new")
    assert (tmp_path / "map.svg").read_bytes() == b"old"
    assert names_in(tmp_path) == ["home", "map.svg"]


def test_with_force_it_is_replaced_and_made_private(tmp_path: Path) -> None:
    (tmp_path / "map.svg").write_bytes(b"old")
    (tmp_path / "map.svg").chmod(0o644)
    replace_private(tmp_path / "map.svg", b"new", force=True)
    assert (tmp_path / "map.svg").read_bytes() == b"new"
    assert mode_of(tmp_path / "map.svg") == 0o600


def test_a_file_that_appears_in_between_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "map.svg"
    write = files._write_new

    def slow(path: Path, data: bytes) -> None:
        write(path, data)
        target.write_bytes(b"theirs")

    monkeypatch.setattr(files, "_write_new", slow)
    with pytest.raises(Refused, match="already there"):
        replace_private(target, b"ours")
    assert target.read_bytes() == b"theirs"
    assert names_in(tmp_path) == ["home", "map.svg"]


def test_a_link_is_written_to_its_target(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link.svg").symlink_to(tmp_path / "elsewhere" / "map.svg")
    replace_private(tmp_path / "link.svg", b"words")
    assert (tmp_path / "link.svg").is_symlink()
    assert (tmp_path / "elsewhere" / "map.svg").read_bytes() == b"words"


def test_a_folder_or_a_device_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name in ("folder", "pipe"):
        with pytest.raises(Refused, match="not a plain file"):
            replace_private(tmp_path / name, b"words", force=True)


@pytest.mark.parametrize("force", [False, True])
def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, force: bool) -> None:
    if force:
        (tmp_path / "map.svg").write_bytes(b"old")

    def full(_descriptor: int, _data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(NotSaved, match="no space left"):
        replace_private(tmp_path / "map.svg", b"new", force=force)
    monkeypatch.undo()
    assert names_in(tmp_path) == (["home", "map.svg"] if force else ["home"])
    if force:
        assert (tmp_path / "map.svg").read_bytes() == b"old"


def test_a_missing_folder_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(NotSaved, match="no such file"):
        replace_private(tmp_path / "nowhere" / "map.svg", b"words")


def test_a_file_system_without_links_still_keeps_what_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(_self: Path, _target: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    replace_private(tmp_path / "map.svg", b"words")
    assert (tmp_path / "map.svg").read_bytes() == b"words"
    assert names_in(tmp_path) == ["home", "map.svg"]
