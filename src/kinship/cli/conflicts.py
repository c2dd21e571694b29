"""`kinship conflicts`: what was written in two places at once, shown with device and time, and settled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kinship.cli.invocation import Invocation
from kinship.cli.opening import open_journal
from kinship.cli.options import example, output_options, vault_options
from kinship.cli.output import remark, say, say_json, wrapped
from kinship.ground.errors import Misused

if TYPE_CHECKING:
    from kinship.journal.conflicts import Conflict, Version

SHORT_ID = 8


@click.command(
    epilog=example(
        "kinship conflicts",
        "kinship conflicts --json",
        "kinship conflicts 3f9a1c02 --take 2",
        "kinship conflicts 3f9a1c02 --together",
    )
)
@click.argument("id_", metavar="[ID]", required=False)
@click.option("--take", type=int, metavar="N", help="Keep version N of ID; a page keeps the others in its history.")
@click.option("--together", is_flag=True, help="Make one page of all versions of ID: what they share once.")
@output_options
@vault_options
@click.pass_obj
def conflicts(invocation: Invocation, id_: str | None, take: int | None, together: bool) -> int:
    """Show what was written in two places at once, or settle it.

    Nothing of it is lost: every version stays until you take one, and the others stay in the history of the page. The
    first characters of an id are enough. Versions are numbered as they are listed, the latest first.
    """
    if (take is not None or together) and id_ is None:
        raise Misused("Say which by its id.", "See the ids with: kinship conflicts")
    if take is not None and together:
        raise Misused("Take one version, or put them together: not both.")
    with open_journal(invocation) as opened:
        from kinship.journal.conflicts import find_conflict

        journal = opened.journal
        found = journal.conflicts()
        if id_ is not None:
            found = (find_conflict(found, id_),)
        if take is not None:
            act = journal.settle(found[0], take)
        elif together:
            act = journal.settle_together(found[0])
        else:
            _print(invocation, found)
            return opened.reading_code
        remark(f"{act.label}; the history of {found[0].called} has the rest." if found[0].is_page else f"{act.label}.")
        return opened.reading_code


def conflict_shape(conflict: Conflict) -> dict[str, Any]:
    """Return a conflict as `conflicts --json` prints it; `here` says whether it was written on this computer."""
    return {
        "id": conflict.id,
        "table": conflict.table,
        "versions": [
            {
                "at": version.at.isoformat(timespec="seconds"),
                "device": version.device,
                "body": version.body,
                "title": version.title,
                "beside": list(version.beside),
                "here": version.here,
            }
            for version in conflict.versions
        ],
    }


def _print(invocation: Invocation, found: tuple[Conflict, ...]) -> None:
    if invocation.json:
        say_json([conflict_shape(one) for one in found])
        return
    if not found:
        remark("Nothing was written in two places at once.")
    for number, conflict in enumerate(found):
        if number:
            say()
        say(f"{conflict.id[:SHORT_ID]}  {conflict.called}, {len(conflict.versions)} versions")
        for at, version in enumerate(conflict.versions, 1):
            say()
            say(f"  {at}  {headline(version)}")
            for line in wrapped("\n".join([version.body, *version.beside]), indent="     "):
                say(line)
    if found:
        remark("Settle one with: kinship conflicts ID --take N, or --together.")


def headline(version: Version) -> str:
    """Return where and when a version was written: "laptop, 2024-05-03 21:04"."""
    device = version.device or "an unknown device"
    here = " (this computer)" if version.here else ""
    title = f" · {version.title}" if version.title else ""
    return f"{device}{here}, {version.at:%Y-%m-%d %H:%M}{title}"
