"""What is said of votes: the card with the three choices, another text of the draft, and how it ended.

Until a vote is closed nobody is shown how another has voted: whoever runs it sees only who has.
"""

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from bot.buttons import token
from bot.i18n import _, short_moment
from bot.messages import Attachment, Message, Row, Style, button, column, html, lines
from bot.work import Work
from models.duties import Duty, DutyEntry
from models.meetings import Meeting
from models.people import Person
from models.votes import Ballot, Vote, VoteAsked, draft_of, files_of
from rules.votes import Choice, Standing, VoteState
from services import ballots
from services.ballots import Member
from services.notices import duties, tallies, vote_lines, words

STYLES = {Choice.AGREE: Style.SUCCESS, Choice.WITH_COMMENTS: Style.PRIMARY, Choice.DISAGREE: Style.DANGER}


def ballot_card(work: Work, person: Person, vote: Vote, *, title: str = "", chooses: bool = False) -> Message:
    """To a member: the draft, what he has said, the three choices; `chooses`: he wants to say otherwise."""
    seat = ballots.seat_of(ballots.members_of(work, vote), person)
    text = lines(
        html("<b>{title}</b>", title=title or _("Ballot of the members of the committee")),
        html("{title}", title=vote.title),
        *vote_lines.vote_lines(work, vote),
        *_draft_lines(work, vote),
        *_own_lines(work, seat),
        *_end_lines(work, vote),
        duties.cite(work, seat.duty) if seat else None,
    )
    waits = vote.is_open and seat is not None and not seat.has_voted
    rows = _rows(work, vote, seat, chooses=chooses) if seat else ()
    return Message(text, rows, card=card_of(vote)).awaited(vote.due_at if waits else None)


def card_of(vote: Vote) -> str:
    return f"vote:{vote.id}"


def _draft_lines(work: Work, vote: Vote) -> list[str | Markup | None]:
    draft = draft_of(work.session, vote)
    number = _("Text no. {number} of the draft, of {moment}.") if draft.number > 1 else ""
    return [number.format(number=draft.number, moment=short_moment(draft.posted_at)), html("{text}", text=draft.text)]


def _own_lines(work: Work, seat: Member | None) -> list[Markup]:
    if seat is None:
        return []
    if seat.ballot is None:
        return [html(_("Your ballot: <b>{state}</b>"), state=_("not recorded yet"))]
    predecessor = _("Ballot of your predecessor, {who}: <b>{said}</b> ({moment})")
    said = html(
        predecessor if seat.is_of_predecessor else _("Your ballot: <b>{said}</b> ({moment})"),
        who=words.comrade(work.session.get_one(Person, seat.ballot.person_id)),
        said=vote_lines.words_of(seat.ballot.choice, seat.ballot.opinion),
        moment=short_moment(seat.ballot.cast_at),
    )
    apart = {
        Standing.STALE: _("It is on a former text of the draft. Please give it once more, on the present text."),
        Standing.LATE: _("It came after the due moment and is recorded apart."),
    }.get(seat.standing)
    return [said, *([Markup.escape(apart)] if apart else [])]


def _end_lines(work: Work, vote: Vote) -> list[str | Markup | None]:
    """How it ended, for everybody who was asked."""
    match vote.state:
        case VoteState.CLOSED | VoteState.REPORTED:
            tally = ballots.tally_of(vote, ballots.members_of(work, vote))
            return [_closed_line(vote), *tallies.tally_lines(vote, tally)]
        case VoteState.CANCELLED:
            return [html(_("Called off: {reason}"), reason=vote.reason)]
    return []


def _closed_line(vote: Vote) -> str:
    return _("Closed at {moment}.").format(moment=short_moment(vote.closed_at)) if vote.closed_at else ""


def _rows(work: Work, vote: Vote, seat: Member, *, chooses: bool) -> tuple[Row, ...]:
    """The three while he has not voted; then one to say otherwise, and none once nothing is taken."""
    why = button(_("Why?"), token("duty.why", seat.duty.id))
    if not ballots.may_vote(work, vote, seat):
        return ((why,),)
    draft = button(_("Show the draft"), token("vote.draft", vote.id))
    if seat.standing in (Standing.COUNTED, Standing.LATE) and not chooses:
        return (button(_("Change my ballot"), token("vote.change", vote.id)),), (draft, why)
    three = (
        button(
            vote_lines.choice_words(choice),
            token("vote.cast", vote.id, vote.draft, choice),
            STYLES[choice],
            is_weighty=choice is Choice.AGREE,
        )
        for choice in Choice
    )
    return *column(*three), (draft, why)


def draft(work: Work, vote: Vote) -> Message:
    """The text that stands."""
    return Message(lines(html("<b>{title}</b>", title=vote.title), *_draft_lines(work, vote)), files=_files(work, vote))


def _files(work: Work, vote: Vote) -> tuple[Attachment, ...]:
    found = files_of(work.session, draft_of(work.session, vote).key)
    return tuple(Attachment(file_id, work.file_name(file_id)) for file_id in found)


def asked(work: Work, person: Person, vote: Vote) -> Message:
    """With the draft: what is asked by when."""
    return _with_draft(work, vote, ballot_card(work, person, vote, title=_("Your ballot is asked on a draft")))


def another_text(work: Work, person: Person, vote: Vote) -> Message:
    """With the new text; who has voted on the former one reads that he is asked again."""
    return _with_draft(work, vote, ballot_card(work, person, vote, title=_("The draft has been replaced")))


def _with_draft(work: Work, vote: Vote, card: Message) -> Message:
    return replace(card, files=_files(work, vote), fresh=True)


def reminder(work: Work, person: Person, duty: Duty) -> Message:
    """Only to those who have not voted, and it says so: a choice that was begun and not finished is no ballot."""
    vote = work.session.get_one(Vote, work.session.get_one(VoteAsked, duty.subject_id).vote_id)
    title = _("Reminder: your ballot has not been recorded")
    return replace(ballot_card(work, person, vote, title=title), fresh=True)


def closed(work: Work, person: Person, vote: Vote) -> Message:
    """To a member: his card loses its buttons and shows the count; no message of its own."""
    return replace(ballot_card(work, person, vote), only_edits=True)


def cancelled(work: Work, person: Person, vote: Vote) -> Message:
    return replace(ballot_card(work, person, vote, title=_("The vote has been called off")), fresh=True)


def run_card(work: Work, person: Person, vote: Vote, rows: tuple[Row, ...] = ()) -> Message:
    """To whoever runs it: who has voted and who has not; how, only once it is closed."""
    members = ballots.members_of(work, vote)
    text = lines(
        html("<b>{title}</b>", title=vote.title),
        *vote_lines.vote_lines(work, vote),
        *_draft_lines(work, vote),
        *_who_has(members),
        *_end_lines(work, vote),
        _("How each has voted is shown once it is closed.") if vote.is_open else None,
        _session_line(work, vote),
    )
    return Message(text, rows, card=f"vote-run:{vote.id}")


def voted(members: Sequence[Member]) -> str:
    """đã cho ý kiến 5/12."""
    return _("{done} of {total} have voted").format(done=sum(each.has_voted for each in members), total=len(members))


def _who_has(members: Sequence[Member]) -> list[Markup]:
    groups = {
        _("Have voted"): [each for each in members if each.has_voted],
        _("Voted on a former text"): [each for each in members if each.standing is Standing.STALE],
        _("Late"): [each for each in members if each.standing is Standing.LATE],
        _("Have not voted"): [each for each in members if each.standing is Standing.NONE],
    }
    return [
        html(_("{group} ({count}): {names}"), group=group, count=len(found), names="; ".join(map(member_name, found)))
        for group, found in groups.items()
        if found
    ]


def member_name(member: Member) -> str:
    return words.comrade(member.person) if member.person else member.post.title


def _session_line(work: Work, vote: Vote) -> Markup | str | None:
    """Where the result goes."""
    if vote.state is not VoteState.CLOSED:
        return None
    session = work.session.get(Meeting, vote.session_id) if vote.session_id else None
    if session is None:
        return _("No regular session is called yet: the drafting unit will be told when one is.")
    return html(_("The result is to be reported to: {meeting}"), meeting=words.meeting_in_short(session))


def all_voted(work: Work, person: Person, vote: Vote) -> Message:
    """To whoever runs it: nobody is waited for any more."""
    close = button(_("Close the vote"), token("vote.close", vote.id), Style.PRIMARY, is_weighty=True)
    shown = run_card(work, person, vote, ((close,),))
    return replace(shown, text=lines(html("<b>{title}</b>", title=_("All members have voted")), shown.text), fresh=True)


def result(work: Work, person: Person, vote: Vote, papers: tuple[Attachment, ...]) -> Message:
    """To the chair, the Office and the drafting unit: the count, all opinions, and a draft of the report."""
    text = lines(
        html("<b>{title}</b>", title=_("Result of the vote: {title}").format(title=vote.title)),
        *vote_lines.vote_lines(work, vote),
        *_end_lines(work, vote),
        _session_line(work, vote),
        words.cite(work, "vote_result"),
    )
    open_it = button(_("Open"), token("vote.open", vote.id))
    return Message(text, ((open_it,),), papers, card=card_of(vote), fresh=True)


def came_late(work: Work, person: Person, vote: Vote, seat: Member, ballot: Ballot) -> Message:
    """To whoever runs it, once it is closed: a ballot that does not count, for whoever revises the draft."""
    text = lines(
        html("<b>{title}</b>", title=_("A ballot came late; it is recorded apart")),
        html("{title}", title=vote.title),
        html(
            "{who}: {said}",
            who=words.capital(member_name(seat)),
            said=vote_lines.words_of(ballot.choice, ballot.opinion),
        ),
    )
    return Message(text, ((button(_("Open"), token("vote.open", vote.id)),),))


def reported(work: Work, person: Person, vote: Vote, duty: Duty, entry: DutyEntry) -> Message:
    """To the chair and the Office: what the drafting unit has reported."""
    text = lines(
        html("<b>{title}</b>", title=_("The result of the vote has been reported")),
        html("{title}", title=vote.title),
        *duties.result_lines(entry),
        duties.cite(work, duty),
    )
    return Message(text, files=(Attachment(entry.file_id, work.file_name(entry.file_id)),) if entry.file_id else ())
