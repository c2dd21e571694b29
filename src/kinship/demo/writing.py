"""Pages put together from the stock: chosen to fit the day, the least used first, nobody twice on a page."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from kinship.demo.cast import Cast, passes_by
from kinship.demo.course import Day
from kinship.demo.scenes import SEASONS, STRANGER, Mark, Scene, Stock
from kinship.journal.kinds import Kind
from kinship.journal.mentions import NameTable, find_mentions, find_tags
from kinship.journal.model import Alter

LOW = 4
HIGH = 7
FRIDAY = 4
LEAVING = dt.timedelta(days=42)
"""How long before the move it is already felt."""
SETTLED = dt.timedelta(days=35)
"""How long after the move some things have become usual."""
RHYTHM = {1: "therapy", 3: "choir"}
"""What a weekday is for, by the tag of its scenes: therapy on Tuesdays, rehearsal on Thursdays."""
AT_WORK = "work"
LOOKED_AT = 10
"""How many fitting scenes are compared for the one that was used least."""
TRIES = 60
SHAPES = {"line": 20, "note": 34, "page": 27, "long": 11, "list": 8}


_TAGS_BEHIND = re.compile(r"(?:\s#[a-z]+)+\Z")


class Ready(Struct, frozen=True):
    """A scene made ready for one life: its mentions and tags found, the days known on which it can be told."""

    text: str
    conditions: frozenset[str]
    marks: tuple[Mark, ...]
    names: dict[str, str]
    tags: tuple[str, ...]
    behind: str
    """Tags taken off the end of the text, to stand behind a whole paragraph."""
    since: dt.date
    until: dt.date
    """The first day on which it cannot be told any more."""
    breaks: tuple[tuple[dt.date, dt.date], ...] = ()
    """Days in between on which it cannot be told either, the last one left out."""


class Draft(Struct, frozen=True):
    """What a page will say."""

    body: str
    names: dict[str, str]
    tags: tuple[str, ...]
    marks: tuple[Mark, ...] = ()
    title: str | None = None
    quotable: str | None = None


class Setting(Struct, frozen=True):
    """The day that is written about, and what holds on it."""

    day: dt.date
    holds: frozenset[str]


class Deck:
    """Scenes of one sort; the least used come first."""

    def __init__(self, scenes: Iterable[Ready], chance: random.Random) -> None:
        self._scenes = list(scenes)
        self._chance = chance
        self._used = [0] * len(self._scenes)
        self._last = [-1] * len(self._scenes)
        self._turn = 0

    def draw(self, setting: Setting, without: set[str] | None = None) -> Ready | None:
        """Return a scene that fits the day and speaks of nobody in `without`, None where there is none."""
        best = -1
        found = 0
        for _ in range(min(TRIES, 4 * len(self._scenes))):
            n = self._chance.randrange(len(self._scenes))
            if not self._fits(n, setting, without):
                continue
            if best < 0 or (self._used[n], self._last[n]) < (self._used[best], self._last[best]):
                best = n
            found += 1
            if found == LOOKED_AT:
                break
        if best < 0:
            return None
        self._turn += 1
        self._used[best] += 1
        self._last[best] = self._turn
        return self._scenes[best]

    def _fits(self, n: int, setting: Setting, without: set[str] | None) -> bool:
        scene = self._scenes[n]
        if not scene.since <= setting.day < scene.until or not scene.conditions <= setting.holds | {"once"}:
            return False
        if "once" in scene.conditions and self._used[n]:
            return False
        if any(since <= setting.day < until for since, until in scene.breaks):
            return False
        return not without or without.isdisjoint(scene.names.values())


class Writer:
    """Writes the pages of one life."""

    def __init__(self, stock: Stock, cast: Cast, alters: Sequence[Alter], move: dt.date, chance: random.Random) -> None:
        self._cast = cast
        self._table = NameTable(alters)
        self._key = {id_: key for key, id_ in cast.ids.items()}
        self._move = move
        self._chance = chance
        self._stock = stock
        people = [*self._ready(stock.people), *self._ready(self._strangers())]
        self._rhythm = {
            weekday: Deck([one for one in people if tag in one.tags], chance) for weekday, tag in RHYTHM.items()
        }
        self._people = Deck([one for one in people if set(RHYTHM.values()).isdisjoint(one.tags)], chance)
        self._alone = Deck(self._ready(stock.alone), chance)
        self._openers = Deck(self._ready(stock.openers), chance)
        self._closings = Deck(self._ready(stock.closings), chance)
        self._thoughts = Deck(self._ready(stock.thoughts), chance)
        self._sayings = Deck(self._ready(stock.sayings), chance)
        self._answers = {prompt: Deck(self._ready(told), chance) for prompt, told in stock.answers.items()}

    def setting(self, day: dt.date, felt: Day, *, after_gap: bool = False) -> Setting:
        """Return what holds on a day."""
        season = SEASONS[(day.month % 12) // 3]
        holds = {season, "old" if day < self._move else "new", "weekend" if day.weekday() > FRIDAY else "weekday"}
        if felt.mood <= LOW:
            holds.add("low")
        if felt.mood >= HIGH:
            holds.add("high")
        if after_gap:
            holds.add("gap")
        if self._move - LEAVING <= day < self._move:
            holds.add("leaving")
        if day >= self._move + SETTLED:
            holds.add("settled")
        return Setting(day, frozenset(holds))

    def page(self, setting: Setting) -> Draft:
        """Return a page of any shape."""
        shape = self._chance.choices(list(SHAPES), list(SHAPES.values()))[0]
        match shape:
            case "line":
                return self._line(setting)
            case "note":
                return self._paragraphs(setting, 1)
            case "page":
                return self._paragraphs(setting, self._chance.choice((2, 2, 3)))
            case "long":
                return self._long(setting)
            case _:
                return self._list(setting)

    def answer(self, prompt: str, setting: Setting) -> Draft | None:
        """Return an answer to a prompt, None where nothing fits the day."""
        deck = self._answers.get(prompt)
        scene = deck.draw(setting) if deck is not None else None
        if scene is None:
            return None
        more = self._thoughts.draw(setting) if self._happens(0.2) else None
        return _joined([[scene], [more] if more else []])

    def of_size(self, setting: Setting, size: int) -> Draft:
        """Return a page of about so many characters, for lives that are only weighed."""
        parts: list[list[Ready]] = []
        said = 0
        seen: set[str] = set()
        while said < size:
            told = [one for one in (self._scene(setting, seen), self._closings.draw(setting)) if one is not None]
            parts.append(told)
            said += sum(len(one.text) + 2 for one in told)
        return _joined(parts)

    def told(self, text: str, marks: tuple[Mark, ...], title: str | None = None, quotable: str | None = None) -> Draft:
        """Return a page of the story; whoever is not in this life loses the `@` and the moments."""
        for mention in reversed(find_mentions(text, self._table)):
            if mention.alter is None:
                text = text[: mention.start] + text[mention.start + 1 :]
        ready = self._one(Scene(text, frozenset(), marks), loose=False)
        known = tuple(mark for mark in marks if mark.who in self._cast.ids)
        return Draft(ready.text, ready.names, ready.tags, known, title, quotable)

    def _line(self, setting: Setting) -> Draft:
        if self._happens(0.3):
            told = self._alone.draw(setting) or self._openers.draw(setting)
            return _joined([[told] if told else []])
        return _joined([[one] if (one := self._scene(setting, set())) else []])

    def _paragraphs(self, setting: Setting, count: int) -> Draft:
        seen: set[str] = set()
        parts = [self._opening(setting, seen)]
        for n in range(1, count):
            last = n == count - 1
            told = self._thoughts.draw(setting) if last and self._happens(0.35) else None
            parts.append([one] if (one := told or self._scene(setting, seen)) else [])
        if not _strained(parts[-1]):
            parts[-1] = [*parts[-1], *self._ending(setting)]
        return _joined(parts)

    def _opening(self, setting: Setting, seen: set[str]) -> list[Ready]:
        """Return how a page begins: often with the weather of the day, never where something weighs."""
        scene = self._scene(setting, seen)
        told = [scene] if scene is not None else []
        opener = self._openers.draw(setting) if not _strained(told) and self._happens(0.5) else None
        return [opener, *told] if opener is not None else told

    def _ending(self, setting: Setting) -> list[Ready]:
        closing = self._closings.draw(setting) if self._happens(0.35) else None
        return [closing] if closing else []

    def _scene(self, setting: Setting, seen: set[str]) -> Ready | None:
        rhythm = self._rhythm.get(setting.day.weekday())
        scene = rhythm.draw(setting, seen) if rhythm is not None and self._happens(0.4) else None
        if scene is None:
            scene = (self._alone if self._happens(0.2) else self._people).draw(setting, seen)
        scene = scene or self._alone.draw(setting)
        if scene is not None:
            seen.update(scene.names.values())
        return scene

    def _happens(self, share: float) -> bool:
        return self._chance.random() < share

    def _long(self, setting: Setting) -> Draft:
        """Return a long page: several people, a list or something said, a thought at the end."""
        seen: set[str] = set()
        scenes = [[one] for _ in range(self._chance.choice((1, 2, 3))) if (one := self._scene(setting, seen))]
        draft = _joined([self._opening(setting, seen), *scenes])
        thoughts = [one for _ in range(self._chance.choice((1, 1, 2))) if (one := self._thoughts.draw(setting))]
        ending = _joined([*([one] for one in thoughts), self._ending(setting)])
        middle = self._chance.choice((self._good(), self._todo(), self._saying(setting)))
        heading = self._chance.choice(self._stock.headings)
        titled = self._happens(0.5)
        body = "\n\n".join(
            part for part in ("" if titled else f"## {heading}", draft.body, middle, ending.body) if part
        )
        return Draft(
            body=body,
            names=draft.names | ending.names,
            tags=tuple(dict.fromkeys((*draft.tags, *ending.tags))),
            marks=draft.marks,
            title=heading if titled else None,
            quotable=_first_sentence(thoughts[0].text) if thoughts else None,
        )

    def _list(self, setting: Setting) -> Draft:
        draft = _joined([self._opening(setting, set())])
        body = f"{self._good()}\n\n{draft.body}" if self._happens(0.6) else f"{draft.body}\n\n{self._todo()}"
        return Draft(body, draft.names, draft.tags, draft.marks)

    def _saying(self, setting: Setting) -> str:
        said = self._sayings.draw(setting)
        return f"> {said.text}" if said is not None else ""

    def _good(self) -> str:
        lead = self._chance.choice(("Three good things:", "Good today:", "**Kept from today**", "In no order:"))
        return "\n".join((lead, "", *(f"- {one}" for one in self._chance.sample(self._stock.good, 3))))

    def _todo(self) -> str:
        chosen = self._chance.sample(self._stock.todo, self._chance.choice((3, 4, 5)))
        return "\n".join(f"- [{self._chance.choice('x  ')}] {one}" for one in chosen)

    def _ready(self, scenes: Iterable[Scene]) -> list[Ready]:
        return [ready for scene in scenes if (ready := self._one(scene)).since < ready.until]

    def _one(self, scene: Scene, *, loose: bool = True) -> Ready:
        """Return a scene made ready; `loose` takes the tags off its end, to stand behind a whole paragraph."""
        mentions = find_mentions(scene.text, self._table) if "@" in scene.text else ()
        names = {one.text: one.alter for one in mentions if one.alter is not None}
        since, until = dt.date.min, dt.date.max
        breaks = {span for mark in scene.marks for span in self._cast.breaks.get(mark.who, ())}
        for alter in names.values():
            since = max(since, self._cast.opens[self._key[alter]])
            breaks.update(self._cast.breaks[self._key[alter]])
        for mark in scene.marks:
            since = max(since, self._cast.opens.get(mark.who, dt.date.max))
            until = min(until, self._cast.closes.get(mark.who, dt.date.min))
        if any(one.alter is None for one in mentions):
            until = dt.date.min
        tags = find_tags(scene.text)
        conditions = scene.conditions | {"weekday"} if AT_WORK in tags else scene.conditions
        text = _TAGS_BEHIND.sub("", scene.text) if loose else scene.text
        behind = scene.text[len(text) :].strip()
        return Ready(text, conditions, scene.marks, names, tags, behind, since, until, tuple(sorted(breaks)))

    def _strangers(self) -> list[Scene]:
        """Return a scene or two for everybody who is not in the written cast."""
        found = []
        for one in self._cast.members.values():
            told = self._stock.strangers.get(one.sector, ())
            if passes_by(one) and told:
                for scene in self._chance.sample(told, min(2, len(told))):
                    marks = tuple(
                        Mark(one.key, mark.direction, mark.kind, mark.subkind, mark.strength) for mark in scene.marks
                    )
                    text = scene.text.replace(f"{{{STRANGER}}}", one.name)
                    found.append(Scene(text, scene.conditions, marks))
        return found


def _strained(told: list[Ready]) -> bool:
    return any(mark.kind is Kind.STRAIN for one in told for mark in one.marks)


def _joined(parts: Iterable[list[Ready]]) -> Draft:
    """Return a draft of paragraphs, each of one scene after another, its tags at its end."""
    filled = [told for told in parts if told]
    scenes = [one for told in filled for one in told]
    names: dict[str, str] = {}
    for one in scenes:
        names |= one.names
    return Draft(
        body="\n\n".join(map(_paragraph, filled)),
        names=names,
        tags=tuple(dict.fromkeys(tag for one in scenes for tag in one.tags)),
        marks=tuple(mark for one in scenes for mark in one.marks),
    )


def _paragraph(told: list[Ready]) -> str:
    tags = dict.fromkeys(tag for one in told for tag in one.behind.split())
    return " ".join((*(one.text for one in told), *tags))


def _first_sentence(text: str) -> str | None:
    sentence = text.split(". ", maxsplit=1)[0].rstrip(".") + "."
    return sentence if len(sentence) <= 120 else None  # noqa: PLR2004 - a line, not a paragraph
