"""A page through the command line: other words, gone and back, and everything it said before."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from builders import hostile
from builders.console import Console, console
from builders.vaults import CHEAP
from kinship.ground.errors import NotSaved
from kinship.journal.journal import Journal
from kinship.vault import Vault, open_vault, unlock


@pytest.fixture
def machine(tmp_path: Path) -> Console:
    return console(tmp_path / "home")


def opened(machine: Console) -> Vault:
    state = machine.home / ".local/state/kinship"
    key = unlock(machine.vault, machine.passphrase, state=state, floor=CHEAP)
    return open_vault(machine.vault, key, state=state, clock=machine.clock)


def body(machine: Console, id_: str) -> str:
    return str(machine.fine("show", id_, "--json").json["body"])


@pytest.mark.parametrize(("words", "piped"), [(["other words"], ""), (["-"], "other words\n"), ([], "other words\n")])
def test_edit_replaces_the_words_and_nothing_else(machine: Console, words: list[str], piped: str) -> None:
    id_ = machine.fine("write", "some words #sea", "--title", "A walk", "--mood", "6", "--date", "2026-11-01").id
    before = machine.fine("show", id_, "--json").json
    assert machine.fine("edit", id_[:8], *words, piped=piped).id == id_
    after = machine.fine("show", id_, "--json").json
    assert after == before | {"body": "other words", "tags": []}


def test_nothing_to_keep_is_no_edit(machine: Console) -> None:
    id_ = machine.fine("write", "some words").id
    for words, piped in ((["-"], ""), (["-"], " \n"), (["\x1b\u202e"], "")):
        result = machine.run("edit", id_, *words, piped=piped)
        assert (result.code, result.out) == (2, "")
        assert "kinship delete" in result.err
    assert machine.run("edit", id_, "-", piped=b"caf\xe9").code == 2
    assert machine.run("edit", "ffffffff", "x").code == 1
    assert body(machine, id_) == "some words"


def test_the_same_words_leave_no_history(machine: Console) -> None:
    id_ = machine.fine("write", "some words").id
    assert "nothing was changed" in machine.fine("edit", id_, "some words").err
    assert machine.fine("history", id_, "--json").json == []


def test_an_edit_links_and_asks_about_names(machine: Console) -> None:
    machine.fine("people", "add", "Bea")
    id_ = machine.fine("write", "alone").id
    assert "@Zoe" in machine.fine("edit", id_, "with @Bea and @Zoe").err
    assert [one["name"] for one in machine.fine("show", id_, "--json").json["people"]] == ["Bea"]


def test_without_another_editor_the_terminal_is_told_how(machine: Console) -> None:
    id_ = machine.fine("write", "some words").id
    result = machine.run("edit", id_, terminal=True)
    assert result.code == 2
    assert "kinship edit ID < page.md" in result.err
    assert 'editor = "vim"' in result.err


def test_the_editor_that_is_allowed_gets_the_words_and_gives_others(
    machine: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = machine.fine("write", "some words").id
    settings = machine.home / ".config/kinship/settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('editor = "vim"\n')
    seen: list[str] = []

    def edited(text: str, *_rest: object) -> str:
        seen.append(text)
        return f"{text} and more"

    monkeypatch.setattr("kinship.privacy.editor.find_editor", lambda *_told: None)
    monkeypatch.setattr("kinship.privacy.editor.edit_elsewhere", edited)
    machine.fine("edit", id_, terminal=True)
    assert seen == ["some words"]
    assert body(machine, id_) == "some words and more"


def test_words_typed_for_an_edit_are_a_draft_when_the_disk_refuses(
    machine: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = machine.fine("write", "some words").id

    def refuse(*_told: object) -> None:
        raise NotSaved("The disk is full.")

    monkeypatch.setattr(Vault, "commit", refuse)
    on_the_line = machine.run("edit", id_, "precious words")
    piped = machine.run("edit", id_, "-", piped="precious words")
    monkeypatch.undo()
    assert (on_the_line.code, piped.code) == (5, 5)
    assert "draft" in on_the_line.err
    assert "whoever sent it" in piped.err
    assert "precious" not in on_the_line.err + piped.err
    with opened(machine) as vault:
        (draft,) = Journal(vault, machine.clock).drafts.all()
    assert (draft.page.id, draft.page.body) == (id_, "precious words")
    assert body(machine, id_) == "some words"


def test_ctrl_c_while_typing_an_edit_keeps_a_draft(machine: Console) -> None:
    id_ = machine.fine("write", "some words").id
    result = machine.run("edit", id_, "-", piped="half a thought\n", terminal=True, stopped=True)
    assert result.code == 130
    with opened(machine) as vault:
        (draft,) = Journal(vault, machine.clock).drafts.all()
    assert draft.page.id == id_
    assert body(machine, id_) == "some words"


def test_a_deleted_page_comes_back_whole(machine: Console) -> None:
    id_ = machine.fine("write", "some words", "--mood", "4").id
    machine.fine("edit", id_, "other words")
    shown, former = machine.fine("show", id_, "--json").json, machine.fine("history", id_, "--json").json
    told = machine.fine("delete", id_[:8])
    assert told.out == ""
    assert told.err.strip() == f"Deleted. To bring it back: kinship delete --undo {id_[:8]}"
    assert machine.run("show", id_).code == 1
    assert machine.fine("delete", "--undo", id_[:8]).id == id_
    assert machine.fine("show", id_, "--json").json == shown
    assert machine.fine("history", id_, "--json").json == former
    assert machine.run("delete", "--undo", id_).code == 1


def test_what_was_never_deleted_is_a_sentence(machine: Console) -> None:
    id_ = machine.fine("write", "some words").id
    for words in (["delete", "--undo", id_], ["delete", "--undo", "f"], ["delete", "ffffffff"]):
        result = machine.run(*words)
        assert (result.code, result.out, len(result.err.splitlines())) == (1, "", 1)
    assert body(machine, id_) == "some words"


def test_a_purge_ends_what_can_be_brought_back(machine: Console) -> None:
    id_ = machine.fine("write", "some words").id
    machine.fine("delete", id_)
    machine.fine("purge")
    result = machine.run("delete", "--undo", id_)
    assert result.code == 1
    with opened(machine) as vault:
        assert list(Journal(vault, machine.clock).kept_acts) == []


def test_history_tells_what_was_changed_each_time(machine: Console) -> None:
    id_ = machine.fine("write", "one\ntwo\nthree").id
    machine.clock.advance(3600)
    machine.fine("edit", id_, "one\ntwo and a half\nthree")
    machine.clock.advance(3600)
    machine.fine("edit", id_, "one\ntwo and a half\nthree\nfour")
    latest, first = machine.fine("history", id_, "--json").json
    assert {"at", "device", "body"} <= set(latest)
    assert (first["number"], first["body"]) == (2, "one\ntwo\nthree")
    assert first["changes"] == [" one", "-two", "+two and a half", " three"]
    assert latest["changes"] == ["…", " three", "+four"]
    assert dt.datetime.fromisoformat(first["at"]).utcoffset() is not None
    told = machine.fine("history", id_).out
    assert " - two\n + two and a half\n" in told
    assert told.splitlines()[0].startswith("1  until 2026-11-22 23:30")


def test_a_former_text_is_restored_and_the_present_one_kept(machine: Console) -> None:
    id_ = machine.fine("write", "one", "--title", "First").id
    machine.fine("edit", id_, "two")
    machine.clock.at += dt.timedelta(minutes=1)
    assert machine.fine("history", id_, "--restore", "1").out == ""
    assert body(machine, id_) == "one"
    assert machine.fine("history", id_, "--json").json[0]["body"] == "two"
    for number in ("0", "-1", "9"):
        assert machine.run("history", id_, "--restore", number).code == 2
    assert machine.run("history", machine.fine("write", "x").id, "--restore", "1").code == 1


@pytest.mark.parametrize("name", sorted(hostile.short_corpus()))
def test_a_hostile_page_is_edited_and_its_history_is_harmless(machine: Console, name: str) -> None:
    told = f"a{hostile.short_corpus()[name]}b"
    id_ = machine.fine("write", "-", piped=told.encode("utf-8", "replace")).id
    machine.fine("edit", id_, "-", piped=f"{told}\n{told}".encode("utf-8", "replace"))
    for result in (machine.run("history", id_, terminal=True), machine.run("edit", told, terminal=True)):
        assert hostile.leaks(result.out + result.err) == []
