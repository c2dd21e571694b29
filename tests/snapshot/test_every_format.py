from __future__ import annotations

import csv
import io
import re
import zipfile
from functools import cache
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import msgspec
import pytest

from builders.circles import a_bond, a_circle, crowd
from builders.hostile import INNOCENT, obeyed_in, short_corpus
from builders.leaving import readable, secretive
from kinship.journal.model import Alter, AlterKind, Circle
from kinship.snapshot import Format, NamesMode, Share, render
from kinship.snapshot.export import Look

EVERYTHING = Share(names=NamesMode.FULL, strain=True, notes=True, exact_dates=True, no_contact=True, moments=True)
HARM = {
    **short_corpus(),
    **INNOCENT,
    "typst": '#read("/etc/passwd") $x$ @ref <label> \\ /* //',
    "package": '#import "@preview/x:0.1.0"',
    "formula plain": "=cmd()",
    "formula wide": "＝cmd()",
    "end of data": "]]>",
    "thumbs": "👍🏽 ❤️",
}
PER_PAGE = Share(names=NamesMode.FULL, no_contact=True)


def hostile() -> Circle:
    """Everybody of a crowd under a name that means harm, some of them in a circle of that word."""
    people = zip(crowd(len(HARM)).bonds, HARM.values(), strict=True)
    return a_circle(
        *(
            msgspec.structs.replace(
                bond,
                alter=Alter(id=f"i{index}", kind=AlterKind.PERSON, name=name),
                sector=name if index % 9 == 0 else "s",
            )
            for index, (bond, name) in enumerate(people)
        )
    )


@cache
def of_hostile(format_: Format) -> str:
    look = Look(title=HARM["html"], caption=HARM["typst"])
    return readable(format_, render(hostile(), format_, share=PER_PAGE, seed="vault", look=look))


@pytest.mark.parametrize("format_", Format)
def test_what_was_not_ticked_changes_no_byte_of_any_format(format_: Format) -> None:
    one, other = (render(secretive(word, day), format_, seed="vault") for word, day in (("Quorra", 22), ("Zed", 5)))
    assert one == other


@pytest.mark.parametrize("format_", Format)
def test_what_was_ticked_would_be_noticed(format_: Format) -> None:
    one, other = (
        render(secretive(word, day), format_, share=EVERYTHING, seed="vault")
        for word, day in (("Quorra", 22), ("Zed", 5))
    )
    assert one != other


@pytest.mark.parametrize("format_", [form for form in Format if form is not Format.PNG])
def test_no_name_note_or_day_can_be_found_in_any_format(format_: Format) -> None:
    said = readable(format_, render(secretive("Quorra", 23), format_, seed="vault"))
    for word in ("Quorra", "2025-11-23", "23 November", "1970-01", "weighs", "strain_"):
        assert word not in said


@pytest.mark.parametrize("format_", [form for form in Format if form is not Format.PNG])
def test_a_name_and_a_day_in_a_file_would_be_noticed(format_: Format) -> None:
    said = readable(format_, render(secretive("Quorra", 23), format_, share=EVERYTHING, seed="vault"))
    assert "Quorra" in said
    assert "2025-11-23" in said or "23 November" in said


@pytest.mark.parametrize("format_", Format)
def test_the_same_map_gives_the_same_bytes(format_: Format) -> None:
    assert render(crowd(9), format_, seed="vault") == render(crowd(9), format_, seed="vault")


@pytest.mark.parametrize("format_", [Format.SVG, Format.HTML, Format.GRAPHML, Format.CSV, Format.TEXT, Format.LIST])
def test_no_character_that_is_obeyed_reaches_a_file(format_: Format) -> None:
    assert not obeyed_in(of_hostile(format_).replace("\r\n", "\n"))


def test_a_web_page_has_no_script_no_handler_and_no_address_but_its_own() -> None:
    found = _Elements()
    found.feed(of_hostile(Format.HTML))
    assert not {"script", "img", "iframe", "object", "embed", "link", "base", "form", "style-"} & set(found.tags)
    assert found.tags.count("style") == 1
    for tag, name, value in found.attributes:
        assert not name.startswith("on")
        assert name not in {"style", "src", "action", "srcset", "data"}
        assert name != "href" or value.startswith("#"), tag


def test_a_script_in_a_web_page_would_be_noticed() -> None:
    found = _Elements()
    found.feed(of_hostile(Format.HTML).replace("&lt;", "<").replace("&gt;", ">"))
    assert "script" in found.tags
    assert "img" in found.tags


def test_graphml_holds_every_name_as_text() -> None:
    tree = ET.fromstring(of_hostile(Format.GRAPHML))
    names = [data.text or "" for data in tree.iter("{http://graphml.graphdrawing.org/xmlns}data")]
    assert {"=cmd()", "]]>", HARM["html"], HARM["xml"]} <= set(names)


def test_no_cell_of_a_table_begins_a_formula() -> None:
    data = render(hostile(), Format.CSV, share=PER_PAGE, seed="vault")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        rows = [
            row
            for name in archive.namelist()
            for row in csv.reader(io.StringIO(archive.read(name).decode(), newline=""))
        ]
    cells = [cell for row in rows for cell in row]
    assert "'=cmd()" in cells
    assert "'＝cmd()" in cells
    assert not [cell for cell in cells if re.match(r"\s*[=+\-@\t\r＝]", cell)]


def test_code_in_a_name_stays_a_name_in_a_pdf() -> None:
    names = (HARM["typst"], HARM["package"], HARM["html"])
    circle = a_circle(*(a_bond(name) for name in names))
    said = readable(Format.PDF, render(circle, Format.PDF, share=PER_PAGE, seed="vault"))
    assert "root:" not in said
    assert '#read("/etc/passwd")' in said.replace("\u00a0", " ").replace("\u200b", "")
    assert "#import" in said


@pytest.mark.parametrize(("format_", "begins"), [(Format.PNG, b"\x89PNG"), (Format.PDF, b"%PDF")])
def test_no_name_keeps_a_page_from_being_set(format_: Format, begins: bytes) -> None:
    assert render(hostile(), format_, share=PER_PAGE, seed="vault", look=Look(width=400)).startswith(begins)


class _Elements(HTMLParser):
    """Every element and attribute of a page, as a browser would come upon them."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    handle_startendtag = handle_starttag
