from __future__ import annotations

import io
import struct
from pathlib import Path
from typing import Any, cast

import msgspec
import pypdf
import pytest

from builders.circles import a_bond, a_circle, crowd
from builders.leaving import readable
from kinship.ground.errors import KinshipError
from kinship.journal.model import Circle
from kinship.snapshot import ON_SCREEN, Format, render
from kinship.snapshot import typesetting as ts
from kinship.snapshot.export import Look, Paper, Style
from kinship.snapshot.typesetting import typeset_pdf

SCRIPTS = ("Ελένη", "Наташа", "مريم", "שירה", "小林", "Zoë")


def pdf(circle: Circle, look: Look | None = None) -> pypdf.PdfReader:
    data = render(circle, Format.PDF, share=ON_SCREEN, seed="vault", look=look or Look())
    return pypdf.PdfReader(io.BytesIO(data))


def png_size(data: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def chunks(data: bytes) -> list[bytes]:
    names, at = [], 8
    while at < len(data):
        (size,) = struct.unpack(">I", data[at : at + 4])
        names.append(data[at + 4 : at + 8])
        at += 12 + size
    return names


def test_a_pdf_has_neither_person_nor_day_nor_program_in_its_properties() -> None:
    assert not [value for value in (pdf(crowd(3)).metadata or {}).values() if str(value).strip()]
    said = readable(Format.PDF, render(crowd(3), Format.PDF, seed="vault"))
    for word in ("CreateDate", "CreationDate", "ModDate", "dc:title", "dc:creator", "/Author", "Typst"):
        assert word not in said


def test_a_pdf_is_tagged_and_says_its_language() -> None:
    root = pdf(crowd(3)).root_object
    assert cast("dict[str, Any]", root["/MarkInfo"])["/Marked"]
    assert str(root["/Lang"]) == "en"
    assert "/StructTreeRoot" in root


def test_names_in_a_pdf_are_letters_of_embedded_fonts_on_the_picture_and_in_the_table() -> None:
    reader = pdf(a_circle(*(a_bond(name) for name in ("Ana", "Zoë", "Ελένη", "Наташа"))))
    picture, table = reader.pages[0], reader.pages[1]
    for name in ("Ana", "Zoë", "Ελένη", "Наташа"):
        assert name in picture.extract_text()
        assert name in table.extract_text()
    for page in (picture, table):
        for font in cast("dict[str, Any]", page["/Resources"])["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            described = inner["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(described)


@pytest.mark.parametrize(("paper", "size"), [(Paper.A4, (595, 842)), (Paper.LETTER, (612, 792))])
def test_a_page_has_the_size_asked_for_and_the_table_lies_on_its_side(paper: Paper, size: tuple[int, int]) -> None:
    pages = pdf(crowd(2), Look(paper=paper)).pages
    boxes = [(round(page.mediabox.width), round(page.mediabox.height)) for page in pages]
    assert boxes == [size, (size[1], size[0])]


def test_many_people_take_many_pages_each_with_the_heads_of_its_columns() -> None:
    pages = pdf(crowd(90)).pages
    assert len(pages) > 3
    assert all("Closeness" in page.extract_text() for page in pages[1:])


@pytest.mark.parametrize("name", ["x" * 50_000, "word " * 9_000, "Z" + "\u0301" * 50_000, "👍🏽" * 20_000])
def test_a_name_without_end_takes_no_more_than_some_lines(name: str) -> None:
    bond = a_bond("Ana")
    long = msgspec.structs.replace(bond, alter=msgspec.structs.replace(bond.alter, name=name))
    assert len(pdf(a_circle(long, a_bond("Bea"), ties=(("ana", "bea"),))).pages) <= 12


def test_a_png_is_as_wide_as_asked_and_holds_nothing_but_pixels() -> None:
    data = render(crowd(2), Format.PNG, seed="vault", look=Look(width=640))
    assert abs(png_size(data)[0] - 640) <= 1
    assert set(chunks(data)) == {b"IHDR", b"IDAT", b"IEND"}


def test_each_style_makes_another_picture() -> None:
    made = {render(crowd(2), Format.PNG, seed="vault", look=Look(width=200, style=style)) for style in Style}
    assert len(made) == len(Style)


def test_what_cannot_be_set_is_said_without_its_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken.typ").write_text("#panic(json(bytes(sys.inputs.data)).name)")
    monkeypatch.setattr(ts, "_TEMPLATES", tmp_path)
    with pytest.raises(KinshipError) as caught:
        typeset_pdf("broken.typ", {"name": "Quorra"})
    assert "Quorra" not in repr(caught.value)
    assert caught.value.__suppress_context__


@pytest.mark.parametrize("code", ['#read("/etc/passwd")', '#read("../../../../etc/passwd")'])
def test_a_template_reads_no_file_but_those_given_to_it(
    code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "nosy.typ").write_text(code)
    monkeypatch.setattr(ts, "_TEMPLATES", tmp_path)
    with pytest.raises(KinshipError):
        typeset_pdf("nosy.typ", {})


def test_a_template_that_reads_a_file_it_was_given_would_be_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "nosy.typ").write_text('#read("given.txt")')
    monkeypatch.setattr(ts, "_TEMPLATES", tmp_path)
    assert "found it" in readable(Format.PDF, typeset_pdf("nosy.typ", {}, files={"given.txt": b"found it"}))


def test_no_template_asks_for_a_package_or_the_day() -> None:
    templates = list(ts._TEMPLATES.glob("*.typ"))
    assert len(templates) >= 3
    for template in templates:
        said = template.read_text(encoding="utf-8")
        assert "@preview" not in said
        assert "datetime" not in said
        assert "date: none" in said or "#set document" not in said
