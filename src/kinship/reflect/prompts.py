"""The values of a pack's vocabulary: prompts, topics, rules, feelings, and the shared banks of text."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from kinship.journal.kinds import Kind


class Slot(StrEnum):
    """What a daily prompt's text may ask to be filled from the journal."""

    PERSON = "person"
    GROUP = "group"
    PROFESSIONAL = "professional"
    DAYS_SINCE = "days_since"
    PAST_WORDS = "past_words"
    COPING = "coping"
    NEXT_APPOINTMENT = "next_appointment"


class Condition(StrEnum):
    """When something is not offered; the first two are switches that the person sets, never guessed from text."""

    RECENT_LOSS = "recent_loss"
    RECENT_SEPARATION = "recent_separation"
    LOW_MOOD = "low_mood"


class PackValue(Struct, frozen=True, forbid_unknown_fields=True):
    """What every value of a pack shares: frozen, and a misspelt field is an error."""


class Prompt(PackValue, frozen=True, kw_only=True):
    """A one-line prompt of the day."""

    id: str
    topic: str
    kind: str = ""
    text: Annotated[str, Meta(min_length=1)]
    follow_ups: tuple[str, ...] = ()
    needs: tuple[Slot, ...] = ()
    support: tuple[Kind, ...] = ()
    intensity: Literal[1, 2] = 1
    sources: tuple[str, ...] = ()
    grade: Literal["A", "B", "C"] = "C"
    evidence: str = ""
    fallback: str | None = None
    """Id of the prompt that takes its place where a slot stays empty or the day is too low."""
    min_days: int = 0
    """Days until it comes again, where that is longer than the rule for all."""
    avoid_when: tuple[Condition, ...] = ()


class Topic(PackValue, frozen=True, kw_only=True):
    """One of the subjects that prompts rotate over."""

    title: str
    about: str = ""
    main_support: Kind


class Rules(PackValue, frozen=True, kw_only=True):
    """The guards, in days and on scales of 0-10."""

    low_mood: int = 3
    skip_is_free: bool = True
    skip_text: str = "Pass"
    esc_text: str = "Stop here and keep what I wrote"
    max_daily_prompts_shown: int = 1
    alternatives_offered: int = 2
    no_repeat_days: int = 21
    intensity2_max_per_7_days: int = 3
    intensity2_min_mood: int = 4
    same_person_max_per_7_days: int = 1
    days_since_max_per_7_days: int = 1
    days_since_rounding: tuple[str, ...] = ()
    """From today to long ago, eight steps: a number of days is never shown."""
    never_prompt_about: tuple[str, ...] = ()
    never_suggest_contact: tuple[str, ...] = ()
    high_strain_strength: int = 3
    high_strain_moments: int = 3
    """So many moments of strain within a year count as high strain, and so does one of the strength above."""
    linked_days: int = 180
    reminders_default: str = "off"
    after_gap_days: int = 21
    after_gap_text: str = "Welcome back. Start anywhere."
    recent_loss_days: int = 180
    recent_separation_days: int = 180


class SlotNote(PackValue, frozen=True, kw_only=True):
    """How a slot is filled, in words for authors, and what stands there where it cannot be."""

    eligible: str
    prefer: str = ""
    render: str = ""
    fallback: str


class Scale(PackValue, frozen=True, kw_only=True):
    """A line from `min` to `max` with words at its ends and in its middle."""

    min: int
    max: int
    low: str
    mid: str
    high: str
    allow_none: bool = True
    none_text: str = ""


class Grounding(PackValue, frozen=True, kw_only=True):
    """An exercise that settles."""

    id: str
    title: str
    text: str
    seconds: int
    skippable: bool = True


class Opener(PackValue, frozen=True, kw_only=True):
    """A first line for reaching out; kinship never sends anything."""

    id: str
    text: str
    editable: bool = True
    sent_by_app: Literal[False] = False


class Texts(PackValue, frozen=True, kw_only=True):
    """Lines that close a page or answer it."""

    closings: tuple[str, ...] = ()
    closings_soft: tuple[str, ...] = ()
    acknowledgements: tuple[str, ...] = ()


class PulseLine(PackValue, frozen=True, kw_only=True):
    """One line about the week, from 0 to 10."""

    id: Literal["heard", "helped", "belonging"]
    text: str
    low: str
    mid: str
    high: str


class WeeklyPulse(PackValue, frozen=True, kw_only=True):
    """The week in three lines of our own words; no validated test."""

    offer: str = ""
    title: str = ""
    about: str = ""
    lines: tuple[PulseLine, ...] = ()


class About(PackValue, frozen=True, kw_only=True):
    """What a pack says of itself."""

    schema: Literal[1]
    name: str = ""
    """What a person's own pack is called."""
    version: str = ""
    locale: str = "en"
    reading_goal: str = ""
    max_chars_daily: int = 110
    wording: str = ""


class Citation(PackValue, frozen=True, kw_only=True):
    """Where an idea comes from, and how far that was checked."""

    ref: str
    checked: str = ""


class Pack(PackValue, frozen=True, kw_only=True):
    """A whole pack of prompts; `source` is what it is called in messages."""

    meta: About
    topics: dict[str, Topic]
    daily: tuple[Prompt, ...]
    rules: Rules = Rules()
    slots: dict[str, SlotNote] = {}
    scales: dict[str, Scale] = {}
    support_kinds: dict[Kind, tuple[str, ...]] = {}
    feelings: dict[str, tuple[str, ...]] = {}
    texts: Texts = Texts()
    grounding: tuple[Grounding, ...] = ()
    pulse: WeeklyPulse = WeeklyPulse()
    reachout: tuple[Opener, ...] = ()
    citations: dict[str, Citation] = {}
    by_id: dict[str, Prompt] = field(default_factory=dict)
    """Filled on load: never in the file."""

    def prompt(self, id_: str | None) -> Prompt | None:
        """Return the prompt with this id, None where there is none."""
        return self.by_id.get(id_) if id_ else None

    def of_topic(self, topic: str) -> tuple[Prompt, ...]:
        """Return the prompts of a topic in the pack's order."""
        return tuple(prompt for prompt in self.daily if prompt.topic == topic)
