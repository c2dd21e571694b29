"""Unsaved words: a page as it is typed, and its draft on this computer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from msgspec import UNSET, Struct, UnsetType

from kinship.ground.clock import Clock
from kinship.journal.model import AlterId, Entry, EntryId
from kinship.vault import Draft, Vault, new_id

_BESIDE = "beside"
WALK = "walk"
"""Beside a draft: the guided session that its words were written in."""
TEMPLATE = "template"
"""Beside a draft: the id of the template that its words are for, empty for a new one."""


class PageText(Struct, frozen=True, kw_only=True):
    """A page as it leaves the hands of whoever writes it.

    With an `id` it is an edit: what is left UNSET (or None, for day, at and names) stays as it was; None takes away.
    """

    body: str
    id: EntryId | None = None
    title: str | UnsetType | None = UNSET
    day: dt.date | None = None
    at: dt.datetime | None = None
    mood: int | UnsetType | None = UNSET
    stress: int | UnsetType | None = UNSET
    feelings: tuple[str, ...] | UnsetType = UNSET
    tags: tuple[str, ...] | UnsetType = UNSET
    """Tags beside those that stand in the text."""
    names: dict[str, AlterId] | None = None
    """Who is meant by a name: decides shared names, and names somebody the text does not."""
    prompt: str | UnsetType | None = UNSET
    topic: str | UnsetType | None = UNSET
    journal: str | UnsetType = UNSET
    began: tuple[dict[str, int], ...] | None = None
    """The versions of the page that the text was made from; what was written elsewhere since stays beside it."""

    def __repr__(self) -> str:
        return f"PageText({self.id})"


def page_of(entry: Entry) -> PageText:
    """Return a page as it stands, to be edited."""
    return PageText(
        id=entry.id, body=entry.body, title=entry.title, day=entry.day, at=entry.at, mood=entry.mood,
        stress=entry.stress, feelings=entry.feelings, tags=entry.tags, names=entry.names, prompt=entry.prompt,
        topic=entry.topic, journal=entry.journal,
    )  # fmt: skip


class Unsaved(Struct, frozen=True):
    """A draft: the page as it was when it was last kept on this computer."""

    id: str
    page: PageText
    saved: dt.datetime
    beside: dict[str, Any] = {}
    """What the screen kept with it, as JSON knows it."""


class Drafts:
    """The drafts of this computer. A screen keeps one while a page is written and drops it once the page is kept."""

    def __init__(self, vault: Vault, clock: Clock) -> None:
        self._vault = vault
        self._clock = clock

    def all(self) -> list[Unsaved]:
        """Return every draft, the newest first; those of a shape this version does not know are left alone."""
        found = [unsaved for draft in self._vault.drafts() if (unsaved := _unsaved(draft)) is not None]
        return sorted(found, key=lambda one: (one.saved, one.id), reverse=True)

    def pages(self) -> list[Unsaved]:
        """Return the drafts of pages, those of guided sessions with them, the newest first."""
        return [one for one in self.all() if TEMPLATE not in one.beside]

    def of(self, entry: EntryId | None) -> Unsaved | None:
        """Return the newest draft of a page, or with None of a page that was never kept; a session has its own way."""
        return next((one for one in self.pages() if one.page.id == entry and WALK not in one.beside), None)

    def of_template(self, template: str) -> Unsaved | None:
        """Return the newest draft of a template, of a new one where the id is empty."""
        return next((one for one in self.all() if one.beside.get(TEMPLATE) == template), None)

    def walks(self) -> list[Unsaved]:
        """Return the drafts of guided sessions, the newest first."""
        return [one for one in self.all() if WALK in one.beside]

    def began(self, entry: EntryId) -> tuple[dict[str, int], ...]:
        """Return the versions of a page as they are now, to be given along with its edit."""
        return _copied(self._vault.versions("entries", entry))

    def keep(self, page: PageText, draft: str | None = None, *, beside: Mapping[str, Any] | None = None) -> str:
        """Keep the page as a draft, with what belongs `beside` it, and return its id.

        That is the id of `draft` where given, unless another program has this draft open: then it is a new one.
        """
        id_ = draft or new_id()
        heads = page.began if page.began is not None else self.began(page.id) if page.id else ()
        document = msgspec.to_builtins(msgspec.structs.replace(page, began=None)) | {_BESIDE: dict(beside or {})}
        return self._vault.save_draft(Draft(id_, page.id, heads, self._clock.now(), document))

    def drop(self, draft: str) -> None:
        """Forget a draft: its page was kept, or thrown away."""
        self._vault.drop_draft(draft)


def _unsaved(draft: Draft) -> Unsaved | None:
    try:
        page = msgspec.convert(draft.document, PageText)
        beside = msgspec.convert(draft.document.get(_BESIDE, {}), dict[str, Any])
    except msgspec.ValidationError:
        return None
    return Unsaved(draft.id, msgspec.structs.replace(page, began=draft.heads or None), draft.saved, beside)


def _copied(versions: Iterable[Mapping[str, int]]) -> tuple[dict[str, int], ...]:
    return tuple(dict(version) for version in versions)
