from __future__ import annotations

import json
from pathlib import Path

import pytest
import typst
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib.tables._g_l_y_f import Glyph

from kinship.snapshot import fonts
from kinship.snapshot.fonts import missing_scripts, sentences_of


@pytest.fixture
def only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer whose one font has the Hebrew letters and no others."""
    letters = range(0x5D0, 0x5EB)
    builder = FontBuilder(1000)
    names = [".notdef", *(f"g{code}" for code in letters)]
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({code: f"g{code}" for code in letters})
    builder.setupGlyf(dict.fromkeys(names, Glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (500, 0)))
    builder.setupHorizontalHeader()
    builder.setupNameTable({"familyName": "One", "styleName": "Regular"})
    builder.setupOS2()
    builder.setupPost()
    path = tmp_path / "one.ttf"
    builder.save(path)
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"no font")
    monkeypatch.setattr(fonts, "_faces", lambda: ((str(broken), 0), (str(path), 0)))


@pytest.mark.usefixtures("only")
def test_scripts_that_no_font_has_are_named() -> None:
    assert missing_scripts("Ana שירה مريم 小林さくら 김민준 👩‍👩‍👧 हिन्दी") == (
        "Arabic",
        "Chinese",
        "Devanagari",
        "emoji",
        "Japanese",
        "Korean",
    )


@pytest.mark.usefixtures("only")
def test_scripts_that_a_font_has_are_not() -> None:
    assert missing_scripts("שירה") == ()


@pytest.mark.usefixtures("only")
@pytest.mark.parametrize("name", ["Ana", "Zoë Łukasz", "Ελένη", "Наташа", "e\u0301", "a\u200db\ufe0f", ""])
def test_what_the_typesetter_brings_needs_no_font_of_the_computer(name: str) -> None:
    assert missing_scripts(name) == ()


@pytest.mark.usefixtures("only")
@pytest.mark.parametrize(("sign", "said"), [("\U0001fabf", "emoji"), ("\ue000", "signs"), ("☕", "signs")])
def test_signs_of_no_script_are_missed_too(sign: str, said: str) -> None:
    assert missing_scripts(f"Ana {sign}") == (said,)


def test_what_is_said_to_be_always_there_is_what_the_typesetter_brings() -> None:
    """PDF/A lets no text out that has no glyph, so that the typesetter itself says what is missing."""
    sure = typst.Fonts(include_system_fonts=False)
    letters = json.dumps([chr(code) for code in sorted(fonts._ALWAYS)])
    source = b"#set document(date: datetime(year: 2020, month: 1, day: 1))\n#for c in json(bytes(sys.inputs.d)) [#c ]"
    made = typst.compile(source, font_paths=sure, format="pdf", pdf_standards=["a-2b"], sys_inputs={"d": letters})
    assert made.startswith(b"%PDF")
    with pytest.raises(typst.TypstError, match="could not be displayed"):
        typst.compile(source, font_paths=sure, format="pdf", pdf_standards=["a-2b"], sys_inputs={"d": '["山"]'})


def test_what_is_missing_is_one_sentence_that_says_what_to_do() -> None:
    (said,) = sentences_of(("Arabic", "emoji"))
    assert "Arabic and emoji" in said
    assert "SVG or HTML" in said
    assert not list(sentences_of(()))
