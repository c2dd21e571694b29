"""The door of the command: help without weight, one sentence for each failure, the right exit code."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from builders.console import Console, console
from kinship.cli.root import COMMANDS, kinship
from kinship.ground import errors

HEAVY = (
    "textual",
    "networkx",
    "plotext",
    "tinydb",
    "cryptography",
    "msgspec",
    "rich",
    "kinship.vault",
    "kinship.journal",
)


def loaded_by(code: str) -> set[str]:
    script = f"import sys, json\n{code}\nsys.stdout = sys.__stdout__\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_help_loads_nothing_that_it_does_not_need() -> None:
    loaded = loaded_by(
        "import io\nsys.stdout = io.StringIO()\nfrom kinship.cli.main import main\nassert main(['--help']) == 0"
    )
    assert loaded.isdisjoint(HEAVY)
    assert {name for name in loaded if name.startswith("kinship.cli.")} == {
        "kinship.cli.main",
        "kinship.cli.invocation",
        "kinship.cli.options",
        "kinship.cli.root",
    }


def test_the_list_of_heavy_modules_is_found_where_they_are_loaded() -> None:
    loaded = loaded_by(
        "import kinship.vault, kinship.journal.journal, cryptography, tinydb, networkx, textual, plotext"
    )
    assert set(HEAVY) <= loaded


def test_reading_loads_neither_screens_nor_graphs(tmp_path: Path) -> None:
    machine = console(tmp_path / "home")
    loaded = loaded_by(
        "import io, os\nsys.stdout = io.StringIO()\nfrom kinship.cli.main import main\n"
        "from kinship.cli.invocation import Surroundings\nfrom kinship.vault import KdfCost\n"
        f"outside = Surroundings(environment={machine.environment!r}, cost=KdfCost(64, 1))\n"
        "assert main(['list'], outside) == 0"
    )
    assert loaded.isdisjoint({"textual", "networkx", "plotext", "tinydb"})


def every_command() -> Iterator[tuple[str, click.Command]]:
    context = click.Context(kinship)
    yield "kinship", kinship
    for name in COMMANDS:
        command = kinship.get_command(context, name)
        assert command is not None
        yield name, command
        if isinstance(command, click.Group):
            yield from ((f"{name} {below}", one) for below, one in command.commands.items())


@pytest.mark.parametrize(("name", "command"), list(every_command()))
def test_every_command_has_help_with_an_example(name: str, command: click.Command) -> None:
    assert command.help
    assert command.epilog is not None
    assert "Example" in command.epilog
    assert "kinship" in command.epilog
    assert name


@pytest.mark.parametrize("name", COMMANDS)
def test_the_sentence_in_the_list_is_the_commands_own(name: str) -> None:
    command = kinship.get_command(click.Context(kinship), name)
    assert command is not None
    assert command.help is not None
    own = command.help.split("\n\n")[0].replace("\n", " ")
    assert own.split()[0] == COMMANDS[name].sentence.split()[0]


def test_no_option_takes_a_passphrase_from_the_line() -> None:
    options = {
        option
        for _, command in every_command()
        for one in command.params
        for option in (*one.opts, *one.secondary_opts)
    }
    assert {option for option in options if "pass" in option} == {
        "--password-fd",
        *(f"--{which}passphrase-fd" for which in ("", "new-", "old-")),
    }


def test_the_version_is_said(tmp_path: Path) -> None:
    first, *rest = Console(tmp_path / "home").fine("--version").out.splitlines()
    assert first == "kinship 0.1.0"
    assert rest[0].startswith("Python 3.")


@pytest.mark.parametrize("words", [["--nonsense"], ["wirte"], ["list", "--since", "soon"], ["write", "--mood", "11"]])
def test_wrong_use_is_exit_2_and_a_sentence(tmp_path: Path, words: list[str]) -> None:
    result = Console(tmp_path / "home").run(*words)
    assert result.code == 2
    assert result.out == ""
    assert "--help" in result.err


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.KinshipError("It failed."), 1),
        (errors.Misused("It failed."), 2),
        (errors.WrongPassphrase("It failed."), 3),
        (errors.Damaged("It failed."), 4),
        (errors.NotSaved("It failed."), 5),
        (errors.NewerVault("It failed."), 6),
        (errors.Refused("It failed."), 1),
        (KeyboardInterrupt(), 130),
        (click.Abort(), 130),
        (BrokenPipeError(), 0),
        (click.exceptions.Exit(0), 0),
    ],
)
def test_each_failure_has_its_exit_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(kinship, "invoke", fail)
    result = Console(tmp_path / "home").run("list")
    assert result.code == code
    assert result.err == ("It failed.\n" if isinstance(error, errors.KinshipError) else "")


def test_an_unexpected_error_is_reported_without_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("canary-7f3a")

    monkeypatch.setattr(kinship, "invoke", fail)
    result = Console(tmp_path / "home").run("list")
    assert result.code == 1
    assert "canary-7f3a" not in result.err
    assert "RuntimeError" in result.err
    assert "Traceback" not in result.err


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    machine = console(tmp_path / "home")
    for number in range(40):
        machine.fine("write", f"page {number} " + "words " * 400)
    script = (
        "import sys\nfrom kinship.cli.main import main\nfrom kinship.cli.invocation import Surroundings\n"
        f"from kinship.vault import KdfCost\noutside = Surroundings(environment={machine.environment!r}, "
        "cost=KdfCost(64, 1))\nsys.exit(main(['list', '--json'], outside))"
    )
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 0
    process.stderr.close()


def test_an_error_message_cannot_steer_the_terminal(tmp_path: Path) -> None:
    result = console(tmp_path / "home").run("show", "\x1b]52;c;SEVJTA==\x07")
    assert result.code == 1
    assert "\x1b" not in result.err
    assert "\a" not in result.err


def test_textual_variables_are_gone_before_anything_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import os

    monkeypatch.setenv("TEXTUAL_LOG", str(tmp_path / "log"))
    Console(tmp_path / "home").run("--version")
    assert "TEXTUAL_LOG" not in os.environ


def test_the_module_is_the_command() -> None:
    done = subprocess.run([sys.executable, "-m", "kinship", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("kinship 0.1.0\n")
    done = subprocess.run([sys.executable, "-m", "kinship", "wirte"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
