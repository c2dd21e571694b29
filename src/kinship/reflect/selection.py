"""The prompt of the day: chosen by rotation over the topics, held back by the guards, the same all day long.

What stood there on a day is noted in the vault for some weeks; for days without a note (another device, an earlier
version) the days are played through again from the journal as it is now. Days go by in seasons of three weeks, and each
half of the pack has every other season to itself, so that the replay comes out the same wherever it can. The first days
of a season are quiet (light, and about nobody): no week across its border holds too much.
"""

from __future__ import annotations

import datetime as dt
import zlib
from collections import Counter
from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from kinship.reflect.prompts import Condition, Pack, Prompt, Slot
from kinship.reflect.slots import Filled, SelectionState, Surroundings, fill

SEASON = 21
WEEK = 7
PICKED_DAYS = 90
"""How far back answers count towards the topic that a person likes to pick."""
ABOUT_SOMEBODY = frozenset({Slot.PERSON, Slot.GROUP, Slot.PROFESSIONAL, Slot.DAYS_SINCE})


class Asked(Struct, frozen=True):
    """A prompt as it is put to the person."""

    prompt: Prompt
    text: str
    alters: tuple[str, ...] = ()
    """Whom it is about."""
    follow_ups: tuple[str, ...] = ()
    """What may be asked behind it."""


class Choice(Struct, frozen=True):
    """The prompt of a day, and what "another" offers instead."""

    prompt: Prompt
    text: str
    alters: tuple[str, ...]
    follow_ups: tuple[str, ...]
    alternatives: tuple[Asked, ...]

    def another(self, times: int) -> Asked:
        """Return what stands there after asking for another so many times: each alternative in turn, then the first."""
        turns = (Asked(self.prompt, self.text, self.alters, self.follow_ups), *self.alternatives)
        return turns[times % len(turns)]


class Shown(Struct, frozen=True):
    """What stood there on a day before."""

    day: dt.date
    prompt: Prompt
    alters: tuple[str, ...] = ()


class Situation(Struct, frozen=True):
    """One day with all that choosing looks at."""

    pack: Pack
    state: SelectionState
    seed: int
    halves: dict[str, int]
    """Each prompt's id to the seasons it belongs to: 0 the even ones, 1 the odd ones."""
    day: dt.date
    past: tuple[Shown, ...]

    def within(self, days: int) -> Iterator[Shown]:
        """Yield what was shown in the `days` days that end today."""
        return (one for one in self.past if 0 <= (self.day - one.day).days < days)

    @property
    def season(self) -> int:
        return self.day.toordinal() // SEASON

    @property
    def quiet(self) -> bool:
        """Whether this is one of the first days of a season."""
        return self.day.toordinal() % SEASON < WEEK - 1

    def in_season(self, prompt: Prompt) -> bool:
        return self.halves[prompt.id] == self.season % 2


def choose_today(pack: Pack, state: SelectionState, day: dt.date, seed: int = 0) -> Choice | None:
    """Return the prompt of the day with its alternatives, None when every prompt is put away.

    The guards: no prompt twice in `no_repeat_days`, nobody asked about twice in a week, intensity 2 only at a known
    mood of at least `intensity2_min_mood` and at most `intensity2_max_per_7_days`. When nothing else is left, a prompt
    may come back early; the other guards never give way.
    """
    now = _replay(Situation(pack, state, seed, _halves(pack, seed), day, ()))
    first = _noted(now) or _first(now)
    if first is None:
        return None
    return Choice(first.prompt, first.text, first.alters, first.follow_ups, _alternatives(now, first.prompt))


def welcome_back(pack: Pack, state: SelectionState, day: dt.date) -> str | None:
    """Return what is said after a gap, None where there was none; it never says how long it was."""
    if state.last_page is None or (day - state.last_page).days < pack.rules.after_gap_days:
        return None
    return pack.rules.after_gap_text


def _replay(now: Situation) -> Situation:
    """Return the situation with what was shown this season and the two before, and what was answered then."""
    past: list[Shown] = []
    noted = {one.day: one for one in now.state.shown}
    for ordinal in range((now.season - 2) * SEASON, now.day.toordinal()):
        then = dt.date.fromordinal(ordinal)
        told = noted.get(then)
        prompt = now.pack.prompt(told.prompt) if told is not None else None
        asked = _first(replace(now, day=then, past=tuple(past))) if told is None else None
        if told is not None and prompt is not None:
            past.append(Shown(then, prompt, told.alters))
        elif asked is not None:
            past.append(Shown(then, asked.prompt, asked.alters))
        past += [
            Shown(then, prompt, tuple(one.alters))
            for one in now.state.answered
            if one.day == then and (prompt := now.pack.prompt(one.prompt)) is not None
        ]
    return replace(now, past=tuple(past))


def _noted(now: Situation) -> Asked | None:
    """Return what stood there earlier today, while the guards still let it through and it is about the same people."""
    told = next((one for one in now.state.shown if one.day == now.day), None)
    prompt = now.pack.prompt(told.prompt) if told is not None else None
    asked = _ask(prompt, now, early=True) if prompt is not None else None
    return asked if asked is not None and told is not None and asked.alters == told.alters else None


def _first(now: Situation) -> Asked | None:
    for everywhere, early in ((False, False), (True, False), (True, True)):
        for prompt in _in_order(now):
            for one in (prompt, now.pack.prompt(prompt.fallback)):
                if one is None or not (everywhere or now.in_season(one)) or (now.quiet and not _light(one)):
                    continue
                asked = _ask(one, now, early=early)
                if asked is not None:
                    return asked
    return None


def _alternatives(now: Situation, first: Prompt) -> tuple[Asked, ...]:
    """Return light prompts of other topics, about nobody in particular: a second thought asks less, not more."""
    found: dict[str, Asked] = {}
    wanted = now.pack.rules.alternatives_offered
    for early in (False, True):
        for apart in (True, False):
            for prompt in _beside(now):
                taken = {one.prompt.topic for one in found.values()} | {first.topic} if apart else set()
                if len(found) == wanted:
                    return tuple(found.values())
                if prompt.topic in taken or prompt.id in {first.id, *found} or not _light(prompt):
                    continue
                asked = _ask(prompt, now, early=early)
                if asked is not None:
                    found[prompt.id] = asked
    return tuple(found.values())


def _light(prompt: Prompt) -> bool:
    return prompt.intensity == 1 and ABOUT_SOMEBODY.isdisjoint(prompt.needs)


def _ask(prompt: Prompt, now: Situation, *, early: bool) -> Asked | None:
    if not _may(prompt, now, early=early):
        return None
    filled = _filled(prompt, now)
    return Asked(prompt, filled.text, filled.alters, filled.follow_ups) if filled is not None else None


def _may(prompt: Prompt, now: Situation, *, early: bool) -> bool:
    """Return whether the guards let this prompt through today; `early` waives only the wait before it comes back."""
    rules = now.pack.rules
    if prompt.id in now.state.put_away or _avoided(prompt, now):
        return False
    if prompt.intensity > 1 and not _strong_enough(now):
        return False
    if Slot.DAYS_SINCE in prompt.needs:
        since = sum(Slot.DAYS_SINCE in one.prompt.needs for one in now.within(WEEK))
        if since >= rules.days_since_max_per_7_days:
            return False
    wait = max(rules.no_repeat_days, prompt.min_days)
    return early or all(one.prompt.id != prompt.id for one in now.within(wait))


def _avoided(prompt: Prompt, now: Situation) -> bool:
    conditions = now.state.conditions
    mood = _mood(now)
    if mood is not None and mood <= now.pack.rules.low_mood:
        conditions = conditions | {Condition.LOW_MOOD}
    return not conditions.isdisjoint(prompt.avoid_when)


def _mood(now: Situation) -> int | None:
    """Return the mood that counts: today's where it is low, else that of the two days before.

    So a check-in can make the day gentler, and never changes the prompt by going well.
    """
    rules = now.pack.rules
    today = now.state.moods.get(now.day)
    if today is not None and today < max(rules.intensity2_min_mood, rules.low_mood + 1):
        return today
    days = (now.day - dt.timedelta(days=back) for back in (1, 2))
    return next((now.state.moods[one] for one in days if one in now.state.moods), None)


def _strong_enough(now: Situation) -> bool:
    rules = now.pack.rules
    mood = _mood(now)
    heavy = len({one.day for one in now.within(WEEK) if one.prompt.intensity > 1})
    return mood is not None and mood >= rules.intensity2_min_mood and heavy < rules.intensity2_max_per_7_days


def _filled(prompt: Prompt, now: Situation) -> Filled | None:
    if not prompt.needs:
        return Filled(prompt.text, follow_ups=prompt.follow_ups)
    often = Counter(alter for one in now.within(WEEK) for alter in set(one.alters))
    resting = {alter for alter, times in often.items() if times >= now.pack.rules.same_person_max_per_7_days}
    return fill(prompt, now.state, now.pack.rules, Surroundings(now.day, now.seed, resting))


def _in_order(now: Situation) -> Iterator[Prompt]:
    """Yield every prompt in the order of this day: topic after topic, each shuffled anew for every season."""
    for topic in _topics(now):
        yield from sorted(now.pack.of_topic(topic), key=lambda prompt: _lot(now.seed, now.season, prompt.id))


def _beside(now: Situation) -> Iterator[Prompt]:
    """Yield every prompt in the order it is offered beside the first: those of the other half lead, anew each day."""
    first, *others = _topics(now)

    def turn(prompt: Prompt) -> tuple[bool, int]:
        return now.in_season(prompt), _lot(now.seed, now.day, prompt.id)

    for topic in (*others, first):
        yield from sorted(now.pack.of_topic(topic), key=turn)


def _topics(now: Situation) -> list[str]:
    """Return the topics by turn: one a day, and every seventh day the one that the person picks most leads."""
    topics = list(now.pack.topics)
    ordinal = now.day.toordinal()
    at = (ordinal - ordinal // WEEK) % len(topics)
    if ordinal % WEEK == 0:
        picked = _picked(now)
        at = topics.index(picked) if picked in topics else ordinal // WEEK % len(topics)
    return topics[at:] + topics[:at]


def _picked(now: Situation) -> str | None:
    counted = Counter(
        prompt.topic
        for one in now.state.answered
        if 0 < (now.day - one.day).days <= PICKED_DAYS and (prompt := now.pack.prompt(one.prompt)) is not None
    )
    best = counted.most_common(2)
    return best[0][0] if best and (len(best) == 1 or best[0][1] > best[1][1]) else None


def _halves(pack: Pack, seed: int) -> dict[str, int]:
    """Deal the prompts into two halves alike in topics, in weight and in what they ask for."""
    order = sorted(
        pack.daily,
        key=lambda prompt: (prompt.intensity, prompt.needs, prompt.topic, _lot(seed, prompt.id)),
    )
    return {prompt.id: n % 2 for n, prompt in enumerate(order)}


def _lot(*words: object) -> int:
    """Return a number that is always the same for the same words, and says nothing of their order."""
    return zlib.crc32(" ".join(str(word) for word in words).encode())
