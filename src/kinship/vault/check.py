"""Verifying: every frame of every segment, every key file; what is damaged, and as far as known what it held."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from kinship.ground.errors import Damaged, NewerVault
from kinship.vault import durable
from kinship.vault.backups import own_backups
from kinship.vault.fold import Fold, Whole, read_whole, segment_files
from kinship.vault.frame import read_frames
from kinship.vault.hybrid import COUNTER_BITS
from kinship.vault.identity import NAME, write_identity
from kinship.vault.log import FOLDER as LOG
from kinship.vault.records import ReadRecord
from kinship.vault.segment import HEADER_BYTES, Header, Kind, read_header
from kinship.vault.site import Site
from kinship.vault.slots import ENDING as KEY_ENDING
from kinship.vault.slots import FOLDER as KEYS
from kinship.vault.slots import read_slot

WHOLE = "whole"
DAMAGED = "damaged"
TAIL = "tail"
_SAYS = {
    "empty": "It is empty here: it may not have been downloaded yet.",
    "unreadable": "The system does not let it be read just now.",
    "short": "It was cut off before its first save.",
    "foreign": "It does not belong to this vault.",
    "newer": "A later kinship wrote it.",
    "other_key": "It was written under another key.",
    "damaged": "Its head is damaged, so that nothing in it can be read.",
}


class Checked(Struct, frozen=True):
    """What was found in one file."""

    file: str
    """Relative to the vault."""
    state: str
    """whole, tail, damaged, newer, other_key, foreign, empty, short or unreadable."""
    frames: int = 0
    """How many good ones were read."""
    device: str = ""
    began: str = ""
    """When its session began, ISO 8601 with offset."""
    lost: tuple[int, ...] = ()
    """Indices of frames that cannot be read."""
    told: tuple[str, ...] = ()
    """Sentences: what is wrong, and what it held as far as known."""


def check_vault_files(site: Site) -> Iterator[Checked]:
    """Yield what is found in each file of a vault, in order. Raises Damaged where the log cannot be listed."""
    yield _check_identity(site)
    for path in sorted((site.path / KEYS).glob(f"*{KEY_ENDING}")):
        yield _check_slot(path)
    files = segment_files(site.log)
    together, _ = read_whole(site.key, files)
    for path in files:
        found, unread = read_whole(site.key, [path])
        for why in unread.values():
            begun = why == "empty" and site.state.began_only(path.stem, path)
            yield Checked(f"{LOG}/{path.name}", WHOLE if begun else why, told=() if begun else (_SAYS[why],))
        for whole in found.values():
            yield _check_segment(site, path, whole, together[whole.name])


def _check_identity(site: Site) -> Checked:
    try:
        good = durable.read_regular(site.path / NAME) == write_identity(site.key)
    except OSError:
        good = False
    sentence = "It is damaged or gone; it follows from the key, and nothing is lost."
    return Checked(NAME, WHOLE) if good else Checked(NAME, DAMAGED, told=(sentence,))


def _check_slot(path: Path) -> Checked:
    name = f"{KEYS}/{path.name}"
    try:
        read_slot(path)
    except NewerVault as error:
        return Checked(name, "newer", told=(error.message,))
    except Damaged:
        return Checked(name, DAMAGED, told=("It opens nothing any more; another passphrase or the sheet does.",))
    return Checked(name, WHOLE)


def _check_segment(site: Site, path: Path, whole: Whole, together: Whole) -> Checked:
    lost = _gaps(whole)
    state = DAMAGED if whole.damaged else TAIL if whole.tail else WHOLE
    return Checked(
        f"{LOG}/{path.name}",
        state,
        frames=whole.view.frames - len(lost),
        device=whole.device,
        began=whole.opening.at if whole.opening is not None else "",
        lost=lost,
        told=tuple(_what_it_held(site, path, whole, together)) if state != WHOLE else (),
    )


def _gaps(whole: Whole) -> tuple[int, ...]:
    return tuple(index for index in range(whole.view.frames) if whole.view.tag(index) is None)


def _what_it_held(site: Site, path: Path, whole: Whole, together: Whole) -> Iterator[str]:
    lost = _gaps(whole)
    if lost:
        number = f"{len(lost)} part{'s' * (len(lost) > 1)}"
        yield f"{number} of {len(lost) + _read(whole)} cannot be read (frame {', '.join(map(str, lost))})."
        yield from _between(site, path, lost)
        missing = set(lost) & set(_gaps(together))
        if not missing:
            yield "Another copy of this session in the folder holds it: nothing is lost."
        else:
            yield from _elsewhere(site, whole.name, max(missing))
    elif whole.view.forked:
        yield "A session went on twice from one point; both ways on are read."
    elif whole.spoilt or whole.closed:
        yield "It holds foreign bytes beside its saves; every save is read."
    if whole.tail and not whole.closed:
        yield "Its end was cut off: what stood there was never acknowledged, or has not arrived."


def _read(whole: Whole) -> int:
    return whole.view.frames - len(_gaps(whole))


class _Span(Struct):
    """What one frame tells of itself."""

    first: int
    last: int
    tables: frozenset[str]


def _spans(site: Site, path: Path) -> dict[int, _Span]:
    """Return for each good frame with operations the first and last of their clocks, and their tables."""
    data = durable.read_regular(path)
    header = read_header(site.key, Kind.LOG, data)
    spans: dict[int, _Span] = {}
    if not isinstance(header, Header):
        return spans
    for frame in read_frames(header.cipher, data, HEADER_BYTES, 0):
        try:
            record = msgspec.json.decode(frame.record, type=ReadRecord)
        except msgspec.DecodeError:
            continue
        clocks = [operation.h for operation in record.ops]
        if clocks:
            spans[frame.number] = _Span(min(clocks), max(clocks), frozenset(one.t for one in record.ops))
    return spans


def _between(site: Site, path: Path, lost: tuple[int, ...]) -> Iterator[str]:
    spans = _spans(site, path)
    before = [span for index, span in spans.items() if index < lost[0]]
    after = [span for index, span in spans.items() if index > lost[-1]]
    since = f"after {_moment(site, before[-1].last)}" if before else ""
    until = f"before {_moment(site, after[0].first)}" if after else ""
    when = " and ".join(part for part in (since, until) if part)
    if when:
        yield f"It was saved {when}."
    near = sorted({table for span in (*before[-1:], *after[:1]) for table in span.tables})
    if near:
        yield f"Saved just beside it: {', '.join(near)}."


def _moment(site: Site, clock: int) -> str:
    at = dt.datetime.fromtimestamp((clock >> COUNTER_BITS) / 1000, site.clock.now().tzinfo)
    return at.isoformat(sep=" ", timespec="minutes")


def _elsewhere(site: Site, segment: str, index: int) -> Iterator[str]:
    for backup in own_backups(site):
        found, _ = read_whole(site.key, segment_files(backup.path / LOG))
        fold = Fold()
        for whole in found.values():
            if not whole.damaged:
                fold.take(whole)
        if fold.replaces.get(segment, 0) > index:
            yield f"The backup {backup.path.name} was made when it could be read: kinship restore {backup.path.name}"
            return
    yield "No backup on this computer holds it; another device or its syncer's older versions may."
