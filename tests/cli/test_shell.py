"""What a shell is given: completions that open nothing, a man page that is current, a version without places."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from builders.console import Console, console
from kinship.cli.root import kinship
from kinship.cli.shell import SHELLS

MANUAL = Path(__file__).resolve().parent.parent.parent / "docs" / "kinship.1"
ASK = """
source "$1"
COMP_WORDS=({words}); COMP_CWORD={at}
_kinship_completion kinship
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


def completed(person: Console, tmp_path: Path, *words: str) -> list[str]:
    """Return what a real bash offers for the last of `words`."""
    script, folder = tmp_path / "kinship.bash", tmp_path / "bin"
    script.write_text(person.fine("completion", "bash").out)
    folder.mkdir(exist_ok=True)
    program = folder / "kinship"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m kinship "$@"\n')
    program.chmod(0o700)
    command = ASK.format(words=" ".join(f"'{word}'" for word in words), at=len(words) - 1)
    told = {"HOME": str(person.home), "PATH": f"{folder}:{os.environ['PATH']}", "KINSHIP_VAULT": str(person.vault)}
    ended = subprocess.run(
        ["bash", "--norc", "-c", command, "bash", str(script)], capture_output=True, text=True, env=told, check=True
    )
    assert ended.stderr == ""
    return ended.stdout.split()


def test_a_real_bash_completes_commands_and_options_and_never_a_name(tmp_path: Path) -> None:
    person = console(tmp_path / "home")
    person.fine("people", "add", "Zzcanary")
    assert completed(person, tmp_path, "kinship", "sett") == ["settings"]
    assert completed(person, tmp_path, "kinship", "settings", "c") == ["check"]
    assert "--person" in completed(person, tmp_path, "kinship", "list", "--per")
    assert "Zzcanary" not in completed(person, tmp_path, "kinship", "people", "show", "Z")


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_gets_a_script(tmp_path: Path, shell: str) -> None:
    assert "_KINSHIP_COMPLETE" in Console(tmp_path / "home").fine("completion", shell).out


def test_the_man_page_is_current(tmp_path: Path) -> None:
    told = Console(tmp_path / "home").fine("manual").out
    if os.environ.get("GOLDEN") == "write":
        MANUAL.write_text(told, encoding="utf-8")
    assert told == MANUAL.read_text(encoding="utf-8"), "docs/kinship.1 is old: kinship manual > docs/kinship.1"
    assert all(f"\n.SS {name.replace('-', chr(92) + '-')}\n" in told for name in kinship.list_commands(None))  # type: ignore[arg-type]


def test_the_version_tells_of_the_computer_and_of_no_place(tmp_path: Path) -> None:
    person = console(tmp_path / "zzhome")
    person.environment |= {"TERM": "xterm-kitty", "KINSHIP_VAULT": "/zzprivate"}
    told = person.fine("--version").out
    assert "TERM=xterm-kitty" in told
    assert "textual 8" in told
    assert not any(word in told for word in ("zzhome", "zzprivate", "/", os.uname().nodename))
