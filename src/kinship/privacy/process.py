"""The process itself: what it may leave on disk, and who may look into it."""

from __future__ import annotations

import os
import sys
from collections.abc import MutableMapping, Sequence

PRIVATE_UMASK = 0o077
_PR_SET_DUMPABLE = 4


def harden(
    arguments: Sequence[str] = (),
    environment: MutableMapping[str, str] = os.environ,
) -> None:
    """Make new files ours alone, and drop TEXTUAL_* (its log and screenshots would write every key to disk).

    Only the demo, whose words belong to nobody, keeps them, and only with KINSHIP_DEV=1. Called before anything else.
    """
    os.umask(PRIVATE_UMASK)
    if environment.get("KINSHIP_DEV") == "1" and arguments[:1] == ["demo"]:
        return
    for name in [name for name in environment if name.startswith("TEXTUAL")]:
        del environment[name]


def guard_memory() -> None:
    """Forbid core dumps, and on Linux let no other process of this user read this one's memory.

    Afterwards /proc/self belongs to root: a passphrase from /dev/fd/N must have been read before.
    """
    import resource  # noqa: PLC0415 - only where vaults open

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415 - only where vaults open

        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
