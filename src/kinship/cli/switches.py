"""`kinship prompts switches` and `away`: what kinship minds when it asks something, set by the person alone."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from kinship.cli.days import day as a_day
from kinship.cli.invocation import Invocation
from kinship.cli.opening import open_journal
from kinship.cli.options import example, output_options, vault_options
from kinship.cli.output import listed, say, say_json
from kinship.cli.plain_lines import tell
from kinship.ground.errors import Misused, NotFound

if TYPE_CHECKING:
    from kinship.journal.journal import Journal

SWITCHES = {"loss": "recent_loss", "separation": "recent_separation"}


@click.command(
    epilog=example("kinship prompts switches", "kinship prompts switches loss on --since '3 May'"),
)
@click.argument("switch", required=False, type=click.Choice(tuple(SWITCHES)))
@click.argument("state", required=False, type=click.Choice(("on", "off")))
@click.option("--since", type=a_day, metavar="DAY", help="The day it happened; today when left out.")
@output_options
@vault_options
@click.pass_obj
def switches(invocation: Invocation, switch: str | None, state: str | None, since: dt.date | None) -> int:
    """Show the switches for hard times, or turn one on or off; each ends by itself after about half a year.

    Somebody with whom there is no contact, or a pause, is named with: kinship people status NAME paused.
    """
    if since is not None and state != "on":
        raise click.UsageError("--since says from when a switch is on.")
    with open_journal(invocation) as opened:
        journal = opened.journal
        if switch is not None and state is not None:
            _turn(journal, SWITCHES[switch], since or journal.today(), on=state == "on")
        if state is None or invocation.json:
            _show(invocation, journal)
        return opened.reading_code


@click.command(epilog=example("kinship prompts away res-04", "kinship prompts away res-04 --back"))
@click.argument("id_", metavar="ID")
@click.option("--back", is_flag=True, help="Let it come again.")
@vault_options
@click.pass_obj
def away(invocation: Invocation, id_: str, *, back: bool) -> int:
    """Put a question away for good, as "not for me" does; `kinship today --json` shows its id."""
    from kinship.reflect.own_packs import library
    from kinship.reflect.state import put_away, put_away_in, take_back

    with open_journal(invocation) as opened:
        journal = opened.journal
        known = library(journal, invocation.surroundings.places.config).pack.prompt(id_)
        if known is None and id_ not in put_away_in(journal):
            raise NotFound(f"There is no question {id_}.", "kinship prompts list shows them all.")
        (take_back if back else put_away)(journal, id_)
        return opened.reading_code


def _turn(journal: Journal, key: str, since: dt.date, *, on: bool) -> None:
    if on and since > journal.today():
        raise Misused(f"{since} has not been yet.")
    journal.choose(key, since.isoformat() if on else None)


def _show(invocation: Invocation, journal: Journal) -> None:
    from kinship.journal.model import Status
    from kinship.reflect.state import condition_since, put_away_in, worn_off

    set_on = {word: condition_since(journal, key) for word, key in SWITCHES.items()}
    until = {word: worn_off(SWITCHES[word], since) for word, since in set_on.items() if since is not None}
    bonds = journal.circle.as_of(journal.today()).bonds
    left_out = {
        status: [bond.alter for bond in bonds if bond.status is status] for status in (Status.PAUSED, Status.NO_CONTACT)
    }
    put = sorted(put_away_in(journal))
    if invocation.json:
        days = {word: {"since": _iso(since), "until": _iso(until.get(word))} for word, since in set_on.items()}
        people = {
            status.value: [{"id": one.id, "name": one.name} for one in alters] for status, alters in left_out.items()
        }
        say_json({**days, **people, "put_away": put})
        return
    for word, since in set_on.items():
        say(f"{word}: {'not set' if since is None else f'since {since}, ends {until[word]}'}")
    for status, alters in left_out.items():
        if alters:
            tell(f"{status.value.replace('_', ' ')}: {listed(one.name for one in alters)}")
    if put:
        tell(f"put away: {', '.join(put)}")


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day is not None else None
