"""What the sharing of the map shares, the words of its choices, and how every file that leaves is made."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from kinship.ground.errors import KinshipError, NotFound
from kinship.journal.model import AlterId, Circle
from kinship.snapshot.export import Format, Look, Paper, Style, missing_letters, render, what_leaves
from kinship.snapshot.kept import compared_circles, names_of, seed_for, thawed, title_of
from kinship.snapshot.names import order_of_coming
from kinship.snapshot.preview import Leaves
from kinship.snapshot.sealing import seal_beside
from kinship.snapshot.share import NamesMode, Share
from kinship.tui.circle_modes import told
from kinship.tui.navigation import TODAYS, ExportRequested

if TYPE_CHECKING:
    from kinship.journal.journal import Journal

FORMATS = (
    (Format.SVG.value, "SVG"), (Format.PNG.value, "PNG"), (Format.PDF.value, "PDF"), (Format.HTML.value, "web page"),
    (Format.TEXT.value, "text"), (Format.LIST.value, "list"), (Format.CSV.value, "CSV"),
    (Format.GRAPHML.value, "GraphML"), (Format.JSON.value, "JSON"),
)  # fmt: skip
PICTURES = tuple(one for one in FORMATS if Format(one[0]).drawn)
ABOUT = {
    Format.SVG: "a picture that stays sharp at any size",
    Format.PNG: "a picture for a message",
    Format.PDF: "for paper: the picture, then everybody in a table",
    Format.HTML: "one page for a browser: picture, table, everybody",
    Format.TEXT: "the drawing in letters",
    Format.LIST: "everybody in sentences",
    Format.CSV: "tables as Network Canvas has them, in a zip",
    Format.GRAPHML: "for programs that know graphs",
    Format.JSON: "for programs, and to bring back: kinship import map",
}
NAMES = (
    (NamesMode.NONE.value, "codes"), (NamesMode.ROLES.value, "roles"), (NamesMode.INITIALS.value, "initials"),
    (NamesMode.FULL.value, "full names"),
)  # fmt: skip
TICKS = (
    ("exact_dates", "the day"), ("strain", "strain"), ("notes", "notes"), ("moments", "moments"),
    ("no_contact", "no contact"),
)  # fmt: skip
"""What leaves only where it is ticked: fields of `Share`."""
STYLES = (("", "usual"), (Style.LIGHT.value, "light"), (Style.DARK.value, "dark"), (Style.PRINT.value, "print"))
PAPERS = ((Paper.A4.value, "A4"), (Paper.LETTER.value, "Letter"))


class Subject(Struct, frozen=True):
    """The map that is shared: what it is called, it, an earlier one beside it, and how people may be called."""

    title: str
    circle: Circle
    before: Circle | None
    names: NamesMode | None
    """The only way there is, for a map that was kept so; None where all are open."""
    seed: str
    order: tuple[AlterId, ...]

    def __repr__(self) -> str:
        return f"Subject({len(self.circle.bonds)})"


class Chosen(Struct, frozen=True):
    """Everything that was chosen about a file, secrets and its place left out."""

    form: Format
    share: Share
    look: Look


def subject_of(journal: Journal, asked: ExportRequested) -> Subject:
    """Return what was asked for. Raises NotFound, Damaged, or Refused for two maps that cannot be put together."""
    order, seed = order_of_coming(journal.facts), journal.vault.id
    if asked.snapshot and asked.beside:
        sides = sorted((_side(journal, asked.snapshot), _side(journal, asked.beside)), key=lambda one: one[1].as_of)
        before, after = sides
        _, was, now = compared_circles(before[1:], after[1:], seed)
        mode = after[2] if before[2] is NamesMode.FULL else before[2]
        whole = mode is NamesMode.FULL
        title = f"{before[0]} and {after[0]}"
        return Subject(title, now, was, None if whole else mode, seed if whole else "", order)
    if asked.snapshot:
        kept = journal.snapshots.get(asked.snapshot)
        if kept is None:
            raise NotFound("This map is not kept any more.")
        mode = names_of(kept)
        only = None if mode is NamesMode.FULL else mode
        return Subject(title_of(kept), thawed(kept), None, only, seed_for(kept, seed), order)
    day = asked.day or journal.today()
    circle = journal.circle.as_of(day)
    if asked.since is not None:
        earlier, later = sorted((asked.since, day))
        title = f"{told(earlier)} and {told(later)}"
        return Subject(title, journal.circle.as_of(later), journal.circle.as_of(earlier), None, seed, order)
    return Subject("today" if asked.day is None else told(day), circle, None, None, seed, order)


def _side(journal: Journal, id_: str) -> tuple[str, Circle, NamesMode]:
    if id_ == TODAYS:
        return "today", journal.circle.as_of(journal.today()), NamesMode.FULL
    kept = journal.snapshots.get(id_)
    if kept is None:
        raise NotFound("This map is not kept any more.")
    return title_of(kept), thawed(kept), names_of(kept)


def leaves_of(subject: Subject, chosen: Chosen) -> tuple[Leaves, tuple[str, ...]]:
    """Return what would leave, and a sentence where letters would be missing. Raises as `render` does."""
    how: dict[str, Any] = {
        "share": chosen.share, "seed": subject.seed, "order": subject.order, "before": subject.before,
        "look": chosen.look,
    }  # fmt: skip
    leaves = what_leaves(subject.circle, chosen.form, **how)
    return leaves, missing_letters(subject.circle, chosen.form, **how)


def drawn(subject: Subject, chosen: Chosen) -> bytes:
    """Return the bytes of the map. Raises as `render` does."""
    return render(
        subject.circle, chosen.form, share=chosen.share, seed=subject.seed, order=subject.order,
        before=subject.before, look=chosen.look,
    )  # fmt: skip


def made(
    make: Callable[[], bytes],
    making: str,
    *,
    passphrase: str | None,
    recipients: tuple[str, ...],
    called_off: Callable[[], bool],
    step: Callable[[str], object],
) -> bytes | None:
    """Return the bytes of a file, sealed where that was chosen; None where it was called off. Tells each `step`."""
    step(making)
    data = make()
    if called_off():
        return None
    if passphrase is None and not recipients:
        return data
    step("Sealing …")
    return seal_beside(data, passphrase=passphrase, recipients=recipients, called_off=called_off)


def trouble_of(error: KinshipError) -> str:
    """Return an error as the screen says it: options of commands are no remedy here."""
    remedy = "" if "--" in error.remedy else error.remedy
    return f"{error.message} {remedy}".rstrip()
