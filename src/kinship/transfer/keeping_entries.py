"""From pages of another journal to this one: nothing comes twice, what was changed here stays, one act undoes it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping

import msgspec
from msgspec import Struct

from kinship.ground.clock import day_of
from kinship.ground.errors import Misused, Refused
from kinship.journal.acts import fingerprint
from kinship.journal.codec import to_document
from kinship.journal.drafts import PageText
from kinship.journal.journal import Act, Journal
from kinship.journal.mentions import NameTable, find_mentions, fold
from kinship.journal.model import Alter, AlterId, AlterKind, Entry, EntryId, Fact, Revision, Status
from kinship.journal.writing import is_empty, names_of, revision_id, tags_of
from kinship.privacy.text import clean, clean_line
from kinship.transfer.entries import LONGEST_PAGE, MOST_PAGES, Page, Pages
from kinship.transfer.whens import zone_of

ID_BYTES = 16
OFTEN = 250
"""Pages between two words on how far it is."""

Progress = Callable[[int, int], None]


class Incoming(Struct, frozen=True, kw_only=True):
    """What a plan means for this journal."""

    plan: Pages
    new: tuple[Entry, ...] = ()
    renewed: tuple[Entry, ...] = ()
    """Those that were brought before, not changed here, and are different in the source now."""
    known: int = 0
    """Pages that are here already."""
    changed_here: int = 0
    """Pages that were brought before and changed here: they stay as they are."""
    thrown_away: int = 0
    """Pages that were brought before and deleted here: they stay away."""
    linked: tuple[tuple[str, int], ...] = ()
    """Who of the map is named, in how many pages."""
    offered: tuple[tuple[str, int], ...] = ()
    """Names that nobody on the map has, in how many pages."""
    left_out: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    people: tuple[Alter | Fact, ...] = ()
    """Those of the offered names that are to come onto the map, and since when they are there."""

    def __repr__(self) -> str:
        return f"Incoming({len(self.new)} new)"

    @property
    def values(self) -> tuple[Entry, ...]:
        """The pages that would be kept."""
        return (*self.new, *self.renewed)


def match_pages(
    journal: Journal,
    plan: Pages,
    *,
    into: str = "",
    zone: str = "",
    adding: Collection[str] = (),
    progress: Progress | None = None,
) -> Incoming:
    """Return what a plan would do: `into` the journal of this name, times without a zone being of `zone`.

    Of the names that nobody on the map has, those in `adding` become people of the map, there from the first day that
    names them. Ids come from the source and the entry's own identity there, so that a second import finds the first.
    Raises Misused for a zone that is none, Refused for more pages than one import takes.
    """
    if zone and zone_of(zone) is None:
        raise Misused(f"{clean_line(zone)} is no time zone.", "Such as --zone Europe/Vienna.")
    if len(plan.pages) > MOST_PAGES:
        raise Refused(f"That is more than {MOST_PAGES:,} pages.")
    return _Matching(journal, plan, into, zone, adding).all(progress)


def keep_pages(journal: Journal, incoming: Incoming) -> Act:
    """Keep what was matched as one act, which can be taken back even after a restart. Raises NotSaved."""
    texts = _former_texts(journal, incoming.renewed)
    return journal.take_in(incoming.plan.source, (*incoming.people, *incoming.values, *texts))


def _former_texts(journal: Journal, renewed: Collection[Entry]) -> Iterator[Revision]:
    """Yield what pages that are brought again said before, where that was something else."""
    for entry in renewed:
        former = journal.pages.get(entry.id)
        if former is not None and (former.title, former.body) != (entry.title, entry.body):
            yield Revision(
                id=revision_id(former.id, former.title or "", former.body),
                entry=former.id,
                at=journal.clock.now(),
                device=journal.device,
                title=former.title,
                body=former.body,
            )


class _Matching:
    """One run through the pages of a plan."""

    def __init__(self, journal: Journal, plan: Pages, into: str, zone: str, adding: Collection[str]) -> None:
        self._journal = journal
        self._plan = plan
        self._into = clean_line(into)
        self._zone = zone or journal.clock.zone
        self._newcomers = _newcomers(journal, plan, adding)
        known = journal.alters.names()
        self._names = NameTable([*journal.alters, *self._newcomers.values()]) if self._newcomers else known
        self._since: dict[AlterId, dt.date] = {}
        self._kept = _kept(journal)
        self._taken: dict[EntryId, str] = {}
        self._counts: Counter[str] = Counter()
        self._linked: Counter[AlterId] = Counter()
        self._offered: Counter[str] = Counter()

    def all(self, progress: Progress | None) -> Incoming:
        new: list[Entry] = []
        renewed: list[Entry] = []
        for number, page in enumerate(self._plan.pages):
            if progress is not None and number % OFTEN == 0:
                progress(number, len(self._plan.pages))
            entry = self._entry(page)
            if entry is None:
                continue
            match self._standing(entry):
                case "new":
                    new.append(entry)
                case "renewed":
                    renewed.append(entry)
                case standing:
                    self._counts[standing] += 1
        return Incoming(
            plan=self._plan,
            new=tuple(new),
            renewed=tuple(renewed),
            known=self._counts["known"],
            changed_here=self._counts["changed"],
            thrown_away=self._counts["away"],
            linked=tuple((self._called(id_), times) for id_, times in self._linked.most_common()),
            offered=tuple(self._offered.most_common()),
            left_out=(*self._plan.left_out, *self._told("long", f"pages longer than {LONGEST_PAGE:,} characters")),
            doubts=(*self._plan.doubts, *self._told("twice", "entries that are twice in the source come once")),
            people=tuple(self._people()),
        )

    def _people(self) -> Iterator[Alter | Fact]:
        """Yield those who come onto the map, and that they are there from the first day that names them."""
        for id_, alter in self._newcomers.items():
            if id_ in self._since:
                since = min(self._since[id_], self._journal.today())
                fact = hashlib.sha256(f"{id_}\nstatus".encode()).hexdigest()[: 2 * ID_BYTES]
                yield alter
                yield Fact(
                    id=fact, subject=(id_,), field="status", value=str(Status.ACTIVE), from_=since,
                    recorded=self._journal.clock.now(),
                )  # fmt: skip

    def _told(self, count: str, what: str) -> tuple[str, ...]:
        return (f"{what} ({self._counts[count]})",) if self._counts[count] else ()

    def _called(self, id_: AlterId) -> str:
        alter = self._newcomers.get(id_) or self._journal.alters.get(id_)
        return alter.name if alter is not None else ""

    def _entry(self, page: Page) -> Entry | None:
        """Return the page as it would be kept; None for one that is empty, too long or there twice."""
        if len(page.body) > LONGEST_PAGE:
            self._counts["long"] += 1
            return None
        body = clean(page.body).strip("\n").rstrip()
        at, zone = self._moment(page)
        id_ = self._id(page, body)
        if id_ is None:
            self._counts["twice"] += 1
            return None
        links = {link: found for link in page.links if (found := self._names.meant(fold(link))) is not None}
        text = PageText(body=body, tags=page.tags, names=links)
        entry = Entry(
            id=id_,
            at=at,
            zone=zone,
            day=page.day or day_of(at, self._journal.choices.day_start),
            body=body,
            title=clean_line(page.title) or None,
            journal=self._into or clean_line(page.journal),
            mood=page.mood,
            stress=page.stress,
            feelings=page.feelings,
            topic=page.topic or None,
            tags=tags_of(body, text, None),
            names=names_of(body, text, None, self._names),
            starred=page.starred,
        )
        if is_empty(entry):
            return None
        self._meet(page, entry)
        return entry

    def _moment(self, page: Page) -> tuple[dt.datetime, str]:
        """Return when a page was written, with its offset, and the name of its zone."""
        name = page.zone if page.zone and zone_of(page.zone) is not None else ""
        zone = zone_of(name or self._zone) or dt.UTC
        if page.at.tzinfo is None:
            return _settled(page.at.replace(tzinfo=zone)), name or self._zone
        at = page.at.astimezone(zone) if name else page.at
        return _settled(at), name or _offset_name(at)

    def _id(self, page: Page, body: str) -> EntryId | None:
        """Return the id of an entry of this source in this vault; None where the same one came in this run."""
        words = f"{self._journal.vault.id}\n{self._plan.source}\n{page.ref}"
        told = f"{page.at}\n{page.title}\n{body}"
        for told_apart in (words, f"{words}\n{told}"):
            id_ = hashlib.sha256(told_apart.encode("utf-8", "replace")).hexdigest()[: 2 * ID_BYTES]
            if id_ not in self._taken:
                self._taken[id_] = told
                return id_
            if self._taken[id_] == told:
                return None
        return None

    def _standing(self, entry: Entry) -> str:
        """Return how an entry stands here: new, known, renewed in the source, changed here or thrown away here."""
        here = self._journal.pages.get(entry.id)
        if here is None:
            return "away" if entry.id in self._kept else "new"
        fresh = msgspec.structs.replace(entry, names=here.names, journal=here.journal, zone=here.zone)
        if to_document(fresh) == to_document(here):
            return "known"
        now = fingerprint(self._journal.vault.get("entries", entry.id))
        return "renewed" if now in self._kept.get(entry.id, ()) else "changed"

    def _meet(self, page: Page, entry: Entry) -> None:
        """Count whom a page names, and the names that mean nobody yet."""
        for id_ in set(entry.names.values()):
            self._linked[id_] += 1
            if id_ in self._newcomers:
                self._since[id_] = min(entry.day, self._since.get(id_, entry.day))
        known = {fold(text) for text in entry.names}
        names = {fold(one.text): one.text for one in find_mentions(entry.body, self._names)}
        names |= {fold(link): link for link in page.links}
        self._offered.update(text for folded, text in names.items() if folded not in known)


def _newcomers(journal: Journal, plan: Pages, adding: Collection[str]) -> dict[AlterId, Alter]:
    """Return whom these names would make; a name that somebody has already makes nobody."""
    found: dict[AlterId, Alter] = {}
    for name in sorted({clean_line(one).removeprefix("@").strip() for one in adding}):
        if not name or journal.alters.by_name(name):
            continue
        words = f"{journal.vault.id}\n{plan.source}\n{fold(name)}"
        id_ = hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[: 2 * ID_BYTES]
        if journal.alters.as_written(id_) is not None:
            id_ = hashlib.sha256(f"{words}\nagain".encode("utf-8", "replace")).hexdigest()[: 2 * ID_BYTES]
        found.setdefault(id_, Alter(id=id_, kind=AlterKind.PERSON, name=name))
    return found


def _settled(at: dt.datetime) -> dt.datetime:
    """Return a moment with a plain offset, to the second."""
    offset = at.utcoffset() or dt.timedelta()
    return at.replace(microsecond=0, tzinfo=dt.timezone(dt.timedelta(seconds=round(offset.total_seconds() / 60) * 60)))


def _kept(journal: Journal) -> Mapping[EntryId, set[str]]:
    """Return the pages that imports brought, with the fingerprints of what they were then."""
    found: defaultdict[EntryId, set[str]] = defaultdict(set)
    for act in journal.kept_acts:
        for former in act.formers:
            if former.table == "entries" and former.after:
                found[former.id].add(former.after)
    return found


def _offset_name(at: dt.datetime) -> str:
    return at.isoformat()[-6:] if at.utcoffset() else "UTC"
