"""Test vectors: faults in `vault.kin`, in key files, in what a person types."""

from __future__ import annotations

import json
from typing import Any

from builders.vector_parts import (
    KEYFILE,
    LAPTOP,
    OTHER_KEY,
    OTHER_ROOT,
    OTHER_VAULT,
    PASSPHRASE,
    PHONE,
    SHEET,
    SLOT_FILE,
    TABLET,
    Collection,
    Json,
    Pages,
    but,
    key_bytes,
    kin,
    opened,
    resum,
    slot,
    write,
)
from kinship.vault.identity import write_identity
from kinship.vault.recovery import ALPHABET, VERSION, remainder, write_recovery


def add_identities(to: Collection) -> None:
    file, whole = "vault.kin", but()
    to.add("kin/whole", "Nothing is wrong: the passphrase opens.", "ok", pages=whole)
    to.add("kin/whole-sheet", "Nothing is wrong: the sheet opens.", "ok", pages=whole, secret=opened())
    for secret, by in (({"passphrase": PASSPHRASE}, "passphrase"), (opened(), "sheet")):
        to.add(
            f"kin/gone-{by}",
            "vault.kin is gone; segments prove the key.",
            "damaged",
            {"file": file, "remove": True},
            pages=whole,
            secret=secret,
        )
        to.add(
            f"kin/empty-{by}", "vault.kin is empty.", "damaged", {"file": file, "cut": 0}, pages=whole, secret=secret
        )
        to.add(
            f"kin/cut-{by}", "vault.kin was cut off.", "damaged", {"file": file, "cut": 50}, pages=whole, secret=secret
        )
        later = write(kin(version=2), file)
        to.add(
            f"kin/later-{by}",
            "vault.kin is of version 2: what is understood is read.",
            "newer",
            later,
            pages=whole,
            secret=secret,
        )
    for place, at in {
        "magic": 0,
        "version": 8,
        "reserved": 10,
        "vault": 20,
        "commitment": 40,
        "capture": 70,
        "sum": 100,
    }.items():
        to.add(
            f"kin/flipped-{place}",
            f"A bit of the {place} in vault.kin is flipped.",
            "damaged",
            {"file": file, "flip": at * 8 + 1},
            pages=whole,
        )
    to.add("kin/longer", "A byte stands behind vault.kin.", "damaged", {"file": file, "append": "00"}, pages=whole)
    to.add("kin/version-zero", "vault.kin says version 0.", "damaged", write(kin(version=0), file), pages=whole)
    to.add(
        "kin/reserved",
        "The reserved bytes of vault.kin are not zero.",
        "damaged",
        write(kin(reserved=7), file),
        pages=whole,
    )
    to.add(
        "kin/another-commitment",
        "vault.kin names another key, with a good checksum.",
        "damaged",
        write(kin(commitment=bytes(32)), file),
        pages=whole,
    )
    to.add(
        "kin/another-capture",
        "Somebody put a capture key of his own into vault.kin.",
        "damaged",
        write(kin(capture=bytes(32)), file),
        pages=whole,
    )
    foreign = write(write_identity(OTHER_KEY), file)
    to.add("kin/of-another-vault", "vault.kin is another vault's: no key file fits it.", "damaged", foreign)
    to.add(
        "kin/of-another-vault-sheet",
        "vault.kin is another vault's: the sheet is not its own.",
        "wrong key",
        foreign,
        secret=opened(),
    )
    bare = [{"file": f"log/{name}.seg", "remove": True} for name in (LAPTOP, PHONE, TABLET)]
    to.add(
        "kin/nothing-proves",
        "vault.kin and all segments are gone: nothing proves the key.",
        "damaged",
        {"file": file, "remove": True},
        *bare,
    )


def add_slots(to: Collection) -> None:
    whole = but()

    def one(name: str, says: str, outcome: str, fields: Json | bytes, pages: Pages = None, **more: Any) -> None:
        data = fields if isinstance(fields, bytes) else key_bytes(fields)
        to.add(f"keys/{name}", says, outcome, write(data, SLOT_FILE), pages=pages, **more)

    good = slot()
    flipped = {name: ("0" if good[name][0] != "0" else "1") + good[name][1:] for name in ("commit", "wrapped", "sum")}
    for name, value in flipped.items():
        one(f"flipped-{name}", f"A digit of `{name}` is another one.", "damaged", {**good, name: value})
    one(
        "altered-commit",
        "`commit` was altered and `sum` made to fit.",
        "wrong key",
        resum({**good, "commit": flipped["commit"]}),
    )
    one(
        "altered-wrapped",
        "`wrapped` was altered and `sum` made to fit.",
        "damaged",
        resum({**good, "wrapped": flipped["wrapped"]}),
    )
    one("altered-salt", "The salt was altered and `sum` made to fit.", "wrong key", slot(s="00" * 16))
    one(
        "flipped-salt",
        "A digit of the salt is another one.",
        "damaged",
        {**good, "kdf": {**good["kdf"], "s": "00" * 16}},
    )
    one("cut", "The key file was cut off.", "damaged", key_bytes(good)[:200])
    one("cut-sheet", "The key file was cut off: the sheet opens.", "ok", key_bytes(good)[:200], whole, secret=opened())
    one("empty", "The key file is empty.", "damaged", b"")
    one("no-json", "The key file is no JSON.", "damaged", b"kinship-key\n")
    one("list", "The key file is a list.", "damaged", b"[1]\n")
    one("deep", "The key file is nested without end.", "damaged", b"[" * 60_000)
    one(
        "field-twice",
        "A field stands twice in the key file.",
        "damaged",
        key_bytes(good).replace(b'"v": 1', b'"v": 1,\n "v": 1'),
    )
    one("too-cheap", "The key file asks for less work than the floor.", "refused", slot(m=32))
    one("too-few-passes", "The key file asks for no pass.", "refused", slot(t=0))
    one("no-lane", "The key file asks for no lane.", "refused", slot(p=0))
    one("too-much-memory", "The key file asks for more than 4 GiB.", "refused", slot(m=4 * 1024 * 1024 + 1))
    one("too-many-passes", "The key file asks for more than 64 passes.", "refused", slot(t=65))
    one("too-many-lanes", "The key file asks for more than 16 lanes.", "refused", slot(m=1024, p=17))
    one("later", "The key file is of version 2.", "newer", resum({**good, "v": 2}))
    one(
        "later-sheet",
        "The key file is of version 2: the sheet opens.",
        "ok",
        resum({**good, "v": 2}),
        whole,
        secret=opened(),
    )
    one("unknown-field", "The key file has a field more.", "damaged", resum({**good, "label": "mine"}))
    one("unknown-kind", "The key file is of a kind that nobody knows.", "damaged", resum({**good, "kind": "face"}))
    one("unknown-kdf", "The key file is stretched in another way.", "damaged", slot(n="scrypt"))
    one("text-for-number", "A number of the key file is a text.", "damaged", slot(m="64"))
    one("short-salt", "The salt is too short.", "damaged", slot(s="00" * 8))
    one("another-format", "The key file is of another format.", "damaged", resum({**good, "format": "another"}))
    one(
        "of-another-vault",
        "The only key file belongs to another vault.",
        "damaged",
        resum({**good, "vault": OTHER_VAULT.hex()}),
    )
    one(
        "reordered",
        "The fields stand in another order, without spaces.",
        "ok",
        json.dumps(dict(reversed(good.items()))).encode(),
        whole,
    )
    to.add("keys/none", "There is no key file.", "damaged", {"file": SLOT_FILE, "remove": True})
    to.add(
        "keys/none-sheet",
        "There is no key file: the sheet opens.",
        "ok",
        {"file": SLOT_FILE, "remove": True},
        pages=whole,
        secret=opened(),
    )
    to.add("keys/no-folder", "The folder of key files is gone.", "damaged", {"file": "keys", "remove": True})
    to.add(
        "keys/renamed",
        "The key file has another name.",
        "ok",
        {"file": SLOT_FILE, "rename": "keys/other.key"},
        pages=whole,
    )
    to.add(
        "keys/damaged-beside",
        "A damaged key file lies beside a whole one.",
        "ok",
        write(b"{", "keys/00.key"),
        pages=whole,
    )
    second = write(key_bytes(slot("another", seed="second")), "keys/77.key")
    to.add(
        "keys/second",
        "Two key files: the second passphrase opens too.",
        "ok",
        second,
        pages=whole,
        secret={"passphrase": "another"},
    )
    to.add(
        "keys/second-wrong",
        "Two key files, and a passphrase that is neither's.",
        "wrong key",
        second,
        secret={"passphrase": "neither"},
    )
    add_passphrases(to)


def add_passphrases(to: Collection) -> None:
    right = {"decomposed": "cafe\u0301 au lait", "no-break-space": "café\u00a0au\u3000lait"}
    for name, told in right.items():
        to.add(
            f"keys/typed-{name}",
            "The passphrase as another keyboard types it.",
            "ok",
            pages=but(),
            secret={"passphrase": told},
        )
    wrong = {
        "case": PASSPHRASE.upper(),
        "space": f"{PASSPHRASE} ",
        "empty": "",
        "compatibility": "ｃafé au lait",
        "zero-width": "café\u200b au lait",
    }
    for name, told in wrong.items():
        to.add(f"keys/wrong-{name}", "A passphrase that is not the same.", "wrong key", secret={"passphrase": told})
    both = {"passphrase": PASSPHRASE, "keyfile": KEYFILE.hex()}
    to.add("keys/keyfile", "Passphrase and keyfile open.", "ok", base="keyfile", secret=both, pages=but())
    to.add(
        "keys/keyfile-missing",
        "The keyfile is not given.",
        "wrong key",
        base="keyfile",
        secret={"passphrase": PASSPHRASE},
    )
    to.add(
        "keys/keyfile-wrong",
        "The keyfile is another one.",
        "wrong key",
        base="keyfile",
        secret={**both, "keyfile": "00"},
    )
    to.add(
        "keys/keyfile-passphrase-wrong",
        "The keyfile is right and the passphrase wrong.",
        "wrong key",
        base="keyfile",
        secret={**both, "passphrase": "x"},
    )
    to.add(
        "keys/keyfile-sheet", "The sheet opens without the keyfile.", "ok", base="keyfile", secret=opened(), pages=but()
    )
    to.add("keys/keyfile-idle", "A keyfile is given and the slot wants none.", "ok", secret=both, pages=but())


def sheet_of(values: list[int], version: str = VERSION) -> str:
    told = [ALPHABET.index(sign) for sign in version] + values
    return "".join(ALPHABET[value] for value in [*told, *remainder([*told, 0, 0, 0, 0, 0, 0])])


def add_sheets(to: Collection) -> None:
    plain = SHEET.replace("-", "")
    like = plain.replace("0", "o").replace("1", "l", 1).replace("1", "I")
    right = {"lower": SHEET.lower(), "bare": plain, "lookalikes": like, "spaces": SHEET.replace("-", " \u2013 ")}
    for name, text in right.items():
        to.add(f"sheet/{name}", "The recovery text, typed in another way.", "ok", secret=opened(text), pages=but())
    values = [ALPHABET.index(sign) for sign in plain]
    for place in (2, 9, 20, 33, 39):
        typo = plain[:place] + ALPHABET[values[place] ^ 5] + plain[place + 1 :]
        to.add(
            f"sheet/typo-{place:02}",
            f"Sign {place + 1} of the recovery text is wrong.",
            "mistyped",
            secret=opened(typo),
        )
    swapped = next(at for at in range(10, 30) if plain[at] != plain[at + 1])
    text = plain[:swapped] + plain[swapped + 1] + plain[swapped] + plain[swapped + 2 :]
    to.add("sheet/swapped", "Two neighbouring signs are swapped.", "mistyped", secret=opened(text))
    to.add("sheet/short", "A sign is missing.", "mistyped", secret=opened(plain[:-1]))
    to.add("sheet/long", "There is a sign too many.", "mistyped", secret=opened(plain + "0"))
    to.add(
        "sheet/no-such-sign", "There is a sign that no recovery text has.", "mistyped", secret=opened(plain[:-1] + "U")
    )
    to.add("sheet/later", "The recovery text is of form 2.", "newer", secret=opened(sheet_of(values[2:34], "K2")))
    to.add(
        "sheet/other", "The recovery text is another vault's.", "wrong key", secret=opened(write_recovery(OTHER_ROOT))
    )
