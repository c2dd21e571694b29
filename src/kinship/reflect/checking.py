"""What types alone cannot say about guided sessions: every fault with the place in the file where it is.

A place is a path like `$.sessions[0].steps[2].next`, which `packs.line_of` turns into a line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from msgspec import Struct

from kinship.ground.errors import BadPack
from kinship.journal.kinds import kind_of
from kinship.reflect.answers import Passed
from kinship.reflect.book import FLOW, RESUME, SESSION, Book
from kinship.reflect.conditions import AFTER, BEFORE, MOOD_DELTA
from kinship.reflect.course import LONGEST, after, first
from kinship.reflect.packs import SLOT
from kinship.reflect.sessions import Flow, Option, Session, Step, StepKind

FILLED = frozenset({"person", "own_name"})
"""Slots that a step's text may have."""
PICKED_FROM = frozenset({"", "grounding", "closings", "closings_soft"})

Node = tuple[str, str]
"""A step: its chain, and its id."""


class Fault(Struct, frozen=True):
    """What is wrong, and the path of the value in the file."""

    path: str
    what: str


def faults_of(book: Book, own: Collection[str] | None = None) -> Iterator[Fault]:
    """Yield every fault of a book's sessions and flows, in the order of the file; those of one walk last.

    `own` are the chains that are looked at (`session:ID`, `flow:NAME`); all of them unless given.
    """
    chains = [one for one in _chains(book) if own is None or one[0] in own]
    broken = False
    for where, path, chain in chains:
        for fault in _chain_faults(book, where, path, chain):
            broken = True
            yield fault
    if not broken:
        graph = _Graph(book)
        for where, path, chain in chains:
            yield from _walk_faults(graph, where, path, chain)
        yield from _circles(book, {where for where, _, _ in chains})


def _chains(book: Book) -> Iterator[tuple[str, str, Session | Flow]]:
    for name, flow in book.flows.items():
        yield f"{FLOW}{name}", f"$.flows.{name}", flow
    for index, session in enumerate(book.sessions.values()):
        yield f"{SESSION}{session.id}", f"$.sessions[{index}]", session


def _chain_faults(book: Book, where: str, path: str, chain: Session | Flow) -> Iterator[Fault]:
    ids = [step.id for step in chain.steps]
    if chain.start not in ids:
        yield Fault(f"{path}.start", f"{where} starts with {chain.start}, which is none of its steps")
    if isinstance(chain, Session):
        if chain.topic not in book.pack.topics:
            yield Fault(f"{path}.topic", f"{chain.id} has the topic {chain.topic}, which no pack names")
        for id_ in chain.short:
            if id_ not in ids:
                yield Fault(f"{path}.short", f"the short form of {chain.id} names {id_}, which is none of its steps")
    for index, step in enumerate(chain.steps):
        at = f"{path}.steps[{index}]"
        if step.id in ids[:index]:
            yield Fault(f"{at}.id", f"the id {step.id} is used twice in {where}")
        for field, what in (*_targets_missing(book, where, step), *_step_faults(book, step)):
            yield Fault(f"{at}.{field}", f"{step.id} {what}")


def _targets_missing(book: Book, where: str, step: Step) -> Iterator[tuple[str, str]]:
    for field, goto in _targets(step):
        if goto == RESUME:
            if where.startswith(SESSION):
                yield field, "resumes, which only a step of a flow can"
        elif _node(book, where, goto) is None:
            yield field, f"leads to {goto}, which is not there"


def _targets(step: Step) -> Iterator[tuple[str, str]]:
    yield from (("next", one) for one in (step.next,) if one is not None)
    yield from (("default_goto", one) for one in (step.default_goto,) if one is not None)
    yield from (("branch", one.goto) for one in step.branch)
    yield from (("options", one.goto) for one in step.options if isinstance(one, Option))


def _node(book: Book, where: str, goto: str) -> Node | None:
    """Return the step that a target means, seen from a chain; None where there is none."""
    if goto.startswith(FLOW):
        flow = book.flows.get(goto.removeprefix(FLOW))
        return (goto, flow.start) if flow is not None else None
    if goto.startswith(SESSION):
        session = book.sessions.get(goto.removeprefix(SESSION))
        return (goto, session.start) if session is not None else None
    return (where, goto) if (where, goto) in book.steps else None


def _step_faults(book: Book, step: Step) -> Iterator[tuple[str, str]]:
    unknown = sorted(set(SLOT.findall(step.text + step.hint)) - FILLED)
    if unknown:
        yield "text", f"has the slot {unknown[0]}, which a step cannot fill"
    elif SLOT.search(step.text) and not step.fallback_text:
        yield "text", "has a slot and no fallback_text for when it cannot be filled"
    if step.type is StepKind.CHOICE and not all(isinstance(one, Option) for one in step.options):
        yield "options", "has a choice without a goto"
    if step.type is StepKind.CHOICE and (not step.options or step.default_goto is None):
        yield "default_goto", "is a choice and needs options, and a default_goto for when it is passed over"
    if step.type in (StepKind.SUPPORT, StepKind.RATE_EACH) and step.per is None:
        yield "per", "asks about each of somebody and does not say of whom (per)"
    yield from _word_faults(book, step)


def _word_faults(book: Book, step: Step) -> Iterator[tuple[str, str]]:
    if step.type is StepKind.SLIDER and (step.scale or "mood") not in book.pack.scales:
        yield "scale", f"has the scale {step.scale}, which no pack names"
    if step.pick_from not in PICKED_FROM:
        yield "pick_from", f"picks from {step.pick_from}, which is no bank of text"
    openers = {one.id for one in book.pack.reachout}
    for id_ in step.reachout:
        if id_ not in openers:
            yield "reachout", f"offers the beginning {id_}, which no pack names"
    for one in step.options:
        if isinstance(one, Option) and one.gives is not None and kind_of(one.gives) is None:
            yield "options", f"names the support {one.gives}, which is no kind"


class _Graph:
    """Which steps can follow which, and what can have been answered before each."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.edges: dict[Node, set[Node]] = defaultdict(set)
        self.ends: set[Node] = set()
        self._resumes = _resumes(book)
        for (where, _), step in book.steps.items():
            self._lead(where, step)
        starts = {(f"{SESSION}{one.id}", one.start) for one in book.sessions.values()}
        self.reached = _reach(starts, self.edges)
        back: dict[Node, set[Node]] = defaultdict(set)
        for node, others in self.edges.items():
            for other in others:
                back[other].add(node)
        self.ending = _reach(self.ends, back)
        self.before = _answered_before(book, self.edges)

    def _lead(self, where: str, step: Step) -> None:
        node = (where, step.id)
        targets = [goto for _, goto in _targets(step)]
        if step.type is StepKind.CLOSE or not targets:
            self.ends.add(node)
            return
        for goto in targets:
            for told in self._resumes[where] if goto == RESUME else {(where, goto)}:
                there = _node(self.book, *told)
                if there is None:
                    self.ends.add(node)
                else:
                    self.edges[node].add(there)


def _resumes(book: Book) -> dict[str, set[tuple[str, str]]]:
    """Return for each flow where its `@resume` may go: the next of every session's step that leads into it."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    into: dict[str, set[str]] = defaultdict(set)
    for (where, _), step in book.steps.items():
        for _, goto in _targets(step):
            if goto.startswith(FLOW):
                if where.startswith(FLOW):
                    into[where].add(goto)
                elif step.next is not None:
                    found[goto].add((where, step.next))
    for _ in book.flows:
        for where, flows in into.items():
            for flow in flows:
                found[flow] |= found[where]
    return found


def _reach(starts: set[Node], edges: dict[Node, set[Node]]) -> set[Node]:
    seen, waiting = set(starts), list(starts)
    while waiting:
        for other in edges.get(waiting.pop(), ()):
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return seen


def _answered_before(book: Book, edges: dict[Node, set[Node]]) -> dict[Node, set[str]]:
    """Return the fields that may have been answered when a step is left: by it, or on some way to it."""
    found = {node: {step.field} if step.field is not None else set() for node, step in book.steps.items()}
    changing = True
    while changing:
        changing = False
        for node, others in edges.items():
            for other in others:
                if not found[node] <= found[other]:
                    found[other] |= found[node]
                    changing = True
    return found


def _walk_faults(graph: _Graph, where: str, path: str, chain: Session | Flow) -> Iterator[Fault]:
    for index, step in enumerate(chain.steps):
        node, at = (where, step.id), f"{path}.steps[{index}]"
        if node not in graph.reached:
            if where.startswith(SESSION):
                yield Fault(f"{at}.id", f"{step.id} can never be reached")
            continue
        if node not in graph.ending:
            yield Fault(f"{at}.id", f"{step.id} never comes to an end")
        told = graph.before[node] | ({MOOD_DELTA} if {BEFORE, AFTER} <= graph.before[node] else set())
        for field, asked in (("branch", step.branch), ("skip_if", step.skip_if)):
            for check in asked:
                if check.field not in told:
                    yield Fault(f"{at}.{field}", f"{step.id} looks at {check.field}, which no step before it asks")
        if step.per is not None and step.per not in told:
            yield Fault(f"{at}.per", f"{step.id} asks about {step.per}, which no step before it asks")


def _circles(book: Book, own: Collection[str]) -> Iterator[Fault]:
    """Yield the sessions that go round for ever when everything is passed over."""
    for index, session in enumerate(book.sessions.values()):
        for short in (False, True) if f"{SESSION}{session.id}" in own else ():
            try:
                place = first(book, session.id, short=short)
                for _ in range(LONGEST):
                    place = after(book, place, Passed(), {}, short=short) if place is not None else None
            except BadPack:
                place = first(book, session.id, short=False)
            if place is not None:
                yield Fault(f"$.sessions[{index}].id", f"{session.id} goes round in a circle when it is passed over")
                break
