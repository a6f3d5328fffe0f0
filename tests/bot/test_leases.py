"""One process at a time: a living holder keeps what he has, a dead one is replaced at once."""

import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import TypeAlias

import pytest

from bot import leases
from bot.clock import SetClock
from models.database import Database

NAME = "channel telegram"
Take: TypeAlias = Callable[[str], bool]


@pytest.fixture
def take(database: Database, clock: SetClock) -> Take:
    def attempt(holder: str) -> bool:
        return database.transact(lambda session: leases.take(session, NAME, holder, clock.now()))

    return attempt


def living() -> str:
    """A holder that is not this process and lives: the one that started it."""
    machine, _pid, _rest = leases.new_holder().split("/")
    return f"{machine}/1/other"


def dead() -> str:
    """A holder of this machine that has just died."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    machine, _pid, _rest = leases.new_holder().split("/")
    return f"{machine}/{process.pid}/gone"


def test_the_first_takes_it_and_keeps_it(take: Take) -> None:
    mine = leases.new_holder()
    assert take(living())
    assert not take(mine)
    assert take(living())


def test_a_dead_holder_of_this_machine_is_replaced_at_once(take: Take) -> None:
    assert take(dead())
    assert take(leases.new_holder())


def test_a_former_process_with_our_number_is_dead(take: Take) -> None:
    assert take(leases.new_holder())
    assert take(leases.new_holder())


def test_of_another_machine_nothing_is_known_until_its_lease_is_over(take: Take, clock: SetClock) -> None:
    assert take("elsewhere/1/other")
    mine = leases.new_holder()
    assert not take(mine)
    clock.move_to(clock.now() + leases.TTL)
    assert take(mine)
    assert not take("elsewhere/1/other")


def test_a_clock_that_was_set_back_locks_nobody_out(take: Take, clock: SetClock) -> None:
    assert take("elsewhere/1/other")
    clock.move_to(clock.now() - timedelta(days=1))
    assert take(leases.new_holder())


def test_what_is_let_go_is_free_and_nothing_else(take: Take, database: Database, clock: SetClock) -> None:
    assert take("elsewhere/1/other")
    database.transact(lambda session: leases.release(session, "somebody/2/else", clock.now()))
    assert not take(leases.new_holder())
    database.transact(lambda session: leases.release(session, "elsewhere/1/other", clock.now()))
    assert take(leases.new_holder())
