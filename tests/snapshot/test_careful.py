from __future__ import annotations

import datetime as dt

import msgspec
import pytest

from builders.circles import DAY, a_bond, a_circle, a_moment, crowd
from kinship.journal.kinds import Kind
from kinship.journal.model import Circle, Direction, Moment, Status
from kinship.snapshot import ON_SCREEN, Format, NamesMode, Share, preview, render
from kinship.snapshot.careful import careful

READABLE = [form for form in Format if not form.binary]
STRANGE = ("Zuleika", "Quorra", "Xanthippe", "Wolfhard")


def strangers(count: int = 40) -> Circle:
    """A circle whose names occur nowhere else in an export, with notes, aliases and own words."""
    circle = crowd(count)
    bonds = []
    for index, bond in enumerate(circle.bonds):
        name = f"{STRANGE[index % 4]}{index}"
        alter = msgspec.structs.replace(
            bond.alter, id=f"inside-{index:04}", name=name, aliases=(f"Alias{name}",), notes=f"Secretnote {name}"
        )
        strained = Moment(
            id="m", day=DAY, alter=alter.id, direction=Direction.FROM_THEM, kind=Kind.STRAIN, subkind="drains"
        )
        bonds.append(
            msgspec.structs.replace(
                bond,
                alter=alter,
                sector="Zuleika's lot" if index % 3 == 0 else bond.sector,
                strain={"pressure": 2},
                moments=(strained,),
            )
        )
    return a_circle(*bonds, ties=(("inside-0000", "inside-0001"),))


@pytest.mark.parametrize("format_", READABLE)
@pytest.mark.parametrize("mode", [NamesMode.NONE, NamesMode.ROLES])
def test_no_name_leaves_in_any_format_unless_it_is_asked_for(format_: Format, mode: NamesMode) -> None:
    data = render(strangers(), format_, share=Share(names=mode), seed="vault").decode()
    for word in (*STRANGE, "Alias", "Secretnote", "lot", "inside-"):
        assert word not in data


@pytest.mark.parametrize("format_", READABLE)
def test_no_strain_leaves_unless_it_is_asked_for(format_: Format) -> None:
    data = render(strangers(), format_, seed="vault").decode().replace('"strain": false', "").replace("--strain:", "")
    for word in ("strain", "drain", "pressure", "weighs"):
        assert word not in data


@pytest.mark.parametrize("format_", READABLE)
def test_no_day_leaves_unless_it_is_asked_for(format_: Format) -> None:
    data = render(strangers(), format_, share=Share(moments=True), seed="vault").decode()
    assert "2025-11-22" not in data
    assert "22 November" not in data
    exact = render(strangers(), format_, share=Share(exact_dates=True), seed="vault").decode()
    assert "2025-11-22" in exact or "22 November 2025" in exact


@pytest.mark.parametrize("format_", READABLE)
def test_nobody_marked_no_contact_leaves_unless_asked_for(format_: Format) -> None:
    circle = a_circle(a_bond("Quorra", status=Status.NO_CONTACT), a_bond("Ana"), ties=(("ana", "quorra"),))
    assert b"Quorra" not in render(circle, format_, share=Share(names=NamesMode.FULL), seed="vault")
    assert b"Quorra" in render(circle, format_, share=ON_SCREEN, seed="vault")


def test_notes_never_leave_without_names() -> None:
    seen = careful(strangers(3), Share(notes=True), "vault")
    assert not any(bond.alter.notes or bond.alter.aliases for bond in seen.bonds)


def test_a_subkind_by_the_persons_own_words_stays_with_the_names() -> None:
    own = a_bond("Ana", gives=("listening",))
    circle = a_circle(msgspec.structs.replace(own, gives={"listening": 2, "Anas soup": 3}))
    assert careful(circle, Share(), "v").bonds[0].gives == {"listening": 2}
    assert "Anas soup" in careful(circle, ON_SCREEN, "v").bonds[0].gives


def test_pages_are_never_pointed_at() -> None:
    moment = msgspec.structs.replace(a_moment("ana"), entry="a page")
    seen = careful(a_circle(a_bond("Ana", moments=(moment,))), ON_SCREEN, "vault")
    assert seen.bonds[0].moments[0].entry is None


def test_the_preview_says_line_by_line_what_leaves() -> None:
    lines = preview(strangers(5), Share(), seed="vault", format_=Format.SVG)
    rules, people = lines[: lines.index("")], lines[lines.index("") + 1 :]
    assert rules[0].startswith("Names stay here")
    assert any("November 2025" in rule for rule in rules)
    assert len(people) == len(careful(strangers(5), Share(), "vault").bonds)
    assert not any(name in line for line in lines for name in STRANGE)


def test_the_preview_counts_who_is_left_out() -> None:
    circle = a_circle(a_bond("Quorra", status=Status.NO_CONTACT), a_bond("Ana"))
    assert "1 marked no contact is left out." in preview(circle, Share(), seed="vault")
    assert not any("left out" in line for line in preview(circle, Share(no_contact=True), seed="vault"))


def test_days_leave_as_the_first_of_their_month() -> None:
    bond = a_bond("Ana", moments=(a_moment("ana", days_ago=40),))
    assert careful(a_circle(bond), Share(), "v").bonds[0].moments[0].day == dt.date(2025, 10, 1)


@pytest.mark.parametrize("format_", READABLE)
def test_the_order_of_people_tells_nothing_of_their_names(format_: Format) -> None:
    circle = a_circle(*(a_bond(name, gives=("listening",)) for name in ("Ana", "Bea", "Zoe")))
    turned = a_circle(*reversed(circle.bonds))
    assert render(circle, format_, seed="v") == render(turned, format_, seed="v")


def test_numbers_are_sorted_as_numbers() -> None:
    circle = a_circle(*(a_bond(f"Name{index}") for index in range(12)))
    names = [bond.alter.name for bond in careful(circle, Share(names=NamesMode.ROLES), "v").bonds]
    assert names == [f"friend {number}" for number in range(1, 13)]


def test_the_preview_of_a_data_file_says_that_strengths_leave() -> None:
    circle = a_circle(a_bond("Ana"))
    assert any("1 to 3" in line for line in preview(circle, Share(), seed="v", format_=Format.JSON))
    assert not any("1 to 3" in line for line in preview(circle, Share(), seed="v", format_=Format.SVG))


def test_a_way_in_own_words_stands_for_its_kind_without_names() -> None:
    own = a_bond("Ana", gives=("listening",))
    circle = a_circle(msgspec.structs.replace(own, gives={"practical.Anas soup": 3, "practical": 1, "listening": 2}))
    assert careful(circle, Share(), "v").bonds[0].gives == {"practical": 3, "listening": 2}
