"""Makes the test vectors of the vault format: whole little vaults (`bases/`) and single faults in them.

    PYTHONPATH=tests python tests/vectors/make.py

Everything comes from fixed randomness, so that the same files come out. Expected outcomes are stated by hand in
`builders/vectors_of_*.py`; nothing is taken over from what a reader says.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from builders.vector_parts import Collection, Json, bases
from builders.vectors_of_frames import add_ends, add_frames
from builders.vectors_of_headers import add_headers
from builders.vectors_of_keys import add_identities, add_sheets, add_slots
from builders.vectors_of_merges import add_merges
from builders.vectors_of_records import add_bodies

HERE = Path(__file__).parent


def collect() -> dict[str, Json]:
    """Return every vector by name."""
    found = Collection()
    for add in (add_identities, add_slots, add_sheets, add_headers, add_frames, add_ends, add_bodies, add_merges):
        add(found)
    return found.vectors


def files() -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of everything that lies in this folder beside this program."""
    for name, base in bases().items():
        for path, data in base.items():
            yield f"bases/{name}/{path}", data
    for name, vector in collect().items():
        yield f"{name}.json", json.dumps(vector, indent=1, ensure_ascii=True).encode() + b"\n"


def make(folder: Path) -> None:
    """Write all vectors into `folder`, and nothing else stays in their place."""
    made = dict(files())
    for old in folder.iterdir():
        if old.is_dir() and old.name != "notes":
            shutil.rmtree(old)
    for name, data in made.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


if __name__ == "__main__":
    make(HERE)
    sys.stdout.write(f"{len(collect())} vectors\n")
