"""The count of a vote in words, with the line that says why it holds: rule, base, what does not count."""

from bot.i18n import _
from models.votes import Vote
from rules.votes import Base, Outcome, Tally
from services.notices import vote_lines


def tally_lines(vote: Vote, tally: Tally) -> list[str]:
    return [counts(tally), outcome(tally), validity(vote, tally)]


def counts(tally: Tally) -> str:
    """Đồng ý: 6; Đồng ý, có ý kiến: 3; Không đồng ý: 1; chưa cho ý kiến: 1; cho ý kiến muộn: 1."""
    numbers = zip(vote_lines.CHOICES, (tally.agree, tally.with_comments, tally.disagree), strict=True)
    parts = [f"{vote_lines.choice_words(choice)}: {number}" for choice, number in numbers]
    parts.append(_("no ballot: {number}").format(number=tally.silent))
    if tally.late:
        parts.append(_("late: {number}").format(number=tally.late))
    if tally.stale:
        parts.append(_("on a former text: {number}").format(number=tally.stale))
    return "; ".join(parts) + "."


def outcome(tally: Tally) -> str:
    """8/12 đồng ý: quá nửa."""
    words = {
        Outcome.MAJORITY: _("In favour: {number} of {base}, more than half."),
        Outcome.NO_MAJORITY: _("In favour: {number} of {base}, not more than half."),
        Outcome.TIE_FOR: _(
            "A tie ({number} of {base} in favour, as many against): the chair's side decides, in favour."
        ),
        Outcome.TIE_AGAINST: _(
            "A tie ({number} of {base} in favour, as many against): the chair's side decides, against."
        ),
        Outcome.TIE: _("A tie ({number} of {base} in favour, as many against); the chair is on neither side."),
    }[tally.outcome]
    return words.format(number=tally.in_favour, base=tally.base)


def validity(vote: Vote, tally: Tally) -> str:
    """Why it is valid: the rule and its base, who was asked, what counts and what does not."""
    rule = (
        _("more than half of all members of the committee ({number})")
        if vote.base is Base.ALL
        else _("more than half of those who have voted ({number})")
    )
    parts = [
        _("Rule: {rule}").format(rule=rule.format(number=tally.base)),
        _("asked: {number}").format(number=tally.asked),
        _("ballots in time: {number}").format(number=tally.cast),
        _("“Agree, with comments” counts as agreement in principle")
        if vote.comments_count
        else _("“Agree, with comments” does not count as agreement"),
        _("late ballots are recorded apart and do not count") if vote.accepts_late else _("late ballots are not taken"),
        _("silence is no vote; nobody votes for another"),
    ]
    return "; ".join(parts) + "."
