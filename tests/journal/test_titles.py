"""What a page is called."""

from __future__ import annotations

import pytest

from builders.journals import entry
from kinship.journal.titles import title_of


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("# A day\n\nmore", "A day"),
        ("\n\n- [ ] **boxes**, _stairs_ and `rain`", "boxes, stairs and rain"),
        ("> *listened*, really", "listened, really"),
        ("1. [the letter](https://x.org) came", "the letter came"),
        ("---\nafter a rule", "after a rule"),
        ("```\ncode", "code"),
        ("Dinner at @Bea's", "Dinner at @Bea's"),
        ("\\@home \\*not bold\\*", "@home *not bold*"),
        ("#tag first", "#tag first"),
        ("3.5 km in snake_case_words", "3.5 km in snake_case_words"),
        ("", ""),
        ("   \n\n", ""),
    ],
)
def test_a_title_is_the_first_line_of_words_without_its_marks(body: str, title: str) -> None:
    assert title_of(entry(body)) == title


def test_a_title_of_its_own_comes_first() -> None:
    assert title_of(entry("# Other", title="Mine")) == "Mine"


def test_a_long_line_is_cut() -> None:
    assert title_of(entry("word " * 100)).endswith("word…")
    assert len(title_of(entry("x" * 500))) == 80
