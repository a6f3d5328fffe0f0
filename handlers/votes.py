"""`/bieuquyet`: what waits for my ballot, what I have said; for the Office and the drafting unit all that runs."""

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from bot.buttons import token
from bot.context import Context, Reply
from bot.forms import engine
from bot.i18n import _, short_moment
from bot.messages import Message, Style, button, column, grid, html, lines
from bot.routes import Route, command, press
from handlers import vote_forms, vote_view
from handlers.paging import page_in, paged
from models.offices import posts_of
from models.votes import Vote, votes_asking, votes_run_by
from rules.errors import NotAllowedError
from rules.votes import Standing, VoteState
from services import access, ballots, programme_changes, vote_results, votes
from services.ballots import Member
from services.notices import vote_lines
from services.notices import votes as notices


def sees(context: Context) -> bool:
    """Members, the Office, and whoever has a vote to run."""
    work, person = context.work, context.official
    return access.is_office(work, person) or votes.is_member(work, person) or bool(_known(context))


def _known(context: Context) -> list[Vote]:
    """What waits for his own ballot first; then what is open, the nearest first; then what was closed last."""
    work, person = context.work, context.official
    posts = [post.key for post in posts_of(work.session, person.key, work.today)]
    asked = votes_asking(work.session, posts)
    unit_id = programme_changes.own_unit(work, person)
    run: Sequence[Vote] = ()
    if access.is_office(work, person):
        run = votes_run_by(work.session, None)
    elif unit_id is not None:
        run = votes_run_by(work.session, unit_id)
    each = {vote.key: vote for vote in [*asked, *run]}.values()
    return sorted(each, key=lambda vote: (not ballots.waits_for(work, vote, person), not vote.is_open))


def _seat(context: Context, vote: Vote) -> Member | None:
    return ballots.seat_of(ballots.members_of(context.work, vote), context.official)


def on_list(context: Context) -> Reply:
    work = context.work
    if not sees(context):
        raise NotAllowedError()
    found = _known(context)
    page = page_in(context.token.argument)
    shown, turn = paged(context, found, page, lambda other: token("/bieuquyet", argument=other))
    listed = [html("{n}. {line}", n=n, line=_line(context, vote)) for n, vote in shown]
    numbers = grid([button(str(n), token("vote.open", vote.id)) for n, vote in shown])
    opens = votes.may_open(work, context.official)
    new = column(button(_("Ask the members for their ballots"), token("vote.new"), Style.PRIMARY)) if opens else ()
    title = html("<b>{title}</b>", title=_("Ballots of the members of the committee"))
    nothing = None if found else _("There is no vote yet.")
    return Message(lines(title, nothing, *listed), (*numbers, *turn, *new), edit=context.was_pressed)


def _line(context: Context, vote: Vote) -> Markup:
    members = ballots.members_of(context.work, vote)
    seat = ballots.seat_of(members, context.official)
    counts = notices.voted(members) if votes.runs(context.work, vote, context.official) else None
    parts = [_state(vote), _own(vote, seat), counts]
    return html("{title}: {state}", title=vote.title, state="; ".join(part for part in parts if part))


def _state(vote: Vote) -> str:
    if vote.is_open:
        return _("by {moment}").format(moment=short_moment(vote.due_at))
    return _("closed at {moment}").format(moment=short_moment(vote.closed_at or vote.due_at))


def _own(vote: Vote, seat: Member | None) -> str | None:
    if seat is None:
        return None
    if seat.ballot is not None and seat.standing is not Standing.STALE:
        return _("you: {said}").format(said=vote_lines.choice_words(seat.ballot.choice))
    return _("waits for your ballot") if vote.is_open else _("you have not voted")


def on_open(context: Context) -> Reply:
    """His own ballot, and what he runs."""
    vote = votes.in_sight(context.work, context.token.subject)
    own = notices.ballot_card(context.work, context.official, vote)
    is_asked = _seat(context, vote) is not None
    cards = [replace(own, fresh=True)] if is_asked else []
    if votes.runs(context.work, vote, context.official) or not is_asked:
        cards.append(replace(vote_view.run_card(context, vote), fresh=True))
    return cards


def on_draft(context: Context) -> Reply:
    vote = votes.in_sight(context.work, context.token.subject)
    return notices.draft(context.work, vote)


def on_new(context: Context) -> Reply:
    if not votes.may_open(context.work, context.official):
        raise NotAllowedError()
    return engine.start(context, vote_forms.OPEN)


def on_replace(context: Context) -> Reply:
    vote = votes.to_run(context.work, context.token.subject)
    return engine.start(context, vote_forms.REPLACE, vote.key) if vote.is_open else _now(context, vote)


def on_cancel(context: Context) -> Reply:
    vote = votes.to_run(context.work, context.token.subject)
    return engine.start(context, vote_forms.CANCEL, vote.key) if vote.is_open else _now(context, vote)


def on_close(context: Context) -> Reply:
    vote = votes.to_run(context.work, context.token.subject)
    if vote.is_open:
        vote_results.close_early(context.work, vote)
    return _now(context, vote)


def _now(context: Context, vote: Vote) -> Message:
    """How it stands, in the place of what was pressed."""
    return replace(vote_view.run_card(context, vote), edit=True)


def on_papers(context: Context) -> Reply:
    """As they stand now: late ballots too. What is open is sealed, and what was called off stays so."""
    vote = votes.to_run(context.work, context.token.subject)
    if vote.state not in (VoteState.CLOSED, VoteState.REPORTED):
        raise NotAllowedError()
    members = ballots.members_of(context.work, vote)
    # What draws up documents is loaded with the first one, not at every start.
    from services import vote_papers

    papers = (vote_papers.opinions(context.work, vote, members), vote_papers.report(context.work, vote, members))
    return Message(html("{title}", title=vote.title), files=papers)


def on_agenda(context: Context) -> Reply:
    vote = votes.to_run(context.work, context.token.subject)
    if votes.awaits_agenda(context.work, vote):
        title = _("Result of the vote: {title}").format(title=vote.title)
        votes.put_on_agenda(context.work, vote, title)
    note = html("<i>{note}</i>", note=_("It stands on the agenda of the session."))
    shown = _now(context, vote)
    return replace(shown, text=lines(note, shown.text))


ROUTES: list[Route] = [
    command("bieuquyet", on_list, "bieu quyet", "lay phieu", "cho y kien du thao"),
    press("vote.open", on_open),
    press("vote.draft", on_draft),
    press("vote.new", on_new),
    press("vote.replace", on_replace),
    press("vote.cancel", on_cancel),
    press("vote.close", on_close),
    press("vote.papers", on_papers),
    press("vote.agenda", on_agenda),
    *vote_forms.ROUTES,
]
