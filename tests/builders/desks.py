"""Programs that run at the same time, each a process of its own on a vault or a copy of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from builders.vaults import Made

PROGRAM = Path(__file__).resolve().parent.parent / "faults" / "desk.py"


class Desk:
    """One running program."""

    def __init__(self, made: Made, path: Path, state: Path, name: str) -> None:
        self.path = path
        key = made.key()
        self.process = subprocess.Popen(
            [sys.executable, str(PROGRAM), str(path), str(state), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(PROGRAM.parent.parent)},
        )
        self._say(f"{key.vault.hex()} {key.master.hex()}")

    def _say(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def ask(self, *words: str) -> Any:
        """Tell the program something and return its answer."""
        self.tell(*words)
        return self.answer()

    def tell(self, *words: str) -> None:
        """Tell the program something, without waiting."""
        self._say(json.dumps(words))

    def answer(self) -> Any:
        assert self.process.stdout is not None
        return json.loads(self.process.stdout.readline())

    def look(self) -> Any:
        """Let the program look for what others wrote, and return what it shows."""
        self.ask("look")
        return self.ask("read")

    def leave(self) -> None:
        """End the program as a person does."""
        self.process.communicate(timeout=30)
        assert self.process.returncode == 0
