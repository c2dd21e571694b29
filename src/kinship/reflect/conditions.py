"""Whether a condition of a step holds for what was answered; a step that was passed over answers nothing."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping

from kinship.reflect.answers import AnyAnswer, Chosen, Feelings, Lines, Number, People, Words, is_nothing
from kinship.reflect.sessions import Check

NOBODY = "nobody"
MOOD_DELTA = "mood_delta"
"""A field that nobody answers: how far the mood moved from the first asking to the last."""
BEFORE, AFTER = "mood_before", "mood_after"

Fields = Mapping[str, AnyAnswer]
"""What was answered, by field; what was passed over is not in it."""

_COMPARING: dict[str, Callable[[int, int], bool]] = {
    "le": operator.le,
    "lt": operator.lt,
    "ge": operator.ge,
    "gt": operator.gt,
}


def holds(check: Check, fields: Fields) -> bool:
    """Return whether a condition holds."""
    if check.field == MOOD_DELTA:
        return _compares(check, mood_delta(fields))
    given = fields.get(check.field)
    return given is not None and _holds(check, given)


def _holds(check: Check, given: AnyAnswer) -> bool:
    match check.op:
        case "empty":
            return is_nothing(given)
        case "includes":
            return check.value in _members(given)
        case "all_remembered":
            return isinstance(given, People) and bool(given.picked) and all(one.remembered for one in given.picked)
    return _compares(check, _plain(given))


def mood_delta(fields: Fields) -> int | None:
    """Return the mood at the end minus the mood at the start, None where either was not said."""
    before, after = fields.get(BEFORE), fields.get(AFTER)
    if isinstance(before, Number) and isinstance(after, Number):
        return after.value - before.value
    return None


def _compares(check: Check, value: int | str | None) -> bool:
    if check.op in ("eq", "ne"):
        return value is not None and (value == check.value) is (check.op == "eq")
    if not isinstance(value, int) or not isinstance(check.value, int):
        return False
    return _COMPARING[check.op](value, check.value)


def _plain(given: AnyAnswer) -> int | str | None:
    match given:
        case Number(value=value):
            return value
        case Chosen(label=label):
            return label
        case Words(text=text):
            return text
    return None


def _members(given: AnyAnswer) -> tuple[str, ...]:
    match given:
        case People(picked=picked, nobody=nobody):
            return (NOBODY,) if nobody else tuple(one.alter for one in picked)
        case Feelings(words=words) | Lines(lines=words):
            return words
    return ()
