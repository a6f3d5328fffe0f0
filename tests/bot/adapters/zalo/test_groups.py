"""A group hears once a day that it is not served."""

from datetime import timedelta

from bot.adapters.zalo.groups import GroupRefusals
from bot.clock import SetClock


def test_each_group_is_told_once_a_day(clock: SetClock) -> None:
    refusals = GroupRefusals(clock)
    assert [refusals.is_due(group) for group in ("a", "a", "b", "a")] == [True, False, True, False]
    clock.move_to(clock.now() + timedelta(days=1))
    assert [refusals.is_due(group) for group in ("a", "a")] == [True, False]
