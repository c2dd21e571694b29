"""The words of bringing a journal along: what can be chosen, and what is said where it cannot come."""

from __future__ import annotations

from kinship.ground.errors import KinshipError
from kinship.transfer.forms import Form
from kinship.transfer.whens import Order

DAYS = (("", "ask"), (Order.DAY_FIRST.value, "day first"), (Order.MONTH_FIRST.value, "month first"))
SCALES = (("", "leave out"), ("1-5", "1 to 5"), ("0-10", "0 to 10"), ("1-10", "1 to 10"), ("0-100", "0 to 100"))
HAS_DAYS = frozenset({Form.JRNL, Form.MARKDOWN, Form.TEXT, Form.TABLE})
HAS_PAGES = frozenset({*HAS_DAYS, Form.DAY_ONE, Form.REDNOTEBOOK, Form.MINI_DIARY, Form.TUI_JOURNAL})
HAS_PEOPLE = frozenset({Form.MAP, Form.EASYNWK, Form.NETWORK_CANVAS, Form.GRAPH, Form.CARDS})

WHERE = "Name a file or a folder, then enter · tab goes on with what is typed"
READING = "Reading … esc stops"
READY = "enter brings it in as one act, which u takes back"
NOTHING_NEW = "Nothing new is in it."
NOBODY = "Tick whom to bring, then enter."
KEEPING = "Bringing it in … esc stops"
AT_LAST = "It is being kept now; u takes it back afterwards."
STOPPED = "Stopped. Nothing was brought."
TAKEN_BACK = "Taken back: nothing of it is in your journal."
UNKNOWN = "kinship does not see what this is. Choose it beside “as”."
A_VAULT = "That is a vault of kinship. Open it by its own, or merge it: kinship import vault"
PASSWORD = "It is encrypted: type its password, then enter."  # noqa: S105 - a sentence
ONTO_MAP = "Named in it, and not on your map. Tick who is to come onto it; the others stay words."
WHO_COMES = "Tick who comes."


def why_not(error: KinshipError, form: Form | None) -> str:
    """Return why a file did not come, with what can be done about it here."""
    remedy = error.remedy
    if "--dates" in remedy:
        remedy = "Say what stands first, beside “days”."
    elif "--" in remedy:
        remedy = f"The command can be told more: kinship import {form or 'FORMAT'} --help"
    return f"{error.message} {remedy}".rstrip()


def scale_of(told: str) -> tuple[int, int] | None:
    """Return the ends of a scale of moods, None for none."""
    low, _, high = told.partition("-")
    return (int(low), int(high)) if high else None
