"""Scales that a person types in: items, options, reverse items, subscales, bands, and a change that counts.

None is shipped: the wording of well-known scales is other people's. A score says how the answers stand, and is no
diagnosis; a band is a label of whoever wrote the pack.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from kinship.journal.model import ScaleResult
from kinship.journal.scores import Scores, changed, reliable_change
from kinship.reflect.prompts import PackValue

Answers = Mapping[str, int | None]
"""Item ids to the value that was chosen; None, or not there, where it was passed over."""


class Choice(PackValue, frozen=True, kw_only=True):
    """One option of every item."""

    value: int
    label: Annotated[str, Meta(min_length=1)]


class Item(PackValue, frozen=True, kw_only=True):
    """One statement or question."""

    id: str
    text: Annotated[str, Meta(min_length=1)]
    reverse: bool = False
    """Counted the other way round: the highest value as the lowest."""


class Band(PackValue, frozen=True, kw_only=True):
    """A label for scores from `least` up to the next band."""

    least: float
    label: str


class Reliability(PackValue, frozen=True, kw_only=True):
    """What is known of a scale's spread and of how far it agrees with itself."""

    deviation: Annotated[float, Meta(gt=0)]
    """Standard deviation among the people it was tried with."""
    reliability: Annotated[float, Meta(ge=0, lt=1)]
    """Test-retest reliability or Cronbach's alpha."""

    @property
    def smallest_change(self) -> float:
        """The change that counts (`journal.scores`)."""
        return reliable_change(self.deviation, self.reliability)


class Subscale(PackValue, frozen=True, kw_only=True):
    """A part of the items with a score of its own."""

    title: str
    items: tuple[str, ...]
    bands: tuple[Band, ...] = ()
    change: Reliability | None = None


class Instrument(PackValue, frozen=True, kw_only=True):
    """A whole scale."""

    id: str
    title: str
    intro: str = ""
    citation: str = ""
    version: str = "1"
    score: Literal["sum", "mean"] = "sum"
    most_missing: Annotated[int, Meta(ge=0)] = 0
    """Items of a scale or subscale that may be passed over; their place is taken by the mean of the others."""
    options: Annotated[tuple[Choice, ...], Meta(min_length=2)]
    items: Annotated[tuple[Item, ...], Meta(min_length=1)]
    subscales: dict[str, Subscale] = msgspec.field(default_factory=dict)
    bands: tuple[Band, ...] = ()
    change: Reliability | None = None


class Score(Struct, frozen=True):
    """The score of a scale or of one of its parts; `value` is None where too much was passed over."""

    id: str
    """Empty for the whole scale, else the subscale's."""
    title: str
    value: float | None
    least: float
    most: float
    """The lowest and highest score there can be."""
    answered: int
    items: int
    band: str = ""


def score(instrument: Instrument, answers: Answers) -> tuple[Score, ...]:
    """Return the score of the whole scale, then those of its subscales in the order of the pack."""
    ids = tuple(item.id for item in instrument.items)
    whole = _score(instrument, "", instrument.title, ids, instrument.bands, answers)
    parts = (
        _score(instrument, name, one.title, one.items, one.bands, answers) for name, one in instrument.subscales.items()
    )
    return (whole, *parts)


def _score(
    instrument: Instrument, id_: str, title: str, ids: Sequence[str], bands: Sequence[Band], answers: Answers
) -> Score:
    values = [one.value for one in instrument.options]
    low, high = min(values), max(values)
    reverse = {item.id for item in instrument.items if item.reverse}
    told = [(one, answers.get(one)) for one in ids]
    given = [low + high - value if one in reverse else value for one, value in told if value is not None]
    times = len(ids) if instrument.score == "sum" else 1
    enough = bool(given) and len(ids) - len(given) <= instrument.most_missing
    value = sum(given) / len(given) * times if enough else None
    return Score(id_, title, value, low * times, high * times, len(given), len(ids), _band(bands, value))


def _band(bands: Sequence[Band], value: float | None) -> str:
    fit = [one for one in bands if value is not None and value >= one.least]
    return max(fit, key=lambda one: one.least).label if fit else ""


def change_in_words(before: float | None, after: float | None, known: Reliability | None) -> str:
    """Return one plain sentence on two scores of the same scale."""
    if before is None or after is None:
        return "One of the two has no score, so they cannot be compared."
    if known is None:
        return "How much this scale moves by chance is not known, so a change cannot be told from chance."
    way = changed(before, after, known.smallest_change)
    if not way:
        return (
            f"About the same: a change counts from {known.smallest_change:.1f} on, and this is {after - before:+.1f}."
        )
    return f"{'Higher' if way > 0 else 'Lower'} by {abs(after - before):.1f}, which is more than chance alone would do."


def through_time(instrument: Instrument, results: Iterable[ScaleResult]) -> tuple[Scores, ...]:
    """Return the scores of the whole scale, then of its parts, over what was answered of this version of it."""
    own = [one for one in results if (one.pack, one.version) == (instrument.id, instrument.version)]
    told = [(one.day, score(instrument, one.answers)) for one in sorted(own, key=lambda one: (one.day, one.id))]
    known = (instrument.change, *(part.change for part in instrument.subscales.values()))
    return tuple(
        Scores(
            title=blank.title,
            least=blank.least,
            most=blank.most,
            values=tuple((day, value) for day, scores in told if (value := scores[at].value) is not None),
            smallest_change=reliability.smallest_change if reliability is not None else None,
            citation=instrument.citation,
        )
        for at, (blank, reliability) in enumerate(zip(score(instrument, {}), known, strict=True))
    )


def faults_of_instrument(instrument: Instrument) -> Iterator[tuple[str, str]]:
    """Yield the field and the fault, for what types alone cannot say."""
    ids = [item.id for item in instrument.items]
    if len(set(ids)) < len(ids):
        yield "items", f"{instrument.id} uses an item's id twice"
    values = [one.value for one in instrument.options]
    if len(set(values)) < len(values):
        yield "options", f"{instrument.id} uses an option's value twice"
    for name, part in instrument.subscales.items():
        missing = sorted(set(part.items) - set(ids))
        if missing or not part.items:
            yield "subscales", f"the subscale {name} of {instrument.id} names {missing[0] if missing else 'no item'}"
    if instrument.most_missing >= len(ids):
        yield "most_missing", f"{instrument.id} would have a score without a single answer"
