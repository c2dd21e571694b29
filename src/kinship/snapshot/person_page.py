"""One person's page, to take along: what is known of the tie in words, over time where that may leave."""

from __future__ import annotations

from kinship.circle.sentences import describe, listed
from kinship.ground.errors import NotFound
from kinship.journal.journal import Journal
from kinship.journal.kinds import label_of
from kinship.journal.model import AlterId, Bond, Direction
from kinship.snapshot.careful import careful
from kinship.snapshot.document import Block, Document, Heading, Rows, points, words
from kinship.snapshot.names import order_of_coming
from kinship.snapshot.share import FOOTER, NamesMode, Share, told_date

MOST_ALIASES = 12


def person_page(journal: Journal, alter: AlterId, share: Share) -> Document:
    """Return the page of one alter as of today.

    Raises NotFound where they are not on the map, or are marked no contact and may not leave.
    """
    today = journal.today()
    seen = careful(journal.circle.as_of(today), share, journal.vault.id, order_of_coming(journal.facts))
    bond = next((one for one in seen.bonds if one.alter.id == alter), None)
    if bond is None:
        raise NotFound(
            "Nobody leaves with this page: they are not on the map today, or are marked no contact.",
            "Tick no contact to let them leave.",
        )
    head, *lines = describe(bond, seen, seen.as_of)
    blocks: list[Block] = [words(head), points(lines)]
    if share.notes and share.names is NamesMode.FULL:
        blocks += _notes(bond)
    if share.moments and bond.moments:
        blocks += [Heading(1, "What happened"), _moments(bond, share)]
    return Document(title=bond.alter.name, subtitle=(told_date(today, share),), footer=FOOTER, blocks=tuple(blocks))


def _notes(bond: Bond) -> list[Block]:
    told = (
        ("Also called", listed(bond.alter.aliases, MOST_ALIASES)),
        ("Pronouns", bond.alter.pronouns),
        ("Birthday", bond.alter.birthday),
        ("Notes", bond.alter.notes),
    )
    lines = [f"{about}: {text}" for about, text in told if text.strip()]
    return [Heading(1, "Besides"), points(lines)] if lines else []


def _moments(bond: Bond, share: Share) -> Rows:
    ways = {Direction.FROM_THEM: "they gave", Direction.TO_THEM: "I gave"}
    return Rows(
        ("When", "Way", "What"),
        tuple(
            (told_date(one.day, share), ways[one.direction], label_of(one.subkind or one.kind.value))
            for one in sorted(bond.moments, key=lambda one: one.day)
        ),
    )
