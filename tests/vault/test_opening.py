"""Making, unlocking and opening: every way it can go wrong has its own sentence and exit code."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from builders.vaults import CHEAP, NOON, PASSPHRASE, new_vault
from kinship.ground.clock import FrozenClock
from kinship.ground.errors import Damaged, Misused, NewerVault, NotFound, NotSaved, Refused, WrongPassphrase
from kinship.vault import (
    Change,
    check_place,
    create_vault,
    crypto,
    durable,
    exists,
    open_vault,
    unlock,
    unlock_with_recovery,
)

CLOCK = FrozenClock(NOON)


def test_a_new_vault_has_everything_the_format_names(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    names = sorted(path.name for path in made.path.iterdir())
    assert names == [".gitattributes", "READ-ME-recovery.txt", "keys", "log", "vault.kin"]
    assert (made.path / ".gitattributes").read_text() == "* -text\n"
    assert len(list((made.path / "log").iterdir())) == 1
    assert len(made.recovery.split("-")) == 10
    assert exists(made.path)


def test_nobody_else_may_look_into_a_new_vault(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    made.vault.commit([Change("entries", "a", {})])
    for root in (made.path, made.state):
        for path in (root, *root.rglob("*")):
            assert path.stat().st_mode & 0o777 == (0o700 if path.is_dir() else 0o600), path


def test_what_git_made_readable_is_closed_again(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    for path in (made.path, *made.path.rglob("*")):
        path.chmod(0o775 if path.is_dir() else 0o664)
    made.reopen()
    assert all(path.stat().st_mode & 0o077 == 0 for path in made.path.rglob("*"))


def test_the_passphrase_and_the_sheet_open_the_same_vault(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    made.vault.commit([Change("entries", "a", {"body": "x"})])
    sheet = unlock_with_recovery(made.path, made.recovery.lower(), state=made.state)
    assert sheet.master == made.key().master
    vault = open_vault(made.path, sheet, state=made.state, clock=CLOCK)
    assert vault.get("entries", "a") == {"body": "x"}
    assert vault.notices == ()


def test_a_wrong_passphrase_says_so_and_keeps_the_file(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    before = {path: path.read_bytes() for path in made.path.rglob("*") if path.is_file()}
    for wrong in ("wrong", PASSPHRASE + " ", PASSPHRASE.upper(), "", "\ud800"):
        with pytest.raises(WrongPassphrase):
            unlock(made.path, wrong, state=made.state, floor=CHEAP)
    assert {path: path.read_bytes() for path in made.path.rglob("*") if path.is_file()} == before


def test_the_sheet_of_another_vault_is_wrong_and_not_damage(tmp_path: Path) -> None:
    made, other = new_vault(tmp_path), new_vault(tmp_path, name="other")
    with pytest.raises(WrongPassphrase):
        unlock_with_recovery(made.path, other.recovery, state=made.state)
    with pytest.raises(Misused):
        open_vault(made.path, other.key(), state=made.state, clock=CLOCK)


def test_a_slot_below_the_floor_is_refused_unless_a_test_lowers_it(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    with pytest.raises(Refused, match="less work"):
        unlock(made.path, PASSPHRASE, state=made.state)


def test_a_damaged_key_file_is_damage_and_the_sheet_still_opens(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    (key,) = (made.path / "keys").iterdir()
    key.write_bytes(key.read_bytes()[:-40])
    with pytest.raises(Damaged, match="sheet"):
        unlock(made.path, PASSPHRASE, state=made.state, floor=CHEAP)
    key.unlink()
    with pytest.raises(Damaged, match="sheet"):
        unlock(made.path, PASSPHRASE, state=made.state, floor=CHEAP)
    assert unlock_with_recovery(made.path, made.recovery, state=made.state).slot is None


def test_a_damaged_key_file_beside_a_whole_one_does_no_harm(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    (made.path / "keys" / "0000.key").write_bytes(b"{")
    assert made.key().slot is not None
    with pytest.raises(WrongPassphrase, match="1 of its key files"):
        unlock(made.path, "wrong", state=made.state, floor=CHEAP)


@pytest.mark.parametrize("fault", ["gone", "short", "flipped", "empty"])
def test_without_a_whole_vault_kin_everything_can_still_be_read(tmp_path: Path, fault: str) -> None:
    made = new_vault(tmp_path)
    made.vault.commit([Change("entries", "a", {"body": "x"})])
    kin = made.path / "vault.kin"
    data = kin.read_bytes()
    faulty = {"short": data[:50], "flipped": data[:30] + b"?" + data[31:], "empty": b""}
    kin.unlink()
    if fault != "gone":
        kin.write_bytes(faulty[fault])
    assert unlock_with_recovery(made.path, made.recovery, state=made.state).slot is None
    with pytest.raises(WrongPassphrase):
        unlock(made.path, "wrong", state=made.state, floor=CHEAP)
    vault = made.reopen()
    assert vault.get("entries", "a") == {"body": "x"}
    assert [(notice.what, notice.where) for notice in vault.notices] == [("damaged", "vault.kin")]


def test_a_swapped_capture_key_in_vault_kin_is_noticed(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    kin = made.path / "vault.kin"
    body = kin.read_bytes()[:64] + bytes(32)
    kin.write_bytes(body + crypto.sha256(body))
    assert [notice.what for notice in made.reopen().notices] == ["swapped", "damaged"]


def test_a_vault_of_a_later_version_is_refused_as_such(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    kin = made.path / "vault.kin"
    data = bytearray(kin.read_bytes())
    data[8] = 2
    kin.write_bytes(bytes(data[:96]) + crypto.sha256(bytes(data[:96])))
    with pytest.raises(NewerVault):
        unlock(made.path, PASSPHRASE, state=made.state, floor=CHEAP)


def test_where_there_is_no_vault_it_says_so(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for path in (tmp_path / "nothing", tmp_path / "empty"):
        assert not exists(path)
        with pytest.raises(NotFound):
            unlock(path, "x", state=tmp_path / "state")


def test_a_file_is_no_place_for_a_vault(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("words")
    for act in (lambda: check_place(file), lambda: unlock(file, "x", state=tmp_path)):
        with pytest.raises(Refused, match="is a file"):
            act()
    with pytest.raises(Refused):
        create_vault(file, "x", state=tmp_path / "state", clock=CLOCK, cost=CHEAP)
    assert file.read_text() == "words"


def test_a_folder_of_other_things_is_no_place_for_a_vault(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "mine.txt").write_text("words")
    with pytest.raises(Refused, match="other things"):
        create_vault(tmp_path / "notes", "x", state=tmp_path / "state", clock=CLOCK, cost=CHEAP)
    assert [path.name for path in (tmp_path / "notes").iterdir()] == ["mine.txt"]


def test_somebody_elses_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = new_vault(tmp_path)
    monkeypatch.setattr(os, "geteuid", lambda: made.path.stat().st_uid + 1)
    with pytest.raises(Refused, match="another user"):
        unlock(made.path, PASSPHRASE, state=made.state, floor=CHEAP)


def test_a_link_inside_a_vault_is_refused(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    (made.path / "log").rename(tmp_path / "elsewhere")
    (made.path / "log").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(Refused, match="link"):
        unlock(made.path, PASSPHRASE, state=made.state, floor=CHEAP)


def test_a_link_to_a_vault_is_followed_once(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    (tmp_path / "link").symlink_to(made.path)
    assert made.reopen(path=tmp_path / "link").path == made.path.resolve()


def test_a_vault_is_not_made_where_one_is(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    with pytest.raises(Refused, match="already"):
        create_vault(made.path, "x", state=made.state, clock=CLOCK, cost=CHEAP)


def test_an_empty_passphrase_makes_no_vault(tmp_path: Path) -> None:
    with pytest.raises(Misused):
        create_vault(tmp_path / "v", "", state=tmp_path / "state", clock=CLOCK, cost=CHEAP)
    assert not (tmp_path / "v").exists()


def test_a_creation_that_the_disk_refuses_leaves_no_vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = durable.write_all
    for fails_at in range(5):
        calls = iter(range(100))

        def failing(file: int, data: bytes, calls: object = calls, fails_at: int = fails_at) -> None:
            if next(calls) >= fails_at:  # type: ignore[call-overload]
                raise OSError(28, "no space left")
            real(file, data)

        monkeypatch.setattr(durable, "write_all", failing)
        with pytest.raises(NotSaved):
            create_vault(tmp_path / "v", "x", state=tmp_path / "state", clock=CLOCK, cost=CHEAP)
        assert not (tmp_path / "v").exists()
    monkeypatch.setattr(durable, "write_all", real)
    assert create_vault(tmp_path / "v", "x", state=tmp_path / "state", clock=CLOCK, cost=CHEAP)


def test_without_its_log_a_vault_is_damaged_and_not_empty(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    made.vault.close()
    key = made.key()
    shutil.rmtree(made.path / "log")
    with pytest.raises(Damaged):
        open_vault(made.path, key, state=made.state, clock=CLOCK)


def test_a_local_folder_that_cannot_be_written_does_not_keep_anyone_from_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = new_vault(tmp_path)
    made.vault.commit([Change("entries", "a", {"body": "x"})])

    def refused(*_: object) -> None:
        raise OSError(28, "no space left")

    monkeypatch.setattr(durable, "make_folder", refused)
    vault = made.reopen(state=tmp_path / "new-state")
    assert vault.get("entries", "a") == {"body": "x"}
    assert [notice.what for notice in vault.notices] == ["folder"]
    vault.commit([Change("entries", "b", {"body": "y"})])


def test_a_key_does_not_show_itself(tmp_path: Path) -> None:
    key = new_vault(tmp_path).key()
    assert key.master.hex() not in repr(key)
    assert repr(key.master) not in repr(key)


def test_importing_the_vault_loads_neither_cryptography_nor_tinydb() -> None:
    used = "import sys, kinship.vault as v; v.create_vault, v.open_vault, v.Vault; "
    code = used + "print(sorted({m.split('.')[0] for m in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "'msgspec'" in loaded
    for late in ("cryptography", "tinydb", "textual", "networkx", "cffi"):
        assert f"'{late}'" not in loaded


def test_every_name_of_the_vault_has_a_home() -> None:
    import kinship.vault

    assert sorted(name for names in kinship.vault._HOMES.values() for name in names) == kinship.vault.__all__
    assert all(getattr(kinship.vault, name) is not None for name in kinship.vault.__all__)
    with pytest.raises(AttributeError, match="nothing"):
        kinship.vault.nothing  # type: ignore[attr-defined]  # noqa: B018 - the look is the act


def test_opening_a_vault_without_its_database_does_not_load_tinydb(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    code = (
        "import sys\nfrom pathlib import Path\nfrom builders.vaults import CHEAP, NOON\n"
        "from kinship.ground.clock import FrozenClock\nfrom kinship.vault import open_vault, unlock\n"
        "path, state = map(Path, sys.argv[1:])\n"
        "key = unlock(path, sys.stdin.read(), state=state, floor=CHEAP)\n"
        "vault = open_vault(path, key, state=state, clock=FrozenClock(NOON))\n"
        "assert 'tinydb' not in sys.modules\nvault.db\nassert 'tinydb' in sys.modules\n"
    )
    subprocess.run(
        [sys.executable, "-c", code, str(made.path), str(made.state)],
        input=PASSPHRASE.encode(),
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
        check=True,
    )
