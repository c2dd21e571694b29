"""`kinship edit`, `delete` and `history`: a page gets other words, goes, comes back, and shows what it was."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from kinship.cli.days import page_day
from kinship.cli.finding import find_entry
from kinship.cli.invocation import Invocation
from kinship.cli.opening import open_journal
from kinship.cli.options import example, output_options, vault_options
from kinship.cli.output import on_terminal, remark, say, say_json, wrapped
from kinship.cli.passphrase import refuse_shared_input
from kinship.cli.typed import Stopped, as_draft, ask_about, keep, words_of
from kinship.ground.errors import Misused, NotFound
from kinship.privacy.text import clean

if TYPE_CHECKING:
    from kinship.cli.opening import Opened
    from kinship.cli.shapes import Shape
    from kinship.journal.journal import Journal
    from kinship.journal.model import Entry, Revision

SHORT_ID = 8

_HOW = "Give the words on standard input (kinship edit ID < page.md), or open the page in kinship."


@click.command(
    epilog=example(
        "kinship edit 3f9a1c02 < page.md",
        "kinship edit 3f9a1c02 'Bea called twice.'",
        "kinship edit 3f9a1c02 --date 'last Friday' --journal dreams --star",
    )
)
@click.argument("id_", metavar="ID")
@click.argument("text", required=False, metavar="[TEXT | -]")
@click.option(
    "--date", "when", type=page_day, metavar="DAY", help="Its day: yesterday, last Friday, 3 May, 2026-05-03."
)
@click.option("--title", metavar="WORDS", help='Its title; "" takes it away.')
@click.option("--journal", metavar="NAME", help='The journal it goes into; "" is the unnamed one.')
@click.option("--mood", type=click.IntRange(0, 10), metavar="0-10", help="How it was.")
@click.option("--topic", metavar="WORD", help='The topic it belongs to; "" takes it away.')
@click.option("--tag", "tags", multiple=True, metavar="WORD", help="Another tag; may be said more than once.")
@click.option("--star/--no-star", "star", default=None, help="Give it a star, or take it.")
@vault_options
@click.pass_obj
def edit(
    invocation: Invocation, /, id_: str, text: str | None, *, star: bool | None, tags: Sequence[str], **told: Any
) -> None:
    """Give a page other words, and print its id; what it said before stays in its history.

    The words come from TEXT, from standard input ("-"), or on a terminal from another editor where the settings allow
    one (editor = "vim"): in memory only, and wiped afterwards. Words on a command line can be seen by other programs
    on this machine, and shells keep them. What no option names stays as it is; with an option and without TEXT the
    words stay too.
    """
    fields = {name: value for name, value in told.items() if value is not None}
    if text is None and (fields or tags or star is not None):
        _edit_around(invocation, id_, fields, tags, star)
        return
    if text in (None, "-"):
        refuse_shared_input(invocation)
    with open_journal(invocation) as opened:
        page = find_entry(opened.journal, id_)
        around = _around(opened.journal, page, fields, tags)
        if star is not None and star is not page.starred:
            opened.journal.star_page(page.id, starred=star)
        began = opened.journal.drafts.began(page.id)
        body = _new_words(invocation, opened, page, text)
        if not clean(body).strip():
            raise Misused("There are no words to keep.", "To throw the page away: kinship delete ID")
        from kinship.journal.drafts import PageText

        several = len(began) > 1
        if clean(body) == page.body and not several and not around:
            remark("Those are the words it has; nothing was changed.")
        else:
            piped = text in (None, "-") and not on_terminal(sys.stdin)
            keep(opened, PageText(id=page.id, body=body, began=began, **around), piped=piped)
            ask_about(opened.journal, page.id)
        if several:
            remark("It was written in two places at once; kinship history ID has each side.")
        say(page.id)


def _edit_around(
    invocation: Invocation, id_: str, fields: dict[str, Any], tags: Sequence[str], star: bool | None
) -> None:
    """Change what stands around the words of a page, and print its id."""
    with open_journal(invocation) as opened:
        from kinship.journal.drafts import PageText

        journal, page = opened.journal, find_entry(opened.journal, id_)
        if around := _around(journal, page, fields, tags):
            keep(opened, PageText(id=page.id, body=page.body, **around), piped=True)
        if star is not None and star is not page.starred:
            journal.star_page(page.id, starred=star)
        say(page.id)


def _around(journal: Journal, page: Entry, fields: dict[str, Any], tags: Sequence[str]) -> dict[str, Any]:
    """Return the fields of a page text that the options name. Raises Misused."""
    from kinship.ground.page_day import page_day_in

    around: dict[str, Any] = {name: fields[name] or None for name in ("title", "topic") if name in fields}
    if "mood" in fields:
        around["mood"] = fields["mood"]
    if "when" in fields:
        around["day"] = page_day_in(fields["when"], journal.today())
    if "journal" in fields:
        around["journal"] = journal.journal_meant(fields["journal"])
    if tags:
        around["tags"] = (*page.tags, *tags)
    return around


def _new_words(invocation: Invocation, opened: Opened, page: Entry, text: str | None) -> str:
    from kinship.journal.drafts import PageText

    if text not in (None, "-"):
        return str(text)
    try:
        return words_of(invocation, text, before=page.body)
    except Misused as error:
        raise Misused(error.message, f"{error.remedy} {_HOW}".strip()) from error
    except Stopped as stopped:
        remark(as_draft(opened, PageText(id=page.id, body=stopped.typed)))
        raise KeyboardInterrupt from stopped


@click.command(epilog=example("kinship delete 3f9a1c02", "kinship delete --undo 3f9a1c02"))
@click.argument("id_", metavar="ID")
@click.option("--undo", is_flag=True, help="Bring a page back that was deleted by this command.")
@vault_options
@click.pass_obj
def delete(invocation: Invocation, *, id_: str, undo: bool) -> None:
    """Throw a page away, with its history and starred lines; moments that were marked on it stay.

    Nothing is asked, since it can be brought back until the vault is purged: by itself that is a month later.
    """
    with open_journal(invocation) as opened:
        journal = opened.journal
        if undo:
            act = journal.bring_back_page(id_)
            (brought,) = act.made["entries"]
            say(brought)
            remark("The page is back, with its history.")
            return
        page = find_entry(journal, id_)
        journal.delete_page(page.id, kept=True)
        remark(f"Deleted. To bring it back: kinship delete --undo {page.id[:SHORT_ID]}")


@click.command(epilog=example("kinship history 3f9a1c02", "kinship history 3f9a1c02 --restore 2"))
@click.argument("id_", metavar="ID")
@click.option("--restore", type=int, metavar="N", help="Give the page the words of number N again.")
@click.option("--words", is_flag=True, help="Mark what changed word by word: [-gone-] and {+new+}.")
@output_options
@vault_options
@click.pass_obj
def history(invocation: Invocation, *, id_: str, restore: int | None, words: bool) -> int:
    """Show what a page said before, the latest first, and what was changed each time.

    A line with "-" went, a line with "+" came. Each sitting at a page leaves one text behind. Restoring keeps what the
    page says now in its history too.
    """
    with open_journal(invocation) as opened:
        journal = opened.journal
        page = find_entry(journal, id_)
        former = journal.pages.history(page.id)
        if restore is not None:
            _restore(opened, page, former, restore)
        elif invocation.json:
            laters = (page.body, *(one.body for one in former))
            say_json(
                [revision_shape(journal, *one) for one in zip(range(1, len(laters)), former, laters, strict=False)]
            )
        else:
            _print(journal, page, former, words=words)
        return opened.reading_code


def revision_shape(journal: Journal, number: int, revision: Revision, later: str) -> Shape:
    """Return a former text as `history --json` prints it; `at` is when it was written over, `later` with what."""
    from kinship.journal.differences import differences

    return {
        "number": number,
        "id": revision.id,
        "at": revision.at.isoformat(timespec="seconds"),
        "device": journal.name_of_device(revision.device),
        "device_id": revision.device,
        "title": revision.title,
        "body": revision.body,
        "changes": [f"{line.mark}{line.text}" for line in differences(revision.body, later)],
    }


def _restore(opened: Opened, page: Entry, former: tuple[Revision, ...], number: int) -> None:
    if not 1 <= number <= len(former):
        if not former:
            raise NotFound("This page has one text only.")
        raise Misused(f"There is no number {number}.", f"They go from 1 to {len(former)}: kinship history ID")
    act = opened.journal.restore_page(page.id, former[number - 1].id)
    remark("The page says that again; what it said is in its history." if act else "The page says that already.")


def _print(journal: Journal, page: Entry, former: tuple[Revision, ...], *, words: bool) -> None:
    if not former:
        remark("This page has one text only.")
    after = (page.title, page.body)
    for number, one in enumerate(former, 1):
        if number > 1:
            say()
        device = journal.name_of_device(one.device)
        say(f"{number}  until {one.at:%Y-%m-%d %H:%M}" + (f", written over on {device}" if device else ""))
        for line in _words_changed(one.body, after[1]) if words else _changes((one.title, one.body), after):
            say(line)
        after = (one.title, one.body)


def _changes(before: tuple[str | None, str], after: tuple[str | None, str]) -> Iterator[str]:
    from kinship.journal.differences import differences

    found = differences(before[1], after[1])
    if before[0] != after[0]:
        yield from _lines((("-", f"title: {before[0] or 'none'}"), ("+", f"title: {after[0] or 'none'}")))
    elif not found:
        yield "   the same words"
    yield from _lines((line.mark, line.text) for line in found)


def _words_changed(before: str, after: str) -> Iterator[str]:
    from kinship.journal.differences import marked_up, words_changed

    rows = words_changed(before, after)
    if not rows:
        yield "   the same words"
    for row in rows:
        yield from wrapped(marked_up(row), indent="   ")


def _lines(marked: Iterable[tuple[str, str]]) -> Iterator[str]:
    for mark, text in marked:
        first = True
        for line in wrapped(text, indent="   "):
            yield f" {mark} {line[3:]}".rstrip() if first else line
            first = False
