"""What is said of duties: reminders with the four buttons, the morning's digest, changes of the due day, the why."""

from datetime import date, datetime

from markupsafe import Markup

from bot.buttons import token
from bot.i18n import _, full_date, short_date, short_moment, weekday
from bot.messages import Attachment, Message, Row, Style, button, column, html, lines
from bot.work import Work
from models.duties import Duty, DutyEntry, EntryKind
from models.people import Person, Post
from rules import deadlines, packs
from rules.duties import SPECS, DutyKind, DutyState
from services import access, people
from services.notices import task_lines, words
from services.regulation import regulation


def name(duty: Duty) -> str:
    """Gửi tài liệu: Báo cáo tình hình thu ngân sách."""
    kind = kind_words(duty)
    return f"{kind}: {duty.what}" if duty.what else kind


def kind_words(duty: Duty) -> str:
    return _(SPECS[duty.kind].name)


def due_words(work: Work, duty: Duty) -> str:
    """When it is due, as it stands today: "hạn thứ Tư 25/11", "hạn hôm nay", "quá hạn từ thứ Tư 25/11"."""
    day = deadlines.named_day(duty.due_at)
    if work.now >= duty.due_at:
        due = _("overdue since {day}")
    elif day == work.today:
        return _("due today")
    else:
        due = _("due on {day} (provisional)") if duty.is_provisional else _("due on {day}")
    return due.format(day=named_day(day, work.today))


def due_day_words(work: Work, duty: Duty) -> str:
    """The due day alone: "thứ Tư 25/11"."""
    return named_day(deadlines.named_day(duty.due_at), work.today)


def named_day(day: date, today: date) -> str:
    """thứ Tư 25/11; with the year where it is another."""
    return f"{weekday(day)} {short_date(day) if day.year == today.year else full_date(day)}"


def cite(work: Work, duty: Duty) -> Markup | None:
    """The clause under which it arose, of the pack then in force."""
    if not duty.clause:
        return None
    citation = packs.citation(packs.load(duty.pack_id), duty.clause, regulation(work).adopting)
    return html("<i>{clause}</i>", clause=citation)


def reminder(work: Work, person: Person, duty: Duty) -> Message:
    """One duty with its buttons; who only watches over it gets none that act."""
    return card(work, person, duty, fresh=True)


def opened(work: Work, person: Person, duty: Duty) -> Message:
    """The first word on what comes by itself: a report of a new period, a registration."""
    return card(work, person, duty, title=_(SPECS[duty.kind].opening), fresh=True)


def card(work: Work, person: Person, duty: Duty, *, fresh: bool = False, title: str = "") -> Message:
    """A duty as its owner, or whoever watches over it, sees it now."""
    is_own = owns(work, person, duty)
    names_owner = not is_own or duty.kind in task_lines.ABOUT_TASK
    title = title or (_("Reminder") if fresh and is_own else _("Duty") if is_own else _("For your attention"))
    text = lines(
        html("<b>{title}</b>", title=f"{title}: {due_words(work, duty)}" if _runs(duty) else title),
        html("{name}", name=name(duty)),
        html(_("Owed by: {owner}"), owner=owner_words(work, duty)) if names_owner else None,
        *task_lines.details(work, duty, is_own=is_own),
        state_words(work, duty),
        cite(work, duty),
    )
    buttons = rows(work, duty) if is_own else watcher_rows(work, person, duty)
    return Message(text, buttons, card=f"duty:{duty.id}", fresh=fresh).awaited(duty.due_at if is_own else None)


def stands(work: Work, person: Person, duty: Duty) -> Message:
    """What an old button answers: how it stands. Nothing has changed."""
    note = html("<i>{note}</i>", note=_("This was settled already. Nothing was changed."))
    return Message(lines(card(work, person, duty).text, note))


def _runs(duty: Duty) -> bool:
    return duty.state in (DutyState.OPEN, DutyState.SUBMITTED)


def owns(work: Work, person: Person, duty: Duty) -> bool:
    holder = access.owner_of(work, duty)
    return holder is not None and holder.id == person.id


def owner_words(work: Work, duty: Duty) -> str:
    holder = access.owner_of(work, duty)
    if holder is not None:
        return words.named(work, holder)
    post = work.session.get(Post, duty.post_id) if duty.post_id else None
    nobody = _("nobody holds the post at present")
    return f"{people.full_title(post, people.unit_of(work, post))}, {nobody}" if post else nobody


def state_words(work: Work, duty: Duty) -> str | None:
    """How it ended, or that its result waits to be accepted; nothing while it is open."""
    if duty.state is DutyState.DONE and duty.closed_at is not None:
        done = _("Done late, at {time}.") if duty.is_late else _("Done at {time}.")
        return done.format(time=short_moment(duty.closed_at))
    return {
        DutyState.SUBMITTED: _("The result has been sent and waits to be accepted."),
        DutyState.MISSED: _("It was not done in time and has no object any more."),
        DutyState.VOID: _("It has no object any more."),
    }.get(duty.state)


def rows(work: Work, duty: Duty) -> tuple[Row, ...]:
    """The owner's buttons: what still makes sense, no more."""
    why = button(_("Why?"), token("duty.why", duty.id))
    if not duty.is_open:
        return ((why,),)
    spec = SPECS[duty.kind]
    act = button(_("Done"), token("duty.done", duty.id), Style.SUCCESS)
    if not spec.wants:
        act = button(_("Open"), token(spec.opens, duty.subject_id), Style.PRIMARY)
    first = [act]
    if spec.is_extendable:
        first.append(button(_("Ask for an extension"), token("extension.ask", duty.id)))
    if spec.changes:
        first.append(button(_("Ask for a change"), token(spec.changes, duty.id)))
    second = [button(_("Remind me later"), token("duty.later", duty.id))] if work.now < duty.due_at else []
    return tuple(first), (*second, why), *column(*task_lines.buttons(work, duty))


def watcher_rows(work: Work, person: Person, duty: Duty) -> tuple[Row, ...]:
    """Opening, and for the Office what it does about papers that are late."""
    late_papers = duty.kind is DutyKind.PAPERS and duty.is_open and work.now >= duty.due_at
    ask = button(_("Ask the chair to decide"), token("papers.propose", duty.subject_id), Style.PRIMARY)
    first = [ask] if late_papers and access.is_office(work, person) else []
    return column(*first, button(_("Open"), token("duty.open", duty.id)), button(_("Why?"), token("duty.why", duty.id)))


def moved(work: Work, person: Person, duty: Duty, before: datetime) -> Message:
    """Old and new day, once."""
    day, former = deadlines.named_day(duty.due_at), deadlines.named_day(before)
    text = lines(
        html("<b>{title}</b>", title=_("The due day has changed")),
        html("{name}", name=name(duty)),
        html(
            _("Formerly {before}, now <b>{after}</b>."),
            before=named_day(former, work.today),
            after=named_day(day, work.today),
        ),
        cite(work, duty),
    )
    return Message(text, rows(work, duty), card=f"duty:{duty.id}", fresh=True).awaited(duty.due_at)


def result_lines(entry: DutyEntry) -> list[str | Markup]:
    """What was given with a result."""
    return [
        html("{text}", text=entry.text),
        html(_("Document: {document}"), document=entry.number) if entry.number else "",
        html(_("The unit's own position: {text}"), text=entry.position) if entry.position else "",
    ]


def submitted(work: Work, person: Person, duty: Duty, entry: DutyEntry, file: Attachment | None) -> Message:
    """To whoever assigned it: accept or return, one tap."""
    late = _("after the due day") if entry.at >= duty.due_at else _("in time")
    text = lines(
        html("<b>{title}</b>", title=_("A result to accept, {late}").format(late=late)),
        html("{name}", name=name(duty)),
        html(_("Owed by: {owner}"), owner=owner_words(work, duty)),
        *result_lines(entry),
        *task_lines.disagreements(work, duty),
        cite(work, duty),
    )
    buttons = (
        (
            button(_("Accept"), token("duty.accept", duty.id), Style.SUCCESS, is_weighty=True),
            button(_("Return"), token("duty.return", duty.id)),
        ),
    )
    return Message(text, buttons, (file,) if file else (), card=f"result:{duty.id}", fresh=True)


def judged(work: Work, person: Person, duty: Duty, entry: DutyEntry) -> Message:
    """To the owner: the result was accepted, or returned and why."""
    accepted = entry.kind is EntryKind.ACCEPTED
    title = _("The result has been accepted") if accepted else _("The result has been returned")
    text = lines(
        html("<b>{title}</b>", title=title),
        html("{name}, {due}", name=name(duty), due=due_words(work, duty))
        if not accepted
        else html("{name}", name=name(duty)),
        html(_("Reason: {reason}"), reason=entry.text) if entry.text else None,
        cite(work, duty),
    )
    return Message(text, rows(work, duty), card=f"duty:{duty.id}", fresh=True).awaited(duty.due_at)


def obstacle(work: Work, person: Person, duty: Duty, entry: DutyEntry) -> Message:
    text = lines(
        html("<b>{title}</b>", title=_("An obstacle was reported")),
        html("{name}, {due}", name=name(duty), due=due_words(work, duty)),
        html(_("Owed by: {owner}"), owner=owner_words(work, duty)),
        html("{text}", text=entry.text),
    )
    return Message(text, watcher_rows(work, person, duty))
