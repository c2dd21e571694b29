"""The weekly three and scales through time, where a change is only called one beyond what chance does."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import structs

from kinship.insight.values import Cell, Pattern, Point, Series, State, Table
from kinship.insight.words import between, count, more, sentence
from kinship.journal.model import CheckIn
from kinship.journal.scores import FEWEST, Scores, changed, usual_swing

PULSE = (("heard", "Heard"), ("helped", "Helped"), ("belonging", "Belonging"))
LINE = 2
"""Scores that a line needs."""
NO_TEST = "The weekly three are kinship's own words and no validated test."
NO_DIAGNOSIS = "A score says how the answers stand; it is no diagnosis."


def pulse_scores(checkins: Iterable[CheckIn]) -> tuple[Scores, ...]:
    """Return the weekly three through time; what counts as a change is known from eight weeks on, by these weeks."""
    told = sorted((one for one in checkins if one.pulse is not None), key=lambda one: (one.day, one.at, one.id))
    found = []
    for name, title in PULSE:
        values = tuple((one.day, float(value)) for one in told if (value := getattr(one.pulse, name)) is not None)
        swing = usual_swing([value for _, value in values])
        found.append(Scores(title=title, least=0, most=10, values=values, smallest_change=swing))
    return tuple(found)


def pulse(checkins: Iterable[CheckIn]) -> Pattern:
    """Return the weekly three as lines, each with what became of it from the first week to the last."""
    unknown = f"what counts as a change is known from {FEWEST} answers on"
    return _through_time("pulse", "The weekly three", pulse_scores(checkins), NO_TEST, unknown)


def scale(id_: str, title: str, scores: Iterable[Scores]) -> Pattern:
    """Return one scale and its parts as lines (`reflect.instruments.through_time` has the scores)."""
    told = tuple(scores)
    citation = next((one.citation for one in told if one.citation), "")
    unknown = "how much it moves by chance is not known, so a change cannot be told from it"
    return _through_time(f"scale.{id_}", title, told, sentence(NO_DIAGNOSIS, citation), unknown)


def _through_time(id_: str, title: str, scores: tuple[Scores, ...], note: str, unknown: str) -> Pattern:
    days = sorted({day for one in scores for day, _ in one.values})
    longest = max((len(one.values) for one in scores), default=0)
    view = Pattern(
        id=id_,
        title=title,
        state=State.NOT_YET if longest < LINE else State.SHOWN,
        n=longest,
        missing=max(0, LINE - longest),
        since=days[0] if days else None,
        until=days[-1] if days else None,
        sentence=sentence(
            f"Not enough yet: a line needs {LINE} answers. There {'is' if longest == 1 else 'are'} {longest}.",
            more(LINE - longest, "answer"),
        ),
        note=note,
    )
    if view.state is State.NOT_YET:
        return view
    shown = [one for one in scores if len(one.values) >= LINE]
    return structs.replace(
        view,
        sentence=sentence(
            *(f"{one.title}: {_moved(one, unknown)}" for one in shown),
            f"{count(longest, 'answer')}, {between(view.since, view.until)}.",
            note,
        ),
        series=tuple(Series(one.title, tuple(Point(day, value) for day, value in one.values)) for one in shown),
        table=Table(
            ("", "answers", "first", "last", "counts from"),
            tuple(_row(one) for one in shown),
        ),
    )


def _row(one: Scores) -> tuple[Cell, ...]:
    return one.title, len(one.values), one.values[0][1], one.values[-1][1], one.smallest_change


def _moved(one: Scores, unknown: str) -> str:
    first, last = one.values[0][1], one.values[-1][1]
    way = changed(first, last, one.smallest_change)
    went = f"{first:g} at first and {last:g} at last"
    if way is None:
        return f"{went}; {unknown}."
    if way == 0:
        return f"{went}, which is about the same: a change counts from {one.smallest_change:.1f} on."
    return f"{went}, {'higher' if way > 0 else 'lower'} by more than chance alone would do."
