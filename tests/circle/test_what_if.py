"""The map without somebody: what would rest on whom, said with care."""

from __future__ import annotations

import networkx as nx
import pytest

from builders.circles import a_bond, a_circle, a_moment, crowd
from kinship.circle.network import network
from kinship.circle.what_if import what_if, what_if_in_words, without
from kinship.journal.kinds import Kind
from kinship.journal.model import AlterKind, Circle, Status

KIND = "Nothing is wrong with that; it may be worth knowing."


def words(circle: Circle, *away: str) -> tuple[str, ...]:
    return what_if_in_words(what_if(circle, away), circle)


def test_without_somebody_their_ties_go_too_and_nobody_else() -> None:
    circle = a_circle(*map(a_bond, ("Ana", "Bea", "Ugo")), ties=(("ana", "bea"), ("ana", "ugo")))
    rest = without(circle, {"bea", "nobody"})
    assert [bond.alter.id for bond in rest.bonds] == ["ana", "ugo"]
    assert [(tie.a, tie.b) for tie in rest.ties] == [("ana", "ugo")]
    assert without(circle, ()) == circle


def test_a_subkind_that_nobody_else_is_marked_for_is_said_as_the_design_says_it() -> None:
    circle = a_circle(a_bond("Bea", gives=("listening",)), a_bond("Ugo", gives=("comfort",)))
    assert words(circle, "bea") == (
        "If Bea were away, nobody is marked for listening.",
        "If Bea were away, Ugo alone is marked for emotional support.",
        KIND,
    )


def test_a_subkind_is_covered_by_somebody_who_gives_the_kind_as_a_whole() -> None:
    circle = a_circle(
        a_bond("Bea", gives=("listening",)), a_bond("Ugo", gives=("emotional",)), a_bond("Lee", gives=("emotional",))
    )
    assert words(circle, "bea") == (
        "If Bea were away, every kind of support would still have somebody, and nobody would be cut off.",
    )


def test_a_kind_that_nobody_would_give_is_named_once_with_those_left_alone() -> None:
    circle = a_circle(
        a_bond("Bea", gives=("listening", "advice", "belonging")),
        a_bond("Ana", gives=("advice", "belonging")),
        a_bond("Ugo", gives=("time",)),
    )
    found = what_if(circle, ["bea", "ana"])
    assert found.away == ("bea", "ana")
    assert found.kinds_lost == (Kind.EMOTIONAL, Kind.IDENTITY)
    assert found.left_with_one == {Kind.PRACTICAL: "ugo"}
    assert words(circle, "bea", "ana") == (
        "If Bea and Ana were away, nobody is marked for emotional support or belonging.",
        "If Bea and Ana were away, nobody is marked for advice.",
        "If Bea and Ana were away, Ugo alone is marked for practical support.",
        KIND,
    )


def test_who_was_alone_before_is_not_said_to_be_left_alone() -> None:
    circle = a_circle(a_bond("Bea"), a_bond("Ugo", gives=("advice",)))
    assert what_if(circle, ["bea"]).left_with_one == {}


def test_parts_that_would_fall_apart_are_named_the_largest_left_out() -> None:
    people = tuple(map(a_bond, ("Ana", "Bea", "Kai", "Lee", "Mei", "Ugo")))
    ties = (("ana", "bea"), ("ana", "kai"), ("bea", "kai"), ("ana", "lee"), ("ana", "mei"), ("lee", "mei"))
    circle = a_circle(*people, ties=ties)
    found = what_if(circle, ["ana"])
    assert (found.parts_before, found.parts_after) == (2, 3)
    assert found.cut_off == (("lee", "mei"),)
    assert words(circle, "ana")[0] == "If Ana were away, Lee and Mei would know the others through you alone."


def test_several_pieces_are_counted_before_they_are_named() -> None:
    people = tuple(map(a_bond, ("Ana", "Bea", "Kai", "Lee", "Mei", "Ugo", "Zoë")))
    ties = (*(("ana", one) for one in ("bea", "kai", "lee", "mei", "ugo", "zoë")), ("bea", "kai"), ("lee", "mei"))
    told = words(a_circle(*people, ties=ties), "ana")[0]
    assert told == ("If Ana were away, 3 small groups would know the others through you alone: Lee and Mei; Ugo; Zoë.")


def test_moments_that_would_rest_on_fewer_are_told_in_people() -> None:
    def heard(name: str, times: int) -> tuple[object, ...]:
        return tuple(a_moment(name.casefold(), days_ago=n + 1) for n in range(times))

    circle = a_circle(
        *(a_bond(name, gives=("emotional",), moments=heard(name, n)) for name, n in  # type: ignore[arg-type]
          (("Ana", 5), ("Bea", 5), ("Kai", 5), ("Lee", 1)))
    )  # fmt: skip
    found = what_if(circle, ["ana", "bea"])
    assert found.concentration_before == pytest.approx((3 * 25 + 1) / 256)
    assert found.concentration_after is None
    assert words(circle, "ana")[0] == (
        "What happened in the year before is spread as if 3 people shared it; without them it would be 2."
    )


def test_with_fewer_than_two_there_are_no_parts() -> None:
    circle = a_circle(a_bond("Ana"), a_bond("Bea"))
    assert (what_if(circle, ["ana"]).parts_before, what_if(circle, ["ana"]).parts_after) == (2, None)


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (Status.REMEMBERED, "Bea is remembered; what Bea gave stays where it is, and the numbers ask nothing of it."),
        (Status.WISHED, "Bea is wished for; nothing rests on Bea yet."),
        (Status.PAUSED, "The tie with Bea is paused; the numbers leave Bea out already."),
        (Status.ENDED, "The tie with Bea has ended; the numbers leave Bea out already."),
        (Status.NO_CONTACT, "There is no contact with Bea; the numbers leave Bea out already."),
    ],
)
def test_nothing_rests_on_those_whose_tie_is_not_active(status: Status, said: str) -> None:
    circle = a_circle(a_bond("Bea", gives=("listening",), status=status), a_bond("Ana"))
    assert words(circle, "bea") == (said,)
    assert words(circle, "ana", "bea")[-1] == said


def test_a_place_is_drawn_and_not_counted() -> None:
    circle = a_circle(a_bond("the garden", kind=AlterKind.PLACE))
    assert words(circle, "the garden") == ("the garden is drawn on the map; the numbers count people and groups only.",)


def test_nobody_taken_away_is_said_so() -> None:
    assert words(crowd(5)) == ("Nobody is taken away.",)
    assert words(crowd(5), "nobody") == ("Nobody is taken away.",)


@pytest.mark.parametrize("seed", range(1, 9))
def test_parts_and_pieces_are_those_that_networkx_finds(seed: int) -> None:
    circle = crowd(60, seed)
    counted = [bond.alter.id for bond in circle.bonds if bond.counted]
    for away in (counted[:1], counted[3:9]):
        found = what_if(circle, away)
        whole, rest = network(circle), network(without(circle, away))
        assert found.parts_before == nx.number_connected_components(whole)
        assert found.parts_after == nx.number_connected_components(rest)
        fallen = [part for part in nx.connected_components(whole) if part & set(away)]
        left = [sorted(map(len, nx.connected_components(rest.subgraph(part)))) for part in fallen]
        assert sorted(len(piece) for piece in found.cut_off) == sorted(n for sizes in left for n in sizes[:-1])
