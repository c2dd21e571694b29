"""A running program on one copy of a vault, which does what it is told line by line; for tests of syncing.

Arguments: vault, state, name of the computer. The key is the first line of standard input; then JSON lists come, and
each is answered by one line of JSON: ["write", text], ["edit", page, text], ["together", page], ["look"], ["read"].
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from builders.devices import called
from kinship.ground.clock import SystemClock
from kinship.journal.conflicts import find_conflict
from kinship.journal.journal import Journal, PageText
from kinship.vault import Key, open_vault


def answer(journal: Journal, what: str, *told: str) -> Any:
    if what == "write":
        return journal.keep_page(PageText(body=told[0])).made["entries"][0]
    if what == "edit":
        return bool(journal.keep_page(PageText(id=told[0], body=told[1])))
    if what == "together":
        return bool(journal.settle_together(find_conflict(journal.conflicts(), told[0])))
    if what == "look":
        return journal.refresh() is not None
    return {
        "pages": {entry.id: entry.body for entry in journal.pages.all()},
        "conflicts": {
            one.id: {version.device: version.body for version in one.versions} for one in journal.conflicts()
        },
        "notices": [notice.sentence for notice in journal.vault.notices],
    }


def main() -> None:
    identity, master = sys.stdin.readline().split()
    clock = SystemClock()
    key = Key(bytes.fromhex(identity), bytes.fromhex(master))
    with (
        called(sys.argv[3]),
        open_vault(Path(sys.argv[1]), key, state=Path(sys.argv[2]), clock=clock) as vault,
    ):
        journal = Journal(vault, clock)
        for line in sys.stdin:
            print(json.dumps(answer(journal, *json.loads(line))), flush=True)  # noqa: T201 - the answer


if __name__ == "__main__":
    main()
