"""Packs: our own content holds its own rules, and a fault in a pack is named with its line."""

from __future__ import annotations

import re
import time

import pytest

from kinship.ground.errors import BadPack
from kinship.journal.kinds import kind_of
from kinship.reflect.helplines import load_helplines
from kinship.reflect.packs import PACKS, load_pack, load_sessions, parse_pack, parse_sessions
from kinship.reflect.sessions import Flow, Option, Session, Step

TEXT = (PACKS / "reflections.toml").read_text(encoding="utf-8")
SESSIONS = (PACKS / "sessions.toml").read_text(encoding="utf-8")


def line_in(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


def test_there_are_five_topics_with_fourteen_prompts_each() -> None:
    pack = load_pack()
    assert list(pack.topics) == ["validation", "coping", "belonging", "resilience", "treatment"]
    assert {len(pack.of_topic(topic)) for topic in pack.topics} == {14}


def test_a_pack_is_read_once() -> None:
    assert load_pack() is load_pack()
    assert load_sessions() is load_sessions()


def test_reading_the_prompts_is_quick() -> None:
    load_pack()
    best = 1.0
    for _ in range(5):
        begun = time.process_time()
        parse_pack(TEXT, "ours")
        best = min(best, time.process_time() - begun)
    assert best <= 0.025


def test_the_heavy_wish_falls_back_to_a_light_one() -> None:
    assert load_pack().by_id["val-07"].fallback == "val-05"


def test_every_fallback_is_light_and_asks_for_nothing() -> None:
    pack = load_pack()
    for prompt in pack.daily:
        if prompt.fallback is not None and prompt.needs:
            assert pack.by_id[prompt.fallback].intensity == 1
            assert pack.by_id[prompt.fallback].needs == ()


def test_every_heavy_prompt_has_a_fallback() -> None:
    assert all(prompt.fallback for prompt in load_pack().daily if prompt.intensity == 2)


def test_one_person_is_asked_about_once_a_week() -> None:
    assert load_pack().rules.same_person_max_per_7_days == 1


def test_an_own_name_that_is_not_known_is_never_i() -> None:
    assert load_pack().slots["own_name"].fallback == "…"


def test_nothing_speaks_of_streaks_or_scores() -> None:
    shown = [prompt.text for prompt in load_pack().daily] + [step.text for step in all_steps()]
    assert not [text for text in shown if re.search(r"\b(streak|score|toxic|diagnos)", text, re.IGNORECASE)]


FAULTS = [
    ('intensity = 1\nsources = ["kashdan2015"]', 'intensity = 7\nsources = ["kashdan2015"]', "Invalid enum value 7"),
    ('topic = "coping"\nkind = "body"', 'topic = "sport"\nkind = "body"', "the topic sport"),
    ("low_mood = 3", 'low_mood = "three"', "Expected `int`"),
    ('id = "val-03"', 'id = "val-02"', "used twice"),
    ('needs = ["person"]', "needs = []", "slots in its text"),
    ('sources = ["kashdan2015"]', 'sources = ["nobody1999"]', "cites nobody1999"),
    ('fallback = "val-09"', 'fallback = "val-99"', "no other prompt"),
]


@pytest.mark.parametrize(("right", "wrong", "said"), FAULTS)
def test_a_fault_is_named_with_its_line(right: str, wrong: str, said: str) -> None:
    broken = TEXT.replace(right, wrong, 1)
    line = line_in(TEXT, right)
    with pytest.raises(BadPack) as caught:
        parse_pack(broken, "mine.toml")
    assert said in caught.value.message
    assert f"mine.toml is wrong at line {line}:" in caught.value.message


def test_a_file_that_is_no_toml_says_where() -> None:
    with pytest.raises(BadPack, match=r"mine\.toml is not valid TOML: .*line 2"):
        parse_pack("[meta]\nschema == 1\n", "mine.toml")


def test_a_misspelt_field_of_a_step_is_named_with_its_line() -> None:
    right = 'fallback_text = "What did that moment say about how you can be treated?"'
    with pytest.raises(BadPack, match="fallbak_text"):
        parse_sessions(SESSIONS.replace(right, right.replace("fallback", "fallbak"), 1), "mine.toml")
    broken = SESSIONS.replace('type = "reframe"', 'type = "refrain"', 1)
    line = line_in(SESSIONS, 'type = "reframe"')
    with pytest.raises(BadPack, match=f"line {line}: Invalid enum value 'refrain'"):
        parse_sessions(broken, "mine.toml")


def chains() -> list[Session | Flow]:
    return [*load_sessions().sessions, *load_sessions().flows.values()]


def all_steps() -> list[Step]:
    return [step for one in chains() for step in one.steps]


def targets(step: Step) -> list[str]:
    told = [step.next, step.default_goto, *(branch.goto for branch in step.branch)]
    told += [option.goto for option in step.options if isinstance(option, Option)]
    return [one for one in told if one]


def test_there_are_fifteen_sessions_and_ten_flows() -> None:
    assert len(load_sessions().sessions) == 15
    assert len(load_sessions().flows) == 10


def test_every_step_leads_somewhere_that_exists() -> None:
    guided = load_sessions()
    known = {f"flow:{name}" for name in guided.flows} | {f"session:{one.id}" for one in guided.sessions} | {"@resume"}
    for one in chains():
        here = {step.id for step in one.steps}
        for step in one.steps:
            assert set(targets(step)) <= here | known, (one.title, step.id)


def test_a_session_branches_only_on_what_it_asked_before() -> None:
    for session in load_sessions().sessions:
        asked: set[str | None] = set()
        for step in session.steps:
            asked.add(step.field)
            assert {branch.field for branch in step.branch} <= asked, (session.id, step.id)


def test_every_short_form_has_four_or_five_steps_and_begins_with_the_first() -> None:
    for session in load_sessions().sessions:
        assert 4 <= len(session.short) <= 5
        assert set(session.short) <= {step.id for step in session.steps}
        assert session.short[0] == session.start


def test_what_a_choice_gives_is_a_kind_of_support() -> None:
    for step in all_steps():
        for option in step.options:
            if isinstance(option, Option) and option.gives is not None:
                assert kind_of(option.gives) is not None


def test_a_step_that_names_a_person_can_do_without() -> None:
    for step in all_steps():
        if "{person}" in step.text or "{own_name}" in step.text:
            assert step.fallback_text


def test_the_plan_is_an_if_then_step() -> None:
    plan = next(one for one in load_sessions().sessions if one.id == "cop-plan")
    assert {step.id: step.type for step in plan.steps}["ifthen"] == "if_then"


def test_sessions_that_search_for_meaning_are_avoided_after_a_loss() -> None:
    avoided: dict[str, Session] = {one.id: one for one in load_sessions().sessions if one.avoid_when}
    assert set(avoided) == {"res-thread", "res-step-back"}


def test_every_helpline_has_a_name_a_contact_and_a_source() -> None:
    helplines = load_helplines()
    for country in helplines.countries:
        assert country.emergency
        for line in country.lines:
            assert line.name
            assert line.contact
            assert line.source
    assert helplines.recheck_after > helplines.compiled
    assert helplines.of("GB") is not None
    assert helplines.of("XX") is None
