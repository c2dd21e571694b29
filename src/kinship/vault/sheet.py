"""The recovery sheet as a page to print."""

from __future__ import annotations

import datetime as dt
import textwrap

from kinship.vault import readme
from kinship.vault.values import RecoveryText

_WIDTH = 72
_PAGE = """\
RECOVERY SHEET of the kinship journal “{name}”
{day}

{groups}

Whoever holds this sheet can read the whole journal, without the
passphrase and without a keyfile, and no change of the passphrase shuts
them out. Keep it where you keep a passport. It opens nothing without a
copy of the journal's folder.

To open the journal with it
    kinship passphrase change --recovery     sets a new passphrase
    on the locked screen: choose the sheet instead of the passphrase
    kinship recovery check                   proves this sheet

Without kinship
    The folder holds {reader}, a short program that
    needs only Python and `pip install cryptography`. Before running it,
    check that it is the one kinship wrote: its SHA-256 is

{sum}

    sha256sum {reader}
    (macOS: shasum -a 256 {reader})

Zero and O are the same, and so are 1, I and L. Case, spaces and dashes
do not matter.
"""


def sheet(text: RecoveryText, name: str, day: dt.date) -> str:
    """Return the page: ten groups in two rows, what they are, and how to use them with and without kinship."""
    groups = text.split("-")
    rows = ("   ".join(groups[start : start + 5]) for start in range(0, len(groups), 5))
    total = readme.sha256()
    halves = (f"        {total[start : start + 32]}" for start in range(0, len(total), 32))
    return _PAGE.format(
        name=textwrap.shorten(name, _WIDTH // 2, placeholder=" …"),
        day=day.isoformat(),
        groups="\n\n".join(f"        {row}" for row in rows),
        reader=readme.NAME,
        sum="\n".join(halves),
    )
