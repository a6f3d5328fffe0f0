"""Keep drafts: one of a kind for each account; they survive a restart and expire politely."""

from datetime import timedelta
from typing import Any

from bot.context import Context
from models.drafts import Draft, draft_of, drafts_of, files_in, put_away

LIFETIME = timedelta(days=3)


def open_draft(context: Context, form: str, subject_id: int | None, answers: dict[str, Any]) -> Draft:
    """A fresh draft; an older one of the same form makes way."""
    session, now = context.work.session, context.work.now
    older = draft_of(session, context.account.key, form)
    draft = Draft(
        account_id=context.account.key,
        form=form,
        subject_id=subject_id,
        answers=answers,
        touched_at=now,
        expires_at=now + LIFETIME,
    )
    if older is not None:
        put_away(session, older, files_in(draft))
    session.add(draft)
    session.flush()
    return draft


def touch(context: Context, draft: Draft) -> None:
    """The person went on: buttons of the step before become old."""
    draft.version += 1
    draft.touched_at = context.work.now
    draft.expires_at = context.work.now + LIFETIME


def finished(context: Context, draft: Draft) -> None:
    """Its files belong to what came of it."""
    context.work.session.delete(draft)
    context.work.session.flush()


def discard(context: Context, draft: Draft | None) -> None:
    """It is left; nothing of it is kept."""
    if draft is not None:
        put_away(context.work.session, draft)


def discard_all(context: Context) -> int:
    """Every form that is open in the chat; returns how many there were."""
    opened = drafts_of(context.work.session, context.account.key)
    for draft in opened:
        discard(context, draft)
    return len(opened)
