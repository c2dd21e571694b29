"""Scales that people type in: reverse items, parts, bands, what was passed over, and change beyond chance."""

from __future__ import annotations

import datetime as dt
import math

import msgspec
import pytest

from kinship.ground.errors import BadPack
from kinship.journal.model import ScaleResult
from kinship.reflect.instruments import (
    Band,
    Choice,
    Instrument,
    Item,
    Reliability,
    Subscale,
    change_in_words,
    score,
    through_time,
)
from kinship.reflect.own_packs import Source, join, with_pack

OPTIONS = tuple(
    Choice(value=value, label=label) for value, label in enumerate(("never", "sometimes", "often", "always"))
)
MADE_UP = Instrument(
    id="weather",
    title="Inner weather",
    most_missing=1,
    options=OPTIONS,
    items=(
        Item(id="sun", text="Sun."),
        Item(id="rain", text="Rain.", reverse=True),
        Item(id="wind", text="Wind."),
        Item(id="frost", text="Frost.", reverse=True),
    ),
    subscales={"light": Subscale(title="Light", items=("sun", "rain"))},
    bands=(Band(least=0, label="grey"), Band(least=7, label="bright")),
)

TEXT = """
[meta]
schema = 1
name = "weather"
[[instruments]]
id = "weather"
title = "Inner weather"
options = [{ value = 0, label = "no" }, { value = 1, label = "yes" }]
items = [{ id = "sun", text = "Sun." }, { id = "rain", text = "Rain.", reverse = true }]
most_missing = 0
[instruments.subscales.light]
title = "Light"
items = ["sun"]
"""


def test_reverse_items_count_the_other_way_round() -> None:
    whole, light = score(MADE_UP, {"sun": 3, "rain": 0, "wind": 1, "frost": 3})
    assert (whole.value, whole.least, whole.most, whole.band) == (3 + 3 + 1 + 0, 0, 12, "bright")
    assert (light.id, light.value, light.most) == ("light", 6, 6)


def test_what_was_passed_over_is_filled_by_the_mean_of_the_others_as_far_as_the_scale_allows() -> None:
    whole, light = score(MADE_UP, {"sun": 3, "rain": 0, "wind": 0, "frost": None})
    assert whole.value == pytest.approx((3 + 3 + 0) / 3 * 4)
    assert (whole.answered, whole.items) == (3, 4)
    assert light.value == 6
    nothing, _ = score(MADE_UP, {"sun": 3, "rain": 0})
    assert (nothing.value, nothing.band) == (None, "")
    assert [one.value for one in score(MADE_UP, {})] == [None, None]


def test_a_mean_stays_within_its_options() -> None:
    mean = msgspec.structs.replace(MADE_UP, score="mean")
    (whole, _) = score(mean, {"sun": 3, "rain": 0, "wind": 3, "frost": 0})
    assert (whole.value, whole.least, whole.most) == (3, 0, 3)


def test_bands_are_taken_whatever_their_order() -> None:
    turned = msgspec.structs.replace(MADE_UP, bands=MADE_UP.bands[::-1])
    assert score(turned, {"sun": 0, "rain": 3, "wind": 0, "frost": 3})[0].band == "grey"


def test_a_change_counts_only_beyond_what_chance_does() -> None:
    known = Reliability(deviation=5, reliability=0.8)
    assert known.smallest_change == pytest.approx(1.96 * 5 * math.sqrt(0.4))
    assert change_in_words(10, 17, known).startswith("Higher by 7.0")
    assert change_in_words(10, 3, known).startswith("Lower by 7.0")
    assert "About the same" in change_in_words(10, 11, known)
    assert "cannot be told from chance" in change_in_words(10, 30, None)
    assert "cannot be compared" in change_in_words(None, 3, known)


def test_the_scores_of_a_scale_through_time_are_those_of_its_version() -> None:
    days = [dt.date(2026, month, 1) for month in (3, 1, 2)]
    told = [("1", 3), ("1", 0), ("0", 1)]
    results = [
        ScaleResult(id=str(at), pack="weather", version=version, day=day, answers={"sun": sun, "rain": 0, "wind": 1})
        for at, (day, (version, sun)) in enumerate(zip(days, told, strict=True))
    ]
    known = msgspec.structs.replace(MADE_UP, change=Reliability(deviation=5, reliability=0.8))
    whole, light = through_time(known, results)
    assert [day.month for day, _ in whole.values] == [1, 3]
    assert [value for _, value in light.values] == [3.0, 6.0]
    assert (whole.least, whole.most, light.title, light.smallest_change) == (0, 12, "Light", None)
    assert whole.smallest_change == pytest.approx(1.96 * 5 * math.sqrt(0.4))


def test_a_scale_comes_with_a_pack() -> None:
    assert set(with_pack(join(()), Source("weather.toml", TEXT)).instruments) == {"weather"}


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('id = "rain"', 'id = "sun"', "uses an item's id twice"),
        ("value = 1", "value = 0", "uses an option's value twice"),
        ('items = ["sun"]', 'items = ["fog"]', "names fog"),
        ("most_missing = 0", "most_missing = 2", "without a single answer"),
        ('[{ value = 0, label = "no" }, { value = 1, label = "yes" }]', '[{ value = 0, label = "no" }]', "length >= 2"),
    ],
)
def test_a_wrong_scale_is_named_with_its_line(right: str, wrong: str, said: str) -> None:
    with pytest.raises(BadPack) as caught:
        with_pack(join(()), Source("weather.toml", TEXT.replace(right, wrong, 1)))
    assert said in caught.value.message
    assert "wrong at line" in caught.value.message


def test_two_scales_of_one_name_are_refused() -> None:
    found = join((Source("one", TEXT), Source("two", TEXT.replace('"weather"', '"weather2"', 1))))
    assert len(found.faults) == 1
