"""docs/patterns.md says what the code does: the views, from when on they speak, how often chance got through."""

from __future__ import annotations

import re
from pathlib import Path

from kinship.cli.insights import TRIED, WRITTEN
from kinship.insight import buffering, coming_up, next_day, over_time, resampling, same_day, shifts, then_and_now
from kinship.journal import scores

PAGE = " ".join((Path(__file__).parents[2] / "docs/patterns.md").read_text().split())


def test_the_page_names_every_view() -> None:
    for view in (*WRITTEN, *TRIED):
        assert re.search(rf"`{view}(\.\w+)?`", PAGE), view


def test_the_page_says_from_when_on_each_view_speaks() -> None:
    for words in (
        f"distinct days | {coming_up.PAGES} pages |",
        f"the median of each week that has {over_time.OF_A_WEEK} days | {over_time.DAYS} days |",
        f"two days {then_and_now.APART} apart",
        f"{same_day.DAYS} days, {same_day.EACH} with and {same_day.EACH} without",
        f"{next_day.PAIRS} pairs of days, {next_day.EACH} after a day with and {next_day.EACH} after one without",
        f"{buffering.DAYS} days, {buffering.EACH} in each of four cells",
        f"Blocks of {resampling.BLOCK} days that follow each other",
        f"({resampling.LONG_BLOCK} in calendars above {resampling.LONG} days)",
        f"{resampling.ROUNDS} times",
        f"fewer than {shifts.FEWEST} such shifts",
        f"from {scores.FEWEST} answers on",
        f"p ≤ {next_day.CHANCE:.2f}".replace("0.", "."),
    ):
        assert words in PAGE, words


def test_no_rate_on_the_page_is_above_what_is_promised() -> None:
    rates = {name: int(hits) for name, hits in re.findall(r"\| (noise: [^|]+) \| (\d+) \|", PAGE)}
    assert len(rates) == 10
    assert all(hits <= 20 for hits in rates.values())
    controls = [int(hits) for hits in re.findall(r"\| control: [^|]+ \| (\d+) \|", PAGE)]
    assert len(controls) == 5
