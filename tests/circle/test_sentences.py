"""The map in words: gentle, without numbers of days, and with the same content as the picture."""

from __future__ import annotations

import datetime as dt

import pytest

from builders.circles import DAY, a_bond, a_circle, a_moment, crowd
from kinship.circle.rhythm import ago, bars, by_month, since
from kinship.circle.sentences import describe, if_away, the_map_in_words
from kinship.journal.model import Ring, Status


def test_the_panel_says_what_somebody_gives_and_when_it_last_happened() -> None:
    moments = (a_moment("bea", "listening", days_ago=60), a_moment("bea", "listening", days_ago=8))
    bea = a_bond("Bea", gives=("listening", "comfort"), receives=("time",), moments=moments)
    circle = a_circle(bea, a_bond("Ana"), a_bond("Ugo"), ties=(("bea", "ana"), ("ugo", "bea")))
    assert describe(bea, circle, DAY) == (
        "Bea · friends · inner ring",
        "gives: listening, comfort",
        "I give: time",
        "last: about a week ago",
        "moments: 2 since September",
        "knows: Ana, Ugo",
        "if Bea were away, nobody is marked for emotional support.",
    )


def test_a_kind_that_only_moments_tell_of_is_said_by_its_own_word() -> None:
    bea = a_bond(gives=("listening",), moments=(a_moment("bea", "advice"),))
    assert "gives: listening, practical" in describe(bea, a_circle(bea), DAY)


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.ACTIVE])
def test_nobody_is_nudged_about_who_is_not_active(status: Status) -> None:
    tom = a_bond("Tom", gives=("listening",), status=status, moments=(a_moment("tom", days_ago=100),))
    told = "\n".join(describe(tom, a_circle(tom), DAY))
    assert "ago" not in told
    assert "away" not in told


def test_who_is_remembered_is_spoken_of_in_the_past() -> None:
    tom = a_bond("Tom", gives=("listening",), receives=("time",), status=Status.REMEMBERED)
    assert describe(tom, a_circle(tom), DAY) == (
        "Tom · friends · inner ring · remembered",
        "gave: listening",
        "I gave: time",
    )


def test_if_away_names_only_what_nobody_else_is_marked_for() -> None:
    bea = a_bond("Bea", gives=("listening", "comfort"))
    ana = a_bond("Ana", gives=("comfort",))
    assert if_away(bea, a_circle(bea, ana)) == "if Bea were away, nobody is marked for listening."
    assert if_away(bea, a_circle(bea, a_bond("Ana", gives=("emotional",)))) == ""
    assert if_away(ana, a_circle(bea, ana)) == ""


def test_if_away_takes_a_kind_as_marked_where_others_give_any_part_of_it() -> None:
    lena = a_bond("Lena", gives=("identity",))
    assert if_away(lena, a_circle(lena, a_bond("Ugo", gives=("belonging",)))) == ""


def test_if_away_takes_what_others_did_as_marked() -> None:
    bea = a_bond("Bea", gives=("listening",))
    ana = a_bond("Ana", moments=(a_moment("ana", "listening"),))
    assert if_away(bea, a_circle(bea, ana)) == ""


def test_somebody_new_is_nothing_to_be_ashamed_of() -> None:
    bea = a_bond()
    assert describe(bea, a_circle(bea), DAY) == ("Bea · friends · inner ring", "gives: nothing marked yet")


@pytest.mark.parametrize("days", range(0, 700, 3))
def test_time_is_told_without_numbers_of_days(days: int) -> None:
    words = ago(DAY - dt.timedelta(days=days), DAY)
    assert not any(letter.isdigit() for letter in words)
    assert "day" not in words.replace("today", "").replace("yesterday", "").replace("a few days", "")


def test_since_names_the_year_only_where_it_could_be_another() -> None:
    assert since(dt.date(2025, 11, 3), DAY) == "this month"
    assert since(dt.date(2025, 1, 3), DAY) == "since January"
    assert since(dt.date(2024, 11, 25), DAY) == "since November 2024"


def test_months_become_bars_the_present_one_last() -> None:
    counts = by_month([a_moment("bea", days_ago=days) for days in (0, 1, 2, 3, 40, 400)], DAY)
    assert counts == (0,) * 10 + (1, 4)
    assert bars(counts) == "▁" * 10 + "▃█"
    assert bars((0, 0)) == ""


def test_the_map_in_words_names_everybody_once_by_ring() -> None:
    circle = crowd(40)
    told = "\n".join(the_map_in_words(circle))
    assert told.index("Inner ring") < told.index("Middle ring") < told.index("Outer ring")
    for bond in circle.bonds:
        assert told.count(f"  {bond.alter.name} (") + told.count(f"  {bond.alter.name}:") == 1


def test_a_small_map_reads_like_this() -> None:
    circle = a_circle(
        a_bond("Bea", gives=("listening",), receives=("time",)),
        a_bond("Ana", ring=Ring.OUTER, sector=None),
        a_bond("Tom", ring=Ring.MIDDLE, sector="family", status=Status.REMEMBERED, gives=("advice",)),
        ties=(("ana", "bea"),),
    )
    assert the_map_in_words(circle) == (
        "Your circle on 22 November 2025: 2 count, 1 more drawn.",
        "",
        "Inner ring",
        "  Bea (friends): gives listening; I give time",
        "",
        "Middle ring",
        "  Tom (family, remembered): gave advice",
        "",
        "Outer ring",
        "  Ana: nothing marked yet",
        "",
        "Bea alone is marked for emotional support.",
        "Nobody is marked yet for practical support.",
        "Nobody is marked yet for belonging.",
        "1 pair knows each other.",
    )


def test_an_empty_map_is_one_sentence() -> None:
    assert the_map_in_words(a_circle()) == ("Nobody is on your map yet.",)
