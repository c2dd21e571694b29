"""A chart says the same on the screen, as SVG and as text: its sentence, its picture, its table."""

from __future__ import annotations

import datetime as dt
import xml.etree.ElementTree as ET

import pytest

from kinship.ground.width import cells
from kinship.snapshot.chart import (
    Band,
    Bar,
    Bars,
    Chart,
    Days,
    Dots,
    Ends,
    Line,
    Mark,
    Panel,
    Panels,
    Picture,
    Range,
    Ranges,
    Rows,
    Steps,
    Tone,
    Year,
    names_of,
    runs_of,
    span_of,
)
from kinship.snapshot.chart_svg import chart_svg
from kinship.snapshot.chart_text import chart_text
from kinship.tui.chart_cells import rows_needed
from kinship.tui.charts import draw

FIRST, LAST = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
DAY = FIRST.toordinal()
WEEKS = runs_of([(DAY + 7.0 * at, None if 10 < at < 20 else 3.0 + at % 5) for at in range(52)], 7)
MONTHS = ((0, 1.0), (1, 0.0), (2, 4.0))
DASHED = Line((((-1, 1), (1, -1)),), dashed=True)
PICTURES: dict[str, Picture] = {
    "mood": Panels(
        Days(FIRST, LAST),
        (Panel((Dots(((DAY, 2.0), (DAY + 3.0, 9.0))), Line(WEEKS)), ticks=((0, "0"), (10, "10")), guide=5),),
        "{dot} a day   {line} a week",
    ),
    "kinds": Panels(
        Steps(("Jan", "Feb", "Mar")),
        tuple(Panel((Bars(MONTHS, tone),), 0, 4, ((4, "4"),), tone) for tone in list(Tone)[4:7]),
    ),
    "stress": Panels(
        Ends(-1, 1, ((-1, "less"), (1, "more"))),
        (Panel((Band(((-1, 0, 2), (1, -2, 0)), light=True), DASHED, Line((((0, 0),),))), -3, 3),),
    ),
    "who": Rows(
        (Bar("people", 0, heading=True), Bar("小林さくら", 3, "3 days"), Bar("A<b>&", 1, "1 day"), Bar("nobody", 0)),
    ),
    "effect": Ranges(
        (Range("listening", heading=True), Range("after", 0.2, -0.1, 0.5, "+0.2"), Range("unknown", said="not yet")),
        -1, 1, ((-1, "lower"), (0, "same"), (1, "higher")),
    ),
    "year": Year((("Jan", (Mark.AHEAD, *(tuple(Mark) * 6)[1:31])), ("Feb", (Mark.EMPTY,) * 28))),
}  # fmt: skip


def chart(name: str) -> Chart:
    return Chart(
        id=name,
        title="A <title> & more",
        sentence="Mood was said on 2 of 365 days.",
        answers=("One answer.", "Another."),
        note="It does not say why.",
        dates="1 January to 31 December 2026",
        picture=PICTURES.get(name),
        header=("", "days"),
        rows=(("Bea", "12"), ("小林", "3")),
    )


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_fills_the_room_it_is_given_and_no_more(name: str, plain: bool) -> None:
    least = rows_needed(PICTURES[name])
    for width, height in ((76, least), (60, least + 5), (118, 30)):
        rows = draw(PICTURES[name], width, height, plain=plain)
        assert 0 < len(rows) <= height
        text = ["".join(run.text for run in row) for row in rows]
        assert {cells(line) for line in text} == {width}
        assert {run.roles for row in rows for run in row} <= {tone.value for tone in Tone}
        assert not plain or "\n".join(text).replace("小林さくら", "").isascii()


@pytest.mark.parametrize("name", PICTURES)
def test_where_there_is_no_room_there_is_no_picture(name: str) -> None:
    for width, height in ((8, 20), (76, 1)):
        assert len(draw(PICTURES[name], width, height)) <= height
    assert draw(PICTURES["kinds"], 76, 5) == ()


@pytest.mark.parametrize("name", [*PICTURES, "words alone"])
def test_the_file_has_all_that_is_said_and_nothing_that_runs(name: str) -> None:
    told = chart_svg(chart(name))
    root = ET.fromstring(told)
    words = " ".join("".join(one.itertext()) for one in root.iter() if one.tag.endswith(("text", "title", "desc")))
    for part in ("A <title> & more", "Mood was said on 2 of 365 days.", "It does not say why.", "One answer."):
        assert part in words
    assert {one.tag.rpartition("}")[2] for one in root.iter()} <= {
        "svg", "title", "desc", "rect", "text", "path", "circle",
    }  # fmt: skip
    assert b"nan" not in told
    assert told == chart_svg(chart(name))


def test_as_text_the_table_stands_below_the_picture_in_columns() -> None:
    lines = chart_text(chart("who"), ["Bea ━━━━"]).decode().splitlines()
    assert lines[:2] == ["A <title> & more", "1 January to 31 December 2026"]
    assert "Bea ━━━━" in lines
    at = lines.index("Bea     12")
    assert lines[at - 1 : at + 2] == ["      days", "Bea     12", "小林     3"]
    assert lines[-1] == "It does not say why."


def test_a_value_that_is_not_known_ends_the_line() -> None:
    assert runs_of([(1, 2.0), (2, None), (3, 4.0), (9, 5.0)], 2) == (((1, 2.0),), ((3, 4.0),), ((9, 5.0),))


def test_an_axis_names_as_much_as_it_has_room_for() -> None:
    assert [name for _, name in names_of(Days(FIRST, LAST), 6)] == ["2026", "Mar", "May", "Jul", "Sep", "Nov"]
    years = Days(dt.date(2016, 3, 1), LAST)
    assert [name for _, name in names_of(years, 6)] == ["2018", "2020", "2022", "2024", "2026"]
    assert [name for _, name in names_of(Days(FIRST, FIRST + dt.timedelta(days=2)), 6)] == ["1 Jan", "2 Jan", "3 Jan"]
    assert names_of(Steps(("a", "", "c", "d")), 2) == ((0.0, "a"), (3.0, "d"))
    low, high = span_of(Days(FIRST, FIRST))
    assert low < high
