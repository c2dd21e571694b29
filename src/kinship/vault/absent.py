"""What should lie in the log and does not: saves that have not arrived, a folder put back from an older copy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from kinship.vault.log import FOLDER, File, Log, Seen
from kinship.vault.records import Author
from kinship.vault.segment import Unread
from kinship.vault.state import Marks
from kinship.vault.values import Notice

_HERE = "this computer"
_SOMEWHERE = "another device"


def absences(log: Log, marks: dict[str, Seen], mine: frozenset[str], remembered: Marks) -> Iterator[Notice]:
    """Yield what a readable session or this computer's own memory bears witness to and the folder does not hold.

    `marks` is how far this computer had read each segment when the vault was opened; `mine` is not looked at.
    """
    late: Counter[str] = Counter()
    older: Counter[str] = Counter()
    elsewhere = " ".join(name for name, file in log.files.items() if is_placeholder(name, file))
    for segment in sorted((marks.keys() | log.witnessed.keys()) - mine):
        expected = max(marks.get(segment, (0, "")), log.witnessed.get(segment, (0, "")))
        view = log.segments.get(segment)
        if log.replaced.get(segment, 0) >= expected[0]:
            continue
        have = 0 if view is None else view.settled[0]
        if have >= expected[0]:
            yield from _altered(log, segment, expected)
        elif view is not None and (view.unfinished or any(has_tail(file) for file in _copies(log, segment))):
            told = count(expected[0] - have, "save")
            sentence = f"{told}{_from(view.device)} cannot be read any more; the rest is here."
            yield Notice("damaged", f"{FOLDER}/{segment}", sentence)
        else:
            gone = _gone(log, segment, expected[0] - have, remembered)
            went_back = marks.get(segment, (0, ""))[0] > have and segment not in elsewhere
            (older if went_back else late)[_who(log, segment, remembered)] += gone
    for who, number in late.items():
        if number:
            yield Notice("missing", FOLDER, f"{count(number, 'save')} from {who} {_have(number)} not arrived yet.")
    if any(older.values()):
        told = " and ".join(f"{count(number, 'save')} from {who}" for who, number in older.items() if number)
        yield Notice("older", FOLDER, _older(told, sum(older.values())))


def _older(told: str, number: int) -> str:
    return (
        f"The folder is older than what this computer has read: {told} {_is(number)} gone from it. "
        "A syncer may still be at work, or an old copy was put in its place. "
        "Where that was meant: kinship restore --as-it-is"
    )


def _gone(log: Log, segment: str, frames: int, remembered: Marks) -> int:
    """Return how many saves are not there; 0 where only the end of a session is."""
    view = log.segments.get(segment)
    told = max(remembered.authors.get(segment, Author()).saves, log.authors.get(segment, Author()).saves)
    return max(0, told - (view.saves if view is not None else 0)) if told else frames


def _who(log: Log, segment: str, remembered: Marks) -> str:
    author = log.author(segment)
    if not author.name and not author.device:
        author = remembered.authors.get(segment, author)
    if author.device and author.device == remembered.device:
        return _HERE
    return author.name or _SOMEWHERE


def _altered(log: Log, segment: str, seen: Seen) -> Iterator[Notice]:
    frames, tag = seen
    view = log.segments.get(segment)
    if view is not None and view.tag(frames - 1) not in (None, bytes.fromhex(tag)):
        sentence = f"A writing session{_from(view.device)} is not the one that was read before."
        yield Notice("damaged", f"{FOLDER}/{segment}", sentence)


def _copies(log: Log, segment: str) -> Iterator[File]:
    for file in log.files.values():
        if not isinstance(file.header, Unread) and file.header.name == segment:
            yield file


def is_placeholder(name: str, file: File) -> bool:
    """Whether a file stands for one that a syncer keeps elsewhere until it is asked for: empty, or named by iCloud."""
    why = file.header.why if isinstance(file.header, Unread) else ""
    return why == "empty" or (why == "foreign" and name.endswith(".icloud"))


def has_tail(file: File) -> bool:
    """Whether bytes stand behind the last good frame of a file."""
    return file.stamp is not None and file.stamp.size > file.end


def count(number: int, noun: str) -> str:
    """Return a number and what it counts: "1 save", "2 saves"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _have(number: int) -> str:
    return "has" if number == 1 else "have"


def _from(device: str) -> str:
    return f" from {device}" if device else ""


def _is(number: int) -> str:
    return "is" if number == 1 else "are"
