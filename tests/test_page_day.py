"""The day of a page in plain words: taken where one day is meant, refused with a sentence where two could be."""

from __future__ import annotations

import datetime as dt

import pytest

from kinship.ground.errors import Misused
from kinship.ground.page_day import day_in_words, page_day_in

TODAY = dt.date(2026, 11, 22)
"""A Sunday."""


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", "2026-11-22"),
        ("yesterday", "2026-11-21"),
        ("the day before yesterday", "2026-11-20"),
        ("last Friday", "2026-11-20"),
        ("friday", "2026-11-20"),
        ("last sunday", "2026-11-15"),
        ("on Monday", "2026-11-16"),
        ("3 May", "2026-05-03"),
        ("24 december", "2025-12-24"),
        ("3 days ago", "2026-11-19"),
        ("a week ago", "2026-11-15"),
        ("May 3rd, 2019", "2019-05-03"),
        ("2019-05-03", "2019-05-03"),
        ("2027-01-01", "2027-01-01"),
        ("13/4/2025", "2025-04-13"),
        ("12.24.", "2025-12-24"),
        ("5/5", "2026-05-05"),
    ],
)
def test_a_day_in_plain_words(words: str, day: str) -> None:
    assert page_day_in(words, TODAY).isoformat() == day


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("03/04/2025", "“03/04/2025” may be 3 April or 4 March; write it as 3 April 2025."),
        ("3.4.", "may be 3 April or 4 March"),
        ("13/4/25", "“13/4/25” may be 13 April; write it as 13 April 2025."),
        ("31/31", "is no day"),
        ("sunday", "Today is Sunday: say today, or last sunday."),
        ("last week", "is more than one day"),
        ("May", "is more than one day"),
        ("2024", "is more than one day"),
        ("tomorrow", "is still to come"),
        ("next Friday", "is still to come"),
        ("some time ago", "is no day; write it as yesterday, last Friday"),
        ("the party", "is no day"),
        ("30 February", "is no day"),
        ("", "Which day?"),
    ],
)
def test_what_could_be_another_day_is_refused_with_a_sentence(words: str, sentence: str) -> None:
    with pytest.raises(Misused) as told:
        page_day_in(words, TODAY)
    assert sentence in str(told.value)


def test_what_is_shown_is_read_again() -> None:
    for back in range(400):
        day = TODAY - dt.timedelta(days=back)
        assert page_day_in(f"{day.day} {day:%B %Y}", TODAY) == day
        assert page_day_in(day_in_words(day).split(maxsplit=1)[1], TODAY) == day
