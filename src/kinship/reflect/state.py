"""What the journal says that matters for choosing a prompt: who may be asked about, what was answered, how it was."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

import msgspec

from kinship.ground.errors import NewerVault, NotSaved, Refused
from kinship.journal.journal import Act, Journal
from kinship.journal.kinds import Kind
from kinship.journal.model import (
    AlterId,
    AlterKind,
    Appointment,
    Bond,
    Card,
    CheckIn,
    Circle,
    Direction,
    Entry,
    Line,
    Ring,
    Status,
)
from kinship.reflect.packs import load_pack
from kinship.reflect.prompts import Condition, Rules
from kinship.reflect.selection import Choice
from kinship.reflect.slots import Answered, Candidate, SelectionState, StarredLine, WasShown

GROUPS = frozenset({AlterKind.GROUP, AlterKind.PLACE, AlterKind.ONLINE})
READ_BACK = 400
"""How many days of pages are looked at: as far as a starred line is ever quoted."""

PUT_AWAY = "prompts_put_away"
"""Choice: ids of prompts that the person does not want to see."""
CONDITIONS = {"recent_loss": Condition.RECENT_LOSS, "recent_separation": Condition.RECENT_SEPARATION}
"""Choices: each the day it was set, or null; it wears off by itself after the days in the rules."""
SHOWN = "prompts_shown"
"""Choice: what stood there on the last days, each as [day, prompt, ids]; undo passes over it."""
SHOWN_DAYS = 63
"""How long that is kept: as far back as choosing looks."""


def seed_of(journal: Journal) -> int:
    """Return the number that makes the choices of one vault its own, the same on every device."""
    return int(journal.vault.id[:8], 16)


def selection_state(journal: Journal, day: dt.date) -> SelectionState:
    """Return what choosing the prompt of `day` needs from the journal."""
    choices = {key: journal.choices.value(key) for key in (PUT_AWAY, SHOWN, *CONDITIONS)}
    return gather(
        day,
        load_pack().rules,
        circle=journal.circle.as_of(day),
        entries=journal.pages.between(day - dt.timedelta(days=READ_BACK), day, hidden=True),
        checkins=journal.checkins.between(day - dt.timedelta(days=READ_BACK), day),
        lines=journal.lines,
        appointments=journal.appointments,
        card=next(iter(journal.cards), None),
        choices=choices,
        rhythms={one.id: days for one in journal.alters.all() if (days := journal.choices.touch(one.id))},
        root=journal.alters.root,
    )


def put_away(journal: Journal, prompt: str) -> Act:
    """Never ask a prompt again, until it is taken back. Raises NotSaved."""
    return journal.choose(PUT_AWAY, sorted({*put_away_in(journal), prompt}))


def take_back(journal: Journal, prompt: str) -> Act:
    """Let a prompt that was put away come again. Raises NotSaved."""
    return journal.choose(PUT_AWAY, sorted(put_away_in(journal) - {prompt}) or None)


def put_away_in(journal: Journal) -> frozenset[str]:
    """Return the ids of the prompts that were put away."""
    return _words(journal.choices.value(PUT_AWAY))


def condition_since(journal: Journal, key: str) -> dt.date | None:
    """Return the day a switch of CONDITIONS was set, None where it is off or has worn off."""
    since = _day(journal.choices.value(key))
    return since if since is not None and journal.today() <= worn_off(key, since) else None


def worn_off(key: str, since: dt.date) -> dt.date:
    """Return the last day on which a switch that was set on `since` counts."""
    return since + dt.timedelta(days=_lasting(load_pack().rules)[key])


def _lasting(rules: Rules) -> dict[str, int]:
    """Return how many days each switch lasts."""
    return {"recent_loss": rules.recent_loss_days, "recent_separation": rules.recent_separation_days}


def note_shown(journal: Journal, day: dt.date, choice: Choice | None) -> None:
    """Note what stands there on `day`, so that it does not come back soon; where nothing can be written, let it be."""
    told = _shown(journal.choices.value(SHOWN))
    if choice is None or any((one.day, one.prompt) == (day, choice.prompt.id) for one in told):
        return
    kept = [one for one in told if 0 < (day - one.day).days <= SHOWN_DAYS]
    kept.append(WasShown(day, choice.prompt.id, choice.alters))
    with contextlib.suppress(NotSaved, NewerVault, Refused):
        journal.remember(SHOWN, [[one.day.isoformat(), one.prompt, list(one.alters)] for one in kept])


def _shown(value: object) -> tuple[WasShown, ...]:
    try:
        told = msgspec.convert(value or [], tuple[tuple[dt.date, str, tuple[str, ...]], ...])
    except msgspec.ValidationError:
        return ()
    return tuple(WasShown(*one) for one in told)


def gather(
    day: dt.date,
    rules: Rules,
    *,
    circle: Circle,
    entries: Sequence[Entry],
    checkins: Iterable[CheckIn] = (),
    lines: Iterable[Line] = (),
    appointments: Iterable[Appointment] = (),
    card: Card | None = None,
    choices: Mapping[str, object] | None = None,
    rhythms: Mapping[AlterId, int] | None = None,
    root: Callable[[AlterId], AlterId] = str,
) -> SelectionState:
    """Return the state of choosing from plain values: `entries` newest first, none of them after `day`.

    `rhythms` are the days between contacts that the person asked to be kept to. `root` follows merges: the alter that
    one stands for now.
    """
    chosen = choices or {}
    seen = _last_seen(circle, entries, root)
    visits = tuple(appointments)
    kept = rhythms or {}
    open_bonds = [bond for bond in circle.bonds if bond.status is Status.ACTIVE and not strained_high(bond, rules)]

    def candidates(kinds: Collection[AlterKind]) -> tuple[Candidate, ...]:
        return tuple(_candidate(bond, seen, kept, visits, day) for bond in open_bonds if bond.alter.kind in kinds)

    linked = day - dt.timedelta(days=rules.linked_days)
    near = {bond.alter.id for bond in open_bonds if bond.ring is Ring.INNER} | set(kept)
    hidden = {entry.id for entry in entries if entry.hidden_until is not None and entry.hidden_until > day}
    return SelectionState(
        people=tuple(
            one for one in candidates({AlterKind.PERSON}) if one.id in near or (one.last and one.last >= linked)
        ),
        groups=candidates(GROUPS),
        professionals=candidates({AlterKind.PROFESSIONAL}),
        lines=tuple(StarredLine(one.text, one.day, one.topic) for one in lines if one.entry not in hidden),
        helps=card.helps if card is not None else (),
        appointments=tuple(one.at.date() for one in visits),
        answered=tuple(_answered(entry, entry.prompt, root) for entry in entries if entry.prompt),
        shown=_shown(chosen.get(SHOWN)),
        moods=_moods(entries, checkins),
        put_away=_words(chosen.get(PUT_AWAY)),
        conditions=_conditions(chosen, rules, day),
        last_page=next((entry.day for entry in entries), None),
    )


def strained_high(bond: Bond, rules: Rules) -> bool:
    """Return whether a tie weighs so much that nothing suggests it: said to, or by moments within the year."""
    moments = [one for one in bond.moments if one.kind is Kind.STRAIN and one.direction is Direction.FROM_THEM]
    heaviest = max((*bond.strain.values(), *(one.strength or 0 for one in moments)), default=0)
    return heaviest >= rules.high_strain_strength or len(moments) >= rules.high_strain_moments


def _answered(entry: Entry, prompt: str, root: Callable[[AlterId], AlterId]) -> Answered:
    return Answered(prompt, entry.day, frozenset(map(root, entry.names.values())))


def _last_seen(circle: Circle, entries: Sequence[Entry], root: Callable[[AlterId], AlterId]) -> dict[AlterId, dt.date]:
    seen = {bond.alter.id: bond.moments[-1].day for bond in circle.bonds if bond.moments}
    for entry in entries:
        for alter in map(root, entry.names.values()):
            seen[alter] = max(entry.day, seen.get(alter, entry.day))
    return seen


def _candidate(
    bond: Bond, seen: Mapping[str, dt.date], kept: Mapping[str, int], visits: tuple[Appointment, ...], day: dt.date
) -> Candidate:
    alter = bond.alter
    ahead = sorted(one.at.date() for one in visits if one.alter == alter.id and one.at.date() >= day)
    return Candidate(alter.id, alter.name, seen.get(alter.id), kept.get(alter.id), ahead[0] if ahead else None)


def _moods(entries: Sequence[Entry], checkins: Iterable[CheckIn]) -> dict[dt.date, int]:
    told: list[Entry | CheckIn] = [*entries, *checkins]
    said = [(one.at, one.day, one.mood) for one in told if one.mood is not None]
    return {day: mood for _, day, mood in sorted(said)}


def _conditions(choices: Mapping[str, object], rules: Rules, day: dt.date) -> frozenset[Condition]:
    days = _lasting(rules)
    return frozenset(
        condition
        for key, condition in CONDITIONS.items()
        if (since := _day(choices.get(key))) is not None and (day - since).days <= days[key]
    )


def _day(value: object) -> dt.date | None:
    """Return the day a choice names, None where it names none."""
    if not isinstance(value, str):
        return value if isinstance(value, dt.date) else None
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        return None


def _words(value: object) -> frozenset[str]:
    return frozenset(one for one in value if isinstance(one, str)) if isinstance(value, list | tuple) else frozenset()
