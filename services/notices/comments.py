"""What is said of drafts on which opinions are asked: to the units, and to whoever asked."""

from collections.abc import Sequence

from bot.i18n import _, full_date, short_moment, use_language, weekday
from bot.messages import Attachment, Message, Row, html, lines
from bot.work import Work
from models.comments import CommentAsked, CommentRequest
from models.duties import Duty, DutyEntry
from models.people import Person, Unit
from rules.duties import DutyState
from services.notices import comment_lines, duties

# What a list shows of an opinion; the whole stands in the workbook.
SHORT = 160


def asked(work: Work, person: Person, duty: Duty, request: CommentRequest, file: Attachment | None) -> Message:
    """To the head of a unit: the draft, by when, under which clause."""
    card = duties.card(work, person, duty, title=_("Opinion asked on a draft"), fresh=True)
    return Message(card.text, card.rows, (file,) if file else (), card=card.card, fresh=True).awaited(duty.due_at)


def given(
    work: Work,
    person: Person,
    request: CommentRequest,
    unit: Unit,
    duty: Duty,
    entry: DutyEntry,
    file: Attachment | None,
) -> Message:
    """To whoever asked: what a unit says, and whether it came in time."""
    late = _("after the due day") if entry.at >= duty.due_at else _("in time")
    text = lines(
        html("<b>{title}</b>", title=_("Opinion of {unit} on the draft, {late}").format(unit=unit.name, late=late)),
        html("{title}", title=request.title),
        *duties.result_lines(entry),
        duties.cite(work, duty),
    )
    return Message(text, files=(file,) if file else ())


def counts(found: Sequence[tuple[CommentAsked, Unit, Duty]]) -> str:
    """đã có 3/5 ý kiến."""
    done = sum(duty.state is DutyState.DONE for _asked, _unit, duty in found)
    return _("{done} of {total} opinions have come").format(done=done, total=len(found))


def request_card(
    work: Work,
    request: CommentRequest,
    found: Sequence[tuple[CommentAsked, Unit, Duty]],
    said: dict[int, DutyEntry],
    rows: tuple[Row, ...],
) -> Message:
    """Unit by unit: what it says, or that it is late."""
    day = f"{weekday(request.due_on)}, {full_date(request.due_on)}"
    text = lines(
        html("<b>{title}</b>", title=request.title),
        *comment_lines.request_lines(work, request),
        html(_("By {day}; {counts}"), day=day, counts=counts(found)),
        *(
            html("{n}. {unit}: {state}", n=n, unit=unit.name, state=_state(work, duty, said.get(duty.key)))
            for n, (_asked, unit, duty) in enumerate(found, 1)
        ),
        _("Closed; nothing more is waited for.") if request.closed_at else None,
        duties.cite(work, found[0][2]) if found else None,
    )
    return Message(text, rows, card=f"comments:{request.id}", fresh=True)


def _state(work: Work, duty: Duty, entry: DutyEntry | None) -> str:
    if entry is None:
        return duties.state_words(work, duty) or duties.due_words(work, duty)
    said = entry.text or entry.number or _("see the file")
    short = said if len(said) <= SHORT else said[: SHORT - 1].rstrip() + "…"
    return _("{text} (late)").format(text=short) if duty.is_late else short


def cells(duty: Duty, entry: DutyEntry | None) -> tuple[str, str, str, str]:
    """When it came, what it says, its document, whether late: for the workbook, in the language of the body."""
    with use_language("vi"):
        if entry is None:
            return "", "", "", _("has not come")
        return (
            short_moment(entry.at),
            entry.text,
            entry.number,
            _("after the due day") if duty.is_late else _("in time"),
        )
