"""The synthetic life: the same for the same seed, and true to itself."""

from __future__ import annotations

import datetime as dt
import re
import time
from collections import Counter

import pytest

from kinship.demo import Life, live
from kinship.journal.facts import standing
from kinship.journal.kinds import Kind
from kinship.journal.mentions import NameTable, find_mentions, find_tags
from kinship.journal.model import AlterKind, Circle, Ring, Status, StepState
from kinship.reflect.packs import load_pack

AS_OF = dt.date(2026, 11, 22)
SEEDS = (1, 7, 23)


@pytest.fixture(scope="module", params=SEEDS)
def life(request: pytest.FixtureRequest) -> Life:
    return live(request.param)


def circle_on(life: Life, day: dt.date) -> Circle:
    return standing(life.alters, life.facts, life.moments, day)


def test_the_same_seed_gives_the_same_life() -> None:
    assert live(5) == live(5)
    assert live(5).entries != live(6).entries


def test_a_year_has_the_size_that_was_asked_for(life: Life) -> None:
    assert len(life.alters) == 40
    assert len(life.entries) == 250
    assert 150 <= len(life.moments) <= 500
    assert 180 <= len(life.checkins) <= 300


def test_every_kind_of_alter_and_every_way_a_tie_can_stand_is_there(life: Life) -> None:
    circle = circle_on(life, AS_OF)
    assert {bond.alter.kind for bond in circle.bonds} == set(AlterKind)
    assert {bond.status for bond in circle.bonds} == set(Status)
    assert {bond.ring for bond in circle.bonds} == set(Ring)


def test_facts_and_moments_speak_of_those_who_exist(life: Life) -> None:
    known = {alter.id for alter in life.alters}
    pages = {entry.id for entry in life.entries}
    assert all(known.issuperset(fact.subject) for fact in life.facts)
    assert all(moment.alter in known and moment.entry in pages for moment in life.moments)
    assert all(line.entry in pages for line in life.lines)
    assert all(one.entry is None or one.entry in pages for one in life.checkins)
    assert all(step.alter in known for step in life.intentions)


def test_every_id_is_used_once(life: Life) -> None:
    ids = [str(value.id) for value in life.values()]  # type: ignore[attr-defined]
    assert len(ids) == len(set(ids))


def test_nothing_happens_with_anybody_before_they_come_or_after_they_are_gone(life: Life) -> None:
    closed = {Status.ENDED, Status.PAUSED, Status.NO_CONTACT, Status.REMEMBERED, Status.WISHED}
    for moment in life.moments:
        bonds = {bond.alter.id: bond for bond in circle_on(life, moment.day).bonds}
        assert moment.alter in bonds
        assert bonds[moment.alter].status not in closed


def test_every_mention_is_of_somebody_known_by_then_and_kept_with_the_page(life: Life) -> None:
    table = NameTable(life.alters)
    for entry in life.entries:
        found = find_mentions(entry.body, table)
        assert {one.text: one.alter for one in found} == entry.names
        there = {bond.alter.id for bond in circle_on(life, entry.day).bonds}
        assert there.issuperset(entry.names.values())


def test_tags_are_those_in_the_text(life: Life) -> None:
    for entry in life.entries:
        assert set(entry.tags) == set(find_tags(entry.body))


def test_no_slot_and_no_condition_is_left_in_a_page(life: Life) -> None:
    for entry in life.entries:
        assert entry.body.strip() == entry.body != ""
        assert not re.search(r"[{}|]|^\[(?!x\]| \])", entry.body, re.MULTILINE)


def test_pages_are_of_very_different_length(life: Life) -> None:
    lengths = sorted(len(entry.body) for entry in life.entries)
    assert lengths[10] < 90
    assert lengths[-1] > 1200
    assert 120 < lengths[125] < 400


def test_pages_use_the_markdown_that_people_use(life: Life) -> None:
    text = "\n".join(entry.body for entry in life.entries)
    for mark in (r"^- ", r"^1\. ", r"^> ", r"^## ", r"\*\*\w", r"(?<!\*)\*\w", r"^- \[x\] "):
        assert re.search(mark, text, re.MULTILINE), mark


def test_few_sentences_are_met_often(life: Life) -> None:
    paragraphs = Counter(
        line for entry in life.entries for line in entry.body.split("\n") if len(line) > 40 and line[0] not in "-#>"
    )
    assert paragraphs.most_common(1)[0][1] <= 5
    assert sum(times > 1 for times in paragraphs.values()) < 0.25 * len(paragraphs)


def test_days_before_dawn_belong_to_the_evening_before(life: Life) -> None:
    for entry in life.entries:
        assert life.first_day <= entry.day < life.as_of
        assert (entry.at - dt.timedelta(hours=4)).date() == entry.day
    assert any(entry.at.date() != entry.day for entry in life.entries)


def test_the_map_changes_visibly_with_the_move(life: Life) -> None:
    before = {bond.alter.id: bond for bond in circle_on(life, life.first_day).bonds}
    after = {bond.alter.id: bond for bond in circle_on(life, AS_OF).bonds}
    new = set(after) - set(before)
    counted = {one for one, bond in before.items() if bond.counted}
    gone = {one for one in counted if not after[one].counted}
    outward = {one for one in counted - gone if _ring(after[one].ring) > _ring(before[one].ring)}
    assert len(new) >= 10
    assert len(gone) >= 6
    assert len(outward) >= 6
    assert len(circle_on(life, AS_OF).ties) != len(circle_on(life, life.first_day).ties)


def _ring(ring: Ring | None) -> int:
    return list(Ring).index(ring) if ring is not None else -1


def test_support_and_strain_go_both_ways(life: Life) -> None:
    seen = {(moment.direction.value, moment.kind) for moment in life.moments}
    for kind in (Kind.EMOTIONAL, Kind.PRACTICAL, Kind.IDENTITY, Kind.STRAIN):
        assert ("from_them", kind) in seen
    assert ("to_them", Kind.EMOTIONAL) in seen
    assert ("to_them", Kind.STRAIN) in seen


def test_a_mood_leans_on_the_day_before(life: Life) -> None:
    moods = {one.day: one.mood for one in life.checkins if one.mood is not None}
    pairs = [(mood, moods[day + dt.timedelta(days=1)]) for day, mood in moods.items() if day + dt.timedelta(1) in moods]
    mean = sum(moods.values()) / len(moods)
    together = sum((a - mean) * (b - mean) for a, b in pairs) / len(pairs)
    spread = sum((mood - mean) ** 2 for mood in moods.values()) / len(moods)
    assert together / spread > 0.4
    assert 4 < mean < 7
    assert min(moods.values()) <= 3
    assert max(moods.values()) >= 8


def test_words_shared_with_the_content_are_the_contents(life: Life) -> None:
    pack = load_pack()
    feelings = {word for band in pack.feelings.values() for word in band}
    for entry in life.entries:
        assert feelings.issuperset(entry.feelings)
        assert entry.prompt is None or pack.by_id[entry.prompt].topic == entry.topic
    assert sum(entry.prompt is not None for entry in life.entries) >= 15
    assert all(feelings.issuperset(one.feelings) for one in life.checkins)


def test_something_lies_ahead(life: Life) -> None:
    due = [step.due for step in life.intentions if step.state is StepState.OPEN and step.due is not None]
    assert min(due) <= AS_OF + dt.timedelta(days=3)
    assert min(due) >= AS_OF
    assert all(AS_OF < one.at.date() <= AS_OF + dt.timedelta(days=30) for one in life.appointments)
    assert life.appointments
    assert any(entry.starred for entry in life.entries)
    assert all(line.text in _page(life, line.entry) for line in life.lines)


def _page(life: Life, id_: str) -> str:
    return next(entry.body for entry in life.entries if entry.id == id_)


@pytest.mark.parametrize(("people", "pages", "years"), [(0, 0, 1), (1, 5, 1), (5, 40, 1), (40, 30, 2), (150, 600, 10)])
def test_a_life_comes_in_other_sizes(people: int, pages: int, years: int) -> None:
    life = live(3, years=years, people=people, pages=pages)
    assert len(life.alters) == people
    assert len(life.entries) == pages
    assert (life.as_of - life.first_day).days == 365 * years
    table = NameTable(life.alters)
    for entry in life.entries:
        assert {one.text: one.alter for one in find_mentions(entry.body, table)} == entry.names


def test_a_life_of_a_hundred_and_fifty_has_as_many_names() -> None:
    names = Counter(alter.name for alter in live(2, people=150).alters)
    assert names.most_common(1)[0][1] == 1


def test_ten_thousand_pages_of_eight_hundred_characters_are_quick() -> None:
    begun = time.process_time()
    life = live(1, years=10, people=60, pages=10_000, length=800)
    taken = time.process_time() - begun
    mean = sum(len(entry.body) for entry in life.entries) / len(life.entries)
    assert len(life.entries) == 10_000
    assert 650 < mean < 1000
    assert taken <= 6
