"""Maps of other programs are read as they mean it; what has no place is listed, what is doubtful is said."""

from __future__ import annotations

import datetime as dt
import json
import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from builders.maps_of_others import (
    EGO,
    GRAPHML,
    MARTA,
    PAUL,
    VCARD,
    alter,
    easynwk,
    network_canvas,
    two_years,
    zipped,
)
from kinship.ground.errors import Misused, NotFound, Refused
from kinship.journal.model import AlterKind
from kinship.transfer import easynwk as of_easynwk
from kinship.transfer import graphml as of_graphml
from kinship.transfer import network_canvas as of_canvas
from kinship.transfer import vcard as of_vcard
from kinship.transfer.files import LARGEST, MOST_FILES, read_file, read_set
from kinship.transfer.plan import Known, Plan, Said

TODAY = dt.date(2026, 11, 22)
FIRST, SECOND = dt.date(2023, 2, 1), dt.date(2024, 2, 1)


def said(plan: Plan, name: str) -> dict[tuple[str, dt.date], int | str | None]:
    (one,) = [one for one in plan.people if one.name == name]
    return {(told.field, told.from_): told.value for told in one.said}


def test_every_version_of_easynwk_becomes_history() -> None:
    plan = of_easynwk.read(two_years(), TODAY)
    assert [(one.name, one.kind, one.since) for one in plan.people] == [
        ("Marta", AlterKind.PERSON, FIRST),
        ("Paul", AlterKind.PROFESSIONAL, FIRST),
        ("Rex", AlterKind.PET, FIRST),
        ("Hugo", AlterKind.PERSON, FIRST),
    ]
    assert said(plan, "Marta") == {
        ("status", FIRST): "active",
        ("sector", FIRST): "family",
        ("ring", FIRST): "inner",
        ("gives.emotional", FIRST): 2,
        ("receives.emotional", FIRST): 2,
        ("ring", SECOND): "middle",
        ("receives.emotional", SECOND): None,
    }
    paul = said(plan, "Paul")
    assert (paul["ring", FIRST], paul["sector", FIRST], paul["gives.advice", FIRST]) == (
        "outer",
        "professional help",
        2,
    )
    assert (paul["ring", SECOND], paul["status", SECOND]) == (None, "remembered")
    hugo = said(plan, "Hugo")
    assert (hugo["receives.tangible", FIRST], hugo["strain.conflict", FIRST]) == (2, 2)
    assert hugo["status", SECOND] == "ended"
    assert plan.known == (Known("1", "2", FIRST), Known("1", "4", FIRST), Known("1", "4", SECOND, None))
    assert plan.people[0].notes == "Schwester"
    assert any("taken as a pet" in one for one in plan.doubts)


def test_a_single_network_without_versions_is_read_too() -> None:
    network = {"ego": {}, "alteri": [alter(1, "Marta")], "connections": []}
    assert of_easynwk.read(json.dumps(network).encode(), TODAY).people[0].since == TODAY


@pytest.mark.parametrize(
    ("angle", "sector"), [(1, "family"), (91, "friends"), (-91, "work"), (-1, "professional help"), (180, "work")]
)
def test_the_quarters_of_easynwk_are_its_sectors(angle: float, sector: str) -> None:
    plan = of_easynwk.read(easynwk(("2024-01-01", [alter(1, "A", angle=angle)], [])), TODAY)
    assert said(plan, "A")["sector", dt.date(2024, 1, 1)] == sector


def test_a_version_of_tomorrow_is_as_of_today_and_what_has_no_place_is_listed() -> None:
    plan = of_easynwk.read(easynwk(("2199-01-01", [alter(1, "A", age="44", emoji="x"), alter(2, " ")], [])), TODAY)
    assert plan.people[0].since == TODAY
    assert set(plan.left_out) == {"age (1)", "emoji (1)"}
    assert "somebody without a name is left out (1)" in plan.doubts


def test_an_interview_of_network_canvas_becomes_a_map() -> None:
    plan = of_canvas.read(network_canvas(), TODAY)
    day = dt.date(2024, 3, 5)
    assert [(one.name, one.kind) for one in plan.people] == [
        ("Marta", AlterKind.PERSON),
        ('Paul "P." Orth', AlterKind.PERSON),
        ("The rowing club", AlterKind.GROUP),
    ]
    assert plan.people[0].said == (
        Said("gives.emotional", 2, day),
        Said("ring", "inner", day),
        Said("sector", "family", day),
    )
    assert set(plan.known) == {Known(MARTA, PAUL, day), Known(MARTA, plan.people[2].ref, day)}
    assert plan.left_out == ("shoe_size (1)",)


def test_of_several_interviews_one_has_to_be_named() -> None:
    files = network_canvas(two_interviews=True)
    with pytest.raises(Misused, match="2 interviews"):
        of_canvas.read(files, TODAY)
    assert len(of_canvas.read(files, TODAY, EGO).people) == 3
    assert len(of_canvas.read(files, TODAY, "case-7").people) == 3
    assert len(of_canvas.read(files, TODAY, EGO[::-1]).people) == 1
    with pytest.raises(Misused, match="no such interview"):
        of_canvas.read(files, TODAY, "nobody")


def test_a_graph_becomes_people_and_who_knows_whom() -> None:
    plan = of_graphml.read(GRAPHML, TODAY)
    assert [one.name for one in plan.people] == ["Marta", "Paul", "c"]
    assert plan.people[0].said == (Said("ring", "inner", TODAY), Said("gives.emotional", 2, TODAY))
    assert plan.known == (Known("a", "b", TODAY, 3),)
    assert plan.left_out == ("shoe_size (1)",)
    assert "the node me is taken as you" in plan.doubts
    assert [one.name for one in of_graphml.read(GRAPHML, TODAY, "a").people] == ["Iris", "Paul", "c"]
    with pytest.raises(NotFound):
        of_graphml.read(GRAPHML, TODAY, "z")


def test_an_address_book_brings_names_birthdays_and_notes_and_no_number() -> None:
    plan = of_vcard.read(VCARD, TODAY)
    marta, club, joerg, library = plan.people
    assert (marta.name, marta.aliases, marta.birthday) == ("Marta Orth", ("Mati", "Marti"), "1970-05-03")
    assert marta.notes == "Met at the river, in May.\nLikestea."
    assert (club.name, club.kind) == ("The Rowing Club", AlterKind.GROUP)
    assert (joerg.name, joerg.birthday) == ("Jörg Müller", "--02-29")
    assert (library.name, library.kind) == ("Town Library Lending", AlterKind.GROUP)
    assert plan.doubts == ("cards without a name are left out (1)",)
    assert dict(one.split(" (") for one in plan.left_out) == {"TEL": "2)", "EMAIL": "1)"}
    assert "1234567" not in repr([(one.name, one.notes, one.aliases) for one in plan.people])


READERS: dict[str, Callable[[bytes], object]] = {
    "easynwk": lambda data: of_easynwk.read(data, TODAY),
    "canvas": lambda data: of_canvas.read({"attributeList_Person.csv": data}, TODAY),
    "graphml": lambda data: of_graphml.read(data, TODAY),
    "vcard": lambda data: of_vcard.read(data, TODAY),
}
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b"<graphml><graph><node id='&b;'/></graph></graphml>"
)
BAD = {
    "empty": b"",
    "binary": bytes(range(256)) * 40,
    "nul": b"\0" * 100,
    "half json": b'{"versions": [',
    "deep json": b"[" * 200_000,
    "deep object": b'{"a":' * 100_000,
    "wrong json": b'{"versions": [{"nwk": {"alteri": [{"id": "x"}]}}]}',
    "xml bomb": BOMB,
    "deep xml": b"<graphml>" + b"<graph>" * 5000,
    "csv without a name": b"a,b\n1,2\n",
    "one quote": b'name\n"',
    "huge line": b"name\n" + b"x" * 3_000_000,
    "wide text": "\ufeffname".encode("utf-16-le"),
    "surrogates": b"\xed\xa0\x80",
}


def outcome(reader: str, data: bytes) -> str:
    """Return the sentence a file is refused with, empty where a plan without people came of it."""
    try:
        found = READERS[reader](data)
    except Refused as error:
        return error.message
    assert isinstance(found, Plan)
    assert found.people == () or reader == "canvas"
    return ""


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("data", BAD.values(), ids=BAD)
def test_a_bad_file_is_refused_with_one_sentence_and_soon(reader: str, data: bytes) -> None:
    begun = time.process_time()
    told = outcome(reader, data)
    assert time.process_time() - begun < 4
    assert "\n" not in told


def test_a_set_is_read_from_a_folder_a_zip_or_one_file(tmp_path: Path) -> None:
    files = network_canvas()
    folder = tmp_path / "folder"
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    archive = tmp_path / "set.zip"
    beside = {f"__MACOSX/._{name}": b"\0\5\x16\7" for name in files} | {".DS_Store": b"\0"}
    archive.write_bytes(zipped(beside | {f"deep/../../{name}": data for name, data in files.items()}))
    assert read_set(folder) == read_set(archive) == files
    one = next(iter(files))
    assert read_set(folder / one) == {one: files[one]}


def test_an_archive_that_would_swell_or_holds_too_many_files_is_refused(tmp_path: Path) -> None:
    swollen = tmp_path / "swollen.zip"
    swollen.write_bytes(zipped({"a.csv": b"\0" * (LARGEST + 1)}))
    many = tmp_path / "many.zip"
    many.write_bytes(zipped({f"{n}.csv": b"" for n in range(MOST_FILES + 1)}))
    broken = tmp_path / "broken.zip"
    whole = zipped({"a.csv": b"name\nMarta\n" * 100})
    broken.write_bytes(whole[:40] + b"\xff" * 20 + whole[60:])
    for file in (swollen, many, broken):
        with pytest.raises(Refused):
            read_set(file)


def test_what_is_no_file_is_never_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path, Path("/dev/zero")):
        with pytest.raises(Refused):
            read_file(path)
    with pytest.raises(NotFound):
        read_file(tmp_path / "none")
