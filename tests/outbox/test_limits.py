"""How fast is fast enough, by a clock that stands where it is put."""

import asyncio

import pytest

from bot.outbox.limits import CHAT_GAP_SECONDS, SHARE_OF_LIMIT, Pacer


class Hand:
    """A clock's hand, moved by hand."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


@pytest.mark.anyio
async def test_turns_are_evenly_spaced_and_never_faster_than_the_platform_allows() -> None:
    loop, pacer = asyncio.get_running_loop(), Pacer(200)
    began, moments = loop.time(), []

    async def take() -> None:
        await pacer.turn()
        moments.append(loop.time() - began)

    await asyncio.gather(*(take() for _ in range(60)))
    for number, moment in enumerate(sorted(moments)):
        # A timer may ring a moment early.
        assert moment >= number / (200 * SHARE_OF_LIMIT) - 0.002


@pytest.mark.anyio
async def test_a_rest_is_not_made_up_for_by_a_burst() -> None:
    hand = Hand()
    pacer = Pacer(10, clock=hand)
    await pacer.turn()
    hand.at = 100.0
    await pacer.turn()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.02):
            await pacer.turn()


@pytest.mark.anyio
async def test_answers_go_at_once_until_the_second_is_full_then_in_order_and_before_all_news() -> None:
    loop, pacer = asyncio.get_running_loop(), Pacer(20)
    began, gone = loop.time(), []

    async def answer(number: int) -> None:
        await pacer.answer_turn()
        gone.append((number, loop.time() - began))

    async def news() -> None:
        await pacer.turn()
        gone.append((-1, loop.time() - began))

    await asyncio.gather(*(answer(number) for number in range(20)))
    assert pacer.room == 0
    # Half of a second's worth at once, the rest a little apart.
    assert gone[9][1] < 0.4 < gone[-1][1] < 1
    await asyncio.gather(news(), *(answer(number) for number in range(20, 30)))
    assert [number for number, _at in gone] == [*range(30), -1]
    moments = [at for _number, at in gone]
    assert all(later - earlier >= 1 for earlier, later in zip(moments, moments[20:], strict=False))


def test_a_pause_lasts_as_long_as_the_longest_that_was_demanded() -> None:
    hand = Hand()
    pacer = Pacer(30, clock=hand)
    pacer.pause(5)
    pacer.pause(2)
    assert pacer.pause_left == 5
    hand.at = 5
    assert pacer.pause_left == 0


def test_a_chat_that_got_news_rests_for_a_second_and_others_do_not() -> None:
    hand = Hand()
    pacer = Pacer(30, clock=hand)
    pacer.close_gate("a")
    hand.at = 0.5
    pacer.close_gate("b")
    assert pacer.gated() == ["a", "b"]
    hand.at = CHAT_GAP_SECONDS
    assert pacer.gated() == ["b"]


def test_a_chat_that_was_answered_several_times_rests_for_as_long_as_that_takes() -> None:
    hand = Hand()
    pacer = Pacer(30, clock=hand)
    for _answer in range(3):
        pacer.close_gate("a")
    hand.at = 3 * CHAT_GAP_SECONDS - 0.1
    assert pacer.gated() == ["a"]
    hand.at = 3 * CHAT_GAP_SECONDS
    assert pacer.gated() == []


@pytest.mark.anyio
async def test_answers_wait_only_when_the_second_is_full_and_notices_make_room_for_them() -> None:
    hand = Hand()
    pacer = Pacer(10, clock=hand)
    for _answer in range(10):
        async with asyncio.timeout(0.5):
            await pacer.answer_turn()
    for turn in (pacer.answer_turn, pacer.turn):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.02):
                await turn()


def test_gates_of_thousands_of_chats_are_forgotten_again() -> None:
    hand = Hand()
    pacer = Pacer(30, clock=hand)
    for number in range(5000):
        hand.at = number / 100
        pacer.close_gate(str(number))
    assert len(pacer.gated()) == int(CHAT_GAP_SECONDS * 100)
    assert len(pacer._gates) <= 1001
