"""Moving a vault's folder, to another drive too: at every moment one whole vault stands; removing takes only ours."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from builders.keys import PowerCut, failing_at, full
from builders.vaults import CHEAP, PASSPHRASE, Made, new_vault
from kinship.ground.errors import KinshipError, NotFound, NotSaved, Refused
from kinship.vault import Change, open_vault, unlock
from kinship.vault import moving as of_moving
from kinship.vault.known import known_vaults, note_place
from kinship.vault.moving import move_vault
from kinship.vault.removing import remove_vault, weigh

FAR = 100_000


def closed(folder: Path) -> Made:
    """Return a vault with a page, that nobody has open, and a file of somebody else in it."""
    folder.mkdir(exist_ok=True)
    made = new_vault(folder)
    made.vault.commit([Change("entries", "a", {"body": "kept"})])
    made.vault.close()
    (made.path / ".stfolder").mkdir()
    (made.path / ".stfolder" / "marker").write_text("mine")
    return made


def reads(made: Made, path: Path) -> bool:
    """Return whether the whole vault is at a place."""
    if not path.exists():
        return False
    key = unlock(path, PASSPHRASE, state=made.state, floor=CHEAP)
    with open_vault(path, key, state=made.state, clock=made.clock) as vault:
        bad = [one for one in vault.notices if one.what in {"damaged", "missing", "tail"}]
        return vault.get("entries", "a") == {"body": "kept"} and not bad


@pytest.fixture
def another_drive(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the new place be on another drive, where nothing can be renamed to."""
    monkeypatch.setattr(of_moving, "_renamed", lambda _path, _new: False)


def names(folder: Path) -> set[str]:
    return {one.relative_to(folder).as_posix() for one in folder.rglob("*")}


@pytest.mark.parametrize("drive", ["same", "another"])
def test_everything_in_the_folder_moves_and_opens_there(
    tmp_path: Path, drive: str, request: pytest.FixtureRequest
) -> None:
    if drive == "another":
        request.getfixturevalue("another_drive")
    made = closed(tmp_path)
    before, there = names(made.path), tmp_path / "stick"
    there.mkdir()
    told: list[tuple[int, int]] = []
    new = move_vault(made.path, there, state=made.state, progress=lambda *how_far: told.append(how_far))
    assert new == there / "journal.kinship"
    assert names(new) == before
    assert reads(made, new)
    assert not made.path.exists()
    assert {one.name for one in tmp_path.iterdir()} - {"home"} == {"stick", "journal-state"}
    assert {one.stat().st_mode & 0o077 for one in (new, *new.rglob("*.seg"), *new.rglob("*.key"))} == {0}
    assert bool(told) is (drive == "another")
    assert [one.path for one in known_vaults(made.state, tmp_path / "x.kinship")] == [new]


@pytest.mark.usefixtures("another_drive")
@pytest.mark.parametrize("error", [PowerCut, full])
def test_cut_off_at_any_step_one_vault_is_whole_and_the_same_move_ends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Callable[[], BaseException]
) -> None:
    made = closed(tmp_path / "measured")
    with failing_at(FAR, full, monkeypatch) as asked:
        move_vault(made.path, tmp_path / "measured" / "new.kinship", state=made.state)
    left_old = left_both = 0
    for step in range(1, len(asked) + 1):
        made = closed(tmp_path / str(step))
        new = tmp_path / str(step) / "new.kinship"
        with failing_at(step, error, monkeypatch), suppress(PowerCut, KinshipError):
            move_vault(made.path, new, state=made.state)
        old_there, new_there = made.path.exists(), new.exists()
        left_old += old_there and not new_there
        left_both += old_there and new_there
        assert reads(made, new if new_there else made.path), step
        if old_there:
            assert reads(made, made.path), step
            assert move_vault(made.path, new, state=made.state) == new
        assert reads(made, new), step
        assert [one.name for one in new.parent.glob("*.kinship")] == ["new.kinship"]
    assert left_old
    assert left_both


@pytest.mark.usefixtures("another_drive")
def test_a_copy_that_reads_differently_would_be_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = closed(tmp_path)

    def careless(source: Path, target: Path) -> None:
        target.write_bytes(source.read_bytes()[:-1])

    monkeypatch.setattr(of_moving, "_copy", careless)
    with pytest.raises(KinshipError, match="does not read"):
        move_vault(made.path, tmp_path / "new.kinship", state=made.state)
    assert reads(made, made.path)
    assert not (tmp_path / "new.kinship").exists()


@pytest.mark.usefixtures("another_drive")
def test_what_is_written_while_it_is_copied_keeps_both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = closed(tmp_path)
    copied = of_moving._copied

    def meanwhile(path: Path, new: Path, progress: None) -> None:
        copied(path, new, progress)
        with made.reopen() as vault:
            vault.commit([Change("entries", "b", {"body": "later"})])

    monkeypatch.setattr(of_moving, "_copied", meanwhile)
    with pytest.raises(Refused, match="was written into"):
        move_vault(made.path, tmp_path / "new.kinship", state=made.state)
    assert reads(made, made.path)


def test_a_vault_that_is_open_or_a_place_that_will_not_do_is_refused(tmp_path: Path) -> None:
    made = closed(tmp_path)
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "journal.kinship").mkdir()
    (tmp_path / "full" / "journal.kinship" / "x").write_text("mine")
    for place in (made.path, made.path / "log" / "in", tmp_path / "full"):
        with pytest.raises(Refused):
            move_vault(made.path, place, state=made.state)
    with pytest.raises(NotFound):
        move_vault(made.path, tmp_path / "none" / "new.kinship", state=made.state)
    with made.reopen() as vault:
        vault.commit([Change("entries", "b", {"body": "open"})])
        for act in (
            lambda: move_vault(made.path, tmp_path / "n.kinship", state=made.state),
            lambda: remove_vault(made.path, made.state),
        ):
            with pytest.raises(Refused, match="open"):
                act()
    (made.path / "log" / "link").symlink_to("/etc/passwd")
    with pytest.raises(Refused, match="no plain file"):
        move_vault(made.path, tmp_path / "n.kinship", state=made.state)
    (made.path / "vault.kin").unlink()
    with pytest.raises(Refused, match="has lost its"):
        move_vault(made.path, tmp_path / "n.kinship", state=made.state)
    assert made.path.is_dir()


def test_removing_takes_the_vault_its_state_and_nothing_else(tmp_path: Path) -> None:
    made = closed(tmp_path)
    assert weigh(made.path, made.state).size > 1000
    assert remove_vault(made.path, made.state) == (".stfolder",)
    assert names(made.path) == {".stfolder", ".stfolder/marker"}
    assert names(made.state) <= {"derivation.lock"}


def test_a_removal_that_was_cut_off_is_begun_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = closed(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr("shutil.rmtree", lambda *_: (_ for _ in ()).throw(OSError(16, "busy")))
        with pytest.raises(NotSaved, match="Not all"):
            remove_vault(made.path, made.state)
    remove_vault(made.path, made.state)
    assert not list(made.path.glob("*.kin"))


def test_a_place_is_remembered_until_its_vault_is_elsewhere(tmp_path: Path) -> None:
    made = closed(tmp_path)
    vault = made.vault.key_vault
    note_place(made.state, vault, made.path)
    assert (made.state / vault.hex() / "place").read_text() == str(made.path)
    beside = new_vault(tmp_path, name="other")
    (tmp_path / "photos.kinship").mkdir()
    known = known_vaults(made.state, made.path)
    assert [(one.path.name, one.there, bool(one.opened)) for one in known] == [
        ("journal.kinship", True, True),
        ("other.kinship", True, False),
    ]
    beside.vault.close()
    made.path.rename(tmp_path / "away")
    assert [one.there for one in known_vaults(made.state, tmp_path / "none" / "x.kinship")] == [False]
    (made.state / vault.hex() / "place").write_bytes(b"\xff not/a/path")
    assert known_vaults(made.state, tmp_path / "none" / "x.kinship") == ()
