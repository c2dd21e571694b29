"""Sheets, persons' pages and books: nothing leaves that was not chosen, and nothing in them is obeyed."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from builders.journals import new_journal
from kinship.ground.clock import FrozenClock
from kinship.ground.errors import NotFound
from kinship.journal.drafts import PageText
from kinship.journal.journal import Journal
from kinship.journal.model import Entry, Ring, Status
from kinship.privacy.initials import Initials
from kinship.snapshot import document_html
from kinship.snapshot.book import book
from kinship.snapshot.document import Code, Document, Heading, Items, Quote, Rows, Run, Words
from kinship.snapshot.document_html import document_html as as_html
from kinship.snapshot.document_text import lines_of_document
from kinship.snapshot.documents import Written, missing_letters, written
from kinship.snapshot.hiding import UNNAMED
from kinship.snapshot.hiding import hiding as hiding_of
from kinship.snapshot.markdown import blocks_of
from kinship.snapshot.person_page import person_page
from kinship.snapshot.share import NamesMode, Share
from kinship.snapshot.sheet import Visit, last_time, visit_sheet

EVENING = dt.datetime(2026, 11, 22, 21, 4, tzinfo=dt.UTC)
HOSTILE = '<script>alert(1)</script> ]]> {{x}} #read("/etc/passwd") =cmd() $x$ \\let & "quoted" `tick'
SECRETS = ("Zuleika", "Quorra", "Xanthippe", "Secretnote", "drains", "Wolfhard")


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    made = new_journal(tmp_path, FrozenClock(EVENING))
    with made.vault:
        since = dt.date(2026, 3, 1)
        made.add_alter("Zuleika", ring=Ring.INNER, since=since, notes="Secretnote")
        made.add_alter("Quorra Vane", ring=Ring.MIDDLE, since=since)
        made.add_alter("Wolfhard", ring=Ring.OUTER, status=Status.NO_CONTACT, since=since)
        text = "Tea with @Zuleika and Quorra, not @Wolfhard, nor @Xanthippe.\n\nIt rained."
        made.keep_page(PageText(body=text, mood=6))
        yield made


def words_in(data: bytes, form: Written) -> str:
    if form is Written.PDF:
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    return data.decode()


def every_document(journal: Journal, share: Share) -> Iterator[Document]:
    pages = tuple(journal.pages.all())
    asked = Visit(day=journal.today(), since=dt.date(2026, 1, 5), talk=("Ask about Zuleika",), pages=pages, moods=True)
    yield visit_sheet(journal, asked, share)
    yield book(pages, share, hiding_of(journal, share), moods=True)
    yield person_page(journal, journal.alters.by_name("Zuleika")[0].id, share)


@pytest.mark.parametrize("form", Written)
@pytest.mark.parametrize("mode", [NamesMode.NONE, NamesMode.ROLES])
def test_no_name_and_no_day_leave_unless_they_are_chosen(journal: Journal, form: Written, mode: NamesMode) -> None:
    for document in every_document(journal, Share(names=mode)):
        told = words_in(written(document, form), form)
        assert [word for word in SECRETS if word in told] == []
        assert "22 November" not in told
        assert "2026-11-22" not in told


def test_a_book_that_hides_nothing_would_be_noticed(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Initials, "found", lambda *_: ())
    told = words_in(written(list(every_document(journal, Share()))[1], Written.HTML), Written.HTML)
    assert [word for word in SECRETS if word in told] != []


def test_whole_names_leave_where_that_is_chosen_but_nobody_marked_no_contact(journal: Journal) -> None:
    share = Share(names=NamesMode.FULL, exact_dates=True)
    for document in every_document(journal, share):
        told = "\n".join(lines_of_document(document))
        assert "Zuleika" in told
        assert "Wolfhard" not in told
        assert "22 November 2026" in told
    everybody = hiding_of(journal, Share(names=NamesMode.FULL, no_contact=True))
    assert everybody("not @Wolfhard") == "not Wolfhard"


def test_in_words_people_are_called_as_on_the_map(journal: Journal) -> None:
    hide = hiding_of(journal, Share(names=NamesMode.ROLES))
    assert re.fullmatch(r"Tea with person \d and person \d\.", hide("Tea with @Zuleika and Quorra."))
    assert hide("Quorra Vane") == hide("@Quorra") == hide("quorra")
    assert hide("Tea with @Xanthippe.") == f"Tea with {UNNAMED}."
    assert hide("To quo a zulu") == "To quo a zulu"


def test_a_sheet_says_what_changed_and_what_is_to_be_said(journal: Journal) -> None:
    asked = Visit(day=journal.today(), since=dt.date(2026, 1, 5), talk=("The stairs",))
    told = lines_of_document(visit_sheet(journal, asked, Share(names=NamesMode.FULL)))
    assert "# What is different since January 2026" in told
    assert any(line.startswith("- New on the map: ") and "Zuleika" in line for line in told)
    assert "- The stairs" in told
    alone = lines_of_document(visit_sheet(journal, Visit(day=journal.today()), Share()))
    assert not any("different" in line for line in alone)


def test_last_time_is_the_last_visit_with_the_same_one_else_the_last_kept_map(journal: Journal) -> None:
    assert last_time(journal, None) is None
    journal.appoint(EVENING - dt.timedelta(days=30), with_="Dr Okonkwo")
    journal.appoint(EVENING - dt.timedelta(days=3), with_="the dentist")
    journal.appoint(EVENING + dt.timedelta(days=3), with_="Dr Okonkwo")
    ahead = journal.appointments.ahead(EVENING)[0]
    assert last_time(journal, ahead) == dt.date(2026, 10, 23)


def test_somebody_marked_no_contact_has_no_page_unless_they_may_leave(journal: Journal) -> None:
    away = journal.alters.by_name("Wolfhard")[0].id
    with pytest.raises(NotFound, match="no contact"):
        person_page(journal, away, Share())
    assert person_page(journal, away, Share(names=NamesMode.FULL, no_contact=True)).title == "Wolfhard"


def test_the_preview_holds_every_word_of_the_page(journal: Journal) -> None:
    for document in every_document(journal, Share(names=NamesMode.FULL, moments=True)):
        shown = set(re.findall(r"\w+", "\n".join(lines_of_document(document))))
        assert set(re.findall(r"\w+", visible_text(as_html(document).decode()))) - shown == set()


class _Text(HTMLParser):
    """Collects what a page shows, its titles and descriptions too."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []
        self.tags: list[str] = []
        self._style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._style = tag == "style"
        self.tags += [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        if not self._style:
            self.told.append(data)


def visible_text(page: str) -> str:
    reader = _Text()
    reader.feed(page)
    return "\n".join(reader.told)


def a_page(body: str, **said: object) -> Entry:
    return Entry(id="e", at=EVENING, zone="UTC", day=EVENING.date(), body=body, **said)  # type: ignore[arg-type]  # terse


def plain_book(body: str, title: str | None = None) -> Document:
    return book([a_page(body, title=title)], Share(names=NamesMode.FULL), lambda text: text)


@pytest.mark.parametrize("form", Written)
def test_hostile_words_stay_words_in_every_format(form: Written) -> None:
    data = written(plain_book(f"{HOSTILE}\n\n- {HOSTILE}\n\n> {HOSTILE}\n\n    {HOSTILE}", HOSTILE), form)
    told = words_in(data, form)
    assert "root:" not in told
    assert "alert(1)" in told.replace("\n", "")
    if form is Written.HTML:
        reader = _Text()
        reader.feed(told)
        assert "script" not in reader.tags
        assert not any(tag.startswith("on") for tag in reader.tags)
    if form is Written.PDF:
        assert dict(PdfReader(io.BytesIO(data)).metadata or {}).keys() <= {"/Creator"}


def test_a_page_without_escaping_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_html, "escaped", lambda text: text)
    reader = _Text()
    reader.feed(as_html(plain_book(HOSTILE)).decode())
    assert "script" in reader.tags


def test_markdown_becomes_blocks() -> None:
    told = blocks_of(
        "# Head\n\nTwo **strong**\nlines\n\n- one\n  - two\n\n3. three\n\n> said\n\n```\ncode\n```\n\n|a|\n|-|\n|b|"
    )
    kinds = [type(block) for block in told]
    assert kinds == [Heading, Words, Items, Items, Quote, Code, Rows]
    assert told[1] == Words((Run("Two "), Run("strong", strong=True), Run("\n"), Run("lines")))
    assert told[3] == Items(((Words((Run("three"),)),),), 3)


def test_where_a_link_leads_is_said_and_cannot_be_followed() -> None:
    page = as_html(plain_book("[here](javascript:alert) ![a picture](x.png) <https://a.b>")).decode()
    assert "here" in page
    assert "x.png" in page
    assert 'href="http' not in page
    assert "href=" not in page.split("<main>")[1]


@given(st.text(alphabet=st.sampled_from("ab >-*+_`#|[]()!1.\n\t\\<&"), max_size=200))
def test_no_word_of_a_page_is_lost(body: str) -> None:
    told = "".join(lines_of_document(plain_book(f"{body}x")))
    for word in re.findall(r"[ab]{2,}", body):
        assert word in told


def test_a_page_nested_without_end_keeps_its_words() -> None:
    assert "deep" in "\n".join(lines_of_document(plain_book(f"{'> ' * 5000}deep")))
    assert "deep" in "\n".join(lines_of_document(plain_book(f"{'[' * 5000}deep")))


def test_letters_that_no_font_has_are_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    assert missing_letters(plain_book("plain")) == ()
    monkeypatch.setattr("kinship.snapshot.fonts._faces", lambda: ())
    (sentence,) = missing_letters(plain_book("\u5c0f"))
    assert "No font on this computer shows" in sentence


@pytest.mark.parametrize("form", Written)
def test_the_same_document_is_the_same_bytes(form: Written, journal: Journal) -> None:
    document = next(every_document(journal, Share()))
    assert written(document, form) == written(document, form)


def test_headings_of_a_page_leave_no_level_out() -> None:
    told = blocks_of("## one\n\n#### two\n\n- ##### within\n\n## three\n\n# four\n\n### five", below=2)
    levels = [(one.level, one.text) for one in told if isinstance(one, Heading)]
    assert levels == [(3, "one"), (4, "two"), (3, "three"), (3, "four"), (4, "five")]


@pytest.mark.parametrize("text", ["{}", "`{}`", "    {}", "- {}", "| a | b |\n|---|---|\n| {} | c |"])
def test_a_word_longer_than_a_line_is_broken_and_none_of_it_is_lost_on_paper(text: str) -> None:
    word = "".join(chr(ord("a") + number % 26) for number in range(300))
    document = Document(title="A word", footer="", blocks=blocks_of(text.format(word)))
    page = PdfReader(io.BytesIO(written(document, Written.PDF))).pages[0]
    assert word in "".join(page.extract_text().split())
    assert word not in page.extract_text()
