"""Maps as other programs write them: made up here, in their shapes."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

MARTA = "11111111-aaaa-4bbb-8ccc-000000000001"
PAUL = "11111111-aaaa-4bbb-8ccc-000000000002"
CLUB = "11111111-aaaa-4bbb-8ccc-000000000003"
EGO = "99999999-aaaa-4bbb-8ccc-000000000009"


def alter(id_: int, name: str, **fields: Any) -> dict[str, Any]:
    """Return an alter of easyNWK with every field that it writes."""
    return {
        "id": id_, "name": name, "role": "", "roleDefault": True, "human": True,
        "currentGender": "nicht festgelegt", "genderDefault": True, "age": "", "note": "", "deceased": False,
        "edgeType": 1, "edgeTypeByUser": -1, "angle": 45.0, "distance": 20.0, "emoji": "", "conflict": False,
        "supportEmotional": 0, "supportInstrumental": 0, "supportInformational": 0, "supportSocial": 0,
        "supportLinking": 0,
    } | fields  # fmt: skip


def easynwk(*versions: tuple[str, list[dict[str, Any]], list[tuple[int, int]]]) -> bytes:
    """Return a record of dated versions, with the byte order mark that easyNWK writes."""
    ego = {"name": "Iris", "currentGender": "weiblich", "age": "45", "note": "", "emoji": ""}
    record = {
        "versions": [
            {
                "id": number,
                "title": "",
                "date": day,
                "nwk": {
                    "ego": ego,
                    "alteri": alteri,
                    "connections": [{"id1": a, "id2": b} for a, b in connections],
                },
            }
            for number, (day, alteri, connections) in enumerate(versions, 1)
        ],
        "currentVersion": 1,
        "size": "5",
    }
    return b"\xef\xbb\xbf" + json.dumps(record).encode()


def two_years() -> bytes:
    """Return a record in which somebody comes nearer, somebody goes, somebody dies and a tie ends."""
    marta = alter(1, "Marta", supportEmotional=3, role="Schwester", roleDefault=False)
    paul = alter(2, "Paul", angle=-45.0, distance=80.0, supportInformational=2)
    rex = alter(3, "Rex", human=False, edgeType=0, distance=40.0)
    hugo = alter(4, "Hugo", angle=135.0, distance=50.0, supportInstrumental=1, conflict=True)
    later = [
        marta | {"distance": 50.0, "supportEmotional": 2},
        paul | {"deceased": True, "edgeType": 0, "distance": 103.0},
        rex,
    ]
    return easynwk(("2023-02-01", [marta, paul, rex, hugo], [(1, 2), (1, 4)]), ("2024-02-01", later, [(1, 2)]))


def network_canvas(*, two_interviews: bool = False) -> dict[str, bytes]:
    """Return the CSV files of an interview, with CRLF line ends as Network Canvas writes them."""
    people = ["nodeID,networkCanvasEgoUUID,networkCanvasUUID,name,support_emotional,ring,circle,shoe_size"]
    people += [f"1,{EGO},{MARTA},Marta,true,inner,family,38", f'2,{EGO},{PAUL},"Paul ""P."" Orth",false,,work,']
    if two_interviews:
        people.append(f"1,{EGO[::-1]},{MARTA[::-1]},Somebody else,true,inner,family,40")
    groups = ["nodeID,networkCanvasEgoUUID,networkCanvasUUID,name", f"3,{EGO},{CLUB},The rowing club"]
    ties = ["edgeID,from,to,networkCanvasEgoUUID,networkCanvasUUID,networkCanvasSourceUUID,networkCanvasTargetUUID"]
    ties += [f"1,1,2,{EGO},x,{MARTA},{PAUL}", f"2,2,1,{EGO},y,{PAUL},{MARTA}", f"3,1,3,{EGO},z,,"]
    egos = ["networkCanvasEgoUUID,networkCanvasCaseID,sessionStart", f"{EGO},case-7,2024-03-05T10:30:00.000Z"]
    tables = {
        "case-7_ego.csv": egos,
        "case-7_attributeList_Person.csv": people,
        "case-7_attributeList_Organization.csv": groups,
        "case-7_edgeList_knows.csv": ties,
    }
    return {name: "\r\n".join([*rows, ""]).encode() for name, rows in tables.items()}


def zipped(files: dict[str, bytes]) -> bytes:
    """Return files as a zip archive."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return held.getvalue()


GRAPHML = b"""<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="d0" for="node" attr.name="name" attr.type="string"/>
  <key id="d1" for="node" attr.name="ring" attr.type="string"/>
  <key id="d2" for="node" attr.name="support_emotional" attr.type="boolean"/>
  <key id="d3" for="node" attr.name="shoe_size" attr.type="int"/>
  <key id="d4" for="edge" attr.name="weight" attr.type="double"/>
  <graph edgedefault="undirected">
    <node id="me"><data key="d0">Iris</data></node>
    <node id="a"><data key="d0">Marta</data><data key="d1">inner</data><data key="d2">true</data></node>
    <node id="b"><data key="d0">Paul</data><data key="d3">44</data></node>
    <node id="c"/>
    <edge source="me" target="a"/><edge source="a" target="b"><data key="d4">3</data></edge>
    <edge source="b" target="a"><data key="d4">1</data></edge><edge source="c" target="c"/>
  </graph>
</graphml>
"""

VCARD = b"""BEGIN:VCARD\r
VERSION:3.0\r
FN:Marta Orth\r
N:Orth;Marta;;;\r
NICKNAME:Mati,Marti\r
BDAY:1970-05-03\r
TEL;TYPE=cell:+43 660 1234567\r
NOTE:Met at the river\\, in May.\\nLikes\r
 tea.\r
END:VCARD\r
BEGIN:VCARD\r
VERSION:4.0\r
FN:The Rowing Club\r
KIND:group\r
END:VCARD\r
BEGIN:VCARD\r
VERSION:2.1\r
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg\r
BDAY:1604-02-29\r
EMAIL:joerg@example.org\r
END:VCARD\r
BEGIN:VCARD\r
VERSION:3.0\r
ORG:Town Library;Lending\r
END:VCARD\r
BEGIN:VCARD\r
VERSION:3.0\r
TEL:1\r
END:VCARD\r
"""
