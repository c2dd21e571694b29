"""What a person is told about the files: tail, damage, missing, foreign, newer, another key."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from builders.vaults import Made, new_vault
from kinship.vault import Change, Vault, durable, open_vault
from kinship.vault.crypto import Key
from kinship.vault.segment import Kind, SegmentWriter, write_header


def closed(tmp_path: Path, saves: int = 3) -> tuple[Made, Path]:
    """Return a closed vault of one session that saved `saves` pages, and that session's file."""
    made = new_vault(tmp_path)
    for number in range(saves):
        made.vault.commit([Change("entries", str(number), {"body": "x"})])
    made.vault.close()
    return made, next((made.path / "log").iterdir())


def told(vault: Vault) -> list[str]:
    return [notice.what for notice in vault.notices]


def pages(vault: Vault) -> list[str]:
    return sorted(uid for uid, _ in vault.all("entries"))


def elsewhere(made: Made, tmp_path: Path) -> Vault:
    return made.reopen(state=tmp_path / "new-computer")


def test_a_whole_vault_has_nothing_to_tell(tmp_path: Path) -> None:
    made, _ = closed(tmp_path)
    assert told(made.reopen()) == []


def test_a_cut_off_end_is_a_tail_on_a_computer_that_never_saw_it(tmp_path: Path) -> None:
    made, segment = closed(tmp_path)
    segment.write_bytes(segment.read_bytes()[:-700])
    vault = elsewhere(made, tmp_path)
    assert told(vault) == ["tail"]
    assert pages(vault) == ["0", "1"]


def test_a_cut_off_end_is_missed_where_it_was_read_before(tmp_path: Path) -> None:
    made, segment = closed(tmp_path)
    made.reopen()
    segment.write_bytes(segment.read_bytes()[: -548 * 2])
    assert told(made.reopen()) == ["older"]
    segment.write_bytes(segment.read_bytes()[:-30])
    assert told(made.reopen()) == ["tail", "damaged"]


def test_a_damaged_frame_is_named_and_costs_nothing_else(tmp_path: Path) -> None:
    made, segment = closed(tmp_path)
    data = bytearray(segment.read_bytes())
    data[-548 * 2 - 100] ^= 1
    segment.write_bytes(bytes(data))
    vault = elsewhere(made, tmp_path)
    assert told(vault) == ["damaged"]
    assert pages(vault) == ["0", "2"]


def test_bytes_that_no_session_wrote_are_named(tmp_path: Path) -> None:
    made, segment = closed(tmp_path)
    data = segment.read_bytes()
    segment.write_bytes(data[:-548] + b"KFRM and more" + data[-548:])
    vault = made.reopen()
    assert told(vault) == ["damaged"]
    assert pages(vault) == ["0", "1", "2"]


def test_a_session_that_is_gone_is_missing(tmp_path: Path) -> None:
    made, _ = closed(tmp_path)
    with made.reopen() as second:
        second.commit([Change("entries", "later", {"body": "y"})])
        later = made.path / "log" / f"{second.session}.seg"
    made.reopen()
    later.unlink()
    assert told(made.reopen()) == ["older"]


def test_a_later_session_bears_witness_to_an_earlier_one(tmp_path: Path) -> None:
    made, segment = closed(tmp_path)
    with made.reopen() as second:
        second.commit([Change("entries", "later", {"body": "y"})])
    for change in (lambda: segment.write_bytes(segment.read_bytes()[: -548 * 2]), segment.unlink):
        change()
        vault = made.reopen(state=tmp_path / os.urandom(4).hex())
        assert told(vault) == ["missing"]


def test_a_witness_says_only_what_no_earlier_one_says(tmp_path: Path) -> None:
    made, _ = closed(tmp_path)
    sizes = []
    for number in range(4):
        with made.reopen() as vault:
            vault.commit([Change("entries", "same", {"body": str(number)})])
            sizes.append((made.path / "log" / f"{vault.session}.seg").stat().st_size)
    assert len(set(sizes)) == 1


def test_another_session_in_place_of_one_is_noticed(tmp_path: Path) -> None:
    made, segment = closed(tmp_path)
    vault = made.reopen()
    forged = SegmentWriter(tmp_path, made.key(), bytes.fromhex(segment.stem), os.urandom(32))
    forged.append(*[[b"{}"]] * 6)
    shutil.copy(forged.path, segment)
    assert told(made.reopen()) == ["damaged"]
    vault.refresh()
    assert told(vault) == ["forked"]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "missing"),
        (b"a note", "foreign"),
        (b"KINSEG\r\n\x01\x00", "tail"),
        (b"KINSEG\r\n\x02\x00" + bytes(200), "newer"),
    ],
)
def test_what_is_no_segment_is_told_and_left_alone(tmp_path: Path, content: bytes, what: str) -> None:
    made, _ = closed(tmp_path)
    stray = made.path / "log" / "stray.seg"
    stray.write_bytes(content)
    vault = made.reopen()
    assert told(vault) == [what]
    assert pages(vault) == ["0", "1", "2"]
    assert stray.read_bytes() == content


def test_another_key_is_told_apart_from_damage(tmp_path: Path) -> None:
    made, segment = closed(tmp_path)
    key = made.key()
    other, _ = write_header(Key(key.vault, bytes(32)), Kind.LOG, bytes(16), bytes(32))
    (made.path / "log" / "other.seg").write_bytes(other)
    assert told(made.reopen()) == ["other_key"]
    data = bytearray(segment.read_bytes())
    data[60] ^= 1
    segment.write_bytes(bytes(data))
    assert sorted(told(elsewhere(made, tmp_path))) == ["damaged", "other_key"]


def test_links_and_folders_in_the_log_are_left_alone(tmp_path: Path) -> None:
    made, segment = closed(tmp_path)
    (made.path / "log" / "link.seg").symlink_to(segment)
    (made.path / "log" / ".stfolder").mkdir()
    vault = made.reopen()
    assert pages(vault) == ["0", "1", "2"]
    assert told(vault) == ["foreign", "foreign"]


def test_a_record_of_a_later_kinship_is_passed_over_and_told(tmp_path: Path) -> None:
    made, _ = closed(tmp_path)
    writer = SegmentWriter(made.path / "log", made.key(), bytes(16), bytes(32))
    writer.append([b'{"ops":{"in":"another shape"}}'], [b'{"weather":{"sunny":true}}'], [b"not JSON at all"])
    vault = made.reopen()
    assert told(vault) == ["newer"]
    assert pages(vault) == ["0", "1", "2"]


def test_local_memory_that_was_altered_is_told_and_not_used(tmp_path: Path) -> None:
    made, _ = closed(tmp_path)
    made.reopen()
    (marks,) = made.state.rglob("marks.json")
    whole = marks.read_text()
    for spoilt in (whole.replace('"frames"', ""), whole[:-9] + "00000000}", "{", ""):
        marks.write_text(spoilt.replace(whole[40:44], "0000"))
        assert "state" in told(made.reopen())


def test_a_retired_passphrase_is_told(tmp_path: Path) -> None:
    made, _ = closed(tmp_path)
    with made.reopen() as vault:
        vault.note_slots(["another"])
    assert told(made.reopen()) == ["retired"]


def test_a_file_that_cannot_be_read_now_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, segment = closed(tmp_path)
    key = made.key()
    read = durable.read_regular

    def failing(path: Path, start: int = 0, most: int = -1) -> bytes:
        if path.name == segment.name and most < 0:
            raise OSError(5, "input/output error")
        return read(path, start, most)

    with monkeypatch.context() as patched:
        patched.setattr(durable, "read_regular", failing)
        vault = open_vault(made.path, key, state=tmp_path / "fresh", clock=made.clock)
        assert told(vault) == ["missing"]
    assert len(vault.refresh()) == 3
    assert told(vault) == []
