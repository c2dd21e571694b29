"""Beginning anew: a fresh interpreter in place of this one, so that nothing of its memory is left."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Mapping, Sequence
from typing import NoReturn

PASSPHRASE_SOURCES = ("KINSHIP_PASSPHRASE_FILE", "KINSHIP_PASSPHRASE_COMMAND")
"""Variables that open a vault without a person; a locked program does not have them."""
_FIRST_OF_OURS = 3
_MOST_FILES = 4096


def begin_anew(arguments: Sequence[str], environment: Mapping[str, str]) -> NoReturn:
    """Run kinship with `arguments` in a fresh interpreter that takes this process over: same id, same terminal.

    Of the open files only standard input, output and error go over; the folder it runs in is no place to import from.
    Raises OSError where the system refuses.
    """
    if not sys.executable:
        raise OSError(errno.ENOENT, os.strerror(errno.ENOENT))
    _keep_files_to_ourselves()
    careful = "-I" if sys.flags.isolated else "-P"
    command = [sys.executable, careful, "-m", "kinship", *arguments]
    os.execve(sys.executable, command, dict(environment))  # noqa: S606 - no shell is wanted


def _keep_files_to_ourselves() -> None:
    most = min(os.sysconf("SC_OPEN_MAX"), _MOST_FILES)
    for descriptor in range(_FIRST_OF_OURS, most):
        with contextlib.suppress(OSError):
            os.set_inheritable(descriptor, False)
