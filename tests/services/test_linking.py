"""One-time codes: made, used, expired, guessed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from bot.work import Work
from models.people import ChannelAccount, LinkingCode, LinkingGuess, Person
from rules.errors import DomainError
from services import linking
from services.demo import Cast
from services.linking import (
    ExpiredCodeError,
    LinkedToAnotherError,
    TooManyGuessesError,
    UnknownCodeError,
    UsedCodeError,
)

Find = Callable[[str], Person]


def chat(work: Work, address: str, channel: str = "telegram") -> Work:
    """The work as it is when an event of that chat is handled."""
    known = select(ChannelAccount).where(ChannelAccount.channel == channel, ChannelAccount.address == address)
    account = work.session.exec(known).first()
    if account is None:
        account = ChannelAccount(channel=channel, address=address, last_seen_at=work.now)
        work.session.add(account)
        work.session.flush()
    return replace(work, account=account)


def later(work: Work, **span: float) -> Work:
    return replace(work, now=work.now + timedelta(**span))


def test_a_code_links_a_chat_to_its_person(sample: Work, person: Find) -> None:
    code = linking.new_linking_code(sample, person(Cast.FINANCE_HEAD))
    assert linking.link(chat(sample, "7"), code).code == Cast.FINANCE_HEAD
    assert chat(sample, "7").account.person_id == person(Cast.FINANCE_HEAD).id  # type: ignore[union-attr]


def test_a_code_is_easy_to_read_and_is_stored_hashed_only(sample: Work, person: Find) -> None:
    code = linking.new_linking_code(sample, person(Cast.FINANCE_HEAD))
    assert len(code) >= 10
    assert not set(code) & set("0O1Il")
    assert linking.looks_like_code(f" {code.lower()} ")
    row = sample.session.exec(select(LinkingCode)).one()
    assert code not in row.digest
    assert len(row.digest) == 64


def test_a_code_may_be_typed_in_small_letters(sample: Work, person: Find) -> None:
    code = linking.new_linking_code(sample, person(Cast.FINANCE_HEAD))
    assert linking.link(chat(sample, "7"), f" {code.lower()}\n").code == Cast.FINANCE_HEAD


def test_a_code_works_once_on_each_channel(sample: Work, person: Find) -> None:
    code = linking.new_linking_code(sample, person(Cast.FINANCE_HEAD))
    linking.link(chat(sample, "7"), code)
    linking.link(chat(sample, "z7", "zalo"), code)
    with pytest.raises(UsedCodeError):
        linking.link(chat(sample, "8"), code)


def test_the_same_link_pressed_twice_is_harmless(sample: Work, person: Find) -> None:
    code = linking.new_linking_code(sample, person(Cast.FINANCE_HEAD))
    linking.link(chat(sample, "7"), code)
    assert linking.link(chat(sample, "7"), code).code == Cast.FINANCE_HEAD
    assert sample.session.exec(select(LinkingGuess)).all() == []


def test_a_code_lasts_fourteen_days_to_the_end_of_the_day(sample: Work, person: Find) -> None:
    code = linking.new_linking_code(sample, person(Cast.FINANCE_HEAD))
    with pytest.raises(ExpiredCodeError):
        linking.link(chat(later(sample, days=15), "7"), code)
    assert linking.link(chat(later(sample, days=14), "7"), code).code == Cast.FINANCE_HEAD


def test_a_newer_code_ends_the_older_one(sample: Work, person: Find) -> None:
    old = linking.new_linking_code(sample, person(Cast.FINANCE_HEAD))
    new = linking.new_linking_code(sample, person(Cast.FINANCE_HEAD))
    with pytest.raises(ExpiredCodeError):
        linking.link(chat(sample, "7"), old)
    assert linking.link(chat(sample, "7"), new).code == Cast.FINANCE_HEAD


def test_a_chat_of_somebody_else_is_not_taken_over(sample: Work, person: Find) -> None:
    linking.link(chat(sample, "7"), linking.new_linking_code(sample, person(Cast.FINANCE_HEAD)))
    code = linking.new_linking_code(sample, person(Cast.CHAIR))
    with pytest.raises(LinkedToAnotherError, match="Vũ Đình Khải"):
        linking.link(chat(sample, "7"), code)


def test_who_guesses_five_times_has_to_wait_even_with_the_right_code(sample: Work, person: Find) -> None:
    code = linking.new_linking_code(sample, person(Cast.FINANCE_HEAD))
    for _guess in range(5):
        with pytest.raises(UnknownCodeError):
            linking.link(chat(sample, "7"), "WRONGWRONG22")
    with pytest.raises(TooManyGuessesError, match="60 minutes"):
        linking.link(chat(sample, "7"), code)
    with pytest.raises(TooManyGuessesError):
        linking.link(chat(later(sample, minutes=59), "7"), code)
    assert linking.link(chat(later(sample, minutes=61), "7"), code).code == Cast.FINANCE_HEAD


def test_other_chats_do_not_wait_for_one_that_guesses(sample: Work, person: Find) -> None:
    code = linking.new_linking_code(sample, person(Cast.FINANCE_HEAD))
    for _guess in range(5):
        with pytest.raises(UnknownCodeError):
            linking.link(chat(sample, "7"), "x")
    assert linking.link(chat(sample, "8"), code).code == Cast.FINANCE_HEAD


@pytest.mark.parametrize(
    "text", ["", "xin chào", "tôi muốn hỏi", "ABCDEFGHJKL", "ABCDEFGHJKLMN", "ABCDEFGHJKL0", "/start"]
)
def test_ordinary_words_are_no_code(text: str) -> None:
    assert not linking.looks_like_code(text)


def test_unlinking_makes_the_chat_a_citizens(sample: Work, person: Find) -> None:
    work = chat(sample, "7")
    linking.link(work, linking.new_linking_code(sample, person(Cast.FINANCE_HEAD)))
    assert work.account is not None
    work.actor = person(Cast.OFFICE)
    linking.unlink(work, work.account)
    assert work.account.person_id is None


def test_every_refusal_is_an_ordinary_answer() -> None:
    for error in (ExpiredCodeError, UnknownCodeError, UsedCodeError, LinkedToAnotherError, TooManyGuessesError):
        assert issubclass(error, DomainError)
