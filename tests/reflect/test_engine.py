"""The engine: every step can be reached, every walk ends, and nothing depends on anything but the answers."""

from __future__ import annotations

import random

import msgspec
import pytest

from builders.walks import ANA, CHOIR, TOM, stroll, through, to_the_end, usual
from kinship.ground.errors import BadPack, Misused, NotFound
from kinship.reflect.answers import AnyAnswer, Chosen, Feelings, Number, Passed, People, Plan, Seen, Words
from kinship.reflect.book import Book, book_of, load_book
from kinship.reflect.engine import (
    Walk,
    answer,
    arc,
    asked_in,
    back,
    begin,
    fields,
    fitting,
    is_over,
    question,
    stand,
)
from kinship.reflect.packs import parse_sessions
from kinship.reflect.sessions import StepKind

BOOK = load_book()
MOST_STEPS = 20
EVERY = sorted(BOOK.sessions)

CIRCLE = """
[flows]
[[sessions]]
id = "round"
topic = "coping"
title = "Round"
minutes = 1
intensity = 1
start = "one"
short = ["one"]
[[sessions.steps]]
id = "one"
type = "slider"
text = "?"
field = "mood_before"
next = "two"
[[sessions.steps]]
id = "two"
type = "slider"
text = "?"
field = "mood_before"
next = "two"
"""


def where(walk: Walk, book: Book = BOOK) -> str:
    place = stand(book, walk)
    return f"{place.where}/{place.step}" if place is not None else "the end"


@pytest.mark.parametrize("short", [False, True])
@pytest.mark.parametrize("session", EVERY)
def test_every_walk_by_chance_ends_and_leaves_no_slot_open(session: str, *, short: bool) -> None:
    dice = random.Random(f"{session} {short}")
    for _ in range(40):
        steps = [asked for _, asked in stroll(BOOK, session, dice, short=short)]
        assert steps[-1].step.type is StepKind.CLOSE
        assert len(steps) <= MOST_STEPS
        assert all("{" not in f"{asked.text}{asked.hint}" for asked in steps)


def test_every_step_of_the_pack_is_reached() -> None:
    dice = random.Random(11)
    reached = {
        (asked.place.where, asked.step.id)
        for session in EVERY
        for short in (False, True)
        for _ in range(60)
        for _, asked in stroll(BOOK, session, dice, short=short)
    }
    assert reached == set(BOOK.steps)


@pytest.mark.parametrize("session", EVERY)
def test_passing_every_step_is_a_walk_too(session: str) -> None:
    walk = begin(BOOK, session)
    while not is_over(BOOK, walk):
        walk = answer(BOOK, walk, Passed())
    assert BOOK.steps[walk.given[-1].where, walk.given[-1].step].type is StepKind.CLOSE


@pytest.mark.parametrize("session", EVERY)
def test_a_short_form_asks_no_more_of_its_session_than_it_says(session: str) -> None:
    walk = to_the_end(BOOK, begin(BOOK, session, short=True))
    own = {one.step for one in walk.given if one.where == f"session:{session}"}
    notes = {step.id for step in BOOK.sessions[session].steps if step.type is StepKind.INFO}
    assert own - notes <= set(BOOK.sessions[session].short)


def test_a_low_mood_offers_the_softer_path_and_the_page_goes_on_from_there() -> None:
    walk = through(BOOK, "val-heard", Number(3))
    assert where(walk) == "flow:gentle/hello"
    walk = answer(BOOK, answer(BOOK, walk, Seen()), Chosen("Go on with this page"))
    assert where(walk) == "session:val-heard/moment"


def test_a_heavy_page_is_not_gone_on_with_on_a_low_day() -> None:
    asked = question(BOOK, through(BOOK, "val-needs", Number(2), Seen()))
    assert asked is not None
    assert "Go on with this page" not in asked.options
    with pytest.raises(Misused):
        answer(BOOK, through(BOOK, "val-needs", Number(2), Seen()), Chosen("Go on with this page"))


def test_a_mood_of_four_asks_for_no_softer_path() -> None:
    assert where(through(BOOK, "val-heard", Number(4))) == "session:val-heard/moment"


@pytest.mark.parametrize(
    ("given", "there"),
    [
        (Passed(), "session:val-heard/detail"),
        (People(), "flow:nobody_validation/ok"),
        (People(nobody=True), "flow:nobody_validation/ok"),
        (People((TOM,)), "flow:remembered/speak"),
        (People((TOM, ANA)), "session:val-heard/detail"),
    ],
)
def test_passing_is_not_naming_nobody_and_somebody_missed_has_a_path(given: AnyAnswer, there: str) -> None:
    assert where(through(BOOK, "val-heard", Number(6), Words("x"), given)) == there


def test_a_mood_that_fell_by_two_leads_to_aftercare() -> None:
    walk = to_keep = begin(BOOK, "val-heard")
    while not where(walk).endswith("close/after"):
        asked = question(BOOK, walk)
        assert asked is not None
        walk = answer(BOOK, walk, usual(asked))
    assert where(answer(BOOK, walk, Number(4))) == "flow:aftercare/say"
    assert where(answer(BOOK, walk, Number(5))) == "flow:close/end"
    assert where(answer(BOOK, walk, Passed())) == "flow:close/end"
    assert to_keep.given == ()


def test_starting_medication_the_line_that_says_talk_first_cannot_be_left_out() -> None:
    for short in (False, True):
        for given in (Passed(), Chosen("side effects or pain"), Chosen("I doubt that it helps")):
            walk = through(BOOK, "trt-keep", Number(6), given, short=short)
            assert where(walk) == "session:trt-keep/talk_first"


def test_a_jump_to_another_session_keeps_what_was_answered_and_asks_no_number_twice() -> None:
    walk = through(BOOK, "res-step-back", Number(4))
    assert where(walk) == "session:cop-settle/checkin"
    walk = answer(BOOK, walk, Number(8))
    assert where(walk) == "session:cop-settle/ground"
    assert fields(BOOK, walk)["mood_before"] == Number(4)


def test_a_question_names_the_first_of_those_who_were_picked_and_does_without_them() -> None:
    named = through(BOOK, "val-heard", Number(6), Words("x"), People((ANA, CHOIR)), Words("y"), Passed())
    unnamed = through(BOOK, "val-heard", Number(6), Words("x"), Passed(), Words("y"))
    told = [question(BOOK, named), question(BOOK, unnamed)]
    assert [one.text for one in told if one is not None] == [
        "What did that moment say about you and Ana?",
        "What did that moment say about how you can be treated?",
    ]


def test_nobody_is_asked_about_who_was_not_picked_and_nothing_sorted_that_was_not_listed() -> None:
    assert where(through(BOOK, "val-heard", Number(6), Passed(), Passed(), Passed())) == "session:val-heard/mean"
    assert where(through(BOOK, "cop-load", Number(6), Number(3), Passed())) == "session:cop-load/who"


@pytest.mark.parametrize(
    ("name", "text"),
    [("Iris", "Start with: Iris was ..."), ("", "Start with: … was ...")],
)
def test_an_own_name_that_is_not_known_is_never_i(name: str, text: str) -> None:
    asked = question(BOOK, through(BOOK, "res-step-back", Number(7)), own_name=name)
    assert asked is not None
    assert asked.hint == text


def test_a_name_with_braces_is_only_a_name() -> None:
    asked = question(BOOK, through(BOOK, "res-step-back", Number(7)), own_name="{person}")
    assert asked is not None
    assert asked.hint == "Start with: {person} was ..."


def test_going_back_offers_what_was_answered_and_forgets_nothing() -> None:
    walk = through(BOOK, "val-heard", Number(6), Words("On the stairs."), People((ANA,)))
    earlier = back(back(walk))
    asked = question(BOOK, earlier)
    assert asked is not None
    assert asked.before == Words("On the stairs.")
    again = answer(BOOK, answer(BOOK, earlier, Words("On the stairs.")), People((ANA,)))
    assert again == walk
    assert back(begin(BOOK, "val-heard")) == begin(BOOK, "val-heard")


def test_another_answer_after_going_back_changes_the_way() -> None:
    walk = back(through(BOOK, "val-heard", Number(6), Words("x"), People(nobody=True)))
    assert where(answer(BOOK, walk, People((ANA,)))) == "session:val-heard/detail"


def test_the_arc_counts_up_to_its_end() -> None:
    walk, seen = begin(BOOK, "val-heard"), []
    while (asked := question(BOOK, walk)) is not None:
        seen.append(arc(BOOK, walk))
        walk = answer(BOOK, walk, usual(asked))
    assert [one.at for one in seen] == list(range(1, len(seen) + 1))
    assert seen[-1].at == seen[-1].of
    assert arc(BOOK, walk).at == arc(BOOK, walk).of == len(seen)


def test_a_walk_survives_being_written_down() -> None:
    walk = back(to_the_end(BOOK, begin(BOOK, "cop-load")))
    assert msgspec.json.decode(msgspec.json.encode(walk), type=Walk) == walk


def test_a_pack_that_changed_is_followed_as_far_as_it_goes_and_the_rest_waits() -> None:
    walk = through(BOOK, "val-heard", Number(6), Words("x"), People((ANA,)))
    odd = msgspec.structs.replace(walk.given[1], step="a_step_that_went")
    followed = fitting(BOOK, msgspec.structs.replace(walk, given=(walk.given[0], odd, walk.given[2])))
    assert followed.given == walk.given[:1]
    assert followed.ahead == (odd, walk.given[2])
    assert asked_in(BOOK, followed, 1) == ""


@pytest.mark.parametrize("given", [Number(3), Chosen("Stop here"), People(), Seen(), Plan("x")])
def test_a_step_is_answered_with_what_it_asks_for(given: AnyAnswer) -> None:
    with pytest.raises(Misused):
        through(BOOK, "val-heard", Number(6), given)


def test_a_reflection_that_is_over_takes_no_more_answers() -> None:
    with pytest.raises(Misused, match="over"):
        answer(BOOK, to_the_end(BOOK, begin(BOOK, "cop-settle")), Passed())


def test_a_reflection_that_is_not_there_is_said_to_be_missing() -> None:
    with pytest.raises(NotFound, match="no-such"):
        begin(BOOK, "no-such")


def test_a_pack_that_goes_round_in_a_circle_is_refused_not_followed() -> None:
    book = book_of(BOOK.pack, parse_sessions(CIRCLE, "round.toml"))
    with pytest.raises(BadPack, match="circle"):
        is_over(book, through(book, "round", Number(3)))


def test_words_of_an_answer_are_never_shown_by_accident() -> None:
    told = (Words("canary"), Feelings(("canary",)), People((ANA,)), Plan("canary"))
    assert "canary" not in repr(told)
    assert "Ana" not in repr(told)
