"""What is said of the work programme: a change before the chair, what he decided, the list for the Office."""

from collections.abc import Mapping
from types import MappingProxyType

from markupsafe import Markup

from bot.buttons import token
from bot.i18n import _, full_date, local_day, short_moment, weekday
from bot.messages import Message, Row, Style, button, html, lines
from bot.work import Work
from models.duties import duty_about
from models.people import Person, Unit
from models.programme import ProgrammeChange, ProgrammeItem, changes_of
from rules import packs
from rules.duties import DutyKind
from rules.errors import N_
from rules.programme import ChangeKind, ChangeState, Ground
from services import access
from services.notices import words
from services.regulation import regulation

KINDS: Mapping[ChangeKind, str] = MappingProxyType(
    {
        ChangeKind.DAY: N_("Another due day"),
        ChangeKind.CONTENT: N_("Another content"),
        ChangeKind.DROP: N_("Take it out of the programme"),
        ChangeKind.ADD: N_("A further item"),
    }
)
GROUNDS: Mapping[Ground, str] = MappingProxyType(
    {
        Ground.DIRECTED: N_("Directed by a competent authority"),
        Ground.UNFORESEEN: N_("Objective cause, force majeure, urgency"),
        Ground.PRACTICE: N_("Practical needs of the work"),
        Ground.LEGAL: N_("Law on making legal documents"),
    }
)


def asked(change: ProgrammeChange) -> Markup:
    """What is asked for, in a line or two: Hạn trình: 30/11/2026, xin chuyển đến thứ Ba, 15/12/2026."""
    match change.kind:
        case ChangeKind.DAY if change.due_on and change.former_due_on:
            return lines(
                html("{content}", content=change.former_content),
                html(
                    _("Due day: {before}; asked for: <b>{after}</b>"),
                    before=full_date(change.former_due_on),
                    after=f"{weekday(change.due_on)}, {full_date(change.due_on)}",
                ),
            )
        case ChangeKind.CONTENT:
            return lines(
                html(_("Present content: {content}"), content=change.former_content),
                html(_("Asked for: <b>{content}</b>"), content=change.content),
            )
        case ChangeKind.DROP:
            return html(_("Take out of the programme: <b>{content}</b>"), content=change.former_content)
    due = f"{weekday(change.due_on)}, {full_date(change.due_on)}" if change.due_on else ""
    return lines(html(_("Add: <b>{content}</b>"), content=change.content), html(_("Due day: {day}"), day=due))


def clause(work: Work, change: ProgrammeChange) -> Markup:
    """The ground's own clause where there is one, of the pack under which it was asked."""
    pack = packs.load(change.pack_id)
    found = pack.topics.get(change.ground or "programme")
    if found is None:
        return Markup("")
    return html("<i>{clause}</i>", clause=packs.citation(pack, found, regulation(work).adopting))


def case(work: Work, change: ProgrammeChange) -> Markup:
    """The whole request: who asks what, on which ground, and the texts."""
    unit = access.load(work, Unit, change.unit_id)
    asker = words.capital(words.named(work, access.person(work, change.asked_by_id)))
    said = _("{person} asks:") if unit.name in asker else _("{person} asks ({unit}):")
    return lines(
        html(said, person=asker, unit=unit.name),
        asked(change),
        html(_("Ground: {ground}"), ground=_(GROUNDS[change.ground])) if change.ground else None,
        html(_("Reason: {reason}"), reason=change.reason),
        html(_("Necessity: {text}"), text=change.necessity) if change.necessity else None,
        html(_("Impact: {text}"), text=change.impact) if change.impact else None,
        html(_("Document: {document}"), document=change.document or _("its number follows")),
        *_history(work, change),
    )


def _history(work: Work, change: ProgrammeChange) -> list[Markup]:
    """What was decided about the same item before."""
    earlier = changes_of(work.session, change.item_id) if change.item_id else ()
    said = {ChangeState.GRANTED: _("agreed"), ChangeState.REFUSED: _("not agreed")}
    return [
        html(
            _("Earlier: {what}, {outcome} on {day}"),
            what=_in_short(each),
            outcome=said[each.state],
            day=full_date(local_day(each.decided_at)),
        )
        for each in earlier
        if each.id != change.id and each.decided_at is not None and each.state in said
    ]


def _in_short(change: ProgrammeChange) -> str:
    """điều chỉnh thời hạn 30/11/2026 → 15/12/2026."""
    kind = words.small(_(KINDS[change.kind]))
    if change.former_due_on is None or change.due_on is None:
        return kind
    return f"{kind} {full_date(change.former_due_on)} → {full_date(change.due_on)}"


def change_card(work: Work, person: Person, change: ProgrammeChange, *, fresh: bool = False) -> Message:
    """The chair's card: decided with one tap; a decided one says who decided what, when."""
    card = f"programme:{change.id}:decide"
    if change.state is not ChangeState.AWAITING_DECISION:
        return Message(lines(outcome(work, change), asked(change), clause(work, change)), card=card)
    title = html("<b>{title}</b>", title=_("A change of the work programme to decide"))
    return Message(lines(title, case(work, change), clause(work, change)), _deciding(change), card=card, fresh=fresh)


def _deciding(change: ProgrammeChange) -> tuple[Row, ...]:
    def act(argument: str) -> str:
        return token("programme.decide", change.id, argument=argument)

    return (
        (
            button(_("Approve"), act("grant"), Style.SUCCESS, is_weighty=True),
            button(_("Refuse"), act("refuse"), Style.DANGER),
        ),
    )


def outcome(work: Work, change: ProgrammeChange) -> Markup:
    """Đã đồng ý lúc 14 giờ 05, thứ Sáu 20/11, đ/c Nguyễn Văn Hưng."""
    if change.state is ChangeState.WITHDRAWN:
        return html("<b>{title}</b>", title=_("The request to change the programme was withdrawn"))
    if change.state is ChangeState.AWAITING_DECISION or change.decided_at is None:
        return html("<b>{title}</b>", title=_("The request to change the programme waits for the chair"))
    said = (
        _("<b>Change of the programme agreed</b> at {time}, {person}")
        if change.state is ChangeState.GRANTED
        else _("<b>Change of the programme not agreed</b> at {time}, {person}")
    )
    decider = access.person(work, change.decided_by_id or 0)
    told = html(said, time=short_moment(change.decided_at), person=words.comrade(decider))
    reason = html(_("Reason: {reason}"), reason=change.decision_reason) if change.decision_reason else None
    return lines(told, reason)


def decided(work: Work, person: Person, change: ProgrammeChange) -> Message:
    """To who asked, who answers for the unit, and the Office; the duty's buttons stay at hand for its owner."""
    return own_card(work, person, change, fresh=True)


def own_card(work: Work, person: Person, change: ProgrammeChange, *, fresh: bool = False) -> Message:
    """A request as its unit sees it: how it stands, and what can still be done with it."""
    text = lines(outcome(work, change), asked(change), clause(work, change))
    return Message(text, _own_rows(work, person, change), card=f"programme:{change.id}:own", fresh=fresh)


def _own_rows(work: Work, person: Person, change: ProgrammeChange) -> tuple[Row, ...]:
    rows: list[Row] = []
    if not change.document:
        rows.append((button(_("Enter the document's number"), token("programme.document", change.id)),))
    if change.state is ChangeState.AWAITING_DECISION:
        rows.append((button(_("Withdraw the request"), token("programme.withdraw", change.id)),))
    duty = duty_about(work.session, DutyKind.PROGRAMME, change.item_id) if change.item_id else None
    if duty is not None and change.state is not ChangeState.AWAITING_DECISION:
        rows.append((button(_("Open the duty"), token("duty.open", duty.id)),))
    return tuple(rows)


def item_line(work: Work, item: ProgrammeItem) -> Markup:
    """Sở Tài chính: Đề án …, hạn 30/11/2026."""
    unit = access.load(work, Unit, item.unit_id)
    return html(_("{unit}: {content}, due on {day}"), unit=unit.name, content=item.content, day=full_date(item.due_on))
