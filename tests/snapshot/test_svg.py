from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from builders.circles import a_bond, a_circle, crowd
from builders.exports import called
from builders.hostile import short_corpus
from kinship.journal.model import Circle
from kinship.snapshot import FOOTER, ON_SCREEN, Format, Share, render
from kinship.snapshot.export import Look

SVG = "{http://www.w3.org/2000/svg}"


def svg_of(circle: Circle, share: Share = ON_SCREEN, title: str = "Support map") -> bytes:
    return render(circle, Format.SVG, share=share, seed="vault", look=Look(title=title))


def texts(data: bytes) -> list[str]:
    return ["".join(text.itertext()) for text in ET.fromstring(data).iter(f"{SVG}text")]


@pytest.mark.parametrize("name", short_corpus().values(), ids=short_corpus())
def test_no_name_sector_or_title_breaks_the_document_or_brings_anything_live_into_it(name: str) -> None:
    data = svg_of(a_circle(called(name), a_bond("Ana")), title=name)
    tree = ET.fromstring(data)
    assert {element.tag.removeprefix(SVG) for element in tree.iter()} <= {
        "svg", "title", "desc", "rect", "g", "circle", "path", "text",
    }  # fmt: skip
    attributes = {attribute for element in tree.iter() for attribute in element.attrib}
    assert not [one for one in attributes if one.startswith("on") or "href" in one or one == "style"]
    assert b"url(" not in b"".join(re.findall(rb"<[^>]*>", data))


@pytest.mark.parametrize("name", short_corpus().values(), ids=short_corpus())
def test_no_control_character_reaches_the_file(name: str) -> None:
    text = svg_of(a_circle(called(name)), title=name).decode()
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]", text)


def test_the_same_circle_gives_the_same_bytes() -> None:
    assert svg_of(crowd(40)) == svg_of(crowd(40))


def test_it_has_a_title_a_description_the_footer_and_a_title_for_each_node() -> None:
    tree = ET.fromstring(svg_of(crowd(12)))
    assert tree.findtext(f"{SVG}title") == "Support map"
    assert "12 people" in (tree.findtext(f"{SVG}desc") or "")
    assert FOOTER in texts(svg_of(crowd(12)))
    assert len([group for group in tree.iter(f"{SVG}g") if group.find(f"{SVG}title") is not None]) == 12


def test_names_keep_their_letters() -> None:
    assert {"小林さくら", "Émile", "<b>&'\""} <= set(
        texts(svg_of(a_circle(a_bond("小林さくら"), a_bond("Émile"), a_bond("<b>&'\""))))
    )


def test_every_name_says_how_wide_it_is() -> None:
    tree = ET.fromstring(svg_of(crowd(40)))
    sized = [text for text in tree.iter(f"{SVG}text") if text.get("textLength")]
    assert len(sized) > 40
    assert all(float(text.get("textLength", "0")) > 0 for text in sized)


def test_an_empty_map_is_a_picture_too() -> None:
    ET.fromstring(svg_of(a_circle()))


def test_a_map_of_three_hundred_still_holds_everybody() -> None:
    names = set(texts(svg_of(crowd(300))))
    assert {"Bea", "Bea 2"} <= names
