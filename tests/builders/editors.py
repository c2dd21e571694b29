"""Small programs that stand in for an editor: each does one thing to the file it is given, and tells what it saw."""

from __future__ import annotations

import os
from pathlib import Path

from kinship.privacy.editor import Editor

IN_MEMORY = "1 0 8:1 / / rw - tmpfs tmpfs rw\n"
"""A table of mounts by which everything lies in memory."""
ON_DISK = "1 0 8:1 / / rw - ext4 /dev/sda1 rw\n"


def editor(folder: Path, script: str, name: str = "vim", *flags: str) -> Editor:
    """Return a program called `name` that runs a shell script; the file to edit is its last argument, `$page`."""
    program = folder / "bin" / name
    program.parent.mkdir(exist_ok=True)
    program.write_text(f"#!/bin/sh\nfor page; do :; done\n{script}\n")
    program.chmod(0o700)
    return Editor(str(program), flags)


def surroundings(place: Path) -> dict[str, str]:
    """Return an environment whose folder in memory is `place`."""
    place.mkdir(mode=0o700, exist_ok=True)
    return {"PATH": os.environ["PATH"], "HOME": "/nowhere", "XDG_RUNTIME_DIR": str(place), "TERM": "dumb"}
