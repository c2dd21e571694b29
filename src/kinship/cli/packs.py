"""`kinship prompts`: what there is to ask, and packs of one's own: checked, begun, kept in the journal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kinship.cli.invocation import Invocation
from kinship.cli.opening import open_journal
from kinship.cli.options import example, output_options, vault_options
from kinship.cli.output import remark, say, say_json
from kinship.cli.plain_lines import tell
from kinship.cli.switches import away, switches
from kinship.ground.errors import BadPack, NotFound
from kinship.privacy.files import create_private
from kinship.privacy.text import clean_line

if TYPE_CHECKING:
    from kinship.reflect.own_packs import Library


@click.group("prompts", epilog=example("kinship prompts list", "kinship prompts switches loss on"))
def prompts() -> None:
    """List what there is to ask, what you put away, switches for hard times, and packs of your own."""


@prompts.command("list", epilog=example("kinship prompts list --json"))
@output_options
@vault_options
@click.pass_obj
def list_prompts(invocation: Invocation) -> int:
    """List the questions of the day and the guided reflections, with the packs they come from."""
    from kinship.reflect.own_packs import FOLDER, library

    config = invocation.surroundings.places.config
    with open_journal(invocation) as opened:
        found = library(opened.journal, config)
        if invocation.json:
            say_json(_shape(found))
            return opened.reading_code
        for id_, topic in found.pack.topics.items():
            say(topic.title)
            for prompt in found.pack.of_topic(id_):
                tell(f"{prompt.id}  {prompt.text}", indent="  ")
            for session in (one for one in found.book.sessions.values() if one.topic == id_):
                tell(f"{session.id}  {session.title} · {session.minutes} min", indent="  ")
            say()
        for fault in found.faults:
            remark(fault)
        say(f"Packs of your own without private words lie in {config / FOLDER}")
        return opened.reading_code


def _shape(found: Library) -> dict[str, object]:
    daily = [{"id": one.id, "topic": one.topic, "text": one.text} for one in found.pack.daily]
    sessions = [
        {"id": one.id, "topic": one.topic, "title": one.title, "minutes": one.minutes}
        for one in found.book.sessions.values()
    ]
    return {"daily": daily, "sessions": sessions, "scales": list(found.instruments), "left_out": list(found.faults)}


@prompts.command(epilog=example("kinship prompts check garden.toml"))
@click.argument("file", type=click.Path(path_type=Path))
def check(file: Path) -> None:
    """Say what is wrong with a pack, with its line; nothing is kept, and no journal is opened."""
    from kinship.reflect.own_packs import join, read_pack, with_pack

    ours = join(())
    whole = with_pack(ours, read_pack(file))
    daily = len(whole.pack.daily) - len(ours.pack.daily)
    sessions = len(whole.book.sessions) - len(ours.book.sessions)
    told = f"{_many(daily, 'question')} of the day, {_many(sessions, 'guided reflection')}"
    say(f"The pack is right: {told}, {_many(len(whole.instruments), 'scale')}.")


@prompts.command(epilog=example("kinship prompts new garden.toml"))
@click.argument("file", type=click.Path(path_type=Path))
def new(file: Path) -> None:
    """Write an example pack to begin with; a file that is there is never replaced."""
    from kinship.reflect.packs import PACKS

    create_private(file, (PACKS / "example.toml").read_bytes())
    say(str(file))


@prompts.command(epilog=example("kinship prompts add garden.toml"))
@click.argument("file", type=click.Path(path_type=Path))
@vault_options
@click.pass_obj
def add(invocation: Invocation, file: Path) -> None:
    """Keep a pack inside the journal, encrypted; one of the same name is replaced. The file can go then."""
    from kinship.reflect.own_packs import KEPT, OwnPack, library, read_pack, with_pack
    from kinship.reflect.packs import typed

    source = read_pack(file)
    own = typed(source.text, source.name, OwnPack)
    name = clean_line(own.meta.name)
    if not name:
        raise BadPack(f"The pack {source.name} has no name.", 'Give it one: [meta] name = "garden"')
    with open_journal(invocation) as opened:
        others = library(opened.journal, invocation.surroundings.places.config, without=name)
        with_pack(others, source)
        opened.journal.choose(f"{KEPT}{name}", source.text)
        say(name)


@prompts.command(epilog=example("kinship prompts remove garden"))
@click.argument("name")
@vault_options
@click.pass_obj
def remove(invocation: Invocation, name: str) -> None:
    """Take a pack out of the journal; pages that answered it stay."""
    from kinship.reflect.own_packs import KEPT

    with open_journal(invocation) as opened:
        if opened.journal.choices.value(f"{KEPT}{name}") is None:
            raise NotFound(f"No pack of yours is called {name}.", "kinship prompts list shows what there is.")
        opened.journal.choose(f"{KEPT}{name}", None)


def _many(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"


prompts.add_command(switches)
prompts.add_command(away)
