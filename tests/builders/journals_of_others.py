"""Journals as other programs write them, made up: what each test and command reads."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from builders.maps_of_others import zipped

PASSWORD = "an old password"
JRNL = """[2024-05-03 21:30] A slow evening. @Marta called. *
We talked about the @garden.

And then nothing.

[2024-05-04 01:10:00 AM] Cannot sleep.

[note] brackets inside stay
[2024-05-04 09:00] Coffee.
"""


def jrnl_encrypted(text: str = JRNL, password: str = PASSWORD) -> bytes:
    """Return the journal as jrnl 2 and later encrypt it."""
    salt = b"\xf2\xd5q\x0e\xc1\x8d.\xde\xdc\x8e6t\x89\x04\xce\xf8"
    key = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 100_000, 32)
    return Fernet(base64.urlsafe_b64encode(key)).encrypt(text.encode())


def jrnl_one_encrypted(text: str = JRNL, password: str = PASSWORD) -> bytes:
    """Return the journal as jrnl 1 encrypted it."""
    data = text.encode()
    width = 16 - len(data) % 16
    sealer = Cipher(algorithms.AES(hashlib.sha256(password.encode()).digest()), modes.CBC(b"i" * 16)).encryptor()
    return b"i" * 16 + sealer.update(data + bytes([width]) * width) + sealer.finalize()


JRNL_ITSELF = base64.b64decode(
    "SlJOTHYzADBleUp6WVd4MElqb2lUSE5ITmt0Qk1XSnNVVUpzVDNCdE4xZHlUMjlVWnowOUluMD1nQUFBQUFCckE4TGR0MHJQSm5Z"
    "VjNoc0d1b192VTk3TGplaml3MTAyWmxjTHdlZXJUbVVGUTBuMFlVcHhGM3BjdTh1X09zU0ZyVTdyV2dZNmNya0JjNjRHLWRNaER0"
    "TmZpeElTZGVIbG1aWWRWOElKbkpBdmlkRVlNTVgtZWZDZW55bWZPZk5RNlptSUpHaUY0UC1CaEszcF9zNWFIUjRPcWxWTGh6S0d2"
    "VWR5TEd5RlREUEM3SF80ZzF6a0RhRFFaY25Dd01UZmh5MFhZWFE5YUNvSTRoeHhWdFVRb01VQzllcGg3WVRTb00yY1pqRWF4ZEJE"
    "MFFhdWdERlRGUWdKaEx2N2JQSXZsdy1kelE4cDFpTlVnM0FvV3ZWTjR5cEJwZzVhempobWZWSmpNaEFJN1JIZ0dsb0szSzRvajFj"
    "TXV0c1JtNTU1dFdKVTlSS1VSQlFESUxEY3VvTWpWT29fSVBZQ2I4bFVpWlVWR0lNcWhEak1ablZqVVBSaU1lWUZTRkpyMTdmQy1Q"
    "SWNXUVZRUnEtd3MxX3lrRVNYT0QzN1JnQVdaM2ZQS1dLb0NDV1Z2d0doeXI3b1BuYU9mSENXM2RuVUVSdFlrOEZvYW5FbHRLdklU"
    "RHdjWERoaHMxLVdlZz09"
)
"""A journal that jrnl 4.6 wrote and encrypted itself, with PASSWORD."""


def jrnl_three_encrypted(text: str = JRNL, password: str = PASSWORD, *, bare: bool = False) -> bytes:
    """Return the journal as jrnl 4.6 and later encrypt it; `bare` as the first versions of that form did."""
    salt = bytes(range(16))
    key = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 100_000, 32)
    head = json.dumps({"salt": base64.urlsafe_b64encode(salt).decode()}).encode()
    head = head if bare else base64.b64encode(head)
    token = Fernet(base64.urlsafe_b64encode(key)).encrypt(text.encode())
    return b"JRNLv3" + len(head).to_bytes(2) + head + token


def day_one_entry(text: str | None = "Words", **more: Any) -> dict[str, Any]:
    """Return one entry as Day One's export has it."""
    entry = {
        "uuid": "0F2C9A",
        "creationDate": "2024-05-03T21:30:05Z",
        "modifiedDate": "2024-05-03T21:40:00Z",
        "timeZone": "Europe/Vienna",
        "starred": False,
        "isPinned": False,
        "isAllDay": False,
        "duration": 0,
        "creationDevice": "phone",
    }
    return entry | ({"text": text} if text is not None else {}) | more


def day_one(*entries: dict[str, Any]) -> bytes:
    """Return a JSON file of Day One."""
    return json.dumps({"metadata": {"version": "1.0"}, "entries": list(entries)}).encode()


ESCAPED = (
    "# A walk\n\nIt rained\\. We laughed \\(a lot\\)\\! 10\\-12 km \\+ tea\\.\n\n1\\. no list\n\\- no bullet\n\n"
    "snake\\_case, \\*no star\\*, `code\\.` stays\n\n![](dayone-moment://1234ABCD)\n\n"
    "See [that day](dayone://view?entryId=77) with @Marta\\.\n"
)


def day_one_journal() -> bytes:
    """Return an export with escapes, photos, tags, stars, places, an entry without words and an old date."""
    place = {"placeName": "Café Sperl", "localityName": "Vienna", "country": "Austria", "latitude": 48.2}
    return day_one(
        day_one_entry(
            ESCAPED,
            starred=True,
            tags=["family life", "walk"],
            photos=[{"identifier": "1234ABCD", "md5": "a", "type": "jpeg"}],
            location=place,
            weather={"conditionsDescription": "Rain", "temperatureCelsius": 12},
        ),
        day_one_entry(None, uuid="B", photos=[{"identifier": "X"}, {"identifier": "Y"}]),
        day_one_entry("", uuid="C", tags=["sketch"], audios=[{"identifier": "Z"}]),
        day_one_entry(None, uuid="D", richText=json.dumps({"contents": [{"text": "Rich "}, {"text": "words 🌧️"}]})),
        day_one_entry("Old", uuid="E", creationDate="1971-01-02T00:30:00Z", timeZone="GMT-0500"),
        day_one_entry("Nowhere", uuid="F", creationDate="2024-06-01T02:30:00Z", timeZone="Mars/Olympus"),
    )


def day_one_zip() -> bytes:
    """Return an export as Day One zips it."""
    return zipped({"Journal.json": day_one_journal(), "photos/a.jpeg": b"\xff\xd8" * 50, "__MACOSX/._x.json": b"x"})


NOTES = {
    "2024-05-03.md": b"---\ntags: [family, calm]\ncssclass: wide\n---\nWith [[Marta Orth|Marta]] and [[People/Paul]].\n"
    b"![[walk.jpg]] ![x](pics/tree.png)\n`[[code]]` #evening\n",
    "2024-05-04 2130 A late one.md": "Späte Gedanken 🌙\n".encode(),
    "deep/2024_05_05.md": b"Logseq writes it so.\n",
    "trip.md": b"---\ntitle: 'The trip: day 1'\ndate: 2024-05-06T08:15:00+02:00\nstarred: true\n---\nOff we go.\n",
    "2024/05/07.md": b"By folders.\n",
    "list.md": b"No day at all.\n",
    "2024-05-08.md": b"\n",
}
MONTH = """3:
  Tags: {family: null, a walk: null}
  Ideas: {'write to Paul': null}
  text: 'It //rained// and --snowed--. #evening

    See https://example.org//x// and [the map ""https://example.org/m""].

    [""file:///home/me/tree"".jpg?50]

    == Later ==

    Tea.'
4: {text: "Caf\\xE9 \\U0001F600\\nsecond line"}
31:
  text: ''
"""
MINI_DIARY = json.dumps(
    {
        "metadata": {"application": "Mini Diary", "version": "3.3.0", "dateUpdated": "Fri May 03 2024"},
        "entries": {
            "2024-05-03": {"dateUpdated": "Fri May 03 2024", "title": "A day", "text": "With **words**."},
            "2024-05-04": {"dateUpdated": "Sat May 04 2024", "title": "", "text": "- one\n- two"},
            "2024-05-05": {"dateUpdated": "Sun May 05 2024", "title": "", "text": ""},
            "someday": {"title": "x", "text": "y"},
        },
    }
).encode()
TUI_JOURNAL = json.dumps(
    {
        "version": 100,
        "entries": [
            {"date": "2024-05-03T00:00:00Z", "title": "A day", "content": "Words.", "tags": ["calm"], "priority": 3},
            {"date": "2024-05-04T18:30:00.123456789Z", "title": "Evening", "content": "", "tags": [], "folder": "home"},
        ],
    }
).encode()
TEXT = """My diary

# 3 May 2024
It rained. @Marta came.

Saturday, 4th May 2024, 21:30
Stars.
Since 2024 nothing like it.

[2024-05-05]
---
May 6, 2024
Nothing more.
"""
TABLE = (
    b'Date,Time,Title,Note,Activities,Mood,Weather\n2024-05-03,21:30,A day,"Rain,\nand ""tea""",walk | tea,4,wet\n'
    b"2024-05-04,,Quiet,,,,\n,,lost,row,,,\n2024-05-05,,,,,,\n"
)


def everywhere() -> dict[str, tuple[str, bytes, tuple[str, ...]]]:
    """Return for each command the name and the content of a file, and the options it needs."""
    return {
        "jrnl": ("journal.txt", JRNL.encode(), ()),
        "dayone": ("Export.zip", day_one_zip(), ()),
        "markdown": ("notes.zip", zipped(NOTES), ()),
        "rednotebook": ("2024-05.txt", MONTH.encode(), ()),
        "minidiary": ("mini.json", MINI_DIARY, ()),
        "tui-journal": ("tui.json", TUI_JOURNAL, ()),
        "text": ("diary.txt", TEXT.encode(), ()),
        "csv": ("days.csv", TABLE, ("--mood-scale", "1-5")),
    }
