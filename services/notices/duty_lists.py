"""Several duties in one message: the morning's list, what a successor takes over, what waits for a decision."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.buttons import token
from bot.i18n import _, ngettext
from bot.messages import Button, Message, button, column, grid, html, lines
from bot.work import Work
from models.duties import Duty
from models.people import Person, Post
from rules.duties import SPECS
from services.notices import duties

# A list names so many; the rest is in /viec.
NAMED = 8
LABEL = 40


def digest(work: Work, person: Person, dues: Sequence[Duty]) -> Message:
    """The morning's message: what is due, nearest first, each with a button that opens it."""
    ordered = sorted(dues, key=lambda duty: duty.due_at)
    count = ngettext("{count} reminder today", "{count} reminders today", len(ordered)).format(count=len(ordered))
    return _nearest(work, person, html("<b>{title}</b>", title=count), ordered)


def to_decide(work: Work, person: Person, owed: Sequence[Duty]) -> Message:
    """In /duyet, below the requests: what else waits; a press opens the card with its buttons."""
    shown = owed[:NAMED]
    title = html("<b>{title}</b>", title=_("Also waiting for your decision: {number}").format(number=len(owed)))
    listed = [html("{n}. {line}", n=number, line=short_line(work, duty)) for number, duty in enumerate(shown, 1)]
    numbers = [
        button(str(number), token(SPECS[duty.kind].opens, duty.subject_id)) for number, duty in enumerate(shown, 1)
    ]
    return Message(lines(title, *listed), grid(numbers))


def taken_over(work: Work, person: Person, post: Post, open_ones: Sequence[Duty]) -> Message:
    """To the new holder of a post: what his predecessor left open, nearest first."""
    title = html("<b>{title}</b>", title=_("You take over: {post}").format(post=post.title))
    count = ngettext("{count} duty is open:", "{count} duties are open:", len(open_ones)).format(count=len(open_ones))
    return _nearest(work, person, lines(title, count), open_ones)


def _nearest(work: Work, person: Person, heading: Markup, ordered: Sequence[Duty]) -> Message:
    """The first of them, each with a button, and how many more there are."""
    shown = ordered[:NAMED]
    more = len(ordered) - len(shown)
    text = lines(
        heading,
        *listed(work, person, shown),
        ngettext("and {count} more: /viec", "and {count} more: /viec", more).format(count=more) if more else None,
        *clauses(work, shown),
    )
    return Message(text, column(*(open_button(number, duty) for number, duty in enumerate(shown, 1))))


def listed(work: Work, person: Person, dues: Sequence[Duty]) -> list[Markup]:
    """A line each: 1. Gửi tài liệu: …, hạn thứ Tư 25/11."""

    def named(duty: Duty) -> str:
        name = duties.name(duty)
        return name if duties.owns(work, person, duty) else f"{name} ({duties.owner_words(work, duty)})"

    return [
        html("{n}. {name}, <b>{due}</b>", n=n, name=named(duty), due=duties.due_words(work, duty))
        for n, duty in enumerate(dues, 1)
    ]


def clauses(work: Work, dues: Sequence[Duty]) -> list[Markup]:
    """Below a list: each clause once, with the lines that it is about if it is not about all."""
    about: dict[Markup, list[int]] = {}
    for number, duty in enumerate(dues, 1):
        if (clause := duties.cite(work, duty)) is not None:
            about.setdefault(clause, []).append(number)
    return [
        clause
        if len(numbers) == len(dues)
        else html(_("Lines {numbers}: {clause}"), numbers=", ".join(map(str, numbers)), clause=clause)
        for clause, numbers in about.items()
    ]


def short_line(work: Work, duty: Duty) -> Markup:
    """In the owner's own list, whose clauses one tap shows."""
    return html("{name}, <b>{due}</b>", name=duties.name(duty), due=duties.due_words(work, duty))


def open_button(number: int, duty: Duty) -> Button:
    return button(numbered(number, duties.name(duty)), token("duty.open", duty.id))


def numbered(number: int, words: str) -> str:
    """The label of a button that opens a line of a list."""
    return f"{number}. {words if len(words) <= LABEL else words[: LABEL - 1].rstrip() + '…'}"
