"""Prompts: packs of them, guided sessions, lines to call, and the choice of what is asked today."""

from kinship.reflect.packs import load_pack, load_sessions
from kinship.reflect.prompts import Pack, Prompt
from kinship.reflect.selection import Asked, Choice, choose_today, welcome_back
from kinship.reflect.slots import SelectionState

__all__ = [
    "Asked",
    "Choice",
    "Pack",
    "Prompt",
    "SelectionState",
    "choose_today",
    "load_pack",
    "load_sessions",
    "welcome_back",
]
