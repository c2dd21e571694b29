"""The vectors of sealed notes: the app, and a second HPKE written from the RFC, say of each what it must be."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag

from builders import hpke
from builders.note_vectors import FILE, TOLD, capture, key, note, vectors, written
from builders.vaults import NOON
from kinship.vault.notes import Fault, SealedNote, address_of, note_id, open_note
from kinship.vault.padding import unpadded
from kinship.vault.sealing import HEAD_BYTES, info_of, seal

VECTORS: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("vector", VECTORS["note"], ids=lambda vector: vector["says"])
def test_the_app_says_what_a_vector_must_give(vector: dict[str, str]) -> None:
    data = bytes.fromhex(vector["file"])
    assert note_id(data) == vector["id"]
    found = open_note(key(), data)
    if vector["class"] == "ok":
        at = dt.datetime.fromisoformat(VECTORS["at"])
        assert found == SealedNote(vector["id"], at, VECTORS["zone"], VECTORS["text"])
    else:
        assert found is Fault[vector["class"].upper()]


def test_the_vectors_are_what_their_program_makes() -> None:
    assert FILE.read_text(encoding="utf-8") == written()
    assert {kind for _, kind, _ in vectors()} == {"ok", "absent", "strange", "newer", "elsewhere", "sealed"}


def test_what_the_app_seals_the_second_implementation_opens() -> None:
    sealed = seal(address_of(key()), TOLD["text"], NOON, "UTC")[HEAD_BYTES:]
    record = unpadded(hpke.unseal(capture(), info_of(key().vault), sealed))
    assert record is not None
    assert json.loads(bytes(record)) == {"at": "2024-05-03T12:00:00+00:00", "zone": "UTC", "text": TOLD["text"]}
    with pytest.raises(InvalidTag):
        hpke.unseal(capture(), b"kinship/1 note", sealed)


def test_an_app_that_does_not_look_at_the_key_would_be_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kinship.vault.notes.info_of", lambda _: b"")
    assert open_note(key(), note()) is Fault.SEALED
