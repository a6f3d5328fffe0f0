"""What stands on the cards about a draft on which opinions are asked."""

from markupsafe import Markup

from bot.i18n import _
from bot.messages import html
from bot.work import Work
from models.comments import CommentAsked, CommentRequest
from models.people import Unit


def asker_words(work: Work, request: CommentRequest) -> str:
    """Sở Tư pháp (qua Văn phòng); Sở Tài chính."""
    unit = work.session.get_one(Unit, request.unit_id).name
    return _("{outside} (by way of {unit})").format(outside=request.outside, unit=unit) if request.outside else unit


def details(work: Work, asked_id: int) -> list[str | Markup | None]:
    """On the card of what a unit owes."""
    asked = work.session.get_one(CommentAsked, asked_id)
    return request_lines(work, work.session.get_one(CommentRequest, asked.request_id))


def request_lines(work: Work, request: CommentRequest) -> list[str | Markup | None]:
    return [
        html(_("Asked by: {asker}"), asker=asker_words(work, request)),
        html(_("Document: {document}"), document=request.document) if request.document else None,
    ]
