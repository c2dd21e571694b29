"""What a walk leaves: the page in the person's words, and only what was said for map, mood, card and next step."""

from __future__ import annotations

import datetime as dt

import pytest

from builders.walks import ANA, CHOIR, through, to_the_end
from kinship.reflect.answers import (
    Chosen,
    Exercise,
    IfThen,
    Lines,
    Mark,
    Marks,
    Number,
    Passed,
    People,
    Plan,
    Rates,
    Seen,
    Sorted,
    Words,
)
from kinship.reflect.book import load_book
from kinship.reflect.engine import answer, back, begin
from kinship.reflect.outcome import Claim, Happened, outcome

BOOK = load_book()
DAY = dt.date(2026, 11, 20)


def test_the_page_has_the_questions_as_headings_and_the_words_as_typed() -> None:
    walk = through(BOOK, "val-heard", Number(6), Words("On the *stairs*.\n\nIn the cold."), People((ANA, CHOIR)))
    left = outcome(BOOK, walk)
    assert left.title == "A time you felt heard"
    assert left.body.splitlines()[2:] == [
        "On the *stairs*.",
        "",
        "In the cold.",
        "",
        "## Who was there, or comes to mind?",
        "",
        "@Ana, @the choir",
    ]
    assert left.names == {"Ana": ANA.alter, "the choir": CHOIR.alter}
    assert (left.mood, left.mood_after) == (6, None)


def test_what_was_passed_leaves_no_heading_and_numbers_no_words() -> None:
    left = outcome(BOOK, through(BOOK, "val-heard", Number(6), Passed(), Passed(), Passed()))
    assert left.body == ""
    assert left.mood == 6


def test_words_that_were_typed_before_going_back_are_kept() -> None:
    walk = back(back(through(BOOK, "val-heard", Number(6), Words("On the stairs."), People(nobody=True))))
    body = outcome(BOOK, walk).body
    assert "On the stairs." in body
    assert "Nobody came to mind." in body


def heard(day: dt.date | None) -> tuple[Happened, ...]:
    marks = Marks((Mark(ANA.alter, "listening", 2), Mark(ANA.alter, "drains")), day)
    walk = through(BOOK, "val-heard", Number(6), Words("x"), People((ANA,)), Passed(), marks)
    left = outcome(BOOK, walk)
    assert left.claims == ()
    assert "- @Ana: listening; it also cost: drains" in left.body
    return left.moments


def test_what_happened_on_a_day_is_a_moment_and_strain_stands_beside_it() -> None:
    assert heard(DAY) == (Happened(ANA.alter, "listening", DAY, 2), Happened(ANA.alter, "drains", DAY))


def test_what_happened_long_ago_stays_on_the_page() -> None:
    assert heard(None) == ()


def test_what_somebody_could_give_is_a_claim_and_never_a_moment() -> None:
    marks = Marks((Mark(ANA.alter, "tangible", 3), Mark(ANA.alter, "pressure")), DAY)
    left = outcome(BOOK, through(BOOK, "trt-team", Number(6), People((ANA,)), marks))
    assert left.moments == ()
    assert left.claims == (Claim(ANA.alter, "tangible", 3), Claim(ANA.alter, "pressure"))
    assert [one.field for one in left.claims] == ["gives.tangible", "strain.pressure"]


def test_a_next_step_comes_back_unless_it_is_none() -> None:
    plan = Plan("ask for one thing", "Thursday", "write instead")
    before = (Number(6), Passed(), People((ANA,)), Passed(), Passed(), Passed())
    left = outcome(BOOK, through(BOOK, "val-heard", *before, plan))
    assert (left.step, left.with_whom) == (plan, ANA.alter)
    assert "If that does not work: write instead" in left.body
    assert outcome(BOOK, through(BOOK, "val-heard", *before, Plan("nothing for now"))).step is None
    assert outcome(BOOK, through(BOOK, "val-heard", *before, Passed())).step is None


def test_a_load_is_sorted_into_its_bins_and_a_request_is_quoted() -> None:
    walk = through(
        BOOK, "cop-load", Number(6), Number(4), Lines(("boxes", "the form")), Sorted(("mine, now", "")),
        People((ANA,)), Passed(), Words("Could you\ncome by?"),
    )  # fmt: skip
    body = outcome(BOOK, walk).body
    assert "- boxes: mine, now" in body
    assert "- the form:" not in body
    assert "> Could you\n> come by?" in body
    assert outcome(BOOK, walk).stress == 4


def test_a_plan_for_a_hurdle_and_a_rating_read_as_sentences() -> None:
    plan = outcome(
        BOOK, through(BOOK, "cop-plan", Number(6), Passed(), Passed(), Passed(), IfThen("I am tired", "go out"))
    )
    assert plan.body.endswith("If I am tired, then I will go out.")
    rated = outcome(BOOK, through(BOOK, "bel-map", Number(6), People((CHOIR,)), Rates({CHOIR.alter: "alive"})))
    assert rated.body.endswith("- @the choir: alive")


def test_the_card_and_the_visit_get_what_was_said_for_them() -> None:
    card = outcome(
        BOOK,
        through(
            BOOK, "res-card", Number(6), Lines(("no sleep", " ")), Lines(("a walk",)), People((ANA,)), Passed(),
            People(lines=("Samaritans 116 123",)), Words("the library"),
        ),
    ).card  # fmt: skip
    assert card.signs == ("no sleep",)
    assert card.helps == ("a walk", "the library")
    assert card.people == (ANA.alter,)
    assert card.lines == ("Samaritans 116 123",)
    assert not outcome(BOOK, through(BOOK, "val-heard", Number(6), Passed(), People((ANA,)))).card
    visit = outcome(BOOK, through(BOOK, "trt-visit", Number(6), Passed(), Lines(("pain?", "dose?")), Words("a plan")))
    assert visit.bring == ("a plan", "pain?", "dose?")


def test_a_page_is_put_out_of_sight_only_when_that_was_chosen() -> None:
    low = begin(BOOK, "val-heard")
    walk = to_the_end(BOOK, low)
    assert outcome(BOOK, walk).hide_days is None
    fell = through(
        BOOK, "val-heard", Number(8), *[Passed()] * 6, Number(2), Seen(),
        Chosen("Put this page out of sight for a week"),
    )  # fmt: skip
    assert outcome(BOOK, fell).hide_days == 7
    assert outcome(BOOK, answer(BOOK, fell, Seen())).hide_days == 7


@pytest.mark.parametrize(
    ("near", "offers"), [(People((ANA,)), ("offer_reachout:check_in",)), (People(nobody=True), ()), (Passed(), ())]
)
def test_reaching_out_is_offered_only_where_somebody_was_named(near: People | Passed, offers: tuple[str, ...]) -> None:
    fell = through(
        BOOK, "val-heard", Number(8), *[Passed()] * 6, Number(2), Seen(), Chosen("Be in touch with someone"), near
    )
    assert outcome(BOOK, fell).offers == offers


def test_an_exercise_leaves_no_words() -> None:
    assert outcome(BOOK, through(BOOK, "cop-settle", Number(6), Number(5), Exercise("grd-feet"))).body == ""


def test_what_a_walk_leaves_is_never_shown_by_accident() -> None:
    assert "canary" not in repr(outcome(BOOK, through(BOOK, "val-heard", Number(6), Words("canary"))))
