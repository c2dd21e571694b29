"""`kinship jot` and `kinship inbox`: a note without a passphrase, and what becomes of it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from builders.console import Console, console
from builders.notes import files_in, planted
from kinship.vault import crypto

CANARIES = ("zanzibar", "quokkas", "marmalade")
WORDS = "The zanzibar house, with quokkas and marmalade"


def without_passphrase(machine: Console) -> Console:
    """Return the same machine where nobody gives a passphrase; asking for one fails the test."""
    machine.environment = {name: told for name, told in machine.environment.items() if "PASSPHRASE" not in name}
    return machine


def with_passphrase(machine: Console) -> Console:
    machine.environment["KINSHIP_PASSPHRASE_FILE"] = str(machine.home / "passphrase")
    return machine


@pytest.fixture
def machine(tmp_path: Path) -> Console:
    return console(tmp_path / "home")


def test_a_jot_asks_nothing_and_says_one_short_line(machine: Console) -> None:
    result = without_passphrase(machine).fine("jot", WORDS)
    assert (result.out, result.err) == ("", "Sealed. It waits in the Inbox.\n")
    assert len(files_in(machine.vault)) == 1
    with_passphrase(machine)
    (note,) = machine.fine("inbox", "--json").json
    assert note["body"] == WORDS
    assert (note["at"], note["sender"]) == ("2026-11-22T21:30:00+00:00", None)
    assert files_in(machine.vault) == []


def test_a_jot_takes_a_pipe_and_typed_lines(machine: Console) -> None:
    machine.fine("jot", piped="from a pipe\nin two lines\n")
    machine.fine("jot", "-", piped="dash")
    typed = machine.fine("jot", piped="typed\n", terminal=True)
    assert "Ctrl-D" in typed.out + typed.err
    bodies = {note["body"] for note in machine.fine("inbox", "list", "--json").json}
    assert bodies == {"from a pipe\nin two lines", "dash", "typed"}


def test_words_typed_before_ctrl_c_are_sealed_too(machine: Console) -> None:
    assert machine.run("jot", piped="half a thou\n", terminal=True, stopped=True).code == 130
    assert machine.run("jot", piped="", terminal=True, stopped=True).code == 130
    assert [note["body"] for note in machine.fine("inbox", "--json").json] == ["half a thou"]


@pytest.mark.parametrize(
    ("piped", "said"),
    [
        (b"", "no words"),
        (b" \n\x07\n", "no words"),
        (b"\xff\xfe", "no UTF-8"),
        (b"x" * (64 * 1024 + 1), "64 KiB"),
        ("é".encode() * (64 * 1024), "64 KiB"),
    ],
)
def test_what_is_no_note_is_exit_2_and_leaves_nothing(machine: Console, piped: bytes, said: str) -> None:
    result = machine.run("jot", piped=piped)
    assert result.code == 2
    assert said in result.err
    assert files_in(machine.vault) == []


def test_64_kib_from_a_pipe_are_a_note(machine: Console) -> None:
    machine.fine("jot", piped=b"x" * (64 * 1024) + b"\n")
    (note,) = machine.fine("inbox", "--json").json
    assert len(note["body"]) == 64 * 1024


def test_a_computer_that_never_unlocked_refuses_until_it_is_given_the_key(tmp_path: Path, machine: Console) -> None:
    key = machine.fine("inbox", "key").id
    other = Console(tmp_path / "other")
    without_passphrase(other).environment["KINSHIP_VAULT"] = str(machine.vault)
    refused = other.run("jot", WORDS)
    assert refused.code == 1
    assert "does not know the key of the inbox yet" in refused.err
    assert files_in(machine.vault) == []
    other.fine("jot", "--to", key, WORDS)
    assert [note["body"] for note in machine.fine("inbox", "--json").json] == [WORDS]


@pytest.mark.parametrize("wrong", ["kinbox1nothing", "", "age1qqqq"])
def test_a_key_that_is_none_is_exit_2(machine: Console, wrong: str) -> None:
    assert machine.run("jot", "--to", wrong, WORDS).code == 2
    assert files_in(machine.vault) == []


def test_a_swapped_key_in_the_folder_is_an_alarm_and_not_used(tmp_path: Path, machine: Console) -> None:
    kin = machine.vault / "vault.kin"
    theirs = X25519PrivateKey.generate().public_key().public_bytes_raw()
    body = kin.read_bytes()[:64] + theirs
    kin.write_bytes(body + crypto.sha256(body))
    result = machine.fine("jot", WORDS)
    assert "somebody changed it" in result.err
    seen = machine.run("inbox", "--json")
    assert seen.code == 4
    assert [note["body"] for note in seen.json] == [WORDS], "it was sealed to our own key all the same"
    assert "Somebody changed the note key" in seen.err
    other = Console(tmp_path / "other")
    other.environment["KINSHIP_VAULT"] = str(machine.vault)
    assert other.run("jot", WORDS).code == 1, "a computer that pinned nothing takes no key from the folder"


def test_without_a_vault_it_says_so(tmp_path: Path) -> None:
    result = Console(tmp_path / "home").run("jot", WORDS)
    assert result.code == 1
    assert "There is no vault" in result.err


def test_a_vault_behind_a_link_stays_one(tmp_path: Path, machine: Console) -> None:
    link = tmp_path / "link.kinship"
    link.symlink_to(machine.vault)
    machine.fine("jot", "--vault", str(link), WORDS)
    assert link.is_symlink()
    assert len(files_in(machine.vault)) == 1


# -- what becomes of it ----------------------------------------------------------------------------------------------


def test_a_note_is_listed_shown_and_accepted(machine: Console) -> None:
    machine.fine("people", "add", "Bea")
    machine.fine("jot", "Ask @Bea and @Nobody about the house")
    listed = machine.fine("inbox")
    assert "came sealed, sender unknown" in listed.err
    short = listed.out.split()[2]
    shown = machine.fine("inbox", "show", short)
    assert "Ask @Bea and @Nobody about the house" in shown.out
    assert "came sealed, sender unknown" in shown.out
    assert machine.fine("list", "--json").json == []
    accepted = machine.fine("inbox", "accept", short)
    assert accepted.id.startswith(short)
    assert "@Nobody" in accepted.err
    (page,) = machine.fine("list", "--json").json
    assert [one["name"] for one in page["people"]] == ["Bea"]
    assert page["id"] == accepted.id
    assert machine.fine("inbox", "--json").json == []


def test_a_note_is_thrown_away_and_does_not_come_back(machine: Console) -> None:
    machine.fine("jot", "one")
    (name,) = files_in(machine.vault)
    data = (machine.vault / "inbox" / name).read_bytes()
    (note,) = machine.fine("inbox", "--json").json
    machine.fine("inbox", "discard", note["id"])
    planted(machine.vault, "again.note", data)
    assert machine.fine("inbox", "--json").json == []
    assert files_in(machine.vault) == []


def test_a_replay_after_a_purge_brings_nothing_back(machine: Console) -> None:
    machine.fine("jot", "one")
    (name,) = files_in(machine.vault)
    data = (machine.vault / "inbox" / name).read_bytes()
    (note,) = machine.fine("inbox", "--json").json
    machine.fine("inbox", "discard", note["id"])
    machine.fine("purge")
    planted(machine.vault, "again.note", data)
    assert machine.fine("inbox", "--json").json == []
    assert files_in(machine.vault) == []


def test_a_file_that_cannot_be_read_is_told_and_thrown_away_by_name(machine: Console) -> None:
    planted(machine.vault, "odd.note", b"KINNOTE1 and nothing")
    told = machine.fine("inbox")
    assert "A file in the inbox is damaged or sealed to another key; it stays where it is. (inbox/odd.note)" in told.err
    machine.fine("inbox", "discard", "odd.note")
    assert files_in(machine.vault) == []
    assert machine.run("inbox", "discard", "odd.note").code == 1


@pytest.mark.parametrize("word", ["show", "accept", "discard"])
def test_no_such_note_is_said(machine: Console, word: str) -> None:
    result = machine.run("inbox", word, "0000")
    assert result.code == 1
    assert "No waiting note has the id 0000" in result.err


def test_every_unlock_takes_in_what_waits(machine: Console) -> None:
    machine.fine("jot", "one")
    machine.fine("list")
    assert files_in(machine.vault) == []


# -- nothing readable, nothing heavy ---------------------------------------------------------------------------------


def readable_in(folder: Path) -> Iterator[str]:
    """Yield every canary that stands readable in a name or a file below `folder`."""
    for path in folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        for word in CANARIES:
            forms = (word.encode(), word.encode("utf-16-le"), word.upper().encode(), word.encode().hex().encode())
            if word in path.name or any(form in content for form in forms):
                yield f"{word} in {path}"


def test_the_words_of_a_jot_are_readable_nowhere(tmp_path: Path, machine: Console) -> None:
    for words in (WORDS, "-"):
        without_passphrase(machine).fine("jot", words, piped=WORDS)
        assert list(readable_in(tmp_path)) == []
    (note, _) = with_passphrase(machine).fine("inbox", "--json").json
    assert list(readable_in(tmp_path)) == []
    machine.fine("inbox", "accept", note["id"])
    assert list(readable_in(tmp_path)) == []
    (tmp_path / "leak").write_text(WORDS)
    assert len(list(readable_in(tmp_path))) == len(CANARIES), "the search finds what is there"


def test_a_failing_jot_shows_no_word(machine: Console) -> None:
    (machine.vault / "inbox").write_bytes(b"no folder")
    result = machine.run("jot", WORDS)
    assert result.code == 1
    assert not any(word in result.out + result.err for word in CANARIES)


def test_a_jot_loads_no_journal_no_database_and_no_screen(machine: Console) -> None:
    code = (
        "import sys, json\nfrom kinship.cli.main import main\nfrom kinship.cli.invocation import Surroundings\n"
        f"assert main(['jot', 'one'], Surroundings(environment={machine.environment!r})) == 0\n"
        "print(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(json.loads(done.stdout))
    heavy = {"tinydb", "msgspec", "textual", "networkx", "rich", "kinship.journal", "kinship.vault.vault", "plotext"}
    assert loaded.isdisjoint(heavy)
    assert {"cryptography.hazmat.primitives.hpke", "kinship.vault.sealing"} <= loaded
