"""`kinship templates`: what a page may begin with, in one's own words, kept in the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kinship.cli.invocation import Invocation
from kinship.cli.opening import open_journal
from kinship.cli.options import example, output_options, vault_options
from kinship.cli.output import remark, say, say_json
from kinship.cli.passphrase import refuse_shared_input
from kinship.cli.typed import words_of

if TYPE_CHECKING:
    from kinship.cli.opening import Opened
    from kinship.cli.shapes import Shape
    from kinship.journal.model import Template


@click.group(
    "templates",
    invoke_without_command=True,
    epilog=example(
        "kinship templates", "kinship templates add morning < morning.md", "kinship write --template morning"
    ),
)
@output_options
@vault_options
@click.pass_context
def templates(context: click.Context) -> int:
    """List, keep and change what a page may begin with, in words of your own.

    In a template {day} and {time} become those of the page, and the words you write go where {text} stands, else behind
    it. Templates lie in the journal, encrypted.
    """
    if context.invoked_subcommand is not None:
        return 0
    invocation: Invocation = context.obj
    with open_journal(invocation) as opened:
        found = opened.journal.all_templates()
        if invocation.json:
            say_json([_shape(one) for one in found])
            return opened.reading_code
        for one in found:
            say(f"{one.name}  ({one.journal})" if one.journal else one.name)
        if not found:
            remark("There is no template yet. Make one with: kinship templates add NAME")
        return opened.reading_code


def _shape(template: Template) -> Shape:
    return {"id": template.id, "name": template.name, "journal": template.journal, "body": template.body}


@templates.command(epilog=example("kinship templates show morning"))
@click.argument("name")
@output_options
@vault_options
@click.pass_obj
def show(invocation: Invocation, name: str) -> int:
    """Show a template; the beginning of its name is enough."""
    with open_journal(invocation) as opened:
        found = opened.journal.template_named(name)
        if invocation.json:
            say_json(_shape(found))
        else:
            say(found.body)
        return opened.reading_code


_JOURNAL = click.option("--journal", metavar="NAME", help="The journal that pages begun with it go into.")


@templates.command(
    epilog=example("kinship templates add morning < morning.md", "kinship templates add night 'I dreamt '")
)
@click.argument("name")
@click.argument("text", required=False, metavar="[TEXT | -]")
@_JOURNAL
@vault_options
@click.pass_obj
def add(invocation: Invocation, name: str, text: str | None, journal: str | None) -> None:
    """Keep a new template and print its id; without TEXT it is read from standard input, or typed."""
    if text in (None, "-"):
        refuse_shared_input(invocation)
    with open_journal(invocation) as opened:
        body = words_of(invocation, text) if text in (None, "-") else str(text)
        act = opened.journal.keep_template(name, body, journal=opened.journal.journal_meant(journal or ""))
        (id_,) = act.made["templates"]
        say(id_)


@templates.command(
    epilog=example("kinship templates edit morning < morning.md", "kinship templates edit morning --name dawn")
)
@click.argument("name")
@click.argument("text", required=False, metavar="[TEXT | -]")
@click.option("--name", "called", metavar="NAME", help="Call it otherwise.")
@_JOURNAL
@vault_options
@click.pass_obj
def edit(invocation: Invocation, name: str, text: str | None, called: str | None, journal: str | None) -> None:
    """Give a template other words, another name or another journal; pages that began with it stay as they are."""
    reads = text == "-" or (text is None and called is None and journal is None)
    if reads:
        refuse_shared_input(invocation)
    with open_journal(invocation) as opened:
        found = opened.journal.template_named(name)
        body = words_of(invocation, text, before=found.body) if reads else (found.body if text is None else text)
        into = found.journal if journal is None else opened.journal.journal_meant(journal)
        opened.journal.keep_template(called or found.name, body, journal=into, id_=found.id)
        say(found.id)


@templates.command(epilog=example("kinship templates delete morning"))
@click.argument("name")
@vault_options
@click.pass_obj
def delete(invocation: Invocation, name: str) -> None:
    """Throw a template away; pages that began with it stay as they are. Its words are shown once more."""
    with open_journal(invocation) as opened:
        _delete(opened, name)


def _delete(opened: Opened, name: str) -> None:
    found = opened.journal.template_named(name)
    opened.journal.delete_template(found.id)
    say(found.body)
    remark(f"Thrown away. To keep it again: kinship templates add {found.name}")
