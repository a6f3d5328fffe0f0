"""The Office learns in time how much of a month's messages is used, and daily how many wait."""

from collections.abc import Sequence

from bot.i18n import _
from bot.messages import Message, html, lines
from bot.outbox import budget
from bot.outbox.places import Place
from bot.work import Work
from models.people import Person
from services import parties
from services.reaching import channel_name
from services.regulation import regulation

# In hundredths of what may be sent in a month.
WARNED_AT = 80


def watch_budgets(work: Work) -> int:
    """Look at every channel that has a budget; each word is said once."""
    if not work.budgets or regulation(work).hours.is_quiet(work.now):
        return 0
    for channel, limits in work.budgets.items():
        found = budget.spent(work.session, channel, work.now)
        for bot, number in found.bots.items():
            _watch(work, channel, bot, number, limits.monthly)
        _tell_of_waiting(work, channel, budget.used_up(channel, limits, found))
    return 0


def _watch(work: Work, channel: str, bot: str, number: int, most: int) -> None:
    if most == 0 or number * 100 < most * WARNED_AT:
        return
    is_used_up = number >= most
    month = f"{budget.month_of(work.now):%Y-%m}"
    key = f"budget:{channel}:{bot}:{month}:{100 if is_used_up else WARNED_AT}"
    for person in parties.office(work):
        message = work.worded(person, _usage, channel, number, most)
        work.post(person, message, dedup_key=f"{key}:{person.id}")


def _usage(work: Work, person: Person, channel: str, number: int, most: int) -> Message:
    text = html(
        _("{channel}: {number} of {most} messages of this month have been sent."),
        channel=channel_name(channel),
        number=number,
        most=most,
    )
    if number < most:
        return Message(text)
    rest = _(
        "Until the end of the month only answers and urgent news go out there; "
        "the rest goes through another channel or waits."
    )
    return Message(lines(text, rest), urgent=True)


def _tell_of_waiting(work: Work, channel: str, places: Sequence[Place]) -> None:
    waiting = budget.count_waiting(work.session, places) if places else 0
    if waiting == 0:
        return
    for person in parties.office(work):
        message = work.worded(person, _waiting, channel, waiting)
        work.post(person, message, dedup_key=f"budget:{channel}:waiting:{work.today}:{person.id}")


def _waiting(work: Work, person: Person, channel: str, number: int) -> Message:
    text = html(
        _("{channel}: {number} messages wait, because no more may be sent. The telephone list says for whom."),
        channel=channel_name(channel),
        number=number,
    )
    return Message(text, urgent=True)
