"""*Đã xong*: what a duty asks for when it is done, and what follows."""

from markupsafe import Markup

from bot.context import Context, Reply
from bot.forms import engine, steps
from bot.forms.form import Asking, Form
from bot.forms.prompts import Applies
from bot.forms.steps import Option
from bot.i18n import _
from bot.messages import Message, html, lines
from bot.routes import Route, form, press
from models.duties import Duty
from rules.duties import SPECS, DutyKind, Want
from rules.errors import N_
from services import access, results
from services.notices import duties as notices
from services.notices import words
from services.regulation import regulation

COMPLETE, WANTING, MISSING = "complete", "wanting", "missing"


def on_done(context: Context) -> Reply:
    duty = access.own_duty(context.work, context.token.subject)
    if not duty.is_open or not SPECS[duty.kind].wants:
        return Message(lines(notices.card(context.work, context.official, duty).text), edit=False)
    return engine.start(context, RESULT, duty.key)


def _duty(asking: Asking) -> Duty:
    return access.own_duty(asking.context.work, asking.subject_id or 0)


def _wants(want: Want) -> Applies:
    return lambda asking: want in results.wanted(asking.context.work, _duty(asking))


def _what(asking: Asking) -> str:
    if _duty(asking).kind is DutyKind.BADGES:
        return _("Who has no badge, or a new post? A line each: name, post, what is wanted.")
    if _duty(asking).kind is DutyKind.COMMENT:
        return _("What does your unit think of the draft? A line or two; a file may follow.")
    return _("What was done? A line or two.")


def _finish(asking: Asking) -> Reply:
    duty, given = _duty(asking), asking.answers
    file = given.get(Want.FILE)
    result = results.Result(
        text=given.get(Want.TEXT) or given.get(Want.EXCUSE) or "",
        number=given.get(Want.NUMBER) or "",
        file_id=file["file_id"] if file else None,
        position=given.get(Want.POSITION) or "",
        signed=given[Want.SIGNED] == "yes" if given.get(Want.SIGNED) else None,
        missing=given.get(MISSING) or () if given.get(Want.CHECKLIST) else None,
    )
    results.submit(asking.context.work, duty, result)
    return _recorded(asking, duty)


def _recorded(asking: Asking, duty: Duty) -> Reply:
    """A word in place of the summary; the duty's own card is drawn anew, wherever in the chat it stands."""
    shown = notices.card(asking.context.work, asking.context.official, duty)
    title = html("<b>{title}</b>", title=_("Recorded"))
    told = lines(title, html("{name}", name=notices.name(duty)), notices.state_words(asking.context.work, duty))
    return [Message(told, edit=True), shown]


def _checklist(asking: Asking) -> Markup:
    """The items and their clause, so that one tap can say that all is there."""
    applied = regulation(asking.context.work)
    items = applied.pack.checklist
    return lines(
        html("<b>{title}</b>", title=_("Do the papers hold all of this?")),
        *(html("{n}. {item}", n=n, item=words.capital(item.text)) for n, item in enumerate(items, 1)),
        *(html("<i>{clause}</i>", clause=applied.cite_clause(key)) for key in dict.fromkeys(i.clause for i in items)),
    )


def _items(asking: Asking) -> list[Option]:
    return [Option(item.id, words.capital(item.text)) for item in regulation(asking.context.work).pack.checklist]


def _is_wanting(asking: Asking) -> bool:
    return asking.answers.get(Want.CHECKLIST) == WANTING


RESULT = Form(
    "duty result",
    lambda asking: notices.name(_duty(asking)),
    (
        steps.text(
            Want.NUMBER,
            N_("Number of the document"),
            N_("Number and date of the paper, if there is one."),
            200,
            is_optional=True,
            applies=_wants(Want.NUMBER),
        ),
        steps.text(
            Want.TEXT,
            N_("Result"),
            _what,
            2000,
            is_optional=True,
            applies=_wants(Want.TEXT),
        ),
        steps.attachment(
            Want.FILE, N_("File"), N_("Please send the file, if there is one."), applies=_wants(Want.FILE)
        ),
        steps.text(
            Want.EXCUSE,
            N_("Why without all opinions"),
            N_("Some units have not given their opinion yet. Why do the papers go out without it?"),
            500,
            applies=_wants(Want.EXCUSE),
        ),
        steps.choice(
            Want.SIGNED,
            N_("Signed by the head"),
            N_("Has the head of the agency signed the papers?"),
            (("yes", N_("Signed by the head")), ("no", N_("Signed by somebody else"))),
            applies=_wants(Want.SIGNED),
        ),
        steps.text(
            Want.POSITION,
            N_("Position"),
            N_("What is the position of your unit? A line or two."),
            1000,
            applies=_wants(Want.POSITION),
        ),
        steps.choice(
            Want.CHECKLIST,
            N_("Checklist"),
            _checklist,
            ((COMPLETE, N_("All of it is there")), (WANTING, N_("Something is wanting"))),
            applies=_wants(Want.CHECKLIST),
        ),
        steps.several(MISSING, N_("Wanting"), N_("What is wanting? The Office reads it."), _items, applies=_is_wanting),
    ),
    _finish,
)

ROUTES: list[Route] = [press("duty.done", on_done), form(RESULT)]
