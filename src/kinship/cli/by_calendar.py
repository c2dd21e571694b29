"""`kinship on-this-day` and `kinship year`: pages by the calendar."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from kinship.cli.invocation import Invocation
from kinship.cli.opening import open_journal
from kinship.cli.options import example, output_options, vault_options
from kinship.cli.output import remark, say, say_json
from kinship.cli.page_lines import print_pages
from kinship.ground.errors import Misused

if TYPE_CHECKING:
    from kinship.journal.year import Days, Grid

SIGNS = "·•●"
PLAIN_SIGNS = ".oO"


@click.command("on-this-day", epilog=example("kinship on-this-day", "kinship on-this-day '3 May'"))
@click.argument("day", required=False)
@click.option(
    "--on-today/--not-on-today", default=None, help="Have Today show a page of the day from now on, or not any more."
)
@output_options
@vault_options
@click.pass_obj
def on_this_day(invocation: Invocation, day: str | None, on_today: bool | None) -> int:
    """Show what was written on this day in years before.

    `--on-today` lets `kinship today` and the screen Today show it by themselves, save for pages that name somebody who
    is not in your life now; this command shows every page.
    """
    from kinship.ground.days import day_in
    from kinship.journal.on_this_day import ON_THIS_DAY

    with open_journal(invocation) as opened:
        journal = opened.journal
        if on_today is not None:
            journal.choose(ON_THIS_DAY, on_today or None)
            remark("Today shows pages of the day." if on_today else "Today does not show pages of the day.")
            return opened.reading_code
        today = journal.today()
        print_pages(invocation, journal, journal.pages.on_this_day(day_in(day, today) if day else today))
        return opened.reading_code


@click.command(epilog=example("kinship year", "kinship year 2025 person:Bea", "kinship year --plain"))
@click.argument("words", metavar="[YEAR] [WORDS]", nargs=-1)
@output_options
@vault_options
@click.pass_obj
def year(invocation: Invocation, words: tuple[str, ...]) -> int:
    """Show a year as a calendar: a column for each week, a dot for each day with a page.

    Words after the year search as `kinship search` does, and the days that have a page of those are shown. `--plain`
    says a sentence for each month.
    """
    from kinship.journal.query import parse
    from kinship.journal.year import Grid, by_month, in_words, pages_by_day

    with open_journal(invocation) as opened:
        journal = opened.journal
        wanted, line = _year_in(words, journal.today().year)
        days = pages_by_day(journal, parse(line, journal.today()), wanted)
        if invocation.json:
            counts = {day.isoformat(): len(days[day]) for day in sorted(days)}
            say_json({"year": wanted, "pages": sum(counts.values()), "days": counts})
            return opened.reading_code
        say(in_words(days, wanted))
        for told in by_month(days, wanted) if invocation.plain else _drawn(Grid(wanted, _week_start(invocation)), days):
            say(told)
        return opened.reading_code


def _year_in(words: tuple[str, ...], otherwise: int) -> tuple[int, str]:
    """Return the year and the search line. Raises Misused for a year that no calendar has."""
    if not words or not (words[0].isdecimal() and len(words[0]) == len("2026")):
        return otherwise, " ".join(words)
    if int(words[0]) == 0:
        raise Misused("There is no year 0000.")
    return int(words[0]), " ".join(words[1:])


def _week_start(invocation: Invocation) -> int:
    from kinship.ground.settings import read_settings
    from kinship.journal.year import WEEK_STARTS

    return WEEK_STARTS[read_settings(invocation.surroundings.places.settings_file).week_start]


def _drawn(grid: Grid, days: Days) -> list[str]:
    signs = _signs()
    months = [" "] * (grid.weeks + len("Mon Dec"))
    for column, name in grid.months():
        months[4 + column : 4 + column + len(name)] = name
    lines = ["".join(months).rstrip()]
    for row, name in enumerate(grid.weekdays()):
        found = (grid.day_at(column, row) for column in range(grid.weeks))
        dots = "".join(" " if day is None else signs[min(len(days.get(day, ())), 2)] for day in found)
        lines.append(f"{name} {dots}".rstrip())
    return [*lines, f"{signs[1]} a page  {signs[2]} more than one"]


def _signs() -> str:
    """Return the signs that standard output can write."""
    try:
        SIGNS.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return PLAIN_SIGNS
    return SIGNS
