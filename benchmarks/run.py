"""`make bench`: every budget measured here and now, as ratios against a baseline of the same run where one exists.

Names of groups after it (`make bench ARGS="vault store"`) measure these alone.
"""

from __future__ import annotations

import sys
from importlib import import_module

from table import Row, show

GROUPS = (
    "start",
    "store",
    "vault",
    "finding",
    "upkeep",
    "drawing",
    "measures",
    "time_travel",
    "writing",
    "beside_jrnl",
    "patterns",
    "patterns_screen",
)
"""Modules beside this one; each has a function `<name>_rows`."""


def rows_of(group: str) -> list[Row]:
    """Return what a group measures."""
    rows: list[Row] = getattr(import_module(group), f"{group}_rows")()
    return rows


def main(wanted: list[str]) -> int:
    """Print the table; 1 where a budget was not kept, 2 for a group that is not there."""
    unknown = sorted(set(wanted) - set(GROUPS))
    if unknown:
        print(f"No such group: {', '.join(unknown)}. There are: {', '.join(GROUPS)}.", file=sys.stderr)
        return 2
    rows = [row for group in GROUPS if not wanted or group in wanted for row in rows_of(group)]
    show(rows)
    return 0 if all(row.kept for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
