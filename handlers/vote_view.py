"""The card of a vote for whoever runs it, with what he can do now."""

from bot.buttons import token
from bot.context import Context
from bot.i18n import _
from bot.messages import Button, Message, Style, button, column
from models.votes import Vote
from rules.votes import VoteState
from services import access, ballots, votes
from services.notices import votes as notices


def run_card(context: Context, vote: Vote) -> Message:
    return notices.run_card(context.work, context.official, vote, column(*_buttons(context, vote)))


def _buttons(context: Context, vote: Vote) -> list[Button]:
    work = context.work
    draft = button(_("Show the draft"), token("vote.draft", vote.id))
    if not votes.runs(work, vote, context.official):
        return [draft]
    match vote.state:
        case VoteState.OPEN:
            replace = button(_("Replace the draft"), token("vote.replace", vote.id))
            cancel = button(_("Call the vote off"), token("vote.cancel", vote.id), Style.DANGER)
            all_voted = all(member.has_voted for member in ballots.members_of(work, vote))
            close = button(_("Close the vote"), token("vote.close", vote.id), Style.PRIMARY, is_weighty=True)
            return [*([close] if all_voted else []), draft, replace, cancel]
        case VoteState.CLOSED | VoteState.REPORTED:
            papers = button(_("All opinions and the report, .docx"), token("vote.papers", vote.id))
            agenda = button(_("Put it on the agenda of the session"), token("vote.agenda", vote.id))
            offers = access.is_office(work, context.official) and votes.awaits_agenda(work, vote)
            return [papers, draft, *([agenda] if offers else [])]
    return []
