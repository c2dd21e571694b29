"""What a person says of themselves, kept in the vault and never in the file of settings: labels, sentences, values."""

from __future__ import annotations

import datetime as dt
import difflib
from typing import TYPE_CHECKING, Any, NamedTuple

from kinship.ground.errors import Misused
from kinship.journal.choices import COUNTRY, DAY_START_KEY, OWN_NAME
from kinship.privacy.text import clean_line
from kinship.tui.countries import COUNTRIES, country_in

if TYPE_CHECKING:
    from kinship.journal.journal import Journal

DEVICE = "device_name"
"""The name of this computer, which the vault keeps for each of them."""


class Own(NamedTuple):
    """One thing of the person's own, kept in the vault."""

    label: str
    sentence: str
    question: str


OWN = {
    OWN_NAME: Own(
        "Your name",
        "What you like to be called. It stands on your map and under words you write to others.",
        "Your name, empty for none",
    ),
    COUNTRY: Own(
        "Your country",
        "Whose helplines F1 shows first. It is kept in your journal only.",
        "Your country, empty for none",
    ),
    DAY_START_KEY: Own(
        "Your day begins at", "Until then a page still belongs to the evening before.", "Your day begins at"
    ),
    DEVICE: Own(
        "This computer",
        "What this computer is called where versions and former texts stand side by side.",
        "This computer's name",
    ),
}
"""In the order they are shown, by the key of the choice."""


def said_of(journal: Journal, key: str) -> str:
    """Return what was chosen as a person reads it, empty where nothing was."""
    choices = journal.choices
    if key == OWN_NAME:
        return clean_line(choices.own_name)
    if key == COUNTRY:
        return COUNTRIES.get(choices.country, clean_line(choices.country))
    return clean_line(journal.name_of_device(journal.device)) if key == DEVICE else f"{choices.day_start:%H:%M}"


def say_of(journal: Journal, key: str, answer: str) -> None:
    """Keep an answer; an empty one goes back to what is usual. Raises Misused for what is not understood."""
    if key == DEVICE:
        journal.name_this_device(answer)
    else:
        journal.choose(key, value_of(key, answer))


def value_of(key: str, answer: str) -> Any:
    """Return what is kept of an answer, None where it is empty. Raises Misused for what is not understood."""
    told = clean_line(answer)
    if not told:
        return None
    if key == COUNTRY:
        return _country(told)
    if key == DAY_START_KEY:
        try:
            return dt.time.fromisoformat(told.zfill(5) if ":" in told else f"{told.zfill(2)}:00").strftime("%H:%M")
        except ValueError:
            raise Misused(f"“{told}” is no time; write it like 04:00.") from None
    return told


def _country(told: str) -> str:
    country = country_in(told)
    if country is None:
        near = difflib.get_close_matches(told.title(), COUNTRIES.values(), n=1)
        remedy = f"Did you mean {near[0]}?" if near else "F1 still shows those for everywhere."
        raise Misused(f"The list has no lines for “{told}” yet.", remedy)
    return country
