"""Changing the passphrase is safe to be cut off at every point, and a refused disk changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from builders.keys import NEW, PowerCut, failing_at, full, opens, root_of
from builders.vaults import CHEAP, PASSPHRASE, Made, new_vault
from kinship.ground.errors import Misused, NotSaved, Refused
from kinship.vault import Change, Vault, slots, unlocks
from kinship.vault.roots import Root, root_by_sheet
from kinship.vault.slots import Slot
from kinship.vault.unlocks import VALID, change_passphrase

FAR = 1000


def closed_vault(folder: Path) -> Made:
    folder.mkdir()
    made = new_vault(folder)
    made.vault.commit([Change("entries", "a", {"body": "kept"})])
    made.vault.close()
    return made


def change(made: Made, passphrase: str = NEW) -> str:
    root = root_of(made)
    with made.reopen() as vault:
        return change_passphrase(vault, root, passphrase, cost=CHEAP)


def test_only_the_new_passphrase_opens_afterwards_and_all_pages_are_there(tmp_path: Path) -> None:
    made = closed_vault(tmp_path / "one")
    new = change(made)
    assert [file.stem for file in (made.path / slots.FOLDER).iterdir()] == [new]
    assert not opens(made, PASSPHRASE)
    made.passphrase = NEW
    with made.reopen() as vault:
        assert vault.get("entries", "a") == {"body": "kept"}
        assert vault.notices == ()
        assert [one.state for one in unlocks.unlocks(vault)] == [VALID]


def change_and_close(vault: Vault, root: Root) -> None:
    change_passphrase(vault, root, NEW, cost=CHEAP)
    vault.close()


def steps_of_a_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    made = closed_vault(tmp_path / "measured")
    vault, root = made.reopen(), root_of(made)
    with failing_at(FAR, full, monkeypatch) as asked:
        change_and_close(vault, root)
    assert len(asked) > 10
    return len(asked)


def states_after_power_cuts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, bool, bool]]:
    """Return for every step at which the power went: the step, whether the old and whether the new one opens."""
    found = []
    for step in range(1, steps_of_a_change(tmp_path, monkeypatch) + 1):
        made = closed_vault(tmp_path / f"step-{step}")
        vault, root = made.reopen(), root_of(made)
        with failing_at(step, PowerCut, monkeypatch), pytest.raises(PowerCut):
            change_and_close(vault, root)
        found.append((step, opens(made, PASSPHRASE), opens(made, NEW)))
        if any(found[-1][1:]):
            made.passphrase = NEW if found[-1][2] else PASSPHRASE
            with made.reopen() as again:
                assert again.get("entries", "a") == {"body": "kept"}
                assert all(notice.what != "retired" for notice in again.notices), step
    return found


def test_cut_off_at_any_step_the_old_or_the_new_passphrase_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = states_after_power_cuts(tmp_path, monkeypatch)
    assert all(old or new for _, old, new in found), found
    assert found[0][1:] == (True, False)
    assert found[-1][1:] == (False, True)


def test_removing_the_old_slot_first_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = unlocks._keep

    def hasty(vault: Vault, slot: Slot, opens_: Callable[[Slot], bool], label: str) -> None:
        for file in (vault.path / slots.FOLDER).iterdir():
            file.unlink()
        real(vault, slot, opens_, label)

    monkeypatch.setattr(unlocks, "_keep", hasty)
    found = states_after_power_cuts(tmp_path, monkeypatch)
    assert not all(old or new for _, old, new in found)


def test_a_disk_that_refuses_leaves_the_old_passphrase(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = 0
    for step in range(1, steps_of_a_change(tmp_path, monkeypatch) + 1):
        made = closed_vault(tmp_path / f"step-{step}")
        vault, root = made.reopen(), root_of(made)
        try:
            with failing_at(step, full, monkeypatch, once=True):
                change_and_close(vault, root)
        except NotSaved:
            refused += 1
            assert opens(made, PASSPHRASE), step
            assert not opens(made, NEW), step
        else:
            assert opens(made, NEW), step
    assert refused


def test_a_key_file_that_does_not_read_as_written_is_not_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = closed_vault(tmp_path / "one")
    root = root_of(made)
    with made.reopen() as vault, monkeypatch.context() as patched:
        patched.setattr(slots, "open_slot", lambda *_: None)
        with pytest.raises(NotSaved, match="does not read as it was written"):
            change_passphrase(vault, root, NEW, cost=CHEAP)
    assert opens(made, PASSPHRASE)
    assert len(list((made.path / slots.FOLDER).iterdir())) == 1


@pytest.mark.parametrize("passphrase", ["", "a\nb", "\ud800", "a\u0378"])
def test_a_new_passphrase_that_cannot_be_typed_again_changes_nothing(tmp_path: Path, passphrase: str) -> None:
    made = closed_vault(tmp_path / "one")
    with pytest.raises(Misused):
        change(made, passphrase)
    assert opens(made, PASSPHRASE)


def test_the_sheet_sets_a_new_passphrase_beside_the_forgotten_one(tmp_path: Path) -> None:
    made = closed_vault(tmp_path / "one")
    root = root_by_sheet(made.path, made.recovery)
    with made.reopen() as vault:
        change_passphrase(vault, root, NEW, cost=CHEAP)
    assert opens(made, PASSPHRASE)
    assert opens(made, NEW)


def test_the_label_stays_with_the_changed_passphrase(tmp_path: Path) -> None:
    made = closed_vault(tmp_path / "one")
    root = root_of(made)
    with made.reopen() as vault:
        unlocks.add_passphrase(vault, root, NEW, label="the one on paper", cost=CHEAP)
    named = root_of(made, NEW)
    with made.reopen() as vault:
        new = change_passphrase(vault, named, "a third of them", cost=CHEAP)
        labels = {one.id: one.label for one in unlocks.unlocks(vault)}
        assert labels[new] == "the one on paper"
        assert len(labels) == 2


def test_a_replaced_slot_that_comes_back_is_announced_and_can_be_removed(tmp_path: Path) -> None:
    made = closed_vault(tmp_path / "one")
    (old,) = (made.path / slots.FOLDER).iterdir()
    data = old.read_bytes()
    change(made)
    old.write_bytes(data)
    with made.reopen() as vault:
        (notice,) = vault.notices
        assert notice.what == "retired"
        assert f"unlock remove {old.stem}" in notice.sentence
        assert {one.id: one.state for one in unlocks.unlocks(vault)}[old.stem] == unlocks.RETIRED
        unlocks.remove_unlock(vault, old.stem)
    assert not opens(made, PASSPHRASE)
    assert opens(made, NEW)


def test_there_are_eight_slots_at_most_and_a_change_still_works_then(tmp_path: Path) -> None:
    made = closed_vault(tmp_path / "one")
    root = root_of(made)
    with made.reopen() as vault:
        for number in range(slots.MOST_SLOTS - 1):
            unlocks.add_passphrase(vault, root, f"passphrase number {number}", cost=CHEAP)
        with pytest.raises(Refused, match="8 key files"):
            unlocks.add_passphrase(vault, root, "one too many", cost=CHEAP)
    change(made)
    assert opens(made, NEW)
    assert all(opens(made, f"passphrase number {number}") for number in range(slots.MOST_SLOTS - 1))
