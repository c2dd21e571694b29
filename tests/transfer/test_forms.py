"""Which form a file looks like is seen from its names and its first words; what looks like nothing is not guessed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from builders.journals_of_others import JRNL_ITSELF, MONTH, NOTES, everywhere, jrnl_encrypted, jrnl_one_encrypted
from builders.maps_of_others import zipped
from kinship.transfer.forms import LABELS, Form, guess


@pytest.mark.parametrize("form", everywhere())
def test_every_journal_is_known_again(tmp_path: Path, form: str) -> None:
    name, data, _ = everywhere()[form]
    (tmp_path / name).write_bytes(data)
    assert guess(tmp_path / name) is Form(form)


@pytest.mark.parametrize(
    ("name", "data", "form"),
    [
        ("sealed.txt", jrnl_encrypted(), Form.JRNL),
        ("newest", JRNL_ITSELF, Form.JRNL),
        ("old", jrnl_one_encrypted(), Form.JRNL),
        ("all.json", b'{"format": "kinship-journal", "version": 1}', Form.WHOLE),
        ("map.json", b'{"versions": [{"nwk": {"alteri": []}}]}', Form.EASYNWK),
        ("people", b"BEGIN:VCARD\r\nFN:Bea\r\nEND:VCARD\r\n", Form.CARDS),
        ("circle.xml", b'<?xml version="1.0"?><graphml xmlns="x"/>', Form.GRAPH),
        ("note.md", b"---\ndate: 2024-05-03\n---\nWords", Form.MARKDOWN),
        ("study.zip", zipped({"a_attributeList_Person.csv": b"x", "ego.csv": b"y"}), Form.NETWORK_CANVAS),
        ("books.zip", zipped({"data/2024-05.txt": MONTH.encode()}), Form.REDNOTEBOOK),
        ("photo.jpeg", b"\xff\xd8\xff\xe0" * 5, None),
        ("empty.zip", zipped({}), None),
        ("broken.zip", b"PK\3\4 nothing", None),
    ],
)
def test_a_file_is_known_by_its_words_or_not_at_all(tmp_path: Path, name: str, data: bytes, form: Form | None) -> None:
    (tmp_path / name).write_bytes(data)
    assert guess(tmp_path / name) is form


def test_folders_are_known_by_what_is_in_them(tmp_path: Path) -> None:
    for name, data in NOTES.items():
        file = tmp_path / "vault" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    days = tmp_path / "days" / "2024" / "05"
    days.mkdir(parents=True)
    (days / "03.txt").write_bytes(b"[2024-05-03 09:00] A\n")
    assert guess(tmp_path / "vault") is Form.MARKDOWN
    assert guess(tmp_path / "days") is Form.JRNL
    assert guess(tmp_path / "nothing") is None


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert guess(tmp_path / "pipe") is None


def test_every_form_has_a_label() -> None:
    assert set(LABELS) == set(Form)
