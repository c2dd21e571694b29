"""The map as CSV files in the shape of a Network Canvas export: who is there by type, who knows whom, and the ego.

RFC 4180 with CRLF; true and false in small letters; an empty cell is a missing value. A text that a spreadsheet would
take for a formula begins with an apostrophe, as Network Canvas writes it.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence

from kinship.journal.model import AlterId, AlterKind, AlterTie, Bond, Circle
from kinship.privacy.text import visible
from kinship.snapshot.attributes import Value, attributes, code_of, depends_on_marks, is_marked
from kinship.snapshot.share import FOOTER, Share, machine_date

EGO = (
    "networkCanvasEgoUUID",
    "networkCanvasCaseID",
    "networkCanvasSessionID",
    "networkCanvasProtocolName",
    "sessionStart",
    "sessionFinish",
    "sessionExported",
    "APP_VERSION",
    "COMMIT_HASH",
)
NODE = ("nodeID", "networkCanvasEgoUUID", "networkCanvasUUID")
EDGE = (
    "edgeID",
    "from",
    "to",
    "networkCanvasEgoUUID",
    "networkCanvasUUID",
    "networkCanvasSourceUUID",
    "networkCanvasTargetUUID",
)
TYPES = {
    AlterKind.PERSON: "Person",
    AlterKind.PROFESSIONAL: "Professional",
    AlterKind.GROUP: "Group",
    AlterKind.PLACE: "Place",
    AlterKind.ONLINE: "Online",
    AlterKind.PET: "Pet",
    AlterKind.PRACTICE: "Practice",
}
KNOWS, MEMBER_OF = "knows", "memberOf"

_FORMULA = re.compile(r"^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]")
_CASE = "kinship"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip can hold: when the files were made is nobody's business."""


def csv_set(circle: Circle, *, share: Share, seed: str) -> dict[str, bytes]:
    """Return the files of a circle that has passed `careful`, by name; the same bytes for the same circle."""
    prefix = f"{_CASE}_{machine_date(circle.as_of, share)}"
    ego = code_of("ego", seed)
    numbers = {bond.alter.id: number for number, bond in enumerate(circle.bonds, 1)}
    files = {f"{prefix}_ego.csv": _table((*EGO, "names", "note"), [_ego(circle, share, seed)])}
    for kind, name in TYPES.items():
        bonds = [bond for bond in circle.bonds if bond.alter.kind is kind]
        if bonds or kind is AlterKind.PERSON:
            files[f"{prefix}_attributeList_{name}.csv"] = _people(bonds, numbers, share, seed, ego)
    for member, name in ((False, KNOWS), (True, MEMBER_OF)):
        ties = sorted(
            (tie for tie in circle.ties if tie.member is member), key=lambda tie: (numbers[tie.a], numbers[tie.b])
        )
        if ties or not member:
            files[f"{prefix}_edgeList_{name}.csv"] = _ties(ties, numbers, seed, ego, name)
    return files


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return files as one zip that says neither when nor by whom it was made: the same bytes for the same files."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, _LONG_AGO), files[name])
    return held.getvalue()


def _ego(circle: Circle, share: Share, seed: str) -> Sequence[Value]:
    day = f"{circle.as_of.isoformat()}T00:00:00.000Z"
    session = code_of(f"session {machine_date(circle.as_of, share)}", seed)
    return (code_of("ego", seed), _CASE, session, "support map", day, day, "", _CASE, "", share.names.value, FOOTER)


def _people(bonds: Iterable[Bond], numbers: Mapping[AlterId, int], share: Share, seed: str, ego: str) -> bytes:
    rows: list[Sequence[Value]] = []
    columns: Sequence[str] = ("name",)
    for bond in bonds:
        told = {key: value for key, value in attributes(bond, share).items() if key != "marked"}
        columns, marked = tuple(told), is_marked(bond)
        said = ("" if depends_on_marks(key) and not marked else value for key, value in told.items())
        rows.append((numbers[bond.alter.id], ego, code_of(bond.alter.id, seed), *said))
    return _table((*NODE, *columns), rows)


def _ties(ties: Iterable[AlterTie], numbers: Mapping[AlterId, int], seed: str, ego: str, name: str) -> bytes:
    rows: list[Sequence[Value]] = []
    for number, tie in enumerate(ties, 1):
        one, other = code_of(tie.a, seed), code_of(tie.b, seed)
        own = code_of(f"{name} {tie.a} {tie.b}", seed)
        rows.append((number, numbers[tie.a], numbers[tie.b], ego, own, one, other, tie.strength))
    return _table((*EDGE, "strength"), rows)


def _table(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8", "replace")


def _cell(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    text = visible(value).replace("\n", " ")
    return f"'{text}" if _FORMULA.match(text) else text
