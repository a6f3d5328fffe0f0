"""Asking the hotline: what a citizen, or an official, says becomes a question for the right team."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from bot.context import Context, Reply
from bot.events import FileReceived, TextReceived
from bot.forms import engine, steps
from bot.forms.drafts import discard
from bot.forms.form import Asking, Form
from bot.i18n import _
from bot.messages import Message, html, lines
from bot.routes import Route, form
from handlers import hotline_answers, hotline_blocks, hotline_contact, hotline_steps
from models.drafts import draft_of
from models.files import discard_unnamed
from models.hotline import Ticket, open_tickets_asked
from models.hotline_directory import Procedure
from rules.choices import option
from rules.errors import N_, StaleError
from rules.hotline import Category, TicketState
from rules.text import fold
from services import hotline, hotline_intake, hotline_pictures
from services.hotline import NewQuestion
from services.notices import hotline as notices
from services.notices import hotline_guide as guides

NEW = "new"
MOST = 2000
HELPED, NOT_HELPED = N_("It has"), N_("Not yet; ask the hotline")
NO_EMERGENCY = N_("It is no emergency; send it to the hotline")
# Who only greets is asked what he would like to know.
GREETINGS = frozenset(
    {"xin chao", "chao", "alo", "a lo", "hello", "hi", "chao anh", "chao chi", "chao ban", "cam on", "ok"}
)


def on_words(context: Context) -> Reply:
    """Free text or a file of a citizen: a code to look up, an addition, or a new question."""
    event = context.event
    text = event.text.strip() if isinstance(event, TextReceived) else ""
    if (code := hotline_contact.looked_up_code(context, text)) is not None:
        return hotline_contact.look_up(context, code)
    if (block := hotline_blocks.keeps_out(context)) is not None:
        return hotline_blocks.answer(context, block)
    if isinstance(event, FileReceived):
        return _file(context, event)
    return _said(context, text)


def _said(context: Context, text: str) -> Reply:
    """A greeting, a command of officials, or one of their buttons is no question."""
    is_none = not text or text.startswith("/") or fold(text).strip(" .!") in GREETINGS
    return hotline_contact.question(context) if is_none else _taken_in(context, text)


def is_emergency(context: Context) -> bool:
    event = context.event
    return isinstance(event, TextReceived) and hotline_intake.read(context.work, event.text).emergency is not None


def _file(context: Context, event: FileReceived) -> Reply:
    if hotline_pictures.shows_card(context.work, event.stored_id, event.file.name, event.caption):
        return refused_card(context, event)
    file = {"file_id": event.stored_id, "name": event.file.name}
    return _taken_in(context, event.caption.strip(), file)


def refused_card(context: Context, event: FileReceived) -> Message:
    """The picture of an identity card is nothing that the hotline needs; it is not kept."""
    _let_go(context, event.stored_id)
    return Message(
        lines(
            _(hotline_pictures.REFUSED),
            _("Please describe the question in words; papers are handed in at the counter or on the portal."),
        )
    )


def _let_go(context: Context, file_id: int | None) -> None:
    """What no question needs is not kept."""
    discard_unnamed(context.work.session, [file_id] if file_id else [])


def _taken_in(context: Context, text: str, file: dict[str, Any] | None = None) -> Reply:
    """What somebody waits for is an addition; else a question, of which what is missing is asked."""
    earlier = open_tickets_asked(context.work.session, context.account.key)
    waiting = [ticket for ticket in earlier if ticket.state is TicketState.AWAITING_ASKER]
    if len(waiting) == 1:
        return _supplied(context, waiting[0], text, file)
    answers: dict[str, Any] = {"file": file}
    if not earlier:
        # So that the steps need not look again.
        answers["which"] = NEW
    if text:
        answers["text"] = steps.checked_text(text, MOST)
    whole = Asking(context, answers, None)
    # Where the words say everything, nothing is left to ask.
    return _finish(whole) if ASK.next_step(whole) is None else engine.start(context, ASK, **answers)


def _supplied(context: Context, ticket: Ticket, text: str, file: dict[str, Any] | None) -> Message:
    hotline.supply(context.work, ticket, text, file["file_id"] if file else None)
    return hotline_answers.supplied(context, ticket)


def _may_be_added(asking: Asking) -> bool:
    return asking.answers.get("which") != NEW and bool(_open(asking))


def _open(asking: Asking) -> Sequence[Ticket]:
    return open_tickets_asked(asking.context.work.session, asking.context.account.key)


def _which(asking: Asking) -> list[tuple[str, str]]:
    added = [
        (str(ticket.key), _("Add to question no. {number}").format(number=ticket.number)) for ticket in _open(asking)
    ]
    return [(NEW, _("A new question")), *added[:4]]


def _is_new(asking: Asking) -> bool:
    return asking.answers.get("which") == NEW or not _open(asking)


def _is_emergency(asking: Asking) -> bool:
    return hotline_steps.reading(asking).emergency is not None


def _is_complaint(asking: Asking) -> bool:
    return _is_new(asking) and hotline_steps.reading(asking).is_complaint


def _is_private(asking: Asking) -> bool:
    return _is_complaint(asking) and asking.answers.get("private") == "chair"


def _is_for_team(asking: Asking) -> bool:
    return _is_new(asking) and not _is_private(asking)


def _is_known(asking: Asking) -> bool:
    """Whether something can be answered at once."""
    return _is_for_team(asking) and hotline_steps.matter(asking) is not None


def _is_for_people(asking: Asking) -> bool:
    return asking.answers.get("guide") != "yes"


def _urgent_words(asking: Asking) -> Markup:
    body = hotline_steps.reading(asking).emergency
    return guides.emergency(body) if body is not None else Markup("")


def _guide_words(asking: Asking) -> Markup:
    work, matter = asking.context.work, hotline_steps.matter(asking)
    if matter is None:
        raise StaleError()
    you = _("comrade") if asking.context.person else _("sir or madam")
    return guides.answer(work, matter, hotline_steps.unit_id(asking), you)


def _finish(asking: Asking) -> Reply:
    context, answers = asking.context, asking.answers
    file = answers.get("file")
    if answers.get("which", NEW) != NEW:
        return _supplied(context, hotline.ticket_to_act(context.work, int(answers["which"])), answers["text"], file)
    unit_id, matter = hotline_steps.unit_id(asking), None if _is_private(asking) else hotline_steps.matter(asking)
    procedure = matter if isinstance(matter, Procedure) else None
    if answers.get("guide") == "yes":
        hotline.answered_at_once(context.work, unit_id, procedure)
        _let_go(context, file["file_id"] if file else None)
        return Message(lines(html("<b>{title}</b>", title=_("Thank you")), notices.number_line(context.work, unit_id)))
    new = NewQuestion(
        unit_id=unit_id,
        text=answers["text"],
        category=Category.COMPLAINT if _is_private(asking) else hotline_intake.category(procedure),
        procedure_id=procedure.key if procedure else None,
        file_id=file["file_id"] if file else None,
    )
    try:
        ticket = hotline.ask(context.work, new)
    except hotline.TooManyQuestionsError as error:
        return _not_sent(asking, new, error)
    return notices.received(context.work, ticket)


def _not_sent(asking: Asking, new: NewQuestion, error: hotline.TooManyQuestionsError) -> Message:
    """The form ends; what was typed is said back, to be copied when it can be sent."""
    _let_go(asking.context, new.file_id)
    return Message(
        lines(
            html("<b>{title}</b>", title=_("The question was not sent")),
            html(_(error.msgid), **error.fields),
            html("<code>{text}</code>", text=new.text),
            _("The file is to be sent again too.") if new.file_id else None,
        )
    )


def _aside(asking: Asking, step: str, text: str) -> Reply:
    """Help is never kept waiting by a form; a code is looked up; words after a guide say that it was not enough."""
    context = asking.context
    reading = hotline_intake.read(context.work, text)
    if step != "text" and reading.emergency:
        return _anew(asking, text)
    if (code := hotline_contact.looked_up_code(context, text)) is not None:
        return hotline_contact.look_up(context, code)
    if step == "urgent" and option(text, [_(NO_EMERGENCY)]) is None:
        return _anew(asking, text)
    if step == "which" and not text.isdecimal() and option(text, [label for _value, label in _which(asking)]) is None:
        # More of the same message: people send a sentence at a time.
        whole = steps.checked_text(f"{asking.answers['text']}\n{text}", MOST)
        return engine.start(context, ASK, **{**asking.answers, "text": whole})
    if step != "guide" or option(text, [_(HELPED), _(NOT_HELPED)]) is not None:
        return None
    if fold(text).strip(" .!") in GREETINGS:
        return _left_with(asking, {"guide": "yes"})
    matter, unit_id = hotline_steps.matter(asking), hotline_steps.unit_id(asking)
    named = hotline_steps.matter(Asking(context, {"text": text}, None))
    if reading.is_complaint or named not in (None, matter) or reading.unit_id not in (None, unit_id):
        return _anew(asking, text)
    added = steps.checked_text(f"{asking.answers['text']}\n{text}", MOST)
    # What the whole is about stays as it was understood.
    topic = f"p{matter.key}" if isinstance(matter, Procedure) else hotline_steps.OTHER
    return _left_with(asking, {"text": added, "place": str(unit_id), "topic": topic, "guide": "no"})


def _anew(asking: Asking, text: str) -> Reply:
    """Another question takes the place of the one that stands open."""
    context = asking.context
    discard(context, draft_of(context.work.session, context.account.key, ASK.name))
    return _said(context, text)


def _left_with(asking: Asking, answers: dict[str, Any]) -> Reply:
    """Finished with these answers, typed in other words."""
    context = asking.context
    reply = _finish(Asking(context, {**asking.answers, **answers}, asking.subject_id))
    discard(context, draft_of(context.work.session, context.account.key, ASK.name))
    return reply


ASK = Form(
    "hotline ask",
    lambda asking: _("Question to the hotline"),
    (
        steps.text("text", N_("Question"), N_("What would you like to ask? A few sentences are enough."), MOST),
        steps.choice(
            "urgent",
            N_("Emergency"),
            _urgent_words,
            (("go", NO_EMERGENCY),),
            applies=_is_emergency,
        ),
        steps.choice(
            "which",
            N_("Belongs to"),
            N_("Is this a new question, or does it belong to an earlier one?"),
            _which,
            applies=_may_be_added,
        ),
        steps.choice(
            "private",
            N_("For the chair alone"),
            lambda asking: guides.complaint(asking.context.work),
            (("chair", N_("Send it to the chair alone")), ("team", N_("It is only a question about a procedure"))),
            applies=_is_complaint,
        ),
        hotline_steps.place(_is_new),
        hotline_steps.topic(_is_for_team),
        steps.choice(
            "guide",
            N_("Answered at once"),
            _guide_words,
            (("yes", HELPED), ("no", NOT_HELPED)),
            applies=_is_known,
        ),
        # A citizen sends it with the question; who opened the form is asked, where it goes to a team.
        hotline_steps.attachment(
            "file", N_("File"), N_("Please send a picture or a file, if one helps."), applies=_is_for_people
        ),
    ),
    _finish,
    confirms=False,
    aside=_aside,
)


ROUTES: list[Route] = [form(ASK)]
