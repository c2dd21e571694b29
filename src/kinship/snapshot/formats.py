"""What a map can be written as, and what its files are like."""

from __future__ import annotations

from enum import StrEnum


class Format(StrEnum):
    """One way of writing a map down."""

    SVG = "svg"
    PNG = "png"
    PDF = "pdf"
    HTML = "html"
    TEXT = "text"
    LIST = "list"
    CSV = "csv"
    GRAPHML = "graphml"
    JSON = "json"

    @property
    def ending(self) -> str:
        """The ending of its file, with the dot; `.zip` where it is a set of files in one."""
        return _ENDINGS.get(self, f".{self.value}")

    @property
    def binary(self) -> bool:
        """Whether its bytes mean nothing to a terminal."""
        return self in {Format.PNG, Format.PDF, Format.CSV}

    @property
    def several(self) -> bool:
        """Whether it is a set of files: a zip, or a folder."""
        return self is Format.CSV

    @property
    def drawn(self) -> bool:
        """Whether it is a picture, with a style and names in fonts."""
        return self in {Format.SVG, Format.PNG, Format.PDF, Format.HTML}

    @property
    def typeset(self) -> bool:
        """Whether the fonts of this machine go into it; what they lack is missing for every reader."""
        return self in {Format.PNG, Format.PDF}


_ENDINGS = {Format.TEXT: ".txt", Format.LIST: ".txt", Format.CSV: ".zip"}
