"""Key slots: wrong and damaged are told apart, costs are checked before they are paid."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from builders.vaults import CHEAP
from kinship.ground.errors import Damaged, Misused, NewerVault, Refused
from kinship.vault import KdfCost, crypto, slots
from kinship.vault.opening import cost_for
from kinship.vault.slots import CEILING, FLOOR, Slot, make_slot, open_slot, read_slot, write_slot

ROOT = bytes(range(20))
VAULT = bytes(16)


def fresh(cost: KdfCost = CHEAP) -> Slot:
    return make_slot(ROOT, VAULT, "a passphrase", cost, os.urandom)


def kept(folder: Path, data: bytes) -> Path:
    path = folder / "one.key"
    path.write_bytes(data)
    return path


def test_a_slot_opens_with_its_passphrase_and_no_other(tmp_path: Path) -> None:
    slot = read_slot(kept(tmp_path, write_slot(fresh())))
    assert open_slot(slot, "a passphrase") == ROOT
    assert open_slot(slot, "another") is None
    assert open_slot(slot, "") is None


def test_any_flipped_bit_makes_a_slot_damaged_and_never_a_wrong_passphrase(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    whole = write_slot(fresh())
    step = 1 if request.config.getoption("--long") else 7
    for at in range(0, len(whole) * 8, step):
        flipped = bytearray(whole)
        flipped[at // 8] ^= 1 << at % 8
        try:
            slot = read_slot(kept(tmp_path, bytes(flipped)))
        except (Damaged, NewerVault):
            continue
        assert open_slot(slot, "a passphrase") == ROOT, f"bit {at}"


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b"{" + b" " * 70_000 + b"}"])
def test_what_is_no_key_file_is_damaged(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(Damaged):
        read_slot(kept(tmp_path, data))


def test_a_field_that_stands_twice_is_refused(tmp_path: Path) -> None:
    data = write_slot(fresh()).decode().replace('"v": 1', '"v": 1,\n "v": 1')
    with pytest.raises(Damaged):
        read_slot(kept(tmp_path, data.encode()))


def test_a_key_file_of_a_later_version_is_named_so(tmp_path: Path) -> None:
    fields = json.loads(write_slot(fresh()))
    with pytest.raises(NewerVault):
        read_slot(kept(tmp_path, json.dumps({**fields, "v": 2}).encode()))


def test_a_link_or_a_pipe_is_no_key_file(tmp_path: Path) -> None:
    link = tmp_path / "link.key"
    link.symlink_to(kept(tmp_path, write_slot(fresh())))
    pipe = tmp_path / "pipe.key"
    os.mkfifo(pipe)
    for path in (link, pipe):
        with pytest.raises(Damaged):
            read_slot(path)


@pytest.mark.parametrize(
    "cost",
    [
        KdfCost(FLOOR.memory_kib - 1, FLOOR.passes),
        KdfCost(FLOOR.memory_kib, FLOOR.passes - 1),
        KdfCost(CEILING.memory_kib + 1, 3),
        KdfCost(FLOOR.memory_kib, CEILING.passes + 1),
        KdfCost(2 * 1024 * 1024, 3),
        KdfCost(512 * 1024, 60),
    ],
)
def test_costs_out_of_bounds_are_refused_before_anything_is_derived(
    cost: KdfCost, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crypto, "argon2id", lambda *_: bytes(32))
    slot = fresh(cost)
    monkeypatch.delattr(crypto, "argon2id")
    with pytest.raises(Refused):
        slots.check_cost(slot, FLOOR, heavy=False)


def test_a_heavy_slot_is_allowed_when_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crypto, "argon2id", lambda *_: bytes(32))
    slots.check_cost(fresh(KdfCost(2 * 1024 * 1024, 3)), FLOOR, heavy=True)


def test_spaces_and_composed_letters_are_the_same_passphrase() -> None:
    assert slots.passphrase_bytes("a\u00a0b\u3000c") == b"a b c"
    assert slots.passphrase_bytes("e\u0301") == slots.passphrase_bytes("\u00e9")
    assert slots.passphrase_bytes("ﬁ") != slots.passphrase_bytes("fi")
    assert slots.passphrase_bytes(" a ") == b" a "


@pytest.mark.parametrize("passphrase", ["", "a\nb", "\x7f", "\ud800", "a\u0378"])
def test_a_new_passphrase_that_cannot_be_typed_again_is_refused(passphrase: str) -> None:
    with pytest.raises(Misused):
        slots.check_new_passphrase(passphrase)


def test_a_slot_does_not_show_what_it_holds() -> None:
    slot = fresh()
    assert repr(slot) == f"Slot({slot.id})"


def test_the_cost_fits_the_machine_between_the_floor_and_twelve_passes() -> None:
    gib = 1024 * 1024
    slow, usual, fast = 1e-5, 1.1e-6, 1e-8
    assert cost_for(slow, 16 * gib) == FLOOR
    assert cost_for(usual, gib // 2) == KdfCost(64 * 1024, 11)
    middle = cost_for(usual, 16 * gib)
    assert 0.6 <= middle.memory_kib * middle.passes * usual <= 1.0
    assert cost_for(fast, 16 * gib) == KdfCost(256 * 1024, 12)
