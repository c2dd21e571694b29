"""`kinship map`: the support map as text, as a list, or as a file for others."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from kinship.circle.glyphs import SETS, Glyphs
from kinship.circle.support import kinds_given, strained
from kinship.cli.days import day as a_day
from kinship.cli.invocation import Invocation
from kinship.cli.opening import open_journal
from kinship.cli.options import example, output_options, vault_options
from kinship.cli.output import on_terminal, remark, say_bytes
from kinship.ground.errors import Misused
from kinship.ground.settings import read_settings
from kinship.journal.kinds import Kind
from kinship.journal.model import Circle
from kinship.privacy.files import check_replaceable
from kinship.snapshot.careful import careful
from kinship.snapshot.export import WRITTEN, Format, render, write_export
from kinship.snapshot.names import order_of_coming
from kinship.snapshot.plain import text
from kinship.snapshot.share import CAREFUL, ON_SCREEN, STRUCTURE_WARNING, NamesMode, Share

if TYPE_CHECKING:
    from kinship.journal.journal import Journal

READ_BY_PEOPLE = (Format.TEXT, Format.LIST)
_PIPE_SIZE = (80, 40)
_LEAST_ROWS = 16
_WORDS_ROWS = 8
"""Lines that heading, legend, footer and the next prompt take."""


@click.command(
    "map",
    epilog=example("kinship map", "kinship map --as-of 2026-01-01 --format svg --output circle.svg --names initials"),
)
@click.option("--as-of", type=a_day, metavar="DAY", help="The map of this day; today when left out.")
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), help="Only who gives this (or strains).")
@click.option(
    "--format",
    "wanted",
    type=click.Choice([form.value for form in WRITTEN]),
    help="text unless --output ends in another.",
)
@click.option("--output", type=click.Path(), metavar="FILE", help="Write a file; - is standard output.")
@click.option("--names", type=click.Choice([mode.value for mode in NamesMode]), help="How people are called.")
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
@output_options
@vault_options
@click.pass_obj
def draw_map(
    invocation: Invocation,
    *,
    as_of: dt.date | None,
    kind: str | None,
    wanted: str | None,
    output: str | None,
    names: str | None,
    force: bool,
) -> int:
    """Draw the support map, or write it to a file.

    On a terminal, text and list show full names; everywhere else nobody is named unless --names says so.
    """
    file = Path(output) if output not in (None, "-") else None
    form = Format(wanted) if wanted is not None else _form(invocation, file)
    shown = form in READ_BY_PEOPLE and file is None and on_terminal()
    if kind == Kind.STRAIN and not shown:
        raise Misused("Who strains is shown on a terminal only; strain never leaves in a file or a pipe.")
    share = _share(names, shown=shown)
    if file is not None:
        check_replaceable(file, force=force)
    with open_journal(invocation) as opened:
        journal = opened.journal
        day = as_of if as_of is not None else journal.today()
        data = map_of(invocation, journal, day, form, share, kind=Kind(kind) if kind is not None else None)
        if file is None:
            say_bytes(data)
        else:
            write_export(file, data, force=force)
            remark(f"The map is in {file}. {STRUCTURE_WARNING}")
        return opened.reading_code


def map_of(
    invocation: Invocation, journal: Journal, day: dt.date, form: Format, share: Share, *, kind: Kind | None = None
) -> bytes:
    """Return the map of `day` in a format, as far as `share` lets it out; with `kind`, of those alone who give it."""
    whole = journal.circle.as_of(day)
    circle = whole if kind is None else only(whole, kind)
    seed, order = journal.vault.id, order_of_coming(journal.facts)
    if form is not Format.TEXT:
        return render(circle, form, share=share, seed=seed, order=order)
    columns, rows = _size()
    seen = careful(circle, share, seed, order)
    return text(seen, share=share, width=columns, height=rows, glyphs=_glyphs(invocation)).encode("utf-8", "replace")


def only(circle: Circle, kind: Kind) -> Circle:
    """Return the circle with those alone who give `kind`, or who strain."""
    kept = [bond for bond in circle.bonds if (strained(bond) if kind is Kind.STRAIN else kind in kinds_given(bond))]
    ids = {bond.alter.id for bond in kept}
    ties = tuple(tie for tie in circle.ties if tie.a in ids and tie.b in ids)
    return Circle(as_of=circle.as_of, bonds=tuple(kept), ties=ties)


def _share(names: str | None, *, shown: bool) -> Share:
    base = ON_SCREEN if shown else CAREFUL
    return msgspec.structs.replace(base, names=NamesMode(names)) if names is not None else base


def _form(invocation: Invocation, file: Path | None) -> Format:
    if invocation.json:
        return Format.JSON
    ending = file.suffix.lower() if file is not None else ""
    for form in (Format.SVG, Format.JSON):
        if form.ending == ending:
            return form
    return Format.LIST if invocation.plain else Format.TEXT


def _glyphs(invocation: Invocation) -> Glyphs:
    """Return the signs that the settings ask for; the plain ones where standard output cannot write others."""
    chosen = read_settings(invocation.surroundings.places.settings_file).glyphs
    return SETS[chosen if (sys.stdout.encoding or "").lower().startswith("utf") else "ascii"]


def _size() -> tuple[int, int]:
    """Return columns and rows for the drawing: what the terminal has beside heading and legend, else 80 by 40."""
    if not on_terminal():
        return _PIPE_SIZE
    columns, rows = shutil.get_terminal_size(_PIPE_SIZE)
    return columns, max(_LEAST_ROWS, rows - _WORDS_ROWS)
