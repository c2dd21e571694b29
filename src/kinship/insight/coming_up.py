"""Who and which kind came up, by distinct days: what was on the page, never who matters more."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping

from msgspec import structs

from kinship.insight.material import Material
from kinship.insight.numbers import wilson
from kinship.insight.values import Pattern, Point, Series, State, Table
from kinship.insight.words import between, count, listed, more, sentence
from kinship.journal.kinds import KIND_WORDS, SUPPORT, Kind
from kinship.journal.model import AlterId, Direction

PAGES = 5
"""Pages from which this is shown."""
MOST = 12
"""Names that are shown, those that came up on the most days, in the order of the alphabet."""


def who_came_up(material: Material) -> Pattern:
    """Return on how many days each came up, named on a page or in a moment; by name, for this is no ranking."""
    view = _view(material, "who", "Who came up")
    if view.missing:
        return view
    named: defaultdict[AlterId, set[dt.date]] = defaultdict(set)
    gave: defaultdict[AlterId, set[dt.date]] = defaultdict(set)
    for entry in material.entries:
        for alter in entry.names.values():
            named[alter].add(entry.day)
    for moment in material.moments:
        named[moment.alter].add(moment.day)
        if moment.direction is Direction.FROM_THEM and moment.kind in SUPPORT:
            gave[moment.alter].add(moment.day)
    days, giving = _of_each(material, named), _of_each(material, gave)
    if not days:
        return structs.replace(view, sentence="Nobody was named on these pages; an @ before a name brings them here.")
    names = material.names
    often = sorted(days, key=lambda one: (-len(days[one]), names[one]))[:MOST]
    often.sort(key=lambda one: (names[one].casefold(), one))
    every = set().union(*days.values())
    return structs.replace(
        view,
        sentence=sentence(
            f"{count(len(days), 'name')} came up on {count(len(every), 'day')}, {between(view.since, view.until)}.",
            f"Those of the most days, by the alphabet: {listed(names[one] for one in often)}."
            if len(days) > len(often)
            else f"By the alphabet: {listed(names[one] for one in often)}.",
            NO_RANKING,
        ),
        note=NO_RANKING,
        series=(Series("days", tuple(Point(names[one], float(len(days[one]))) for one in often)),),
        table=Table(
            ("", "days", "days with support from them"),
            tuple((names[one], len(days[one]), len(giving.get(one, ()))) for one in often),
        ),
    )


NO_RANKING = "Who comes up often was on the page often; it does not say who matters."


def kinds_that_came_up(material: Material) -> Pattern:
    """Return on how many of the noted days each kind was received, strain beside support, with a rough share."""
    view = _view(material, "kinds", "Which kind came up")
    if view.missing:
        return view
    noted = [day for day in material.days if day.noted]
    hits = {kind: sum(kind in day.received for day in noted) for kind in Kind}
    shares = {kind: wilson(number, len(noted)) for kind, number in hits.items()}
    strained = f"; {KIND_WORDS[Kind.STRAIN]} on {hits[Kind.STRAIN]:,}" if hits[Kind.STRAIN] else ""
    came = listed(f"{KIND_WORDS[kind]} on {hits[kind]:,}" for kind in SUPPORT)
    return structs.replace(
        view,
        sentence=sentence(
            f"Of {count(len(noted), 'day')} with something written, {came}{strained},",
            f"{between(view.since, view.until)}.",
        ),
        series=(Series("days", tuple(Point(KIND_WORDS[kind], float(number)) for kind, number in hits.items())),),
        table=Table(
            ("", "days", "roughly of all days noted"),
            tuple(
                (KIND_WORDS[kind], hits[kind], f"{share.low:.0%} to {share.high:.0%}" if share is not None else None)
                for kind, share in shares.items()
            ),
        ),
    )


def _view(material: Material, id_: str, title: str) -> Pattern:
    pages = len(material.entries)
    return Pattern(
        id=id_,
        title=title,
        state=State.NOT_YET if pages < PAGES else State.SHOWN,
        n=pages,
        missing=max(0, PAGES - pages),
        since=material.entries[0].day if pages else None,
        until=material.entries[-1].day if pages else None,
        sentence=sentence(
            f"Not enough yet: this needs {PAGES} pages. There {'is' if pages == 1 else 'are'} {pages}.",
            more(PAGES - pages, "page"),
        ),
    )


def _of_each(material: Material, found: Mapping[AlterId, set[dt.date]]) -> dict[AlterId, set[dt.date]]:
    """Return the days of each: those who were made one are one, and who may not be named is left out."""
    together: defaultdict[AlterId, set[dt.date]] = defaultdict(set)
    for alter, days in found.items():
        root = material.roots.get(alter, alter)
        if root in material.names:
            together[root] |= days
    return dict(together)
