"""A member's ballot: one tap for *Đồng ý*, words for the other two; and what to say to words that are no position."""

from dataclasses import replace

from bot.context import Context, Reply
from bot.forms import engine, steps
from bot.forms.form import Answered, Asking, Form, Given, Outcome, Step
from bot.i18n import _
from bot.messages import Message, html, lines
from bot.routes import Route, form, press
from models.drafts import latest_draft
from models.offices import posts_of
from models.votes import Vote, VoteAsked, votes_asking
from rules.errors import N_, InvalidInputError, StaleError
from rules.votes import Choice, is_vague
from services import access, ballots, votes, voting
from services.notices import vote_lines
from services.notices import votes as notices

VAGUE = N_("“{said}” is none of the three positions. Nothing was recorded. Which of them do you mean?")
REPLACED = N_("The draft has been replaced since this card was sent. Nothing was recorded; please read the new text.")


def on_ballot(context: Context) -> Reply:
    """From what he owes."""
    asked = access.load(context.work, VoteAsked, context.token.subject)
    vote = votes.in_sight(context.work, asked.vote_id)
    return replace(notices.ballot_card(context.work, context.official, vote), fresh=True)


def on_cast(context: Context) -> Reply:
    """*Đồng ý* counts at once; the others ask for their words first."""
    vote = votes.in_sight(context.work, context.token.subject)
    seat = voting.own_seat(context.work, vote)
    if context.token.version != vote.draft:
        return _card(context, vote, _(REPLACED))
    if not ballots.may_vote(context.work, vote, seat):
        return _card(context, vote, _("The vote is over. Nothing was changed."))
    choice = _choice(context.token.argument)
    if choice is Choice.AGREE:
        if context.rest:
            return _card(context, vote, _(VAGUE).format(said=f"{vote_lines.choice_words(choice)}: {context.rest}"))
        return _cast(context, vote, choice)
    opinion = COMMENTS if choice is Choice.WITH_COMMENTS else OBJECTION
    return engine.start(context, opinion, vote.key, draft=vote.draft)


def _choice(argument: str) -> Choice:
    if argument not in list(Choice):
        raise StaleError()
    return Choice(argument)


def _cast(context: Context, vote: Vote, choice: Choice, opinion: str = "") -> Message:
    is_new = voting.cast(context.work, vote, vote.draft, choice, opinion)
    note = _("Recorded.") if is_new else _("This was recorded already. Nothing was changed.")
    return _card(context, vote, note)


def _card(context: Context, vote: Vote, note: str, *, chooses: bool = False) -> Message:
    shown = notices.ballot_card(context.work, context.official, vote, chooses=chooses)
    return replace(shown, text=lines(html("<i>{note}</i>", note=note), shown.text), edit=True)


def on_change(context: Context) -> Reply:
    """Until it closes; the former ballot stays in the log."""
    vote = votes.in_sight(context.work, context.token.subject)
    seat = voting.own_seat(context.work, vote)
    if not ballots.may_vote(context.work, vote, seat):
        return _card(context, vote, _("The vote is over. Nothing was changed."))
    return _card(context, vote, _("The recorded ballot counts until you give another one."), chooses=True)


def _finish(asking: Asking, choice: Choice) -> Reply:
    context = asking.context
    vote = votes.in_sight(context.work, asking.subject_id or 0)
    if asking.answers["draft"] != vote.draft:
        return replace(_card(context, vote, _(REPLACED)), edit=False, fresh=True)
    opinion = asking.answers.get("opinion") or ""
    voting.cast(context.work, vote, vote.draft, choice, opinion)
    # A word below what was typed; the card itself is drawn anew, wherever in the chat it stands.
    said = html(_("Recorded: <b>{said}</b>"), said=vote_lines.words_of(choice, opinion))
    return [Message(said), notices.ballot_card(context.work, context.official, vote)]


def _with_position(step: Step) -> Step:
    """Who agrees with comments has some; words that are no position are asked back."""

    def read(asking: Asking, given: Given) -> Outcome:
        outcome = step.read(asking, given)
        if isinstance(outcome, Answered) and is_vague(outcome.value):
            raise InvalidInputError(VAGUE, said=outcome.value)
        return outcome

    return replace(step, read=read)


COMMENTS = Form(
    "vote comments",
    lambda asking: _("Agree, with comments"),
    (
        _with_position(
            steps.text(
                "opinion",
                N_("Comments"),
                N_("What is to be added or changed in the draft? It is recorded as soon as you send it."),
                2000,
            )
        ),
    ),
    lambda asking: _finish(asking, Choice.WITH_COMMENTS),
    confirms=False,
)
OBJECTION = Form(
    "vote objection",
    lambda asking: _("Disagree"),
    (
        _with_position(
            steps.text(
                "opinion",
                N_("Reason"),
                N_("For what reason? Your ballot is recorded as soon as you send it, or choose “Skip”."),
                2000,
                is_optional=True,
            )
        ),
    ),
    lambda asking: _finish(asking, Choice.DISAGREE),
    confirms=False,
)


def on_typed(context: Context) -> Reply:
    """*Cơ bản đồng ý*, *không có ý kiến*: asked which of the three is meant; None where it is no such word here."""
    said = context.typed
    if not is_vague(said) or latest_draft(context.work.session, context.account.key) is not None:
        return None
    work, person = context.work, context.official
    posts = [post.key for post in posts_of(work.session, person.key, work.today)]
    found = [vote for vote in votes_asking(work.session, posts) if ballots.waits_for(work, vote, person)]
    if not found:
        return None
    note = html("<i>{note}</i>", note=_(VAGUE).format(said=said))
    cards = [replace(notices.ballot_card(work, person, vote), fresh=True) for vote in found]
    return [replace(cards[0], text=lines(note, cards[0].text)), *cards[1:]]


ROUTES: list[Route] = [
    press("vote.ballot", on_ballot),
    press("vote.cast", on_cast, reads_rest=True),
    press("vote.change", on_change),
    form(COMMENTS),
    form(OBJECTION),
]
