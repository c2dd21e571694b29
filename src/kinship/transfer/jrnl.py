"""Journals of jrnl: its text file (of any time format), and that file encrypted with a password."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from kinship.ground.errors import Misused, Refused, WrongPassphrase
from kinship.privacy.text import clean
from kinship.transfer.entries import MOST_PAGES, Asides, Page, Pages, ref_of
from kinship.transfer.entry_text import as_tag
from kinship.transfer.files import text_of
from kinship.transfer.whens import LONGEST, Order, When, read_form, read_when

SOURCE = "Pages from jrnl"
SYMBOLS = "@"
"""What a tag begins with, unless jrnl was set otherwise."""
_HEAD = re.compile(r"^\[([^\[\]\n]{4,64})\](?: |$)", re.MULTILINE)
_OLD_HEAD = re.compile(r"^(\d{4}-\d\d-\d\d \d\d:\d\d) ", re.MULTILINE)
"""What an entry of jrnl 1 begins with."""
_SALT = bytes.fromhex("f2d5710ec18d2ededc8e36748904cef8")
_ROUNDS = 100_000
_FERNET = b"gAAAA"
_THIRD = b"JRNLv3"
"""What a journal of jrnl 4.6 and later begins with: then a length, the salt as JSON in base64, and Fernet's token."""
_BLOCK = 16
_SIGNS = bytes([*range(32, 127), 9, 10, 13])
"""What text is mostly made of, in whatever encoding, and what is encrypted is not."""
_FOLDED = re.compile(r"^(\d{4})/(\d\d)/(\d\d)\.txt$")


def is_encrypted(data: bytes) -> bool:
    """Whether this is an encrypted journal: that of jrnl 2 and later, or what is no text at all."""
    if data.startswith(_THIRD) or data.lstrip()[: len(_FERNET)] == _FERNET:
        return True
    try:
        text_of(data)
    except Refused:
        plain = len(data.translate(None, _SIGNS)) < len(data) / 2
        return len(data) >= 2 * _BLOCK and len(data) % _BLOCK == 0 and not plain
    return False


def decrypt(data: bytes, password: str) -> bytes:
    """Return the text of an encrypted journal. Raises WrongPassphrase where the password does not open it.

    jrnl 4.6 and later: Fernet under PBKDF2-HMAC-SHA256 with the salt that the file names. jrnl 2 to 4.5: the same with
    a fixed salt. jrnl 1: AES-CBC under SHA-256 of the password. Raises Refused where the salt cannot be read.
    """
    if data.startswith(_THIRD):
        salt, token = _salted(data)
        return _fernet(token, password, salt)
    if data.lstrip()[: len(_FERNET)] == _FERNET:
        return _fernet(data.strip(), password)
    return _cbc(data, password)


def read(
    files: Mapping[str, bytes],
    *,
    form: str = "",
    order: Order | None = None,
    symbols: str = SYMBOLS,
    password: Callable[[], str] | None = None,
) -> Pages:
    """Return the pages of a journal: `form` is its timeformat, `symbols` its tagsymbols; `password` asks for it.

    Raises Refused for what is no journal of jrnl, WrongPassphrase, and Misused for a day that reads in two ways.
    """
    if not symbols or any(one.isalnum() or one.isspace() for one in symbols):
        raise Misused("Tags begin with a sign such as @ or #.")
    asides = Asides()
    pages: list[Page] = []
    for data in _texts(files):
        if is_encrypted(data):
            if password is None:
                raise Refused("The journal is encrypted.")
            data = decrypt(data, password())  # noqa: PLW2901 - the same text, opened
        pages += _entries(clean(text_of(data)), form, order, symbols, asides)
    if not pages:
        raise Refused("There is no entry of jrnl in it.", "If jrnl writes times in its own way, give --time-format.")
    return asides.plan(SOURCE, pages)


def _texts(files: Mapping[str, bytes]) -> Iterator[bytes]:
    """Yield the files of a journal: the one, or those of a folder journal (year/month/day.txt)."""
    if len(files) == 1:
        yield from files.values()
    else:
        yield from (data for name, data in sorted(files.items()) if _FOLDED.match(name))


def _entries(text: str, form: str, order: Order | None, symbols: str, asides: Asides) -> Iterator[Page]:
    if next(islice(_HEAD.finditer(text), MOST_PAGES, None), None) is not None:
        raise Refused(f"That is more than {MOST_PAGES:,} entries.")
    heads = [(match, when) for match in _HEAD.finditer(text) if (when := _when(match[1], form, order)) is not None]
    if not heads:
        heads = [(match, when) for match in _OLD_HEAD.finditer(text) if (when := read_when(match[1])) is not None]
    tag = re.compile(rf"(?<!\S)[{re.escape(symbols)}]([-+*#/\w]{{1,80}})")
    if heads and text[: heads[0][0].start()].strip():
        asides.leave("words before the first entry")
    for (match, when), after in zip(heads, [*heads[1:], None], strict=False):
        page = _page(text[match.end() : after[0].start() if after else len(text)], when, tag)
        if page is None:
            asides.leave("entries without words", str(when.day))
        else:
            yield page


def _when(words: str, form: str, order: Order | None) -> When | None:
    found = read_form(words, form) if form else None
    if found is not None or len(words) > LONGEST:
        return found
    return read_when(words, order)


def _page(text: str, when: When, tag: re.Pattern[str]) -> Page | None:
    first, gap, rest = text.partition("\n")
    starred = first.rstrip().endswith("*") and not first.rstrip().endswith("**")
    if starred:
        first = first.rstrip()[:-1].rstrip()
    body = f"{first.strip()}{gap}{rest}".strip("\n").rstrip()
    if not body:
        return None
    tags = tuple(dict.fromkeys(word for found in tag.finditer(body) if (word := as_tag(found[1].rstrip("-+*/")))))
    return Page(ref=ref_of(when.at, body), body=body, at=when.at, day=when.given_day, tags=tags, starred=starred)


def _salted(data: bytes) -> tuple[bytes, bytes]:
    """Return the salt of a journal of jrnl 4.6 and its token; the first such versions wrote the JSON as it is."""
    start = len(_THIRD) + 2
    end = start + int.from_bytes(data[len(_THIRD) : start])
    head = data[start:end]
    try:
        told = json.loads(head if head.lstrip()[:1] == b"{" else base64.b64decode(head, validate=True))
        return base64.urlsafe_b64decode(told["salt"]), data[end:].strip()
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise Refused("The beginning of the encrypted journal is damaged.") from error


def _fernet(data: bytes, password: str, salt: bytes = _SALT) -> bytes:
    key = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, _ROUNDS, 32)
    try:
        return Fernet(base64.urlsafe_b64encode(key)).decrypt(data)
    except (InvalidToken, ValueError) as error:
        raise WrongPassphrase("That password does not open the journal of jrnl.") from error


def _cbc(data: bytes, password: str) -> bytes:
    wrong = WrongPassphrase("That password does not open the journal of jrnl.")
    key = hashlib.sha256(password.encode()).digest()
    opener = Cipher(algorithms.AES(key), modes.CBC(data[:_BLOCK])).decryptor()
    told = opener.update(data[_BLOCK:]) + opener.finalize()
    width = told[-1]
    if width == ord(" "):
        told = told.rstrip(b" ")
    elif 0 < width <= _BLOCK and told.endswith(bytes([width]) * width):
        told = told[:-width]
    else:
        raise wrong
    try:
        told.decode("utf-8")
    except UnicodeDecodeError as error:
        raise wrong from error
    return told
