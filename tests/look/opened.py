"""`make look`, third part: exported maps and documents opened by the programs that people will open them with.

Chromium (phone, desktop, dark, paper) with axe-core, pandas and igraph: what is not on the machine is fetched into
`look/` by npm and pip, never into the program's environment, and what cannot be had is skipped by name.
"""

from __future__ import annotations

import html as markup
import json
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from builders.circles import a_bond, a_circle, crowd
from builders.documents import documents
from kinship.journal.model import Circle, Ring, Status
from kinship.snapshot import ON_SCREEN, Format, render
from kinship.snapshot.documents import Written, written
from kinship.snapshot.export import Look, Style

TOP = Path(__file__).resolve().parent.parent.parent
FOLDER = TOP / "look" / "maps"
WIDTHS = {"phone": (390, 844), "desktop": (1280, 900)}
CROWDS = (1, 40, 150)
SCRIPTS = ("Ελένη", "Наташа", "مريم الزهراء", "שירה", "山田 太郎", "김민준", "हिन्दी", "👩‍👩‍👧 Familie")
DOCUMENTS = ("sheet", "book", "person")
READERS = ("pandas", "igraph")
FIRST_UNKNOWN = 0x590
"""Letters from here on (Hebrew, Arabic, Asia's) have estimated widths, which a viewer fits."""
SPARE = 1.1
"""How much wider than said a name may come out in a reader's fonts before it touches what is beside it."""

MEASURE = """
(async () => {
const map = document.querySelector('svg.map');
if (map) map.style.cssText = `max-height: none; width: ${map.viewBox.baseVal.width}px`;
const texts = map ? [...map.querySelectorAll('text[textLength]')] : [];
const said = texts.map(text => parseFloat(text.getAttribute('textLength')));
for (const text of texts) text.removeAttribute('textLength');
await document.fonts.ready;
await new Promise(done => setTimeout(done, 200));
const own = texts.map((text, index) => ({words: text.textContent, ratio: text.getComputedTextLength() / said[index]}));
if (map) map.style.cssText = '';
const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
axe.run(document).then(told => parent.postMessage({
  wide, own, violations: told.violations.map(one => `${one.id}: ${one.nodes[0].html.slice(0, 120)}`),
  passes: told.passes.length,
}, '*'));
})();
"""
READ_TABLES = """
import json, pathlib, sys
import igraph, pandas
folder = pathlib.Path(sys.argv[1])
people = pandas.read_csv(next(folder.glob("*_attributeList_Person.csv")))
ties = pandas.read_csv(next(folder.glob("*_edgeList_knows.csv")))
graph = igraph.Graph.Read_GraphML(str(folder / "map.graphml"))
print(json.dumps({
    "people": len(people), "ties": len(ties), "columns": list(people.columns)[:4], "edges": list(ties.columns),
    "type": str(people["support_emotional"].dropna().map(type).iloc[0].__name__),
    "nodes": graph.vcount(), "known": graph.ecount(), "attributes": sorted(graph.vs.attributes()),
    "truth": type(graph.vs[0]["support_emotional"]).__name__, "names": graph.vs["name"][:3],
}))
"""


@dataclass(frozen=True)
class Seen:
    """What a browser made of a page."""

    violations: list[str]
    widest: float
    """The largest ratio of a name's own width to what was said, among the scripts that the width table knows."""
    where: str
    """Whose name that is."""
    sideways: int
    """Pixels by which the page is wider than the screen."""

    @property
    def good(self) -> bool:
        return not self.violations and self.widest <= SPARE and self.sideways <= 0


class Browser:
    """Chromium without a window, and axe-core."""

    def __init__(self, program: str, axe: str) -> None:
        self.program, self.axe = program, axe

    def run(self, page: Path, *options: str, dark: bool = False) -> str:
        command = [self.program, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", *options]
        command += [f"--blink-settings=preferredColorScheme={0 if dark else 1}", page.as_uri()]
        done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
        return done.stdout

    def judge(self, page: str, size: tuple[int, int], *, dark: bool = False) -> Seen:
        """Return what axe-core and the measuring of every name say of a page at a size."""
        open_page = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
        inside = f"{open_page}<script>{self.axe}</script><script>{MEASURE}</script>"
        frame = FOLDER / "frame.html"
        frame.write_text(
            "<!DOCTYPE html><title>frame</title><script>onmessage = told => {"
            "document.body.textContent = JSON.stringify(told.data)}</script>"
            f'<iframe width="{size[0]}" height="{size[1]}" srcdoc="{markup.escape(inside)}"></iframe>',
            encoding="utf-8",
        )
        shown = self.run(frame, "--dump-dom", "--virtual-time-budget=60000", dark=dark)
        frame.unlink()
        told = json.loads(markup.unescape(shown[shown.index("<body>") + 6 : shown.index("</body>")]))
        known = [(one["ratio"], one["words"]) for one in told["own"] if max(map(ord, one["words"])) < FIRST_UNKNOWN]
        widest, where = max(known, default=(1.0, "nobody"))
        return Seen(told["violations"], widest, where, told["wide"])

    def runs_scripts(self, page: str) -> bool:
        """Return whether a script that somebody put into the page would run."""
        path = FOLDER / "scripted.html"
        path.write_text(page.replace("</h1>", "</h1><script>document.title = 'it ran'</script>"), encoding="utf-8")
        shown = self.run(path, "--dump-dom")
        path.unlink()
        return "<title>it ran</title>" in shown


def main() -> int:
    """Write the maps, open them, and print what was seen; 1 where something is not as it must be."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    _write()
    _write_documents()
    browser = _browser()
    opened = [*_in_a_browser(browser), *_documents_in_a_browser(browser)] if browser is not None else []
    return 1 if any([*opened, *_in_readers()]) else 0


def _circles() -> Iterator[tuple[str, Circle, Circle | None]]:
    for count in CROWDS:
        yield f"map-{count}", crowd(count), None
    yield (
        "scripts",
        a_circle(*(a_bond(name, ring=ring) for name, ring in zip(SCRIPTS, [*Ring] * 3, strict=False))),
        None,
    )
    later = crowd(44)
    moved = [
        msgspec.structs.replace(bond, ring=Ring.INNER) if index % 9 == 4 else bond
        for index, bond in enumerate(later.bonds)
        if index not in (3, 17)
    ]
    moved[8] = msgspec.structs.replace(moved[8], status=Status.PAUSED)
    yield "two-days", Circle(later.as_of, tuple(moved), later.ties), crowd(40)


def _write() -> None:
    for name, circle, before in _circles():
        for format_ in (Format.SVG, Format.PNG, Format.PDF, Format.HTML):
            for style in (None, Style.DARK) if format_ in {Format.SVG, Format.PNG} else (None,):
                data = render(circle, format_, share=ON_SCREEN, seed="look", before=before, look=Look(style=style))
                path = FOLDER / f"{name}{f'-{style}' if style else ''}{format_.ending}"
                path.write_bytes(data)
                print(path.relative_to(TOP))


def _write_documents() -> None:
    """Write a sheet, a book and a person's page, each way there is."""
    with tempfile.TemporaryDirectory() as folder:
        for name, document in documents(Path(folder)):
            for form in Written:
                path = FOLDER / f"{name}{form.ending}"
                path.write_bytes(written(document, form))
                print(path.relative_to(TOP))


def _browser() -> Browser | None:
    """Return the browser; where it or axe-core cannot be had, that is said."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
    axe = _axe()
    if program is None or axe is None:
        print(f"SKIPPED: maps in a browser: {'no Chromium' if program is None else 'no axe-core by npm'}")
        return None
    return Browser(program, axe)


def _documents_in_a_browser(browser: Browser) -> Iterator[bool]:
    """Yield whether something was wrong with a document, check by check."""
    for name in DOCUMENTS:
        path = FOLDER / f"{name}.html"
        page = path.read_text(encoding="utf-8")
        for where, dark in (("phone", False), ("phone", True), ("desktop", False), ("desktop", True)):
            seen = browser.judge(page, WIDTHS[where], dark=dark)
            print(f"axe: {name} {where}{' dark' if dark else ''}: {seen.violations or 'no violation'}; ", end="")
            print(f"{max(0, seen.sideways)} px sideways")
            yield not seen.good
            picture = FOLDER / f"{name}-{where}{'-dark' if dark else ''}.png"
            size = f"--window-size={max(500, WIDTHS[where][0])},2400"
            browser.run(path, size, f"--screenshot={picture}", dark=dark)
        browser.run(path, f"--print-to-pdf={FOLDER / f'{name}-printed.pdf'}", "--no-pdf-header-footer")
        print(f"policy: a script put into the {name} {'RUNS' if browser.runs_scripts(page) else 'does not run'}")
        yield browser.runs_scripts(page)


def _in_a_browser(browser: Browser) -> Iterator[bool]:
    """Yield whether something was wrong with a map, check by check."""
    for name, _, _ in _circles():
        path = FOLDER / f"{name}.html"
        page = path.read_text(encoding="utf-8")
        for where, dark in (("phone", False), ("desktop", False), ("desktop", True)):
            size = WIDTHS[where]
            seen = browser.judge(page, size, dark=dark)
            print(f"axe: {name} {where}{' dark' if dark else ''}: {seen.violations or 'no violation'}; ", end="")
            print(f"names at most {seen.widest:.2f} of their room ({seen.where}), {max(0, seen.sideways)} px sideways")
            yield not seen.good
            picture = FOLDER / f"{name}-{where}{'-dark' if dark else ''}.png"
            browser.run(path, f"--window-size={max(500, size[0])},2400", f"--screenshot={picture}", dark=dark)
        browser.run(path, f"--print-to-pdf={FOLDER / f'{name}-printed.pdf'}", "--no-pdf-header-footer")
        browser.run(FOLDER / f"{name}.svg", "--window-size=1500,1700", f"--screenshot={FOLDER / f'{name}-svg.png'}")
    yield from _controls(browser, page)


def _controls(browser: Browser, page: str) -> Iterator[bool]:
    """Yield whether a check would miss what it is for."""
    bare = page.replace('<html lang="en">', "<html>").replace('textLength="', 'textLength="0.')
    noticed = browser.judge(bare, WIDTHS["desktop"])
    print(f"axe: a page without its language, with names wider than said: {'NOT ' if noticed.good else ''}noticed")
    yield noticed.good or noticed.widest <= SPARE or not noticed.violations
    ran, bare_ran = browser.runs_scripts(page), browser.runs_scripts(page.replace("Content-Security-Policy", "x"))
    print(f"policy: a script put into the page {'RUNS' if ran else 'does not run'}; without the policy it ", end="")
    print("runs" if bare_ran else "DOES NOT RUN")
    yield ran or not bare_ran


def _axe() -> str | None:
    """Return the source of axe-core, fetched once by npm."""
    home = TOP / "look" / "npm"
    source = home / "node_modules" / "axe-core" / "axe.min.js"
    npm = shutil.which("npm")
    if not source.exists() and npm is not None:
        home.mkdir(parents=True, exist_ok=True)
        command = [npm, "install", "--prefix", str(home), "--ignore-scripts", "--no-audit", "--no-fund", "axe-core"]
        subprocess.run(command, check=False, capture_output=True, timeout=300)
    return source.read_text(encoding="utf-8") if source.exists() else None


def _in_readers() -> Iterator[bool]:
    python = _readers()
    if python is None:
        print(f"SKIPPED: tables and graphs: {' and '.join(READERS)} cannot be installed into look/env")
        return
    folder = FOLDER / "tables"
    folder.mkdir(exist_ok=True)
    circle = crowd(40)
    shutil.unpack_archive(
        _written(folder / "map.zip", render(circle, Format.CSV, share=ON_SCREEN, seed="look")), folder
    )
    _written(folder / "map.graphml", render(circle, Format.GRAPHML, share=ON_SCREEN, seed="look"))
    done = subprocess.run([python, "-c", READ_TABLES, str(folder)], check=True, capture_output=True, text=True)
    told: dict[str, Any] = json.loads(done.stdout)
    print(f"pandas: {told['people']} people, {told['ties']} ties, support_emotional as {told['type']}")
    print(f"igraph: {told['nodes']} nodes, {told['known']} ties, {len(told['attributes'])} attributes of each node")
    yield told["nodes"] != len(circle.bonds) or told["known"] != len(circle.ties) or told["type"] != "bool"
    yield told["columns"] != ["nodeID", "networkCanvasEgoUUID", "networkCanvasUUID", "name"]
    yield told["edges"][:3] != ["edgeID", "from", "to"] or told["truth"] != "bool"


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def _readers() -> str | None:
    """Return a Python that has pandas and igraph, in an environment made once for them alone."""
    home = TOP / "look" / "env"
    python = home / "bin" / "python"
    if not python.exists():
        venv.create(home, with_pip=True)
        subprocess.run([str(python), "-m", "pip", "-q", "install", *READERS], check=False, capture_output=True)
    has = subprocess.run([str(python), "-c", f"import {', '.join(READERS)}"], check=False, capture_output=True)
    return str(python) if has.returncode == 0 else None


if __name__ == "__main__":
    sys.exit(main())
