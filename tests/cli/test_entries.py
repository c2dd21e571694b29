"""Entries through the command line: written, listed, shown, found, and kept when the disk refuses."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from builders import hostile
from builders.console import Console, Result, console
from builders.vaults import CHEAP
from kinship.ground.errors import NotSaved
from kinship.journal.journal import Journal
from kinship.vault import Change, Vault, new_id, open_vault, unlock

SHAPE = {
    "id", "date", "at", "journal", "title", "body", "tags", "people", "mood", "topic", "prompt", "starred",
}  # fmt: skip


@pytest.fixture
def machine(tmp_path: Path) -> Console:
    return console(tmp_path / "home")


def bodies(result: Result) -> list[str]:
    return [page["body"] for page in result.json]


def test_write_prints_the_new_id_alone(machine: Console) -> None:
    id_ = machine.fine("write", "Bea called.").id
    assert machine.fine("show", id_).out.splitlines()[1].endswith(id_)


@pytest.mark.parametrize("words", [["write"], ["write", "-"]])
def test_standard_input_is_written_without_its_last_newline(machine: Console, words: list[str]) -> None:
    machine.fine(*words, piped="one\n\n  two\tthree\n")
    assert bodies(machine.fine("list", "--json")) == ["one\n\n  two\tthree"]


def test_a_page_has_the_shape_that_scripts_rely_on(machine: Console) -> None:
    bea = machine.fine("people", "add", "Bea").id
    id_ = machine.fine(
        "write", "We walked with @Bea. #park", "--title", "A walk", "--mood", "7", "--tag", "outside",
        "--topic", "body", "--date", "2026-11-20",
    ).id  # fmt: skip
    (page,) = machine.fine("list", "--json").json
    assert set(page) >= SHAPE
    assert page["id"] == id_
    assert page["date"] == "2026-11-20"
    assert dt.datetime.fromisoformat(page["at"]).utcoffset() is not None
    assert page["title"] == "A walk"
    assert page["body"] == "We walked with @Bea. #park"
    assert sorted(page["tags"]) == ["outside", "park"]
    assert page["people"] == [{"id": bea, "name": "Bea"}]
    assert (page["mood"], page["topic"], page["prompt"], page["starred"]) == (7, "body", None, False)
    assert machine.fine("show", id_[:8], "--json").json == page


def test_pages_are_listed_newest_first(machine: Console) -> None:
    for text in ("first", "second", "third"):
        machine.fine("write", text)
        machine.clock.advance(60)
    assert bodies(machine.fine("list", "--json")) == ["third", "second", "first"]
    assert bodies(machine.fine("list", "--json", "--limit", "1")) == ["third"]


def test_days_may_be_said_in_words(machine: Console) -> None:
    machine.fine("write", "now", "--date", "today")
    machine.fine("write", "before", "--date", "Yesterday")
    assert [page["date"] for page in machine.fine("list", "--json").json] == ["2026-11-22", "2026-11-21"]


def test_after_midnight_today_is_still_the_evening_before(machine: Console) -> None:
    machine.clock.advance(4 * 3600)
    machine.fine("write", "late", "--date", "today")
    machine.fine("write", "late too")
    assert {page["date"] for page in machine.fine("list", "--json").json} == {"2026-11-22"}


def test_each_filter_narrows(machine: Console) -> None:
    machine.fine("people", "add", "Bea")
    machine.fine("write", "with @Bea #sea", "--date", "2026-11-01", "--mood", "3", "--topic", "rest")
    machine.fine("write", "alone", "--date", "2026-11-10", "--mood", "8")
    for words in (
        ["--until", "2026-11-05"],
        ["--person", "bea"],
        ["--tag", "sea"],
        ["--topic", "rest"],
        ["--mood", "3"],
    ):
        assert bodies(machine.fine("list", "--json", *words)) == ["with @Bea #sea"]
    assert bodies(machine.fine("list", "--json", "--since", "2026-11-05")) == ["alone"]
    assert bodies(machine.fine("search", "alone", "--json")) == ["alone"]
    assert bodies(machine.fine("search", "ALONE", "--json", "--person", "Bea")) == []


def test_who_was_there_is_linked_without_a_mention(machine: Console) -> None:
    machine.fine("people", "add", "Bea")
    machine.fine("write", "A long walk.", "--with", "bea")
    assert [one["name"] for one in machine.fine("list", "--json").json[0]["people"]] == ["Bea"]


def test_an_unknown_name_is_asked_about_once_and_the_page_is_kept(machine: Console) -> None:
    result = machine.fine("write", "@Zoe and @Zoe met @Kim.", "--with", "Nobody")
    assert result.err.count("@Zoe") == 1
    assert "@Kim" in result.err
    assert "Nobody" in result.err
    assert len(machine.fine("list", "--json").json) == 1


def test_an_empty_page_is_not_kept(machine: Console) -> None:
    for words, piped in ((["write", " "], ""), (["write", "-"], "\n \n"), (["write", "\x1b\u202e"], "")):
        assert machine.run(*words, piped=piped).code == 2
    assert machine.fine("list", "--json").json == []


def test_input_that_is_no_text_is_refused_whole(machine: Console) -> None:
    result = machine.run("write", "-", piped=b"caf\xe9\n")
    assert result.code == 2
    assert "UTF-8" in result.err
    assert machine.fine("list").out == ""


def test_an_id_that_nobody_has_is_a_sentence(machine: Console) -> None:
    result = machine.run("show", "ffffffff")
    assert (result.code, result.out) == (1, "")
    assert "kinship list" in result.err


def test_a_draft_is_kept_when_the_disk_refuses(machine: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Vault, "commit", refuse)
    result = machine.run("write", "precious words")
    monkeypatch.undo()
    assert result.code == 5
    assert result.out == ""
    assert "draft" in result.err
    assert "precious" not in result.err
    with opened(machine) as vault:
        (draft,) = Journal(vault, machine.clock).drafts.all()
    assert draft.page.body == "precious words"


def test_what_was_typed_before_ctrl_c_is_a_draft(machine: Console) -> None:
    result = machine.run("write", piped="half a thought\n", terminal=True, stopped=True)
    assert result.code == 130
    assert "draft" in result.err
    with opened(machine) as vault:
        journal = Journal(vault, machine.clock)
        (draft,) = journal.drafts.all()
        assert not journal.pages.latest(1)
    assert draft.page.body.strip() == "half a thought"


def test_words_are_shown_when_there_is_no_room_for_a_draft(machine: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Vault, "commit", refuse)
    monkeypatch.setattr(Vault, "save_draft", refuse)
    result = machine.run("write", "precious words")
    assert result.code == 5
    assert result.out == "precious words\n"


def test_piped_words_stay_with_their_sender(machine: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Vault, "commit", refuse)
    monkeypatch.setattr(Vault, "save_draft", unexpected)
    result = machine.run("write", "-", piped="precious words")
    assert (result.code, result.out) == (5, "")
    assert "whoever sent it" in result.err


def refuse(*_: object) -> None:
    raise NotSaved("The disk is full.")


def unexpected(*_: object) -> None:
    raise AssertionError


@pytest.mark.parametrize("name", [*hostile.CONTROLS, *hostile.MARKUP, "combining pile", "wide", "many lines"])
def test_nothing_a_terminal_obeys_comes_back_out(machine: Console, name: str) -> None:
    text = hostile.corpus()[name]
    id_ = machine.fine("write", "-", piped=f"a {text} z".encode("utf-8", "replace")).id
    machine.fine("write", f"b {text} y".replace("\0", ""), "--title", f"t {text}".replace("\0", ""))
    for words in (["list"], ["show", id_], ["list", "--json"], ["search", "a"]):
        result = machine.fine(*words, terminal=True)
        assert hostile.obeyed_in(result.out.replace("\n", "")) == []
        assert hostile.obeyed_in(result.err.replace("\n", "")) == []


def test_what_reached_the_vault_before_cleaning_is_stopped_on_the_way_out(machine: Console) -> None:
    plant(machine, "A\x1b]52;c;SEVJTA==\x07B \x9b31m \u202e", "\x1b[2Jtitle")
    for words in (["list"], ["list", "--json"], ["search", "B"]):
        result = machine.fine(*words, terminal=True)
        assert hostile.obeyed_in(result.out.replace("\n", "")) == []


def test_json_escapes_whatever_is_kept(machine: Console) -> None:
    text = "A\x1b]52;c;SEVJTA==\x07B é"
    plant(machine, text, None)
    result = machine.fine("list", "--json")
    assert bodies(result) == [text]
    assert result.out.isascii()


def opened(machine: Console) -> Vault:
    state = machine.home / ".local/state/kinship"
    key = unlock(machine.vault, machine.passphrase, state=state, floor=CHEAP)
    return open_vault(machine.vault, key, state=state, clock=machine.clock)


def plant(machine: Console, body: str, title: str | None) -> None:
    """Put a page into the vault past every cleaning, as a hostile program would."""
    machine.fine("write", "a page to copy")
    with opened(machine) as vault:
        ((id_, document),) = list(vault.all("entries"))
        changed = {**document, "body": body} | ({"title": title} if title is not None else {})
        vault.commit([Change("entries", id_, None), Change("entries", new_id(), changed)])
