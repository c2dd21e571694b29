"""Programs that begin at once: forked from this one instead of started anew, with pipes to and from them."""

from __future__ import annotations

import importlib.util
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO


def program(file: Path) -> Any:
    """Return the module that a program's file holds."""
    spec = importlib.util.spec_from_file_location(f"program_{file.stem}", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Forked:
    """A child that runs `main` as a program of its own, with standard input and output like a subprocess."""

    def __init__(self, main: Callable[[], None], arguments: list[str]) -> None:
        told, heard = os.pipe(), os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            _become(main, arguments, told[0], heard[1])
        os.close(told[0])
        os.close(heard[1])
        self.stdin: TextIO = os.fdopen(told[1], "w")
        self.stdout: TextIO = os.fdopen(heard[0], "r")

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def communicate(self) -> tuple[str, int]:
        """Say nothing more, hear it out, and return what it said and how it ended."""
        self.stdin.close()
        with self.stdout:
            said = self.stdout.read()
        return said, os.waitpid(self.pid, 0)[1]


def _become(main: Callable[[], None], arguments: list[str], told: int, heard: int) -> None:
    status = 1
    try:
        os.dup2(told, 0)
        os.dup2(heard, 1)
        os.closerange(3, 256)
        sys.stdin = os.fdopen(0, "r", closefd=False)
        sys.argv = ["", *arguments]
        main()
        status = 0
    finally:
        os._exit(status)
