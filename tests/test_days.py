"""Days in plain words."""

from __future__ import annotations

import datetime as dt

import pytest

from kinship.ground.days import birthday_in, day_in, span_in
from kinship.ground.errors import Misused

TODAY = dt.date(2026, 11, 22)
"""A Sunday."""


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2024-06-01", "2024-06-01"),
        ("2024-06", "2024-06-01"),
        ("2024", "2024-01-01"),
        ("since June 2024", "2024-06-01"),
        ("June, 2024", "2024-06-01"),
        ("from 3 May", "2026-05-03"),
        ("December", "2025-12-01"),
        ("24 dec", "2025-12-24"),
        ("May 3rd, 2019", "2019-05-03"),
        ("3.5.2019", "2019-05-03"),
        ("3. May 2019", "2019-05-03"),
        ("Today", "2026-11-22"),
        ("yesterday", "2026-11-21"),
        ("Sunday", "2026-11-15"),
        ("last monday", "2026-11-16"),
        ("3 days ago", "2026-11-19"),
        ("a week ago", "2026-11-15"),
        ("two months ago", "2026-09-22"),
        ("last year", "2025-11-22"),
        ("29 February 2024", "2024-02-29"),
    ],
)
def test_a_day_is_understood_as_people_write_it(words: str, day: str) -> None:
    assert day_in(words, TODAY) == dt.date.fromisoformat(day)


@pytest.mark.parametrize("words", ["2024", "June 2024", "2024-06"])
def test_a_month_and_a_year_have_a_last_day(words: str) -> None:
    assert span_in(words, TODAY).last == dt.date(2024, 12 if words == "2024" else 6, 31 if words == "2024" else 30)


@pytest.mark.parametrize(
    "words",
    ["", "  ", "soon", "31 June 2024", "5/6/2024", "June June", "2024-13", "3 4 May", "99999999999 days ago", "0000"],
)
def test_what_is_no_day_is_said_with_the_forms_there_are(words: str) -> None:
    with pytest.raises(Misused, match="June 2024"):
        day_in(words, TODAY)


def test_a_month_without_a_year_is_never_ahead() -> None:
    assert day_in("29 February", dt.date(2024, 3, 1)) == dt.date(2024, 2, 29)
    assert day_in("November", TODAY) == dt.date(2026, 11, 1)


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("3 May", "--05-03"),
        ("May 3, 1980", "1980-05-03"),
        ("1980-05-03", "1980-05-03"),
        ("--05-03", "--05-03"),
        ("05-03", "--05-03"),
        ("29 February", "--02-29"),
        ("3.5.1980", "1980-05-03"),
    ],
)
def test_a_birthday_may_have_no_year(words: str, kept: str) -> None:
    assert birthday_in(words) == kept


@pytest.mark.parametrize("words", ["", "May", "1980", "May 1980", "31 June", "soon", "13-45"])
def test_what_is_no_birthday_is_said(words: str) -> None:
    with pytest.raises(Misused, match="3 May 1980"):
        birthday_in(words)
