"""From what a person has (passphrase, keyfile, sheet, this computer's keyring) to the proved root secret of a vault."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from msgspec import Struct

from kinship.ground.errors import Damaged, KinshipError, NewerVault, Refused, WrongPassphrase
from kinship.vault import crypto, durable, key_copies, slots
from kinship.vault.crypto import Key, master_key
from kinship.vault.identity import NAME, Identity, read_identity
from kinship.vault.keyring_slot import SecretStore
from kinship.vault.log import FOLDER as LOG
from kinship.vault.recovery import read_recovery
from kinship.vault.segment import HEADER_BYTES, Header, Kind, read_header, vault_of
from kinship.vault.slots import FLOOR, Slot
from kinship.vault.state import DERIVATION
from kinship.vault.values import KdfCost

_BY_SHEET = "Open it with the recovery sheet."


class Root(Struct, frozen=True):
    """A vault's root secret, just long enough to derive a key from it, to wrap it again or to print it."""

    secret: bytes
    vault: bytes
    slot: str | None = None
    """Id of the slot it came out of; None for the printed sheet."""

    def __repr__(self) -> str:
        return f"Root(of vault {self.vault.hex()})"

    def key(self) -> Key:
        """Return the master key."""
        return master_key(self.secret, self.vault, self.slot)


class Terms(Struct, frozen=True):
    """What is allowed on the way to a root secret."""

    floor: KdfCost = FLOOR
    """The cheapest slot that is accepted."""
    heavy: bool = False
    """A slot that takes more than a GiB or about half a minute."""
    later: bool = False
    """A vault of a later version, which is only read."""
    copies: bool = False
    """This computer's copies of key files, where the vault has no readable one."""


STRICT = Terms()


def root_by_passphrase(
    path: Path, passphrase: str, *, state: Path, keyfile: bytes | None = None, terms: Terms = STRICT
) -> Root:
    """Return the root secret that a passphrase (and a keyfile, where one is given) opens; slow on purpose.

    The slot that opened last is tried first. Raises WrongPassphrase when no slot opens, Damaged when none can be
    read, Refused for what costs too little or too much, TooHeavy for what wants a yes first.
    """
    if keyfile is not None:
        slots.check_keyfile(keyfile)
    readable, problems = read_slots(path, later=terms.later)
    if not readable and terms.copies:
        readable, problems = key_copies.read(_copies(path, state, terms)), []
    if not readable:
        raise _no_slot(problems, copied=copies_would_do(path, state))
    usable = list(_usable(_in_order(readable, path, state, terms, keyfile), problems, terms))
    if not usable:
        raise (
            _worst(problems)
            if problems
            else WrongPassphrase(
                "This vault wants its keyfile beside the passphrase.", "Name it with --keyfile or KINSHIP_KEYFILE."
            )
        )
    with derivations(state):
        for slot in usable:
            secret = slots.open_slot(slot, passphrase, keyfile)
            if secret is not None:
                root = proved(path, Root(secret, bytes.fromhex(slot.vault), slot.id), later=terms.later)
                key_copies.note_last(state, root.vault, slot.id)
                return root
    heavy = next((problem for problem in problems if isinstance(problem, slots.TooHeavy)), None)
    if heavy is not None:
        raise heavy
    raise WrongPassphrase(_what_was_wrong(readable, problems, keyfile), "Try again, or open it with the sheet.")


def root_by_sheet(path: Path, text: str, *, later: bool = False) -> Root:
    """Return the root secret on a printed sheet; writes nothing.

    Raises Misused for a typo, WrongPassphrase for another vault's sheet.
    """
    secret = read_recovery(text)
    *others, last = _vault_ids(path, later=later)
    for vault in others:
        with suppress(WrongPassphrase, Damaged):
            return proved(path, Root(secret, vault), later=later)
    return proved(path, Root(secret, last), later=later)


def root_by_device(path: Path, store: SecretStore, *, state: Path, later: bool = False) -> Root | None:
    """Return the root secret that this computer's keyring opens, None where it has no slot or no secret for it."""
    vault = vault_id(path, later=later)
    for slot in key_copies.read(key_copies.device_folder(state, vault)):
        secret = store.get(slot.id)
        opened = None if secret is None else slots.open_device_slot(slot, secret)
        if opened is not None:
            return proved(path, Root(opened, vault, slot.id), later=later)
    return None


def _copies(path: Path, state: Path, terms: Terms) -> Path:
    return key_copies.copies_folder(state, vault_id(path, later=terms.later))


def _in_order(readable: list[Slot], path: Path, state: Path, terms: Terms, keyfile: bytes | None) -> Iterator[Slot]:
    """Yield what may open with what is given, the one that opened last first, then those that take the keyfile."""
    last = key_copies.last(state, vault_id(path, later=terms.later))
    fitting = [slot for slot in readable if slot.kind == slots.PASSPHRASE or keyfile is not None]
    ordered = sorted(fitting, key=lambda slot: (slot.id != last, slot.kind == slots.PASSPHRASE))
    yield from ordered[: slots.MOST_TRIED]


def _usable(ordered: Iterator[Slot], problems: list[KinshipError], terms: Terms) -> Iterator[Slot]:
    for slot in ordered:
        try:
            slots.check_cost(slot, terms.floor, heavy=terms.heavy)
        except Refused as error:
            problems.append(error)
        else:
            yield slot


def _what_was_wrong(readable: list[Slot], problems: list[KinshipError], keyfile: bytes | None) -> str:
    also = f" {len(problems)} of its key files cannot be used." if problems else ""
    wanting = any(slot.kind == slots.KEYFILE for slot in readable)
    if keyfile is not None:
        return f"Passphrase and keyfile do not open this vault.{also}"
    return f"That is not the passphrase of this vault{', or its keyfile is missing' if wanting else ''}.{also}"


def _worst(problems: list[KinshipError]) -> KinshipError:
    for kind in (slots.TooHeavy, Refused, NewerVault):
        for problem in problems:
            if isinstance(problem, kind):
                return problem
    return Damaged(f"{problems[0].message} No key file can be read.", _BY_SHEET)


def _no_slot(problems: list[KinshipError], *, copied: bool) -> KinshipError:
    worst = _worst(problems) if problems else Damaged("The vault has no key file.", _BY_SHEET)
    if not copied or not isinstance(worst, Damaged):
        return worst
    return Damaged(worst.message, "This computer kept copies; commands ask before they use them: kinship list")


def copies_would_do(path: Path, state: Path) -> bool:
    """Return whether the vault has no readable key file left, and this computer has a copy of one."""
    try:
        readable, _ = read_slots(path, later=False)
        return not readable and bool(key_copies.read(key_copies.copies_folder(state, vault_id(path, later=False))))
    except (KinshipError, OSError):
        return False


@contextmanager
def derivations(state: Path) -> Iterator[None]:
    """Let one derivation run at a time: ten commands at once must not need ten times the memory."""
    with ExitStack() as held:
        with suppress(OSError):
            durable.make_folder(state)
            held.enter_context(durable.locked(state / DERIVATION))
        yield


def identity_of(path: Path, *, later: bool) -> Identity | None:
    """Return what `vault.kin` says, None where it is damaged or gone. Raises NewerVault unless `later` will do."""
    try:
        return read_identity(path)
    except NewerVault:
        if not later:
            raise
        return None
    except (OSError, Damaged):
        return None


def read_slots(path: Path, *, later: bool) -> tuple[list[Slot], list[KinshipError]]:
    """Return the slots in the vault's `keys/`, and what is wrong with those that cannot be read."""
    readable: list[Slot] = []
    problems: list[KinshipError] = []
    identity = identity_of(path, later=later)
    vault = None if identity is None else identity.vault.hex()
    for file in sorted((path / slots.FOLDER).glob(f"*{slots.ENDING}")):
        try:
            slot = slots.read_slot(file)
        except (Damaged, NewerVault) as error:
            problems.append(error)
        else:
            if slot.kind != slots.DEVICE and vault in (None, slot.vault):
                readable.append(slot)
    return readable, problems


def vault_id(path: Path, *, later: bool) -> bytes:
    """Return which vault this is, by `vault.kin`, a key file or a segment. Raises Damaged where none of them says."""
    return _vault_ids(path, later=later)[0]


def _vault_ids(path: Path, *, later: bool) -> list[bytes]:
    """Return which vault this may be: without `vault.kin`, a file of another one may lie among its own."""
    identity = identity_of(path, later=later)
    if identity is not None:
        return [identity.vault]
    readable, _ = read_slots(path, later=later)
    told = [bytes.fromhex(slot.vault) for slot in readable]
    told += [vault for file in sorted((path / LOG).glob("*")) if (vault := vault_of(head_of(file))) is not None]
    if not told:
        raise Damaged(
            "The vault does not say which one it is.",
            f"{NAME}, all key files and all writing sessions are damaged or gone.",
        )
    return list(dict.fromkeys(told))


def proved(path: Path, root: Root, *, later: bool) -> Root:
    """Return `root` if it is this vault's, by `vault.kin` or else by any segment's header."""
    key = root.key()
    identity = identity_of(path, later=later)
    if identity is not None and crypto.same(identity.commitment, key.commitment):
        return root
    if not any(opens(key, file) for file in (path / LOG).glob("*")):
        if identity is not None:
            raise WrongPassphrase("That opens another vault, not this one.", "Look for this vault's own.")
        raise Damaged(f"{NAME} is damaged or gone, and no writing session proves that this is the key.")
    return root


def opens(key: Key, file: Path) -> bool:
    """Return whether a segment was written under `key`."""
    return isinstance(read_header(key, Kind.LOG, head_of(file)), Header)


def head_of(file: Path, most: int = HEADER_BYTES) -> bytes:
    """Return the first bytes of a file, none where it cannot be read."""
    try:
        return durable.read_regular(file, most=most)
    except OSError:
        return b""
