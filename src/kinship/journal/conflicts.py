"""What was written of one thing in several places at once: shown side by side, and settled by a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from msgspec import Struct

from kinship.ground.errors import Misused, NotFound, Refused
from kinship.journal.acts import LAST_WRITER_WINS, Act
from kinship.journal.codec import to_document, to_value
from kinship.journal.ledger import Ledger
from kinship.journal.model import Entry, Revision
from kinship.journal.writing import revision_id
from kinship.vault import Change, Side, Writing
from kinship.vault import Version as Vector

PAGES = "entries"
RULE = "\n\n---\n\n"
"""Stands between the parts of texts that were put together: a rule, in Markdown."""

_CALLED = {
    PAGES: "a page",
    "revisions": "a former text",
    "alters": "somebody in the circle",
    "facts": "something about the circle",
    "moments": "a moment",
    "checkins": "how you were",
    "intentions": "an intention",
    "appointments": "an appointment",
    "lines": "a starred line",
    "card": "the hard-day card",
    "templates": "a template",
}


_FROM_TEXT = frozenset({"title", "body", "names", "tags"})


class Version(Struct, frozen=True):
    """One of the versions that stand side by side."""

    at: dt.datetime
    """When it was written, by the clock of that computer."""
    device: str
    """How that computer is called; empty where nobody says."""
    here: bool
    """Whether it was written on this computer."""
    title: str
    """A page's own title; empty where it has none."""
    body: str
    """A page's words; of anything else, each field on a line."""
    beside: tuple[str, ...]
    """What a page says beside its words, where the versions differ in it: "mood: 6"."""
    writing: Writing

    def __repr__(self) -> str:
        return f"Version({self.device}, {self.at})"


class Conflict(Struct, frozen=True):
    """One thing that was written in several places at once."""

    table: str
    id: str
    versions: tuple[Version, ...]
    """The one that lists show comes first."""
    began: tuple[Vector, ...]
    """What they are in the vault; what arrives later is no part of this conflict."""

    @property
    def called(self) -> str:
        """What kind of thing it is, in words."""
        return _CALLED.get(self.table, "a record")

    @property
    def is_page(self) -> bool:
        return self.table == PAGES


class ConflictActs(Ledger):
    """Commands on what was written in several places at once."""

    def conflicts(self) -> tuple[Conflict, ...]:
        """Return everything that waits to be settled: pages first, what was written last before the rest."""
        found = [self._conflict(table, id_) for table, id_ in self.vault.conflicts()]
        return tuple(sorted(found, key=lambda one: (one.is_page, one.versions[0].at), reverse=True))

    def settle(self, conflict: Conflict, number: int) -> Act:
        """Keep one version (from 1 on, as they are listed); a page keeps the others in its history.

        Raises Misused for a number there is none of, Refused where the versions are not those any more.
        """
        if not 1 <= number <= len(conflict.versions):
            raise Misused(f"There are the versions 1 to {len(conflict.versions)}.")
        chosen = self._sides(conflict)[number - 1]
        return self._settled(conflict, chosen.document or {}, "Version taken")

    def settle_together(self, conflict: Conflict) -> Act:
        """Make one page of all versions: what they share once, then what each says.

        Raises Misused for anything but a page, Refused where the versions are not those any more.
        """
        if not conflict.is_page:
            raise Misused(f"Only pages can be put together, and this is {conflict.called}.", "Take one of them.")
        documents = [side.document or {} for side in self._sides(conflict)]
        return self._settled(conflict, _joined(conflict.id, documents), "Versions put together")

    def _conflict(self, table: str, id_: str) -> Conflict:
        sides = self.vault.heads_detail(table, id_)
        differing = _differing([side.document or {} for side in sides]) if table == PAGES else ()
        versions = tuple(
            _version(table, side, differing, self.name_of_device(side.device_id, side.device)) for side in sides
        )
        return Conflict(table, id_, versions, self.vault.versions(table, id_))

    def _sides(self, conflict: Conflict) -> list[Side]:
        there = {side.writing: side for side in self.vault.heads_detail(conflict.table, conflict.id)}
        found = [there.get(version.writing) for version in conflict.versions]
        sides = [side for side in found if side is not None]
        if len(there) <= 1 or len(sides) < len(found):
            raise Refused("These versions are not side by side any more.", "Look again.")
        return sides

    def _settled(self, conflict: Conflict, document: Mapping[str, Any], label: str) -> Act:
        with self._lock:
            lww = conflict.table in LAST_WRITER_WINS
            change = Change(conflict.table, conflict.id, dict(document), lww=lww, began=conflict.began)
            return self.perform(label, [change, *self._into_history(conflict, document)])

    def _into_history(self, conflict: Conflict, document: Mapping[str, Any]) -> Iterable[Change]:
        """Yield the changes that keep every other text of a page as one of its former texts."""
        if not conflict.is_page:
            return
        for side in self._sides(conflict):
            former = side.document or {}
            if _text(former) != _text(document):
                title, body = _text(former)
                yield self.put(
                    Revision(
                        id=revision_id(conflict.id, title or "", body),
                        entry=conflict.id,
                        at=side.at,
                        device=side.device_id,
                        title=title,
                        body=body,
                    )
                )


def find_conflict(conflicts: Sequence[Conflict], word: str) -> Conflict:
    """Return the one conflict whose id is or begins with `word`; NotFound where none or more than one is."""
    exact = [one for one in conflicts if one.id == word]
    found = exact or [one for one in conflicts if word and one.id.startswith(word.lower())]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound(f"Nothing with the id {word} was written in two places.", "See them with: kinship conflicts")
    raise NotFound(f"More than one id begins with {word}.", "Give more of it.")


def _text(document: Mapping[str, Any]) -> tuple[str | None, str]:
    return document.get("title"), document.get("body", "")


def _version(table: str, side: Side, differing: Iterable[str], device: str) -> Version:
    document = side.document or {}
    title, body = _text(document) if table == PAGES else (None, "\n".join(_told(document, sorted(document))))
    return Version(side.at, device, side.here, title or "", body, _told(document, differing), side.writing)


def _differing(documents: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return the fields in which pages differ, beside their text and what follows from it."""
    names = sorted(set().union(*documents) - _FROM_TEXT)
    return tuple(name for name in names if any(one.get(name) != documents[0].get(name) for one in documents))


def _told(document: Mapping[str, Any], names: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{name.replace('_', ' ')}: {_plain(document[name])}" for name in names if name in document)


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {_plain(one)}" for name, one in value.items())
    if isinstance(value, list):
        return ", ".join(map(_plain, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value is None else str(value)


def _joined(id_: str, documents: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return one page of several; what only one of them can say is what the first says."""
    pages = [to_value(Entry, id_, document) for document in documents]
    first, *_ = pages
    titles = [page.title for page in pages if page.title]
    until = [page.hidden_until for page in pages]
    page = msgspec.structs.replace(
        first,
        body=together([page.body for page in pages]),
        title=titles[0] if titles else None,
        mood=next((page.mood for page in pages if page.mood is not None), None),
        stress=next((page.stress for page in pages if page.stress is not None), None),
        feelings=_each_once(feeling for page in pages for feeling in page.feelings),
        tags=_each_once(tag for page in pages for tag in page.tags),
        names={text: alter for page in reversed(pages) for text, alter in page.names.items()},
        starred=any(page.starred for page in pages),
        hidden_until=min((day for day in until if day is not None), default=None) if all(until) else None,
    )
    return to_document(page, documents[0])


def _each_once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def together(bodies: Sequence[str]) -> str:
    """Return one text with every line of each: the beginning and the end they share once, a rule between the rest."""
    each = [body.split("\n") for body in dict.fromkeys(bodies)]
    if len(each) == 1:
        return bodies[0]
    shortest = min(map(len, each))
    head = _shared(each, shortest)
    tail = _shared([list(reversed(lines)) for lines in each], shortest - head)
    rest = ["\n".join(lines[head : len(lines) - tail]).strip("\n") for lines in each]
    full = [lines for lines, part in zip(each, rest, strict=True) if part.strip()]
    if len(full) == 1:
        return "\n".join(full[0])
    parts = ["\n".join(each[0][:head]).strip("\n"), RULE.join(part for part in rest if part.strip())]
    parts.append("\n".join(each[0][len(each[0]) - tail :]).strip("\n") if tail else "")
    return "\n\n".join(part for part in parts if part.strip())


def _shared(each: Sequence[Sequence[str]], most: int) -> int:
    """Return how many lines all begin with alike."""
    for at in range(most):
        if len({lines[at] for lines in each}) > 1:
            return at
    return most
