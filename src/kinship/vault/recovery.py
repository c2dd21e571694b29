"""The recovery text: the root secret as ten printed groups of four, with a checksum that names a typo's group.

Crockford's base32 with six check symbols of a BCH code over GF(32): its generator has the roots b^0, b^1, b^2, b^3
for an element b of order 93 in GF(1024), so that any four wrong symbols are found (Bose & Ray-Chaudhuri 1960) and a
single one is located.
"""

from __future__ import annotations

from kinship.ground.errors import Misused, NewerVault
from kinship.vault.values import RecoveryText

ROOT_BYTES = 20
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
VERSION = "K1"
GROUP = 4
DATA = 32
CHECK = 6
LENGTH = len(VERSION) + DATA + CHECK
GENERATOR = (13, 16, 21, 31, 18, 4)
"""Coefficients below the leading one, highest power first, in GF(32) = GF(2)[x] / (x^5 + x^2 + 1)."""

_LOOKALIKES = str.maketrans("OIL", "011")
_VALUES = {symbol: value for value, symbol in enumerate(ALPHABET)}


def _tables() -> tuple[list[int], dict[int, int]]:
    powers = [1]
    while len(powers) < len(ALPHABET) - 1:
        double = powers[-1] << 1
        powers.append(double ^ 0b100101 if double & 0b100000 else double)
    return powers, {value: power for power, value in enumerate(powers)}


_POWERS, _LOGS = _tables()


def _times(one: int, other: int) -> int:
    return _POWERS[(_LOGS[one] + _LOGS[other]) % 31] if one and other else 0


def _divided(one: int, other: int) -> int:
    return _POWERS[(_LOGS[one] - _LOGS[other]) % 31] if one else 0


def _shifted(rest: list[int], symbol: int) -> list[int]:
    """Return (rest * x + symbol) modulo the generator."""
    lead = rest[0]
    return [one ^ _times(lead, factor) for one, factor in zip((*rest[1:], symbol), GENERATOR, strict=True)]


def remainder(symbols: list[int]) -> list[int]:
    """Return the symbols as a polynomial over GF(32), modulo the generator: all zero for an untouched text."""
    rest = [0] * CHECK
    for symbol in symbols:
        rest = _shifted(rest, symbol)
    return rest


def write_recovery(root: bytes) -> RecoveryText:
    """Return the printed form of the root secret (20 bytes)."""
    if len(root) != ROOT_BYTES:
        raise ValueError("a root secret has 20 bytes")
    number = int.from_bytes(root, "big")
    data = [number >> (5 * place) & 31 for place in reversed(range(DATA))]
    told = [_VALUES[symbol] for symbol in VERSION] + data
    told += remainder([*told, *[0] * CHECK])
    text = "".join(ALPHABET[value] for value in told)
    return "-".join(text[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def read_recovery(text: str) -> bytes:
    """Return the root secret of a typed recovery text; case, spaces and dashes do not matter.

    Raises Misused with the group that holds a typo, NewerVault for a text of a later form.
    """
    symbols = "".join(text.upper().translate({ord(mark): None for mark in " -\t\r\n\u2010\u2011\u2012\u2013\u2014"}))
    symbols = symbols.translate(_LOOKALIKES)
    for place, symbol in enumerate(symbols):
        if symbol not in _VALUES:
            raise Misused(f"Group {place // GROUP + 1} holds a sign that no recovery text has.", "Type it again.")
    if len(symbols) != LENGTH:
        raise Misused(f"A recovery text has {LENGTH} signs in ten groups of four; this one has {len(symbols)}.")
    values = [_VALUES[symbol] for symbol in symbols]
    if any(remainder(values)):
        raise _mistyped(values)
    if not symbols.startswith(VERSION):
        raise NewerVault("This recovery text was made by a later kinship.")
    number = 0
    for value in values[len(VERSION) : -CHECK]:
        number = number << 5 | value
    return number.to_bytes(ROOT_BYTES, "big")


def _mistyped(values: list[int]) -> Misused:
    place = typo_place(values)
    if place is None:
        return Misused(
            "More than one sign of the recovery text is wrong.", "Compare it with the sheet, group by group."
        )
    return Misused(f"A sign in group {place // GROUP + 1} of the recovery text is wrong.", "Type that group again.")


def typo_place(values: list[int]) -> int | None:
    """Return where the one wrong symbol stands, None where it cannot be a single one."""
    syndrome = remainder(values)
    unit = remainder([1])
    for place in reversed(range(LENGTH)):
        known = next(at for at in range(CHECK) if unit[at])
        error = _divided(syndrome[known], unit[known])
        if error and [_times(error, one) for one in unit] == syndrome:
            return place
        unit = _shifted(unit, 0)
    return None
