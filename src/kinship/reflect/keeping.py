"""From a walk to the journal: its draft while it goes on, and one act when it is over or stopped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec
from msgspec import Struct

from kinship.journal.drafts import WALK, PageText, Unsaved
from kinship.journal.journal import Act, Journal
from kinship.journal.model import Appointment, Card, CheckIn, Intention, Moment
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


def own_name(journal: Journal) -> str:
    """Return what the person calls themselves, empty where they did not say."""
    told = journal.choices.value(OWN_NAME)
    return told if isinstance(told, str) else ""


def keep_walk(journal: Journal, book: Book, walk: Walk, draft: str | None = None) -> Act:
    """Keep what a walk says as one act and drop its draft.

    Raises NotSaved where the disk refuses; the draft is there still then.
    """
    left = outcome(book, walk, own_name=own_name(journal))
    page = _page(left)
    hidden = journal.today() + dt.timedelta(days=left.hide_days) if left.hide_days is not None else None
    claims = [(one.alter, one.field, one.strength) for one in left.claims]
    act = journal.keep_session(page, _beside(journal, left), claims=claims, hidden_until=hidden)
    if draft is not None:
        journal.drafts.drop(draft)
    return act


def keep_begun(journal: Journal, book: Book, walk: Walk, draft: str | None = None) -> str:
    """Keep a walk that goes on as a draft on this computer; return the draft's id.

    Its words stand in the draft as a page too: where the walk itself can no longer be followed, nothing is lost.
    """
    page = _page(outcome(book, walk, own_name=own_name(journal)))
    return journal.drafts.keep(page, draft, beside={WALK: msgspec.to_builtins(walk)})


def begun(journal: Journal, book: Book) -> Iterator[Begun]:
    """Yield the walks that can be taken up again, the newest first."""
    for unsaved in journal.drafts.walks():
        walk = _walk(unsaved)
        if walk is not None and walk.session in book.sessions:
            yield Begun(unsaved.id, fitting(book, walk), unsaved.saved)


def _walk(unsaved: Unsaved) -> Walk | None:
    try:
        return msgspec.convert(unsaved.beside[WALK], Walk)
    except msgspec.ValidationError:
        return None


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
    ahead = sorted((one.at, one.id, one) for one in journal.appointments if one.at >= journal.clock.now())
    return ahead[0][2] if ahead else None
