"""What is said of items of an agenda and their papers: owed, received, returned; the chair's card about late ones."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.buttons import token
from bot.i18n import _, short_moment
from bot.messages import Attachment, Message, Row, Style, button, column, html, lines
from bot.work import Work
from models.agenda import AgendaItem, LatePapers
from models.duties import Duty, DutyEntry, duty_about
from models.meetings import Meeting, MeetingPaper
from models.people import Person, Unit
from rules import packs
from rules.duties import DutyKind
from rules.papers import Flaw, Late
from services.notices import duties, duty_lists, words
from services.regulation import regulation

# The first of these that a pack rules says what papers must be like.
QUALITY_TOPICS = ("return", "papers_content", "drafting")


def unit_name(work: Work, item: AgendaItem) -> str:
    return work.session.get_one(Unit, item.unit_id).name


def asked(work: Work, person: Person, owed: Sequence[Duty]) -> Message:
    """What somebody owes now: a card of its own, or a list where it is more than one thing."""
    if len(owed) == 1:
        return duties.card(work, person, owed[0])
    title = html("<b>{title}</b>", title=_("To be prepared for a meeting"))
    listed = [*duty_lists.listed(work, person, owed), *duty_lists.clauses(work, owed)]
    buttons = [duty_lists.open_button(number, duty) for number, duty in enumerate(owed, 1)]
    return Message(lines(title, *listed), column(*buttons))


def released(work: Work, person: Person, owed: Sequence[Duty]) -> Message:
    """It is not owed any more: the item was taken off, or the meeting called off."""
    title = html("<b>{title}</b>", title=_("No longer to be done"))
    return Message(lines(title, *(html("– {name}", name=duties.name(duty)) for duty in owed)))


def _facts(work: Work, item: AgendaItem, meeting: Meeting) -> list[Markup]:
    return [
        html(_("Item: {title}"), title=item.title),
        html(_("Submitted by: {unit}"), unit=unit_name(work, item)),
        html(_("Meeting: {meeting}"), meeting=words.meeting_in_short(meeting)),
    ]


def received(
    work: Work,
    person: Person,
    item: AgendaItem,
    meeting: Meeting,
    duty: Duty,
    entry: DutyEntry,
    files: tuple[Attachment, ...],
) -> Message:
    """To the Office, the host agency and the units that were heard: come, in time or late; they may send it back."""
    is_late = entry.at >= duty.due_at
    title = _("Papers received, late") if is_late else _("Papers received, in time")
    text = lines(
        html("<b>{title}</b>", title=title),
        *_facts(work, item, meeting),
        *_given(entry),
        checked(duty, entry),
        html(_("Due: {day}"), day=duties.due_day_words(work, duty)) if is_late else None,
        duties.cite(work, duty),
    )
    return Message(text, _return_rows(item), files)


def heard(
    work: Work, person: Person, item: AgendaItem, unit: Unit, entry: DutyEntry, files: tuple[Attachment, ...]
) -> Message:
    """To whoever submits the item: what another unit says to it."""
    title = _("Opinion of {unit}").format(unit=unit.name)
    text = lines(
        html("<b>{title}</b>", title=title),
        html(_("Item: {title}"), title=item.title),
        html("{text}", text=entry.text) if entry.text else None,
        words.cite(work, "cross_sector"),
    )
    return Message(text, files=files)


def _given(entry: DutyEntry) -> list[str | Markup]:
    signed = _("Signed by the head") if entry.signed else _("Signed by somebody else")
    return [
        html(_("Document: {document}"), document=entry.number) if entry.number else "",
        signed if entry.signed is not None else "",
        html(_("The unit's own position: {text}"), text=entry.position) if entry.position else "",
        html(_("Sent without all opinions: {text}"), text=entry.text) if entry.text else "",
    ]


def checked(duty: Duty, entry: DutyEntry) -> Markup | None:
    """What the unit itself says of the checklist of the pack under which it owed them."""
    if entry.missing is None:
        return None
    items = packs.load(duty.pack_id).checklist
    wanting = "; ".join(item.text for item in items if item.id in entry.missing)
    if not wanting:
        return html(_("Checked by the unit: all {count} items are there"), count=len(items))
    return html(_("<b>The unit says what is wanting</b>: {items}"), items=wanting)


def _return_rows(item: AgendaItem) -> tuple[Row, ...]:
    return column(button(_("Return the papers"), token("papers.return", item.id)))


def handed_round(
    work: Work, person: Person, meeting: Meeting, news: Sequence[tuple[MeetingPaper, AgendaItem]]
) -> Message:
    """To whoever sits in the meeting: the papers that are new, to be studied before."""
    title = html("<b>{title}</b>", title=_("Papers for {meeting}").format(meeting=words.in_sentence(meeting)))
    listed = [html("– {title} ({unit})", title=item.title, unit=unit_name(work, item)) for _paper, item in news]
    files = tuple(Attachment(paper.file_id, work.file_name(paper.file_id)) for paper, _item in news)
    return Message(lines(title, *listed, words.cite(work, "study")), files=files)


def returned(
    work: Work, person: Person, item: AgendaItem, meeting: Meeting, flaws: Sequence[Flaw], remark: str
) -> Message:
    """To the others who watch over the papers."""
    title = html("<b>{title}</b>", title=_("Papers were returned"))
    why = html(_("Reason: {reason}"), reason=flaws_in_words(work, flaws, remark))
    return Message(lines(title, *_facts(work, item, meeting), why))


def flaw(value: Flaw) -> str:
    return {
        Flaw.PROCEDURE: _("wrong order or procedure"),
        Flaw.LEGAL: _("conformity with the law is not shown"),
        Flaw.QUALITY: _("low quality"),
        Flaw.AUTHORITY: _("not within the authority"),
        Flaw.TIME: _("not in the time prescribed"),
    }[value]


def flaws_in_words(work: Work, flaws: Sequence[Flaw], remark: str) -> str:
    """The closed list, what was added to it, and the clause where the pack has one on it."""
    known = regulation(work)
    topic = next((topic for topic in QUALITY_TOPICS if known.rules(topic)), None)
    told = "; ".join([*(flaw(value) for value in flaws), *([remark] if remark else [])])
    return f"{told} ({known.cite(topic)})" if topic else told


def _meeting(work: Work, asked: LatePapers) -> Meeting:
    """Where the item stands now: the meeting that it was moved to, or the one it was late for."""
    return work.session.get_one(Meeting, asked.moved_to_id or asked.meeting_id)


def question(work: Work, person: Person, asked: LatePapers, item: AgendaItem, *, fresh: bool = False) -> Message:
    """To whoever decides: what is late, why, and three ways; afterwards what was decided, without buttons."""
    meeting = _meeting(work, asked)
    is_open = asked.state is Late.PROPOSED
    title = _("Papers are late: your decision, please") if is_open else outcome(work, asked)
    duty = duty_about(work.session, DutyKind.PAPERS, item.key)
    due = html(_("Due: {day}"), day=duties.due_day_words(work, duty)) if duty is not None and is_open else None
    text = lines(
        html("<b>{title}</b>", title=title),
        *_facts(work, item, meeting),
        due,
        html(_("The Office reports: {reason}"), reason=asked.reason),
        words.cite(work, "papers_missed"),
    )
    return Message(text, _decision_rows(asked) if is_open else (), card=f"late:{asked.id}", fresh=fresh)


def _decision_rows(asked: LatePapers) -> tuple[Row, ...]:
    def way(label: str, act: str, style: Style = Style.PLAIN) -> Row:
        return (button(label, token("papers.rule", asked.id, argument=act), style, is_weighty=True),)

    postpone = (button(_("Move to another meeting"), token("papers.postpone", asked.id)),)
    return (
        way(_("Drop the item"), "drop", Style.DANGER),
        way(_("Accept the papers late"), "accept", Style.SUCCESS),
        postpone,
    )


def outcome(work: Work, asked: LatePapers) -> str:
    """How it was decided, by whom and when; or why there is nothing to decide any more."""
    if asked.decided_at is None:
        if asked.state is Late.LAPSED:
            return _("The meeting has begun; the chair has not decided on the late papers")
        return _("There is nothing to decide any more: the papers have come, or the item has gone")
    who = work.session.get(Person, asked.decided_by_id) if asked.decided_by_id else None
    sentence = {
        Late.DROPPED: _("The item was dropped at {time} by {who}"),
        Late.ACCEPTED: _("The papers are accepted late, until the meeting starts; decided at {time} by {who}"),
        Late.POSTPONED: _("The item was moved to {meeting} at {time} by {who}"),
    }[asked.state]
    moved_to = work.session.get(Meeting, asked.moved_to_id) if asked.moved_to_id else None
    return sentence.format(
        time=short_moment(asked.decided_at),
        who=words.comrade(who) if who else "",
        meeting=words.in_sentence(moved_to) if moved_to else "",
    )


def decided(work: Work, person: Person, asked: LatePapers, item: AgendaItem) -> Message:
    """To the unit, the Office and the host agency; who owes the papers gets his duty with its new day."""
    meeting = _meeting(work, asked)
    duty = duty_about(work.session, DutyKind.PAPERS, item.key)
    is_owner = duty is not None and duty.is_open and duties.owns(work, person, duty)
    text = lines(
        html("<b>{title}</b>", title=outcome(work, asked)),
        *_facts(work, item, meeting),
        html(_("Papers: {due}"), due=duties.due_words(work, duty)) if duty is not None and duty.is_open else None,
        words.cite(work, "papers_missed"),
    )
    return Message(text, duties.rows(work, duty) if is_owner and duty is not None else ())
