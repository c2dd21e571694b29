"""The one door out: a circle, a format and a choice of what leaves; bytes, a preview of them, and the file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path

from kinship.circle.layout import lay_out
from kinship.circle.sentences import known_by
from kinship.journal.model import AlterId, Circle, Status
from kinship.privacy.files import replace_private
from kinship.privacy.text import visible
from kinship.snapshot.careful import careful
from kinship.snapshot.drawing import TITLE, drawing
from kinship.snapshot.map_json import map_json
from kinship.snapshot.plain import listing, text
from kinship.snapshot.share import CAREFUL, STRUCTURE_WARNING, NamesMode, Share, machine_date, told_date
from kinship.snapshot.svg import svg
from kinship.snapshot.words import line_of


class Format(StrEnum):
    """What a map can be written as."""

    SVG = "svg"
    JSON = "json"
    TEXT = "text"
    LIST = "list"

    @property
    def ending(self) -> str:
        """The ending of its files, with the dot."""
        return _ENDINGS[self]


_ENDINGS = {Format.SVG: ".svg", Format.JSON: ".json", Format.TEXT: ".txt", Format.LIST: ".txt"}

_NAMES_SAID = {
    NamesMode.NONE: "Names stay here: each person has a code, the same one in every export.",
    NamesMode.ROLES: 'Names stay here: people are called by what they are, such as "friend 2".',
    NamesMode.INITIALS: "Initials leave, whole names stay here.",
    NamesMode.FULL: "Names leave, as you wrote them.",
}


def render(
    circle: Circle,
    format_: Format,
    *,
    share: Share = CAREFUL,
    seed: str,
    order: Sequence[AlterId] = (),
    width: int = 100,
    height: int = 36,
    title: str = TITLE,
) -> bytes:
    """Return the map in a format, as far as `share` lets it out: UTF-8 bytes, the same each time.

    `seed` makes the codes and is the vault's id, `order` (of `order_of_coming`) keeps numbers as they were; `width` and
    `height` are cells, for the text drawing only.
    """
    seen = careful(circle, share, seed, order)
    match format_:
        case Format.SVG:
            return svg(drawing(seen, lay_out(seen), share=share, title=title))
        case Format.JSON:
            return map_json(seen, share=share, seed=seed)
        case Format.TEXT:
            return text(seen, share=share, width=width, height=height).encode("utf-8", "replace")
        case Format.LIST:
            return listing(seen, share=share).encode("utf-8", "replace")


def preview(
    circle: Circle, share: Share, *, seed: str, order: Sequence[AlterId] = (), format_: Format | None = None
) -> tuple[str, ...]:
    """Return what leaves, line by line: the rules, an empty line, then everybody as a reader will know them.

    Without a format it is what leaves at most in any.
    """
    seen = careful(circle, share, seed, order)
    rules = [*_rules(circle, share)]
    if format_ in {Format.JSON, None}:
        rules.append("How strong ties and support are leaves as numbers from 1 to 3.")
    people = (line_of(bond, knows=known_by(bond, seen)) for bond in seen.bonds)
    return tuple(visible(line) for line in (*rules, STRUCTURE_WARNING, "", *people))


def write_export(path: Path, data: bytes, *, force: bool = False) -> None:
    """Write `data` whole to `path`, readable by its owner only.

    Raises Refused where something is there already (unless `force`) or is no plain file, NotSaved where the disk
    refuses; nothing that was there is touched then.
    """
    replace_private(path, data, force=force)


def file_name(as_of: dt.date, format_: Format, share: Share = CAREFUL) -> str:
    """Return the name an export is offered under: support-map-2026-11.svg."""
    return f"support-map-{machine_date(as_of, share)}{format_.ending}"


def _rules(circle: Circle, share: Share) -> Iterator[str]:
    away = sum(bond.status is Status.NO_CONTACT for bond in circle.bonds)
    yield _NAMES_SAID[share.names]
    if share.names is not NamesMode.FULL:
        yield "Professionals and groups go unnamed, circles in your own words numbered."
    yield f"The date leaves as {told_date(circle.as_of, share)}."
    stays = [word for word, leaves in (("notes", share.notes), ("strain", share.strain)) if not leaves]
    if stays:
        yield f"{' and '.join(stays).capitalize()} stay here."
    if share.notes and share.names is NamesMode.FULL:
        yield "Notes, other names, pronouns and birthdays leave in a JSON file."
    if share.moments:
        yield "Each moment leaves with its date in a JSON file."
    if away and not share.no_contact:
        yield f"{away} marked no contact {'is' if away == 1 else 'are'} left out."
