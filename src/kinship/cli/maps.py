"""`kinship map`: the support map as text, as a list, or as a file for others."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from kinship.circle.glyphs import SETS, Glyphs
from kinship.circle.support import kinds_given, strained
from kinship.cli.days import day as a_day
from kinship.cli.invocation import Invocation
from kinship.cli.opening import open_journal
from kinship.cli.options import example, output_options, vault_options
from kinship.cli.output import on_terminal, remark, say
from kinship.cli.taking import READABLE, names_may_leave, say_taken, seal_options, take, target_of
from kinship.ground.errors import Misused
from kinship.ground.settings import read_settings
from kinship.journal.kinds import Kind
from kinship.journal.model import Circle
from kinship.privacy.folders import check_folder, write_folder
from kinship.snapshot.export import Format, Look, Paper, Style, files_of, missing_letters, render, what_leaves
from kinship.snapshot.keeping import Leaving, leaving_now, leaving_of
from kinship.snapshot.sealing import ENDING as SEALED
from kinship.snapshot.share import CAREFUL, ON_SCREEN, STRUCTURE_WARNING, NamesMode, Share

if TYPE_CHECKING:
    import datetime as dt

    from kinship.journal.journal import Journal

READ_BY_PEOPLE = (Format.TEXT, Format.LIST)
TICKS = ("strain", "notes", "days", "moments", "no-contact")
"""What leaves only where it is ticked."""
_ENDINGS = {form.ending: form for form in reversed(Format)}
_PIPE_SIZE = (80, 40)
_LEAST_ROWS = 16
_WORDS_ROWS = 8
"""Lines that heading, legend, footer and the next prompt take."""
_LEAST_PIXELS, _MOST_PIXELS = 200, 8000
_LEAST_CELLS, _MOST_CELLS = 20, 400


class Size(click.ParamType):  # type: ignore[type-arg]  # no generic at run time
    """Pixels across ("1600"), or columns and rows of a drawing in text ("100x40")."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        width, by, height = str(value).lower().partition("x")
        if not width.isdecimal() or (by and not height.isdecimal()):
            self.fail("a size is a number of pixels, as 1600, or columns and rows, as 100x40.", param, ctx)
        return int(width), int(height) if by else 0


@click.command(
    "map",
    epilog=example(
        "kinship map",
        "kinship map --as-of 2026-01-01 --output circle.svg --names initials",
        "kinship map --output circle.pdf --compare-to 'last May' --seal",
        "kinship map --format html --preview",
    ),
)
@click.option("--as-of", type=a_day, metavar="DAY", help="The map of this day; today when left out.")
@click.option("--snapshot", metavar="MAP", help="A kept map, by its id or title: kinship snapshots")
@click.option("--compare-to", type=a_day, metavar="DAY", help="Show in the picture what changed since this day.")
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), help="Only who gives this (or strains).")
@click.option(
    "--format",
    "wanted",
    type=click.Choice([form.value for form in Format]),
    help="text unless --output ends in another.",
)
@click.option("--output", type=click.Path(), metavar="FILE", help="Write a file; - is standard output.")
@click.option("--names", type=click.Choice([mode.value for mode in NamesMode]), help="How people are called.")
@click.option(
    "--include",
    type=click.Choice(TICKS),
    multiple=True,
    help="Let this leave too; may be said more than once. Notes only with --names full, in json and html.",
)
@click.option("--size", type=Size(), metavar="SIZE", help="Pixels across, or COLSxROWS of a drawing in text.")
@click.option("--page", type=click.Choice([paper.value for paper in Paper]), default="a4", help="The page of a PDF.")
@click.option("--style", type=click.Choice([style.value for style in Style]), help="The look of a picture.")
@click.option("--title", default="", metavar="WORDS", help="A title of your own for a picture.")
@click.option("--caption", default="", metavar="WORDS", help="A sentence of your own below the date of a picture.")
@click.option("--preview", is_flag=True, help="Say line by line what would leave, and write nothing.")
@click.option("--yes", is_flag=True, help="Let whole names go into a file without asking.")
@click.option("--force", is_flag=True, help="Replace the file if it is there.")
@seal_options
@output_options
@vault_options
@click.pass_obj
def draw_map(invocation: Invocation, /, **told: Any) -> int:
    """Draw the support map, or write it to a file.

    On a terminal, text and list show full names; everywhere else nobody is named unless --names says so, and strain,
    notes, exact days, single moments and people marked no contact stay here unless --include says so.
    """
    output: str | None = told["output"]
    form = _form(invocation, output, told["wanted"])
    to_file = output is not None and output != "-"
    shown = form in READ_BY_PEOPLE and not to_file and on_terminal() and not told["preview"]
    share = _share(told["names"], told["include"], shown=shown)
    _check(form, share, told, shown=shown, to_file=to_file)
    look = _look(invocation, form, told)
    sealing = {name: told[name] for name in ("seal", "seal_fd", "seal_to")}
    if told["preview"]:
        output, sealing = None, {}
    folder = _folder(form, output) if not any(sealing.values()) else None
    if folder is not None:
        check_folder(folder, force=told["force"])
    target = target_of(invocation, output if folder is None else None, force=told["force"], **sealing)
    with open_journal(invocation) as opened:
        journal = opened.journal
        leaving = _leaving(journal, told, share)
        before = None if told["compare_to"] is None else _only(journal.circle.as_of(told["compare_to"]), told["kind"])
        if told["preview"]:
            _preview(leaving, form, before, look)
            return opened.reading_code
        full = leaving.share.names is NamesMode.FULL
        place = target if folder is None else target._replace(path=folder)
        if full and not names_may_leave(place, yes=told["yes"]):
            remark("Nothing was written.")
            return opened.reading_code
        how = _how(leaving, before, look)
        for sentence in missing_letters(leaving.circle, form, **how):
            remark(sentence)
        if folder is not None:
            _take_folder(folder, leaving, force=told["force"])
        else:
            take(target, render(leaving.circle, form, **how))
        say_taken(target, "The map")
        if to_file:
            remark(STRUCTURE_WARNING)
        return opened.reading_code


def _leaving(journal: Journal, told: dict[str, Any], share: Share) -> Leaving:
    """Return the map that is meant, as far as it may leave."""
    if told["snapshot"]:
        kept = journal.find_snapshot(told["snapshot"])
        leaving = leaving_of(journal, kept, share, NamesMode(told["names"]) if told["names"] else None)
        return msgspec.structs.replace(leaving, circle=_only(leaving.circle, told["kind"]))
    day = told["as_of"] if told["as_of"] is not None else journal.today()
    return leaving_now(journal, _only(journal.circle.as_of(day), told["kind"]), share)


def _check(form: Format, share: Share, told: dict[str, Any], *, shown: bool, to_file: bool) -> None:
    """Raise Misused for what has no meaning together."""
    if told["kind"] == Kind.STRAIN and not shown and not share.strain:
        raise Misused("Who strains is shown on a terminal only.", "In a file or a pipe: --include strain")
    if form.binary and not to_file and on_terminal() and not told["preview"]:
        raise Misused(f"{form.value} is no text for a terminal.", "Say --output FILE.")
    if told["snapshot"] and (told["as_of"] or told["compare_to"]):
        raise Misused("A kept map has its own day.", "Two kept maps: kinship snapshots compare")


def _folder(form: Format, output: str | None) -> Path | None:
    """Return the folder that a set of tables goes into: where a path is named that ends in no .zip."""
    if not form.several or output in (None, "-") or Path(str(output)).suffix.lower() == form.ending:
        return None
    return Path(str(output)).expanduser()


def _take_folder(folder: Path, leaving: Leaving, *, force: bool) -> None:
    files = files_of(leaving.circle, share=leaving.share, seed=leaving.seed, order=leaving.order)
    write_folder(folder, files, force=force)
    remark(f"The map is in {folder}, as {len(files)} tables. {READABLE}")


def _how(leaving: Leaving, before: Circle | None, look: Look) -> dict[str, Any]:
    """Return what `render`, `what_leaves` and `missing_letters` are told alike."""
    return {"share": leaving.share, "seed": leaving.seed, "order": leaving.order, "before": before, "look": look}


def map_of(invocation: Invocation, journal: Journal, day: dt.date, form: Format, share: Share) -> bytes:
    """Return the map of `day` in a format, as large as standard output has room for."""
    columns, rows = _size()
    look = Look(columns=columns, rows=rows, glyphs=_glyphs(invocation))
    leaving = leaving_now(journal, journal.circle.as_of(day), share)
    return render(leaving.circle, form, **_how(leaving, None, look))


def _preview(leaving: Leaving, form: Format, before: Circle | None, look: Look) -> None:
    """Print what would leave: names are in it only where they would leave."""
    told = what_leaves(leaving.circle, form, **_how(leaving, before, look))
    for line in (*told.rules, "", *told.lines):
        say(line)


def _only(circle: Circle, kind: str | None) -> Circle:
    return only(circle, Kind(kind)) if kind is not None else circle


def only(circle: Circle, kind: Kind) -> Circle:
    """Return the circle with those alone who give `kind`, or who strain."""
    kept = [bond for bond in circle.bonds if (strained(bond) if kind is Kind.STRAIN else kind in kinds_given(bond))]
    ids = {bond.alter.id for bond in kept}
    ties = tuple(tie for tie in circle.ties if tie.a in ids and tie.b in ids)
    return Circle(as_of=circle.as_of, bonds=tuple(kept), ties=ties)


def _share(names: str | None, ticks: tuple[str, ...], *, shown: bool) -> Share:
    base = ON_SCREEN if shown else CAREFUL
    ticked = {
        "strain": "strain", "notes": "notes", "days": "exact_dates", "moments": "moments", "no-contact": "no_contact",
    }  # fmt: skip
    chosen = {ticked[one]: True for one in ticks}
    share = msgspec.structs.replace(base, **chosen)
    share = msgspec.structs.replace(share, names=NamesMode(names)) if names is not None else share
    if share.notes and share.names is not NamesMode.FULL:
        raise Misused("Notes leave only together with whole names.", "Say --names full too.")
    return share


def _form(invocation: Invocation, output: str | None, wanted: str | None) -> Format:
    if wanted is not None:
        return Format(wanted)
    if invocation.json:
        return Format.JSON
    path = Path(output) if output is not None else Path()
    ending = (path.with_suffix("") if path.suffix == SEALED else path).suffix.lower()
    found = _ENDINGS.get(ending)
    if found is not None and found not in READ_BY_PEOPLE:
        return found
    return Format.LIST if invocation.plain else Format.TEXT


def _look(invocation: Invocation, form: Format, told: dict[str, Any]) -> Look:
    """Return how the file looks. Raises Misused for a size that the format cannot have."""
    look = Look(
        style=Style(told["style"]) if told["style"] else None,
        paper=Paper(told["page"]),
        caption=told["caption"],
        glyphs=_glyphs(invocation),
    )
    if told["title"]:
        look = msgspec.structs.replace(look, title=told["title"])
    columns, rows = _size()
    size: tuple[int, int] | None = told["size"]
    if size is None:
        return msgspec.structs.replace(look, columns=columns, rows=rows)
    across, down = size
    if form is Format.TEXT:
        if not down or not (_LEAST_CELLS <= across <= _MOST_CELLS and _LEAST_CELLS // 2 <= down <= _MOST_CELLS):
            raise Misused("A drawing in text has columns and rows, as 100x40, up to 400 of each.")
        return msgspec.structs.replace(look, columns=across, rows=down)
    if form not in {Format.PNG, Format.SVG} or down or not _LEAST_PIXELS <= across <= _MOST_PIXELS:
        raise Misused("A size in pixels, 200 to 8000, is for png and svg; columns and rows are for text.")
    return msgspec.structs.replace(look, width=across)


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
