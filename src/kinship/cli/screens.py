"""The full screen: `kinship` alone, and `kinship demo`."""

from __future__ import annotations

import datetime as dt
import sys
from typing import TYPE_CHECKING

import click

from kinship.cli.days import day as a_day
from kinship.cli.discreet import as_initials
from kinship.cli.invocation import Invocation
from kinship.cli.options import example, plain_option, safe_screen_option
from kinship.cli.output import on_terminal, say
from kinship.ground.clock import Clock, FrozenClock, day_of
from kinship.ground.errors import NeedsTerminal
from kinship.ground.settings import read_settings
from kinship.privacy.throw_away import memory_places, sweep_leftovers, throw_away

if TYPE_CHECKING:
    from kinship.journal.journal import Journal
    from kinship.tui.again import Locked

_EVENING = dt.time(20, 0)


def open_journal_screen(invocation: Invocation, *, from_lock: bool = False) -> int:
    """Open the vault on the whole screen, or go on `from_lock`; NeedsTerminal where there is no terminal."""
    if not _has_screen(invocation):
        raise NeedsTerminal(
            "The full screen needs a terminal.",
            "Without one there are: kinship write, list, show, search, today, people, support, map (see --help).",
        )
    locked = _arrived(invocation) if from_lock else None
    from kinship.tui.app import run_vault
    from kinship.vault import check_place

    places = invocation.surroundings.places
    check_place(invocation.vault_path)
    return run_vault(
        invocation.vault_path,
        places,
        read_settings(places.settings_file),
        environment=invocation.screen_environment,
        locked=locked,
    )


def _arrived(invocation: Invocation) -> Locked:
    """Return what the lock left word of, in a program that is as others are; it may have been stopped meanwhile."""
    from kinship.tui.again import arrive, take_locked

    locked = take_locked(invocation.surroundings.environment)
    arrive(locked)
    return locked


@click.command(epilog=example("kinship demo", "kinship demo --seed 3 --people 60 --as-of 2026-06-01"))
@click.option("--seed", type=int, default=7, show_default=True, metavar="N", help="Another number, another life.")
@click.option("--years", type=click.IntRange(1, 20), default=1, show_default=True, metavar="N", help="How long.")
@click.option("--people", type=click.IntRange(1, 400), default=40, show_default=True, metavar="N", help="How many.")
@click.option("--as-of", type=a_day, metavar="DAY", help="The day it ends on; today when left out.")
@plain_option
@safe_screen_option
@click.pass_obj
def demo(invocation: Invocation, *, seed: int, years: int, people: int, as_of: dt.date | None) -> int:
    """Open a throw-away vault with a synthetic life; it is wiped at the end, and nothing of yours is touched.

    Without a terminal the prompt of the day and the map are printed.
    """
    from kinship.demo.life import live
    from kinship.demo.vault import demo_vault

    clock = _clock(invocation, as_of)
    day = as_of if as_of is not None else day_of(clock.now())
    life = live(seed=seed, years=years, people=people, pages=250 * years, as_of=day)
    environment = invocation.surroundings.environment
    sweep_leftovers(environment)
    with throw_away("demo", next(iter(memory_places(environment)), None)) as folder:
        journal = demo_vault(folder, life, clock)
        if _has_screen(invocation) and not invocation.plain:
            from kinship.tui.app import run_demo

            places = invocation.surroundings.places
            settings, environment = read_settings(places.settings_file), invocation.screen_environment
            return run_demo(journal, places, settings, clock=clock, environment=environment)
        with journal.vault, as_initials(invocation, journal):
            _print(invocation, journal)
        return 0


def _print(invocation: Invocation, journal: Journal) -> None:
    from kinship.cli.maps import map_of
    from kinship.cli.prompts import print_prompt
    from kinship.snapshot.export import Format
    from kinship.snapshot.share import ON_SCREEN

    print_prompt(invocation, journal)
    say()
    form = Format.LIST if invocation.plain else Format.TEXT
    say(map_of(invocation, journal, journal.today(), form, ON_SCREEN).decode().rstrip("\n"))


def _clock(invocation: Invocation, as_of: dt.date | None) -> Clock:
    real = invocation.surroundings.clock
    if as_of is None:
        return real
    return FrozenClock(dt.datetime.combine(as_of, _EVENING, real.now().tzinfo), real.zone)


def _has_screen(invocation: Invocation) -> bool:
    """Return whether there is a terminal that a whole screen can be drawn on."""
    able = invocation.surroundings.environment.get("TERM") != "dumb"
    return able and on_terminal(sys.stdin) and on_terminal(sys.stdout)
