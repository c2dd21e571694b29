"""Whatever was written there, in whatever signs, comes: no reader of journals loses or makes a word."""

from __future__ import annotations

import json
import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from builders.journals_of_others import day_one, day_one_entry
from builders.maps_of_others import zipped
from kinship.privacy.text import clean
from kinship.transfer import csv_entries, dated_text, jrnl, markdown_folder, mini_diary, tui_journal
from kinship.transfer import day_one as of_day_one
from kinship.transfer.entries import Pages
from kinship.transfer.entry_files import read_journal

WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=200)
MARKED = st.lists(
    st.sampled_from(
        ["word", "Ä", "😀", " ", "\n", "\\", "\\.", "\\-", "\\!", "1\\.", "[", "](", ")", "`", "```\n", "*", "#"]
    ),
    min_size=1,
    max_size=40,
).map("".join)


def kept(text: str) -> str:
    return clean(text).strip("\n").rstrip()


def bodies(plan: Pages) -> list[str]:
    return [kept(page.body) for page in plan.pages]


def without_signs(text: str) -> str:
    return re.sub(r"[\\\s]", "", text)


@given(WORDS)
def test_a_text_that_json_holds_comes_as_it_is(text: str) -> None:
    held = json.dumps({"entries": {"2024-05-03": {"title": "T", "text": text}}}).encode()
    assert bodies(mini_diary.read(held)) == [kept(text)]
    entry = {"date": "2024-05-03T10:00:00Z", "title": "T", "content": text, "tags": []}
    assert bodies(tui_journal.read(json.dumps({"entries": [entry]}).encode())) == [kept(text)]


@given(MARKED)
def test_a_text_of_day_one_loses_backslashes_and_nothing_else(text: str) -> None:
    plan = of_day_one.read({"a.json": day_one(day_one_entry(text, starred=True))})
    (body,) = bodies(plan)
    assert body == "(no words)" or without_signs(body) == without_signs(text)


@given(WORDS)
def test_a_text_of_jrnl_loses_a_star_and_nothing_else(text: str) -> None:
    words = kept(text).replace("[", "(")
    plan = jrnl.read({"a": f"[2024-05-03 21:30] First\n{words}\n\n[2024-05-04 09:00] Last *\n".encode()})
    first, last = bodies(plan)
    assert first == kept(f"First\n{words}")
    assert (last, plan.pages[1].starred) == ("Last", True)


@given(WORDS)
def test_a_text_in_a_table_under_a_day_or_in_a_note_comes_as_it_is(text: str) -> None:
    words = "x" + kept(text).replace("[[", "((").replace("---", "...") + "\n.x"
    quoted = words.replace('"', '""')
    assert bodies(csv_entries.read(f'date,text\n2024-05-03,"{quoted}"\n'.encode())) == [kept(words)]
    assert bodies(markdown_folder.read({"2024-05-03.md": words.encode()})) == [kept(words)]
    plan = dated_text.read({"a.txt": f"2024-05-03\n{words}\n".encode()})
    assert "\n".join(bodies(plan)).endswith(".x")


def test_an_archive_and_a_folder_say_the_same(tmp_path: Path) -> None:
    files = {"a/2024-05-03.md": b"One", "b/2024-05-04.md": "Zwei 🌙".encode()}
    (tmp_path / "x.zip").write_bytes(zipped(files))
    for name, data in files.items():
        (tmp_path / "notes" / name).parent.mkdir(parents=True)
        (tmp_path / "notes" / name).write_bytes(data)
    endings = markdown_folder.ENDINGS
    assert read_journal(tmp_path / "x.zip", endings) == read_journal(tmp_path / "notes", endings)
