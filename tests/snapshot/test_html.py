from __future__ import annotations

import base64
import hashlib
import re

import pytest

from builders.circles import a_bond, a_circle, a_moment, crowd
from kinship.journal.model import Circle
from kinship.snapshot import FOOTER, ON_SCREEN, Format, NamesMode, Share, render
from kinship.snapshot.export import Look
from kinship.snapshot.style import Style


def page(circle: Circle, share: Share = ON_SCREEN, look: Look | None = None) -> str:
    return render(circle, Format.HTML, share=share, seed="vault", look=look or Look()).decode()


def test_only_its_own_style_sheet_is_let_in_by_its_policy() -> None:
    said = page(crowd(3))
    sheet = re.search(r"<style>(.*?)</style>", said, re.DOTALL)
    assert sheet is not None
    digest = base64.b64encode(hashlib.sha256(sheet[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'" in said
    assert "url(" not in said
    assert "@import" not in said
    assert " style=" not in said


def test_every_sign_and_every_row_leads_to_a_card() -> None:
    said = page(crowd(12))
    wanted, there = set(re.findall(r'href="#(who-\d+)"', said)), set(re.findall(r'id="(who-\d+)"', said))
    assert wanted == there
    assert len(there) == 12
    assert len(re.findall(r"\bid=", said)) == len(set(re.findall(r'\bid="([^"]*)"', said)))


def test_it_holds_the_picture_a_table_a_card_for_each_and_the_footer() -> None:
    said = page(crowd(5))
    assert said.count("<article") == said.count('<th scope="row"') == 5
    assert said.count('class="map"') == 1
    assert FOOTER in said
    assert '<html lang="en">' in said
    assert "<title>Support map</title>" in said


def test_it_is_light_or_dark_as_the_reader_has_it_and_made_for_paper_in_print() -> None:
    said = page(crowd(2))
    assert "prefers-color-scheme:dark" in said
    assert "@media print{:root" in said
    assert "var(--ink)" in said


@pytest.mark.parametrize("style", Style)
def test_a_style_can_be_fixed(style: Style) -> None:
    said = page(crowd(2), look=Look(style=style))
    assert "prefers-color-scheme" not in said
    assert f"color-scheme:{'dark' if style is Style.DARK else 'light'};" in said


def test_single_moments_stand_there_only_where_ticked() -> None:
    circle = a_circle(a_bond("Ana", gives=("listening",), moments=(a_moment("ana", "listening"),)))
    assert "What happened" not in page(circle)
    assert "November 2025: listening" in page(circle, Share(moments=True, names=NamesMode.FULL))


def test_cards_are_on_paper_only_where_they_say_more_than_the_table() -> None:
    assert 'class="again"' in page(crowd(2))
    assert 'class="again"' not in page(crowd(2), Share(moments=True))


def test_an_empty_map_is_a_page_too() -> None:
    assert "nobody is on the map yet" in page(a_circle())
