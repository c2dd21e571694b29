"""Which screen answers which request: a door for each, that imports its screen when it is first gone through."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from textual.screen import Screen

from kinship.tui import navigation as go

if TYPE_CHECKING:
    from kinship.journal.journal import Journal
    from kinship.tui.context import Context

Asked = TypeVar("Asked", bound=go.Navigation)
Opens = Callable[["Context", "Journal", Asked], Screen[None]]

_DOORS: dict[type[go.Navigation], Opens[Any]] = {}


def screen_for(asked: go.Navigation, context: Context, journal: Journal) -> Screen[None] | None:
    """Return the screen that answers `asked`, new; None where the App itself does."""
    door = _DOORS.get(type(asked))
    return door(context, journal, asked) if door is not None else None


def _to(request: type[Asked]) -> Callable[[Opens[Asked]], Opens[Asked]]:
    """Have a function answer one sort of request."""

    def put_in(opens: Opens[Asked]) -> Opens[Asked]:
        _DOORS[request] = opens
        return opens

    return put_in


@_to(go.WriteRequested)
def _write(context: Context, journal: Journal, asked: go.WriteRequested) -> Screen[None]:
    from kinship.tui.screens.write import WriteScreen

    return WriteScreen(context, journal, entry=asked.entry, question=asked.prompt, template=asked.template)


@_to(go.HistoryRequested)
def _history(context: Context, journal: Journal, asked: go.HistoryRequested) -> Screen[None]:
    from kinship.tui.screens.history import HistoryScreen

    return HistoryScreen(context, journal, asked.entry)


@_to(go.TemplatesRequested)
def _templates(context: Context, journal: Journal, _asked: go.TemplatesRequested) -> Screen[None]:
    from kinship.tui.screens.templates import TemplatesScreen

    return TemplatesScreen(context, journal)


@_to(go.TemplateRequested)
def _template(context: Context, journal: Journal, asked: go.TemplateRequested) -> Screen[None]:
    from kinship.tui.screens.template import TemplateScreen

    return TemplateScreen(context, journal, asked.template)


@_to(go.JournalsRequested)
def _journals(context: Context, journal: Journal, _asked: go.JournalsRequested) -> Screen[None]:
    from kinship.tui.screens.journals import JournalsScreen

    return JournalsScreen(context, journal)


@_to(go.CircleRequested)
def _circle(context: Context, journal: Journal, asked: go.CircleRequested) -> Screen[None]:
    from kinship.tui.screens.circle import CircleScreen

    return CircleScreen(context, journal, focus=asked.focus, beside=asked.beside)


@_to(go.PersonRequested)
def _person(context: Context, journal: Journal, asked: go.PersonRequested) -> Screen[None]:
    from kinship.tui.screens.person import PersonScreen

    return PersonScreen(context, journal, asked.alter)


@_to(go.NumbersRequested)
def _numbers(context: Context, journal: Journal, asked: go.NumbersRequested) -> Screen[None]:
    from kinship.tui.screens.numbers import NumbersScreen

    return NumbersScreen(context, journal, asked.day)


@_to(go.MappingRequested)
def _mapping(context: Context, journal: Journal, _asked: go.MappingRequested) -> Screen[None]:
    from kinship.tui.screens.mapping import MappingScreen

    return MappingScreen(context, journal)


@_to(go.KnowsRequested)
def _who_knows(context: Context, journal: Journal, asked: go.KnowsRequested) -> Screen[None]:
    from kinship.tui.screens.who_knows import WhoKnowsScreen

    return WhoKnowsScreen(context, journal, asked.alter)


@_to(go.ExportRequested)
def _export(context: Context, journal: Journal, asked: go.ExportRequested) -> Screen[None]:
    from kinship.tui.screens.export import ExportScreen

    return ExportScreen(context, journal, asked)


@_to(go.DocumentRequested)
def _document(context: Context, journal: Journal, asked: go.DocumentRequested) -> Screen[None]:
    from kinship.tui.screens.document import DocumentScreen

    return DocumentScreen(context, journal, asked)


@_to(go.SnapshotsRequested)
def _snapshots(context: Context, journal: Journal, _asked: go.SnapshotsRequested) -> Screen[None]:
    from kinship.tui.screens.snapshots import SnapshotsScreen

    return SnapshotsScreen(context, journal)


@_to(go.SnapshotRequested)
def _snapshot(context: Context, journal: Journal, asked: go.SnapshotRequested) -> Screen[None]:
    from kinship.tui.screens.snapshot import SnapshotScreen

    return SnapshotScreen(context, journal, asked.snapshot, asked.beside)


@_to(go.PageRequested)
def _page(context: Context, journal: Journal, asked: go.PageRequested) -> Screen[None]:
    from kinship.tui.screens.page import PageScreen

    return PageScreen(context, journal, asked.entry, sheaf=asked.sheaf)


@_to(go.PagesRequested)
def _pages(context: Context, journal: Journal, asked: go.PagesRequested) -> Screen[None]:
    from kinship.tui.screens.pages import PagesScreen

    return PagesScreen(context, journal, words=asked.words)


@_to(go.YearRequested)
def _year(context: Context, journal: Journal, asked: go.YearRequested) -> Screen[None]:
    from kinship.tui.screens.year import YearScreen

    return YearScreen(context, journal, year=asked.year, words=asked.words)


@_to(go.ConflictsRequested)
def _conflicts(context: Context, journal: Journal, asked: go.ConflictsRequested) -> Screen[None]:
    from kinship.tui.screens.conflicts import ConflictsScreen

    return ConflictsScreen(context, journal, asked.entry)


@_to(go.ReflectionsRequested)
def _reflections(context: Context, journal: Journal, _asked: go.ReflectionsRequested) -> Screen[None]:
    from kinship.tui.screens.reflections import ReflectionsScreen

    return ReflectionsScreen(context, journal)


@_to(go.SessionRequested)
def _session(context: Context, journal: Journal, asked: go.SessionRequested) -> Screen[None]:
    from kinship.reflect.own_packs import library
    from kinship.tui.screens.reflect import ReflectScreen

    book = library(journal, context.places.config).book
    return ReflectScreen(context, journal, book, asked.session, asked.begun, short=asked.short)


@_to(go.CardRequested)
def _card(context: Context, journal: Journal, _asked: go.CardRequested) -> Screen[None]:
    from kinship.tui.screens.card import CardScreen

    return CardScreen(context, journal)


@_to(go.AppointmentsRequested)
def _appointments(context: Context, journal: Journal, _asked: go.AppointmentsRequested) -> Screen[None]:
    from kinship.tui.screens.appointments import AppointmentsScreen

    return AppointmentsScreen(context, journal)


@_to(go.AppointmentRequested)
def _appointment(context: Context, journal: Journal, asked: go.AppointmentRequested) -> Screen[None]:
    from kinship.tui.screens.appointment import AppointmentScreen

    return AppointmentScreen(context, journal, asked.appointment)


@_to(go.ChoicesRequested)
def _choices(context: Context, journal: Journal, _asked: go.ChoicesRequested) -> Screen[None]:
    from kinship.tui.screens.choices import ChoicesScreen

    return ChoicesScreen(context, journal)


@_to(go.SettingsRequested)
def _settings(context: Context, journal: Journal, _asked: go.SettingsRequested) -> Screen[None]:
    from kinship.tui.screens.settings import SettingsScreen

    return SettingsScreen(context, journal)


@_to(go.PulseRequested)
def _pulse(context: Context, journal: Journal, _asked: go.PulseRequested) -> Screen[None]:
    from kinship.tui.screens.pulse import PulseScreen

    return PulseScreen(context, journal)


@_to(go.PatternsRequested)
def _patterns(context: Context, journal: Journal, _asked: go.PatternsRequested) -> Screen[None]:
    from kinship.tui.screens.patterns import PatternsScreen

    return PatternsScreen(context, journal)


@_to(go.LookBackRequested)
def _look_back(context: Context, journal: Journal, asked: go.LookBackRequested) -> Screen[None]:
    from kinship.tui.screens.look_back import LookBackScreen

    return LookBackScreen(context, journal, asked.month)


@_to(go.InboxRequested)
def _inbox(context: Context, journal: Journal, _asked: go.InboxRequested) -> Screen[None]:
    from kinship.tui.screens.inbox import InboxScreen

    return InboxScreen(context, journal)


@_to(go.BringRequested)
def _bring(context: Context, journal: Journal, _asked: go.BringRequested) -> Screen[None]:
    from kinship.tui.screens.bringing import BringScreen

    return BringScreen(context, journal)


@_to(go.TakeOutRequested)
def _take_out(context: Context, journal: Journal, _asked: go.TakeOutRequested) -> Screen[None]:
    from kinship.tui.screens.taking_out import TakeOutScreen

    return TakeOutScreen(context, journal)
