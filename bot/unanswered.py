"""What is said to what cannot be used: a sticker, a file that was not taken, words that fit nothing."""

from datetime import datetime, timedelta

from markupsafe import Markup

from bot import typed_answers
from bot.context import Context, Reply
from bot.events import TextReceived
from bot.forms import engine
from bot.forms.form import Form
from bot.i18n import _
from bot.messages import Message, lines
from bot.routes import Handler, Routes
from models.drafts import Draft, latest_draft
from models.prompts import asked_since

HELP_AGAIN = timedelta(minutes=10)


def unusable(context: Context, routes: Routes) -> Reply:
    """A sticker, a place; and where a channel takes no files, a file: the step that waits for one says where to."""
    if context.takes_files:
        why = _("The system reads text, pictures and files only. Please type your answer.")
        return not_taken(context, routes, why)
    why = _("Only text and pictures arrive here, no files.")
    if open_form(context, routes):
        return not_taken(context, routes, why)
    account, now = context.account, context.work.now
    if not _is_again(account.files_refused_at, now):
        return None
    account.files_refused_at = now
    where = _("Where a document is needed, the system gives an address to hand it in; else please call the Office.")
    return Message(lines(why, where))


def not_taken(context: Context, routes: Routes, why: str) -> Message:
    """Inside a form its step is shown again."""
    opened = open_form(context, routes)
    return engine.resume(context, *opened, why) if opened else Message(Markup.escape(why))


def open_form(context: Context, routes: Routes) -> tuple[Form, Draft] | None:
    draft = latest_draft(context.work.session, context.account.key)
    form = routes.form_called(draft.form) if draft else None
    return (form, draft) if form is not None and draft is not None else None


def otherwise(context: Context, fallback: Handler, routes: Routes) -> Reply:
    """What fits nothing: a citizen is told what this is, or his text is taken for a linking code."""
    if not context.has_buttons and context.person is not None:
        if not _may_help(context):
            return None
        event, work = context.event, context.work
        is_text = isinstance(event, TextReceived)
        if is_text and (listed := typed_answers.not_understood(work.session, event.channel, event.address, work.now)):
            return listed
    return (fallback if context.person is not None else routes.not_linked)(context)


def _may_help(context: Context) -> bool:
    """Help is said once in a while only, where each message counts against a quota; anew of what is asked since."""
    account, session, now = context.account, context.work.session, context.work.now
    last = account.helped_at
    if not (_is_again(last, now) or (last and asked_since(session, account.channel, account.address, last))):
        return False
    account.helped_at = now
    return True


def _is_again(last: datetime | None, now: datetime) -> bool:
    """Who was told of one thing a moment ago is still told of the other."""
    return last is None or now - last >= HELP_AGAIN
