"""Keyfile and device slots: both factors are needed, wrong and damaged are told apart, one cannot pass for another."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders.vaults import CHEAP
from kinship.ground.errors import Damaged, Misused, NewerVault
from kinship.vault import crypto, slots
from kinship.vault.slots import (
    Slot,
    check_keyfile,
    make_device_slot,
    make_slot,
    open_device_slot,
    open_slot,
    read_slot,
    write_slot,
)

ROOT = bytes(range(20))
VAULT = bytes(16)
SECRET = bytes(range(32))
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), min_size=1, max_size=12)


def kept(folder: Path, slot: Slot, data: bytes | None = None) -> Path:
    path = folder / "one.key"
    path.write_bytes(write_slot(slot) if data is None else data)
    return path


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(WORDS, WORDS, st.binary(min_size=1, max_size=300), st.binary(min_size=1, max_size=300))
def test_only_both_factors_together_open(tmp_path: Path, one: str, other: str, file: bytes, wrong: bytes) -> None:
    slot = read_slot(kept(tmp_path, make_slot(ROOT, VAULT, one, CHEAP, os.urandom, keyfile=file)))
    assert slot.kind == slots.KEYFILE
    assert open_slot(slot, one, file) == ROOT
    same_words = slots.passphrase_bytes(one) == slots.passphrase_bytes(other)
    assert open_slot(slot, other, file) == (ROOT if same_words else None)
    assert open_slot(slot, one, wrong) == (ROOT if wrong == file else None)
    assert open_slot(slot, one) is None


@settings(max_examples=60, deadline=None)
@given(WORDS)
def test_what_a_passphrase_becomes_is_stable_under_composition_and_spaces(words: str) -> None:
    told = slots.passphrase_bytes(words)
    assert slots.passphrase_bytes(unicodedata.normalize("NFD", words)) == told
    assert slots.passphrase_bytes(told.decode()) == told
    assert slots.passphrase_bytes(f"{words}\u2003") == told + b" "


def resummed(slot: Slot) -> Slot:
    """Return the slot as somebody would forge it: the unkeyed sum fits again."""
    total = crypto.sha256(slot.canonical + bytes.fromhex(slot.commit) + bytes.fromhex(slot.wrapped))
    return msgspec.structs.replace(slot, sum=total.hex())


def test_a_keyfile_slot_cannot_pass_for_a_passphrase_slot(tmp_path: Path) -> None:
    slot = make_slot(ROOT, VAULT, "words", CHEAP, os.urandom, keyfile=b"file")
    told = msgspec.structs.replace(slot, kind=slots.PASSPHRASE)
    with pytest.raises(Damaged):
        read_slot(kept(tmp_path, told))
    assert open_slot(read_slot(kept(tmp_path, resummed(told))), "words", b"file") is None


def test_a_forged_field_is_damage_once_the_passphrase_is_right(tmp_path: Path) -> None:
    slot = make_slot(ROOT, VAULT, "words", CHEAP, os.urandom)
    forged = resummed(msgspec.structs.replace(slot, id="00" * 8))
    with pytest.raises(Damaged, match="altered"):
        open_slot(read_slot(kept(tmp_path, forged)), "words")


def test_a_device_slot_opens_with_its_secret_alone(tmp_path: Path) -> None:
    slot = read_slot(kept(tmp_path, make_device_slot(ROOT, VAULT, SECRET, os.urandom)))
    assert slot.kind == slots.DEVICE
    assert open_device_slot(slot, SECRET) == ROOT
    assert open_device_slot(slot, bytes(32)) is None


@pytest.mark.parametrize("kind", ["keyfile", "device"])
def test_any_flipped_bit_makes_it_damaged_and_never_wrong(tmp_path: Path, kind: str) -> None:
    slot = (
        make_device_slot(ROOT, VAULT, SECRET, os.urandom)
        if kind == "device"
        else make_slot(ROOT, VAULT, "words", CHEAP, os.urandom, keyfile=b"file")
    )
    whole = write_slot(slot)
    for at in range(0, len(whole) * 8, 11):
        flipped = bytearray(whole)
        flipped[at // 8] ^= 1 << at % 8
        try:
            read = read_slot(kept(tmp_path, slot, bytes(flipped)))
        except (Damaged, NewerVault):
            continue
        opened = open_device_slot(read, SECRET) if kind == "device" else open_slot(read, "words", b"file")
        assert opened == ROOT, f"bit {at}"


@pytest.mark.parametrize(("kind", "stretch"), [("device", "argon2id"), ("passphrase", "none"), ("unheard", "argon2id")])
def test_a_kind_that_is_stretched_otherwise_than_it_should_be_is_of_no_known_kind(
    tmp_path: Path, kind: str, stretch: str
) -> None:
    slot = make_slot(ROOT, VAULT, "words", CHEAP, os.urandom)
    told = msgspec.structs.replace(slot, kind=kind, kdf=msgspec.structs.replace(slot.kdf, n=stretch))
    with pytest.raises(Damaged, match="no known kind"):
        read_slot(kept(tmp_path, resummed(told)))


@pytest.mark.parametrize(("size", "good"), [(0, False), (1, True), (1024 * 1024, True), (1024 * 1024 + 1, False)])
def test_a_keyfile_has_one_byte_to_one_mebibyte(size: int, good: bool) -> None:
    if good:
        check_keyfile(bytes(size))
        return
    with pytest.raises(Misused):
        check_keyfile(bytes(size))
