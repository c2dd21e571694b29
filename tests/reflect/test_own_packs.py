"""Packs of one's own: a right one joins ours, a wrong one is named with its line and left out, and nothing else is."""

from __future__ import annotations

import datetime as dt
import os
import random
from pathlib import Path

import pytest

from builders.journals import TODAY, new_journal
from builders.walks import stroll
from kinship.ground.errors import BadPack
from kinship.reflect.book import load_book
from kinship.reflect.checking import faults_of
from kinship.reflect.own_packs import KEPT, LARGEST, Source, join, library, read_folder, read_pack, with_pack
from kinship.reflect.packs import PACKS
from kinship.reflect.selection import choose_today
from kinship.reflect.slots import SelectionState

EXAMPLE = (PACKS / "example.toml").read_text(encoding="utf-8")
OURS = load_book()


def line_in(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_our_own_sessions_have_no_fault() -> None:
    assert list(faults_of(OURS)) == []


def test_the_example_is_a_right_pack_that_can_be_asked_and_walked() -> None:
    book = with_pack(join(()), Source("example.toml", EXAMPLE)).book
    assert set(book.sessions) - set(OURS.sessions) == {"garden-walk"}
    assert set(book.pack.by_id) - set(OURS.pack.by_id) == {"garden-01", "garden-02"}
    for seed in range(50):
        steps = [asked.step.id for _, asked in stroll(book, "garden-walk", random.Random(seed))]
        assert steps[0] == "how"
    days = (TODAY + dt.timedelta(days=n) for n in range(40))
    choices = (choose_today(book.pack, SelectionState(), day) for day in days)
    chosen = {choice.prompt.id for choice in choices if choice is not None}
    assert "garden-01" in chosen


def test_what_is_joined_leaves_ours_as_it_was() -> None:
    with_pack(join(()), Source("example.toml", EXAMPLE))
    assert "garden" not in load_book().pack.topics
    assert "garden-01" not in load_book().pack.by_id


FAULTS = [
    ('id = "garden-02"', 'id = "val-01"', 'id = "val-01"', "the id val-01 is taken already"),
    ('id = "garden-02"', 'id = "garden-01"', "SECOND", "the id garden-01 is taken already"),
    ('id = "garden-walk"', 'id = "val-heard"', 'id = "val-heard"', "the id val-heard is taken already"),
    ("[topics.garden]", "[topics.coping]", "[topics.coping]", "the name coping is taken already"),
    ('start = "how"', 'start = "nowhere"', 'start = "nowhere"', "starts with nowhere"),
    ('next = "tell"', 'next = "told"', 'next = "told"', "leads to told, which is not there"),
    ('goto = "flow:gentle"', 'goto = "flow:gone"', 'goto = "flow:gone"', "leads to flow:gone"),
    ('goto = "flow:gentle"', 'goto = "@resume"', 'goto = "@resume"', "resumes, which only a step of a flow can"),
    ('field = "mood_before", op', 'field = "weather", op', 'field = "weather", op', "which no step before it asks"),
    ('scale = "mood"', 'scale = "joy"', 'scale = "joy"', "has the scale joy"),
    ('reachout = ["thinking_of_you"]', 'reachout = ["howl"]', 'reachout = ["howl"]', "offers the beginning howl"),
    (
        'fallback_text = "What would you write to somebody?"\n',
        "",
        "What would you write to {person}?",
        "no fallback_text",
    ),
    ("nobody else saw?", "{somebody} saw?", "{somebody} saw?", "has the slot somebody"),
    ('type = "draft"', 'type = "choice"', 'id = "tell"', "is a choice and needs options"),
    ('type = "draft"', 'type = "support"', 'id = "tell"', "does not say of whom"),
    ('next = "flow:close"', 'next = "how"', 'id = "garden-walk"', "goes round in a circle"),
    ('short = ["how", "seen", "who"]', 'short = ["hop"]', 'short = ["hop"]', "the short form of garden-walk names hop"),
    ('topic = "garden"\ntitle', 'topic = "sea"\ntitle', 'topic = "sea"\ntitle', "has the topic sea"),
    ("minutes = 4", 'minutes = "four"', 'minutes = "four"', "Expected `int`"),
]


@pytest.mark.parametrize(("right", "wrong", "there", "said"), FAULTS)
def test_a_wrong_pack_is_named_with_its_line(right: str, wrong: str, there: str, said: str) -> None:
    broken = EXAMPLE.replace(right, wrong, 1)
    assert broken != EXAMPLE
    line = line_in(EXAMPLE, right) if there == "SECOND" else line_in(broken, there)
    with pytest.raises(BadPack) as caught:
        with_pack(join(()), Source("mine.toml", broken))
    assert said in caught.value.message
    told = int(caught.value.message.split("line ")[1].split(":")[0])
    assert abs(told - line) <= 2, (told, line)


def test_a_wrong_pack_is_left_out_and_the_others_stay() -> None:
    broken = Source("broken.toml", EXAMPLE.replace('next = "tell"', 'next = "told"'))
    found = join((broken, Source("example.toml", EXAMPLE)))
    assert "garden-walk" in found.book.sessions
    assert len(found.faults) == 1
    assert "broken.toml is wrong at line" in found.faults[0]


def test_of_two_packs_with_the_same_ids_the_second_is_left_out() -> None:
    found = join((Source("one", EXAMPLE), Source("two", EXAMPLE)))
    assert len(found.faults) == 1
    assert "two" in found.faults[0]


@pytest.mark.parametrize(
    "data", [b"\xff\xfe", b"[meta", b"\0" * 10, b"x" * (LARGEST + 1), b"", b"[meta]\nschema = 2\n"]
)
def test_a_file_that_is_no_pack_is_one_sentence(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "bad.toml").write_bytes(data)
    sources, faults = read_folder(tmp_path)
    faults = (*faults, *join(sources).faults)
    assert len(faults) == 1
    assert "bad.toml" in faults[0]


def test_what_is_no_file_is_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "gone.toml").symlink_to(tmp_path / "nowhere")
    (tmp_path / "zero.toml").symlink_to("/dev/zero")
    assert [len(part) for part in read_folder(tmp_path)] == [0, 4]
    with pytest.raises(BadPack):
        read_pack(tmp_path / "pipe.toml")


def test_packs_come_from_the_journal_and_from_the_folder(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    assert "garden-walk" not in library(journal, tmp_path).book.sessions
    journal.choose(f"{KEPT}garden", EXAMPLE)
    assert "garden-walk" in library(journal, tmp_path).book.sessions
    assert "garden-walk" not in library(journal, tmp_path, without="garden").book.sessions
    journal.choose(f"{KEPT}garden", None)
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "garden.toml").write_text(EXAMPLE)
    assert "garden-walk" in library(journal, tmp_path).book.sessions
