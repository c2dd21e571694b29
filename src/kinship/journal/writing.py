"""What becomes of a page that is kept: who and what it speaks of, and what its former text leaves behind."""

from __future__ import annotations

import hashlib
from typing import TypeVar

from msgspec import UNSET, UnsetType

from kinship.journal.drafts import PageText
from kinship.journal.mentions import NameTable, find_mentions, find_tags, fold, tag_of
from kinship.journal.model import AlterId, Entry

T = TypeVar("T")

REVISION_BYTES = 16


def said(value: T | UnsetType, otherwise: T) -> T:
    """Return what a page text says in a field, `otherwise` where it leaves it open."""
    return otherwise if value is UNSET or isinstance(value, UnsetType) else value


def is_empty(entry: Entry) -> bool:
    """Whether nothing at all was said: no words, no title, no mood, stress or feelings."""
    said_so = entry.title or entry.feelings or entry.mood is not None or entry.stress is not None
    return not entry.body.strip() and not said_so


def names_of(body: str, page: PageText, former: Entry | None, known: NameTable) -> dict[str, AlterId]:
    """Return each name that stands for somebody on the page, to the alter it means.

    What the person decided comes first, then what the page said before, then the one alter that bears the name. A name
    that left the text leaves the page; one that never stood in it (`--with`) stays.
    """
    decided = dict(former.names if former is not None else {}) | dict(page.names or {})
    by_fold = {fold(text): alter for text, alter in decided.items()}
    table = known.with_names(decided)
    found: dict[str, AlterId] = {}
    for mention in find_mentions(body, table):
        alter = by_fold.get(fold(mention.text), mention.alter)
        if alter is not None:
            found[mention.text] = alter
    was_in_text = {fold(mention.text) for mention in find_mentions(former.body, table)} if former is not None else set()
    in_text = {fold(text) for text in found}
    beside = {text: one for text, one in decided.items() if fold(text) not in was_in_text | in_text}
    return found | beside


def tags_of(body: str, page: PageText, former: Entry | None) -> tuple[str, ...]:
    """Return the page's tags: those in the text first, then those given beside it."""
    in_text = find_tags(body)
    left = set(find_tags(former.body)) - set(in_text) if former is not None else set()
    given = said(page.tags, former.tags if former is not None else ())
    beside = (tag for one in given if (tag := tag_of(one)) and tag not in left)
    return tuple(dict.fromkeys((*in_text, *beside)))


def revision_id(*parts: str) -> str:
    """Return the id of the one revision that these name: a page and a session, or a page and a text."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[: 2 * REVISION_BYTES]
