"""A jot that is cut off at any step leaves a whole note or none, and what was acknowledged is there."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from builders.notes import files_in, note_file
from builders.vaults import new_vault
from kinship.vault import durable, sealing
from kinship.vault.notes import SealedNote, open_note

STEPS = 5
"""Half of the bytes, all of them, the file's sync, the rename, the folder's sync."""


class CutOff(BaseException):
    """The program is killed here."""


def cut_at(step: int, patch: pytest.MonkeyPatch) -> None:
    """Let the program end just before its n-th step; clean-up does not run either, as after a kill."""
    done = [0]

    def stepping(real: Callable[..., object]) -> Callable[..., object]:
        def stepped(*told: object, **named: object) -> object:
            if done[0] >= step:
                raise CutOff
            done[0] += 1
            return real(*told, **named)

        return stepped

    def write_halves(file: int, data: bytes) -> None:
        for part in (data[: len(data) // 2], data[len(data) // 2 :]):
            stepping(os.write)(file, part)

    patch.setattr(durable, "write_all", write_halves)
    patch.setattr(durable, "sync_file", stepping(durable.sync_file))
    patch.setattr(durable, "sync_folder", stepping(durable.sync_folder))
    patch.setattr(Path, "replace", stepping(Path.replace))
    patch.setattr(Path, "unlink", lambda *_, **__: None)


def left_by_a_cut(folder: Path, step: int) -> tuple[bool, list[bool]]:
    """Cut a jot off at a step; return whether it was acknowledged, and of each note there whether it is whole."""
    made = new_vault(folder)
    (made.path / "inbox").mkdir(mode=0o700)
    note = note_file(made.vault.inbox.address)
    with pytest.MonkeyPatch.context() as patch:
        cut_at(step, patch)
        try:
            sealing.put_in_inbox(made.path, note)
            acknowledged = True
        except CutOff:
            acknowledged = False
    names = [name for name in files_in(made.path) if not name.startswith(".")]
    whole = [isinstance(open_note(made.key(), (made.path / "inbox" / name).read_bytes()), SealedNote) for name in names]
    assert len(made.vault.inbox.look(lambda _: False).notes) == sum(whole)
    made.vault.close()
    return acknowledged, whole


@pytest.mark.parametrize("step", range(STEPS + 1))
def test_a_jot_that_is_cut_off_leaves_a_whole_note_or_none(tmp_path: Path, step: int) -> None:
    acknowledged, whole = left_by_a_cut(tmp_path, step)
    assert all(whole)
    assert acknowledged == (step == STEPS)
    assert len(whole) == (1 if step >= STEPS - 1 else 0)


def test_writing_in_place_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable, "replace_durable", durable.create_durable)
    found = [left_by_a_cut(tmp_path / str(step), step)[1] for step in range(STEPS)]
    assert [False] in found
