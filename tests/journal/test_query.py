"""The search language: what a line means, one sentence for what means nothing, and the very pages it asks for."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import hostile
from builders.journals import TODAY, alter, entry, new_journal
from kinship.ground.errors import KinshipError, Misused, NotFound
from kinship.journal.journal import Journal
from kinship.journal.mentions import fold
from kinship.journal.model import Entry
from kinship.journal.query import BEING, HAVING, KEYS, Key, Term, asked, parse
from kinship.journal.search import searched_text


def read(line: str) -> list[list[tuple[str, str, bool]]]:
    """Return each group of a line as key, word and whether it is turned round."""
    return [[(str(one.key), one.word, one.negated) for one in group] for group in parse(line, TODAY).groups]


def word(text: str, *, negated: bool = False) -> tuple[str, str, bool]:
    return "words", text, negated


def test_words_are_folded_and_quotes_hold_them_together() -> None:
    assert read('Rain "On The  stairs" É') == [[word("rain")], [word("on the  stairs")], [word("é")]]
    assert read('"still open') == [[word("still open")]]
    assert read('  "" -"" ') == []


def test_or_joins_the_two_beside_it_and_waits_for_the_second() -> None:
    assert read("a or b or c d") == [[word("a"), word("b"), word("c")], [word("d")]]
    assert read("rain OR") == read("rain")
    assert read("or rain") == read("rain")
    assert read('"or"') == [[word("or")]]


def test_a_minus_turns_round_what_follows() -> None:
    assert read('-rain -"two words" -tag:x') == [
        [word("rain", negated=True)],
        [word("two words", negated=True)],
        [("tag", "x", True)],
    ]
    assert read("- well-known --x") == [[word("-")], [word("well-known")], [word("-x", negated=True)]]


def test_keys_take_words_in_quotes_and_ignore_case() -> None:
    assert read('PERSON:"Old Tom" people:@Bea Tag:#Sea') == [
        [("person", "Old Tom", False)],
        [("person", "Bea", False)],
        [("tag", "sea", False)],
    ]


@pytest.mark.parametrize(
    ("told", "span"),
    [
        ("6", (6, 6)), ("3..6", (3, 6)), ("3-6", (3, 6)), (">=5", (5, 10)), (">5", (6, 10)), ("<3", (0, 2)),
        ("<=3", (0, 3)), ("=0", (0, 0)),
    ],
)  # fmt: skip
def test_moods_are_numbers_and_spans(told: str, span: tuple[int, int]) -> None:
    ((term,),) = parse(f"mood:{told}", TODAY).groups
    assert term.span == span


@pytest.mark.parametrize(
    ("told", "day"), [("11-22", "11-22"), ("today", None), ('"3 May"', "05-03"), ('"29 Feb"', "02-29")]
)
def test_a_day_of_every_year_is_its_month_and_day(told: str, day: str | None) -> None:
    assert read(f"day:{told}") == [[("day", day or f"{TODAY:%m-%d}", False)]]


def test_days_are_said_as_everywhere_else() -> None:
    def days(line: str) -> tuple[dt.date, dt.date]:
        ((term,),) = parse(line, TODAY).groups
        return term.days.first, term.days.last

    assert days("since:2024-03") == (dt.date(2024, 3, 1), dt.date.max)
    assert days("until:2024-03") == (dt.date.min, dt.date(2024, 3, 31))
    assert days("on:2024-03") == (dt.date(2024, 3, 1), dt.date(2024, 3, 31))
    assert days('on:"two days ago"') == (TODAY - dt.timedelta(days=2),) * 2


@pytest.mark.parametrize(
    "line", ["10:30", "https://example.org/a", "note:", ":)", "x:y", "c:\\x", "#tag", "@Bea", "1:2:3"]
)
def test_what_only_looks_like_a_key_is_words(line: str) -> None:
    assert read(line) == [[word(line.lower())]]


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("persn:Bea", "person:"),
        ("moods:3", "mood:"),
        ("zzqq:x", '"zzqq:x"'),
        ("mood:", "mood:3..6"),
        ('tag:""', "tag:garden"),
        ("mood:well", "mood:>=5"),
        ("mood:11", "from 0 to 10"),
        ("mood:6..3", "smaller"),
        ("since:soonish", "yesterday"),
        ("is:stared", "is:starred"),
        ("has:moods", "has:mood"),
        ("has:feeligs", "has:feelings"),
        ("has:xyz", "one of"),
        ("day:May", "one day"),
    ],
)
def test_what_means_nothing_is_one_sentence_with_the_nearest(line: str, hint: str) -> None:
    with pytest.raises(Misused) as told:
        parse(f"rain {line}", TODAY)
    assert hint in str(told.value)
    assert "\n" not in str(told.value)


def read_or_refused(line: str) -> str:
    """Return what a line means or why it means nothing; any other failure is one."""
    try:
        return repr(parse(line, TODAY))
    except KinshipError as told:
        return str(told)


@pytest.mark.parametrize("name", sorted(hostile.corpus()))
def test_a_hostile_line_is_read_or_refused(name: str) -> None:
    for line in (hostile.corpus()[name], f"tag:{hostile.corpus()[name]}", f"-person:{hostile.corpus()[name]}"):
        assert read_or_refused(line)


def test_a_query_shows_no_words_of_its_own() -> None:
    assert "garden" not in repr(parse("garden person:Bea", TODAY))


def test_words_to_mark_leave_out_what_must_not_be_there() -> None:
    assert parse('a or "b c" -d tag:e a', TODAY).words == ("a", "b c")


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    made = new_journal(tmp_path)
    made.take_in("People", [alter("Bea", aliases=("Beatrix",)), alter("Old Tom"), alter("Tomás", merged_into="bea")])
    return made


def bodies(journal: Journal, line: str) -> set[str]:
    return {one.body for one in journal.search(line)}


def test_a_name_is_found_by_the_beginning_of_a_word_and_by_who_was_made_one_with_it(journal: Journal) -> None:
    journal.take_in(
        "Pages",
        [
            entry("b", names={"Bea": "bea"}), entry("t", names={"Old Tom": "old-tom"}),
            entry("m", names={"Tomás": "tomás"}), entry("n", names={"x": ""}),
        ],
    )  # fmt: skip
    assert bodies(journal, "person:bea") == bodies(journal, "person:beatr") == {"b", "m"}
    assert bodies(journal, 'person:"old tom"') == {"t"}
    assert bodies(journal, "person:tom") == {"b", "m", "t"}
    assert bodies(journal, "-has:people") == {"n"}
    with pytest.raises(NotFound, match="did you mean Old Tom"):
        journal.search('person:"olt tom"')


def test_hidden_pages_are_found_where_they_are_asked_for(journal: Journal) -> None:
    later = TODAY + dt.timedelta(days=9)
    journal.take_in("Pages", [entry("away", hidden_until=later), entry("here")])
    assert bodies(journal, "") == {"here"}
    assert bodies(journal, "is:hidden") == {"away"}
    assert bodies(journal, "is:hidden or here") == {"away", "here"}


def test_one_key_alone_is_what_an_option_says() -> None:
    assert asked("tag", 'Two "words"', TODAY).groups == ((Term(Key.TAG, 'two "words"'),),)
    with pytest.raises(Misused):
        asked("mood", "11", TODAY)


PEOPLE = [alter("Bea"), alter("Old Tom"), alter("Noor", merged_into="bea")]
WORDS = ("rain", "Stairs", "straße", "a")
PAGES = st.builds(
    entry,
    st.lists(st.sampled_from((*WORDS, "sun", "é")), max_size=4).map(" ".join),
    day=st.integers(0, 40).map(lambda ago: TODAY - dt.timedelta(days=ago)),
    title=st.none() | st.sampled_from(WORDS),
    mood=st.none() | st.integers(0, 10),
    stress=st.none() | st.integers(0, 10),
    feelings=st.lists(st.sampled_from(("calm", "Sad")), max_size=2, unique=True).map(tuple),
    tags=st.lists(st.sampled_from(("sea", "home")), max_size=2, unique=True).map(tuple),
    names=st.dictionaries(st.sampled_from(("x", "y")), st.sampled_from(("bea", "old-tom", "noor", "")), max_size=2),
    topic=st.none() | st.sampled_from(("rest", "Work")),
    prompt=st.none() | st.just("p"),
    journal=st.sampled_from(("", "Dreams")),
    starred=st.booleans(),
    hidden_until=st.none() | st.just(TODAY + dt.timedelta(days=3)) | st.just(TODAY),
)
TERMS = st.sampled_from(
    [
        *WORDS, '"stairs rain"', "#sea", "person:Bea", "person:tom", "people:noor", "tag:sea", "tag:home", "topic:REST",
        "mood:3..6", "mood:>=5", "stress:<4", "feeling:sad", "since:2024-04-20", "until:2024-04-28", "on:2024-05-01",
        "on:2024-04", "day:05-01", "journal:dreams", *(f"is:{one}" for one in BEING), *(f"has:{one}" for one in HAVING),
    ]
)  # fmt: skip
SIGNED = st.tuples(st.sampled_from(("", "-")), TERMS).map("".join)
GROUPS = st.lists(st.lists(SIGNED, min_size=1, max_size=3), max_size=4)

KIN = {"bea": {"bea", "noor"}, "noor": {"bea", "noor"}, "tom": {"old-tom"}}


def holds(one: Entry, told: str) -> bool:
    """Say by looking at a page alone whether a term holds: the slow way, written apart."""
    if told.startswith("-"):
        return not holds(one, told[1:])
    name, colon, value = told.partition(":")
    if not colon:
        return fold(told.strip('"')) in fold(searched_text(one))
    day = {"since:2024-04-20": one.day >= dt.date(2024, 4, 20), "until:2024-04-28": one.day <= dt.date(2024, 4, 28)}
    mood, stress = (-1 if one.mood is None else one.mood), (99 if one.stress is None else one.stress)
    fields: dict[str, Any] = {
        "title": one.title, "mood": one.mood is not None, "stress": one.stress is not None, "feelings": one.feelings,
        "tags": one.tags, "people": any(one.names.values()), "topic": one.topic, "prompt": one.prompt,
    }  # fmt: skip
    known = {
        "person": lambda: bool(KIN[value.lower()] & set(one.names.values())),
        "tag": lambda: value in one.tags,
        "topic": lambda: (one.topic or "").lower() == value.lower(),
        "mood": lambda: 3 <= mood <= 6 if value == "3..6" else mood >= 5,
        "stress": lambda: stress < 4,
        "feeling": lambda: value in [each.lower() for each in one.feelings],
        "journal": lambda: one.journal.lower() == value,
        "on": lambda: str(one.day).startswith(value),
        "day": lambda: str(one.day).endswith(value),
        "is": lambda: one.starred if value == "starred" else one.hidden_until is not None and one.hidden_until > TODAY,
        "has": lambda: bool(fields[value]),
    }
    return bool(day[told] if told in day else known["person" if name == "people" else name]())


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Journal:
    made = new_journal(tmp_path_factory.mktemp("query"))
    made.take_in("People", PEOPLE)
    return made


@given(st.lists(PAGES, min_size=1, max_size=8), GROUPS)
@settings(max_examples=250, deadline=None)
def test_a_query_finds_what_looking_at_every_page_finds(
    shelf: Journal, pages: list[Entry], groups: list[list[str]]
) -> None:
    shelf.take_in("Pages", pages)
    try:
        line = " ".join(" or ".join(group) for group in groups)
        seen = any("is:hidden" in told for group in groups for told in group)
        wanted = [
            one
            for one in pages
            if (seen or one.hidden_until is None or one.hidden_until <= TODAY)
            and all(any(holds(one, told) for told in group) for group in groups)
        ]
        found = shelf.search(line)
        assert {one.id for one in found} == {one.id for one in wanted}
        assert found == sorted(found, key=lambda one: (one.day, one.at, one.id), reverse=True)
    finally:
        shelf.undo()


def test_every_key_has_a_sample_that_can_be_read() -> None:
    for name, (key, sample) in KEYS.items():
        ((term,),) = parse(f"{name}:{sample}", TODAY).groups
        assert term.key is key


@given(st.text(max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_line_is_read_or_refused_with_a_sentence(line: str) -> None:
    assert read_or_refused(line)
