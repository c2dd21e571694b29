"""What may come next in a search line: a key, or after its colon somebody's name, a tag, a feeling."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.suggester import Suggester

from kinship.journal.mentions import fold
from kinship.journal.query import BEING, HAVING, KEYS, Key

if TYPE_CHECKING:
    from kinship.journal.journal import Journal

_LAST = re.compile(r'(?:^|\s)-?(?:(?P<key>[^\W\d_]+):)?(?P<word>"[^"]*|[^\s"]*)$')
LEAST = 2
"""Characters of a word before a key is offered for it."""


class SearchWords(Suggester):
    """Completes the last word of a search line; the arrow to the right takes it."""

    def __init__(self, journal: Journal) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._journal = journal

    async def get_suggestion(self, value: str) -> str | None:
        """Return the whole line with its last word completed, None where nothing is known to follow."""
        last = _LAST.search(value)
        if last is None:
            return None
        word = last["word"]
        rest = self._rest_of_key(word) if last["key"] is None else self._rest_of_value(last["key"], word)
        return value + rest if rest else None

    def _rest_of_key(self, word: str) -> str:
        begun = word.lower()
        whole = next((name for name in KEYS if name.startswith(begun)), "") if len(word) >= LEAST else ""
        return f"{whole}:"[len(word) :] if whole else ""

    def _rest_of_value(self, key: str, word: str) -> str:
        """Return what is left of the first known word that begins so; quotes are needed where it has a space."""
        begun = fold(word.removeprefix('"'))
        known = KEYS.get(key.casefold())
        if known is None or not begun:
            return ""
        quoted = word.startswith('"')
        for one in self._following(known[0]):
            fits = fold(one).startswith(begun) and '"' not in one and (quoted or not any(map(str.isspace, one)))
            if fits and fold(one) != begun:
                return one[len(begun) :] + ('"' if quoted else "")
        return ""

    def _following(self, key: Key) -> Iterator[str]:
        match key:
            case Key.PERSON:
                yield from (name for alter in self._journal.alters.all() for name in (alter.name, *alter.aliases))
            case Key.TAG:
                yield from self._journal.pages.tags()
            case Key.IS:
                yield from BEING
            case Key.HAS:
                yield from HAVING
            case _:
                return
