"""`kinship compare`: what is different on the map between two days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from kinship.cli.days import day as a_day
from kinship.cli.invocation import Invocation
from kinship.cli.opening import open_journal
from kinship.cli.options import example, output_options, vault_options
from kinship.cli.output import remark, say, say_json, wrapped
from kinship.cli.shapes import Shape

if TYPE_CHECKING:
    from kinship.circle.change import Change
    from kinship.journal.model import AlterId, Circle


@click.command(epilog=example("kinship compare 2025-01-01 today", "kinship compare 2024-06-01 2025-06-01 --json"))
@click.argument("one", type=a_day, metavar="DAY")
@click.argument("other", type=a_day, metavar="DAY")
@output_options
@vault_options
@click.pass_obj
def compare(invocation: Invocation, one: dt.date, other: dt.date) -> int:
    """Say what is different on the map between two days: who came, who moved, what they give.

    Whichever day comes first is given first; the later one is compared with the earlier.
    """
    earlier, later = sorted((one, other))
    with open_journal(invocation) as opened:
        from kinship.circle.change import change_in_words
        from kinship.circle.change import compare as compare_circles

        timeline = opened.journal.circle.timeline()
        before, after = timeline.as_of(earlier), timeline.as_of(later)
        first = timeline.first()
        if first is not None and earlier < first:
            remark(f"The map begins on {first}; before that day nobody is on it.")
        change = compare_circles(before, after)
        sentences = change_in_words(change, before, after)
        if invocation.json:
            say_json(_shape(change, before, after, sentences))
        else:
            for line in _lines(change, before, after, sentences):
                say(line)
        return opened.reading_code


def _names(before: Circle, after: Circle) -> dict[AlterId, str]:
    return {bond.alter.id: bond.alter.name for bond in (*before.bonds, *after.bonds)}


def _lines(change: Change, before: Circle, after: Circle, sentences: Iterable[str]) -> Iterator[str]:
    """Yield the sentences, the numbers, and everybody who is concerned, one a line."""
    from kinship.circle.sentences import KIND_WORDS, RING_WORDS, heading

    names = _names(before, after)
    yield f"Your circle on {change.before} and on {change.after}"
    yield ""
    for sentence in sentences:
        yield from wrapped(sentence)
    yield ""
    yield from wrapped(_numbers(change))
    bonds = {bond.alter.id: bond for bond in (*before.bonds, *after.bonds)}
    gained = [one for one in change.gained if one.alter in change.kept]
    lost = [(one, "no moment of" if one in change.lapsed else "no longer") for one in change.lost]
    concerned = [
        *((one, "new") for one in change.new),
        *((move.alter, f"{RING_WORDS[move.before]} to {RING_WORDS[move.after]}") for move in change.moved),
        *((one.alter, f"now also {KIND_WORDS[one.kind]}") for one in gained),
        *((one.alter, f"{word} {KIND_WORDS[one.kind]}") for one, word in lost if one.alter in change.kept),
    ]
    aside = [*change.remembered, *change.gone]
    if concerned or aside:
        yield ""
    for alter, told in concerned:
        yield from wrapped(f"  {names[alter]} · {told}" + (f" · {heading(bonds[alter])}" if told == "new" else ""))
    for alter in aside:
        there = heading(bonds[alter]) if any(bond.alter.id == alter for bond in after.bonds) else "not on the map"
        yield from wrapped(f"  {names[alter]} · {there}")


def _numbers(change: Change) -> str:
    counts = f"{len(change.kept)} on both days, {len(change.new)} new, {len(change.gone)} not active any more"
    counts += f", {len(change.remembered)} remembered since" if change.remembered else ""
    if change.jaccard is None or change.turnover is None:
        return f"{counts}. Overlap and turnover: n/a, for nobody counts on either day."
    return f"{counts}. Overlap (Jaccard) {change.jaccard:.2f}, turnover {change.turnover:.2f}, each from 0 to 1."


def _shape(change: Change, before: Circle, after: Circle, sentences: Iterable[str]) -> Shape:
    """Return the comparison as `compare --json` prints it."""
    names = _names(before, after)

    def who(alter: AlterId) -> Shape:
        return {"id": alter, "name": names[alter]}

    return {
        "before": change.before.isoformat(),
        "after": change.after.isoformat(),
        "kept": [who(one) for one in change.kept],
        "new": [who(one) for one in change.new],
        "gone": [who(one) for one in change.gone],
        "remembered": [who(one) for one in change.remembered],
        "moved": [{**who(one.alter), "before": one.before, "after": one.after} for one in change.moved],
        "status": [{**who(one.alter), "before": one.before, "after": one.after} for one in change.turned],
        "gained": [{**who(one.alter), "kind": one.kind.value} for one in change.gained],
        "lost": [{**who(one.alter), "kind": one.kind.value} for one in change.lost],
        "lapsed": [{**who(one.alter), "kind": one.kind.value} for one in change.lapsed],
        "ties_new": [{"a": a, "b": b} for a, b in change.ties_new],
        "ties_gone": [{"a": a, "b": b} for a, b in change.ties_gone],
        "jaccard": change.jaccard,
        "turnover": change.turnover,
        "sentences": list(sentences),
    }
