"""Templates of one's own: what a page may begin with."""

from __future__ import annotations

import datetime as dt
from difflib import get_close_matches
from itertools import count

import msgspec

from kinship.ground.errors import Misused, NotFound
from kinship.journal.acts import Act, change
from kinship.journal.ledger import Ledger
from kinship.journal.mentions import fold
from kinship.journal.model import Template
from kinship.privacy.text import clean, clean_line
from kinship.vault import new_id

LONGEST_NAME = 60
DAY, TIME, TEXT = "{day}", "{time}", "{text}"
"""What stands in a template for the day and the time of the page, and for the words that are written into it."""


class TemplateActs(Ledger):
    """Commands on templates."""

    def all_templates(self) -> list[Template]:
        """Return every template, by its name."""
        return sorted(self.templates, key=lambda one: (fold(one.name), one.id))

    def template_named(self, word: str) -> Template:
        """Return the template of this name, or the one whose name begins so. Raises NotFound with the nearest name."""
        told = fold(clean_line(word))
        every = self.all_templates()
        found = [one for one in every if fold(one.name) == told]
        found = found or [one for one in every if told and fold(one.name).startswith(told)]
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(one.name for one in found)
            raise NotFound(f"More than one template begins so: {names}.", "Give more of the name.")
        near = get_close_matches(told, [fold(one.name) for one in every], n=1)
        hint = next((f"Did you mean {one.name}?" for one in every if near and fold(one.name) == near[0]), "")
        raise NotFound(f"No template is called {clean_line(word)}.", hint or "See them with: kinship templates")

    def keep_template(self, name: str, body: str, *, journal: str = "", id_: str | None = None) -> Act:
        """Keep a new template, or with `id_` change one. Raises Misused for a name that is taken, or no words.

        What was written of it elsewhere at the same time stays as a template of its own.
        """
        called = clean_line(name)
        if not called or len(called) > LONGEST_NAME:
            raise Misused(f"A template needs a name, of {LONGEST_NAME} characters at most.")
        if not clean(body).strip():
            raise Misused("A template needs some words.")
        if any(fold(one.name) == fold(called) and one.id != id_ for one in self.templates):
            raise Misused(f"There is a template called {called} already.")
        kept = Template(id=id_ or new_id(), name=called, body=clean(body), journal=clean_line(journal))
        beside = [one for one in self.templates.versions(kept.id)[1:] if one.body != kept.body]
        others = [msgspec.structs.replace(one, id=new_id(), name=self._free_name(one.name)) for one in beside]
        return self.perform("Template", map(self.put, [kept, *others]))

    def _free_name(self, name: str) -> str:
        """Return a name like this one that no template has."""
        taken = {fold(one.name) for one in self.templates}
        return next(told for number in count(2) if fold(told := f"{name[: LONGEST_NAME - 5]} {number}") not in taken)

    def delete_template(self, id_: str) -> Act:
        """Throw a template away; pages that began with it stay as they are. Raises NotFound."""
        if self.templates.get(id_) is None:
            raise NotFound("There is no such template any more.")
        return self.perform("Deleted template", [change("templates", id_, None)])


def words_from(template: Template, day: dt.date, at: dt.datetime) -> str:
    """Return what a page of this day begins with; {text} still stands where the words go."""
    return template.body.replace(DAY, f"{day:%A} {day.day} {day:%B %Y}").replace(TIME, f"{at:%H:%M}")


def place_for_text(words: str) -> tuple[str, int]:
    """Return what a page begins with and where writing goes on in it: where {text} stood, else at the end."""
    before, _, after = words.partition(TEXT)
    return before + after, len(before)


def filled(words: str, text: str) -> str:
    """Return a template's words with `text` in its place: where {text} stands, else on a line behind them."""
    if TEXT in words:
        return words.replace(TEXT, text, 1)
    return f"{words.rstrip()}\n\n{text}" if words.strip() else text
