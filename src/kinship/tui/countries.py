"""The countries whose helplines are known, by two letters."""

from __future__ import annotations

COUNTRIES = {
    "AU": "Australia", "BR": "Brazil", "CA": "Canada", "DE": "Germany", "ES": "Spain", "FR": "France",
    "GB": "United Kingdom", "HK": "Hong Kong", "IE": "Ireland", "IN": "India", "KR": "South Korea", "NL": "Netherlands",
    "NZ": "New Zealand", "SG": "Singapore", "US": "United States",
}  # fmt: skip
"""Names of the countries that the list knows by two letters."""


def country_in(words: str) -> str | None:
    """Return the two letters of the country that is meant, empty for no words, None for one that is not known."""
    told = words.strip().casefold()
    if not told or told.upper() in COUNTRIES:
        return told.upper()
    return next((letters for letters, name in COUNTRIES.items() if name.casefold() == told), None)
