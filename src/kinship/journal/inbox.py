"""The Inbox: sealed notes that were taken in and wait for a word of the person's."""

from __future__ import annotations

import msgspec

from kinship.ground.errors import NewerVault, NotFound, NotSaved
from kinship.journal.acts import Act, Origin, change
from kinship.journal.drafts import PageText
from kinship.journal.model import Note
from kinship.journal.page_acts import PageActs
from kinship.vault import Notice

SENDER = "came sealed, sender unknown"
"""What is said of each waiting note: anybody who has the public key can write one."""
MOST_WAITING = 2000
"""No more are taken in while so many wait."""
_TABLE = "inbox"


class InboxActs(PageActs):
    """Commands on sealed notes."""

    def take_notes(self) -> int:
        """Take in the sealed notes that wait in the vault's folder; return how many came.

        What stays there, and why, is among the vault's notices afterwards. It is no act: nothing is there to undo.
        """
        with self._lock:
            look = self.vault.inbox.look(self._was_here, MOST_WAITING - len(self.inbox))
            notices = list(look.notices())
            made = Act("", ())
            try:
                if look.notes:
                    self._look_before_saving()
                    notes = [Note(id=one.id, at=one.at, zone=one.zone, body=one.text) for one in look.notes]
                    made = self._commit("Sealed notes", [self.put(one) for one in notes if not self._was_here(one.id)])
                self.vault.inbox.remove(look)
                if not self.vault.read_only:
                    self.vault.inbox.sweep(self.clock.now())
            except (NotSaved, NewerVault) as error:
                notices = [Notice(_TABLE, "inbox", f"Sealed notes wait and could not be taken in: {error}")]
            self.vault.announce(_TABLE, notices)
        self._tell("", made.changes, Origin.ELSEWHERE)
        return len(made.changes)

    def waiting_notes(self) -> list[Note]:
        """Return the notes that wait for a word, the newest first as they say themselves."""
        waiting = [one for one in self.inbox if self.pages.get(one.id) is None]
        return sorted(waiting, key=lambda note: (note.at.timestamp(), note.id), reverse=True)

    def accept_note(self, id_: str) -> Act:
        """Make a note a page of its own time, which now links whom it names; a time still to come becomes now.

        Raises NotFound.
        """
        note = self._note(id_)
        gone = change(_TABLE, id_, None)
        if self.pages.get(id_) is not None:
            return self.perform("Sealed note", [gone])
        now = self.clock.now()
        at, zone = (note.at, note.zone) if note.at <= now else (now, self.clock.zone)
        page = self._entry(PageText(body=note.body, at=at), None)
        return self.perform("Sealed note kept", [self.put(msgspec.structs.replace(page, id=id_, zone=zone)), gone])

    def discard_note(self, id_: str) -> Act:
        """Throw a note away. Raises NotFound."""
        self._note(id_)
        return self.perform("Sealed note thrown away", [change(_TABLE, id_, None)])

    def _note(self, id_: str) -> Note:
        note = self.inbox.get(id_)
        if note is None:
            raise NotFound("There is no such note in the Inbox.")
        return note

    def _was_here(self, id_: str) -> bool:
        """Return whether a note was ever taken in, by this device or another: waiting, kept or thrown away."""
        return bool(self.vault.versions(_TABLE, id_))
