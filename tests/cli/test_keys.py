"""Ways to unlock by command: passphrases, keyfiles, keyrings, the sheet; nothing secret on the line or in a file."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from builders.console import Console, Result, Stream, console
from builders.keys import Memory
from kinship.cli.passphrase import FILE
from kinship.vault import KdfCost, crypto
from kinship.vault.place import KEYFILE_VARIABLE as KEYFILE
from kinship.vault.readme import NAME as READER
from kinship.vault.readme import sha256 as reader_sum
from kinship.vault.slots import make_slot, open_slot, read_slot, write_slot
from kinship.vault.suggestion import words

NEW = "lantern orchard pebble violin"


@pytest.fixture
def machine(tmp_path: Path) -> Console:
    return console(tmp_path / "home")


def descriptor_with(text: str) -> str:
    read, write = os.pipe()
    os.write(write, text.encode())
    os.close(write)
    return str(read)


def answering(machine: Console, answers: Iterable[str]) -> list[str]:
    """Let the prompt be answered in turn; returns the questions as they come."""
    questions: list[str] = []
    told = iter(answers)

    def ask(question: str) -> str:
        questions.append(question)
        return next(told)

    machine.ask = ask
    return questions


def use(machine: Console, passphrase: str) -> None:
    Path(machine.environment[FILE]).write_text(passphrase + "\n")


def run_new(machine: Console, *command: str, new: str = NEW, code: int = 0) -> Result:
    result = machine.run(*command, "--new-passphrase-fd", descriptor_with(new))
    assert result.code == code, result
    return result


def ids(machine: Console) -> dict[str, dict[str, object]]:
    return {one["id"]: one for one in machine.fine("unlock", "list", "--json").json}


# -- the passphrase ---------------------------------------------------------------------------------------------------


def test_the_passphrase_is_changed_and_the_old_one_is_wrong_afterwards(machine: Console) -> None:
    machine.fine("write", "a page")
    result = run_new(machine, "passphrase", "change")
    assert "Old copies" in result.err
    assert NEW not in result.out + result.err
    assert machine.run("list").code == 3
    use(machine, NEW)
    assert "a page" in machine.fine("list").out


def test_on_a_terminal_the_new_passphrase_is_typed_twice_and_weighed(machine: Console) -> None:
    questions = answering(machine, [NEW, NEW])
    assert "strong" in machine.fine("passphrase", "change").err
    assert len(questions) == 2
    use(machine, NEW)
    machine.fine("list")


@pytest.mark.parametrize("answers", [["short"], [NEW, "another one"], ["", "not these words"], [""] * 6])
def test_a_new_passphrase_that_will_not_do_changes_nothing(machine: Console, answers: list[str]) -> None:
    answering(machine, answers)
    result = machine.run("passphrase", "change")
    assert result.code == 2
    assert "Nothing was changed" in result.err
    machine.fine("list")


def test_six_random_words_are_offered_and_taken_by_typing_them(
    machine: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kinship.vault.suggestion.suggest_passphrase", lambda: "six words of our own list")
    answering(machine, ["", "", "six words of our own list"])
    assert "six words of our own list" in machine.fine("passphrase", "change").err
    use(machine, "six words of our own list")
    machine.fine("list")


def test_a_suggestion_is_six_words_of_the_list(machine: Console) -> None:
    told = machine.fine("passphrase", "suggest").out.split()
    assert len(told) == 6
    assert set(told) <= set(words())


def test_a_forgotten_passphrase_is_replaced_with_the_sheet(tmp_path: Path) -> None:
    machine = Console(tmp_path / "home")
    recovery = machine.fine("new").id
    machine.fine("write", "a page")
    use(machine, "forgotten")
    answering(machine, [recovery.lower().replace("-", " ")])
    assert "still does" in run_new(machine, "passphrase", "change", "--recovery").err
    use(machine, NEW)
    assert "a page" in machine.fine("list").out
    assert len(ids(machine)) == 2


def test_a_wrong_passphrase_changes_nothing(machine: Console) -> None:
    use(machine, "not this one")
    run_new(machine, "passphrase", "change", code=3)
    use(machine, machine.passphrase)
    assert len(ids(machine)) == 1


# -- ways to unlock ---------------------------------------------------------------------------------------------------


def test_a_passphrase_is_added_named_and_taken_away(machine: Console) -> None:
    added = run_new(machine, "unlock", "add", "passphrase", "--label", "in the safe").id
    assert ids(machine)[added]["label"] == "in the safe"
    assert "in the safe" in machine.fine("unlock").out
    use(machine, NEW)
    assert ids(machine)[added]["opened"] is True
    first = next(one for one in ids(machine) if one != added)
    assert machine.run("unlock", "remove", first).code == 2
    machine.fine("unlock", "remove", first, "--yes")
    assert list(ids(machine)) == [added]
    use(machine, machine.passphrase)
    assert machine.run("list").code == 3


def test_labels_stand_nowhere_outside_the_vault(machine: Console) -> None:
    run_new(machine, "unlock", "add", "passphrase", "--label", "zanzibar")
    for file in machine.home.rglob("*"):
        assert not file.is_file() or b"zanzibar" not in file.read_bytes()


def test_the_last_passphrase_stays(machine: Console) -> None:
    (only,) = ids(machine)
    result = machine.run("unlock", "remove", only, "--yes")
    assert result.code == 1
    assert "last passphrase" in result.err
    machine.fine("list")


def test_what_is_not_there_cannot_be_taken_away(machine: Console) -> None:
    assert machine.run("unlock", "remove", "ffff", "--yes").code == 1


# -- keyfiles ---------------------------------------------------------------------------------------------------------


def with_keyfile(machine: Console) -> Path:
    """Make the keyfile the only way besides the sheet."""
    file = machine.home / "stick" / "kinship.key"
    file.parent.mkdir()
    (first,) = ids(machine)
    result = run_new(machine, "unlock", "add", "keyfile", str(file), "--make", new=machine.passphrase)
    assert "sheet opens the vault without it" in result.err
    machine.fine("unlock", "remove", first, "--yes")
    return file


def test_a_keyfile_is_made_and_needed_beside_the_passphrase(machine: Console) -> None:
    file = with_keyfile(machine)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(file.read_bytes()) == 64
    result = machine.run("list")
    assert result.code == 3
    assert "--keyfile" in result.err
    machine.fine("list", "--keyfile", str(file))
    machine.environment[KEYFILE] = str(file)
    machine.fine("list")


def test_a_wrong_keyfile_is_wrong_and_a_missing_or_empty_one_is_misuse(machine: Console) -> None:
    file = with_keyfile(machine)
    other = machine.home / "other"
    other.write_bytes(b"another")
    assert machine.run("list", "--keyfile", str(other)).code == 3
    other.write_bytes(b"")
    assert machine.run("list", "--keyfile", str(other)).code == 2
    other.write_bytes(bytes(1024 * 1024 + 1))
    assert machine.run("list", "--keyfile", str(other)).code == 2
    file.unlink()
    assert machine.run("list", "--keyfile", str(file)).code == 2


def test_the_passphrase_beside_a_keyfile_is_changed_and_the_keyfile_stays(machine: Console) -> None:
    file = with_keyfile(machine)
    machine.environment[KEYFILE] = str(file)
    run_new(machine, "passphrase", "change")
    use(machine, NEW)
    machine.fine("list")
    assert [one["kind"] for one in ids(machine).values()] == ["keyfile"]
    machine.environment.pop(KEYFILE)
    assert machine.run("list").code == 3


def test_no_keyfile_is_made_without_a_yes_nor_inside_the_vault(machine: Console) -> None:
    assert machine.run("unlock", "add", "keyfile", str(machine.home / "absent")).code == 1
    assert not (machine.home / "absent").exists()
    inside = machine.vault / "kinship.key"
    assert machine.run("unlock", "add", "keyfile", str(inside), "--make").code == 2
    assert not inside.exists()


# -- the keyring of this computer -------------------------------------------------------------------------------------


def test_the_keyring_opens_the_vault_for_commands_and_stays_on_this_computer(machine: Console) -> None:
    machine.keyring = Memory()
    added = machine.fine("unlock", "add", "device", "--label", "laptop").id
    source = machine.environment.pop(FILE)
    machine.fine("list")
    assert ids(machine)[added]["opened"] is True
    assert not list(machine.vault.rglob(f"{added}*"))
    machine.environment[FILE] = source
    machine.fine("unlock", "remove", added, "--yes")
    assert machine.keyring.kept == {}
    assert added not in ids(machine)


def test_a_keyring_that_forgot_leaves_the_passphrase(machine: Console) -> None:
    store = machine.keyring = Memory()
    machine.fine("unlock", "add", "device")
    store.kept.clear()
    machine.environment.pop(FILE)
    assert answering(machine, [machine.passphrase]) == []
    machine.fine("list")


def test_a_keyring_never_shows_the_sheet_or_changes_a_passphrase(machine: Console) -> None:
    machine.keyring = Memory()
    machine.fine("unlock", "add", "device")
    machine.environment.pop(FILE)
    for command in (["recovery", "show"], ["passphrase", "change"], ["unlock", "add", "passphrase"], ["rotate", "x"]):
        questions = answering(machine, ["not the passphrase"])
        assert machine.run(*command).code == 3
        assert len(questions) == 1


def test_a_computer_without_a_keyring_says_so(machine: Console) -> None:
    result = machine.run("unlock", "add", "device")
    assert result.code == 1
    assert "keyring" in result.err


# -- the sheet --------------------------------------------------------------------------------------------------------


def test_the_sheet_is_shown_again_after_the_passphrase(tmp_path: Path) -> None:
    machine = Console(tmp_path / "home")
    recovery = machine.fine("new").id
    assert machine.fine("recovery", "show").id == recovery
    use(machine, "not this one")
    result = machine.run("recovery", "show")
    assert (result.code, result.out) == (3, "")


def test_the_page_to_print_is_private_and_says_how_to_go_on_without_kinship(machine: Console) -> None:
    file = machine.home / "sheet.txt"
    recovery = machine.fine("recovery", "show").id
    assert machine.fine("recovery", "show", "--page", str(file)).out == ""
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    page = file.read_text()
    assert all(group in page for group in recovery.split("-"))
    assert READER in page
    assert reader_sum() in page.replace(" ", "").replace("\n", "")
    assert max(map(len, page.splitlines())) <= 80
    assert machine.run("recovery", "show", "--page", str(file)).code == 1
    machine.fine("recovery", "show", "--page", str(file), "--force")
    assert machine.fine("recovery", "show", "--page", "-").out == page


def everything(folder: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_a_sheet_is_proved_and_nothing_changes(tmp_path: Path) -> None:
    machine = Console(tmp_path / "home")
    recovery = machine.fine("new").id
    before = everything(machine.home)
    answering(machine, [recovery])
    assert "right" in machine.fine("recovery", "check").err
    typo = recovery[:7] + ("A" if recovery[7] != "A" else "B") + recovery[8:]
    answering(machine, [typo])
    result = machine.run("recovery", "check")
    assert result.code == 2
    assert "group 2" in result.err
    other = Console(tmp_path / "other").fine("new").id
    answering(machine, [other])
    assert machine.run("recovery", "check").code == 3
    assert everything(machine.home) == before


# -- copies of key files ----------------------------------------------------------------------------------------------


def test_copies_of_key_files_are_used_only_after_a_yes(machine: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.fine("write", "a page")
    (key,) = (machine.vault / "keys").iterdir()
    data = key.read_bytes()
    for harm in (lambda: key.write_bytes(b"damaged"), key.unlink):
        harm()
        result = machine.run("list")
        assert result.code == 4
        assert "copies" in result.err
    monkeypatch.setattr("kinship.cli.unlocking.agreed", lambda _question: True)
    result = machine.fine("list")
    assert "a page" in result.out
    assert "put back" in result.err
    assert key.read_bytes() == data


def test_a_yes_does_not_make_a_wrong_passphrase_right(machine: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    machine.fine("list")
    (key,) = (machine.vault / "keys").iterdir()
    key.unlink()
    monkeypatch.setattr("kinship.cli.unlocking.agreed", lambda _question: True)
    use(machine, "not this one")
    assert machine.run("list").code == 3
    assert not key.exists()


# -- costs ------------------------------------------------------------------------------------------------------------


def test_a_slot_that_takes_two_gibibytes_is_tried_only_after_a_yes(
    machine: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = crypto.argon2id
    monkeypatch.setattr(crypto, "argon2id", lambda words_, salt, _m, _t, lanes: real(words_, salt, 64, 1, lanes))
    (key,) = (machine.vault / "keys").iterdir()
    slot = read_slot(key)
    root = open_slot(slot, machine.passphrase)
    assert root is not None
    heavy = make_slot(root, bytes.fromhex(slot.vault), machine.passphrase, KdfCost(2 * 1024 * 1024, 3), os.urandom)
    key.write_bytes(write_slot(heavy))
    result = machine.run("list")
    assert result.code == 1
    assert "2048 MiB" in result.err
    monkeypatch.setattr("kinship.cli.unlocking.agreed", lambda _question: True)
    machine.fine("list")


# -- moving house -----------------------------------------------------------------------------------------------------


def test_everything_moves_and_the_old_folder_stays_without_a_yes(machine: Console) -> None:
    machine.fine("write", "a page")
    new = machine.home / "new.kinship"
    result = run_new(machine, "rotate", str(new))
    assert len(result.id.split("-")) == 10
    assert "stays" in result.err
    machine.fine("list")
    use(machine, NEW)
    assert "a page" in machine.fine("list", "--vault", str(new)).out
    answering(machine, [result.id])
    machine.fine("recovery", "check", "--vault", str(new))


def test_on_a_terminal_the_new_sheet_is_typed_back_before_the_old_folder_may_go(machine: Console) -> None:
    questions: list[str] = []

    def ask(question: str) -> str:
        questions.append(question)
        if not question.startswith("Type group"):
            return NEW
        assert isinstance(sys.stdout, Stream)
        assert machine.vault.exists()
        return sys.stdout.bytes.getvalue().decode().strip().split("-")[int(question.split()[2]) - 1]

    machine.ask = ask
    result = machine.fine("rotate", str(machine.home / "new.kinship"), "--remove-old")
    assert len(questions) == 2 + 2
    assert "is gone" in result.err
    assert not machine.vault.exists()


def test_the_old_folder_and_its_state_go_when_asked(machine: Console) -> None:
    machine.fine("write", "a page")
    new = machine.home / "new.kinship"
    assert "is gone" in run_new(machine, "rotate", str(new), "--remove-old").err
    assert not machine.vault.exists()
    state = machine.home / ".local/state/kinship"
    assert len([folder for folder in state.iterdir() if folder.is_dir()]) == 1
    use(machine, NEW)
    assert "a page" in machine.fine("list", "--vault", str(new)).out


def test_an_old_folder_with_damage_stays_even_when_asked_to_go(machine: Console) -> None:
    for number in range(3):
        machine.fine("write", f"page {number}")
    segments = sorted((machine.vault / "log").iterdir(), key=lambda path: path.stat().st_mtime_ns)
    data = bytearray(segments[-2].read_bytes())
    data[len(data) // 3] ^= 0xFF
    segments[-2].write_bytes(data)
    result = run_new(machine, "rotate", str(machine.home / "new.kinship"), "--remove-old")
    assert "Keep the old folder" in result.err
    assert machine.vault.exists()


def test_what_is_written_in_the_old_folder_comes_over_by_an_import(machine: Console) -> None:
    new = str(machine.home / "new.kinship")
    run_new(machine, "rotate", new)
    machine.fine("write", "written by a device that had not moved")
    use(machine, NEW)
    command = ["import", "vault", str(machine.vault), "--vault", new, "--old-passphrase-fd"]
    would = machine.fine(*command, descriptor_with(machine.passphrase), "--dry-run").out.split()
    assert machine.fine("list", "--vault", new).out == ""
    came = machine.fine(*command, descriptor_with(machine.passphrase)).out.split()
    assert came[0] == would[0] != "0"
    assert "had not moved" in machine.fine("list", "--vault", new).out
    assert machine.fine(*command, descriptor_with(machine.passphrase)).out.startswith("0 ")
    assert machine.run(*command, descriptor_with("not this one")).code == 3


def test_a_vault_is_not_merged_into_itself_or_from_nowhere(machine: Console) -> None:
    told = descriptor_with(machine.passphrase)
    assert machine.run("import", "vault", str(machine.vault), "--old-passphrase-fd", told).code == 2
    assert machine.run("import", "vault", str(machine.home / "absent"), "--old-passphrase-fd", told).code == 1
