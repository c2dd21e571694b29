"""The views that put together what was written: sentence and table for each, from so much on, ranking nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

import pytest

from builders.days import moods
from builders.journals import EVENING, TODAY, new_journal
from kinship.insight.giving import balance, give_and_take
from kinship.insight.hard_days import hard_days
from kinship.insight.material import gather
from kinship.insight.over_time import mood_line, year_in_dots
from kinship.insight.scores import pulse, scale
from kinship.insight.series import Day
from kinship.insight.then_and_now import then_and_now
from kinship.insight.values import Pattern, State
from kinship.insight.views import views
from kinship.journal.journal import Journal, PageText
from kinship.journal.kinds import Kind
from kinship.journal.model import Card, CheckIn, Direction, Pulse, Status, StepState
from kinship.journal.scores import Scores

MONDAY = dt.date(2026, 6, 1)


def days_on(*kinds: Iterable[Kind], given: frozenset[Kind] = frozenset()) -> tuple[Day, ...]:
    return tuple(
        Day(day=MONDAY + dt.timedelta(days=at), received=frozenset(these), given=given)
        for at, these in enumerate(kinds)
    )


def rows(found: Pattern) -> tuple[tuple[object, ...], ...]:
    assert found.table is not None
    return found.table.rows


def test_a_mood_line_has_gaps_and_a_middle_for_each_week_with_three_days() -> None:
    found = mood_line(moods([6, 7, 8, None, None, None, None, 4, 5, *[None] * 5, 1, 2, 9], first=MONDAY))
    assert found.state is State.SHOWN
    assert found.sentence.startswith(
        "Mood was said on 8 of 17 days, 1 June 2026 to 17 June 2026. The middle one was 5.5;"
    )
    line, middle = found.series
    assert [point.value for point in line.points[:5]] == [6, 7, 8, None, None]
    assert [point.value for point in middle.points] == [7, None, 2]
    assert rows(found)[1] == (MONDAY + dt.timedelta(days=7), 2, 4, 5, None)


def test_a_line_needs_a_week_of_days() -> None:
    found = mood_line(moods([5] * 6))
    assert (found.state, found.missing) == (State.NOT_YET, 1)
    assert found.sentence.endswith("At least 1 more day is needed.")


def test_a_year_is_a_dot_for_each_day_and_a_row_for_each_month() -> None:
    found = year_in_dots(moods([5.0, None, 7.0] * 200, first=MONDAY))
    mood, noted = found.series
    assert len(mood.points) == len(noted.points) == 365
    assert sum(point.value is not None for point in mood.points) == found.n
    assert len(rows(found)) == 13
    assert year_in_dots(()).state is State.NOT_YET


def test_give_and_take_is_counted_in_days_and_has_nothing_to_be_even() -> None:
    both = frozenset({Kind.PRACTICAL})
    found = give_and_take((*days_on((Kind.EMOTIONAL, Kind.PRACTICAL), (), given=both), *days_on((Kind.STRAIN,))))
    assert found.sentence.startswith("Support was received on 1 day and given on 2; on 1 of them it went both ways.")
    assert "nothing has to be even" in found.sentence
    assert rows(found)[:2] == (("emotional support", 1, 0), ("practical support", 1, 2))
    assert give_and_take(days_on((Kind.STRAIN,))).state is State.NOT_YET


def test_the_three_kinds_are_counted_month_by_month() -> None:
    found = balance(days_on(*[(Kind.EMOTIONAL,)] * 31, (Kind.IDENTITY,)))
    assert rows(found) == (("2026-06", 30, 0, 0), ("2026-07", 1, 0, 1))
    assert [point.value for point in found.series[2].points] == [0, 1]


def week(number: int, heard: int | None, belonging: int | None = None) -> CheckIn:
    day = MONDAY + dt.timedelta(days=7 * number)
    at = dt.datetime.combine(day, dt.time(9), dt.UTC)
    return CheckIn(id=f"{number:02}", at=at, day=day, pulse=Pulse(heard=heard, belonging=belonging))


def test_a_change_of_the_weekly_three_counts_only_beyond_what_the_weeks_move_by() -> None:
    rising = pulse([week(at, value) for at, value in enumerate((2, 3, 3, 4, 5, 6, 7, 8))])
    assert "Heard: 2 at first and 8 at last, higher by more than chance alone would do." in rising.sentence
    unsteady = pulse([week(at, value) for at, value in enumerate((2, 8, 3, 7, 2, 8, 3, 6))])
    assert "which is about the same: a change counts from" in unsteady.sentence
    few = pulse([week(0, 2), week(1, 8)])
    assert "what counts as a change is known from 8 answers on" in few.sentence
    assert "no validated test" in few.sentence
    assert [line.name for line in few.series] == ["Heard"]
    assert pulse([week(0, 2)]).state is State.NOT_YET


def test_a_scale_says_what_its_pack_knows_and_that_it_is_no_diagnosis() -> None:
    told = Scores(
        title="Inner weather", least=0, most=12, values=((MONDAY, 3.0), (TODAY, 9.0)), smallest_change=4, citation="Me."
    )
    found = scale("weather", "Inner weather", [told])
    assert found.id == "scale.weather"
    assert "higher by more than chance" in found.sentence
    assert "no diagnosis" in found.sentence
    assert found.sentence.endswith("Me.")


def test_the_map_is_compared_over_a_fortnight_at_least_and_never_called_a_pattern() -> None:
    assert then_and_now(MONDAY, MONDAY + dt.timedelta(days=13), ["x"]).missing == 1
    found = then_and_now(MONDAY, MONDAY + dt.timedelta(days=14), ["Bea came.", "Ugo moved."])
    assert found.state is State.SHOWN
    assert rows(found) == (("Bea came.",), ("Ugo moved.",))


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return new_journal(tmp_path)


def test_who_came_up_is_told_by_days_and_by_the_alphabet(journal: Journal) -> None:
    ugo, bea = (journal.add_alter(name).made["alters"][0] for name in ("Ugo", "Bea"))
    for at in range(4):
        journal.keep_page(PageText(body="Tea with @Ugo.", day=TODAY - dt.timedelta(days=at)))
    journal.keep_page(PageText(body="@Ugo again, and @Bea.", day=TODAY))
    journal.record_moment(bea, "listening", day=TODAY)
    journal.record_moment(ugo, "advice", direction=Direction.TO_THEM, day=TODAY)
    found = {one.id: one for one in views(gather(journal))}
    assert rows(found["who"]) == (("Bea", 1, 1), ("Ugo", 4, 0))
    assert "2 names came up on 4 days" in found["who"].sentence
    assert "does not say who matters" in found["who"].sentence
    assert rows(found["kinds"])[0][:2] == ("emotional support", 1)
    assert "mood" not in str([one.sentence for one in (found["who"], found["kinds"])])
    assert all(one.sentence for one in found.values())


def test_whoever_is_marked_no_contact_is_not_named(journal: Journal) -> None:
    bea = journal.add_alter("Bea").made["alters"][0]
    journal.state(bea, "status", Status.NO_CONTACT)
    for at in range(5):
        journal.keep_page(PageText(body="@Bea.", day=TODAY - dt.timedelta(days=at), mood=1))
    journal.record_moment(bea, "listening", day=TODAY)
    assert "Bea" not in str([(one.sentence, one.table and one.table.rows) for one in views(gather(journal))])


def test_what_helped_on_hard_days_is_a_list_of_own_words(journal: Journal) -> None:
    bea = journal.add_alter("Bea").made["alters"][0]
    hard = journal.keep_page(PageText(body="Rain. The radio stayed on.", day=TODAY, mood=2)).made["entries"][0]
    fine = journal.keep_page(PageText(body="Sun.", day=TODAY - dt.timedelta(days=1), mood=8)).made["entries"][0]
    journal.star_line(hard, "The radio stayed on.")
    journal.star_line(fine, "Sun.")
    journal.record_moment(bea, "listening", day=TODAY)
    journal.write_card(Card(helps=("a bath",)))
    step = journal.intend("Ring Bea.").made["intentions"][0]
    journal.finish_intention(step, StepState.DONE)
    found = hard_days(gather(journal))
    assert {row[2] for row in rows(found)} == {"a bath", "The radio stayed on.", "Bea: listened", "Ring Bea."}
    assert "nothing is counted" in found.sentence
    assert "1 hard day, " in found.sentence


def test_a_page_that_is_hidden_for_now_is_in_no_view(journal: Journal) -> None:
    journal.add_alter("Bea")
    made = [journal.keep_page(PageText(body="@Bea.", day=TODAY)).made["entries"][0] for _ in range(5)]
    assert rows({one.id: one for one in views(gather(journal))}["who"])
    journal.hide_page(made[0], until=TODAY + dt.timedelta(days=3))
    assert {one.id: one for one in views(gather(journal))}["who"].missing == 1


def test_an_empty_journal_has_a_sentence_for_every_view(journal: Journal) -> None:
    found = views(gather(journal))
    assert {one.state for one in found} == {State.NOT_YET}
    assert all(one.sentence for one in found)
    assert EVENING.date() == gather(journal).until
