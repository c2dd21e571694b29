"""A write that was torn at any byte, or any bit flipped: what was whole stays, nothing false appears."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from builders.vaults import CHEAP, PASSPHRASE, new_vault
from kinship.ground.errors import Damaged, KinshipError, NewerVault
from kinship.vault import Change, Key, crypto, frame, identity, records, roots, unlock
from kinship.vault.log import Log
from kinship.vault.records import heads_of
from kinship.vault.view import SegmentView

Tally = Callable[..., None]
PARTS = 4
TORN_BYTES = 200_000
FLIPPED_BYTES = 65_536

State = frozenset[tuple[str, str]]
"""Id and text of every page."""


class Torn:
    """A vault of one session, its file, and what is in it after each of its transactions."""

    def __init__(self, folder: Path, transactions: int, seed: int) -> None:
        rng = random.Random(seed)
        made = new_vault(folder)
        self.folder = made.path
        self.key: Key = made.key()
        (self.file,) = (made.path / "log").iterdir()
        pages: dict[str, str] = {}
        self.states: list[tuple[int, State]] = [(0, frozenset())]
        for number in range(transactions):
            changes = {f"p{rng.randrange(5)}": f"{number} " + "x" * rng.randrange(900) for _ in range(3)}
            made.vault.commit([Change("pages", uid, {"body": text}) for uid, text in changes.items()])
            pages.update(changes)
            self.states.append((self.file.stat().st_size, frozenset(pages.items())))
        self.whole = self.file.read_bytes()

    def read(self, data: bytes) -> State:
        """Return what a reader makes of `data` in place of the session's file."""
        self.file.unlink()
        self.file.write_bytes(data)
        pages: dict[str, tuple[int, str]] = {}
        for segment, record in Log(self.folder, self.key).look():
            for _, uid, head in heads_of(segment, record):
                assert head.document is not None
                pages[uid] = max(pages.get(uid, (0, "")), (head.clock, head.document["body"]))
        return frozenset((uid, text) for uid, (_, text) in pages.items())

    def at(self, end: int) -> State:
        """Return what must be there when everything up to `end` is whole."""
        return next(state for size, state in reversed(self.states) if size <= end)


def tears(whole: bytes, at: int, rng: random.Random) -> Iterator[bytes]:
    yield whole[:at]
    yield whole[:at] + bytes(len(whole) - at)
    yield whole[:at] + rng.randbytes(len(whole) - at)


def whole_up_to(data: bytes, whole: bytes, at: int) -> int:
    """Return where `data` leaves `whole`, from `at` on: zeros and garbage can be the very bytes they replace."""
    while at < min(len(data), len(whole)) and data[at] == whole[at]:
        at += 1
    return at


def torn_wrongly(torn: Torn, positions: range) -> list[int]:
    """Return the bytes at which a tear was read as something else than what was whole before it."""
    rng = random.Random(1)

    def is_misread(at: int) -> bool:
        torn_ones = (data for data in tears(torn.whole, at, rng) if data != torn.whole)
        return any(torn.read(data) != torn.at(whole_up_to(data, torn.whole, at)) for data in torn_ones)

    return [at for at in positions if is_misread(at)]


@pytest.fixture
def small_frames(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "TARGET", 500)


@pytest.fixture
def torn(scratch: Path, monkeypatch: pytest.MonkeyPatch) -> Torn:
    monkeypatch.setattr(records, "TARGET", 500)
    return Torn(scratch, 6, seed=3)


def sessions(folder: Path, part: int, total: int, transactions: int = 6) -> Iterator[Torn]:
    """Yield one part of as many sessions (six transactions: about 10 KB) as hold `total` bytes together."""
    for seed in range(3 + part, 3 + max(1, total // 10_000 + 1), PARTS):
        inner = folder / str(seed)
        inner.mkdir()
        yield Torn(inner, transactions, seed)


@pytest.mark.usefixtures("small_frames")
def test_a_write_torn_at_any_byte_costs_only_the_save_it_tore(
    scratch: Path, part: int, counted: Callable[[int, int], int], tally: Tally
) -> None:
    for torn in sessions(scratch, part, counted(1, TORN_BYTES), counted(3, 6)):
        assert 3_000 < len(torn.whole) < 14_000
        wrong = torn_wrongly(torn, range(len(torn.whole)))
        tally("torn writes", bytes_torn_three_ways=len(torn.whole), wrong=len(wrong))
        assert wrong == []


def test_applying_half_a_transaction_would_be_noticed(torn: Torn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SegmentView, "_end_of_last", lambda view: view.frames)
    assert torn_wrongly(torn, range(0, len(torn.whole), 97)) != []


def test_taking_a_tail_for_the_end_of_a_vault_would_be_noticed(torn: Torn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SegmentView, "ripe", lambda _: iter(()))
    assert torn_wrongly(torn, range(0, len(torn.whole), 97)) != []


def flipped(whole: bytes, bit: int) -> bytes:
    data = bytearray(whole)
    data[bit // 8] ^= 1 << bit % 8
    return bytes(data)


def misread(torn: Torn, bits: list[int]) -> list[int]:
    """Return the bits whose flip brought up a text that was never written or cost more than one transaction."""
    ever = frozenset().union(*(state for _, state in torn.states))
    last = torn.states[-1][1]
    wrong = []
    for bit in bits:
        told = torn.read(flipped(torn.whole, bit))
        header = bit // 8 < 116
        if not told <= ever or (not header and len(last - told) > 3):
            wrong.append(bit)
    return wrong


def some_bits(whole: bytes, wanted: int) -> list[int]:
    total = len(whole) * 8
    return list(range(total)) if wanted >= total else random.Random(2).sample(range(total), wanted)


@pytest.mark.usefixtures("small_frames")
def test_a_flipped_bit_in_a_session_costs_one_save_at_most(
    scratch: Path, part: int, counted: Callable[[int, int], int], tally: Tally
) -> None:
    for torn in sessions(scratch, part, counted(1, FLIPPED_BYTES), counted(3, 6)):
        bits = some_bits(torn.whole, counted(10_000, sys.maxsize))
        wrong = misread(torn, bits)
        tally("bits flipped in sessions", bits=len(bits), wrong=len(wrong))
        assert wrong == []


def test_reading_on_without_looking_for_the_next_frame_would_be_noticed(
    torn: Torn, monkeypatch: pytest.MonkeyPatch
) -> None:
    real: Callable[..., Iterator[object]] = frame.read_frames

    def gives_up(cipher: object, data: bytes, start: int, lowest: int) -> Iterator[object]:
        for one in real(cipher, data, start, lowest):
            if one.start != start:  # type: ignore[attr-defined]
                return
            start = one.end  # type: ignore[attr-defined]
            yield one

    monkeypatch.setattr("kinship.vault.log.read_frames", gives_up)
    middle = (116 + frame.HEAD_BYTES + 200) * 8
    assert misread(torn, list(range(middle, len(torn.whole) * 4, 4001))) != []


def mistaken(folder: Path, name: str, most: int) -> tuple[int, list[int]]:
    """Return how many bits were flipped, and those that were not told to be damage or opened something else."""
    made = new_vault(folder)
    file = made.path / "vault.kin" if name == "vault.kin" else next((made.path / "keys").iterdir())
    whole = file.read_bytes()
    bits, wrong = some_bits(whole, most), []
    for bit in bits:
        file.write_bytes(flipped(whole, bit))
        try:
            key = unlock(made.path, PASSPHRASE, state=folder / "new-computer", floor=CHEAP)
        except (Damaged, NewerVault):
            continue
        except KinshipError:
            wrong.append(bit)
        else:
            if key.vault.hex() != made.vault.id:
                wrong.append(bit)
    return len(bits), wrong


@pytest.mark.parametrize("name", ["vault.kin", "key"])
def test_a_flipped_bit_beside_the_log_is_never_a_wrong_passphrase(
    scratch: Path, name: str, counted: Callable[[int, int], int], tally: Tally
) -> None:
    bits, wrong = mistaken(scratch, name, counted(500, 10_000))
    tally("bits flipped in vault.kin and key files", bits=bits, wrong=len(wrong))
    assert wrong == []


class EqualToAll(bytes):
    """A sum that agrees with whatever it is compared to."""

    __hash__ = bytes.__hash__

    def __eq__(self, other: object) -> bool:
        return True

    def __ne__(self, other: object) -> bool:
        return False


@pytest.mark.parametrize("name", ["vault.kin", "key"])
def test_sums_that_nobody_compares_would_be_noticed(scratch: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def trusting(folder: Path) -> identity.Identity:
        *_, vault, commitment, capture = identity._BODY.unpack_from((folder / "vault.kin").read_bytes())
        return identity.Identity(vault, commitment, capture)

    monkeypatch.setattr(crypto, "sha256", lambda _: EqualToAll(32))
    monkeypatch.setattr(roots, "read_identity", trusting)
    monkeypatch.setattr(roots, "opens", lambda *_: False)
    assert mistaken(scratch, name, 500)[1] != []
