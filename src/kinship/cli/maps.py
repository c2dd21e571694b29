"""`kinship map`: the support map as text, as a list, or as a file for others."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec

from kinship.cli.days import day as a_day
from kinship.cli.invocation import Invocation
from kinship.cli.opening import open_journal
from kinship.cli.options import example, output_options, vault_options
from kinship.cli.output import on_terminal, remark, say, say_bytes
from kinship.journal.kinds import Kind
from kinship.journal.model import Circle
from kinship.snapshot.share import CAREFUL, ON_SCREEN, STRUCTURE_WARNING, NamesMode, Share

if TYPE_CHECKING:
    from kinship.journal.journal import Journal

FORMATS = ("text", "list", "svg", "json")
READ_BY_PEOPLE = ("text", "list")
_PIPE_SIZE = (80, 40)


@click.command(
    "map",
    epilog=example("kinship map", "kinship map --as-of 2026-01-01 --format svg --output circle.svg --names initials"),
)
@click.option("--as-of", type=a_day, metavar="DAY", help="The map of this day; today when left out.")
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), help="Only who gives this (or strains).")
@click.option("--format", "form", type=click.Choice(FORMATS), help="text unless --output ends in another.")
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
    form: str | None,
    output: str | None,
    names: str | None,
    force: bool,
) -> int:
    """Draw the support map, or write it to a file.

    On a terminal, text and list show full names; everywhere else nobody is named unless --names says so.
    """
    file = Path(output) if output not in (None, "-") else None
    form = form or _form(invocation, file)
    shown = form in READ_BY_PEOPLE and file is None and on_terminal()
    share = _share(names, shown=shown)
    if file is not None:
        from kinship.snapshot.export import check_export

        check_export(file, force=force)
    with open_journal(invocation) as opened:
        journal = opened.journal
        day = as_of if as_of is not None else journal.today()
        data = render(journal, day, form, share, kind=Kind(kind) if kind is not None else None)
        if file is not None:
            from kinship.snapshot.export import write_export

            write_export(file, data, force=force)
            remark(f"The map is in {file}. {STRUCTURE_WARNING}")
        elif form in READ_BY_PEOPLE:
            say(data.decode().rstrip("\n"))
        else:
            say_bytes(data)
        return opened.reading_code


def render(journal: Journal, day: dt.date, form: str, share: Share, *, kind: Kind | None = None) -> bytes:
    """Return the map of `day` in one of FORMATS, as far as `share` lets it out."""
    from kinship.circle.layout import lay_out
    from kinship.snapshot.careful import careful

    seed = journal.vault.id
    circle = careful(journal.circle.as_of(day), share, seed)
    layout = lay_out(circle)
    if kind is not None:
        circle = only(circle, kind)
    if form == "json":
        from kinship.snapshot.table import map_json

        return map_json(circle, share=share, seed=seed)
    if form == "list":
        from kinship.circle.sentences import the_map_in_words

        return _lines(*the_map_in_words(circle))
    if form == "svg":
        from kinship.snapshot.drawing import drawing
        from kinship.snapshot.svg import svg

        return svg(drawing(circle, layout, share=share))
    from kinship.circle.cellmap import draw_cells

    return _lines(draw_cells(layout, circle, *_size()).text)


def only(circle: Circle, kind: Kind) -> Circle:
    """Return the circle with those alone who give `kind`, or who strain."""
    from kinship.circle.support import kinds_given, strained

    kept = [bond for bond in circle.bonds if (strained(bond) if kind is Kind.STRAIN else kind in kinds_given(bond))]
    ids = {bond.alter.id for bond in kept}
    ties = tuple(tie for tie in circle.ties if tie.a in ids and tie.b in ids)
    return Circle(as_of=circle.as_of, bonds=tuple(kept), ties=ties)


def _share(names: str | None, *, shown: bool) -> Share:
    base = ON_SCREEN if shown else CAREFUL
    return msgspec.structs.replace(base, names=NamesMode(names)) if names is not None else base


def _form(invocation: Invocation, file: Path | None) -> str:
    if invocation.json:
        return "json"
    ending = file.suffix.removeprefix(".").lower() if file is not None else ""
    if ending in FORMATS:
        return ending
    return "list" if invocation.plain else "text"


def _size() -> tuple[int, int]:
    """Return columns and rows for the drawing: those of the terminal less a line for the prompt, else 80 by 40."""
    if not on_terminal():
        return _PIPE_SIZE
    columns, rows = shutil.get_terminal_size(_PIPE_SIZE)
    return columns, rows - 1


def _lines(*lines: str) -> bytes:
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")
