"""What every `kinship import` does with a file: a preview, a question on a terminal, then one act."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kinship.cli.choosing import agreed
from kinship.cli.invocation import Invocation
from kinship.cli.opening import open_journal
from kinship.cli.output import on_terminal, remark, say, say_json
from kinship.cli.plain_lines import tell

if TYPE_CHECKING:
    from kinship.transfer.bringing import Batch
    from kinship.transfer.forms import Form, Told, Wishes

    Choice = Callable[[Told], Collection[str] | None]

_MANY = 1000
"""Pages from which on it is said how far it is."""
_CLEAR_LINE = "\r\x1b[K"


def bring(
    invocation: Invocation,
    form: Form,
    path: Path,
    wishes: Wishes | None = None,
    *,
    choose: Choice | None = None,
    into: str = "",
    zone: str = "",
    add: Collection[str] = (),
    dry_run: bool,
    yes: bool,
) -> int:
    """Show what would come, ask on a terminal, and keep it as one act, whose id is printed.

    `choose` says who of a file's people comes, `add` which names of its pages become people of the map.
    """
    from kinship.transfer.bringing import Wanted, weigh
    from kinship.transfer.forms import Wishes, read_form

    with open_journal(invocation) as opened:
        journal = opened.journal
        told = read_form(form, path.expanduser(), wishes or Wishes(), journal.today())
        chosen = choose(told) if choose is not None else frozenset(add) or None
        wanted = Wanted(into=into, zone=zone, people=None if chosen is None else frozenset(chosen))
        batch = weigh(journal, told, wanted, _progress(told))
        if invocation.json:
            say_json(batch.shape)
        elif dry_run or on_terminal():
            _preview(batch)
        if dry_run or batch.empty:
            if not dry_run:
                remark("Nothing new is in it.")
            return opened.reading_code
        if on_terminal(sys.stdin) and not agreed("Bring this into your journal?", yes=yes):
            remark("Nothing was changed.")
            return opened.reading_code
        kept = batch.keep(journal)
        if kept and not invocation.json:
            say(kept)
        remark(f"{batch.counts}." + (f" To take it back: kinship import undo {kept[:8]}" if kept else ""))
        return opened.reading_code


def _preview(batch: Batch) -> None:
    from kinship.transfer.bringing import PagesBatch

    for line in batch.lines:
        tell(line)
    if isinstance(batch, PagesBatch) and batch.offered:
        tell("Nobody is made of these names. To bring somebody onto your map with it: --add NAME")


def _progress(told: Told) -> Callable[[int, int], None] | None:
    """Return what says on a terminal how far it is, None for few pages or without one."""
    if len(getattr(told, "pages", ())) < _MANY or not on_terminal(sys.stderr):
        return None

    def said(done: int, of: int) -> None:
        click.echo(f"{_CLEAR_LINE}Reading: {done:,} of {of:,} pages", nl=False, err=True)
        if done + _MANY >= of:
            click.echo(_CLEAR_LINE, nl=False, err=True)

    return said
