from __future__ import annotations

import pytest

from builders.circles import a_bond, a_circle, crowd
from builders.exports import called
from builders.hostile import obeyed_in, short_corpus
from kinship.ground.width import cells
from kinship.snapshot import FOOTER, ON_SCREEN, Format, Share, render
from kinship.snapshot.export import Look


def told(count: int, format_: Format, share: Share = ON_SCREEN, *, width: int = 100, height: int = 36) -> str:
    return render(crowd(count), format_, share=share, seed="vault", look=Look(columns=width, rows=height)).decode()


@pytest.mark.parametrize("format_", [Format.TEXT, Format.LIST])
def test_the_month_and_the_footer_stand_on_every_text(format_: Format) -> None:
    text = told(12, format_, Share())
    assert text.startswith("Support map, November 2025: ")
    assert text.endswith(FOOTER + "\n")


@pytest.mark.parametrize(("width", "height"), [(60, 20), (80, 24), (160, 48)])
def test_the_drawing_is_no_wider_than_asked_for(width: int, height: int) -> None:
    lines = told(40, Format.TEXT, width=width, height=height).splitlines()
    assert max(map(cells, lines)) <= width


def test_everybody_is_in_the_list() -> None:
    text = told(40, Format.LIST)
    assert all(f"  {bond.alter.name}" in text for bond in crowd(40).bonds)


@pytest.mark.parametrize("count", [40, 150])
def test_everybody_is_on_the_drawing_or_named_below_it(count: int) -> None:
    text = told(count, Format.TEXT, width=160, height=48)
    missing = [bond.alter.name for bond in crowd(count).bonds if bond.alter.name[:4] not in text]
    assert missing == []


@pytest.mark.parametrize("format_", [Format.TEXT, Format.LIST])
def test_an_empty_map_says_so(format_: Format) -> None:
    assert "nobody is on it yet" in told(0, format_)


@pytest.mark.parametrize("format_", [Format.TEXT, Format.LIST])
@pytest.mark.parametrize("name", short_corpus().values(), ids=short_corpus())
def test_nothing_that_a_terminal_obeys_is_written(name: str, format_: Format) -> None:
    circle = a_circle(called(name), a_bond("Ana"))
    text = render(circle, format_, share=ON_SCREEN, seed="vault").decode()
    assert obeyed_in(text) == []
