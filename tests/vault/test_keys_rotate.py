"""Moving house: all of it or nothing, and the old vault goes only when nothing depends on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import pytest

from builders.keys import NEW, PowerCut, failing_at, full, opens
from builders.vaults import CHEAP, PASSPHRASE, Made, new_vault
from kinship.ground.errors import Damaged, KinshipError, Misused, NotSaved, Refused, WrongPassphrase
from kinship.vault import Change, Draft, Vault, open_vault, unlock, unlock_with_recovery
from kinship.vault.merge import Head
from kinship.vault.rotate import Moved, merge, remove_old, rotate

FAR = 100_000
MANY = 300


def lived_in(folder: Path) -> Made:
    """Return a vault with pages, a deletion, a conflict and a draft."""
    folder.mkdir()
    made = new_vault(folder)
    made.vault.commit([Change("entries", f"page-{number}", {"body": f"words {number}"}) for number in range(MANY)])
    made.vault.commit([Change("entries", "page-0", None)])
    began = made.vault.versions("entries", "page-1")
    made.vault.commit([Change("entries", "page-1", {"body": "one"}, began=began)])
    made.vault.commit([Change("entries", "page-1", {"body": "two"}, began=began)])
    made.vault.save_draft(Draft("ab", None, (), dt.datetime(2024, 5, 3, tzinfo=dt.UTC), {"body": "unsaved"}))
    return made


def move(made: Made, path: Path) -> Moved:
    return rotate(made.vault, path, NEW, state=made.state, clock=made.clock, cost=CHEAP)


def test_everything_moves_and_the_new_vault_shares_no_key_with_the_old(tmp_path: Path) -> None:
    made = lived_in(tmp_path / "old")
    moved = move(made, tmp_path / "new.kinship")
    new = moved.vault
    assert new.id != made.vault.id
    assert new.everything() == made.vault.everything()
    assert new.conflicts() == made.vault.conflicts() != ()
    assert [draft.document for draft in new.drafts()] == [{"body": "unsaved"}]
    assert moved.keep == ()
    new.close()
    with pytest.raises(WrongPassphrase):
        unlock(new.path, PASSPHRASE, state=made.state, floor=CHEAP)
    with pytest.raises(WrongPassphrase):
        unlock_with_recovery(new.path, made.recovery, state=made.state)
    key = unlock_with_recovery(new.path, moved.recovery, state=tmp_path / "elsewhere")
    with open_vault(new.path, key, state=tmp_path / "elsewhere", clock=made.clock) as again:
        assert len(again.live["entries"]) == MANY - 1
        assert again.notices == ()


def test_what_is_written_in_the_old_folder_later_still_merges_by_version(tmp_path: Path) -> None:
    made = lived_in(tmp_path / "old")
    new = move(made, tmp_path / "new.kinship").vault
    assert merge(made.vault, new) == 0
    made.vault.commit([Change("entries", "page-5", {"body": "later"}), Change("entries", "page-6", None)])
    made.vault.commit([Change("entries", "page-9", {"body": "there"}), Change("entries", "fresh", {"body": "fresh"})])
    new.commit([Change("entries", "page-8", {"body": "edited here"}), Change("entries", "page-9", {"body": "here"})])
    before = new.conflicts()
    assert merge(made.vault, new) == 4
    assert new.get("entries", "page-5") == {"body": "later"}
    assert new.get("entries", "page-6") is None
    assert new.get("entries", "page-8") == {"body": "edited here"}
    assert new.get("entries", "fresh") == {"body": "fresh"}
    assert set(new.conflicts()) - set(before) == {("entries", "page-9")}
    assert merge(made.vault, new) == 0
    key, wanted = new.site.key, new.everything()
    new.close()
    with open_vault(new.path, key, state=made.state, clock=made.clock) as again:
        assert again.everything() == wanted
        assert again.notices == ()


def test_the_old_vault_goes_with_its_state_and_other_peoples_files_stay(tmp_path: Path) -> None:
    made = lived_in(tmp_path / "old")
    (made.path / "mine.txt").write_text("not kinship's")
    moved = move(made, tmp_path / "new.kinship")
    assert remove_old(made.vault) == ("mine.txt",)
    assert [entry.name for entry in made.path.iterdir()] == ["mine.txt"]
    assert not (made.state / made.vault.id).exists()
    assert moved.vault.get("entries", "page-7") == {"body": "words 7"}


def test_an_old_folder_of_kinships_files_alone_is_gone(tmp_path: Path) -> None:
    made = lived_in(tmp_path / "old")
    move(made, tmp_path / "new.kinship")
    assert remove_old(made.vault) == ()
    assert not made.path.exists()


def test_an_old_vault_that_is_not_wholly_readable_is_to_be_kept(tmp_path: Path) -> None:
    made = lived_in(tmp_path / "old")
    made.vault.close()
    with made.reopen() as other:
        other.commit([Change("entries", "b", {"body": "damaged soon"})])
        segment = made.path / "log" / f"{other.session}.seg"
    data = bytearray(segment.read_bytes())
    data[200] ^= 1
    segment.write_bytes(data)
    made.vault = made.reopen()
    moved = move(made, tmp_path / "new.kinship")
    assert "could not be read" in moved.keep[0]


def test_an_old_vault_with_sealed_notes_or_another_writer_is_to_be_kept(tmp_path: Path) -> None:
    made = lived_in(tmp_path / "old")
    (made.path / "inbox").mkdir(exist_ok=True)
    (made.path / "inbox" / "x.note").write_bytes(b"sealed")
    other = made.reopen()
    other.commit([Change("entries", "c", {"body": "open elsewhere"})])
    moved = move(made, tmp_path / "new.kinship")
    assert any("Sealed notes" in sentence for sentence in moved.keep)
    assert any("Another program" in sentence for sentence in moved.keep)
    assert moved.vault.get("entries", "c") == {"body": "open elsewhere"}


def test_words_that_come_while_it_moves_keep_the_old_folder(tmp_path: Path) -> None:
    made = lived_in(tmp_path / "old")
    other = made.reopen()
    told: list[int] = []

    def meanwhile(done: int, _all: int) -> None:
        if not told:
            other.commit([Change("entries", "d", {"body": "meanwhile"})])
            other.close()
        told.append(done)

    moved = rotate(
        made.vault,
        tmp_path / "new.kinship",
        NEW,
        state=made.state,
        clock=made.clock,
        cost=CHEAP,
        progress=meanwhile,
    )
    assert any("while it was moved" in sentence for sentence in moved.keep)
    assert told == [256, MANY + 1]


@pytest.mark.parametrize("place", ["inside", "around", "same", "taken"])
def test_a_place_that_will_not_do_is_refused(tmp_path: Path, place: str) -> None:
    made = lived_in(tmp_path / "old")
    taken = new_vault(tmp_path, name="taken")
    where = {
        "inside": made.path / "new.kinship",
        "around": made.path.parent,
        "same": made.path,
        "taken": taken.path,
    }[place]
    with pytest.raises(Refused):
        move(made, where)
    assert made.vault.get("entries", "page-7") is not None


def test_a_bad_new_passphrase_moves_nothing(tmp_path: Path) -> None:
    made = lived_in(tmp_path / "old")
    with pytest.raises(Misused):
        rotate(made.vault, tmp_path / "new", "", state=made.state, clock=made.clock, cost=CHEAP)
    assert not (tmp_path / "new").exists()


def test_what_does_not_read_as_written_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = lived_in(tmp_path / "old")
    real = Vault.adopt

    def careless(self: Vault, several: Sequence[tuple[tuple[str, str], Head]]) -> None:
        real(self, several[1:])

    monkeypatch.setattr(Vault, "adopt", careless)
    with pytest.raises(Damaged, match="not kept"):
        move(made, tmp_path / "new.kinship")
    assert not (tmp_path / "new.kinship").exists()
    assert opens(made, PASSPHRASE)


@pytest.mark.parametrize("error", [PowerCut, full])
def test_cut_off_at_any_step_there_is_a_whole_new_vault_or_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: type[BaseException]
) -> None:
    def small(folder: Path) -> Made:
        folder.mkdir()
        made = new_vault(folder)
        made.vault.commit([Change("entries", "a", {"body": "kept"})])
        return made

    made = small(tmp_path / "measured")
    with failing_at(FAR, full, monkeypatch) as asked:
        move(made, tmp_path / "measured" / "new.kinship").vault.close()
    whole = none = 0
    for step in range(1, len(asked) + 1):
        made = small(tmp_path / f"{step}")
        path = tmp_path / f"{step}" / "new.kinship"
        try:
            with failing_at(step, error, monkeypatch):
                move(made, path).vault.close()
        except (PowerCut, KinshipError, OSError):
            pass
        assert opens(made, PASSPHRASE), step
        if not path.exists():
            none += 1
            continue
        whole += 1
        key = unlock(path, NEW, state=made.state, floor=CHEAP)
        with open_vault(path, key, state=made.state, clock=made.clock) as new:
            assert new.get("entries", "a") == {"body": "kept"}, step
    assert none
    assert whole


def test_a_removal_that_the_disk_refuses_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = lived_in(tmp_path / "old")
    move(made, tmp_path / "new.kinship")

    def refused(*_: object, **__: object) -> None:
        raise OSError(16, "busy")

    monkeypatch.setattr("shutil.rmtree", refused)
    with pytest.raises(NotSaved, match="Not all"):
        remove_old(made.vault)
