"""What is put before a meeting, as Office and chair see it: who has sent papers, who not; items added and taken off."""

from markupsafe import Markup

from bot.buttons import token
from bot.context import Context, Reply
from bot.forms import engine
from bot.forms.form import Asking, Form
from bot.forms.steps import Option, person, several, text
from bot.i18n import _
from bot.messages import Message, Row, Style, button, column, grid, html, lines
from bot.routes import Route, form, press
from models.agenda import AgendaItem, items_of, opinions_on, question_on
from models.duties import Duty, duty_about, last_result
from models.meetings import Meeting
from rules.duties import DutyKind, DutyState
from rules.errors import N_
from rules.papers import ItemState
from services import access, agenda_items, late_papers, papers
from services.agenda_items import ItemDetails
from services.notices import duties as duty_notices
from services.notices import papers as notices
from services.notices import words


def on_list(context: Context) -> Reply:
    """All items of a meeting with the state of their papers."""
    return listing(context, access.standing_meeting(context.work, context.token.subject), edit=True)


def listing(context: Context, meeting: Meeting, note: str = "", *, edit: bool = False) -> Message:
    """Who has sent papers, who not, who is late; a number opens an item."""
    work = context.work
    items = items_of(work.session, meeting.key)
    listed = [html("{n}. {line}", n=n, line=_line(context, item)) for n, item in enumerate(items, 1)]
    text_of = lines(
        html("<i>{note}</i>", note=note) if note else None,
        html("<b>{title}</b>", title=_("Agenda: {meeting}").format(meeting=words.in_sentence(meeting))),
        *listed,
        None if items else _("Nothing has been put on the list yet."),
    )
    numbers = grid([button(str(n), token("agenda.item", item.id)) for n, item in enumerate(items, 1)])
    return Message(text_of, (*numbers, *_list_rows(context, meeting)), edit=edit)


def _list_rows(context: Context, meeting: Meeting) -> tuple[Row, ...]:
    if not access.is_office(context.work, context.official):
        return ()
    back = button(_("Back to the meeting"), token("office.meeting", meeting.id))
    if not papers.is_coming(context.work, meeting):
        return column(back)
    return column(button(_("Add an item"), token("agenda.add", meeting.id), Style.PRIMARY), back)


def _line(context: Context, item: AgendaItem) -> Markup:
    """Phương án chỉnh trang chợ (Sở Xây dựng): chưa gửi, hạn thứ Tư 25/11."""
    unit = notices.unit_name(context.work, item)
    return html("{title} ({unit}): <b>{state}</b>", title=item.title, unit=unit, state=papers_words(context, item))


def papers_words(context: Context, item: AgendaItem) -> str:
    """Sent in time or late, not sent with the due day, or waiting for the chair."""
    work = context.work
    duty = duty_about(work.session, DutyKind.PAPERS, item.key)
    if duty is None:
        return _("no papers are owed")
    if duty.state is DutyState.DONE:
        return _("papers sent late") if duty.is_late else _("papers sent in time")
    if duty.state is not DutyState.OPEN:
        return _("papers not sent")
    if question_on(work.session, item.key) is not None:
        return _("papers late, waiting for the chair")
    return _("papers not sent, {due}").format(due=duty_notices.due_words(work, duty))


def _item(context: Context, key: int) -> AgendaItem:
    """An item in the sight of Office and chair; who was heard on it sees it too."""
    item = access.load(context.work, AgendaItem, key)
    heads = [papers.head_of(context.work, asked.unit_id) for asked in opinions_on(context.work.session, item.key)]
    if context.official not in heads:
        access.standing_meeting(context.work, item.meeting_id)
    return item


def on_item(context: Context) -> Reply:
    item = _item(context, context.token.subject)
    return view(context, item, edit=True)


def view(context: Context, item: AgendaItem, note: str = "", *, edit: bool = False) -> Message:
    """One item: what is owed and done for it, and what can be done."""
    work = context.work
    owed = papers.owed(work, item)
    shown = lines(
        html("<i>{note}</i>", note=note) if note else None,
        html("<b>{title}</b>", title=item.title),
        html(_("Submitted by: {unit}"), unit=notices.unit_name(work, item)),
        _("It has been taken off the list.") if item.state is not ItemState.PLANNED else None,
        *(_owed_line(context, duty) for duty in owed),
        *(_checked(context, duty) for duty in owed if duty.kind is DutyKind.PAPERS),
    )
    return Message(shown, _item_rows(context, item), edit=edit)


def _owed_line(context: Context, duty: Duty) -> Markup:
    work = context.work
    state = duty_notices.state_words(work, duty) or duty_notices.due_words(work, duty)
    kind = duty_notices.kind_words(duty)
    return html("– {kind}, {owner}: {state}", kind=kind, owner=duty_notices.owner_words(work, duty), state=state)


def _checked(context: Context, duty: Duty) -> Markup | None:
    """What the unit said was wanting when it sent the papers."""
    entry = last_result(context.work.session, duty.key) if duty.state is DutyState.DONE else None
    return notices.checked(duty, entry) if entry else None


def _item_rows(context: Context, item: AgendaItem) -> tuple[Row, ...]:
    work = context.work
    rows: list[Row] = []
    if agenda_items.may_return(work, item):
        rows.append((button(_("Return the papers"), token("papers.return", item.id)),))
    meeting = work.session.get_one(Meeting, item.meeting_id)
    back = (button(_("All items"), token("agenda.list", meeting.id)),)
    if not access.is_office(work, context.official):
        return (*rows, back) if meeting.chair_id == context.official.id else tuple(rows)
    if item.state is not ItemState.PLANNED:
        return (back,)
    duty = duty_about(work.session, DutyKind.PAPERS, item.key)
    if duty is not None and duty.is_open:
        rows.append((button(_("Enter papers received"), token("duty.done", duty.id)),))
    if late_papers.is_late(work, item) and question_on(work.session, item.key) is None:
        rows.append((button(_("Ask the chair to decide"), token("papers.propose", item.id), Style.PRIMARY),))
    if papers.is_coming(work, meeting):
        rows.append((button(_("Take off the list"), token("agenda.remove", item.id), Style.DANGER),))
    return (*rows, back)


def on_add(context: Context) -> Reply:
    access.require_office(context.work)
    meeting = access.standing_meeting(context.work, context.token.subject)
    return engine.start(context, ADD, meeting.key)


def _units(asking: Asking) -> list[tuple[int, str, str]]:
    return [(unit.key, unit.name, "") for unit in agenda_items.units(asking.context.work)]


def _others(asking: Asking) -> list[Option]:
    return [Option(str(key), name) for key, name, _why in _units(asking) if key != asking.answers.get("unit")]


def _add_title(asking: Asking) -> str:
    meeting = asking.context.work.session.get_one(Meeting, asking.subject_id or 0)
    return _("New item: {meeting}").format(meeting=words.meeting_in_short(meeting))


def _add(asking: Asking) -> Reply:
    context, given = asking.context, asking.answers
    access.require_office(context.work)
    meeting = access.standing_meeting(context.work, asking.subject_id or 0)
    heard = [int(value) for value in given.get("opinions") or ()]
    details = ItemDetails(meeting.key, given["title"], given["unit"], heard)
    _added, new = agenda_items.add(context.work, details)
    papers.ask(context.work, new)
    return listing(context, meeting, _("Added; those who owe something have been told."), edit=True)


def on_remove(context: Context) -> Reply:
    access.require_office(context.work)
    item = _item(context, context.token.subject)
    if item.state is not ItemState.PLANNED:
        return view(context, item, edit=True)
    return engine.start(context, REMOVE, item.key)


def _remove_title(asking: Asking) -> str:
    item = access.load(asking.context.work, AgendaItem, asking.subject_id or 0)
    return _("Take off the list: {title}").format(title=item.title)


def _remove(asking: Asking) -> Reply:
    context = asking.context
    item = _item(context, asking.subject_id or 0)
    agenda_items.remove(context.work, item)
    meeting = context.work.session.get_one(Meeting, item.meeting_id)
    return listing(context, meeting, _("Taken off; those concerned have been told."), edit=True)


ADD = Form(
    "agenda item",
    _add_title,
    (
        text("title", N_("Item"), N_("What is put before the meeting?"), 300),
        person("unit", N_("Submitted by"), N_("Which unit submits it and owes the papers?"), _units),
        several(
            "opinions",
            N_("Opinions first"),
            N_("Which units are to be heard before the papers go out?"),
            _others,
            is_optional=True,
        ),
    ),
    _add,
)
REMOVE = Form("agenda remove", _remove_title, (), _remove)

ROUTES: list[Route] = [
    press("agenda.list", on_list),
    press("agenda.item", on_item),
    press("agenda.add", on_add),
    press("agenda.remove", on_remove),
    *(form(each) for each in (ADD, REMOVE)),
]
