"""What can be read in a file of any format, and a circle full of words that may not leave."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import msgspec
import pypdf

from builders.circles import DAY, a_circle, a_moment, crowd
from kinship.journal.kinds import Kind
from kinship.journal.model import Circle, Direction, Moment, Status
from kinship.snapshot import Format


def secretive(word: str, day: int, count: int = 14) -> Circle:
    """Return a circle whose names, notes, own words and strain all hold `word`, and whose days are `day` of a month.

    One more is marked no contact. Two such circles differ only in what careful sharing keeps at home.
    """
    bonds = []
    for index, bond in enumerate(crowd(count).bonds):
        alter = msgspec.structs.replace(
            bond.alter,
            name=f"{word} {index}",
            aliases=(f"{word} alias",),
            notes=f"{word} note",
            pronouns=f"{word} pronoun",
            birthday=f"1970-01-{day:02}",
        )
        moment = msgspec.structs.replace(a_moment(alter.id), day=DAY.replace(day=day), entry=word)
        strained = Moment(
            id=word, day=moment.day, alter=alter.id, direction=Direction.FROM_THEM, kind=Kind.STRAIN, subkind="drains"
        )
        bonds.append(
            msgspec.structs.replace(
                bond,
                alter=alter,
                status=Status.ACTIVE if index else Status.NO_CONTACT,
                sector=f"{word} lot" if index % 3 == 0 else bond.sector,
                gives={**bond.gives, f"practical.{word}": 2},
                strain={f"strain.{word}": 2} if day % 2 else {},
                moments=(moment, strained) if day % 2 else (moment,),
            )
        )
    circle = a_circle(*bonds, ties=tuple((f"a{index:03}", f"a{index + 1:03}") for index in range(count - 1)))
    return msgspec.structs.replace(circle, as_of=dt.date(DAY.year, DAY.month, day))


def readable(format_: Format, data: bytes) -> str:
    """Return every text that a file holds, what is packed or compressed in it included."""
    if format_ is Format.PDF:
        return _of_pdf(data)
    if format_ is Format.CSV:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [
                f"{one.filename} {one.comment!r} {one.extra!r} {archive.read(one).decode()}"
                for one in archive.infolist()
            ]
            return "\n".join(parts)
    return data.decode("utf-8" if format_ is not Format.PNG else "latin-1")


def _of_pdf(data: bytes) -> str:
    reader = pypdf.PdfReader(io.BytesIO(data))
    said = [data.decode("latin-1"), str(reader.metadata), *(page.extract_text() for page in reader.pages)]
    for number in range(1, len(reader.xref.get(0, {})) + 1):
        held = reader.get_object(number)
        said.append(str(held))
        if isinstance(held, pypdf.generic.StreamObject):
            said.append(held.get_data().decode("latin-1"))
    return "\n".join(said)
