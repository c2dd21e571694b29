"""Give and take, and the balance of the three kinds, over months: counted in days, without a word of blame."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from msgspec import structs

from kinship.insight.series import Day
from kinship.insight.values import Cell, Pattern, Point, Series, State, Table
from kinship.insight.words import between, count, listed, sentence
from kinship.journal.kinds import KIND_WORDS, SUPPORT, Kind

NOT_EVEN = "The three do different things and need not be even."
NO_SCORE = "It is what was written down, and nothing has to be even."


def give_and_take(days: Sequence[Day]) -> Pattern:
    """Return on how many days support was received and given, month by month and kind by kind (strain left aside)."""
    months = _months(days)
    received = [day for day in days if _any(day.received)]
    given = [day for day in days if _any(day.given)]
    both = sum(_any(day.given) for day in received)
    view = _view("give_and_take", "Give and take", [day for day in days if _any(day.received | day.given)])
    if view.state is State.NOT_YET:
        return view
    rows: list[tuple[Cell, ...]] = [
        (
            KIND_WORDS[kind],
            sum(kind in day.received for day in days),
            sum(kind in day.given for day in days),
        )
        for kind in SUPPORT
    ]
    return structs.replace(
        view,
        sentence=sentence(
            f"Support was received on {count(len(received), 'day')} and given on {len(given):,};",
            f"on {both:,} of them it went both ways. ({between(view.since, view.until)})",
            NO_SCORE,
        ),
        series=tuple(
            Series(
                way,
                tuple(
                    Point(month, float(sum(_any(day.received if way == "received" else day.given) for day in its)))
                    for month, its in months
                ),
            )
            for way in ("received", "given")
        ),
        table=Table(("", "days received", "days given"), tuple(rows)),
    )


def balance(days: Sequence[Day]) -> Pattern:
    """Return on how many days of each month each of the three kinds was received."""
    months = _months(days)
    view = _view("balance", "The three kinds over months", [day for day in days if _any(day.received)])
    if view.state is State.NOT_YET:
        return view
    of_kind = {kind: [sum(kind in day.received for day in its) for _, its in months] for kind in SUPPORT}
    told = listed(f"{KIND_WORDS[kind]} on {count(sum(numbers), 'day')}" for kind, numbers in of_kind.items())
    return structs.replace(
        view,
        sentence=sentence(f"Over {count(len(months), 'month')}: {told}.", NOT_EVEN),
        series=tuple(
            Series(
                KIND_WORDS[kind],
                tuple(Point(month, float(number)) for (month, _), number in zip(months, numbers, strict=True)),
            )
            for kind, numbers in of_kind.items()
        ),
        table=Table(
            ("month", *(KIND_WORDS[kind] for kind in SUPPORT)),
            tuple(
                (f"{month:%Y-%m}", *(numbers[at] for numbers in of_kind.values()))
                for at, (month, _) in enumerate(months)
            ),
        ),
    )


def _any(kinds: frozenset[Kind]) -> bool:
    return any(kind in kinds for kind in SUPPORT)


def _months(days: Sequence[Day]) -> list[tuple[dt.date, list[Day]]]:
    """Return every month of the calendar by its first day."""
    found: dict[dt.date, list[Day]] = {}
    for day in days:
        found.setdefault(day.day.replace(day=1), []).append(day)
    return list(found.items())


def _view(id_: str, title: str, told: Sequence[Day]) -> Pattern:
    return Pattern(
        id=id_,
        title=title,
        state=State.SHOWN if told else State.NOT_YET,
        n=len(told),
        missing=0 if told else 1,
        since=told[0].day if told else None,
        until=told[-1].day if told else None,
        sentence="Not enough yet: no moment of support is kept in these days; one is enough to begin.",
    )
