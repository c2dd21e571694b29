"""What two texts differ in, word by word, readable without colour."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kinship.journal.differences import Line, Mark, marked_up, words_changed

TEXTS = st.text(st.sampled_from("ab \n.é"), max_size=60)


def told(before: str, after: str) -> list[str]:
    return [marked_up(row) for row in words_changed(before, after)]


def test_only_the_words_that_changed_are_marked() -> None:
    before = "Met Bea on the stairs. She listened,\nreally, for a while."
    after = "Met Bea on the steps. She put her bag down and listened,\nfor a while, in the cold."
    assert told(before, after) == [
        "Met Bea on the [-stairs-]{+steps+}. She {+put her bag down and +}listened,",
        "[-really, -]for a while{+, in the cold+}.",
    ]


def test_same_texts_have_no_rows_and_what_is_far_away_is_left_out() -> None:
    assert told("one\ntwo", "one\ntwo") == []
    lines = [f"line {number}" for number in range(30)]
    assert told("\n".join(lines), "\n".join([*lines[:15], "new", *lines[15:]])) == [
        "…", "line 13", "line 14", "{+new+}", "line 15", "line 16", "…",
    ]  # fmt: skip


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_off_the_rows(before: str, after: str) -> None:
    rows = words_changed(before, after, around=100)
    if before == after:
        assert rows == ()
        return

    def side(mark: Mark) -> list[str]:
        other = {Mark.GONE: Mark.NEW, Mark.NEW: Mark.GONE}[mark]
        kept = [row for row in rows if not row or any(part.mark is not other for part in row)]
        return ["".join(part.text for part in row if part.mark is not other) for row in kept]

    assert "".join(side(Mark.GONE)) == before.replace("\n", "")
    assert "".join(side(Mark.NEW)) == after.replace("\n", "")


def test_a_passage_too_long_to_compare_stands_whole() -> None:
    before, after = "a " * 5000, "b " * 5000
    assert words_changed(before, after) == (
        (Line(Mark.GONE, before),),
        (Line(Mark.NEW, after),),
    )
