"""Days as people say them on a command line."""

from __future__ import annotations

import datetime as dt

import click

from kinship.cli.invocation import Invocation
from kinship.ground.clock import SystemClock, day_of
from kinship.ground.days import Span, span_in
from kinship.ground.errors import Misused


def day(words: str) -> dt.date:
    """Return the day meant, the first one of a month or a year (the person's own day, which outlasts midnight)."""
    return _span(words).first


def last_day(words: str) -> dt.date:
    """Return the day meant, the last one of a month or a year."""
    return _span(words).last


def page_day(words: str) -> str:
    """Return the words for the day of a page, once they mean one day; which one the open journal says."""
    from kinship.ground.page_day import page_day_in

    try:
        page_day_in(words, _now())
    except Misused as error:
        raise click.BadParameter(error.message) from error
    return words


def _span(words: str) -> Span:
    try:
        return span_in(words, _now())
    except Misused as error:
        raise click.BadParameter(error.message) from error


def _now() -> dt.date:
    invocation = click.get_current_context().find_object(Invocation)
    return day_of(invocation.surroundings.clock.now() if invocation is not None else SystemClock().now())
