from __future__ import annotations

import datetime as dt

import pytest

from builders.circles import DAY, a_bond, a_circle, crowd
from kinship.journal.model import AlterKind, Circle, Fact
from kinship.snapshot.names import call_everyone, initials, neutral_sectors, order_of_coming, pseudonymous_id
from kinship.snapshot.share import NamesMode


def called(circle: Circle, mode: NamesMode, seed: str = "vault") -> list[str]:
    order = [bond.alter.id for bond in circle.bonds]
    names = call_everyone(circle, mode, seed, order)
    return [names[id_] for id_ in order]


def test_a_code_is_the_same_in_every_export_of_one_vault_and_another_in_the_next() -> None:
    circle = crowd(40)
    assert called(circle, NamesMode.NONE) == called(circle, NamesMode.NONE)
    assert called(circle, NamesMode.NONE) != called(circle, NamesMode.NONE, seed="another vault")


def test_codes_tell_everybody_apart_and_read_as_no_name() -> None:
    circle = crowd(1000)
    codes = [
        name
        for name, bond in zip(called(circle, NamesMode.NONE), circle.bonds, strict=True)
        if bond.alter.kind is AlterKind.PERSON
    ]
    assert len(set(codes)) == len(codes)
    assert all(code[1].isdigit() and code[3].isdigit() for code in codes)


@pytest.mark.parametrize("mode", list(NamesMode))
def test_adding_somebody_renames_nobody_who_had_a_number(mode: NamesMode) -> None:
    before, after = called(crowd(60), mode), called(crowd(61), mode)
    changed = [(old, new) for old, new in zip(before, after, strict=False) if old != new]
    assert all(new.endswith(" 1") for _, new in changed)


def test_roles_say_what_people_are_to_the_person() -> None:
    circle = a_circle(
        a_bond("Ana"),
        a_bond("Bea"),
        a_bond("Mum", sector="family"),
        a_bond("Ugo", sector="Ana's lot"),
        a_bond("Dr Okonkwo", sector="treatment", kind=AlterKind.PROFESSIONAL),
        a_bond("the choir", kind=AlterKind.GROUP),
        a_bond("Reddit", kind=AlterKind.ONLINE),
    )
    assert called(circle, NamesMode.ROLES) == [
        "friend 1",
        "friend 2",
        "a relative",
        "a person",
        "a professional",
        "a group",
        "an online circle",
    ]


@pytest.mark.parametrize("mode", [NamesMode.NONE, NamesMode.ROLES, NamesMode.INITIALS])
def test_professionals_and_groups_are_called_just_that_unless_names_are_asked_for(mode: NamesMode) -> None:
    circle = a_circle(a_bond("Dr Okonkwo", kind=AlterKind.PROFESSIONAL), a_bond("the choir", kind=AlterKind.GROUP))
    assert called(circle, mode) == ["a professional", "a group"]


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Ana", "A."),
        ("Ana Berg", "A.B."),
        ("Ana Maria de Berg", "A.B."),
        ("小明", "小."),
        ("e\u0301mile", "É."),
        ("ß", "ß."),
        ("🐸", ""),
        ("<script>", "S."),
        ("  ", ""),
    ],
)
def test_initials_are_the_first_letters_of_the_first_and_last_word(name: str, short: str) -> None:
    assert initials(name) == short


def test_initials_that_several_share_are_numbered_and_a_name_without_letters_gets_its_code() -> None:
    one, two, frog = called(a_circle(a_bond("Ana"), a_bond("Amir"), a_bond("🐸")), NamesMode.INITIALS)
    assert (one, two) == ("A. 1", "A. 2")
    assert len(frog) == 4


def test_a_full_name_loses_what_a_viewer_could_obey_and_an_empty_one_says_so() -> None:
    assert called(a_circle(a_bond("a\x1b[2J\u202eb\nc"), a_bond(" \t")), NamesMode.FULL) == ["a[2Jb c", "(no name)"]


def test_a_circle_by_the_persons_own_words_is_numbered() -> None:
    assert neutral_sectors(["family", "Ana's lot", None, "Work", "ana's lot"]) == {
        "family": "family",
        "Ana's lot": "circle 1",
        "ana's lot": "circle 1",
        "Work": "Work",
        None: None,
    }


def test_an_id_outside_does_not_show_the_id_inside() -> None:
    inside = "00112233445566778899aabbccddeeff"
    outside = pseudonymous_id(inside, "vault")
    assert len(outside) == 16
    assert outside not in inside
    assert outside == pseudonymous_id(inside, "vault") != pseudonymous_id(inside, "other")


def test_numbers_follow_who_was_written_down_first_not_the_alphabet() -> None:
    facts = [a_fact("zoe", hour=1), a_fact("ana", hour=3), a_fact("bea", hour=2), a_fact("zoe", hour=4)]
    order = order_of_coming(facts)
    assert order == ("zoe", "bea", "ana")
    circle = a_circle(a_bond("Ana"), a_bond("Bea"), a_bond("Zoe"))
    names = call_everyone(circle, NamesMode.ROLES, "vault", order)
    assert names == {"zoe": "friend 1", "bea": "friend 2", "ana": "friend 3"}


def a_fact(alter: str, *, hour: int) -> Fact:
    recorded = dt.datetime(2025, 11, 22, hour, tzinfo=dt.UTC)
    return Fact(id=f"{alter}{hour}", subject=(alter,), field="ring", value="inner", from_=DAY, recorded=recorded)
