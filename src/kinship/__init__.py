"""kinship: an encrypted journal that shows who holds you."""

__version__ = "0.1.0"
