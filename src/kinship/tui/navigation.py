"""The messages by which a screen asks for another one; the App answers them, screens never import each other.

A screen that shows the journal is built as `Screen(context, journal, ...)` and gets `JournalChanged` for every act, its
own or another program's. It steps back with `BackRequested`; where it holds unsaved words it is `HoldsWords`.
`doors` builds, importing late:

```
WriteRequested      screens/write.py    WriteScreen(context, journal, entry=None, question=None, template=None)
CircleRequested     screens/circle.py   CircleScreen(context, journal, focus=None, beside=None)
PersonRequested     screens/person.py   PersonScreen(context, journal, alter)
MappingRequested    screens/mapping.py  MappingScreen(context, journal)
KnowsRequested      screens/who_knows.py WhoKnowsScreen(context, journal, alter=None)
NumbersRequested    screens/numbers.py  NumbersScreen(context, journal, day=None)
ExportRequested     screens/export.py   ExportScreen(context, journal, asked=None)
DocumentRequested   screens/document.py DocumentScreen(context, journal, asked=None)
SnapshotsRequested  screens/snapshots.py SnapshotsScreen(context, journal)
SnapshotRequested   screens/snapshot.py SnapshotScreen(context, journal, snapshot, beside="")
PageRequested       screens/page.py     PageScreen(context, journal, entry, sheaf=None)
PagesRequested      screens/pages.py    PagesScreen(context, journal, words="")
YearRequested       screens/year.py     YearScreen(context, journal, year=None, words="")
HistoryRequested    screens/history.py  HistoryScreen(context, journal, entry)
TemplatesRequested  screens/templates.py TemplatesScreen(context, journal)
TemplateRequested   screens/template.py TemplateScreen(context, journal, template=None)
JournalsRequested   screens/journals.py JournalsScreen(context, journal)
ReflectionsRequested screens/reflections.py ReflectionsScreen(context, journal)
SessionRequested    screens/reflect.py  ReflectScreen(context, journal, book, session, begun=None, short=False)
CardRequested       screens/card.py     CardScreen(context, journal)
AppointmentsRequested screens/appointments.py AppointmentsScreen(context, journal)
AppointmentRequested screens/appointment.py AppointmentScreen(context, journal, appointment=None)
ChoicesRequested    screens/choices.py  ChoicesScreen(context, journal)
SettingsRequested   screens/settings.py SettingsScreen(context, journal)
PulseRequested      screens/pulse.py    PulseScreen(context, journal)
PatternsRequested   screens/patterns.py PatternsScreen(context, journal)
LookBackRequested   screens/look_back.py LookBackScreen(context, journal, month=None)
InboxRequested      screens/inbox.py    InboxScreen(context, journal)
BringRequested      screens/bringing.py BringScreen(context, journal)
TakeOutRequested    screens/taking_out.py TakeOutScreen(context, journal)
VaultsRequested     screens/vaults.py   VaultsScreen(context, path of the vault, is_open=...)
PrivacyRequested    screens/privacy.py  PrivacyScreen(context, path of the vault)
ConflictsRequested  screens/conflicts.py ConflictsScreen(context, journal, entry=None)
```
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from textual.message import Message

if TYPE_CHECKING:
    from kinship.ground.settings import Settings
    from kinship.journal.journal import Event, Journal
    from kinship.journal.model import AlterId, EntryId
    from kinship.reflect.keeping import Begun


@dataclass(frozen=True)
class Question:
    """A prompt as it is shown: its id, its words with every slot filled, and its topic."""

    id: str
    text: str
    topic: str = ""


@dataclass
class Sheaf:
    """Pages in the order of the list they were opened from, so that reading goes on in it and comes back to it."""

    entries: tuple[EntryId, ...]
    words: tuple[str, ...] = field(default=(), repr=False)
    """Folded words and phrases that they were found by."""
    at: EntryId | None = None
    """The page that was read last."""


class Navigation(Message):
    """A screen asks for another; nothing is lost by asking."""


@dataclass
class HomeRequested(Navigation):
    """Back to Today, over whatever is open."""


@dataclass
class BackRequested(Navigation):
    """One step back; on the last screen nothing happens."""


@dataclass
class WriteRequested(Navigation):
    """Open a page for writing: the one of `entry`, or a new one that may answer `prompt`."""

    entry: EntryId | None = None
    prompt: Question | None = None
    template: str | None = None
    """The id of the template that a new page begins with."""


@dataclass
class CircleRequested(Navigation):
    """Open the support map, at the alter `focus` where one is given; with `beside`, that day beside today."""

    focus: AlterId | None = None
    beside: dt.date | None = None


@dataclass
class PersonRequested(Navigation):
    """Open the page of one alter."""

    alter: AlterId


@dataclass
class MappingRequested(Navigation):
    """Open the first mapping, where it was left: who comes to mind?"""


@dataclass
class KnowsRequested(Navigation):
    """Open the round of who knows whom; with `alter`, for that one alone."""

    alter: AlterId | None = None


@dataclass
class NumbersRequested(Navigation):
    """Open the numbers of the circle as of `day`; today where None."""

    day: dt.date | None = None


@dataclass
class ExportRequested(Navigation):
    """Open the sharing of the map: of today or `day`, or of the kept map `snapshot`.

    With `since` (a day) or `beside` (another kept map, or `TODAYS`) both are one picture.
    """

    snapshot: str = ""
    beside: str = ""
    day: dt.date | None = None
    since: dt.date | None = None


class SharedAs(StrEnum):
    """What a document is."""

    VISIT = "visit"
    BOOK = "book"
    PERSON = "person"


@dataclass
class DocumentRequested(Navigation):
    """Open the sharing of documents: a sheet for a visit, pages as a book, or one person's page.

    `appointment` is the date it is for, the next one where None; `words` find the pages; with `full`, whole names are
    chosen, and asked about before they leave.
    """

    what: SharedAs = SharedAs.VISIT
    appointment: str | None = None
    words: str = field(default="", repr=False)
    alter: AlterId | None = None
    full: bool = False


TODAYS = "today"
"""The map of today, where another one is put beside it."""


@dataclass
class SnapshotsRequested(Navigation):
    """Open the list of kept maps."""


@dataclass
class SnapshotRequested(Navigation):
    """Open a kept map as it was kept; with `beside`, another one or `TODAYS`, both in one picture."""

    snapshot: str
    beside: str = ""


@dataclass
class PagesRequested(Navigation):
    """Open the list of pages, searched for `words` where some are given."""

    words: str = ""


@dataclass
class YearRequested(Navigation):
    """Open a year as a calendar, the present one where None; with `words`, where their search finds pages in it."""

    year: int | None = None
    words: str = ""


@dataclass
class ConflictsRequested(Navigation):
    """Open what was written in two places at once, at the page `entry` where one is given."""

    entry: EntryId | None = None


@dataclass
class HistoryRequested(Navigation):
    """Open what a page said before."""

    entry: EntryId


@dataclass
class TemplatesRequested(Navigation):
    """Open the list of templates."""


@dataclass
class TemplateRequested(Navigation):
    """Open one template for changing; a new one where None."""

    template: str | None = None


@dataclass
class JournalsRequested(Navigation):
    """Open the journals in this vault."""


@dataclass
class ReflectionsRequested(Navigation):
    """Open the list of guided sessions."""


@dataclass
class SessionRequested(Navigation):
    """Begin a guided session, or go on with one that was begun."""

    session: str
    begun: Begun | None = None
    short: bool = False


@dataclass
class CardRequested(Navigation):
    """Open the hard-day card for writing."""


@dataclass
class AppointmentsRequested(Navigation):
    """Open the dates ahead, each with its list."""


@dataclass
class AppointmentRequested(Navigation):
    """Open one date with its list; a new one where None."""

    appointment: str | None = None


@dataclass
class ChoicesRequested(Navigation):
    """Open what the person chose about being asked."""


@dataclass
class SettingsRequested(Navigation):
    """Open the settings."""


@dataclass
class SettingsChanged(Message):
    """A setting was changed and is kept; the App lives by it from now on."""

    settings: Settings
    name: str


@dataclass
class PulseRequested(Navigation):
    """Open the three lines about the week."""


@dataclass
class PatternsRequested(Navigation):
    """Open what the pages can say over time."""


@dataclass
class LookBackRequested(Navigation):
    """Open a month as one page: the one that begins with `month`, the last one where None."""

    month: dt.date | None = None


@dataclass
class InboxRequested(Navigation):
    """Open the sealed notes that wait."""


@dataclass
class BringRequested(Navigation):
    """Open what brings a journal, a map or people of another program along."""


@dataclass
class TakeOutRequested(Navigation):
    """Open what writes pages, or everything, to files."""


@dataclass
class VaultsRequested(Navigation):
    """Open the vaults this computer knows; it works on the lock screen too."""


@dataclass
class VaultChosen(Message):
    """The person wants to open this vault instead."""

    path: Path


@dataclass
class PrivacyRequested(Navigation):
    """Open what is protected, what is not, and how this computer stands; it works on the lock screen too."""


@dataclass
class PageRequested(Navigation):
    """Open one page for reading; with `sheaf`, as one of those that a list shows."""

    entry: EntryId
    sheaf: Sheaf | None = None


@dataclass
class HelpRequested(Navigation):
    """Somebody to talk to: one key away on every screen."""


@dataclass
class CountryChosen(Message):
    """The person chose whose helplines to see; two letters."""

    country: str


@dataclass
class JournalOpened(Message):
    """The vault is open, and Today can be shown."""

    journal: Journal


class JournalChanged(Message, bubble=False):
    """The journal changed, by this program or another; every screen on the stack is told."""

    def __init__(self, event: Event) -> None:
        super().__init__()
        self.event = event


@runtime_checkable
class MayUseEditor(Protocol):
    """A screen whose words may go on in another editor, where the settings name one."""

    def use_editor(self) -> None:
        """Hand the words to it and take them back; everything waits meanwhile."""
        ...


@runtime_checkable
class HoldsWords(Protocol):
    """A screen with words in it that are not kept yet; the App asks every open one before it leaves."""

    def keep_words(self) -> None:
        """Keep them as leaving the screen would (a page is kept); raises NotSaved where that fails."""
        ...

    def keep_draft(self) -> None:
        """Keep them as a draft at once: the terminal is being closed."""
        ...
