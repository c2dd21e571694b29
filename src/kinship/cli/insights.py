"""`kinship insights`: what the days say over time, each view with its sentence, its table, and how far it may speak."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import click

from kinship.cli.days import day as a_day
from kinship.cli.days import last_day
from kinship.cli.invocation import Invocation
from kinship.cli.opening import open_journal
from kinship.cli.options import example, output_options, vault_options
from kinship.cli.output import on_terminal, remark, say, say_json, wrapped
from kinship.cli.shapes import Shape
from kinship.ground.errors import Misused
from kinship.ground.width import cells, fill

if TYPE_CHECKING:
    from kinship.insight.values import Pattern, Point, Progress, Series, Table

LATEST = 12
"""Rows of a table that are printed among others; all of them where one view is asked for."""
WORDS = "words"
"""What a column is called that holds somebody's own."""
TRIED = ("same_day", "next_day", "buffering")
"""Views that take computing."""
WRITTEN = (
    "mood", "year", "who", "kinds", "give_and_take", "balance", "then_and_now", "pulse", "scale", "hard_days",
)  # fmt: skip


@click.command(
    epilog=example("kinship insights", "kinship insights next_day --since 2026", "kinship insights --json --until June")
)
@click.argument("view", nargs=-1, metavar="[VIEW]...")
@click.option("--since", type=a_day, metavar="DAY", help="From this day on; from the first one when left out.")
@click.option("--until", type=last_day, metavar="DAY", help="Up to this day; today when left out.")
@output_options
@vault_options
@click.pass_obj
def insights(invocation: Invocation, view: tuple[str, ...], *, since: dt.date | None, until: dt.date | None) -> int:
    """Say what your days tell over time, with its uncertainty; "nothing clear yet" is the usual answer.

    VIEW is one or more of mood, year, who, kinds, give_and_take, balance, then_and_now, pulse, scale, hard_days,
    same_day, next_day and buffering; all of them when left out. No person's name is ever held against mood.
    """
    wanted = _wanted(view)
    if since is not None and until is not None and since > until:
        raise Misused("--since is after --until.")
    with open_journal(invocation) as opened:
        from kinship.insight.material import gather
        from kinship.insight.patterns import patterns
        from kinship.tui.pattern_material import written

        journal, config = opened.journal, invocation.surroundings.places.config
        last = until if until is not None else journal.today()
        found = [*written(journal, config, since, last).values()] if wanted & set(WRITTEN) else []
        if wanted & set(TRIED):
            found += patterns(gather(journal, since, last).days, progress=_progress())
        shown = [one for one in found if one.id.partition(".")[0] in wanted]
        if invocation.json:
            say_json(_shape(shown, since, last))
        else:
            _print(shown, plain=invocation.plain, whole=bool(view))
        return opened.reading_code


def _wanted(views: Iterable[str]) -> set[str]:
    """Return the views that are asked for. Raises Misused for one that is none."""
    wanted = {one.replace("-", "_").casefold() for one in views}
    unknown = sorted(wanted.difference(WRITTEN, TRIED))
    if unknown:
        raise Misused(f"There is no view called {unknown[0]}.", f"There are: {', '.join((*WRITTEN, *TRIED))}.")
    return wanted or {*WRITTEN, *TRIED}


def _progress() -> Progress | None:
    if not on_terminal(sys.stderr):
        return None

    def tell(done: float) -> None:
        sys.stderr.write(f"\rlooking at your days: {done:4.0%}" if done < 1 else f"\r{' ' * 30}\r")
        sys.stderr.flush()

    return tell


def _print(found: Sequence[Pattern], *, plain: bool, whole: bool) -> None:
    for at, one in enumerate(found):
        if at:
            say()
        say(one.title)
        for line in wrapped(one.sentence, indent="  "):
            say(line)
        if one.table is not None and one.table.rows:
            rows = one.table.told() if whole else _latest(one.table.told(), one.id)
            left = len(one.table.rows) - len(rows)
            if left:
                say(f"  (the latest {len(rows)} rows; kinship insights {one.id} shows {left:,} more)")
            for line in _linear(one.table, rows) if plain else _aligned(one.table, rows):
                say(f"  {line}".rstrip())
    if not found:
        remark("Nothing is kept of these views in these days.")


def _latest(rows: Sequence[tuple[str, ...]], view: str) -> Sequence[tuple[str, ...]]:
    """Return the rows of the latest days: a list of words has them first, what goes by weeks or months last."""
    return rows[:LATEST] if view == "hard_days" else rows[-LATEST:]


def _linear(table: Table, rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Yield each row as one line in which every value says what it is."""
    if table.header[-1] == WORDS:
        yield from (f"{', '.join(cell for cell in others if cell != '-')}: {words}" for *others, words in rows)
        return
    for first, *others in rows:
        head = f"{table.header[0]} {first}".strip()
        told = [f"{name} {value}" for name, value in zip(table.header[1:], others, strict=True)]
        yield f"{head}: {', '.join(told)}" if told else first


def _aligned(table: Table, rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """Yield the rows in columns under their heading; the last one runs on."""
    lines = [table.header, *rows] if len(table.header) > 1 else rows
    widths = [max(cells(line[at]) for line in lines) for at in range(len(table.header) - 1)]
    for line in lines:
        yield "  ".join([*(fill(cell, width) for cell, width in zip(line, widths, strict=False)), line[-1]])


def _shape(found: Iterable[Pattern], since: dt.date | None, until: dt.date) -> Shape:
    """Return the views as `insights --json` prints them."""
    return {
        "since": _day(since),
        "until": _day(until),
        "views": [
            {
                "id": one.id,
                "title": one.title,
                "state": one.state.value,
                "sentence": one.sentence,
                "note": one.note or None,
                "n": one.n,
                "missing": one.missing,
                "since": _day(one.since),
                "until": _day(one.until),
                "estimate": one.estimate,
                "interval": [one.interval.low, one.interval.high] if one.interval is not None else None,
                "p": one.p,
                "series": [_series(series) for series in one.series],
                "table": _table(one.table) if one.table is not None else None,
            }
            for one in found
        ],
    }


def _series(series: Series) -> Shape:
    return {"name": series.name, "points": [_point(point) for point in series.points]}


def _point(point: Point) -> Shape:
    at = point.at.isoformat() if isinstance(point.at, dt.date) else point.at
    return {"at": at, "value": point.value, "low": point.low, "high": point.high}


def _table(table: Table) -> Shape:
    rows = [[cell.isoformat() if isinstance(cell, dt.date) else cell for cell in row] for row in table.rows]
    return {"header": list(table.header), "rows": rows}


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day is not None else None
