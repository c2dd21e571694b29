"""The whole way with the real program and real keys: a vault, a page, a person, a map in a file."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from builders.terminal import files_holding

pytestmark = pytest.mark.terminal

PASSPHRASE = "a pässphrase of my own"


class Program:
    def __init__(self, home: Path) -> None:
        home.mkdir()
        self.environment = {"HOME": str(home), "PATH": os.environ["PATH"], "TZ": "Europe/Berlin", "LANG": "C.UTF-8"}

    def run(
        self, *words: str, piped: str = "", source: dict[str, str] | None = None, code: int = 0
    ) -> subprocess.CompletedProcess[str]:
        """Run with the passphrase from `source`, or else from a descriptor."""
        read, write = os.pipe()
        os.write(write, PASSPHRASE.encode() + b"\n")
        os.close(write)
        given = [] if source is not None else ["--passphrase-fd", str(read)]
        done = subprocess.run(
            [sys.executable, "-m", "kinship", *words, *given],
            env=self.environment | (source or {}),
            input=piped,
            pass_fds=[read],
            capture_output=True,
            text=True,
            check=False,
        )
        os.close(read)
        assert done.returncode == code, done.stderr
        return done


def test_from_a_bare_machine_to_a_map_in_a_file(tmp_path: Path) -> None:
    home = tmp_path / "machine"
    program = Program(home)
    (home / "passphrase").write_text(PASSPHRASE + "\n")
    recovery = program.run("new").stdout.strip()
    assert recovery.count("\n") == 0
    file = {"KINSHIP_PASSPHRASE_FILE": str(home / "passphrase")}
    command = {"KINSHIP_PASSPHRASE_COMMAND": shlex.join(["cat", str(home / "passphrase")])}
    program.run("people", "add", "Beatrix", "--ring", "inner", source=file)
    id_ = program.run("write", piped="@Beatrix canary-7f3a\n", source=command).stdout.strip()
    (page,) = json.loads(program.run("list", "--json").stdout)
    assert (page["id"], page["body"]) == (id_, "@Beatrix canary-7f3a")
    assert page["people"][0]["name"] == "Beatrix"
    program.run("map", "--output", str(home / "map.svg"))
    assert (home / "map.svg").read_bytes().startswith(b"<?xml")
    (home / "passphrase").write_text("wrong\n")
    program.run("list", source=file, code=3)
    (home / "passphrase").unlink()
    for word in ("canary-7f3a", "Beatrix", PASSPHRASE, recovery):
        assert files_holding(word, home) == []
