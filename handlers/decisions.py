"""What a chair presses: approve, refuse with a reason, require a document, ask back; the list of what waits."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.buttons import token
from bot.context import Context, Reply
from bot.forms import engine
from bot.forms.form import Asking, Form
from bot.forms.prompts import Words
from bot.forms.steps import text
from bot.i18n import _
from bot.messages import Message, Style, button, html, lines
from bot.routes import Route, command, form, press
from models.absence import AbsenceRequest
from models.ahead import requests_ahead
from models.meetings import Meeting
from rules.absence import State
from rules.errors import N_, DomainError, StaleError
from services import access, decisions, waiting
from services.notices import absence as notices
from services.notices import duty_lists


def _request(context: Context) -> AbsenceRequest:
    return access.request_to_decide(context.work, context.token.subject)


def on_decide(context: Context) -> Reply:
    """One tap decides; an old card says how it stands now and changes nothing."""
    request = _request(context)
    meeting = access.meeting_of(context.work, request)
    if request.state is not State.AWAITING_DECISION and request.state is not State.RETURNED:
        return [_now(context, request, meeting)]
    match context.token.argument:
        case "approve":
            _require_seen(context, request)
            decisions.approve(context.work, request)
            return _decided(context, request, meeting)
        case "document":
            decisions.ask_document(context.work, request)
            return _decided(context, request, meeting)
        case "refuse":
            return engine.start(context, REFUSE, request.key)
        case "ask":
            return engine.start(context, ASK, request.key)
    raise StaleError()


class ChangedCardError(DomainError):
    """The case is another one than on the card that was pressed."""

    code = "changed_card"
    msgid = N_(
        "The request has changed since this card was sent. Nothing was decided; please read the new card: /duyet."
    )


def _require_seen(context: Context, request: AbsenceRequest) -> None:
    # The substitute's word does not change the version: what the chair consents to stays the same.
    if request.version != context.token.version:
        raise ChangedCardError()


def _now(context: Context, request: AbsenceRequest, meeting: Meeting) -> Message:
    """What an old button answers: who decided what, when. Nothing has changed."""
    shown = notices.decided_card(context.work, context.official, request, meeting)
    note = html("<i>{note}</i>", note=_("This was settled already. Nothing was changed."))
    return Message(lines(shown.text, note), card=shown.card, edit=True)


def _decided(context: Context, request: AbsenceRequest, meeting: Meeting) -> Message:
    shown = notices.decided_card(context.work, context.official, request, meeting)
    return Message(shown.text, card=shown.card, edit=True)


def _finish_refuse(asking: Asking) -> Reply:
    request = access.request_to_decide(asking.context.work, asking.subject_id or 0)
    decisions.refuse(asking.context.work, request, asking.answers["reason"])
    return _after_form(asking, request)


def _finish_ask(asking: Asking) -> Reply:
    request = access.request_to_decide(asking.context.work, asking.subject_id or 0)
    decisions.ask_back(asking.context.work, request, asking.answers["question"])
    return _after_form(asking, request)


def _after_form(asking: Asking, request: AbsenceRequest) -> Reply:
    """A word below what was typed; the card itself is drawn anew, wherever in the chat it stands."""
    meeting = access.meeting_of(asking.context.work, request)
    shown = notices.decided_card(asking.context.work, asking.context.official, request, meeting)
    return [Message(Markup(_("Recorded; those concerned have been told."))), Message(shown.text, card=shown.card)]


def on_duyet(context: Context) -> Reply:
    """/duyet: what waits, oldest first; then what I decided and can still correct."""
    work, person = context.work, context.official
    open_cases = waiting.for_decider(work, person)
    mine = waiting.decided(work, person)
    others = waiting.other_decisions(work, person)
    told = [duty_lists.to_decide(work, person, others)] if others else []
    if not open_cases and not mine:
        return told or Message(Markup(_("Nothing waits for your decision.")))
    cards = [_card(context, request, meeting) for request, meeting in open_cases[:LISTED]]
    # One card alone says all that an overview could.
    overview = [_overview(open_cases, mine)] if mine or len(open_cases) > 1 else []
    return [*cards, *overview, *told]


LISTED = 8


def _card(context: Context, request: AbsenceRequest, meeting: Meeting) -> Message:
    build = notices.ratification_card if waiting.is_to_ratify(request) else notices.decision_card
    shown = build(context.work, context.official, request, meeting)
    return Message(shown.text, shown.rows, shown.files, card=shown.card, fresh=True)


def _overview(
    open_cases: Sequence[tuple[AbsenceRequest, Meeting]], mine: Sequence[tuple[AbsenceRequest, Meeting]]
) -> Message:
    waiting_ = _("Waiting for you: {number}").format(number=len(open_cases))
    title = waiting_ if open_cases else _("Nothing waits for your decision.")
    text_ = html("<b>{title}</b>", title=title)
    rows = []
    if len(open_cases) > 1:
        rows.append((button(_("Approve all"), token("absence.all"), Style.SUCCESS),))
    if mine:
        rows.append((button(_("Correct a decision ({number})").format(number=len(mine)), token("absence.mine")),))
    return Message(text_, tuple(rows))


def on_all(context: Context) -> Reply:
    """Names what would be approved and what is skipped, and asks once more."""
    plain, flagged = waiting.split(context.work, context.official)
    text_ = lines(
        html("<b>{title}</b>", title=_("Approve these {number} requests?").format(number=len(plain))),
        *(_line(context, request, meeting) for request, meeting in plain),
        _("Skipped, because there is something to consider:") if flagged else None,
        *(_line(context, request, meeting) for request, meeting in flagged),
    )
    if not plain:
        return Message(
            Markup(_("Each waiting request has something to consider; please decide them one by one.")), edit=True
        )
    confirm = button(
        _("Approve {number}").format(number=len(plain)),
        token("absence.all_sure", argument=waiting.seal(plain)),
        Style.SUCCESS,
    )
    return Message(text_, ((confirm,),), edit=True)


def _line(context: Context, request: AbsenceRequest, meeting: Meeting) -> Markup:
    return html("– {case}", case=waiting.in_one_line(context.work, request, meeting))


def on_all_sure(context: Context) -> Reply:
    """Only if exactly the named ones still wait unchanged."""
    plain, _flagged = waiting.split(context.work, context.official)
    if waiting.seal(plain) != context.token.argument:
        raise ChangedCardError()
    for request, _meeting in plain:
        decisions.approve(context.work, request)
    cards = [_after(context, request, meeting) for request, meeting in plain]
    done = html("<b>{done}</b>", done=_("Approved: {number}").format(number=len(plain)))
    return [Message(done, edit=True), *cards]


def _after(context: Context, request: AbsenceRequest, meeting: Meeting) -> Message:
    shown = notices.decided_card(context.work, context.official, request, meeting)
    return Message(shown.text, card=shown.card)


def on_mine(context: Context) -> Reply:
    """What I decided, with the button to correct it, until the meeting starts."""
    found = waiting.decided(context.work, context.official)
    if not found:
        return Message(Markup(_("There is no decision of yours that can still be corrected.")))
    return [_correctable(context, request, meeting) for request, meeting in found[:LISTED]]


def _correctable(context: Context, request: AbsenceRequest, meeting: Meeting) -> Message:
    shown = notices.decided_card(context.work, context.official, request, meeting)
    rows = ((button(_("Correct the decision"), token("absence.correct", request.id, request.version)),),)
    return Message(shown.text, rows, card=shown.card, fresh=True)


def on_correct(context: Context) -> Reply:
    request = _request(context)
    if request.version != context.token.version or request.state not in (State.APPROVED, State.REFUSED):
        return [_now(context, request, access.meeting_of(context.work, request))]
    return engine.start(context, CORRECT, request.key, version=request.version)


def _ask_correction(asking: Asking) -> Markup:
    """What the decision becomes, before anything is typed."""
    request = access.request_to_decide(asking.context.work, asking.subject_id or 0)
    is_approved = request.state is State.APPROVED
    becomes = _("The decision becomes: refused") if is_approved else _("The decision becomes: approved")
    why = _("Please type why the decision is changed; both decisions are kept.")
    return lines(html("<b>{becomes}</b>", becomes=becomes), why)


def _finish_correct(asking: Asking) -> Reply:
    work = asking.context.work
    request = access.request_to_decide(work, asking.subject_id or 0)
    if request.version != asking.answers["version"]:
        # Somebody else has corrected it meanwhile: it would become the opposite of what was announced.
        raise ChangedCardError()
    decisions.correct(work, request, to_approved=request.state is State.REFUSED, reason=asking.answers["reason"])
    return _after_form(asking, request)


def on_ratify(context: Context) -> Reply:
    request = _request(context)
    decisions.ratify(context.work, request)
    return _decided(context, request, access.meeting_of(context.work, request))


def on_reject(context: Context) -> Reply:
    request = _request(context)
    if not waiting.is_to_ratify(request):
        return [_now(context, request, access.meeting_of(context.work, request))]
    return engine.start(context, REJECT, request.key)


def _finish_reject(asking: Asking) -> Reply:
    request = access.request_to_decide(asking.context.work, asking.subject_id or 0)
    decisions.reject_oral(asking.context.work, request, asking.answers["reason"])
    return _after_form(asking, request)


def on_oral(context: Context) -> Reply:
    """The Office notes that the chair agreed by telephone."""
    access.require_office(context.work)
    request = access.load(context.work, AbsenceRequest, context.token.subject)
    decisions.record_oral(context.work, request)
    shown = notices.for_the_record(context.work, context.official, request, access.meeting_of(context.work, request))
    return Message(shown.text, card=f"absence:{request.id}:decide", edit=True)


def on_outside(context: Context) -> Reply:
    """The Office notes that a chair from outside does not agree; his reason is asked."""
    access.require_office(context.work)
    request = access.load(context.work, AbsenceRequest, context.token.subject)
    return engine.start(context, OUTSIDE_REFUSES, request.key)


def _finish_outside(asking: Asking) -> Reply:
    work = asking.context.work
    access.require_office(work)
    request = access.load(work, AbsenceRequest, asking.subject_id or 0)
    decisions.refuse_for_outside_chair(work, request, asking.answers["reason"])
    return _after_form(asking, request)


def _reason_form(name: str, title: str, finish: object, prompt: Words, key: str = "reason") -> Form:
    return Form(name, lambda asking: _(title), (text(key, N_("Reason"), prompt, 500),), finish, confirms=False)  # type: ignore[arg-type]


REFUSE = _reason_form(
    "refuse", N_("Refusal"), _finish_refuse, N_("Please type the reason of the refusal; the requester is told.")
)
ASK = _reason_form("ask", N_("Question"), _finish_ask, N_("Please type your question to the requester."), "question")
CORRECT = _reason_form("correct", N_("Correction"), _finish_correct, _ask_correction)
REJECT = _reason_form(
    "reject",
    N_("Consent by telephone"),
    _finish_reject,
    N_("Please type what you had said; the request will be refused."),
)
OUTSIDE_REFUSES = _reason_form(
    "outside", N_("The chair refused"), _finish_outside, N_("Please type the reason that the chair gave.")
)

ROUTES: list[Route] = [
    command("duyet", on_duyet, "xem duyet", "cho duyet"),
    press("absence.decide", on_decide, ahead=requests_ahead),
    press("absence.all", on_all),
    press("absence.all_sure", on_all_sure),
    press("absence.mine", on_mine),
    press("absence.correct", on_correct),
    press("absence.ratify", on_ratify),
    press("absence.reject", on_reject),
    press("absence.oral", on_oral),
    press("absence.outside", on_outside),
    *(form(each) for each in (REFUSE, ASK, CORRECT, REJECT, OUTSIDE_REFUSES)),
]
