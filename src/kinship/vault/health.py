"""What a person should know about the files of a vault: damage, tails, what has not arrived, what is foreign."""

from __future__ import annotations

from collections.abc import Iterator

from kinship.vault.log import FOLDER, File, Log, Seen
from kinship.vault.segment import Unread
from kinship.vault.values import Notice
from kinship.vault.view import SegmentView


def notices(log: Log, marks: dict[str, Seen], mine: frozenset[str]) -> Iterator[Notice]:
    """Yield what is to be said of `log`.

    `marks` is what this computer remembers to have read, `mine` the segment it is writing, which is not read.
    """
    for name, file in log.files.items():
        yield from _of_file(log, name, file)
    for view in log.segments.values():
        yield from _of_segment(view)
    expected = dict(marks)
    for segment, seen in log.witnessed.items():
        expected[segment] = max(seen, expected.get(segment, (0, "")))
    for segment in sorted(expected.keys() - mine):
        yield from _against(log, segment, expected[segment])
    if log.strange:
        sentence = f"{_count(log.strange, 'record')} of a later kinship cannot be understood; nothing of it is lost."
        yield Notice("newer", FOLDER, sentence)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _of_file(log: Log, name: str, file: File) -> Iterator[Notice]:
    where = f"{FOLDER}/{name}"
    if isinstance(file.header, Unread):
        what, sentence = _UNREAD[file.header.why]
        yield Notice(what, where, sentence)
        return
    view = log.segments[file.header.name]
    if _has_tail(file) and view.frames <= file.frames:
        yield Notice("tail", where, "The end of a writing session was cut off before it was saved; the rest is here.")
    elif file.spoilt and not view.lost():
        yield Notice("damaged", where, "This file holds foreign bytes between its saves; every save is here.")


def _has_tail(file: File) -> bool:
    return file.stamp is not None and file.stamp.size > file.end


def _of_segment(view: SegmentView) -> Iterator[Notice]:
    where = f"{FOLDER}/{view.name}"
    lost = len(view.lost())
    if lost:
        yield Notice("damaged", where, f"{_count(lost, 'part')} of a writing session cannot be read; the rest is here.")
    if view.unfinished:
        yield Notice("tail", where, "The last save of a writing session is not whole and was left out.")
    if view.forked:
        yield Notice("forked", where, "A writing session went on twice from one point; both are kept.")


def _against(log: Log, segment: str, seen: Seen) -> Iterator[Notice]:
    frames, tag = seen
    view = log.segments.get(segment)
    where = f"{FOLDER}/{segment}"
    if view is None:
        if segment not in log.replaced:
            yield Notice(
                "missing", where, f"A writing session of {_count(frames, 'save')} has not arrived in the folder."
            )
        return
    have = view.settled[0]
    device = f" from {view.device}" if view.device else ""
    if have >= frames:
        if view.tag(frames - 1) not in (None, bytes.fromhex(tag)):
            yield Notice("damaged", where, f"A writing session{device} is not the one that was read before.")
    elif view.unfinished or any(_has_tail(file) for file in _copies(log, segment)):
        yield Notice(
            "damaged", where, f"{_count(frames - have, 'save')}{device} cannot be read any more; the rest is here."
        )
    else:
        yield Notice("missing", where, f"{_count(frames - have, 'save')}{device} have not arrived in the folder.")


def _copies(log: Log, segment: str) -> Iterator[File]:
    for file in log.files.values():
        if not isinstance(file.header, Unread) and file.header.name == segment:
            yield file


_UNREAD = {
    "empty": ("missing", "This file is empty here: it may not have been downloaded yet."),
    "unreadable": ("missing", "This file cannot be read just now; it is tried again."),
    "short": ("tail", "This writing session was cut off before its first save."),
    "foreign": ("foreign", "This file does not belong to this vault and is left alone."),
    "newer": ("newer", "This writing session was written by a later kinship; install the newest version to read it."),
    "other_key": ("other_key", "This writing session was written under another key and cannot be read."),
    "damaged": ("damaged", "The head of this writing session is damaged; it cannot be read."),
}
