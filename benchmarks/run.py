"""`make bench`: every budget measured here and now, as ratios against a baseline of the same run where one exists."""

from __future__ import annotations

import sys

from drawing import drawing_rows
from start import start_rows
from store import store_rows
from table import show
from writing import writing_rows


def main() -> int:
    """Print the table; 1 where a budget was not kept."""
    rows = [*start_rows(), *store_rows(), *drawing_rows(), *writing_rows()]
    show(rows)
    return 0 if all(row.kept for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
