"""The views that only put together what was written: quick, and made before the statistics behind them."""

from __future__ import annotations

from kinship.insight.coming_up import kinds_that_came_up, who_came_up
from kinship.insight.giving import balance, give_and_take
from kinship.insight.hard_days import hard_days
from kinship.insight.material import Material
from kinship.insight.over_time import mood_line, year_in_dots
from kinship.insight.scores import pulse
from kinship.insight.values import Pattern


def views(material: Material) -> tuple[Pattern, ...]:
    """Return each view in the order it is shown; ten years take about 0.1 s.

    The map then and now (`then_and_now`) and scales (`scores.scale`) need rooms beside this one: whoever shows them
    hands in what the circle and the packs say.
    """
    return (
        mood_line(material.days),
        year_in_dots(material.days),
        who_came_up(material),
        kinds_that_came_up(material),
        give_and_take(material.days),
        balance(material.days),
        pulse(material.checkins),
        hard_days(material),
    )
