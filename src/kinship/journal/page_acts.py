"""Commands on pages: keep, throw away, star, put out of sight, settle two versions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from kinship.ground.clock import day_of
from kinship.ground.errors import NotFound
from kinship.journal.acts import Act, change
from kinship.journal.drafts import PageText, page_of
from kinship.journal.ledger import Ledger
from kinship.journal.mentions import NOBODY, Mention, find_mentions, fold
from kinship.journal.model import Alter, AlterId, Entry, EntryId, Fact, Moment, Revision
from kinship.journal.statements import check_scale
from kinship.journal.writing import is_empty, names_of, revision_id, said, tags_of
from kinship.privacy.text import clean, clean_line
from kinship.vault import Change, new_id

DELETED = "Deleted page"
"""The label of the act that throws a page away."""
SHORTEST_ID = 4
"""Characters of an id that are enough to mean it."""


class PageActs(Ledger):
    """Commands on pages."""

    def keep_page(
        self, page: PageText, *, beside: Iterable[Alter | Fact | Moment] = (), without: Iterable[str] = ()
    ) -> Act:
        """Keep a new page or an edit. An empty one leaves nothing (one that was there before goes, and can be undone).

        In the same act come whom it brings and what it marks (`beside`: moments that name no page get this one), and go
        the moments whose ids are in `without`. Raises NotFound for an edit of a page that is gone.
        """
        entry, changes = self._keeping(page)
        if entry is None:
            return self.delete_page(page.id) if page.id is not None else Act("Empty page", ())
        changes += [self.put(_on_page(value, entry.id)) for value in beside]
        changes += [change("moments", id_, None) for id_ in without]
        return self.perform("Edit of a page" if page.id is not None else "New page", changes)

    def delete_page(self, id_: EntryId, *, kept: bool = False) -> Act:
        """Throw a page away, with its history and starred lines; moments that were marked on it stay.

        With `kept` the vault remembers the act until it is purged, and `bring_back_page` finds it.
        """
        self._page(id_)
        gone = [change("entries", id_, None)]
        gone += [change("revisions", one.id, None) for one in self.revisions.of(id_)]
        gone += [change("lines", one.id, None) for one in self.lines if one.entry == id_]
        return self.perform_kept(DELETED, gone) if kept else self.perform(DELETED, gone)

    def bring_back_page(self, id_: EntryId) -> Act:
        """Bring back a page whose deletion was kept; `id_` may be the beginning of its id.

        Raises NotFound where no such deletion (or more than one) is remembered, and Refused where it changed since.
        """
        found = [
            act.id
            for act in self.kept_acts
            if act.label == DELETED
            and any(one.table == "entries" and _is_meant(one.id, id_) and not one.after for one in act.formers)
        ]
        if len(found) > 1:
            raise NotFound(f"More than one deleted page has an id that begins with {id_}.", "Give more of it.")
        if not found:
            raise NotFound(f"No deleted page of the id {id_} can be brought back.", "Older ones: kinship restore")
        return self.take_back(found[0])

    def star_page(self, id_: EntryId, *, starred: bool = True) -> Act:
        """Give a page a star, or take it."""
        return self._with(id_, "Star" if starred else "Star taken", starred=starred)

    def hide_page(self, id_: EntryId, until: dt.date | None) -> Act:
        """Put a page out of sight until a day; None brings it back."""
        return self._with(id_, "Page put away" if until else "Page brought back", hidden_until=until)

    def name_on_page(self, id_: EntryId, text: str, alter: AlterId | None) -> Act:
        """Say who a name on a page means; None: nobody on the map, and it is not asked again."""
        entry = self._page(id_)
        return self._with(id_, "Name on a page", names=entry.names | {text: alter if alter is not None else NOBODY})

    def settle_page(self, id_: EntryId, body: str) -> Act:
        """Make one text of the versions of a page that were written side by side; each of them becomes a revision."""
        return self.keep_page(msgspec.structs.replace(page_of(self._page(id_)), body=body))

    def restore_page(self, id_: EntryId, revision: str) -> Act:
        """Give a page a former text again; what it says now joins its history. Raises NotFound."""
        page, former = self._page(id_), self.revisions.get(revision)
        if former is None or former.entry != id_:
            raise NotFound("This page has no such former text.")
        _, changes = self._keeping(msgspec.structs.replace(page_of(page), body=former.body, title=former.title))
        now = page.title, page.body
        kept = now == (former.title, former.body) or any((one.title, one.body) == now for one in self.revisions.of(id_))
        if not kept and all(one.table != "revisions" for one in changes):
            changes.append(self.put(self._revision(revision_id(id_, page.title or "", page.body), page)))
        return self.perform("Former text", changes)

    def link_name(self, alter: AlterId) -> Act:
        """Let this alter be meant wherever one of their names means nobody yet: for a new one who was named before."""
        kin = self.alters.kin(alter)
        found: list[Change] = []
        for own in self._pages_with(alter):
            names = {one.text: one.alter for one in find_mentions(own.body, self.alters.names())}
            new = {text: id_ for text, id_ in names.items() if id_ in kin}
            found += self._rewriting(msgspec.structs.replace(own, names=new | own.names), own)
        return self.perform("Names on pages", found)

    def _pages_with(self, alter: AlterId) -> list[Entry]:
        kin = [one for id_ in self.alters.kin(alter) if (one := self.alters.as_written(id_)) is not None]
        words = {name for one in kin for name in (one.name, *one.aliases)}
        ids = set().union(*(self.pages.holding(f'"@{word}"') for word in words))
        return [own for id_ in sorted(ids) if (own := self.pages.get(id_)) is not None]

    def unresolved(self, entry: Entry) -> tuple[Mention, ...]:
        """Return the names on a page that mean nobody yet (unknown, or shared by several), each once."""
        open_ = [one for one in self.mentions(entry) if one.alter is None]
        return tuple({fold(one.text): one for one in reversed(open_)}.values())[::-1]

    def mentions(self, entry: Entry) -> tuple[Mention, ...]:
        """Return the names in the text of a page, each with who it means on this page."""
        by_fold = {fold(text): alter for text, alter in entry.names.items()}
        found = find_mentions(entry.body, self.alters.names().with_names(entry.names))
        return tuple(msgspec.structs.replace(one, alter=by_fold.get(fold(one.text))) for one in found)

    def _page(self, id_: EntryId) -> Entry:
        entry = self.pages.get(id_)
        if entry is None:
            raise NotFound("There is no such page.")
        return entry

    def _with(self, id_: EntryId, label: str, **fields: object) -> Act:
        page = self._page(id_)
        return self.perform(label, self._rewriting(msgspec.structs.replace(page, **fields), page))

    def _rewriting(self, entry: Entry, former: Entry | None) -> list[Change]:
        return [self.put(entry), *self._former_texts(entry, former)]

    def _keeping(self, page: PageText) -> tuple[Entry | None, list[Change]]:
        former = self._page(page.id) if page.id is not None else None
        entry = self._entry(page, former)
        if is_empty(entry):
            return None, []
        put, *revisions = self._rewriting(entry, former)
        if page.began is not None and former is not None:
            put = msgspec.structs.replace(put, began=page.began)
        return entry, [put, *revisions]

    def _entry(self, page: PageText, former: Entry | None) -> Entry:
        """Return the page as it will be: what `page` leaves open is as before."""
        body, base = clean(page.body), former if former is not None else self._blank(page)
        title = clean_line(said(page.title, base.title) or "")
        mood, stress = said(page.mood, base.mood), said(page.stress, base.stress)
        check_scale(mood, stress)
        return msgspec.structs.replace(
            base,
            at=page.at or base.at,
            day=page.day or base.day,
            body=body,
            title=title or None,
            journal=said(page.journal, base.journal),
            mood=mood,
            stress=stress,
            feelings=said(page.feelings, base.feelings),
            tags=tags_of(body, page, former),
            names=names_of(body, page, former, self.alters.names()),
            prompt=said(page.prompt, base.prompt),
            topic=said(page.topic, base.topic),
        )

    def _blank(self, page: PageText) -> Entry:
        at = page.at or self.clock.now()
        day = page.day or day_of(at, self.choices.day_start)
        return Entry(id=new_id(), at=at, zone=self.clock.zone, day=day, body="")

    def _former_texts(self, entry: Entry, former: Entry | None) -> list[Change]:
        """Return the revisions an edit leaves: the text before this session, and any that stood beside it."""
        if former is None:
            return []
        versions = self.pages.versions(entry.id)
        changed = [one for one in versions if (one.title, one.body) != (entry.title, entry.body)]
        if len(versions) > 1:
            found = [self._revision(revision_id(entry.id, one.title or "", one.body), one) for one in changed]
        else:
            session = revision_id(entry.id, self.vault.session)
            found = [self._revision(session, one) for one in changed if self.revisions.get(session) is None]
        return [self.put(one) for one in found]

    def _revision(self, id_: str, former: Entry) -> Revision:
        return Revision(
            id=id_, entry=former.id, at=self.clock.now(), device=self.device, title=former.title, body=former.body
        )


def _is_meant(id_: EntryId, told: str) -> bool:
    return id_ == told or (len(told) >= SHORTEST_ID and id_.startswith(told.lower()))


def _on_page(value: Alter | Fact | Moment, entry: EntryId) -> Alter | Fact | Moment:
    if isinstance(value, Moment) and not value.entry:
        return msgspec.structs.replace(value, entry=entry)
    return value
