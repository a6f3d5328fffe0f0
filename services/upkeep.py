"""What must happen by itself as time passes: requests lapse, drafts expire, old events are forgotten."""

from datetime import timedelta

from markupsafe import Markup

from bot import inbox
from bot.i18n import _, use_language
from bot.messages import Kind, Message
from bot.outbox import queue
from bot.outbox.posting import Posting
from bot.work import Work
from models.absence import overdue_open_requests
from models.drafts import expired_drafts, put_away
from models.files import known_digests
from models.links import prune_links
from models.people import ChannelAccount, Person
from models.prompts import prune_prompts
from services import endings

# Longer than any platform repeats an event.
KEEP_EVENTS = timedelta(days=7)
# Longer than any transaction between keeping a content and naming it.
UNNAMED_FOR = timedelta(hours=1)


def lapse_undecided(work: Work) -> int:
    """The meeting has started: what the chair has not decided is decided by nobody."""
    requests = overdue_open_requests(work.session, work.now)
    for request in requests:
        endings.lapse(work, request)
    return len(requests)


def expire_drafts(work: Work) -> int:
    """A form left half-filled for days is put away, and its owner told."""
    drafts = expired_drafts(work.session, work.now)
    for draft in drafts:
        account = work.session.get_one(ChannelAccount, draft.account_id)
        person = work.session.get(Person, account.person_id) if account.person_id else None
        with use_language(person.language if person else account.language):
            text = _(
                "A form that you left half-filled has expired; nothing was sent. You can start it again at any time."
            )
        put_away(work.session, draft)
        if account.is_reachable:
            queue.put(
                work.session,
                Posting(
                    channel=account.channel,
                    address=account.address,
                    person_id=account.person_id,
                    message=Message(Markup.escape(text)),
                    kind=Kind.PING,
                    now=work.now,
                    dedup_key=f"draft:{draft.id}:expired",
                    cause=work.cause,
                ),
            )
    return len(drafts)


def forget_events(work: Work) -> int:
    """Handled events only serve to recognise a repetition."""
    inbox.prune(work.session, work.now - KEEP_EVENTS)
    return 0


def sweep_files(work: Work) -> int:
    """Contents that no row names any more go. What was touched lately may be named by a row that is not there yet."""
    before = work.now - UNNAMED_FOR
    for found in work.files.untouched_since(before):
        for name in found.keys() - known_digests(work.session, found):
            work.files.remove(found[name], untouched_since=before)
    return 0


def forget_links(work: Work) -> int:
    """Addresses of documents, and codes of choices, that mean nothing any more."""
    prune_links(work.session, work.now)
    prune_prompts(work.session, work.now)
    return 0
