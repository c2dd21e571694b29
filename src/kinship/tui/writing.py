"""A page in hand: what it says so far, who it names, what each gave; from a draft to a page that is kept."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import msgspec
from msgspec import Struct

from kinship.circle.glyphs import UNICODE
from kinship.circle.support import Look
from kinship.journal.acts import Act
from kinship.journal.drafts import PageText, Unsaved
from kinship.journal.journal import Journal
from kinship.journal.kinds import kind_of, subkind
from kinship.journal.mentions import NOBODY, Mention, NameTable, find_mentions, fold, tag_spans
from kinship.journal.model import Alter, AlterId, AlterKind, Direction, Entry, Fact, Moment, Status
from kinship.journal.writing import said
from kinship.tui.navigation import Question
from kinship.tui.widgets.completion import MOST_SHOWN, Suggestion, newcomer_in
from kinship.tui.widgets.mark_bar import Mark, Named
from kinship.tui.widgets.markdown_lines import MENTION, TAG, UNKNOWN, Span
from kinship.tui.widgets.page_about import About
from kinship.vault import new_id


class Given(Struct, frozen=True):
    """A mark as a draft keeps it."""

    alter: AlterId
    direction: Direction
    word: str


class Beside(Struct, frozen=True):
    """What a draft keeps beside the words: who is meant and who is new, what was marked, and the question asked."""

    meant: dict[str, AlterId] = {}
    newcomers: dict[str, AlterId] = {}
    given: tuple[Given, ...] = ()
    question: str = ""


@dataclass
class Writing:
    """One page while it is written; the words themselves stay in the editor and come in as `body`."""

    journal: Journal
    entry: Entry | None = None
    question: Question | None = None
    day: dt.date = field(default=dt.date.min)
    at: dt.datetime | None = None
    draft: str | None = None
    begun: tuple[dict[str, int], ...] | None = None
    body: str = ""
    """The words it began with: those of the page, or of the draft."""
    restored: dt.datetime | None = None
    """When the draft that it goes on from was kept."""
    meant: dict[str, AlterId] = field(default_factory=dict)
    """Who a name on this page means, as the person decided."""
    newcomers: dict[str, AlterId] = field(default_factory=dict)
    """Names that become people when the page is kept, and the ids they will have."""
    marks: dict[AlterId, tuple[Mark, ...]] = field(default_factory=dict)
    volume: str = ""
    """The journal that the page goes into."""
    title: str = ""
    mood: int | None = None
    _names: NameTable | None = None

    @classmethod
    def begin(cls, journal: Journal, entry: Entry | None, question: Question | None) -> Self:
        """Return a page to write: a new one or that of `entry`, from its draft where one was left behind."""
        draft = journal.drafts.of(entry.id if entry is not None else None)
        page = cls(journal, entry, question)
        if entry is not None:
            page.day, page.at, page.body, page.meant = entry.day, entry.at, entry.body, dict(entry.names)
            page.volume, page.title, page.mood = entry.journal, entry.title or "", entry.mood
            page.begun = journal.drafts.began(entry.id)
            page.marks = page._kept_marks()
        else:
            page.day, page.at = journal.today(), journal.clock.now()
        if draft is not None:
            page._go_on_from(draft)
        return page

    def _go_on_from(self, draft: Unsaved) -> None:
        page = draft.page
        beside = msgspec.convert(draft.beside, Beside)
        self.draft, self.restored, self.body = draft.id, draft.saved, page.body
        self.day, self.at = page.day or self.day, page.at or self.at
        self.volume, self.title = said(page.journal, self.volume), said(page.title, self.title) or ""
        self.mood = said(page.mood, self.mood)
        self.begun = page.began if self.entry is not None else None
        self.meant, self.newcomers = dict(beside.meant), dict(beside.newcomers)
        self.marks = {}
        for one in beside.given:
            self.marks[one.alter] = (*self.marks.get(one.alter, ()), Mark(one.direction, one.word))
        asked = Question(str(page.prompt), beside.question, str(page.topic or "")) if beside.question else None
        self.question = asked

    def _kept_marks(self) -> dict[AlterId, tuple[Mark, ...]]:
        found: dict[AlterId, tuple[Mark, ...]] = {}
        for moment in self._kept_moments():
            root = self.journal.alters.root(moment.alter)
            found[root] = (*found.get(root, ()), _mark_of(moment))
        return found

    def _kept_moments(self) -> list[Moment]:
        return self.journal.moments.of_entry(self.entry) if self.entry is not None else []

    # What stands around the words

    @property
    def about(self) -> About:
        """The day, the journal, the title and the mood, as they are now."""
        return About(self.day, self.volume, self.title, self.mood)

    def say(self, about: About) -> None:
        """Take in what the person said around the words."""
        self.day, self.volume, self.title, self.mood = about.day, about.volume, about.title, about.mood

    def _about_before(self) -> About:
        one = self.entry
        return About(one.day, one.journal, one.title or "", one.mood) if one is not None else About(self.day)

    # Who is named

    def names(self) -> NameTable:
        """Return the names that are known on this page."""
        if self._names is None:
            self._names = self.journal.alters.names().with_names(self.meant | self.newcomers)
        return self._names

    def renew(self) -> None:
        """Look names up anew: the journal's people changed."""
        self._names = None

    def spans(self, line: str) -> list[Span]:
        """Return the mentions and tags in a line, for the editor to show."""
        found = [Span(start, end, TAG) for start, end in tag_spans(line)]
        found += [
            Span(mention.start, mention.end, UNKNOWN if mention.alter is None else MENTION)
            for mention in find_mentions(line, self.names())
            if mention.alter != NOBODY
        ]
        return found

    def people(self, body: str) -> tuple[Named, ...]:
        """Return everybody `body` names, each once, in the order of the text; what it leaves unclear included."""
        table = self.names()
        found: dict[str, Named] = {}
        for mention in find_mentions(body, table):
            named = self._named(mention, table)
            if named is not None:
                found.setdefault(named.key, named)
        return tuple(found.values())

    def _named(self, mention: Mention, table: NameTable) -> Named | None:
        folded = fold(mention.text)
        if mention.alter is None:
            bearers = [self.journal.alters.get(one) for one in table.bearers(folded)]
            choices = tuple((one.id, _told_apart(one)) for one in bearers if one is not None)
            return Named(f"?{folded}", mention.text, known=False, choices=choices)
        if mention.alter in self.newcomers.values():
            return Named(mention.alter, mention.text)
        alter = self.journal.alters.get(mention.alter)
        return Named(alter.id, alter.name) if alter is not None else None

    def answer(self, name: str, alter: AlterId) -> None:
        """Take in who a name means on this page (an id, or NOBODY)."""
        self.meant[name] = alter
        self.renew()

    def welcome(self, name: str) -> None:
        """Take a name as somebody new, who is added when the page is kept while it still names them."""
        self.meant = {text: alter for text, alter in self.meant.items() if fold(text) != fold(name)}
        self.newcomers.setdefault(name, new_id())
        self.renew()

    # What may be completed

    def suggest_people(self, prefix: str) -> tuple[Suggestion, ...]:
        """Return whom `prefix` may become, best first, and at last the offer to add somebody new."""
        folded = fold(prefix)
        new = [
            Suggestion(name, "new", alter) for name, alter in self.newcomers.items() if fold(name).startswith(folded)
        ]
        known = [self._suggestion(alter, folded) for alter in self.journal.alters.complete(prefix.strip())]
        if " " in prefix:
            known = [one for one in known if fold(one.words).startswith(folded)]
        found = [*new, *known][:MOST_SHOWN]
        name = newcomer_in(prefix)
        if name is not None and not self.names().known(fold(name)):
            found = [*found[: MOST_SHOWN - 1], Suggestion(name, new=True)]
        return tuple(found)

    def _suggestion(self, alter: Alter, folded: str) -> Suggestion:
        words = next((name for name in (alter.name, *alter.aliases) if fold(name).startswith(folded)), alter.name)
        status = self._status(alter.id)
        notes = [] if words == alter.name else [alter.name]
        if status is Status.REMEMBERED:
            notes.append(f"{UNICODE.nodes[Look.REMEMBERED]} remembered")
        elif alter.kind is not AlterKind.PERSON:
            notes.append(str(alter.kind))
        return Suggestion(words, " · ".join(notes), alter.id)

    def _status(self, alter: AlterId) -> Status:
        bond = self.journal.circle.bond(alter, self.journal.today())
        return bond.status if bond is not None else Status.ACTIVE

    def suggest_tags(self, prefix: str) -> tuple[Suggestion, ...]:
        """Return the tags that `prefix` may become, the most used first."""
        folded = fold(prefix)
        fitting = [tag for tag in self.journal.pages.tags() if tag.startswith(folded) and tag != folded]
        return tuple(Suggestion(tag) for tag in fitting[:MOST_SHOWN])

    def take(self, suggestion: Suggestion) -> None:
        """Take in that a suggestion was accepted: somebody new, or a name that several bear and is decided so."""
        if suggestion.new:
            self.welcome(suggestion.words)
        elif suggestion.alter is not None and self.names().meant(fold(suggestion.words)) != suggestion.alter:
            self.answer(suggestion.words, suggestion.alter)

    # Keeping

    def changed(self, body: str) -> bool:
        """Whether keeping `body` would change anything."""
        if self.entry is None:
            return bool(body.strip() or self.title.strip() or self.mood is not None)
        same_marks = _set_of(self.marks) == _set_of(self._kept_marks())
        same_about = self.about == self._about_before()
        return body != self.entry.body or not same_about or not same_marks or self.meant != self.entry.names

    def draft_of(self, body: str) -> tuple[PageText, dict[str, Any]]:
        """Return the page as it is now, and what its draft keeps beside it."""
        given = tuple(Given(alter, mark.direction, mark.word) for alter, marks in self.marks.items() for mark in marks)
        asked = self.question.text if self.question is not None else ""
        beside: dict[str, Any] = msgspec.to_builtins(Beside(self.meant, self.newcomers, given, asked))
        return self._page(body), beside

    def keep_draft(self, page: PageText, beside: Mapping[str, Any]) -> None:
        """Keep what `draft_of` returned on this computer. Raises NotSaved."""
        self.draft = self.journal.drafts.keep(page, self.draft, beside=beside)

    def drop_draft(self) -> None:
        """Forget the draft, where there is one."""
        if self.draft is not None:
            self.journal.drafts.drop(self.draft)
            self.draft = None

    def keep(self, body: str) -> Act | None:
        """Keep the page with the people it brings and the moments it marks, as one act; None where nothing changed.

        An edit of a page that was deleted meanwhile becomes a page of its own. Raises NotSaved, after which everything
        is as before.
        """
        if not self.changed(body):
            return None
        if self.entry is not None and self.journal.pages.get(self.entry.id) is None:
            self.entry, self.begun = None, None
        in_text = {fold(mention.text) for mention in find_mentions(body, self.names())}
        decided = {text: alter for text, alter in (self.meant | self.newcomers).items() if fold(text) in in_text}
        page = msgspec.structs.replace(self._page(body), names=decided)
        wanted = self._moments(body)
        held = {moment.id for moment in wanted}
        gone = [moment.id for moment in self._kept_moments() if moment.id not in held]
        return self.journal.keep_page(page, beside=[*self._newcomers(in_text), *wanted], without=gone)

    def _page(self, body: str) -> PageText:
        asked = self.question if self.entry is None else None
        before = self._about_before()
        return PageText(
            body=body,
            id=self.entry.id if self.entry is not None else None,
            day=self.day,
            at=self.at,
            title=(self.title.strip() or None) if self.title != before.title else msgspec.UNSET,
            journal=self.journal.journal_meant(self.volume) if self.volume != before.volume else msgspec.UNSET,
            mood=self.mood if self.mood != before.mood else msgspec.UNSET,
            prompt=asked.id if asked is not None else msgspec.UNSET,
            topic=(asked.topic or None) if asked is not None else msgspec.UNSET,
            began=self.begun,
        )

    def _newcomers(self, in_text: Container[str]) -> Iterator[Alter | Fact]:
        """Yield those who are new and still named, each with the day they are there from."""
        for name, alter in self.newcomers.items():
            if fold(name) not in in_text:
                continue
            yield Alter(id=alter, kind=AlterKind.PERSON, name=name)
            yield Fact(
                id=new_id(), subject=(alter,), field="status", value=str(Status.ACTIVE), from_=self.day,
                recorded=self.journal.clock.now(),
            )  # fmt: skip

    def _moments(self, body: str) -> list[Moment]:
        """Return the moments the page marks: those it had and still has, and the new ones."""
        here = {person.key for person in self.people(body)} | set(self._kept_marks())
        kept: dict[tuple[AlterId, Mark], Moment] = {
            (self.journal.alters.root(moment.alter), _mark_of(moment)): moment for moment in self._kept_moments()
        }
        return [
            kept.get((alter, mark)) or self._moment(alter, mark)
            for alter, marks in self.marks.items()
            if alter in here
            for mark in marks
        ]

    def _moment(self, alter: AlterId, mark: Mark) -> Moment:
        kind = kind_of(mark.word)
        if kind is None:
            raise ValueError("a mark names a kind or a subkind")
        own = mark.word if subkind(mark.word) is not None else None
        return Moment(id=new_id(), day=self.day, alter=alter, direction=mark.direction, kind=kind, subkind=own)


def _mark_of(moment: Moment) -> Mark:
    return Mark(moment.direction, moment.subkind or str(moment.kind))


def _set_of(marks: Mapping[AlterId, Iterable[Mark]]) -> set[tuple[AlterId, Mark]]:
    return {(alter, mark) for alter, some in marks.items() for mark in some}


def _told_apart(alter: Alter) -> str:
    """Return what tells an alter from another of the same name: an alias, or what it is."""
    more = alter.aliases[0] if alter.aliases else str(alter.kind)
    return f"{alter.name}, {more}"
