"""Shares, Blau, IQV, entropy and the E-I index: by hand, at their bounds, and n/a where undefined."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinship.circle.composition import Composition, composition, ei_index


def test_half_and_half() -> None:
    """Blau 1977: 1 - 2 (1/2)^2; one bit of entropy (Shannon 1948); the most mixed that two categories allow."""
    found = composition(["family", "friends"] * 3, 2)
    assert found.shares == {"family": 0.5, "friends": 0.5}
    assert (found.blau, found.iqv, found.entropy) == pytest.approx((0.5, 1.0, 1.0))


def test_k_is_every_category_there_could_be() -> None:
    """Mueller & Schuessler 1961: with four possible categories of which two are found, 0.5 / (1 - 1/4)."""
    found = composition(["family", "friends"], 4)
    assert found.iqv == pytest.approx(2 / 3)
    assert composition(["a", "b", "c"], 1).possible == 3


def test_agresti_and_agresti_by_hand() -> None:
    """Shares 0.5, 0.3, 0.2: 1 - 0.38 (Agresti & Agresti 1978 use the same index of diversity)."""
    found = composition(["a"] * 5 + ["b"] * 3 + ["c"] * 2, 3)
    assert found.blau == pytest.approx(0.62)
    assert found.iqv == pytest.approx(0.93)
    assert found.entropy == pytest.approx(1.4855, abs=5e-5)


def test_one_kind_alone_and_nobody() -> None:
    assert composition(["a", "a"], 1) == Composition(2, 1, {"a": 1.0}, blau=0.0, iqv=None, entropy=0.0)
    assert composition([None, None], 3) == Composition(0, 3, {})
    assert composition([], 0) == Composition(0, 0, {})


def test_those_not_known_are_left_out() -> None:
    found = composition(["a", None, "b", None], 2)
    assert (found.known, found.shares) == (2, {"a": 0.5, "b": 0.5})


def test_ei_of_krackhardt_and_stern() -> None:
    """Krackhardt & Stern 1988: (E - I) / (E + I); 1 all external, -1 all internal, 0 as many."""
    inside, across = ("a", "a"), ("a", "b")
    assert ei_index([across] * 3) == 1
    assert ei_index([inside] * 3) == -1
    assert ei_index([inside, across]) == 0
    assert ei_index([inside, across, across, across]) == pytest.approx(0.5)
    assert ei_index([]) is None
    assert ei_index([("a", None), (None, None)]) is None


@given(st.lists(st.one_of(st.none(), st.sampled_from("abcde")), max_size=40), st.integers(0, 8))
def test_every_value_keeps_to_its_range(values: list[str | None], possible: int) -> None:
    found = composition(values, possible)
    assert sum(found.shares.values()) == pytest.approx(1 if found.known else 0)
    if found.blau is not None and found.entropy is not None:
        assert 0 <= found.blau <= 1 - 1 / found.possible + 1e-9
        assert 0 <= 2**found.entropy <= found.possible + 1e-9
    if found.iqv is not None:
        assert -1e-9 <= found.iqv <= 1 + 1e-9
    assert found == composition(list(reversed(values)), possible)
