"""`kinship lookback`: a month as one gentle page, which may be kept."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from kinship.cli.days import day as a_day
from kinship.cli.invocation import Invocation
from kinship.cli.opening import open_journal
from kinship.cli.options import example, output_options, vault_options
from kinship.cli.output import remark, say, say_json, wrapped

if TYPE_CHECKING:
    from kinship.insight.month import LookBack

PARTS = ("lines", "people", "kinds", "changes", "steps")
NOTHING = "Nothing of {} is kept here, so there is nothing to look back at."


@click.command(epilog=example("kinship lookback", "kinship lookback 2026-10 --without steps --keep"))
@click.argument("month", type=a_day, required=False, metavar="[MONTH]")
@click.option(
    "--without", "left_out", type=click.Choice(PARTS), multiple=True, help="Leave a part out; may be repeated."
)
@click.option("--keep", is_flag=True, help="Keep the page as an entry of today; its id is printed.")
@output_options
@vault_options
@click.pass_obj
def lookback(invocation: Invocation, month: dt.date | None, left_out: tuple[str, ...], *, keep: bool) -> int:
    """Show a month as one page: its starred lines, who and what came up, what changed.

    Without a month it is the last one. Nobody who is marked no contact is on it.
    """
    with open_journal(invocation) as opened:
        from kinship.insight.month import keep as keep_month
        from kinship.insight.month import month_before, month_of
        from kinship.snapshot.month import month_looked_back

        journal = opened.journal
        first = month_of(month) if month is not None else month_before(journal.today())
        looked = month_looked_back(journal, first)
        if keep:
            act = keep_month(journal, looked, left_out)
            say(act.made["entries"][0])
        elif invocation.json:
            say_json(_shape(looked, left_out))
        else:
            _print(looked, left_out)
        return opened.reading_code


def _print(looked: LookBack, left_out: tuple[str, ...]) -> None:
    shown = [one for one in looked.sections if one.id not in left_out]
    if not shown:
        remark(NOTHING.format(f"{looked.first:%B %Y}"))
        return
    say(looked.title)
    for one in shown:
        say()
        say(one.title)
        for line in one.lines:
            for row in wrapped(line, indent="  "):
                say(row)


def _shape(looked: LookBack, left_out: tuple[str, ...]) -> dict[str, object]:
    parts = {one.id: list(one.lines) for one in looked.sections if one.id not in left_out}
    return {"month": f"{looked.first:%Y-%m}", "pages": looked.pages, **{name: parts.get(name, []) for name in PARTS}}
