"""What a handler said, queued to the chat that the event came from."""

from bot.context import Context, Reply, messages
from bot.events import ButtonPressed
from bot.messages import Kind
from bot.outbox import queue
from bot.outbox.posting import Posting


def reply(context: Context, answer: Reply) -> None:
    """Queue what a handler said to the chat that the event came from."""
    event = context.event
    for message in messages(answer):
        posting = Posting(
            channel=event.channel,
            address=event.address,
            person_id=context.person.id if context.person else None,
            message=message,
            kind=Kind.REPLY,
            now=context.work.now,
            edits=event.message_id if message.edit and isinstance(event, ButtonPressed) else "",
            cause=context.work.cause,
            told=[(event.channel, event.address)],
        )
        queue.put(context.work.session, posting)
