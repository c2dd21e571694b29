"""The passphrase comes from a descriptor, a file, a command or the terminal, and loses exactly one newline."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from builders.console import Console
from kinship.cli.invocation import Invocation, Surroundings
from kinship.cli.passphrase import COMMAND, FILE, get_passphrase, has_source
from kinship.ground.errors import KinshipError, Misused


def asking(environment: dict[str, str] | None = None, ask: Callable[[str], str] | None = None) -> Invocation:
    return Invocation(Surroundings(environment={"PATH": os.environ["PATH"], **(environment or {})}, ask=ask))


def descriptor_with(data: bytes) -> int:
    read, write = os.pipe()
    os.write(write, data)
    os.close(write)
    return read


TOLD = [
    (b"horse", "horse"),
    (b"horse\n", "horse"),
    (b"horse\n\n", "horse\n"),
    (b" horse \n", " horse "),
    ("pässwört\n".encode(), "pässwört"),
]


@pytest.mark.parametrize(("data", "passphrase"), TOLD)
def test_a_descriptor_gives_it(data: bytes, passphrase: str) -> None:
    invocation = asking()
    invocation.passphrase_fd = descriptor_with(data)
    assert get_passphrase(invocation) == passphrase


@pytest.mark.parametrize(("data", "passphrase"), TOLD)
def test_a_file_gives_it(tmp_path: Path, data: bytes, passphrase: str) -> None:
    (tmp_path / "secret").write_bytes(data)
    assert get_passphrase(asking({FILE: str(tmp_path / "secret")})) == passphrase


@pytest.mark.parametrize(("data", "passphrase"), TOLD)
def test_a_command_gives_it(data: bytes, passphrase: str) -> None:
    command = shlex.join([sys.executable, "-c", f"import sys; sys.stdout.buffer.write({data!r})"])
    assert get_passphrase(asking({COMMAND: command})) == passphrase


def test_a_descriptor_comes_before_a_file_and_a_file_before_a_command(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("file\n")
    invocation = asking({FILE: str(tmp_path / "secret"), COMMAND: "false"})
    assert get_passphrase(invocation) == "file"
    invocation.passphrase_fd = descriptor_with(b"descriptor\n")
    assert get_passphrase(invocation) == "descriptor"


def test_without_a_source_the_terminal_is_asked() -> None:
    questions: list[str] = []

    def ask(question: str) -> str:
        questions.append(question)
        return "typed"

    invocation = asking(ask=ask)
    assert not has_source(invocation)
    assert get_passphrase(invocation) == "typed"
    assert questions == ["Passphrase: "]


@pytest.mark.parametrize("data", [b"", b"\n", b"\xff\xfe\n", b"x" * 100_000])
def test_a_source_without_a_passphrase_is_a_sentence(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(data)
    with pytest.raises(Misused, match="KINSHIP_PASSPHRASE_FILE"):
        get_passphrase(asking({FILE: str(tmp_path / "secret")}))


def test_a_missing_file_or_a_closed_descriptor_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Misused, match="cannot be read"):
        get_passphrase(asking({FILE: str(tmp_path / "nothing")}))
    invocation = asking()
    invocation.passphrase_fd = 999
    with pytest.raises(Misused, match="999"):
        get_passphrase(invocation)


@pytest.mark.parametrize("command", ["/nowhere/at/all", "false", "'unbalanced", "  "])
def test_a_command_that_fails_is_a_sentence_without_the_command(command: str) -> None:
    with pytest.raises(KinshipError, match=COMMAND) as caught:
        get_passphrase(asking({COMMAND: command}))
    assert command.strip() not in str(caught.value).replace(COMMAND, "") or not command.strip()


def test_a_command_does_not_eat_the_text_that_is_piped_in() -> None:
    script = "import sys; sys.stdin.read(); print('horse')"
    assert get_passphrase(asking({COMMAND: shlex.join([sys.executable, "-c", script])})) == "horse"


def test_one_descriptor_cannot_give_both_passphrase_and_text(tmp_path: Path) -> None:
    result = Console(tmp_path / "home").run("--passphrase-fd", "0", "write", "-", piped="horse\n")
    assert result.code == 2
    assert "both" in result.err


@pytest.mark.parametrize("words", [["--passphrase-fd", "{}", "list"], ["list", "--passphrase-fd", "{}"]])
def test_the_option_may_stand_before_or_after_the_command(tmp_path: Path, words: list[str]) -> None:
    machine = Console(tmp_path / "home")
    machine.fine("new")
    del machine.environment[FILE]
    read = descriptor_with(machine.passphrase.encode() + b"\n")
    machine.fine(*(word.format(read) for word in words))
    os.close(read)
