"""What may be said of somebody: which fields, of one alter or of two, with which values."""

from __future__ import annotations

from kinship.ground.errors import Misused
from kinship.journal.facts import Subject
from kinship.journal.model import Ring, Status

CLAIMS = ("gives", "receives", "strain")
"""The fields that carry a kind or subkind after a dot, as in `gives.listening`."""
PAIRED = ("knows", "member_of")
"""The fields that are said of two alters."""
STRENGTHS = (1, 2, 3)
SCALE = range(11)
"""Mood, stress and the weekly pulse go from 0 to 10."""

_WORDS = {"ring": tuple(map(str, Ring)), "status": tuple(map(str, Status))}


def check(subject: Subject, field: str, value: int | str | None) -> None:
    """Raise Misused unless `field` may be said of such a subject with such a value (None ends any statement)."""
    head, _, kind = field.partition(".")
    if field not in {"sector", *_WORDS, *PAIRED} and not (head in CLAIMS and kind):
        raise Misused("There is no such statement about anybody.")
    wanted = 2 if field in PAIRED else 1
    if len(subject) != wanted or len(set(subject)) != wanted:
        raise Misused(f"{field} is said of {'two different ones' if wanted > 1 else 'one'}.")
    if value is None:
        return
    if field == "sector":
        if not isinstance(value, str) or not value.strip():
            raise Misused("A circle is named by a word, such as family.")
    elif value not in _WORDS.get(field, STRENGTHS) or isinstance(value, bool):
        choice = ", ".join(map(str, _WORDS.get(field, STRENGTHS)))
        raise Misused(f"{field} cannot be that.", f"It is one of: {choice}.")


def check_scale(*numbers: int | None) -> None:
    """Raise Misused unless each number that was said lies between 0 and 10."""
    for number in numbers:
        if number is not None and number not in SCALE:
            raise Misused(f"That goes from 0 to 10, not to {number}.")
