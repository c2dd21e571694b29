"""Somebody who loves data, after 120 days: n, bands, the sentence on bad days, "nothing clear", and no ranking."""

from __future__ import annotations

import datetime as dt
import random
import re
from pathlib import Path
from typing import Any

import pytest

from builders.console import EVENING, Console, console
from builders.vaults import CHEAP
from kinship.insight.words import SAME_DAY
from kinship.journal.journal import Journal
from kinship.journal.kinds import SUPPORT, Kind
from kinship.journal.model import Alter, AlterKind, CheckIn, Direction, Entry, Moment
from kinship.vault import open_vault, unlock

DAYS = 120
PEOPLE = ("Ana", "Bea", "Ugo")
BLAME = re.compile(r"\b(best|worst|rank\w*|toxic|should|per cent sure|significant\w*|prove[sd]?)\b", re.IGNORECASE)

MOOD = re.compile("mood|stress", re.IGNORECASE)


def written(home: Path) -> Console:
    """Return the machine of somebody who said each evening how they were; help came on bad days and changed nothing."""
    machine = console(home)
    state = machine.surroundings().places.state
    key = unlock(machine.vault, machine.passphrase, state=state, floor=CHEAP)
    with open_vault(machine.vault, key, state=state, clock=machine.clock) as vault:
        journal = Journal(vault, machine.clock)
        journal.perform("A life", [journal.put(value) for value in lived(random.Random(2))])
    return machine


def lived(dice: random.Random) -> list[Alter | CheckIn | Entry | Moment]:
    ids = iter(f"{at:032x}" for at in range(10_000))
    alters = [Alter(id=next(ids), kind=AlterKind.PERSON, name=name) for name in PEOPLE]
    found: list[Alter | CheckIn | Entry | Moment] = [*alters]
    mood = 6.0
    for at in range(DAYS):
        day = EVENING.date() - dt.timedelta(days=DAYS - 1 - at)
        mood = min(10.0, max(0.0, 6 + 0.5 * (mood - 6) + dice.gauss(0, 1.6)))
        stress = min(10, max(0, round(9 - mood + dice.gauss(0, 1.5))))
        now = dt.datetime.combine(day, dt.time(20), dt.UTC)
        found.append(CheckIn(id=next(ids), at=now, day=day, mood=round(mood), stress=stress))
        for kind in SUPPORT:
            if dice.random() < (0.6 if mood < 6 else 0.15):
                who = dice.choice(alters)
                found.append(
                    Moment(id=next(ids), day=day, alter=who.id, direction=Direction.FROM_THEM, kind=Kind(kind))
                )
                page = Entry(
                    id=next(ids), at=now, zone="UTC", day=day, body=f"With @{who.name}.", names={who.name: who.id},
                    mood=round(mood),
                )  # fmt: skip
                found.append(page)
    return found


@pytest.fixture(scope="module")
def machine(tmp_path_factory: pytest.TempPathFactory) -> Console:
    return written(tmp_path_factory.mktemp("data-lover"))


@pytest.fixture(scope="module")
def told(machine: Console) -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in machine.fine("insights", "--json").json["views"]}


def test_every_view_has_its_sentence_and_every_effect_its_n_its_days_and_its_band(
    told: dict[str, dict[str, Any]], machine: Console
) -> None:
    assert [*told] == [
        "mood", "year", "who", "kinds", "give_and_take", "balance", "pulse", "hard_days",
        *(f"{way}.{kind}" for way in ("same_day", "next_day") for kind in SUPPORT), "buffering",
    ]  # fmt: skip
    for id_, one in told.items():
        assert one["sentence"].endswith((".", "!")), id_
        if "_day." in id_ or id_ == "buffering":
            low, high = one["interval"]
            assert low < one["estimate"] < high
            assert "roughly" in one["sentence"]
            numbers = re.findall(r"(\d+) (?=(?:(?:days|pairs of days) with and|without,|days,) )", one["sentence"])
            assert sum(map(int, numbers)) == one["n"]
            assert one["since"][:4] == one["until"][:4] == "2026"
            assert "2026" in one["sentence"]
    plain = " ".join(machine.fine("insights", "--plain").out.split())
    for one in told.values():
        assert " ".join(one["sentence"].split()) in plain


def test_help_that_comes_on_bad_days_is_shown_with_the_sentence_that_says_so(told: dict[str, dict[str, Any]]) -> None:
    for kind in SUPPORT:
        same = told[f"same_day.{kind}"]
        assert same["state"] == "shown"
        assert same["estimate"] < -0.5
        assert SAME_DAY in same["sentence"]


def test_where_there_is_nothing_the_answer_is_nothing_clear_yet(told: dict[str, dict[str, Any]]) -> None:
    for name in (*(f"next_day.{kind}" for kind in SUPPORT), "buffering"):
        assert told[name]["state"] == "nothing"
        assert told[name]["sentence"].startswith("Nothing clear yet.")
        assert told[name]["p"] > 0.05


def test_no_view_holds_a_name_against_mood(told: dict[str, dict[str, Any]]) -> None:
    naming = [one for one in told.values() if any(name in str(one) for name in PEOPLE)]
    assert {one["id"] for one in naming} == {"who", "hard_days"}
    for one in naming:
        assert not MOOD.search(str((one["title"], one["sentence"], one["table"])))
    assert [row[0] for row in told["who"]["table"]["rows"]] == list(PEOPLE)


def test_a_view_of_mood_by_person_would_be_noticed() -> None:
    assert MOOD.search("Mood on days with Bea")


def test_nothing_is_blamed_ranked_or_called_sure(machine: Console) -> None:
    shown = machine.fine("insights", "--plain", terminal=True).out
    assert BLAME.search(shown.replace("cannot prove", "")) is None
    assert "%" not in shown.split("The same day", 1)[1].replace("100%", "")


def test_a_shorter_stretch_says_how_many_days_are_missing(machine: Console) -> None:
    views = machine.fine("insights", "next_day", "--since", "2026-10-10", "--json").json["views"]
    assert [one["id"] for one in views] == [f"next_day.{kind}" for kind in SUPPORT]
    for one in views:
        assert one["state"] == "not_yet"
        assert one["missing"] > 0
        assert f"At least {one['missing']} more" in one["sentence"]
    assert machine.run("insights", "--since", "2026-11-01", "--until", "2026-10-01").code == 2
    assert "There is no view called bea" in machine.run("insights", "Bea").err
