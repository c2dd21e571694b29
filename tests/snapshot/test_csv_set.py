from __future__ import annotations

import csv
import io
import re

from builders.circles import DAY, a_bond, a_circle, a_moment, crowd
from kinship.journal.model import AlterKind, Bond, Ring, Status
from kinship.snapshot.careful import careful
from kinship.snapshot.csv_set import csv_set, zipped
from kinship.snapshot.share import CAREFUL, ON_SCREEN, Share
from kinship.transfer import network_canvas

EGO = (
    "networkCanvasEgoUUID,networkCanvasCaseID,networkCanvasSessionID,networkCanvasProtocolName,"
    "sessionStart,sessionFinish,sessionExported,APP_VERSION,COMMIT_HASH"
)
EDGE = "edgeID,from,to,networkCanvasEgoUUID,networkCanvasUUID,networkCanvasSourceUUID,networkCanvasTargetUUID,strength"
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}")


def files(*bonds: Bond, share: Share = ON_SCREEN, ties: tuple[tuple[str, str], ...] = ()) -> dict[str, bytes]:
    return csv_set(careful(a_circle(*bonds, ties=ties), share, "vault"), share=share, seed="vault")


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def test_it_has_the_columns_of_network_canvas_in_their_order() -> None:
    told = files(a_bond("Ana"), a_bond("Choir", kind=AlterKind.GROUP), ties=(("ana", "choir"),))
    heads = {name.partition("_2025-11-22_")[2]: data.decode().partition("\r\n")[0] for name, data in told.items()}
    assert set(heads) == {"ego.csv", "attributeList_Person.csv", "attributeList_Group.csv", "edgeList_knows.csv"}
    assert heads["ego.csv"].startswith(EGO)
    assert heads["edgeList_knows.csv"] == EDGE
    assert heads["attributeList_Person.csv"].startswith("nodeID,networkCanvasEgoUUID,networkCanvasUUID,name,")
    assert heads["attributeList_Person.csv"] == heads["attributeList_Group.csv"]


def test_lines_end_as_the_standard_for_csv_has_it() -> None:
    for data in files(a_bond("Ana")).values():
        assert data.endswith(b"\r\n")
        assert data.count(b"\n") == data.count(b"\r\n")


def test_a_cell_is_true_false_or_empty_where_nothing_was_ever_marked() -> None:
    told = files(a_bond("Ana", gives=("listening",), moments=(a_moment("ana", "advice"),)), a_bond("Bea", ring=None))
    ana, bea = rows(told["kinship_2025-11-22_attributeList_Person.csv"])
    assert [ana[f"support_{word}"] for word in ("emotional", "listening", "practical", "advice", "identity")] == [
        "true", "true", "true", "true", "false",
    ]  # fmt: skip
    assert ana["moments_practical"] == "1"
    assert bea["support_emotional"] == bea["moments_practical"] == bea["ring"] == ""
    assert bea["counted"] == "true"


def test_strain_has_columns_only_where_it_leaves() -> None:
    bond = a_bond("Ana", strain=("drains",))
    assert "strain" not in b"".join(files(bond, share=CAREFUL).values()).decode()
    (ana,) = rows(files(bond)["kinship_2025-11-22_attributeList_Person.csv"])
    assert (ana["strain_drains"], ana["strain_conflict"]) == ("true", "false")


def test_ties_point_at_the_rows_of_people_by_number_and_by_code() -> None:
    told = files(a_bond("Ana"), a_bond("Bea"), a_bond("Cy"), ties=(("ana", "cy"),))
    people = {row["nodeID"]: row for row in rows(told["kinship_2025-11-22_attributeList_Person.csv"])}
    (tie,) = rows(told["kinship_2025-11-22_edgeList_knows.csv"])
    assert [people[tie["from"]]["name"], people[tie["to"]]["name"]] == ["Ana", "Cy"]
    assert tie["networkCanvasSourceUUID"] == people[tie["from"]]["networkCanvasUUID"]
    assert all(UUID.fullmatch(row["networkCanvasUUID"]) for row in people.values())
    assert len({row["networkCanvasEgoUUID"] for row in (*people.values(), tie)}) == 1


def test_the_set_can_be_taken_in_again() -> None:
    told = files(
        a_bond("Ana", ring=Ring.OUTER, gives=("listening",), status=Status.PAUSED),
        a_bond("Bea"),
        ties=(("ana", "bea"),),
    )
    plan = network_canvas.read(told, DAY)
    assert [one.name for one in plan.people] == ["Ana", "Bea"]
    said = {(one.field, one.value) for one in plan.people[0].said}
    assert {("ring", "outer"), ("status", "paused"), ("sector", "friends")} <= said
    assert "gives.listening" in {field for field, _ in said}
    assert len(plan.known) == 1
    assert plan.people[0].since == DAY


def test_a_zip_says_neither_when_nor_where_it_was_made() -> None:
    told = csv_set(crowd(4), share=ON_SCREEN, seed="vault")
    assert zipped(told) == zipped(dict(reversed(told.items())))
    assert b"\x00\x00\x21\x00" in zipped(told)
