"""`kinship compare`: what is different on the map between two days."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
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
    from kinship.journal.tie_history import Told

    History = Callable[[AlterId], Iterable[Told]]


@click.command(epilog=example("kinship compare 2025-01-01 today", "kinship compare 2024 2025 --history"))
@click.argument("one", type=a_day, metavar="DAY")
@click.argument("other", type=a_day, metavar="DAY")
@click.option("--history", is_flag=True, help="Below everybody concerned, what was said of them in between.")
@output_options
@vault_options
@click.pass_obj
def compare(invocation: Invocation, one: dt.date, other: dt.date, *, history: bool) -> int:
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
            say_json(comparison_shape(change, before, after, sentences))
        else:
            told = timeline.history_of if history else no_history
            for line in comparison_lines(change, before, after, sentences, told):
                say(line)
        return opened.reading_code


def no_history(_alter: AlterId) -> tuple[Told, ...]:
    return ()


def _names(before: Circle, after: Circle) -> dict[AlterId, str]:
    return {bond.alter.id: bond.alter.name for bond in (*before.bonds, *after.bonds)}


def comparison_lines(
    change: Change,
    before: Circle,
    after: Circle,
    sentences: Iterable[str],
    history: Callable[[AlterId], Iterable[Told]],
) -> Iterator[str]:
    """Yield the sentences, the numbers, and everybody who is concerned, with their dated `history` below."""
    names = _names(before, after)
    yield f"Your circle on {change.before} and on {change.after}"
    yield ""
    for sentence in sentences:
        yield from wrapped(sentence)
    yield ""
    yield from wrapped(_numbers(change))
    concerned = _concerned(change, after)
    if concerned:
        yield ""
    for alter, told in concerned.items():
        yield from wrapped(f"  {names[alter]} · {'; '.join(told)}")
        for one in history(alter):
            if change.before < one.day <= change.after:
                yield from wrapped(one.line, indent="      ")


def _concerned(change: Change, after: Circle) -> dict[AlterId, list[str]]:
    """Return whoever is concerned and how: first who is new, who moved, whose support changed, who is set aside."""
    from kinship.circle.sentences import RING_WORDS, heading
    from kinship.journal.kinds import KIND_WORDS

    now = {bond.alter.id: bond for bond in after.bonds}
    found: defaultdict[AlterId, list[str]] = defaultdict(list)
    was = {turn.alter: turn.before for turn in change.turned}
    for alter in change.new:
        word = "new" if was[alter] is None else "once wished for" if was[alter] == "wished" else "in touch again"
        found[alter].append(f"{word} · {heading(now[alter])}")
    for move in change.moved:
        found[move.alter].append(f"{RING_WORDS[move.before]} to {RING_WORDS[move.after]}")
    for gained in change.gained:
        if gained.alter in change.kept:
            found[gained.alter].append(f"now also {KIND_WORDS[gained.kind]}")
    for lost in change.lost:
        if lost.alter in change.kept:
            word = "no moment of" if lost in change.lapsed else "no longer"
            found[lost.alter].append(f"{word} {KIND_WORDS[lost.kind]}")
    for alter in (*change.remembered, *change.gone):
        found[alter].append(heading(now[alter]) if alter in now else "not on the map")
    return found


def _numbers(change: Change) -> str:
    counts = f"{len(change.kept)} on both days, {len(change.new)} new, {len(change.gone)} not active any more"
    counts += f", {len(change.remembered)} remembered since" if change.remembered else ""
    if change.jaccard is None or change.turnover is None:
        return f"{counts}. Overlap and turnover: n/a, for nobody counts on either day."
    return f"{counts}. Overlap (Jaccard) {change.jaccard:.2f}, turnover {change.turnover:.2f}, each from 0 to 1."


def comparison_shape(change: Change, before: Circle, after: Circle, sentences: Iterable[str]) -> Shape:
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
