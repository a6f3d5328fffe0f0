"""What is said about a request: to the chair, the requester, the substitute, the host and the Office."""

from markupsafe import Markup

from bot.buttons import token
from bot.i18n import _, full_date, short_moment
from bot.messages import Attachment, Button, Message, Row, Style, button, html, lines
from bot.work import Work
from models.absence import AbsenceRequest, Acceptance, Ratification
from models.meetings import Meeting
from models.people import Person
from rules.absence import Kind, State
from services import access
from services.flags import flags, warnings
from services.notices import words
from services.regulation import regulation_of


def decision_card(
    work: Work, person: Person, request: AbsenceRequest, meeting: Meeting, *, fresh: bool = False
) -> Message:
    """To whoever decides: everything on one screen, four buttons; to the Office for a chair from outside."""
    text = lines(html("<b>{title}</b>", title=_("Opinion of the chair requested")), *_case(work, request, meeting))
    rows = _outside_rows(request) if meeting.chair_id is None else _decision_rows(request)
    can_decide = request.state is not State.AWAITING_DOCUMENT
    card, urgent = f"absence:{request.id}:decide", fresh and _is_last_minute(work, meeting)
    papers = _papers(work, request, meeting)
    asked = Message(text, rows if can_decide else (), papers, card=card, fresh=fresh, urgent=urgent)
    return asked.awaited(meeting.starts_at, until=meeting.starts_at)


def _is_last_minute(work: Work, meeting: Meeting) -> bool:
    return words.is_near(work, meeting.starts_at, words.LAST_HOURS)


def _decision_rows(request: AbsenceRequest) -> tuple[Row, ...]:
    def press(label: str, argument: str, style: Style = Style.PLAIN) -> Button:
        # The other two ask for words first; these count at once.
        is_weighty = argument in ("approve", "document")
        return button(
            label, token("absence.decide", request.id, request.version, argument), style, is_weighty=is_weighty
        )

    return (
        (press(_("Approve"), "approve", Style.SUCCESS), press(_("Refuse"), "refuse", Style.DANGER)),
        (press(_("Require a document"), "document"), press(_("Ask back"), "ask")),
    )


def _outside_rows(request: AbsenceRequest) -> tuple[Row, ...]:
    oral = token("absence.oral", request.id, request.version)
    return (
        (
            button(_("The chair agreed"), oral, Style.SUCCESS, is_weighty=True),
            button(_("The chair refused"), token("absence.outside", request.id, request.version), Style.DANGER),
        ),
    )


def _case(work: Work, request: AbsenceRequest, meeting: Meeting) -> list[Markup | str]:
    requester = work.session.get_one(Person, request.requester_id)
    who = html(
        "{who}, {asks} {meeting}.",
        who=words.capital(words.named(work, requester)),
        asks=words.asks(request),
        meeting=words.in_sentence(meeting),
    )
    found: list[Markup | str] = [who]
    if request.substitute_id is not None:
        found.append(html(_("Substitute: {who} ({word})"), who=_substitute(work, request), word=acceptance(request)))
    elif request.kind is Kind.SUBSTITUTE:
        found.append(_("A substitute is to be named after your consent."))
    found.append(html(_("Reason: {reason}"), reason=_reason_for_decider(request, meeting)))
    if request.document_number and request.document_on:
        found.append(
            html(_("Document: {number} of {date}"), number=request.document_number, date=full_date(request.document_on))
        )
    if request.question:
        found.append(html(_("Asked: {question}"), question=request.question))
    if request.answer:
        found.append(html(_("Answered: {answer}"), answer=request.answer))
    noted = flags(work, request, meeting)
    if noted:
        found.append(html(_("Note: {flags}"), flags="; ".join(noted)))
    found.append(words.entered_mark(work, request))
    found.append(_clause(work, request))
    return found


def _reason_for_decider(request: AbsenceRequest, meeting: Meeting) -> str:
    """The text is for the chair alone; the Office, which asks a chair from outside, has the category."""
    return words.reason_in_full(request) if meeting.chair_id is not None else words.reason_in_sentence(request)


def _clause(work: Work, request: AbsenceRequest) -> Markup:
    rules, meeting = regulation_of(work, request), work.session.get_one(Meeting, request.meeting_id)
    topic = "late" if request.kind in (Kind.LATE, Kind.EARLY) else "consent"
    if request.state is State.AWAITING_DOCUMENT and meeting.kind in rules.policy.document_for:
        topic = "document"
    return html("<i>{clause}</i>", clause=rules.cite(topic))


def _substitute(work: Work, request: AbsenceRequest) -> str:
    return words.named(work, work.session.get_one(Person, request.substitute_id or 0))


def acceptance(request: AbsenceRequest) -> str:
    return {
        Acceptance.NONE: _("has not answered yet"),
        Acceptance.ACCEPTED: _("has accepted"),
        Acceptance.DECLINED: _("cannot come"),
    }[request.acceptance]


def _papers(work: Work, request: AbsenceRequest, meeting: Meeting) -> tuple[Attachment, ...]:
    """The document; and what was sent with the reason, which is for the chair alone."""
    private = request.file_id if meeting.chair_id is not None else None
    shown = [file_id for file_id in (private, request.document_file_id) if file_id]
    return tuple(Attachment(file_id, work.file_name(file_id)) for file_id in shown)


def decided_card(work: Work, person: Person, request: AbsenceRequest, meeting: Meeting) -> Message:
    """The same card after the decision: who decided what, when; no buttons any more."""
    text = lines(
        *_outcome(work, request, meeting),
        html(_("Reason given: {reason}"), reason=request.decision_reason) if request.decision_reason else None,
    )
    return Message(text, card=f"absence:{request.id}:decide")


def headline(work: Work, request: AbsenceRequest, meeting: Meeting) -> str:
    """Đã đồng ý lúc 14 giờ 05, thứ Sáu 20/11, đ/c Nguyễn Văn Hưng."""
    if request.state in (State.APPROVED, State.REFUSED) and request.decided_at is not None:
        decider = work.session.get(Person, request.decided_by_id) if request.decided_by_id else None
        pattern = _("Approved at {time}, {who}") if request.state is State.APPROVED else _("Refused at {time}, {who}")
        done = pattern.format(
            time=short_moment(request.decided_at), who=words.comrade(decider) if decider else meeting.outside_chair
        )
        note = words.consent_note(request)
        return f"{done} ({note})" if note else done
    return words.capital(words.state(request.state))


def request_card(
    work: Work,
    person: Person,
    request: AbsenceRequest,
    meeting: Meeting,
    slip: Attachment | None = None,
    *,
    note: str | Markup | None = None,
    fresh: bool = False,
) -> Message:
    """The requester's own request: how it stands, what is new (`note`), what he can do; to withdraw it is not owed."""
    text = lines(
        html("<b>{headline}</b>", headline=headline(work, request, meeting)),
        note,
        words.whose_request(work, person, request),
        html(_("Meeting: {meeting}."), meeting=words.meeting_in_short(meeting)),
        html(_("Substitute: {who} ({word})"), who=_substitute(work, request), word=acceptance(request))
        if request.substitute_id
        else None,
        html(_("Reason given: {reason}"), reason=request.decision_reason) if request.decision_reason else None,
        _after_consent(request),
        *(warnings(work, request, meeting) if fresh and request.state is State.APPROVED else ()),
        words.slip_text(work, request) if slip else None,
        words.entered_mark(work, request),
        _clause(work, request),
    )
    card, urgent = f"absence:{request.id}:mine", fresh and _is_last_minute(work, meeting)
    rows = _own_rows(work, request)
    shown = Message(text, rows, (slip,) if slip else (), card=card, fresh=fresh, urgent=urgent)
    return shown.awaited(meeting.starts_at if len(rows) > 1 else None, until=meeting.starts_at)


def _after_consent(request: AbsenceRequest) -> str | None:
    if request.state is not State.APPROVED or request.kind is not Kind.SUBSTITUTE:
        return None
    if request.substitute_id is None:
        return _("The chair consents; please name a substitute now.")
    return None


def _own_rows(work: Work, request: AbsenceRequest) -> tuple[Row, ...]:
    rows: list[Row] = []
    if request.state is State.AWAITING_DOCUMENT:
        rows.append(
            (button(_("Enter the document"), token("absence.document", request.id, request.version), Style.PRIMARY),)
        )
        rows.append((button(_("Draft of the letter"), token("absence.letter", request.id, request.version)),))
    if request.state is State.RETURNED:
        rows.append(
            (button(_("Answer the chair"), token("absence.answer", request.id, request.version), Style.PRIMARY),)
        )
    is_alive = request.is_open or request.state is State.APPROVED
    lacks = (
        request.substitute_id is None
        or request.acceptance is Acceptance.DECLINED
        or not access.substitute_is_of_unit(work, request)
    )
    if (
        is_alive
        and request.kind is Kind.SUBSTITUTE
        and lacks
        and (request.state is State.APPROVED or request.substitute_id is not None)
    ):
        rows.append(
            (button(_("Name a substitute"), token("absence.choose", request.id, request.version), Style.PRIMARY),)
        )
    if is_alive:
        withdraw = token("absence.withdraw", request.id, request.version)
        rows.append((button(_("Withdraw the request"), withdraw, is_weighty=True),))
    return tuple(rows)


def _outcome(work: Work, request: AbsenceRequest, meeting: Meeting) -> list[Markup | None]:
    """What was decided, on whose request, and who comes instead."""
    requester = work.session.get_one(Person, request.requester_id)
    return [
        html("<b>{headline}</b>", headline=headline(work, request, meeting)),
        html(
            "{who}, {asks} {meeting}.",
            who=words.capital(words.named(work, requester)),
            asks=words.asks(request),
            meeting=words.in_sentence(meeting),
        ),
        html(_("Substitute: {who} ({word})"), who=_substitute(work, request), word=acceptance(request))
        if request.substitute_id
        else None,
    ]


def for_the_record(work: Work, person: Person, request: AbsenceRequest, meeting: Meeting) -> Message:
    """To the host agency's head and the Office: the category of the reason, never its text."""
    text = lines(
        *_outcome(work, request, meeting),
        html(_("Reason: {reason}"), reason=words.reason_in_sentence(request)),
        words.entered_mark(work, request),
        _clause(work, request),
    )
    return Message(text, card=f"absence:{request.id}:record")


def document_asked(work: Work, person: Person, request: AbsenceRequest, meeting: Meeting) -> Message:
    note = _("The chair asks for a written document. Please enter its number and date, or attach it.")
    return request_card(work, person, request, meeting, note=note, fresh=True)


def question(work: Work, person: Person, request: AbsenceRequest, meeting: Meeting) -> Message:
    note = html(_("The chair asks: {question}"), question=request.question)
    return request_card(work, person, request, meeting, note=note, fresh=True)


def question_reminder(work: Work, person: Person, request: AbsenceRequest, meeting: Meeting) -> Message:
    """To the requester: nothing is decided while his answer is missing."""
    shown = question(work, person, request, meeting)
    return shown.reminding(html("<b>{text}</b>", text=_("Reminder: the chair's question waits for your answer.")))


def choose_another(work: Work, person: Person, request: AbsenceRequest, meeting: Meeting) -> Message:
    declined = html(
        _("{who} cannot sit in: {reason}. Please name another substitute."),
        who=words.capital(words.comrade(work.session.get_one(Person, request.substitute_id or 0))),
        reason=request.acceptance_reason,
    )
    same_rank = _("The consent stands for somebody of the same rank; for another rank the chair is asked again.")
    note = lines(declined, same_rank if request.state is State.APPROVED else None)
    return request_card(work, person, request, meeting, note=note, fresh=True)


def entered_for_you(work: Work, person: Person, request: AbsenceRequest, meeting: Meeting, clerk: Person) -> Message:
    return request_card(work, person, request, meeting, fresh=True)


def ratification_card(work: Work, person: Person, request: AbsenceRequest, meeting: Meeting) -> Message:
    """To the chair: the Office noted that he agreed by telephone; one tap confirms."""
    clerk = work.session.get_one(Person, request.oral_by_id or 0)
    noted = _("{clerk} noted that you agreed by telephone at {time}. Please confirm.")
    case, *rest = _case(work, request, meeting)
    text = lines(
        html("<b>{title}</b>", title=_("Consent by telephone, to be confirmed")),
        case,
        noted.format(clerk=words.capital(words.comrade(clerk)), time=short_moment(request.oral_at or work.now)),
        *rest,
    )
    rows = (
        (
            button(_("Confirm"), token("absence.ratify", request.id, request.version), Style.SUCCESS, is_weighty=True),
            button(_("I did not agree"), token("absence.reject", request.id, request.version), Style.DANGER),
        ),
    )
    asked = rows if request.ratification is Ratification.PENDING else ()
    return Message(text, asked, card=f"absence:{request.id}:decide")


def decision_reminder(work: Work, person: Person, request: AbsenceRequest, meeting: Meeting) -> Message:
    """The card once more: the meeting comes nearer and nothing was said."""
    shown = decision_card(work, person, request, meeting)
    reminder = html("<b>{text}</b>", text=_("Reminder: this request still waits for your opinion."))
    return shown.reminding(reminder)
