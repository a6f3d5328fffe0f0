"""First contact with the hotline: who we are, what can be asked, and how a question stands whose code is sent."""

from bot.context import Context, Reply
from bot.i18n import _
from bot.messages import Message, html, lines
from models.hotline import open_tickets_asked
from rules.text import fold
from services import hotline, people
from services.notices import hotline as notices

LOOK_UP = "tra cuu"


def introduction(context: Context) -> Message:
    """Once, before anything else: an automatic system, whose it is, what is kept and how it is erased."""
    context.account.introduced_at = context.work.now
    body = people.body_name(context.work)
    return Message(
        lines(
            html(
                _("Hello. This is the automatic system of {body}; it helps with administrative procedures."), body=body
            ),
            _("It keeps your question in order to answer it; /dulieu shows what is kept and erases it."),
            notices.no_numbers(),
            _("Officials type here the code that the Office gave them."),
        )
    )


def question(context: Context) -> Message:
    """What to do next, for who has said nothing yet; what he waits for is shown."""
    waiting = open_tickets_asked(context.work.session, context.account.key)
    listed = [notices.own_line(ticket) for ticket in waiting]
    return Message(lines(*listed, _("What would you like to ask, and about which place?")))


def looked_up_code(context: Context, text: str) -> str | None:
    """The code in "tra cứu 7KQ2MD", or a code alone; a word of six letters that is none is an ordinary word."""
    words = text.split()
    if fold(" ".join(words[:2])) == LOOK_UP and len(words) == 3:
        return words[2]
    if len(words) != 1 or not hotline.looks_like_code(text):
        return None
    is_meant = any(letter.isdigit() for letter in text) or hotline.looked_up(context.work, text) is not None
    return words[0] if is_meant else None


def look_up(context: Context, code: str) -> Reply:
    """How it stands; in the chat that asked also what was said."""
    ticket = hotline.looked_up(context.work, code)
    if ticket is None:
        return Message(html(_("There is no question with the code {code}. Please check every letter."), code=code[:20]))
    is_own = ticket.account_id == context.account.id
    return (notices.own_status if is_own else notices.status)(context.work, ticket)
