"""`kinship appointments`: dates ahead, each with its list of what to bring and to say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click
import msgspec

from kinship.cli.invocation import Invocation
from kinship.cli.opening import open_journal
from kinship.cli.options import example, output_options, vault_options
from kinship.cli.output import say, say_json
from kinship.ground.errors import Misused, NotFound
from kinship.journal.visits import at_in, starred_lines, when_of, whom_in, whom_of
from kinship.privacy.text import clean_line

if TYPE_CHECKING:
    from kinship.journal.journal import Journal
    from kinship.journal.model import Appointment

_SHORTEST_ID = 4
_SHOWN_ID = 8


@click.group(
    invoke_without_command=True,
    epilog=example("kinship appointments", "kinship appointments add 'Thursday 16:30' --with 'Dr Okonkwo'"),
)
@output_options
@vault_options
@click.pass_context
def appointments(context: click.Context) -> int:
    """List, add, change and remove dates ahead; without a word, list."""
    return _list(context.obj, every=False) if context.invoked_subcommand is None else 0


@appointments.command("list", epilog=example("kinship appointments list --all --json"))
@click.option("--all", "every", is_flag=True, help="Those that have been, too.")
@output_options
@vault_options
@click.pass_obj
def list_appointments(invocation: Invocation, *, every: bool) -> int:
    """List the dates ahead, the next one first, each with its list."""
    return _list(invocation, every=every)


@appointments.command(
    epilog=example(
        "kinship appointments add 'in two weeks' --with Bea --bring 'the letter'",
        "kinship appointments add '3 May' --starred 1",
    )
)
@click.argument("when")
@click.option("--with", "whom", default="", metavar="NAME", help="With whom.")
@click.option("--bring", multiple=True, metavar="LINE", help="What to bring or to say; may be said more than once.")
@click.option("--starred", type=int, multiple=True, metavar="N", help="A line you starred, by its number.")
@vault_options
@click.pass_obj
def add(invocation: Invocation, when: str, *, whom: str, bring: Sequence[str], starred: Sequence[int]) -> int:
    """Note a date down and print its id: "Thursday 16:30", "in two weeks", "3 May"."""
    with open_journal(invocation) as opened:
        journal, name = opened.journal, clean_line(whom)
        lines = _joined((), bring, _starred(journal, starred))
        act = journal.appoint(at_in(journal, when), with_=name, alter=whom_in(journal, name), bring=lines)
        say(act.made["appointments"][0])
        return opened.reading_code


@appointments.command(
    epilog=example(
        "kinship appointments edit 3f2a --bring 'ask about sleep'", "kinship appointments edit 3f2a --drop 2"
    )
)
@click.argument("id_", metavar="ID")
@click.option("--when", metavar="DAY", help="Another day or time.")
@click.option("--with", "whom", metavar="NAME", help="With whom.")
@click.option("--bring", multiple=True, metavar="LINE", help="One more line for the list.")
@click.option("--starred", type=int, multiple=True, metavar="N", help="A line you starred, by its number.")
@click.option("--drop", type=int, multiple=True, metavar="N", help="Take the line with this number off the list.")
@vault_options
@click.pass_obj
def edit(
    invocation: Invocation,
    id_: str,
    *,
    when: str | None,
    whom: str | None,
    bring: Sequence[str],
    starred: Sequence[int],
    drop: Sequence[int],
) -> int:
    """Change a date, or its list."""
    with open_journal(invocation) as opened:
        journal = opened.journal
        date = find_date(journal, id_)
        if any(not 1 <= number <= len(date.bring) for number in drop):
            raise Misused(f"The list has the numbers 1 to {len(date.bring)}." if date.bring else "The list is empty.")
        kept = tuple(line for number, line in enumerate(date.bring, start=1) if number not in drop)
        date = msgspec.structs.replace(date, bring=_joined(kept, bring, _starred(journal, starred)))
        if when is not None:
            date = msgspec.structs.replace(date, at=at_in(journal, when))
        if whom is not None:
            name = clean_line(whom)
            date = msgspec.structs.replace(date, with_=name, alter=whom_in(journal, name))
        journal.edit_appointment(date)
        _tell(journal, date)
        return opened.reading_code


@appointments.command(epilog=example("kinship appointments remove 3f2a"))
@click.argument("id_", metavar="ID")
@vault_options
@click.pass_obj
def remove(invocation: Invocation, id_: str) -> int:
    """Delete a date and its list."""
    with open_journal(invocation) as opened:
        date = find_date(opened.journal, id_)
        opened.journal.throw_away("appointments", date.id)
        say("Deleted.")
        return opened.reading_code


@appointments.command(epilog=example("kinship appointments starred"))
@output_options
@vault_options
@click.pass_obj
def starred(invocation: Invocation) -> int:
    """List the lines you starred, with the numbers that `--starred` takes."""
    with open_journal(invocation) as opened:
        lines = starred_lines(opened.journal)
        if invocation.json:
            say_json([{"number": n, "date": one.day.isoformat(), "text": one.text} for n, one in enumerate(lines, 1)])
        for number, one in enumerate(() if invocation.json else lines, start=1):
            say(f"{number}  {one.day}  {clean_line(one.text)}")
        return opened.reading_code


def _list(invocation: Invocation, *, every: bool) -> int:
    with open_journal(invocation) as opened:
        journal = opened.journal
        dates = journal.appointments.all() if every else journal.appointments.ahead(journal.clock.now())
        if invocation.json:
            say_json([_shape(journal, one) for one in dates])
        for one in () if invocation.json else dates:
            _tell(journal, one)
        return opened.reading_code


def _tell(journal: Journal, date: Appointment) -> None:
    whom = whom_of(journal, date) or "a visit"
    say(f"{date.id[:_SHOWN_ID]}  {date.at:%A} {when_of(date)}, {clean_line(whom)}")
    for number, line in enumerate(date.bring, start=1):
        say(f"  {number} {clean_line(line)}")


def _shape(journal: Journal, date: Appointment) -> dict[str, object]:
    return {
        "id": date.id,
        "at": date.at.isoformat(timespec="seconds"),
        "date": date.at.date().isoformat(),
        "with": whom_of(journal, date),
        "person": date.alter,
        "bring": list(date.bring),
    }


def find_date(journal: Journal, word: str) -> Appointment:
    """Return the one date whose id is or begins with `word`; NotFound where none or more than one is."""
    long_enough = len(word) >= _SHORTEST_ID
    found = [one for one in journal.appointments if one.id == word or (long_enough and one.id.startswith(word.lower()))]
    if len(found) != 1:
        raise NotFound(
            f"{'More than one date has' if found else 'No date has'} the id {word}.",
            "See: kinship appointments list --all",
        )
    return found[0]


def _starred(journal: Journal, numbers: Sequence[int]) -> tuple[str, ...]:
    lines = starred_lines(journal)
    if any(not 1 <= number <= len(lines) for number in numbers):
        known = f"They go from 1 to {len(lines)}." if lines else "No line is starred yet."
        raise Misused("No starred line has that number.", known)
    return tuple(lines[number - 1].text for number in numbers)


def _joined(*parts: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(line for part in parts for told in part if (line := clean_line(told))))
