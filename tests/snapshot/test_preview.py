"""The preview against the files: it says every word of theirs, and it changes whenever one of them does."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable

import msgspec
import pytest
from pypdf import PdfReader

from builders.circles import DAY, a_bond, a_circle, a_moment
from kinship.circle.layout import lay_out
from kinship.journal.kinds import Kind
from kinship.journal.model import Alter, AlterKind, AlterTie, Bond, Circle, Direction, Moment, Ring, Status
from kinship.snapshot.careful import careful
from kinship.snapshot.drawing import drawing
from kinship.snapshot.export import Look, render, what_leaves
from kinship.snapshot.formats import Format
from kinship.snapshot.letters import letters
from kinship.snapshot.picture import picture_data
from kinship.snapshot.share import NamesMode, Share
from kinship.snapshot.table import table_of

EVERYTHING = Share(names=NamesMode.FULL, strain=True, notes=True, exact_dates=True, no_contact=True, moments=True)
NAMED = Share(names=NamesMode.FULL)
SHARES = {
    "careful": Share(),
    "roles": Share(names=NamesMode.ROLES, strain=True),
    "named": NAMED,
    "everything": EVERYTHING,
}
MARK = re.compile(r"[qQ]x[a-z]+")
"""What every word of the person's own begins with, so that it is found in any file."""
UNSEEN = re.compile(r"<(title|desc)[^>]*>.*?</\1>", re.DOTALL)
"""What is in an SVG but not on its picture."""


def somebody(word: str, **told: object) -> Bond:
    """Return somebody in whom every word is of the person's own."""
    alter = Alter(
        id=f"id{word}", kind=AlterKind.PERSON, name=f"Qx{word}", aliases=(f"Qx{word}alias",),
        pronouns=f"qx{word}pro", birthday="--05-03", notes=f"qx{word}note",
    )  # fmt: skip
    bond = a_bond(f"Qx{word}", sector=f"qx{word}sector", gives=("listening", f"practical.qx{word}way"))
    strain = {f"strain.qx{word}weight": 2}
    return msgspec.structs.replace(bond, alter=alter, strain=strain, **told)


def people() -> Circle:
    """Return three people and a group with something of every sort."""
    heard = a_moment("idana", days_ago=40)
    weighed = Moment(id="w", day=DAY, alter="idbea", direction=Direction.FROM_THEM, kind=Kind.STRAIN, subkind="drains")
    ana = somebody("ana", moments=(heard,), receives={"time": 3})
    bea = somebody("bea", moments=(weighed,), ring=Ring.OUTER)
    cas = somebody("cas", status=Status.NO_CONTACT)
    choir = a_bond("qxchoir", kind=AlterKind.GROUP, ring=Ring.MIDDLE)
    ties = (AlterTie("idana", "idbea", 2), AlterTie("idana", "qxchoir", member=True), AlterTie("idbea", "idcas"))
    return Circle(DAY, (ana, bea, cas, choir), ties)


def told(circle: Circle, form: Format, share: Share) -> list[str]:
    leaves = what_leaves(circle, form, share=share, seed="vault")
    return [*leaves.rules, *leaves.lines]


def written(circle: Circle, form: Format, share: Share) -> bytes:
    """Return the bytes of a file; of what is typeset, what the typesetter is given."""
    if form.typeset:
        seen = careful(circle, share, "vault")
        data = picture_data(drawing(seen, lay_out(seen), share=share))
        seen_by_eyes = {"texts": data["texts"], "svg": UNSEEN.sub("", str(data["svg"]))}
        table = [row.cells for row in table_of(seen).rows] if form is Format.PDF else []
        return repr((seen_by_eyes, table)).encode()
    return render(circle, form, share=share, seed="vault")


def words_of(data: bytes, form: Format) -> set[str]:
    """Return the person's own words that stand in a file."""
    if form is Format.CSV:
        files = zipfile.ZipFile(io.BytesIO(data))
        data = b"\n".join(name.encode() + b"\n" + files.read(name) for name in files.namelist())
    return set(MARK.findall(data.decode("utf-8", "replace")))


@pytest.mark.parametrize("share", SHARES.values(), ids=SHARES)
@pytest.mark.parametrize("form", list(Format))
def test_the_words_of_the_preview_are_those_of_the_file(form: Format, share: Share) -> None:
    found = words_of(written(people(), form, share), form)
    assert set(MARK.findall("\n".join(told(people(), form, share)))) == found
    assert bool(found) is (share.names is NamesMode.FULL)


def test_a_preview_that_leaves_a_word_out_would_be_noticed() -> None:
    found = words_of(written(people(), Format.HTML, EVERYTHING), Format.HTML)
    short = told(people(), Format.HTML, msgspec.structs.replace(EVERYTHING, notes=False))
    assert found - set(MARK.findall("\n".join(short))) == {
        f"qx{who}{what}" for who in ("ana", "bea", "cas") for what in ("note", "pro")
    } | {f"Qx{who}alias" for who in ("ana", "bea", "cas")}


def test_the_letters_of_a_pdf_are_in_its_preview() -> None:
    pages = PdfReader(io.BytesIO(render(people(), Format.PDF, share=NAMED, seed="vault"))).pages
    found = set(MARK.findall("\n".join(page.extract_text() for page in pages)))
    assert found == set(MARK.findall("\n".join(told(people(), Format.PDF, NAMED))))
    seen = careful(people(), NAMED, "vault")
    drawn = {one.text for one in letters(drawing(seen, lay_out(seen), share=NAMED))}
    assert set(MARK.findall("\n".join(drawn))) <= found


def _bond(**changed: object) -> Callable[[Circle], Circle]:
    def change(circle: Circle) -> Circle:
        ana, *others = circle.bonds
        return Circle(circle.as_of, (msgspec.structs.replace(ana, **changed), *others), circle.ties)

    return change


def _alter(**changed: object) -> Callable[[Circle], Circle]:
    return lambda circle: _bond(alter=msgspec.structs.replace(circle.bonds[0].alter, **changed))(circle)


def _moments(*more: Moment) -> Callable[[Circle], Circle]:
    return lambda circle: _bond(moments=(*circle.bonds[0].moments, *more))(circle)


CHANGES: dict[str, Callable[[Circle], Circle]] = {
    "a day": lambda circle: Circle(DAY + dt.timedelta(days=1), circle.bonds, circle.ties),
    "a month": lambda circle: Circle(DAY + dt.timedelta(days=31), circle.bonds, circle.ties),
    "a name": _alter(name="Qxother"),
    "notes": _alter(notes="other"),
    "an alias": _alter(aliases=()),
    "a birthday": _alter(birthday=""),
    "a kind": _alter(kind=AlterKind.PROFESSIONAL),
    "a pet": _alter(kind=AlterKind.PET),
    "a status": _bond(status=Status.PAUSED),
    "a ring": _bond(ring=Ring.MIDDLE),
    "no ring": _bond(ring=None),
    "a sector": _bond(sector="work"),
    "a way": _bond(gives={"comfort": 2, "practical.qxanaway": 2}),
    "a strength": _bond(gives={"listening": 3, "practical.qxanaway": 2}),
    "another kind": _bond(gives={"listening": 2, "practical.qxanaway": 2, "belonging": 1}),
    "what I give": _bond(receives={"advice": 3}),
    "how much I give": _bond(receives={"time": 1}),
    "strain": _bond(strain={}),
    "a strain": _bond(strain={"drains": 2}),
    "one more moment": _moments(a_moment("idana", days_ago=41)),
    "a moment of another way": _moments(a_moment("idana", "comfort", days_ago=41)),
    "a moment of another kind": _moments(a_moment("idana", "advice", days_ago=41)),
    "what I did": _moments(a_moment("idana", "advice", days_ago=41, to_them=True)),
    "the strength of a tie": lambda circle: Circle(
        circle.as_of, circle.bonds, (AlterTie("idana", "idbea", 3), *circle.ties[1:])
    ),
    "a tie": lambda circle: Circle(circle.as_of, circle.bonds, circle.ties[:-1]),
    "belonging": lambda circle: Circle(
        circle.as_of, circle.bonds, (circle.ties[0], AlterTie("idana", "qxchoir"), circle.ties[2])
    ),
    "somebody less": lambda circle: a_circle(*circle.bonds[1:]),
}


@pytest.mark.parametrize(
    ("form", "share"),
    [
        *((form, Share()) for form in (Format.SVG, Format.PNG, Format.CSV, Format.JSON)),
        *((form, EVERYTHING) for form in Format if form not in {Format.TEXT, Format.LIST}),
    ],
)
def test_the_preview_changes_just_where_the_file_does(form: Format, share: Share) -> None:
    before_file, before_told = written(people(), form, share), told(people(), form, share)
    differing = []
    for what, change in CHANGES.items():
        other = change(people())
        file, lines = written(other, form, share) != before_file, told(other, form, share) != before_told
        if file is not lines:
            differing.append(f"{what}: {'only the file' if file else 'only the preview'} changes")
    assert differing == []


def test_a_title_and_a_caption_of_ones_own_are_in_the_preview() -> None:
    look = Look(title="Qxtitle", caption="qxcaption")
    for form in (Format.SVG, Format.HTML):
        file = render(people(), form, seed="vault", look=look)
        lines = what_leaves(people(), form, seed="vault", look=look).lines
        assert words_of(file, form) == set(MARK.findall("\n".join(lines))) == {"Qxtitle", "qxcaption"}


def test_two_days_are_told_with_what_changed() -> None:
    before, after = people(), CHANGES["a ring"](people())
    lines = what_leaves(after, Format.SVG, share=NAMED, seed="vault", before=before).lines
    assert [line for line in lines if "Since then" in line] == [line for line in lines if line.startswith("Qxana:")]
    file = render(after, Format.SVG, share=NAMED, seed="vault", before=before)
    assert words_of(file, Format.SVG) == set(MARK.findall("\n".join(lines)))
