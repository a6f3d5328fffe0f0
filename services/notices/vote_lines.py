"""What stands on every card about a vote: who has drafted it, until when; and the words of the three choices."""

from markupsafe import Markup

from bot.i18n import _, full_moment, short_moment
from bot.messages import html
from bot.work import Work
from models.people import Unit
from models.votes import Vote, VoteAsked
from rules.errors import N_
from rules.votes import Choice

CHOICES = {
    Choice.AGREE: N_("Agree"),
    Choice.WITH_COMMENTS: N_("Agree, with comments"),
    Choice.DISAGREE: N_("Disagree"),
}


def choice_words(choice: Choice) -> str:
    return _(CHOICES[choice])


def words_of(choice: Choice, opinion: str) -> str:
    """Đồng ý, có ý kiến: bổ sung Điều 5."""
    words = choice_words(choice)
    return _("{choice}: {opinion}").format(choice=words, opinion=opinion) if opinion else words


def vote_lines(work: Work, vote: Vote) -> list[str | Markup | None]:
    return [
        html(_("Drafted by: {unit}"), unit=work.session.get_one(Unit, vote.unit_id).name),
        html(_("Document: {document}"), document=vote.document) if vote.document else None,
        html(_("To be given by: <b>{moment}</b>"), moment=full_moment(vote.due_at)) if vote.is_open else None,
    ]


def of_asked(work: Work, asked_id: int) -> list[str | Markup | None]:
    """On the card of what a member owes."""
    return vote_lines(work, work.session.get_one(Vote, work.session.get_one(VoteAsked, asked_id).vote_id))


def of_result(work: Work, vote_id: int) -> list[str | Markup | None]:
    """On the card of what the drafting unit owes."""
    vote = work.session.get_one(Vote, vote_id)
    closed = short_moment(vote.closed_at) if vote.closed_at else ""
    return [*vote_lines(work, vote), html(_("Closed at {moment}."), moment=closed)]
