"""`kinship checkin`: how one is, the weekly three, and the scales of one's own packs, with honest words on change."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import click

from kinship.cli.invocation import Invocation
from kinship.cli.opening import open_journal
from kinship.cli.options import example, output_options, vault_options
from kinship.cli.output import remark, say, say_json
from kinship.cli.plain_lines import GoBack, PlainLines, StopHere, chosen, numbered, tell
from kinship.ground.errors import Misused, NotFound
from kinship.journal.model import Pulse
from kinship.privacy.text import clean_line

if TYPE_CHECKING:
    from kinship.journal.journal import Journal
    from kinship.reflect.instruments import Answers, Instrument, Score
    from kinship.reflect.prompts import Scale

LATEST = 10
ASKED = ("mood", "stress", "feelings")
PULSE = ("heard", "helped", "belonging")


@click.command(
    epilog=example(
        "kinship checkin", "kinship checkin --mood 6 --feelings tired,hopeful", "kinship checkin --pulse 7,5,-"
    )
)
@click.option("--mood", type=click.IntRange(0, 10), help="0 very low to 10 very good.")
@click.option("--stress", type=click.IntRange(0, 10), help="0 calm to 10 too much.")
@click.option("--feelings", metavar="WORDS", help="Feeling words, with commas.")
@click.option("--pulse", metavar="H,H,B", help="The week: how heard, helped and belonging you felt, 0-10; - passes.")
@click.option("--scale", metavar="ID", help="Answer a scale of one of your packs, a line at a time.")
@click.option("--list", "listing", is_flag=True, help="The latest check-ins, and the scales there are.")
@output_options
@vault_options
@click.pass_obj
def checkin(
    invocation: Invocation,
    *,
    mood: int | None,
    stress: int | None,
    feelings: str | None,
    pulse: str | None,
    scale: str | None,
    listing: bool,
) -> int:
    """Say how you are; everything may be left out. Without an option it is asked, a line at a time.

    The weekly three are kinship's own words and no validated test. A scale's score is no diagnosis.
    """
    told = _Told(mood, stress, _feelings(feelings or ""), _pulse(pulse) if pulse is not None else None)
    with open_journal(invocation) as opened:
        if not (told.anything or scale or listing):
            told = _asked()
        if told.anything:
            opened.journal.check_in(mood=told.mood, stress=told.stress, feelings=told.feelings, pulse=told.pulse)
        if scale is not None:
            _answer(invocation, opened.journal, scale)
        if listing:
            _list(invocation, opened.journal)
        return opened.reading_code


class _Told(NamedTuple):
    """How somebody is, as far as they said."""

    mood: int | None = None
    stress: int | None = None
    feelings: tuple[str, ...] = ()
    pulse: Pulse | None = None

    @property
    def anything(self) -> bool:
        return self.mood is not None or self.stress is not None or bool(self.feelings) or self.pulse is not None


def _feelings(told: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for word in told.replace("\n", ",").split(",") if (one := clean_line(word))))


def _asked() -> _Told:
    """Ask for mood, stress and feelings; an empty line passes one, and /back asks the one before again.

    Raises UsageError where nothing is said: a script that forgot its options hears of them.
    """
    from kinship.reflect.packs import load_pack

    pack, lines = load_pack(), PlainLines(sys.stdin)
    numbers: list[int | None] = [None, None]
    feelings: tuple[str, ...] = ()
    at = 0
    while at < len(ASKED):
        try:
            if at < len(numbers):
                scale = pack.scales[ASKED[at]]
                tell(f"Your {ASKED[at]}, {scale.min} {scale.low} to {scale.max} {scale.high}")
                sentence = f"A number from {scale.min} to {scale.max}, please."
                numbers[at] = lines.ask_until(partial(_number, scale), sentence)
            else:
                tell("Feelings, with commas: tired, hopeful …")
                feelings = _feelings(lines.ask())
        except GoBack:
            at = max(0, at - 1)
            continue
        except StopHere:
            break
        at += 1
    told = _Told(numbers[0], numbers[1], feelings)
    if not told.anything:
        raise click.UsageError("Say how you are with --mood, --stress, --feelings, --pulse or --scale.")
    return told


def _number(scale: Scale, told: str) -> int | None:
    found = int(told) if told.isdecimal() and len(told) <= len(str(scale.max)) else None
    return found if found is not None and scale.min <= found <= scale.max else None


def _pulse(told: str) -> Pulse:
    parts = [part.strip() for part in told.split(",")]
    if len(parts) != len(PULSE) or not all(one == "-" or one.isdecimal() for one in parts):
        raise click.BadParameter("write three numbers, like 7,5,-", param_hint="--pulse")
    numbers = [None if one == "-" else int(one) for one in parts]
    if any(one is not None and one > 10 for one in numbers):  # noqa: PLR2004 - the end of the line
        raise click.BadParameter("the numbers go from 0 to 10", param_hint="--pulse")
    return Pulse(*numbers)


def _list(invocation: Invocation, journal: Journal) -> None:
    from kinship.reflect.own_packs import library

    scales = library(journal, invocation.surroundings.places.config).instruments
    latest = sorted(journal.checkins, key=lambda one: one.at, reverse=True)[:LATEST]
    if invocation.json:
        shapes = [
            {
                "at": one.at.isoformat(timespec="seconds"),
                "date": one.day.isoformat(),
                "mood": one.mood,
                "stress": one.stress,
                "feelings": list(one.feelings),
                "pulse": {name: getattr(one.pulse, name) for name in PULSE} if one.pulse is not None else None,
            }
            for one in latest
        ]
        say_json({"checkins": shapes, "scales": [{"id": one.id, "title": one.title} for one in scales.values()]})
        return
    for one in latest:
        told = [f"mood {one.mood}" if one.mood is not None else "", ", ".join(one.feelings)]
        told.insert(1, f"stress {one.stress}" if one.stress is not None else "")
        if one.pulse is not None:
            told += [f"{name} {value}" for name in PULSE if (value := getattr(one.pulse, name)) is not None]
        say(f"{one.at:%Y-%m-%d %H:%M}  {' · '.join(part for part in told if part)}")
    for scale in scales.values():
        say(f"{scale.id}  {scale.title}")


def _answer(invocation: Invocation, journal: Journal, id_: str) -> None:
    """Ask the items of a scale, keep the answers, and say the score and what changed since the last time."""
    from kinship.reflect.instruments import score
    from kinship.reflect.own_packs import library

    scales = library(journal, invocation.surroundings.places.config).instruments
    scale = scales.get(id_)
    if scale is None:
        known = ", ".join(scales) or "none; kinship ships no scale, docs/packs.md shows how to type one in"
        raise NotFound(f"There is no scale called {id_}. There is: {known}.")
    before = [one for one in journal.scale_results if one.pack == id_ and one.version == scale.version]
    answers = _ask(scale, quiet=invocation.json)
    journal.keep_scale(id_, scale.version, answers)
    scores = score(scale, answers)
    last = max(before, key=lambda one: (one.day, one.id), default=None)
    former = score(scale, last.answers) if last is not None else ()
    if invocation.json:
        say_json([_shape(one) for one in scores])
        return
    say()
    for at, one in enumerate(scores):
        tell(_told(one))
        if former and last is not None:
            tell(f"  since {last.day}: {_change(scale, former[at], one)}")
    if scale.citation:
        tell(scale.citation)


def _ask(scale: Instrument, *, quiet: bool) -> Answers:
    """Return what is answered to each item; stopping passes what is left. `quiet` prints no question."""
    lines = PlainLines(sys.stdin)
    labels = tuple(one.label for one in scale.options)
    values = {one.label: one.value for one in scale.options}
    answers: dict[str, int | None] = {item.id: None for item in scale.items}
    if not quiet:
        tell(scale.intro)
        numbered(labels)
    at = 0
    while at < len(scale.items):
        item = scale.items[at]
        if not quiet:
            tell(f"{at + 1} of {len(scale.items)} · {item.text}")
        try:
            label = lines.ask_until(
                lambda said: chosen(said, labels), f"A number from 1 to {len(labels)}, or the word."
            )
        except GoBack:
            at = max(0, at - 1)
            continue
        except StopHere:
            remark("Stopped; what is left counts as passed over.")
            break
        answers[item.id] = values[label] if label is not None else None
        at += 1
    if not any(value is not None for value in answers.values()):
        raise Misused("Nothing was answered, so nothing was kept.")
    return answers


def _told(one: Score) -> str:
    if one.value is None:
        return f"{one.title}: no score; {one.answered} of {one.items} were answered."
    band = f", {one.band}" if one.band else ""
    return f"{one.title}: {one.value:g} (from {one.least:g} to {one.most:g}){band}."


def _change(scale: Instrument, before: Score, after: Score) -> str:
    from kinship.reflect.instruments import change_in_words

    known = scale.subscales[after.id].change if after.id else scale.change
    return change_in_words(before.value, after.value, known)


def _shape(one: Score) -> dict[str, object]:
    return {
        "id": one.id or None,
        "title": one.title,
        "value": one.value,
        "least": one.least,
        "most": one.most,
        "band": one.band or None,
        "answered": one.answered,
        "items": one.items,
    }
