"""The map as a table of words: the same rows for a web page and for paper."""

from __future__ import annotations

from msgspec import Struct

from kinship.circle.sentences import RING_WORDS, STATUS_WORDS, in_order, known_by, words_given, words_returned
from kinship.circle.support import received, strained
from kinship.journal.kinds import SUPPORT, Kind, label_of
from kinship.journal.model import AlterId, Bond, Circle
from kinship.snapshot.drawing import Since
from kinship.snapshot.words import KIND_WORDS

NOTHING = "–"
"""Stands where there is nothing to say, so that no cell is empty."""


class Row(Struct, frozen=True):
    """Somebody: their id, and a cell for each column."""

    id: AlterId
    cells: tuple[str, ...]


class Table(Struct, frozen=True):
    """Everybody by ring and name; only columns in which anything stands."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def table_of(circle: Circle, since: Since | None = None) -> Table:
    """Return the table of a circle that has passed `careful`; with `since`, of everybody of both days."""
    told = [(bond.alter.id, _cells(bond, circle, since)) for bond in in_order(circle)]
    wanted = [column for column in _COLUMNS if column == _COLUMNS[0] or any(cells.get(column) for _, cells in told)]
    rows = tuple(Row(id_, tuple(cells.get(column) or NOTHING for column in wanted)) for id_, cells in told)
    return Table(tuple(wanted), rows)


_COLUMNS = ("Name", "What", "Circle", "Closeness", "Gives", "This past year", "I give", "Weighs", "Knows", "Since then")


def _cells(bond: Bond, circle: Circle, since: Since | None) -> dict[str, str]:
    what = (KIND_WORDS[bond.alter.kind], STATUS_WORDS[bond.status])
    happened = [kind.value for kind in SUPPORT if kind in received(bond)]
    weighs = [label_of(word) for word in bond.strain] or [Kind.STRAIN.value]
    return {
        "Name": bond.alter.name,
        "What": ", ".join(word for word in what if word),
        "Circle": bond.sector or "",
        "Closeness": RING_WORDS[bond.ring],
        "Gives": ", ".join(words_given(bond)),
        "This past year": ", ".join(happened),
        "I give": ", ".join(words_returned(bond)),
        "Weighs": ", ".join(weighs) if strained(bond) else "",
        "Knows": ", ".join(known_by(bond, circle)),
        "Since then": since.remarks.get(bond.alter.id, "") if since is not None else "",
    }
