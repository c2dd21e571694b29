"""Sealed notes: only the vault reads them, only a pinned key is sealed to, and nothing in the inbox can do harm."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders.notes import files_in, jotted, note_file, planted
from builders.vaults import NOON, Made, new_vault
from kinship.ground.errors import Damaged, Misused, NotFound, NotSaved, Refused
from kinship.vault import Vault, crypto, durable, notes, sealing
from kinship.vault.notes import Fault, SealedNote, address_of, note_id, open_note
from kinship.vault.padding import padded
from kinship.vault.sealing import (
    MOST_TEXT,
    Address,
    given_address,
    is_contradicted,
    pinned_address,
    put_in_inbox,
    read_address,
    seal,
)

CANARY = "the blue house on the corner"


def nothing_known(_: str) -> bool:
    return False


def texts(vault: Vault, known: Callable[[str], bool] = nothing_known) -> list[str]:
    return sorted(note.text for note in vault.inbox.look(known).notes)


def faults(vault: Vault) -> dict[str, Fault]:
    return dict(vault.inbox.look(nothing_known).faults)


def sealed_body(made: Made, body: bytes) -> bytes:
    """Return a well-sealed note with a body of anybody's making."""
    address = address_of(made.key())
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
    public = X25519PublicKey.from_public_bytes(address.public)
    head = sealing.MAGIC + sealing.SUITE + address.vault
    return head + suite.encrypt(body, public, sealing.info_of(address.vault))


def test_a_sealed_note_is_what_was_said_and_when(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    at = dt.datetime(2024, 5, 3, 23, 15, 7, tzinfo=dt.timezone(dt.timedelta(hours=2)))
    data = note_file(made.vault.inbox.address, f"{CANARY}\n“so”", at, "Europe/Vienna")
    note = open_note(made.key(), data)
    assert isinstance(note, SealedNote)
    assert (note.text, note.at, note.zone) == (f"{CANARY}\n“so”", at, "Europe/Vienna")
    assert note.id == note_id(data) == crypto.sha256(data)[:16].hex()
    assert CANARY not in repr(note)


def test_two_notes_of_the_same_words_are_two_notes_of_one_size(tmp_path: Path) -> None:
    address = new_vault(tmp_path).vault.inbox.address
    one, other, longer = note_file(address, "a"), note_file(address, "a"), note_file(address, "a" * 300)
    assert one != other
    assert len(one) == len(other) == len(longer) == sealing.HEAD_BYTES + 32 + 512 + 16


def test_the_words_stand_nowhere_in_the_file(tmp_path: Path) -> None:
    data = note_file(new_vault(tmp_path).vault.inbox.address, CANARY)
    assert all(word.encode() not in data for word in CANARY.split() if len(word) > 3)


def test_any_flipped_byte_is_found(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    key = made.key()
    data = note_file(made.vault.inbox.address)
    for place in range(len(data)):
        spoilt = bytearray(data)
        spoilt[place] ^= 0x80
        assert isinstance(open_note(key, bytes(spoilt)), Fault), place
    assert isinstance(open_note(key, data), SealedNote)


def test_a_cut_or_lengthened_note_is_found(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    key = made.key()
    data = note_file(made.vault.inbox.address)
    assert open_note(key, b"") is Fault.ABSENT
    for length in range(1, len(data)):
        assert isinstance(open_note(key, data[:length]), Fault), length
    assert open_note(key, data + b"\0") is Fault.SEALED


def test_a_note_sealed_to_another_key_is_refused(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    stranger = X25519PrivateKey.generate().public_key().public_bytes_raw()
    own = made.vault.inbox.address
    assert open_note(made.key(), note_file(own._replace(public=stranger))) is Fault.SEALED
    assert isinstance(open_note(made.key(), note_file(own)), SealedNote)


def test_the_wrong_info_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = new_vault(tmp_path)
    monkeypatch.setattr(sealing, "info_of", lambda vault: b"kinship/1 note" + vault)
    data = note_file(made.vault.inbox.address)
    monkeypatch.undo()
    assert open_note(made.key(), data) is Fault.SEALED


def test_every_other_file_is_called_what_it_is(tmp_path: Path) -> None:
    made, other = new_vault(tmp_path), new_vault(tmp_path, name="other")
    own = note_file(made.vault.inbox.address)
    found = {
        b"": Fault.ABSENT,
        b"hello": Fault.STRANGE,
        b"KINNOTE2" + own[8:]: Fault.NEWER,
        own[:8] + bytes(6) + own[14:]: Fault.NEWER,
        note_file(other.vault.inbox.address): Fault.ELSEWHERE,
        bytes(sealing.MOST_FILE + 1): Fault.TOO_LONG,
    }
    assert {data: open_note(made.key(), data) for data in found} == found


@pytest.mark.parametrize(
    "body",
    [
        b"",
        bytes(512),
        padded(b"no json"),
        padded(b"[]"),
        padded(b"[" * 5000),
        padded(b'{"at":"2024-05-03T12:00:00+00:00"}'),
        padded(b'{"at":"soon","text":"x"}'),
        padded(b'{"at":"2024-05-03T12:00:00","text":"no offset"}'),
        padded(b'{"at":"2024-13-03T12:00:00+00:00","text":"x"}'),
        padded(b'{"at":"0001-01-01T00:00:00+14:00","text":"x"}'),
        padded(b'{"at":"9999-12-31T23:59:59-14:00","text":"x"}'),
        padded(b'{"at":"2024-05-03T12:00:00+00:00","text":" \\n\\u0007"}'),
        padded(b'{"at":"2024-05-03T12:00:00+00:00","text":"\xff"}'),
        padded(b'{"at":"2024-05-03T12:00:00+00:00","text":"x"}')[:-1],
        struct.pack("<I", 4000) + bytes(508),
    ],
)
def test_a_well_sealed_body_of_nonsense_is_damaged(tmp_path: Path, body: bytes) -> None:
    made = new_vault(tmp_path)
    assert open_note(made.key(), sealed_body(made, body)) is Fault.SEALED


def test_hostile_words_are_cleaned_and_a_hostile_zone_is_dropped(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    told = {"at": "2024-05-03T12:00:00+00:00", "zone": "../\x1b]0;x", "text": "a\x1b[31mb\u202ec\r\nd", "more": [1]}
    note = open_note(made.key(), sealed_body(made, padded(json.dumps(told).encode())))
    assert isinstance(note, SealedNote)
    assert (note.text, note.zone) == ("a[31mbc\nd", "UTC")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp"]), min_size=1).filter(str.strip))
def test_whatever_is_written_comes_back(tmp_path: Path, text: str) -> None:
    made = made_once(tmp_path)
    note = open_note(made.key(), note_file(made.vault.inbox.address, text))
    assert isinstance(note, SealedNote)
    assert note.text == text


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=700), st.sampled_from(["", "magic", "head"]), st.booleans())
def test_no_bytes_at_all_make_it_fail(tmp_path: Path, data: bytes, begin: str, sealed: bool) -> None:
    made = made_once(tmp_path)
    if sealed:
        found = open_note(made.key(), sealed_body(made, padded(data) if begin else data))
    else:
        head = {"": b"", "magic": sealing.MAGIC, "head": sealing.MAGIC + sealing.SUITE + bytes.fromhex(made.vault.id)}
        found = open_note(made.key(), head[begin] + data)
    assert isinstance(found, Fault)


_MADE: dict[Path, Made] = {}


def made_once(tmp_path: Path) -> Made:
    if tmp_path not in _MADE:
        _MADE[tmp_path] = new_vault(tmp_path)
    return _MADE[tmp_path]


def test_64_kib_are_a_note_and_a_byte_more_is_none(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    for words in ("x" * MOST_TEXT, "\n" * (MOST_TEXT - 1) + "x", '"' * MOST_TEXT, "é" * (MOST_TEXT // 2)):
        data = note_file(made.vault.inbox.address, words)
        assert len(data) <= sealing.MOST_FILE
        assert isinstance(open_note(made.key(), data), SealedNote)
    with pytest.raises(Misused, match="64 KiB"):
        note_file(made.vault.inbox.address, "x" * (MOST_TEXT + 1))
    told = {"at": "2024-05-03T12:00:00+00:00", "text": "x" * (MOST_TEXT + 1)}
    assert open_note(made.key(), sealed_body(made, padded(json.dumps(told).encode()))) is Fault.TOO_LONG


# -- the key -----------------------------------------------------------------------------------------------------


def test_an_unlock_pins_the_key_that_a_jot_seals_to(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    made.vault.close()
    assert pinned_address(made.path, made.state) == made.vault.inbox.address
    with pytest.raises(Refused, match="does not know the key"):
        pinned_address(made.path, tmp_path / "elsewhere")
    made.reopen(state=tmp_path / "elsewhere")
    assert pinned_address(made.path, tmp_path / "elsewhere") == made.vault.inbox.address


def test_a_swapped_key_in_the_folder_is_an_alarm_and_never_sealed_to(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    made.vault.close()
    kin = made.path / "vault.kin"
    theirs = X25519PrivateKey.generate().public_key().public_bytes_raw()
    body = kin.read_bytes()[:64] + theirs
    kin.write_bytes(body + crypto.sha256(body))
    address = pinned_address(made.path, made.state)
    assert address.public == made.vault.inbox.address.public != theirs
    assert is_contradicted(made.path, address)
    with pytest.raises(Refused):
        pinned_address(made.path, tmp_path / "elsewhere")
    (alarm, *_) = made.reopen().notices
    assert (alarm.what, alarm.where) == ("swapped", "vault.kin")


def test_a_swapped_pin_is_an_alarm_and_put_right_by_the_unlock(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    made.vault.close()
    marks = made.state / made.vault.id / "marks.json"
    own = pinned_address(made.path, made.state).public
    theirs = X25519PrivateKey.generate().public_key().public_bytes_raw()
    marks.write_bytes(marks.read_bytes().replace(own.hex().encode(), theirs.hex().encode()))
    assert pinned_address(made.path, made.state).public == theirs, "nobody can tell without the master key"
    again = made.reopen()
    assert next((one.what, one.where) for one in again.notices) == ("swapped", "")
    assert pinned_address(made.path, made.state).public == own
    planted(made.path, "theirs.note", note_file(Address(bytes.fromhex(made.vault.id), theirs)))
    assert faults(again) == {"theirs.note": Fault.SEALED}


def test_nothing_swapped_is_no_alarm(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    made.vault.close()
    assert made.reopen().notices == ()
    assert list(notes.alarms(made.path, made.key(), made.state)) == []
    assert not is_contradicted(made.path, made.vault.inbox.address)


def test_a_key_as_text_comes_back_and_every_typing_error_is_found(tmp_path: Path) -> None:
    address = new_vault(tmp_path).vault.inbox.address
    text = address.text
    assert read_address(text) == read_address(f"  {text[:40]}\n{text[40:].upper()} ") == address
    for place in range(len(text)):
        with pytest.raises(Misused):
            read_address(text[:place] + ("a" if text[place] != "a" else "b") + text[place + 1 :])
    for wrong in ("", "kinbox1", text[:-1], text + "a", "\N{SNOWMAN}", "kinbox1" + "=" * 84):
        with pytest.raises(Misused):
            read_address(wrong)


def test_the_key_of_another_journal_is_refused(tmp_path: Path) -> None:
    made, other = new_vault(tmp_path), new_vault(tmp_path, name="other")
    assert given_address(made.path, made.vault.inbox.address.text) == made.vault.inbox.address
    with pytest.raises(Refused, match="another journal"):
        given_address(made.path, other.vault.inbox.address.text)


def test_a_point_that_is_no_key_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Misused, match="not the key"):
        seal(Address(bytes(16), bytes(32)), "x", NOON, "UTC")
    assert new_vault(tmp_path).vault.inbox.address.public != bytes(32)


def test_without_vault_kin_a_key_file_says_which_vault_it_is(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    made.vault.close()
    (made.path / "vault.kin").write_bytes(b"KINVAULT and nothing")
    assert pinned_address(made.path, made.state) == made.vault.inbox.address
    for file in (made.path / "keys").iterdir():
        file.write_bytes(b'{"vault": 3}')
    with pytest.raises(Damaged):
        pinned_address(made.path, made.state)
    with pytest.raises(NotFound):
        pinned_address(tmp_path / "nowhere", made.state)


# -- the folder --------------------------------------------------------------------------------------------------


def test_a_jot_leaves_one_private_file_that_is_synced_before_it_is_acknowledged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = new_vault(tmp_path)
    synced: list[str] = []
    monkeypatch.setattr(durable, "sync_file", lambda _: synced.append("file"))
    monkeypatch.setattr(durable, "sync_folder", lambda folder: synced.append(folder.name))
    jotted(made.vault, CANARY)
    assert synced == [made.path.name, "file", "inbox"]
    (name,) = files_in(made.vault)
    assert len(name) == 37
    assert (made.path / "inbox" / name).stat().st_mode & 0o777 == 0o600
    assert (made.path / "inbox").stat().st_mode & 0o777 == 0o700


def test_a_full_disk_leaves_nothing_and_says_that_nothing_was_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = new_vault(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(durable, "write_all", full)
    with pytest.raises(NotSaved, match="no space left"):
        jotted(made.vault, CANARY)
    assert files_in(made.vault) == []


@pytest.mark.parametrize("kind", ["link", "dead link", "file"])
def test_an_inbox_that_is_no_folder_of_its_own_is_refused_and_not_read(tmp_path: Path, kind: str) -> None:
    made = new_vault(tmp_path)
    aside = tmp_path / "aside"
    if kind == "link":
        aside.mkdir()
        planted(made.path, "one.note", note_file(made.vault.inbox.address))
        shutil.move(made.path / "inbox", aside / "inbox")
        (made.path / "inbox").symlink_to(aside / "inbox")
    elif kind == "file":
        (made.path / "inbox").write_bytes(b"x")
    else:
        (made.path / "inbox").symlink_to(aside)
    with pytest.raises(Refused, match="not a folder of its own"):
        put_in_inbox(made.path, b"x")
    look = made.vault.inbox.look(nothing_known)
    assert look.notes == ()
    assert [fault for _, fault in look.faults] == [Fault.STRANGE]
    assert not aside.exists() or [path.name for path in (aside / "inbox").iterdir()] == ["one.note"]


def test_what_was_taken_in_is_removed_and_all_else_stays(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    jotted(made.vault, "one", "two")
    planted(made.vault, "odd.note", b"KINNOTE1 and nothing")
    planted(made.vault, ".stfolder", b"")
    look = made.vault.inbox.look(nothing_known)
    assert sorted(note.text for note in look.notes) == ["one", "two"]
    made.vault.inbox.remove(look)
    assert files_in(made.vault) == [".stfolder", "odd.note"]


def test_copies_of_a_file_are_one_note_and_all_go(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    data = note_file(made.vault.inbox.address)
    for name in ("a.note", "a (conflicted copy).note", "a.sync-conflict-20240503.note"):
        planted(made.vault, name, data)
    look = made.vault.inbox.look(nothing_known)
    assert len(look.notes) == 1
    made.vault.inbox.remove(look)
    assert files_in(made.vault) == []


def test_a_known_note_is_only_removed(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    jotted(made.vault, "again")
    look = made.vault.inbox.look(lambda _: True)
    assert look.notes == ()
    made.vault.inbox.remove(look)
    assert files_in(made.vault) == []


def test_a_file_that_changed_since_it_was_read_stays(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    path = planted(made.vault, "a.note", note_file(made.vault.inbox.address, "one"))
    look = made.vault.inbox.look(nothing_known)
    path.unlink()
    planted(made.vault, "a.note", note_file(made.vault.inbox.address, "another"))
    made.vault.inbox.remove(look)
    assert texts(made.vault) == ["another"]


def test_links_pipes_folders_and_huge_files_are_named_and_never_waited_for(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    secret = tmp_path / "secret"
    secret.write_bytes(note_file(made.vault.inbox.address, "not in the inbox"))
    inbox = planted(made.vault, "good.note", note_file(made.vault.inbox.address, "good")).parent
    (inbox / "link.note").symlink_to(secret)
    (inbox / "dead.note").symlink_to(tmp_path / "nowhere")
    (inbox / "folder.note").mkdir()
    os.mkfifo(inbox / "pipe.note")
    with (inbox / "huge.note").open("wb") as file:
        file.truncate(1 << 40)
    assert faults(made.vault) == {
        "dead.note": Fault.STRANGE,
        "folder.note": Fault.STRANGE,
        "huge.note": Fault.TOO_LONG,
        "link.note": Fault.STRANGE,
        "pipe.note": Fault.STRANGE,
    }
    assert texts(made.vault) == ["good"]
    assert secret.exists()


def test_500_notes_an_unlock_and_the_rest_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notes, "MOST_NOTES", 3)
    made = new_vault(tmp_path)
    jotted(made.vault, *"abcde")
    look = made.vault.inbox.look(nothing_known)
    assert (len(look.notes), look.left) == (3, 2)
    assert ["2 more files wait" in one.sentence for one in look.notices()] == [True]
    made.vault.inbox.remove(look)
    assert len(files_in(made.vault)) == 2
    again = made.vault.inbox.look(nothing_known)
    assert (len(again.notes), again.left) == (0, 2), "a look in the same unlock takes no more"
    later = made.reopen().inbox.look(nothing_known)
    assert (len(later.notes), later.left) == (2, 0)


def test_a_flood_of_what_is_no_note_is_read_only_so_far(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notes, "MOST_READ", 10)
    made = new_vault(tmp_path)
    for number in range(25):
        planted(made.vault, f"{number:03}.note", b"KINNOTE1")
    look = made.vault.inbox.look(nothing_known)
    assert (len(look.faults), look.left) == (10, 15)
    told = [one.sentence for one in look.notices()]
    assert told[1] == "10 files in the inbox stay where they are: 10 damaged or sealed to another key."


def test_one_file_is_removed_by_its_name_and_nothing_outside(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    planted(made.vault, "odd.note", b"?")
    assert not made.vault.inbox.drop("../vault.kin")
    assert not made.vault.inbox.drop("..")
    assert not made.vault.inbox.drop("none.note")
    assert made.vault.inbox.drop("odd.note")
    assert files_in(made.vault) == []
    assert (made.path / "vault.kin").exists()
