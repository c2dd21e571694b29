"""Lives told to the command line: a worn-out carer, a recovery group, a medicine just begun, a lover of data."""

from __future__ import annotations

import itertools
import json
import re
from pathlib import Path

import pytest

from builders.console import Console, console
from kinship.reflect.book import load_book
from kinship.reflect.sessions import Option

BLAME = re.compile(
    r"\b(too much|too little|should|must|fault|selfish|burden|toxic|unfair|imbalance\w*|one-sided|fail\w*|poor|bad)\b",
    re.IGNORECASE,
)
TALK_FIRST = "Please talk with them, or a pharmacist, before you change anything."
GROUP = "Lantern Street"


def lines(*told: str) -> str:
    return "".join(f"{line}\n" for line in told)


@pytest.fixture
def machine(tmp_path: Path) -> Console:
    return console(tmp_path)


# The carer.


@pytest.fixture
def carer(machine: Console) -> Console:
    """Give somebody who gave on 26 days and received on 4, from one tie that also weighs."""
    machine.fine("people", "add", "Mother", "--ring", "inner", "--since", "2026-01-01")
    machine.fine("people", "add", "Ugo", "--ring", "middle", "--since", "2026-01-01")
    for day in range(1, 27):
        machine.fine("support", "Mother", "--receives", "care_help", "--on", f"2026-10-{day:02}")
    for day in range(1, 5):
        machine.fine("support", "Mother", "--gives", "comfort", "--on", f"2026-11-{day:02}")
    machine.fine("support", "Mother", "--strain", "drains", "--on", "2026-11-05")
    return machine


def test_what_a_carer_gives_and_receives_is_told_in_days_without_blame(carer: Console) -> None:
    told = carer.fine("people", "show", "Mother").out
    assert "They gave something on 4 days, you gave something on 26 days." in told
    numbers = carer.fine("measures", "--plain").out
    assert "87% of the year's moments went from you." in numbers
    for words in (told, numbers, carer.fine("map", "--plain", terminal=True).out):
        assert BLAME.search(words) is None


def test_a_sentence_that_blames_would_be_noticed() -> None:
    assert BLAME.search("Your tie with Mother is one-sided.")


def test_support_and_strain_stand_on_one_tie(carer: Console) -> None:
    told = carer.fine("people", "show", "Mother").out
    assert "gives: emotional" in told
    assert "weighs: sometimes" in told
    figures = carer.fine("measures", "--json").json
    assert figures["ambivalence"] == 0.5


def test_a_carer_leaves_with_one_request_drafted(carer: Console) -> None:
    request = "Ugo, could you sit with her on Thursday? It is really all right if not."
    told = (
        "6",
        "",
        "Thursday afternoon; the pills",
        "could be shared",
        "mine, now",
        "Ugo",
        "",
        request,
        "",
        "",
        "",
        "",
    )
    result = carer.fine("reflect", "cop-load", piped=lines(*told))
    assert "Nothing is ever sent." in result.out
    (page,) = carer.fine("list", "--json").json
    assert page["body"].count(request) == 1


# The recovery group.


@pytest.fixture
def group(machine: Console) -> Console:
    """Give somebody who is held by a group, and by two people."""
    machine.fine("people", "add", GROUP, "--kind", "group", "--ring", "inner", "--circle", "recovery")
    for name in ("Noor", "Lee"):
        machine.fine("people", "add", name, "--ring", "middle")
    for day in range(1, 4):
        machine.fine("support", GROUP, "--gives", "listening", "--on", f"2026-11-0{day}")
    machine.fine("support", "Noor", "--gives", "advice")
    return machine


def test_a_group_is_a_helper_with_a_share_of_its_own(group: Console) -> None:
    figures = group.fine("measures", "--json").json
    assert figures["size"] == 3
    assert figures["share_kind_group"] == pytest.approx(1 / 3)
    assert figures["concentration"] == pytest.approx((3 / 4) ** 2 + (1 / 4) ** 2)
    (told,) = [one for one in json.loads(group.fine("map", "--json").out)["nodes"] if one["kind"] == "group"]
    assert told["counted"]
    assert [one["moments"] for one in told["support"]] == [3]


@pytest.mark.parametrize("form", ["text", "list", "svg", "json"])
@pytest.mark.parametrize("names", [[], ["--names", "roles"]])
def test_a_map_that_leaves_says_a_group_only(group: Console, form: str, names: list[str]) -> None:
    file = group.home / "map"
    group.fine("map", "--format", form, "--output", str(file), *names)
    words = file.read_text()
    assert "a group" in words
    assert not re.search("lantern|recovery", words, re.IGNORECASE)


def test_the_group_can_be_the_one_who_takes_a_bit_of_the_weight(group: Console) -> None:
    told = ("6", "something else", "Evenings.", "", GROUP, "listening", "", "", "", "", "", "")
    assert "Who could take a bit of the weight?" in group.fine("reflect", "trt-keep", piped=lines(*told)).out
    (page,) = group.fine("list", "--json").json
    assert [one["name"] for one in page["people"]] == [GROUP]


# Starting a medicine.


def hurdles() -> list[str]:
    (step,) = [one for (where, id_), one in load_book().steps.items() if (where, id_) == ("session:trt-keep", "what")]
    return [one.label for one in step.options if isinstance(one, Option) and one.goto == "talk_first"]


@pytest.mark.parametrize("short", [[], ["--short"]])
@pytest.mark.parametrize("hurdle", [*hurdles(), ""])
def test_to_talk_first_is_said_whatever_else_is_passed(machine: Console, hurdle: str, short: list[str]) -> None:
    result = machine.fine("reflect", "trt-keep", *short, piped=lines("6", hurdle, *[""] * 12))
    assert " ".join(TALK_FIRST.split()) in " ".join(result.out.split())


def test_there_are_hurdles_for_which_it_is_said() -> None:
    assert hurdles() == ["side effects or pain", "I doubt that it helps"]


def test_no_text_of_ours_advises_to_change_or_stop_a_medicine() -> None:
    advice = re.compile(
        r"\b(stop taking|skip a dose|take less|take more|double|come off|medicine|dose|pill)", re.IGNORECASE
    )
    book = load_book()
    texts = itertools.chain(
        ((step.text, step.hint) for step in book.steps.values()), ((one.text,) for one in book.pack.daily)
    )
    assert [text for told in texts for text in told if advice.search(text)] == []


# The data lover.


def test_no_command_ranks_people_by_mood(group: Console) -> None:
    """Moods beside names would rank people: no figure, table or map holds both."""
    for day, mood in enumerate((2, 8, 3, 9, 5), 1):
        group.fine("write", f"Tea with @{('Noor', 'Lee')[day % 2]}", "--mood", str(mood), "--date", f"2026-11-0{day}")
    for words in (
        ["measures"], ["measures", "--json"], ["map", "--plain"], ["map", "--json"], ["people"], ["people", "--json"],
        ["people", "show", "Noor"], ["people", "show", "Noor", "--json"], ["without", "Noor"],
        ["compare", "2026-11-01", "today"], ["compare", "2026-11-01", "today", "--json"],
    ):  # fmt: skip
        told = group.fine(*words, terminal="--json" not in words).out
        assert not re.search(r"\bmood|\bstress|\brank|\bbest\b|\bworst\b", told, re.IGNORECASE), words


def test_no_command_offers_to_go_by_mood_for_each_person(machine: Console) -> None:
    for words in (["people"], ["measures"], ["without"], ["compare"], ["map"], ["support"]):
        assert "mood" not in machine.fine(*words, "--help").out
