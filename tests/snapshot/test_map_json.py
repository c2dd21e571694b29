from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from builders.circles import a_bond, a_circle, a_moment, crowd
from builders.exports import called
from builders.hostile import short_corpus
from builders.schema import faults
from kinship.journal.model import Circle
from kinship.snapshot import CAREFUL, ON_SCREEN, Format, NamesMode, Share, map_schema, render
from kinship.snapshot.map_json import MapFile, read_map_json

EVERYTHING = Share(names=NamesMode.FULL, strain=True, notes=True, exact_dates=True, no_contact=True, moments=True)
SCHEMA: dict[str, Any] = json.loads(map_schema())


def json_of(circle: Circle, share: Share = CAREFUL) -> bytes:
    return render(circle, Format.JSON, share=share, seed="vault")


@pytest.mark.parametrize("share", [CAREFUL, ON_SCREEN, EVERYTHING, Share(names=NamesMode.ROLES, moments=True)])
@pytest.mark.parametrize("count", [0, 1, 40, 150])
def test_every_map_follows_the_published_schema(count: int, share: Share) -> None:
    assert faults(json.loads(json_of(crowd(count), share)), SCHEMA, SCHEMA) == []


def test_the_schema_refuses_what_is_not_a_map() -> None:
    told = json.loads(json_of(crowd(3)))
    told["nodes"][0]["ring"] = "innermost"
    told["ties"] = [{"a": "", "b": "x", "strength": 4, "member": 1}]
    del told["as_of"]
    assert sorted(faults(told, SCHEMA, SCHEMA)) == [
        "map.nodes[0].ring: enum",
        "map.ties[0].a: minLength",
        "map.ties[0].member: type",
        "map.ties[0].strength: range",
        "map: as_of is missing",
    ]


def test_the_schema_and_the_values_know_the_same_fields() -> None:
    made = msgspec.json.schema(MapFile)["$defs"]
    for ours, theirs in (("node", "MapNode"), ("support", "Support"), ("moment", "Happened"), ("tie", "MapTie")):
        assert set(SCHEMA["$defs"][ours]["properties"]) == set(made[theirs]["properties"])
        assert set(SCHEMA["$defs"][ours]["required"]) == set(made[theirs]["required"])
    assert set(SCHEMA["properties"]) == set(made["MapFile"]["properties"])


@pytest.mark.parametrize("name", short_corpus().values(), ids=short_corpus())
def test_it_reads_back_whatever_the_name(name: str) -> None:
    file = read_map_json(json_of(a_circle(called(name)), EVERYTHING))
    assert len(file.nodes) == 1


def test_ids_are_those_of_the_vault_only_with_full_names() -> None:
    circle = a_circle(a_bond("Ana"), a_bond("Bea"), ties=(("ana", "bea"),))
    full = read_map_json(json_of(circle, EVERYTHING))
    assert {node.id for node in full.nodes} == {"ana", "bea"}
    assert (full.ties[0].a, full.ties[0].b) == ("ana", "bea")
    coded = read_map_json(json_of(circle))
    assert not {node.id for node in coded.nodes} & {"ana", "bea"}
    assert {coded.ties[0].a, coded.ties[0].b} == {node.id for node in coded.nodes}


def test_what_was_said_and_what_happened_stand_side_by_side() -> None:
    bond = a_bond(
        "Ana",
        gives=("listening",),
        receives=("time",),
        moments=(a_moment("ana"), a_moment("ana", days_ago=9), a_moment("ana", "advice")),
    )
    rows = read_map_json(json_of(a_circle(bond))).nodes[0].support
    assert [(row.subkind, row.direction.value, row.expected, row.moments) for row in rows] == [
        ("listening", "from_them", 2, 2),
        ("advice", "from_them", None, 1),
        ("time", "to_them", 2, 0),
    ]


def test_the_order_of_the_people_shows_nothing_of_the_vault() -> None:
    circle = crowd(20)
    turned = msgspec.structs.replace(circle, bonds=circle.bonds[::-1])
    share = Share(names=NamesMode.FULL)
    assert json_of(circle, share) == json_of(turned, share)
