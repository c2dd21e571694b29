"""From a walk to the journal: its draft while it goes on, and one act when it is over or stopped.

A walk that is stopped is a page at once, and its draft stays: when it is taken up again, the page grows, and only what
was said since is added beside it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec
from msgspec import Struct

from kinship.journal.drafts import WALK, PageText, Unsaved
from kinship.journal.journal import Act, Journal
from kinship.journal.model import Appointment, Card, CheckIn, EntryId, Intention, Moment
from kinship.journal.session_acts import Said
from kinship.reflect.book import Book
from kinship.reflect.engine import Walk, fitting
from kinship.reflect.outcome import CardParts, Outcome, outcome
from kinship.vault import new_id

OWN_NAME = "own_name"
"""Choice: what the person is called, or calls themselves."""


class Begun(Struct, frozen=True):
    """A walk that was left before its end, and the draft it is kept in."""

    draft: str
    walk: Walk
    saved: dt.datetime
    entry: EntryId | None = None
    """The page it became when it was stopped."""
    kept: Walk | None = None
    """The walk as it was then."""


class _Noted(Struct, frozen=True):
    """What stands beside the draft of a walk."""

    walk: Walk
    entry: EntryId | None = None
    kept: Walk | None = None


def own_name(journal: Journal) -> str:
    """Return what the person calls themselves, empty where they did not say."""
    told = journal.choices.value(OWN_NAME)
    return told if isinstance(told, str) else ""


def finish(journal: Journal, book: Book, walk: Walk, begun: Begun | None = None) -> Act:
    """Keep what a walk says as one act and forget that it was begun.

    Raises NotSaved where the disk refuses; the draft is there still then.
    """
    act = _keep(journal, book, walk, begun)
    if begun is not None:
        journal.drafts.drop(begun.draft)
    return act


def stop(journal: Journal, book: Book, walk: Walk, begun: Begun | None = None) -> Act:
    """Keep what was said so far as a page, and the walk as a draft that can be taken up again. Raises NotSaved."""
    act = _keep(journal, book, walk, begun)
    entry = next(iter(act.made.get("entries", ())), begun.entry if begun is not None else None)
    _note(journal, book, _Noted(walk, entry, walk), begun.draft if begun is not None else None)
    return act


def note(journal: Journal, book: Book, walk: Walk, begun: Begun | None = None) -> Begun:
    """Keep a walk that goes on as a draft on this computer. Raises NotSaved.

    Its words stand in the draft as a page too: where the walk itself can no longer be followed, nothing is lost.
    """
    told = _Noted(walk, begun.entry, begun.kept) if begun is not None else _Noted(walk)
    draft = _note(journal, book, told, begun.draft if begun is not None else None)
    return Begun(draft, walk, journal.clock.now(), told.entry, told.kept)


def forget(journal: Journal, begun: Begun) -> None:
    """Take a walk up no more: what was kept of it stays."""
    journal.drafts.drop(begun.draft)


def waiting(journal: Journal, book: Book) -> Iterator[Begun]:
    """Yield the walks that can be taken up again, the newest first."""
    for unsaved in journal.drafts.walks():
        told = _noted(unsaved)
        if told is not None and told.walk.session in book.sessions:
            entry = told.entry if told.entry is not None and journal.pages.get(told.entry) is not None else None
            yield Begun(unsaved.id, fitting(book, told.walk), unsaved.saved, entry, told.kept if entry else None)


def _note(journal: Journal, book: Book, told: _Noted, draft: str | None) -> str:
    page = _page(outcome(book, told.walk, own_name=own_name(journal)))
    return journal.drafts.keep(page, draft, beside={WALK: msgspec.to_builtins(told)})


def _noted(unsaved: Unsaved) -> _Noted | None:
    try:
        return msgspec.convert(unsaved.beside[WALK], _Noted)
    except msgspec.ValidationError:
        return None


def _keep(journal: Journal, book: Book, walk: Walk, begun: Begun | None) -> Act:
    left = outcome(book, walk, own_name=own_name(journal))
    before = outcome(book, begun.kept) if begun is not None and begun.kept is not None else None
    entry = begun.entry if begun is not None else None
    new = _since(left, before) if before is not None else left
    hidden = journal.today() + dt.timedelta(days=left.hide_days) if left.hide_days is not None else None
    page = msgspec.structs.replace(_page(left), id=entry) if entry is not None else _page(left)
    claims = [(one.alter, one.field, one.strength) for one in new.claims]
    return journal.keep_session(page, _beside(journal, new), claims=claims, hidden_until=hidden)


def _since(left: Outcome, before: Outcome) -> Outcome:
    """Return what was said since a walk was kept the last time; the page is always the whole."""
    return msgspec.structs.replace(
        left,
        moments=tuple(one for one in left.moments if one not in before.moments),
        claims=tuple(one for one in left.claims if one not in before.claims),
        step=left.step if left.step != before.step else None,
        mood_after=left.mood_after if left.mood_after != before.mood_after else None,
        mood=left.mood if left.mood != before.mood else None,
        stress=left.stress if left.stress != before.stress else None,
    )


def _page(left: Outcome) -> PageText:
    spoken = bool(left.body)
    return PageText(
        body=left.body,
        title=left.title if spoken else None,
        mood=left.mood if spoken else None,
        stress=left.stress if spoken else None,
        feelings=left.feelings if spoken else (),
        names=dict(left.names),
        prompt=left.session,
        topic=left.topic,
    )


def _beside(journal: Journal, left: Outcome) -> list[Said]:
    found: list[Said] = [*_checkins(journal, left), *_moments(journal, left)]
    if left.step is not None:
        found.append(
            Intention(
                id=new_id(),
                text=left.step.what,
                made=journal.today(),
                due=left.step.due,
                when_where=left.step.when_where,
                if_blocked=left.step.if_blocked,
                alter=left.with_whom,
            )
        )
    if left.card:
        found.append(_card(journal.card, left.card))
    visit = _next_visit(journal)
    if left.bring and visit is not None:
        found.append(msgspec.structs.replace(visit, bring=tuple(dict.fromkeys((*visit.bring, *left.bring)))))
    return found


def _checkins(journal: Journal, left: Outcome) -> Iterator[CheckIn]:
    """Yield how the person was at the start, where no page says so, and at the end."""
    now, day = journal.clock.now(), journal.today()
    said = left.mood is not None or left.stress is not None or left.feelings
    if not left.body and said:
        yield CheckIn(id=new_id(), at=now, day=day, mood=left.mood, stress=left.stress, feelings=left.feelings)
    if left.mood_after is not None:
        yield CheckIn(id=new_id(), at=now + dt.timedelta(milliseconds=1), day=day, mood=left.mood_after)


def _moments(journal: Journal, left: Outcome) -> Iterator[Moment]:
    for one in left.moments:
        yield journal.moment(one.alter, one.word, day=one.day, strength=one.strength)


def _card(card: Card, parts: CardParts) -> Card:
    """Return the hard-day card with what was said added to what stood there."""
    signs = "\n".join(line for line in parts.signs if line not in card.words.splitlines())
    return msgspec.structs.replace(
        card,
        people=_joined(card.people, parts.people),
        numbers=_joined(card.numbers, parts.lines),
        helps=_joined(card.helps, parts.helps),
        words="\n".join(part for part in (card.words, signs) if part),
    )


def _joined(there: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*there, *more)))


def _next_visit(journal: Journal) -> Appointment | None:
    return next(iter(journal.appointments.ahead(journal.clock.now())), None)
