"""Segments: what their header tells, and when a save is acknowledged."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kinship.vault import durable
from kinship.vault.crypto import Key, master_key
from kinship.vault.frame import read_frames
from kinship.vault.segment import (
    HEADER_BYTES,
    Header,
    Kind,
    SegmentLost,
    SegmentWriter,
    Unread,
    read_header,
    write_header,
)

KEY = master_key(bytes(20), bytes(16))
SEGMENT = bytes(range(16))
HEADER, _ = write_header(KEY, Kind.LOG, SEGMENT, bytes(32))


def writer(folder: Path) -> SegmentWriter:
    return SegmentWriter(folder, KEY, SEGMENT, os.urandom(32))


def why(data: bytes, key: Key = KEY) -> str:
    told = read_header(key, Kind.LOG, data)
    assert isinstance(told, Unread)
    return told.why


def test_the_header_is_116_bytes_and_names_the_segment() -> None:
    told = read_header(KEY, Kind.LOG, HEADER)
    assert isinstance(told, Header)
    assert (len(HEADER), HEADER_BYTES, told.name) == (116, 116, SEGMENT.hex())


def test_why_a_header_cannot_be_read_is_told_apart() -> None:
    assert why(b"") == "empty"
    assert why(HEADER[:50]) == "short"
    assert why(b"something else" * 20) == "foreign"
    assert why(HEADER[:8] + b"\2\0" + HEADER[10:]) == "newer"
    assert why(HEADER, Key(KEY.vault, bytes(32))) == "other_key"
    assert why(HEADER, master_key(bytes(20), bytes(15) + b"x")) == "foreign"
    draft, _ = write_header(KEY, Kind.DRAFT, SEGMENT, bytes(32))
    assert why(draft) == "foreign"


def test_no_flipped_bit_in_a_header_goes_unnoticed() -> None:
    for at in range(HEADER_BYTES * 8):
        flipped = bytearray(HEADER)
        flipped[at // 8] ^= 1 << at % 8
        assert isinstance(read_header(KEY, Kind.LOG, bytes(flipped)), Unread), at


def test_no_two_segments_or_kinds_share_a_key() -> None:
    nothing = bytes(12)
    told = {
        write_header(KEY, kind, segment, salt)[1].cipher.encrypt(nothing, b"same", None)
        for kind in Kind
        for segment in (SEGMENT, bytes(16))
        for salt in (bytes(32), bytes(31) + b"x")
    }
    assert len(told) == 8


def test_a_segment_is_private_and_new(tmp_path: Path) -> None:
    one = writer(tmp_path)
    one.append([b"{}"])
    assert one.path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        writer(tmp_path)


def test_a_segment_is_never_made_through_a_link(tmp_path: Path) -> None:
    (tmp_path / f"{SEGMENT.hex()}.seg").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(FileExistsError):
        writer(tmp_path)
    assert not (tmp_path / "elsewhere").exists()


def _noting(done: list[str], name: str, real: Callable[..., object]) -> Callable[..., object]:
    def noting(*told: object) -> object:
        done.append(name)
        return real(*told)

    return noting


def test_file_and_folder_are_synced_before_the_first_acknowledgement(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    for name in ("write_all", "sync_file", "sync_folder"):
        real = getattr(durable, name)
        monkeypatch.setattr(durable, name, _noting(done, name, real))
    one = writer(tmp_path)
    one.append([b"{}"])
    assert done == ["write_all", "sync_file", "sync_folder"]
    one.append([b"{}"])
    assert done[3:] == ["write_all", "sync_file"]


def test_a_removed_or_replaced_segment_is_not_acknowledged(tmp_path: Path) -> None:
    for change in ("remove", "replace"):
        folder = tmp_path / change
        folder.mkdir()
        one = writer(folder)
        one.append([b"{}"])
        whole = one.path.read_bytes()
        one.path.unlink()
        if change == "replace":
            one.path.write_bytes(whole)
        with pytest.raises(SegmentLost):
            one.append([b"{}"])
        assert not one.usable


def test_after_a_failure_a_segment_takes_nothing_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = writer(tmp_path)
    one.append([b"{}"])
    synced: list[int] = []

    def failing(file: int) -> None:
        synced.append(file)
        raise OSError(5, "input/output error")

    with monkeypatch.context() as patched:
        patched.setattr(durable, "sync_file", failing)
        for _ in range(3):
            with pytest.raises(OSError, match=r"error|nothing more"):
                one.append([b"{}"])
    assert len(synced) == 1, "that descriptor was synced again"


def test_a_transaction_of_several_frames_says_so_in_their_flags(tmp_path: Path) -> None:
    one = writer(tmp_path)
    one.append([b"a"], [b"b", b"c", b"d"])
    data = one.path.read_bytes()
    header = read_header(KEY, Kind.LOG, data)
    assert isinstance(header, Header)
    frames = list(read_frames(header.cipher, data, HEADER_BYTES, 0))
    assert [(frame.number, frame.flags) for frame in frames] == [(0, 0), (1, 1), (2, 3), (3, 2)]


def test_a_segment_without_any_acknowledged_save_is_removed_again(tmp_path: Path) -> None:
    one = writer(tmp_path)
    one.close()
    assert not one.path.exists()


def test_a_short_write_is_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.write
    monkeypatch.setattr(os, "write", lambda file, data: real(file, data[:7]))
    one = writer(tmp_path)
    one.append([b"{}"])
    monkeypatch.undo()
    assert one.path.stat().st_size == HEADER_BYTES + 20 + 512 + 16
