"""The mark bar: the people on the page, and in two digits what each of them gave, or was given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from kinship.ground.width import shorten
from kinship.journal.kinds import Kind, Subkind, kind_of, subkind, subkinds_of
from kinship.journal.model import Direction

KINDS = tuple(Kind)
"""In the order of the digits: emotional, practical, identity, strain."""

_NAME_CELLS = 18
_GAP = "  "
_PEOPLE_ROWS = 3
_NOBODY_YET = "Nobody is named on this page yet. @ and a name does it."


class Mark(NamedTuple):
    """One thing that was given: by whom to whom, and a subkind or, where the person said no more, a kind."""

    direction: Direction
    word: str


class Named(NamedTuple):
    """Somebody the page names. `key` tells them apart; `choices` are those the name could mean, where it is unclear."""

    key: str
    name: str
    known: bool = True
    choices: tuple[tuple[str, str], ...] = ()
    """Id of the alter and what it is called, for a name that several bear."""


def said_of(mark: Mark) -> str:
    """Return the words for a mark: "listened" of what they gave, "you: listening" of what was given to them."""
    found = subkind(mark.word)
    if mark.direction is Direction.FROM_THEM:
        return found.past if found else mark.word
    return f"you: {found.label if found else mark.word}"


class MarkBar(Widget, can_focus=True):
    """One row of the people on the page, one of what the digits mean now."""

    auto_links = False

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(str(digit), f"choose({digit})", show=False, id=f"mark_{digit}", tooltip=f"The choice {digit}")
            for digit in range(1, 10)
        ),
        Binding("d", "turn", "gave / was given", id="turn_mark", tooltip="From them to you, or from you to them"),
        Binding("x", "clear", "none", id="clear_marks", tooltip="Take every mark of this person away"),
        Binding("y", "add", show=False, id="add_person", tooltip="Add this person to your circle"),
        Binding("n", "decline", show=False, id="decline_person", tooltip="It stays a word; you are not asked again"),
        Binding("enter", "whole_kind", "just that", id="whole_kind", tooltip="Mark the kind without saying more"),
        Binding("right,l", "next(1)", "next", id="next_person", tooltip="The next person on the page"),
        Binding("left,h", "next(-1)", show=False, id="previous_person", tooltip="The person before"),
        Binding("tab", "pass_on(1)", show=False, id="pass_on", tooltip="The next person, and at last the text"),
        Binding("shift+tab", "pass_on(-1)", show=False, id="pass_back", tooltip="The person before, or the text"),
        Binding("escape,up,k", "step_back", "back", id="leave_marks", tooltip="Back to the text"),
    ]

    people: reactive[tuple[Named, ...]] = reactive((), layout=True)
    marks: reactive[Mapping[str, tuple[Mark, ...]]] = reactive({}, layout=True)
    current: reactive[int] = reactive(0, layout=True)
    kind: reactive[Kind | None] = reactive(None, layout=True)
    direction: reactive[Direction] = reactive(Direction.FROM_THEM)

    @dataclass
    class Marked(Message):
        """The marks of one person are these now."""

        key: str
        marks: tuple[Mark, ...]

    @dataclass
    class Answered(Message):
        """A name that was unclear means `alter` (an id), somebody new ("+") or nobody ("")."""

        name: str
        alter: str

    class Left(Message):
        """The person goes back to the text."""

    NEW: ClassVar[str] = "+"
    NOBODY: ClassVar[str] = ""

    def __init__(self, own: Sequence[Subkind] = ()) -> None:
        super().__init__()
        self._own = tuple(own)
        """Ways of giving that the person named."""

    @property
    def person(self) -> Named | None:
        """The person the digits are about."""
        return self.people[self.current] if self.people else None

    def show_people(self, people: Sequence[Named]) -> None:
        """Show these people, staying with the one that is chosen while they are still there."""
        here = self.person
        self.people = tuple(people)
        keys = [person.key for person in self.people]
        still = here is not None and here.key in keys
        self.current = keys.index(here.key) if here and still else min(self.current, max(0, len(keys) - 1))
        if not still:
            self.kind = None
        self.refresh_bindings()

    def watch_current(self) -> None:
        self.kind = None
        self.refresh_bindings()

    def watch_kind(self) -> None:
        self.refresh_bindings()

    def _ways(self, kind: Kind) -> tuple[Subkind, ...]:
        """Return what the second digit chooses from, the person's own last; there are nine digits."""
        return (*subkinds_of(kind), *(one for one in self._own if one.kind is kind))[:9]

    # Acts

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 (Textual's own)
        person = self.person
        known = person is not None and person.known
        match action:
            case "turn" | "clear":
                return known and self.kind is None
            case "whole_kind":
                return known and self.kind is not None
            case "add":
                return person is not None and not known and not person.choices
            case "decline":
                return person is not None and not known
            case "next":
                return len(self.people) > 1
            case _:
                return True

    def action_choose(self, digit: int) -> None:
        person = self.person
        if person is None:
            return
        if not person.known:
            if digit <= len(person.choices):
                self.post_message(self.Answered(person.name, person.choices[digit - 1][0]))
        elif self.kind is None:
            self.kind = KINDS[digit - 1] if digit <= len(KINDS) else None
        elif digit <= len(found := self._ways(self.kind)):
            self._toggle(person, found[digit - 1].id)

    def action_whole_kind(self) -> None:
        if self.person is not None and self.kind is not None:
            self._toggle(self.person, self.kind.value)

    def action_turn(self) -> None:
        turned = {Direction.FROM_THEM: Direction.TO_THEM, Direction.TO_THEM: Direction.FROM_THEM}
        self.direction = turned[self.direction]

    def action_clear(self) -> None:
        if self.person is not None:
            self.post_message(self.Marked(self.person.key, ()))

    def action_add(self) -> None:
        if self.person is not None:
            self.post_message(self.Answered(self.person.name, self.NEW))

    def action_decline(self) -> None:
        if self.person is not None:
            self.post_message(self.Answered(self.person.name, self.NOBODY))

    def action_next(self, step: int) -> None:
        if self.people:
            self.current = min(max(0, self.current + step), len(self.people) - 1)

    def action_pass_on(self, step: int) -> None:
        if 0 <= self.current + step < len(self.people):
            self.current += step
        else:
            self.post_message(self.Left())

    def action_go_to(self, index: int) -> None:
        self.focus()
        self.current = index

    def action_step_back(self) -> None:
        if self.kind is not None:
            self.kind = None
        else:
            self.post_message(self.Left())

    def on_focus(self) -> None:
        self.refresh(layout=True)
        unclear = [index for index, person in enumerate(self.people) if not person.known]
        if unclear and self.person is not None and self.person.known:
            self.current = unclear[0]

    def on_blur(self, _event: events.Blur) -> None:
        self.kind = None
        self.direction = Direction.FROM_THEM
        self.refresh(layout=True)

    def _toggle(self, person: Named, word: str) -> None:
        mark = Mark(self.direction, word)
        had = self.marks.get(person.key, ())
        now = tuple(one for one in had if one != mark) if mark in had else (*had, mark)
        self.kind = None
        self.post_message(self.Marked(person.key, now))

    # What is painted

    def render(self) -> Content:
        return Content("\n").join(self._rows(self.content_size.width))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 (Textual's own)
        return len(self._rows(width))

    def _rows(self, width: int) -> list[Content]:
        if not self.people:
            return [Content.styled(_NOBODY_YET, "$dim")]
        people = [self._shown(index, person) for index, person in enumerate(self.people)]
        rows = _around(_filled(people, width), self.current, _PEOPLE_ROWS)
        person = self.person
        if person is not None and self.has_focus:
            rows += _filled(self._asked_of(person), width)
        return [Content(_GAP).join(row) for row in rows]

    def _shown(self, index: int, person: Named) -> Content:
        chosen = self.has_focus and index == self.current
        name = shorten(person.name, _NAME_CELLS) if person.known else f"@{shorten(person.name, _NAME_CELLS)} ?"
        look = "$paper on $accent" if chosen else ("bold" if person.known else "$accent underline")
        shown = Content.styled(f" {name} " if chosen else name, look)
        said = [Content.styled(said_of(mark), f"${kind_of(mark.word)}") for mark in self.marks.get(person.key, ())]
        if said:
            shown = Content(" ").join([shown, Content(", ").join(said)])
        return shown.stylize(Style.from_meta({"@mouse.down": f"go_to({index})"}))

    def _asked_of(self, person: Named) -> list[Content]:
        """Return what the keys mean for this person now: a head, and each choice with its key."""
        name = shorten(person.name, _NAME_CELLS)
        if person.choices:
            return [
                Content.styled(f"Which {name}?", "bold"),
                *_digits([(label, "$ink") for _, label in person.choices]),
            ]
        if not person.known:
            asked = Content.assemble("Is ", (f"@{name}", "bold"), " in your circle?")
            return [asked, _choice("y", "add", "$ink", "add"), _choice("n", "no, just a word", "$ink", "decline")]
        theirs = self.direction is Direction.FROM_THEM
        if self.kind is None:
            head = Content.styled(f"{name} → you" if theirs else f"you → {name}", "bold")
            return [head, *_digits([(kind.value, f"${kind}") for kind in KINDS])]
        ways = [(one.past if theirs else one.label, "$ink") for one in self._ways(self.kind)]
        return [Content.styled(self.kind.value, f"bold ${self.kind}"), *_digits(ways)]


def _digits(choices: Sequence[tuple[str, str]]) -> list[Content]:
    return [_choice(str(at), label, look, f"choose({at})") for at, (label, look) in enumerate(choices, start=1)]


def _choice(key: str, label: str, look: str, action: str) -> Content:
    """Return a choice with its key before it; it can be clicked."""
    return Content.assemble((key, "$accent"), (f" {label}", look)).stylize(Style.from_meta({"@mouse.down": action}))


def _filled(pieces: Sequence[Content], width: int) -> list[list[Content]]:
    """Return rows of at most `width` cells that hold the pieces in order, none of them broken."""
    rows: list[list[Content]] = [[]]
    used = 0
    for piece in pieces:
        if rows[-1] and used + piece.cell_length > width:
            rows.append([])
            used = 0
        rows[-1].append(piece)
        used += piece.cell_length + len(_GAP)
    return rows


def _around(rows: list[list[Content]], index: int, most: int) -> list[list[Content]]:
    """Return at most `most` rows, among them the one that holds the piece `index`."""
    before = 0
    for at, row in enumerate(rows):
        before += len(row)
        if index < before:
            first = max(0, min(at - most // 2, len(rows) - most))
            return rows[first : first + most]
    return rows[:most]
