"""Journals of other programs are read as they mean it: words, times, tags and stars; what has no place is listed."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest
from msgspec import structs

from builders.journals import EVENING, new_journal
from builders.journals_of_others import (
    JRNL,
    JRNL_ITSELF,
    MINI_DIARY,
    MONTH,
    NOTES,
    PASSWORD,
    TABLE,
    TEXT,
    TUI_JOURNAL,
    day_one,
    day_one_entry,
    day_one_journal,
    day_one_zip,
    jrnl_encrypted,
    jrnl_one_encrypted,
    jrnl_three_encrypted,
)
from builders.maps_of_others import zipped
from kinship.ground.errors import Misused, Refused, WrongPassphrase
from kinship.journal.drafts import PageText
from kinship.transfer import (
    csv_entries,
    dated_text,
    jrnl,
    markdown_folder,
    mini_diary,
    out_markdown,
    rednotebook,
    tui_journal,
)
from kinship.transfer import day_one as of_day_one
from kinship.transfer.entries import Page, Pages
from kinship.transfer.entry_files import read_journal
from kinship.transfer.keeping_entries import keep_pages, match_pages
from kinship.transfer.leaving import Naming, sheets
from kinship.transfer.whens import Order, read_when, zone_of
from kinship.transfer.yaml_subset import read_yaml


def on(plan: Pages, day: str) -> Page:
    (page,) = [one for one in plan.pages if str(one.day or one.at.date()) == day]
    return page


def local(*parts: int) -> dt.datetime:
    return dt.datetime(*parts)  # type: ignore[arg-type]  # noqa: DTZ001 - zones come later


def of_jrnl(data: bytes | str, **more: object) -> Pages:
    told = data.encode() if isinstance(data, str) else data
    return jrnl.read({"journal.txt": told}, password=lambda: PASSWORD, **more)  # type: ignore[arg-type]


def test_jrnl_keeps_words_times_stars_and_tags() -> None:
    first, second, third = of_jrnl(JRNL).pages
    assert first.body == "A slow evening. @Marta called.\nWe talked about the @garden.\n\nAnd then nothing."
    assert (first.at, first.day, first.starred) == (local(2024, 5, 3, 21, 30), None, True)
    assert first.tags == ("marta", "garden")
    assert second.at == local(2024, 5, 4, 1, 10)
    assert second.body == "Cannot sleep.\n\n[note] brackets inside stay"
    assert (third.body, third.starred) == ("Coffee.", False)


def test_jrnl_is_read_in_a_time_format_of_its_own_and_with_other_tag_signs() -> None:
    (page,) = of_jrnl("[03|05|24 @ 21h30] Words #calm @x\n", form="%d|%m|%y @ %Hh%M", symbols="#").pages
    assert (page.at, page.tags) == (local(2024, 5, 3, 21, 30), ("calm",))
    with pytest.raises(Misused, match="two ways"):
        of_jrnl("[03/04/2024 09:00] Words\n")
    assert of_jrnl("[03/04/2024 09:00] Words\n", order=Order.MONTH_FIRST).pages[0].at.month == 3
    for form in ("%d%d%d", "%"):
        with pytest.raises((Misused, Refused)):
            of_jrnl("[03|05|24] Words\n", form=form)


def test_jrnl_of_the_first_version_and_its_folders_are_read() -> None:
    assert [one.body for one in of_jrnl("2014-05-03 21:30 Old.\nMore\n2014-05-04 08:00 New. *\n").pages] == [
        "Old.\nMore",
        "New.",
    ]
    folder = {"2024/05/03.txt": b"[2024-05-03 09:00] A\n", "2024/05/04.txt": b"[2024-05-04 09:00] B\n", "x.txt": b"n"}
    assert [one.body for one in jrnl.read(folder).pages] == ["A", "B"]


@pytest.mark.parametrize(
    "data",
    [jrnl_three_encrypted(), jrnl_three_encrypted(bare=True), jrnl_encrypted(), jrnl_one_encrypted()],
    ids=["jrnl 4.6", "jrnl 4.6 at first", "jrnl 2", "jrnl 1"],
)
def test_an_encrypted_jrnl_opens_with_its_password_and_no_other(data: bytes) -> None:
    assert of_jrnl(data) == of_jrnl(JRNL)
    with pytest.raises(WrongPassphrase):
        jrnl.read({"journal.txt": data}, password=lambda: "another")


def test_a_journal_that_jrnl_itself_encrypted_is_read_as_jrnl_shows_it() -> None:
    assert [(str(one.at), one.starred, one.tags, one.body) for one in of_jrnl(JRNL_ITSELF).pages] == [
        ("1971-01-02 00:30:00", True, (), "Old days.\n[brackets] stay. Émile wrote: 2024-05-04 is a date."),
        ("2024-01-01 00:00:00", False, (), "looks like a head but has no time\nsecond line"),
        (
            "2024-05-03 21:30:00",
            False,
            ("marta", "garden"),
            "A slow evening with @Marta.\n* We talked about the @garden 🌱.",
        ),
        ("2026-11-22 03:00:00", False, (), "Cannot sleep."),
    ]


@pytest.mark.parametrize("data", [b"JRNLv3", b"JRNLv3\xff\xff{}", b"JRNLv3\0\4AAAA", b"JRNLv3\0\2{}gAAAAA"])
def test_an_encrypted_journal_whose_beginning_is_damaged_is_said_to_be(data: bytes) -> None:
    with pytest.raises(Refused, match="beginning"):
        of_jrnl(data)


def test_day_one_is_read_without_its_escapes_and_links() -> None:
    plan = of_day_one.read({"Journal.json": day_one_journal()}, Counter({".jpeg": 1}))
    first = plan.pages[0]
    assert first.body == (
        "# A walk\n\nIt rained. We laughed (a lot)! 10-12 km + tea.\n\n1\\. no list\n\\- no bullet\n\n"
        "snake_case, \\*no star\\*, `code\\.` stays\n\n\nSee that day with @Marta."
    )
    assert first.at.isoformat() == "2024-05-03T23:30:05+02:00"
    assert (first.zone, first.starred, first.tags) == ("Europe/Vienna", True, ("family-life", "walk"))


def test_what_day_one_carries_beside_words_is_listed() -> None:
    plan = of_day_one.read({"Journal.json": day_one_journal()}, Counter({".jpeg": 1}))
    assert set(plan.left_out) == {
        "photos (3: 2024-05-03)",
        "weather (1)",
        "places (1)",
        "sound recordings (1: 2024-05-03)",
        "files .jpeg (1)",
        "entries without words (1: 2024-05-03)",
    }
    assert plan.doubts == ("the zone Mars/Olympus is not known; those times are in UTC (1)",)
    bodies = [one.body for one in plan.pages]
    assert bodies[1:4] == ["(no words; 1 sound recordings)", "Rich words 🌧️", "Old"]
    assert plan.pages[3].at.isoformat() == "1971-01-01T19:30:00-05:00"


def test_day_one_keeps_places_where_that_is_wanted() -> None:
    plan = of_day_one.read({"Journal.json": day_one_journal()}, places=True)
    assert plan.pages[0].body.endswith("\n\nAt Café Sperl, Vienna, Austria.")
    assert not any("places" in one for one in plan.left_out)
    assert "48.2" not in plan.pages[0].body


def test_a_text_in_another_encoding_is_not_taken_for_an_encrypted_journal() -> None:
    data = "[2024-05-03 09:00] Grüße und Küsse, bis bald. ".encode("latin-1") * 16
    assert len(data) % 16 == 0
    assert not jrnl.is_encrypted(data)
    assert jrnl.is_encrypted(jrnl_one_encrypted())
    with pytest.raises(Refused, match="UTF-8"):
        of_jrnl(data)


def test_a_file_beside_the_export_of_day_one_is_listed_and_a_title_that_is_the_day_is_none() -> None:
    plan = of_day_one.read({"Journal.json": day_one(day_one_entry()), "settings.json": b"{}"})
    assert (len(plan.pages), plan.left_out) == (1, ("files that are no export (1: settings.json)",))
    plan = markdown_folder.read({"2024-05-03.md": b"---\ntitle: 2024-05-03\n---\nWords\n"})
    assert plan.pages[0].title == ""


def test_a_table_with_a_full_date_takes_that() -> None:
    data = b"full_date,date,weekday,time,mood,activities,note\n2024-05-03,May 3,Friday,9:30 pm,good,a | b,Words\n"
    (page,) = csv_entries.read(data).pages
    assert (page.at, page.tags) == (local(2024, 5, 3, 21, 30), ("a", "b"))


def test_several_journals_of_day_one_keep_their_names(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(
        zipped({"Work.json": day_one(day_one_entry()), "Home.json": day_one(day_one_entry())})
    )
    found = read_journal(tmp_path / "x.zip", (".json",))
    assert [one.journal for one in of_day_one.read(found.files).pages] == ["Home", "Work"]
    (tmp_path / "y.zip").write_bytes(day_one_zip())
    found = read_journal(tmp_path / "y.zip", (".json",))
    assert (list(found.files), found.others) == (["Journal.json"], Counter({".jpeg": 1}))


def test_a_folder_of_notes_is_dated_by_front_matter_names_and_folders() -> None:
    plan = markdown_folder.read(NOTES, Counter({".png": 2}))
    first = on(plan, "2024-05-03")
    assert first.body == "With Marta and Paul.\n(walk.jpg) ![x](pics/tree.png)\n`[[code]]` #evening"
    assert (first.tags, first.links, first.title) == (("family", "calm"), ("Marta Orth", "Paul"), "")
    late = on(plan, "2024-05-04")
    assert (late.at, late.day, late.title) == (local(2024, 5, 4, 21, 30), None, "A late one")
    assert on(plan, "2024-05-05").at == local(2024, 5, 5, 12)
    trip = on(plan, "2024-05-06")
    assert (trip.title, trip.starred, trip.at.isoformat()) == ("The trip: day 1", True, "2024-05-06T08:15:00+02:00")
    assert on(plan, "2024-05-07").body == "By folders."
    assert set(plan.left_out) == {
        "front matter: cssclass (1)",
        "embedded files (1: walk.jpg)",
        "pictures (1: tree.png)",
        "notes without a day (1: list.md)",
        "notes without words (1: 2024-05-08.md)",
        "files .png (2)",
    }


def test_what_kinship_wrote_as_markdown_comes_back_with_all_that_its_front_matter_says(tmp_path: Path) -> None:
    journal = new_journal(tmp_path)
    ana = journal.add_alter("Ana").made["alters"][0]
    journal.keep_page(
        PageText(
            body="With @Ana.\n\n> - [[not a link]] 🌱\n#sea",
            title="A: day",
            mood=7,
            stress=0,
            feelings=("tired", "glad"),
            tags=("calm",),
            topic="heard",
            journal="sea log",
        )
    )
    journal.keep_page(PageText(body="Late.", at=EVENING.replace(hour=23), day=EVENING.date()))
    files = out_markdown.folder(sheets(journal, journal.pages.all(), Naming.FULL))
    other = new_journal(tmp_path, name="other")
    other.add_alter("Ana")
    plan = markdown_folder.read(files)
    assert (plan.left_out, plan.doubts) == ((), ())
    keep_pages(other, match_pages(other, plan))
    told = [
        [structs.replace(one, id="", names=dict.fromkeys(one.names), zone="") for one in kept.pages.all()]
        for kept in (journal, other)
    ]
    assert told[0] == told[1]
    assert journal.pages.mentioning(ana)


def test_a_mood_whose_scale_nobody_told_is_listed_and_not_guessed() -> None:
    plan = markdown_folder.read({"2024-05-03.md": b"---\nmood: 4\n---\nWords\n"})
    assert (plan.pages[0].mood, plan.left_out) == (None, ("front matter: mood (1)",))


def test_notes_as_obsidian_keeps_them_come_without_a_loss_that_is_not_listed(tmp_path: Path) -> None:
    front = "---\ntags:\n  - daily\n  - '#health'\naliases: [Fri]\ncreated: 2024-05-03T21:30\nrelated: '[[x]]'\n---\n"
    words = "> [!note] A\n> With [[Marta Orth|Marta]] 👩‍👩‍👧‍👦\n\n- [ ] task ^b1\n\n%%aside%%\n\nmood:: 7 #日記\n"
    notes = {
        "Daily/2024-05-03.md": front + words,
        "Daily/crlf 2.md": "\ufeff---\r\ndate: 3 May 2024\r\n---\r\nCRLF\r\n",
        "Daily/2024-05-04.md": "",
        "Daily/2024-05-05.md": "word " * 100_000,
        "Daily/2024-02-29.md": "leap",
        "Daily/2023-02-29.md": "no such day",
        "Daily/1899-12-31 New Year.md": "far",
        "Daily/2024-W18.md": "a week",
        "Daily/Friday, May 3rd 2024.md": "long",
        "People/Paul.md": "Just Paul",
        ".obsidian/app.md": "settings",
    }
    for name, text in notes.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(text.encode())
    found = read_journal(tmp_path, markdown_folder.ENDINGS)
    plan = markdown_folder.read(found.files, found.others)
    assert {one.ref for one in plan.pages} | {
        "Daily/2024-05-04.md",
        "Daily/2023-02-29.md",
        "Daily/2024-W18.md",
        "People/Paul.md",
        ".obsidian/app.md",
    } == set(notes)
    assert set(plan.left_out) == {
        "notes without a day (3: Daily/2023-02-29.md, Daily/2024-W18.md, People/Paul.md)",
        "notes without words (1: Daily/2024-05-04.md)",
        "front matter: aliases (1)",
        "front matter: related (1)",
    }
    first = next(one for one in plan.pages if one.ref == "Daily/2024-05-03.md")
    assert first.body == words.replace("[[Marta Orth|Marta]]", "Marta").rstrip("\n")
    assert (first.tags, first.links) == (("daily", "health"), ("Marta Orth",))
    assert max(len(one.body) for one in plan.pages) == 499_999


def test_front_matter_that_cannot_be_read_stays_with_the_words() -> None:
    plan = markdown_folder.read({"2024-05-03.md": b"---\na: &x [*x]\n---\nWords\n"})
    assert plan.pages[0].body == "---\na: &x [*x]\n---\nWords"
    assert plan.doubts == ("front matter that cannot be read stays in the text (1)",)


def test_a_month_of_rednotebook_becomes_markdown() -> None:
    plan = rednotebook.read({"data/2024-05.txt": MONTH.encode()})
    first, second = plan.pages
    assert first.body == (
        "It *rained* and ~~snowed~~. #evening\nSee https://example.org//x// and [the map](https://example.org/m).\n"
        "(tree.jpg)\n## Later\nTea.\n\n- Ideas: write to Paul"
    )
    assert first.tags == ("family", "a-walk", "ideas")
    assert (second.body, second.day) == ("Café 😀\nsecond line", dt.date(2024, 5, 4))
    assert plan.left_out == ("pictures (1: tree.jpg)", "entries without words (1: 2024-05-31)")


def test_mini_diary_and_tui_journal_are_read() -> None:
    plan = mini_diary.read(MINI_DIARY)
    assert [(str(one.day), one.title, one.body) for one in plan.pages] == [
        ("2024-05-03", "A day", "With **words**."),
        ("2024-05-04", "", "- one\n- two"),
    ]
    assert set(plan.left_out) == {"entries without words (1: 2024-05-05)", "entries without a date (1)"}
    plan = tui_journal.read(TUI_JOURNAL)
    assert [(str(one.day), one.title, one.tags) for one in plan.pages] == [
        ("2024-05-03", "A day", ("calm",)),
        ("2024-05-04", "Evening", ()),
    ]
    assert plan.pages[1].at == dt.datetime(2024, 5, 4, 18, 30, 0, 123456, tzinfo=dt.UTC)
    assert set(plan.left_out) == {"priorities (1)", "folder (1)"}


def test_a_text_is_parted_by_lines_that_are_days() -> None:
    plan = dated_text.read({"diary.txt": TEXT.encode()})
    assert [(str(one.at), one.day, one.body) for one in plan.pages] == [
        ("2024-05-03 12:00:00", dt.date(2024, 5, 3), "It rained. @Marta came."),
        ("2024-05-04 21:30:00", None, "Stars.\nSince 2024 nothing like it."),
        ("2024-05-05 12:00:00", dt.date(2024, 5, 5), "---"),
        ("2024-05-06 12:00:00", dt.date(2024, 5, 6), "Nothing more."),
    ]
    assert plan.left_out == ("words before the first day (1: diary.txt)",)
    assert dated_text.read({"a": b"03h05h24\nWords\n"}, form="%dh%mh%y").pages[0].day == dt.date(2024, 5, 3)


def test_a_table_says_what_its_columns_are_taken_for() -> None:
    plan = csv_entries.read(TABLE, scale=(1, 5))
    first, second = plan.pages
    assert (first.at, first.title, first.body) == (local(2024, 5, 3, 21, 30), "A day", 'Rain,\nand "tea"')
    assert (first.tags, first.mood, second.title, second.mood) == (("walk", "tea"), 8, "Quiet", None)
    assert "the column Note as text" in plan.doubts
    assert set(plan.left_out) == {
        "column Weather (1)",
        "rows without a day (1)",
        "rows without words (1: 2024-05-05)",
    }
    assert csv_entries.read(TABLE).pages[0].mood is None
    assert any(one.startswith("moods, as long as") for one in csv_entries.read(TABLE).left_out)


def test_a_table_takes_the_columns_it_is_told_and_asks_for_those_it_cannot_find() -> None:
    data = b"Wann;Was\n3.5.2024;Tee\n"
    with pytest.raises(Refused, match="clearly a day"):
        csv_entries.read(data)
    (page,) = csv_entries.read(data, told={"date": "wann", "text": "Was"}).pages
    assert (page.day, page.body) == (dt.date(2024, 5, 3), "Tee")
    for told in ({"date": "nope"}, {"shoe": "Was"}):
        with pytest.raises(Misused):
            csv_entries.read(data, told=told)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2024-05-03", (2024, 5, 3)),
        ("2024/5/3", (2024, 5, 3)),
        ("20240503", (2024, 5, 3)),
        ("3.5.2024", (2024, 5, 3)),
        ("25/12/2023", (2023, 12, 25)),
        ("12/25/2023", (2023, 12, 25)),
        ("5/5/2024", (2024, 5, 5)),
        ("Fri, 3 May 2024", (2024, 5, 3)),
        ("Friday, May 3rd, 2024", (2024, 5, 3)),
        ("3. May 2024", (2024, 5, 3)),
    ],
)
def test_days_are_read_as_people_write_them(words: str, day: tuple[int, int, int]) -> None:
    found = read_when(words)
    assert found is not None
    assert (found.day, found.time) == (dt.date(*day), None)


@pytest.mark.parametrize("words", ["", "x", "2024", "2024-13-01", "2024-02-30", "May 2024", "1234567890", "9999-01-01"])
def test_what_is_no_day_is_none(words: str) -> None:
    assert read_when(words) is None


@pytest.mark.parametrize(
    ("words", "time"),
    [
        ("2024-05-03 21:30", "21:30:00"),
        ("2024-05-03T21:30:15.123Z", "21:30:15+00:00"),
        ("2024-05-03 09:30:15 PM", "21:30:15"),
        ("3 May 2024 at 12:05 am", "00:05:00"),
        ("2024-05-03 21:30:00 +0200", "21:30:00+02:00"),
    ],
)
def test_times_and_offsets_are_kept(words: str, time: str) -> None:
    found = read_when(words)
    assert found is not None
    assert found.at.timetz().isoformat() == time


def test_a_day_that_reads_in_two_ways_is_asked_for() -> None:
    for words in ("03/04/2024", "3-4-2024"):
        with pytest.raises(Misused, match="two ways"):
            read_when(words)
    assert read_when("03/04/2024", Order.DAY_FIRST) == read_when("2024-04-03")
    assert read_when("03/04/2024", Order.MONTH_FIRST) == read_when("2024-03-04")


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "", "x" * 999, "Nope/Nope", "\0", "Europe"])
def test_a_zone_that_is_none_leads_nowhere(name: str) -> None:
    assert zone_of(name) is None


def test_yaml_is_read_as_far_as_diaries_use_it() -> None:
    text = 'a: 1\nb:\n- x\n- "y: \\u00e9\\\n  z"\nc: |\n  one\n   two\n\n  three\nd: {e: [f, "g, h"], i: null}\n'
    text += "j: k\n  l # no\n"
    assert read_yaml(text) == {
        "a": "1",
        "b": ["x", "y: éz"],
        "c": "one\n two\n\nthree\n",
        "d": {"e": ["f", "g, h"], "i": None},
        "j": "k l",
    }
    for bad in ("a: &b c", "a: *b", "a: !!x y", "[" * 50, "a: 'b", "a: [b", '"', "{a: {b: {"):
        with pytest.raises(Refused):
            read_yaml(bad)
