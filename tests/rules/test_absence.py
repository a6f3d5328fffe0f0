"""The course of a request, and who may sit in for whom under each directive."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.absence import (
    HEAD_REQUIRED,
    MACHINE,
    NO_DEPUTY,
    NOT_A_DEPUTY,
    NOT_A_SUBORDINATE,
    ONESELF,
    OPEN,
    OTHER_UNIT,
    Action,
    Kind,
    Rank,
    Standing,
    State,
    initial_state,
    is_report_only,
    may_substitute,
)
from rules.machine import TransitionError
from rules.packs import absence_policy, load

HEAD = Standing("chuyen_mon", "KT", Rank.HEAD, is_head=True, person="KT01")
DEPUTY = Standing("chuyen_mon", "KT", Rank.DEPUTY, is_head=False, person="KT02")
SECOND_DEPUTY = replace(DEPUTY, person="KT03")
CLERK = Standing("chuyen_mon", "KT", Rank.STAFF, is_head=False, person="KT04")
STRANGER = replace(DEPUTY, unit_code="VH", person="VH02")
ACTING_HEAD = replace(DEPUTY, is_head=True)
CHAIR = Standing("lanh_dao", "LD", Rank.HEAD, is_head=True, person="CT")
VICE_CHAIR = Standing("lanh_dao", "LD", Rank.DEPUTY, is_head=False, person="PCT1")

# pack, requester, candidate, head required, the unit has no deputy, allowed, why
NAMED = (
    # Gia Bình 1, second dash: "ủy nhiệm cấp phó dự họp thay"
    ("gia-binh-2022", HEAD, DEPUTY, False, False, True, ""),
    ("gia-binh-2022", HEAD, DEPUTY, True, False, True, ""),
    ("gia-binh-2022", HEAD, CLERK, False, False, False, NOT_A_DEPUTY),
    ("gia-binh-2022", HEAD, CLERK, False, True, True, NO_DEPUTY),
    ("gia-binh-2022", HEAD, STRANGER, False, True, False, OTHER_UNIT),
    ("gia-binh-2022", HEAD, HEAD, False, False, False, ONESELF),
    ("gia-binh-2022", ACTING_HEAD, SECOND_DEPUTY, False, False, True, ""),
    ("gia-binh-2022", ACTING_HEAD, ACTING_HEAD, False, False, False, ONESELF),
    ("gia-binh-2022", DEPUTY, SECOND_DEPUTY, False, False, True, ""),
    ("gia-binh-2022", DEPUTY, HEAD, False, False, True, ""),
    ("gia-binh-2022", DEPUTY, CLERK, False, False, False, NOT_A_DEPUTY),
    ("gia-binh-2022", CHAIR, VICE_CHAIR, False, False, True, ""),
    # Sơn Dương 5: "có yêu cầu cấp trưởng tham dự, không cử cấp phó đi thay"
    ("son-duong-2021", HEAD, DEPUTY, True, False, False, HEAD_REQUIRED),
    ("son-duong-2021", HEAD, DEPUTY, False, False, True, ""),
    ("son-duong-2021", HEAD, CLERK, False, False, True, ""),
    ("son-duong-2021", DEPUTY, CLERK, True, False, True, ""),
    # Tứ Kỳ and Tân Yên are silent; Decision 45/2018: "ủy quyền cho cấp dưới có đủ khả năng"
    ("tu-ky-2023", HEAD, CLERK, False, False, True, ""),
    ("tan-yen-2024", HEAD, STRANGER, False, False, False, OTHER_UNIT),
    ("quoc-gia", HEAD, DEPUTY, True, False, True, ""),
    ("quoc-gia", VICE_CHAIR, CHAIR, False, False, True, ""),
    ("quoc-gia", HEAD, replace(HEAD, person="KT09"), False, False, False, NOT_A_SUBORDINATE),
    # Rạch Giá 2: "được giao đủ thẩm quyền về mặt chuyên môn"
    ("rach-gia-2024", HEAD, CLERK, True, False, True, ""),
    ("rach-gia-2024", HEAD, STRANGER, False, False, False, OTHER_UNIT),
)
# pack, kind, meeting, is head, state
STARTS = (
    ("gia-binh-2022", Kind.SUBSTITUTE, "thuong_ky", True, State.AWAITING_DECISION),
    # Rạch Giá 2, second paragraph: "vắng họp thì phải có văn bản"
    ("rach-gia-2024", Kind.SUBSTITUTE, "thuong_ky", True, State.AWAITING_DOCUMENT),
    ("rach-gia-2024", Kind.ABSENT, "thuong_ky", True, State.AWAITING_DOCUMENT),
    ("rach-gia-2024", Kind.ABSENT, "thuong_ky", False, State.AWAITING_DECISION),
    ("rach-gia-2024", Kind.LATE, "thuong_ky", True, State.AWAITING_DECISION),
    ("rach-gia-2024", Kind.ABSENT, "giao_ban", True, State.AWAITING_DECISION),
    ("quoc-gia", Kind.EARLY, "chuyen_de", True, State.AWAITING_DECISION),
)
MOVES = (
    (State.AWAITING_DOCUMENT, Action.SUBMIT_DOCUMENT, State.AWAITING_DECISION),
    (State.AWAITING_DECISION, Action.APPROVE, State.APPROVED),
    (State.AWAITING_DECISION, Action.REFUSE, State.REFUSED),
    (State.AWAITING_DECISION, Action.ASK_DOCUMENT, State.AWAITING_DOCUMENT),
    (State.AWAITING_DECISION, Action.ASK_BACK, State.RETURNED),
    (State.RETURNED, Action.ANSWER, State.AWAITING_DECISION),
    (State.RETURNED, Action.APPROVE, State.APPROVED),
    (State.APPROVED, Action.CORRECT_TO_REFUSED, State.REFUSED),
    (State.REFUSED, Action.CORRECT_TO_APPROVED, State.APPROVED),
    (State.APPROVED, Action.REOPEN, State.AWAITING_DECISION),
    (State.APPROVED, Action.WITHDRAW, State.WITHDRAWN),
    (State.APPROVED, Action.VOID, State.VOID),
)
REFUSED_MOVES = (
    (State.AWAITING_DOCUMENT, Action.APPROVE),
    (State.APPROVED, Action.APPROVE),
    (State.APPROVED, Action.LAPSE),
    (State.REFUSED, Action.APPROVE),
    (State.WITHDRAWN, Action.APPROVE),
    (State.LAPSED, Action.APPROVE),
    (State.LAPSED, Action.CORRECT_TO_APPROVED),
    (State.VOID, Action.WITHDRAW),
)


@pytest.mark.parametrize(("pack_id", "asker", "named", "required", "none", "allowed", "why"), NAMED)
def test_who_may_sit_in(
    pack_id: str,
    asker: Standing,
    named: Standing,
    required: bool,
    none: bool,
    allowed: bool,
    why: str,
) -> None:
    policy = absence_policy(load(pack_id), {})
    verdict = may_substitute(policy, asker, named, required, none)
    assert (verdict.allowed, verdict.why) == (allowed, why)
    assert verdict.clause in load(pack_id).clauses


def test_a_required_heads_seat_opens_with_the_chairs_consent() -> None:
    policy = absence_policy(load("son-duong-2021"), {})
    before = may_substitute(policy, HEAD, DEPUTY, requires_head=True)
    after = may_substitute(policy, HEAD, DEPUTY, requires_head=True, consented=True)
    assert before.needs_consent_first and before.clause == "sd.5.head"
    assert after.allowed and not after.needs_consent_first


def test_the_pack_s_switch_decides_not_its_name() -> None:
    policy = absence_policy(load("gia-binh-2022"), {"absence.substitute": "subordinate"})
    assert may_substitute(policy, HEAD, CLERK, requires_head=False).allowed


@pytest.mark.parametrize(("pack_id", "kind", "meeting", "is_head", "state"), STARTS)
def test_where_a_request_starts(pack_id: str, kind: Kind, meeting: str, is_head: bool, state: State) -> None:
    assert initial_state(absence_policy(load(pack_id), {}), kind, meeting, is_head) is state


def test_where_a_report_is_enough_nobody_is_asked_to_decide() -> None:
    policy = absence_policy(load("rach-gia-2024"), {"absence.late_needs_consent": False})
    assert is_report_only(policy, Kind.LATE) and not is_report_only(policy, Kind.ABSENT)
    assert initial_state(policy, Kind.LATE, "giao_ban", True) is State.APPROVED
    assert initial_state(policy, Kind.ABSENT, "giao_ban", True) is State.AWAITING_DECISION


@pytest.mark.parametrize(("state", "action", "target"), MOVES)
def test_what_may_be_done(state: State, action: Action, target: State) -> None:
    assert MACHINE.next_state(state, action) is target
    assert MACHINE.allows(state, action) and action in MACHINE.actions(state)


@pytest.mark.parametrize(("state", "action"), REFUSED_MOVES)
def test_what_may_not_be_done(state: State, action: Action) -> None:
    with pytest.raises(TransitionError) as caught:
        MACHINE.next_state(state, action)
    assert caught.value.fields == {"state": state.value, "action": action.value}


@pytest.mark.parametrize("state", sorted(OPEN))
def test_every_open_request_can_be_withdrawn_lapse_or_become_void(state: State) -> None:
    assert {Action.WITHDRAW, Action.LAPSE, Action.VOID} <= MACHINE.actions(state)


def test_the_machine_uses_every_state_and_action() -> None:
    assert MACHINE.states == frozenset(State)
    assert MACHINE.final == {State.WITHDRAWN, State.LAPSED, State.VOID}
    assert {action for _state, action in MACHINE.transitions} == set(Action)


def test_the_machine_can_be_drawn() -> None:
    drawing = MACHINE.mermaid()
    assert drawing.startswith("stateDiagram-v2\n")
    assert "    awaiting_decision --> approved: approve\n" in drawing
    assert "    lapsed --> [*]\n" in drawing


STANDINGS = st.builds(
    Standing,
    unit_kind=st.just("chuyen_mon"),
    unit_code=st.sampled_from(("KT", "VH")),
    rank=st.sampled_from(Rank),
    is_head=st.booleans(),
    person=st.sampled_from(("", "A", "B")),
)
PACKS = st.sampled_from(("gia-binh-2022", "son-duong-2021", "rach-gia-2024", "quoc-gia"))


@given(PACKS, STANDINGS, STANDINGS, st.booleans(), st.booleans(), st.booleans())
def test_nobody_of_another_unit_and_never_oneself(
    pack_id: str, asker: Standing, named: Standing, required: bool, none: bool, consented: bool
) -> None:
    policy = absence_policy(load(pack_id), {})
    verdict = may_substitute(policy, asker, named, required, none, consented)
    if asker.unit_code != named.unit_code or (asker.person and asker.person == named.person):
        assert not verdict.allowed
    assert verdict.allowed or verdict.why


@given(st.lists(st.sampled_from(Action), max_size=12))
def test_no_walk_leads_from_silence_to_approval(walk: list[Action]) -> None:
    state = State.AWAITING_DECISION
    consents = {Action.APPROVE, Action.CORRECT_TO_APPROVED}
    agreed = False
    for action in walk:
        if MACHINE.allows(state, action):
            state = MACHINE.next_state(state, action)
            agreed = agreed or action in consents
    assert state is not State.APPROVED or agreed
