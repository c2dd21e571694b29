"""Every failure a person can meet, each with one plain sentence and the exit code it ends a command with.

```
KinshipError            1
├── Misused             2   the command or setting was put wrongly
│   └── NeedsTerminal   2   there is no terminal to draw on
├── WrongPassphrase     3
├── Damaged             4   data that cannot be read as it should
├── NotSaved            5   the words are still where they were typed
├── NewerVault          6   made by a later kinship
├── Refused             1   a place that must not be used (owner, kind, link)
├── NotFound            1   no such page, person or file
└── BadTheme, BadPack   1   a file of the person's own that is wrong
```
"""

from __future__ import annotations

from typing import ClassVar


class KinshipError(Exception):
    """Something went wrong: `message` says what in one sentence, `remedy` what to do about it (may be empty)."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".rstrip()


class Misused(KinshipError):
    """A command, option or setting was put in a way that has no meaning."""

    exit_code = 2


class NeedsTerminal(Misused):
    """The full screen was asked for where there is no terminal."""


class WrongPassphrase(KinshipError):
    """No key slot opens with what was given; nothing is damaged."""

    exit_code = 3


class Damaged(KinshipError):
    """A file is not what was written; the message names it and what can still be read."""

    exit_code = 4


class NotSaved(KinshipError):
    """A save was refused by the disk; memory is unchanged and the text is still with whoever typed it."""

    exit_code = 5


class NewerVault(KinshipError):
    """The vault was made by a later major version of the format."""

    exit_code = 6


class Refused(KinshipError):
    """A file or folder that kinship will not use: another owner, a wrong kind, already there."""


class NotFound(KinshipError):
    """Nothing of that name or id is here."""


class BadTheme(KinshipError):
    """A colour theme that cannot be used; the program goes on with another."""


class BadPack(KinshipError):
    """A pack of prompts that cannot be used; the program goes on without it."""
