"""A document as a file: as what, in which look, and what is said before it leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum

from kinship.snapshot.document import Document
from kinship.snapshot.document_html import document_html
from kinship.snapshot.document_pdf import document_pdf
from kinship.snapshot.document_text import document_text, lines_of_document
from kinship.snapshot.fonts import missing_scripts, sentences_of
from kinship.snapshot.pdf import Paper
from kinship.snapshot.share import STRUCTURE_WARNING, NamesMode, Share
from kinship.snapshot.style import Style

_NAMES = {
    NamesMode.NONE: "Names stay here: on the map each person has a code, and so in your words.",
    NamesMode.ROLES: 'Names stay here: people are called by what they are, such as "friend 2", and so in your words.',
    NamesMode.INITIALS: "Initials leave, whole names that the journal knows stay here.",
    NamesMode.FULL: "Names leave, as you wrote them.",
}


class Written(StrEnum):
    """What a document is written as."""

    PDF = "pdf"
    HTML = "html"
    TEXT = "txt"

    @property
    def ending(self) -> str:
        return f".{self.value}"


def written(
    document: Document,
    form: Written,
    *,
    style: Style | None = None,
    paper: Paper = Paper.A4,
    remark: Callable[[str], object] = lambda _: None,
) -> bytes:
    """Return the bytes of the file; `remark` hears what a PDF could not show. Raises KinshipError."""
    match form:
        case Written.PDF:
            for sentence in missing_letters(document):
                remark(sentence)
            return document_pdf(document, style or Style.PRINT, paper=paper)
        case Written.HTML:
            return document_html(document, style)
        case Written.TEXT:
            return document_text(document)


def missing_letters(document: Document) -> tuple[str, ...]:
    """Return a sentence where a PDF of the document would have empty boxes for letters."""
    return tuple(sentences_of(missing_scripts("\n".join(lines_of_document(document)))))


def rules_for(share: Share) -> Iterator[str]:
    """Give what was chosen, a sentence each."""
    yield _NAMES[share.names]
    if share.names is not NamesMode.FULL:
        yield "Names that the journal does not know stay as you typed them: read every line."
    yield "Days leave." if share.exact_dates else "Of dates only the month leaves."
    if not share.strain:
        yield "Strain stays off the map; what your own words say of it leaves with them."
    if share.notes:
        yield "Notes, other names, pronouns and birthdays leave."
    yield STRUCTURE_WARNING
