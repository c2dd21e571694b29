"""Days in plain words."""

from __future__ import annotations

import datetime as dt

import pytest

from kinship.ground.days import birthday_in, day_ahead_in, day_in, span_in, time_ahead_in
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


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", "2026-11-22"),
        ("Tomorrow", "2026-11-23"),
        ("the day after tomorrow", "2026-11-24"),
        ("Thursday", "2026-11-26"),
        ("on Thursday", "2026-11-26"),
        ("next Thursday", "2026-11-26"),
        ("this thursday", "2026-11-26"),
        ("Sunday", "2026-11-29"),
        ("next week", "2026-11-29"),
        ("in two weeks", "2026-12-06"),
        ("in 3 days", "2026-11-25"),
        ("in a month", "2026-12-22"),
        ("next month", "2026-12-22"),
        ("in a year", "2027-11-22"),
        ("3 May", "2027-05-03"),
        ("by 24 dec", "2026-12-24"),
        ("22 November", "2026-11-22"),
        ("May 3rd, 2027", "2027-05-03"),
        ("29 February", "2028-02-29"),
        ("2027-05-03", "2027-05-03"),
        ("3.5.2027", "2027-05-03"),
        ("2024-06-01", "2024-06-01"),
    ],
)
def test_a_day_ahead_is_understood_as_people_say_it(words: str, day: str) -> None:
    assert day_ahead_in(words, TODAY).isoformat() == day


@pytest.mark.parametrize("words", ["", "soon", "May", "2027", "31 February", "in some days", "yesterday", "next"])
def test_what_is_no_day_ahead_is_refused_with_an_example(words: str) -> None:
    with pytest.raises(Misused, match="in two weeks"):
        day_ahead_in(words, TODAY)


@pytest.mark.parametrize(
    ("words", "day", "time"),
    [
        ("Thursday 16:30", "2026-11-26", "16:30"),
        ("next Thursday at 4 pm", "2026-11-26", "16:00"),
        ("tomorrow 9am", "2026-11-23", "09:00"),
        ("in two weeks, 4:30 pm", "2026-12-06", "16:30"),
        ("3 May 2027 at 12 am", "2027-05-03", "00:00"),
        ("tomorrow at noon", "2026-11-23", "12:00"),
        ("2026-11-26 16:30", "2026-11-26", "16:30"),
        ("16:30", "2026-11-22", "16:30"),
        ("3 May", "2027-05-03", None),
        ("2026-11-26", "2026-11-26", None),
        ("3 May 2027", "2027-05-03", None),
    ],
)
def test_a_time_may_stand_behind_the_day(words: str, day: str, time: str | None) -> None:
    assert time_ahead_in(words, TODAY) == (
        dt.date.fromisoformat(day),
        dt.time.fromisoformat(time) if time is not None else None,
    )


@pytest.mark.parametrize("words", ["Thursday 25:00", "Thursday 13 pm", "Thursday 16:75", "at", "16"])
def test_what_is_no_time_is_refused(words: str) -> None:
    with pytest.raises(Misused):
        time_ahead_in(words, TODAY)
