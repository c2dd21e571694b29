"""An open vault: commits, copies, refresh, conflicts, drafts."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from builders.vaults import NOON, Made, new_vault
from kinship.ground.clock import FrozenClock
from kinship.ground.errors import Misused, NotSaved
from kinship.vault import Change, Changed, Draft, Vault, durable


def put(uid: str, body: str, table: str = "entries") -> Change:
    return Change(table, uid, {"body": body})


def body(vault: Vault, uid: str) -> str | None:
    document = vault.get("entries", uid)
    return None if document is None else document["body"]


def segments(made: Made) -> list[Path]:
    return sorted((made.path / "log").iterdir())


def test_a_commit_is_there_after_reopening(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    made.vault.commit([put("a", "one"), put("b", "two"), Change("alters", "c", {"name": "Bea", "aliases": ["B"]})])
    made.vault.commit([put("a", "new"), Change("entries", "b", None)])
    again = made.reopen()
    assert dict(again.all("entries")) == {"a": {"body": "new"}}
    assert again.get("alters", "c") == {"name": "Bea", "aliases": ["B"]}
    assert again.notices == ()


def test_a_commit_tells_what_it_changed(tmp_path: Path) -> None:
    vault = new_vault(tmp_path).vault
    assert vault.commit([put("a", "one")]) == (Changed("entries", "a", None, {"body": "one"}),)
    assert vault.commit([put("a", "x"), put("a", "two")]) == (
        Changed("entries", "a", {"body": "one"}, {"body": "two"}),
    )
    assert vault.commit([Change("entries", "a", None)]) == (Changed("entries", "a", {"body": "two"}, None),)
    assert vault.commit([Change("entries", "a", None), Change("entries", "never", None)]) == ()


def test_what_goes_in_and_comes_out_is_a_copy(tmp_path: Path) -> None:
    vault = new_vault(tmp_path).vault
    document = {"tags": ["one"], "names": {"Bea": "id"}}
    vault.commit([Change("entries", "a", document)])
    document["tags"].append("two")  # type: ignore[attr-defined]
    got = vault.get("entries", "a")
    assert got == {"tags": ["one"], "names": {"Bea": "id"}}
    got["names"]["Bea"] = "other"
    assert vault.get("entries", "a") == {"tags": ["one"], "names": {"Bea": "id"}}


def test_a_large_transaction_spans_frames_and_is_whole(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    made.vault.commit([put(f"{number}", "x" * 900) for number in range(100)])
    made.vault.commit([put("huge", "y" * 200_000)])
    again = made.reopen()
    assert len(dict(again.all("entries"))) == 101
    assert body(again, "huge") == "y" * 200_000


def test_opening_and_reading_writes_nothing_into_the_vault(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    made.vault.close()
    before = {path: path.read_bytes() for path in made.path.rglob("*") if path.is_file()}
    with made.reopen() as vault:
        vault.refresh()
    assert {path: path.read_bytes() for path in made.path.rglob("*") if path.is_file()} == before


def test_each_writing_session_has_a_segment_of_its_own(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    made.vault.commit([put("a", "one")])
    made.vault.commit([put("a", "two")])
    with made.reopen() as other:
        other.commit([put("b", "three")])
        assert (made.path / "log" / f"{other.session}.seg").exists()
    assert len(segments(made)) == 2


def test_what_another_program_saves_is_seen_after_a_refresh(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    vault, other = made.vault, made.reopen()
    other.commit([put("a", "one")])
    assert body(vault, "a") is None
    assert vault.refresh() == (Changed("entries", "a", None, {"body": "one"}),)
    other.commit([put("a", "two"), put("b", "three")])
    other.commit([Change("entries", "b", None)])
    assert (
        vault.refresh()
        == (
            Changed("entries", "a", {"body": "one"}, {"body": "two"}),
            Changed("entries", "b", None, None),
        )[:1]
    )
    assert vault.refresh() == ()


def test_a_refresh_reads_only_what_is_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = new_vault(tmp_path)
    vault, other = made.vault, made.reopen()
    other.commit([put("a", "x" * 5000)])
    vault.refresh()
    other.commit([put("b", "one")])
    read: list[int] = []
    real = durable.read_regular

    def counted(path: Path, start: int = 0, most: int = -1) -> bytes:
        data = real(path, start, most)
        read.append(len(data))
        return data

    monkeypatch.setattr(durable, "read_regular", counted)
    vault.refresh()
    vault.refresh()
    assert [size for size in read if size > 400] == [548]


def test_concurrent_edits_are_both_kept_and_a_save_joins_them(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    one, two = made.vault, made.reopen()
    one.commit([put("a", "one")])
    two.commit([put("a", "two")])
    one.refresh()
    two.refresh()
    assert one.conflicts() == two.conflicts() == (("entries", "a"),)
    assert one.heads("entries", "a") == two.heads("entries", "a")
    assert {document["body"] for document in one.heads("entries", "a") if document} == {"one", "two"}
    one.commit([put("a", "both")])
    two.refresh()
    assert one.conflicts() == two.conflicts() == ()
    assert body(two, "a") == "both"


def test_a_refresh_tells_of_a_conflict_even_if_the_same_text_is_shown(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    one, two = made.vault, made.reopen()
    two.commit([put("a", "two")])
    assert isinstance(made.clock, FrozenClock)
    made.clock.advance(1)
    one.commit([put("a", "one")])
    assert [(change.before, change.after) for change in one.refresh()] == [({"body": "one"}, {"body": "one"})]


def test_an_edit_that_began_before_another_does_not_replace_it(tmp_path: Path) -> None:
    for elsewhere in (False, True):
        made = new_vault(tmp_path / str(elsewhere))
        vault = made.vault
        vault.commit([put("a", "begun")])
        began = vault.versions("entries", "a")
        writer = made.reopen() if elsewhere else vault
        writer.commit([put("a", "meanwhile")])
        vault.refresh()
        vault.commit([Change("entries", "a", {"body": "from a draft"}, began=began)])
        assert {document["body"] for document in vault.heads("entries", "a") if document} == {
            "meanwhile",
            "from a draft",
        }
        assert made.reopen().heads("entries", "a") == vault.heads("entries", "a")


def test_a_choice_made_twice_is_no_conflict(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    one, two = made.vault, made.reopen()
    one.commit([Change("choices", "day_start", {"value": 4}, lww=True)])
    two.commit([Change("choices", "day_start", {"value": 5}, lww=True)])
    one.refresh()
    two.refresh()
    assert one.get("choices", "day_start") == two.get("choices", "day_start")
    assert one.conflicts() == ()


def test_a_segment_that_a_syncer_replaces_is_written_again(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    vault = made.vault
    vault.commit([put("a", "one")])
    (segment,) = segments(made)
    old = segment.read_bytes()
    vault.commit([put("b", "two")])
    segment.unlink()
    segment.write_bytes(old)
    vault.commit([put("c", "three")])
    again = made.reopen()
    assert sorted(uid for uid, _ in again.all("entries")) == ["a", "b", "c"]
    assert again.conflicts() == ()


def test_a_segment_that_vanished_is_written_again_at_the_latest_on_closing(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    made.vault.commit([put("a", "one")])
    segments(made)[0].unlink()
    made.vault.close()
    again = made.reopen()
    assert body(again, "a") == "one"
    assert all(notice.what != "retired" for notice in again.notices)


def test_a_machine_that_slept_goes_on_in_a_new_segment(tmp_path: Path) -> None:
    clock = FrozenClock(NOON)
    made = new_vault(tmp_path, clock)
    made.vault.commit([put("a", "one")])
    clock.at += dt.timedelta(minutes=5)
    made.vault.commit([put("b", "two")])
    assert len(segments(made)) == 2
    clock.advance(300)
    made.vault.commit([put("c", "three")])
    assert len(segments(made)) == 2


def test_a_conflict_copy_of_a_segment_is_read_too(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    made.vault.commit([put("a", "one")])
    (segment,) = segments(made)
    early = segment.read_bytes()
    made.vault.commit([put("b", "two")])
    made.vault.close()
    segment.rename(segment.with_name("laptop (conflicted copy).seg"))
    segment.write_bytes(early)
    again = made.reopen()
    assert sorted(uid for uid, _ in again.all("entries")) == ["a", "b"]
    assert again.notices == ()


def test_words_that_no_file_can_hold_are_refused_without_showing_them(tmp_path: Path) -> None:
    vault = new_vault(tmp_path).vault
    with pytest.raises(Misused) as caught:
        vault.commit([put("a", "secret \ud800")])
    assert "secret" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert body(vault, "a") is None


def test_a_closed_vault_takes_nothing_more(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    made.vault.commit([put("a", "one")])
    made.vault.close()
    made.vault.close()
    with pytest.raises(NotSaved):
        made.vault.commit([put("a", "two")])


def test_a_draft_is_kept_on_this_computer_until_it_is_dropped(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    vault = made.vault
    vault.commit([put("a", "one")])
    draft = Draft("0f", "a", vault.versions("entries", "a"), NOON, {"body": "half a thou"})
    vault.save_draft(draft)
    vault.save_draft(Draft("0f", "a", draft.heads, NOON + dt.timedelta(seconds=2), {"body": "half a thought"}))
    vault.close()
    vault = made.reopen()
    (kept,) = vault.drafts()
    assert (kept.document, kept.page, kept.heads) == ({"body": "half a thought"}, "a", draft.heads)
    assert not [path for path in made.path.rglob("*") if path.suffix == ".draft"]
    (file,) = made.state.rglob("*.draft")
    assert b"thought" not in file.read_bytes()
    vault.drop_draft("0f")
    vault.drop_draft("0f")
    assert vault.drafts() == ()
    assert not list(made.state.rglob("*.draft"))


def test_a_damaged_draft_is_said_and_not_shown(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    made.vault.save_draft(Draft("0f", None, (), NOON, {"body": "x"}))
    (file,) = made.state.rglob("*.draft")
    data = bytearray(file.read_bytes())
    data[200] ^= 1
    file.write_bytes(bytes(data))
    assert made.vault.drafts() == ()
    assert [notice.what for notice in made.vault.notices] == ["damaged"]


def test_a_drafts_id_cannot_lead_out_of_its_folder(tmp_path: Path) -> None:
    vault = new_vault(tmp_path).vault
    with pytest.raises(ValueError, match="hex"):
        vault.save_draft(Draft("../x", None, (), NOON, {}))


def test_nothing_of_a_document_is_readable_on_disk(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    vault = made.vault
    vault.commit([Change("entries-canary", "id-canary", {"body-canary": "text-canary"})])
    vault.save_draft(Draft("0f", "page-canary", (), NOON, {"body": "draft-canary"}))
    vault.close()
    for folder in (made.path, made.state):
        for file in folder.rglob("*"):
            assert b"canary" not in (file.name.encode() + (file.read_bytes() if file.is_file() else b""))


def test_values_do_not_show_the_words_they_carry() -> None:
    change = Change("entries", "a", {"body": "secret"})
    changed = Changed("entries", "a", None, {"body": "secret"})
    draft = Draft("0f", None, (), NOON, {"body": "secret"})
    assert "secret" not in f"{change!r} {changed!r} {draft!r}"


def test_two_copies_of_a_vault_meet_in_one_folder(tmp_path: Path) -> None:
    made = new_vault(tmp_path)
    made.vault.commit([put("a", "one")])
    made.vault.close()
    elsewhere = tmp_path / "elsewhere.kinship"
    shutil.copytree(made.path, elsewhere)
    with made.reopen() as here, made.reopen(path=elsewhere, state=tmp_path / "other") as there:
        here.commit([put("b", "here")])
        there.commit([put("c", "there"), put("a", "there too")])
        for file in (elsewhere / "log").iterdir():
            shutil.copy(file, made.path / "log" / file.name)
        here.refresh()
        assert {uid: document["body"] for uid, document in here.all("entries")} == {
            "a": "there too",
            "b": "here",
            "c": "there",
        }
