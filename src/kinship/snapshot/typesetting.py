"""Pages and pictures by typst, in memory: the only file that knows it.

A template is a file of `templates/`; what it shows goes in as JSON by `sys.inputs`, so that a name which looks like
code stays text. Nothing is written to disk, nothing is fetched, and a template can read no file but those given to it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from kinship.ground.errors import KinshipError
from kinship.privacy.text import clean

if TYPE_CHECKING:
    import typst

_MAIN = "main.typ"
_TEMPLATES = Path(str(resources.files("kinship.snapshot").joinpath("templates")))
PPI = 144
_MAKER = re.compile(rb"(/Creator \(|<xmp:CreatorTool>)(Typst [0-9.]+)")
"""Which program of which version made a PDF; it is blanked in its length, so that no offset in the file changes."""


def typeset_pdf(template: str, data: Mapping[str, object], *, files: Mapping[str, bytes] | None = None) -> bytes:
    """Return a tagged PDF of `template` (a file name in `templates/`), its properties empty.

    The template finds `data` by `json(bytes(sys.inputs.data))` and reads `files` by their names, as it does other
    templates; they are UTF-8 texts, such as SVG. The same fonts give the same bytes. Raises KinshipError, which never
    quotes what was to be set.
    """
    (document,) = _typeset(template, data, files or {}, "pdf", PPI)
    return _MAKER.sub(lambda found: found[1] + b" " * len(found[2]), document)


def typeset_png(
    template: str, data: Mapping[str, object], *, files: Mapping[str, bytes] | None = None, ppi: float = PPI
) -> bytes:
    """Return the one page of `template` as a PNG of `ppi` pixels to the inch; else as `typeset_pdf`."""
    pages = _typeset(template, data, files or {}, "png", ppi)
    if len(pages) != 1:
        raise KinshipError("The picture does not fit on one page.")
    return pages[0]


@cache
def fonts() -> typst.Fonts:
    """Return the fonts of this machine and those that typst brings, looked up once."""
    import typst  # noqa: PLC0415 - 34 MB, late

    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=True)


def _typeset(
    template: str, data: Mapping[str, object], files: Mapping[str, bytes], format_: Literal["pdf", "png"], ppi: float
) -> list[bytes]:
    import typst  # noqa: PLC0415 - 34 MB, late

    sources = {path.name: path.read_bytes() for path in sorted(_TEMPLATES.glob("*.typ"))}
    given = {**sources, **files, _MAIN: sources[template]}
    inputs = {"data": json.dumps(_harmless(data), ensure_ascii=False)}
    # The stubs know neither several files nor several pages.
    compiled = cast("Callable[..., tuple[bytes | list[bytes], object]]", typst.compile_with_warnings)
    try:
        made, _ = compiled(
            given, root=str(_TEMPLATES), font_paths=fonts(), format=format_, ppi=float(ppi), sys_inputs=inputs
        )
    except RuntimeError:
        # Its message may quote what was to be set, so that it is not passed on.
        raise KinshipError("The page could not be typeset.", "SVG, HTML and text need no typesetting.") from None
    return made if isinstance(made, list) else [made]


def _harmless(value: object) -> object:
    """Return `value` with nothing in its texts that JSON, typst or a viewer could trip over."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {str(key): _harmless(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_harmless(one) for one in value]
    return value
