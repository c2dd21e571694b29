"""Search: every word, quoted phrases, folded; always as fresh as the pages."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from builders.journals import entry
from kinship.journal.mentions import fold
from kinship.journal.model import Entry
from kinship.journal.search import SearchText, searched_text, terms_of


def test_terms_are_words_and_quoted_phrases_folded() -> None:
    assert set(terms_of('Stairs "On The  stairs" é "open end')) == {"stairs", "on the  stairs", "é", "open end"}
    assert terms_of('  "" ') == ()


def test_every_term_must_be_held() -> None:
    pages = {
        one.id: one for one in (entry("rain and stairs"), entry("rain"), entry("STAIRS, no rai"), entry("nothing"))
    }
    text = SearchText()
    bodies = {pages[id_].body for id_ in text.find(terms_of("stairs rai"), pages)}
    assert bodies == {"rain and stairs", "STAIRS, no rai"}


def test_titles_and_tags_are_searched_composition_is_not_seen() -> None:
    page = entry("cafe\u0301", title="Sunday", tags=("calm",))
    text = SearchText()
    for words in ("café", "CAFÉ", "sunday", "#calm", "calm"):
        assert text.find(terms_of(words), {page.id: page}) == {page.id}


def test_a_phrase_goes_on_in_the_next_line_and_never_in_the_next_paragraph() -> None:
    page = entry("on the\nstairs, she\n\nlistened", title="Rain")
    found = [
        bool(SearchText().find((phrase,), {page.id: page})) for phrase in ("on the stairs", "she listened", "rain on")
    ]
    assert found == [True, False, False]


def test_nothing_is_found_across_two_pages() -> None:
    pages = {"a": entry("end", id_="a"), "b": entry("begin", id_="b")}
    assert SearchText().find(("endbegin",), pages) == set()
    assert SearchText().find(("end\x00begin",), pages) == set()


WORDS = st.lists(st.sampled_from(["rain", "Stairs", "é", "straße", "rai", "小林"]), max_size=4).map(" ".join)


@given(st.lists(st.tuples(st.integers(0, 4), st.none() | WORDS), max_size=20), WORDS)
@settings(max_examples=200, deadline=None)
def test_search_is_equal_to_looking_at_every_page(steps: list[tuple[int, str | None]], words: str) -> None:
    text = SearchText()
    pages: dict[str, Entry] = {}
    for number, body in steps:
        id_ = str(number)
        if body is None:
            pages.pop(id_, None)
        else:
            pages[id_] = entry(body, id_=id_)
        text.note(id_, pages.get(id_))
        found = text.find(terms_of(words), pages)
        assert found == {
            id_ for id_, page in pages.items() if all(term in fold(searched_text(page)) for term in terms_of(words))
        }


def test_common_and_rare_words_are_found_alike_in_many_pages() -> None:
    """Words on every page, on some, on one: looked for one after another, as they are typed."""
    some = [("rain ", 3), ("sea ", 50), ("xylo ", 2000)]
    bodies = [f"the {''.join(word for word, each in some if number % each == 1)}end" for number in range(3000)]
    pages = {str(number): entry(body, id_=str(number)) for number, body in enumerate(bodies)}
    text = SearchText()
    lines = ("t", "th", "the", "the r", "the rai", "the rain s", "rain sea", "x", "xylo", "the xylo end", "rain the")
    for line in (*lines, *reversed(lines), "nothing", "nothing the"):
        terms = terms_of(line)
        assert text.find(terms, pages) == {id_ for id_, one in pages.items() if all(term in one.body for term in terms)}
