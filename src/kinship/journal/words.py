"""How many words a text has, for whoever asks."""

from __future__ import annotations

import re

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W_]+(?:['’-][^\W_]+)*")
"""A word with what joins it; of scripts that part no words each sign counts as one."""
A_MINUTE = 220
"""Words that are read in a minute (Brysbaert, 2019: 238 silently in English; a diary is read more slowly)."""


def count_words(text: str) -> int:
    """Return how many words a text has."""
    return sum(1 for _ in _WORD.finditer(text))


def length_in_words(text: str) -> str:
    """Return how long a text is: "312 words, 1,840 characters"."""
    words, signs = count_words(text), len(text)
    return f"{words:,} {'word' if words == 1 else 'words'}, {signs:,} {'character' if signs == 1 else 'characters'}"
