"""What Patterns shows of a journal, gathered from the rooms that do not know each other; call these in a thread."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from kinship.circle.looking_back import changes_between
from kinship.circle.rhythm import months_from
from kinship.insight.material import gather
from kinship.insight.month import away_from
from kinship.insight.patterns import patterns
from kinship.insight.scores import scale
from kinship.insight.then_and_now import then_and_now
from kinship.insight.values import Pattern, Progress
from kinship.insight.views import views
from kinship.journal.journal import Journal
from kinship.reflect.instruments import through_time
from kinship.reflect.own_packs import library

Found = dict[str, Pattern]


def written(journal: Journal, config: Path, since: dt.date | None, until: dt.date) -> Found:
    """Return every view that puts together what was written from `since` (the beginning, where None) to `until`."""
    material = gather(journal, since, until)
    found = [*views(material), *_of_map(journal, since, until), *_of_scales(journal, config, material.since, until)]
    return {one.id: one for one in found}


def tested(journal: Journal, progress: Progress) -> Found:
    """Return what the days say of mood and support, all of them together."""
    return {one.id: one for one in patterns(gather(journal).days, progress=progress)}


def then_of(journal: Journal, since: dt.date | None, until: dt.date) -> dt.date | None:
    """Return the day that the map of `until` is held against; None while there is no map."""
    first = journal.circle.timeline().first()
    if first is None:
        return None
    return max(first, since if since is not None else months_from(until, -12))


def _of_map(journal: Journal, since: dt.date | None, until: dt.date) -> Iterator[Pattern]:
    then = then_of(journal, since, until)
    if then is not None and then <= until:
        timeline = journal.circle.timeline()
        yield then_and_now(
            then, until, changes_between(timeline.as_of(then), timeline.as_of(until), away_from(journal))
        )


def _of_scales(journal: Journal, config: Path, since: dt.date, until: dt.date) -> Iterator[Pattern]:
    for one in library(journal, config).instruments.values():
        results = [kept for kept in journal.scale_results if kept.pack == one.id and since <= kept.day <= until]
        if results:
            yield scale(one.id, one.title, through_time(one, results))
