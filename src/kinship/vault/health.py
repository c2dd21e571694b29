"""What a person should know about the files of a vault: damage, tails, what has not arrived, what is foreign."""

from __future__ import annotations

from collections.abc import Iterator

from kinship.vault.absent import absences, count, has_tail, is_placeholder
from kinship.vault.log import FOLDER, File, Log, Seen
from kinship.vault.segment import Unread
from kinship.vault.state import LocalState
from kinship.vault.values import Notice
from kinship.vault.view import SegmentView


def notices(log: Log, marks: dict[str, Seen], mine: frozenset[str], state: LocalState) -> Iterator[Notice]:
    """Yield what is to be said of `log`.

    `marks` is how far this computer had read it before, `mine` the segment it is writing, which is not read, and
    `state` remembers which computer this is, who wrote what, and which sessions began here.
    """
    for name, file in log.files.items():
        if not _is_only_begun(log, name, file, state):
            yield from _of_file(log, name, file)
    for view in log.segments.values():
        yield from _of_segment(view)
    yield from absences(log, marks, mine, state.marks)
    if log.strange:
        sentence = f"{count(log.strange, 'record')} of a later kinship cannot be understood; nothing of it is lost."
        yield Notice("newer", FOLDER, sentence)


def _is_only_begun(log: Log, name: str, file: File, state: LocalState) -> bool:
    """Whether a file is the segment of a session of this computer that has not saved anything: nothing is missing."""
    empty = isinstance(file.header, Unread) and file.header.why == "empty"
    path = log.folder / name
    return empty and path.stem not in log.witnessed and state.began_only(path.stem, path)


def _of_file(log: Log, name: str, file: File) -> Iterator[Notice]:
    where = f"{FOLDER}/{name}"
    if isinstance(file.header, Unread):
        what, sentence = _UNREAD["empty" if is_placeholder(name, file) else file.header.why]
        yield Notice(what, where, sentence)
        return
    view = log.segments[file.header.name]
    if has_tail(file) and view.frames <= file.frames:
        yield Notice("tail", where, "The end of a writing session was cut off before it was saved; the rest is here.")
    elif file.spoilt and not view.lost() and not view.unfinished:
        yield Notice("damaged", where, "This file holds foreign bytes between its saves; every save is here.")


def _of_segment(view: SegmentView) -> Iterator[Notice]:
    where = f"{FOLDER}/{view.name}"
    lost = len(view.lost())
    if lost:
        yield Notice("damaged", where, f"{count(lost, 'part')} of a writing session cannot be read; the rest is here.")
    if view.unfinished:
        yield Notice("tail", where, "The last save of a writing session is not whole and was left out.")
    if view.forked:
        yield Notice("forked", where, "A writing session went on twice from one point; both are kept.")


_UNREAD = {
    "empty": ("missing", "This file is empty here: it may not have been downloaded yet."),
    "unreadable": ("missing", "This file cannot be read just now; it is tried again."),
    "short": ("tail", "This writing session was cut off before its first save."),
    "foreign": ("foreign", "This file does not belong to this vault and is left alone."),
    "newer": ("newer", "This writing session was written by a later kinship; install the newest version to read it."),
    "other_key": ("other_key", "This writing session was written under another key and cannot be read."),
    "damaged": ("damaged", "The head of this writing session is damaged; it cannot be read."),
}
