"""What is answered at once: the guide to a procedure, who else is competent, whom to call in an emergency."""

from markupsafe import Markup

from bot.i18n import _
from bot.messages import html, lines
from bot.work import Work
from models.hotline_directory import Procedure, ServiceLevel
from rules.competence import Competence
from services import people
from services.notices.hotline import number_line


def body_words(body: Competence) -> str:
    return _("Business of: {who}").format(who=body.who)


def answer(work: Work, matter: Procedure | Competence, unit_id: int, you: str) -> Markup:
    """The guide, or whose business it is; the hotline's number stands below in any case."""
    told = _procedure(matter) if isinstance(matter, Procedure) else _body(matter)
    return lines(told, number_line(work, unit_id), html(_("Has this answered {you}?"), you=you))


def _procedure(procedure: Procedure) -> Markup:
    online = {
        ServiceLevel.FULL: _("Online: the whole procedure"),
        ServiceLevel.PARTIAL: _("Online: part of the procedure"),
    }
    return lines(
        html("<b>{name}</b>", name=procedure.name),
        html("{guide}", guide=procedure.guide) if procedure.guide else None,
        html(_("Handed in at: {where}"), where=procedure.intake) if procedure.intake else None,
        online[procedure.level] if procedure.level else None,
    )


def _body(body: Competence) -> Markup:
    return lines(
        html("<b>{title}</b>", title=_("This is not the commune's business")),
        html(_("Competent: {who}."), who=body.who),
        html(_("Telephone: {phone}."), phone=body.phone) if body.phone else None,
    )


def emergency(body: Competence) -> Markup:
    """At once, without a form."""
    return lines(
        html("<b>{title}</b>", title=_("Please call {phone} at once").format(phone=body.phone)),
        html("{who}", who=body.who),
        _("The hotline for procedures cannot help in an emergency."),
    )


def complaint(work: Work) -> Markup:
    """Only the chair reads it; whoever rather asks about a procedure says so."""
    return lines(
        html("<b>{title}</b>", title=_("For the chair alone")),
        html(
            _("What is said about an official goes to the chair of {body} alone; no team sees it."),
            body=people.body_name(work),
        ),
    )
