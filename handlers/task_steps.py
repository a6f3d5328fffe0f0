"""The steps of the "5 rõ" that every form which assigns a task asks, and the number of its document."""

from bot.forms import steps
from bot.forms.form import Asking
from rules.errors import N_
from services import people


def officials(asking: Asking) -> list[tuple[int, str, str]]:
    return [(each.person.key, each.name, "") for each in people.officials(asking.context.work)]


CONTENT = steps.text("content", N_("What is to be done"), N_("What is to be done? One task, in a sentence."), 500)
DOER = steps.person("doer", N_("Who does it"), N_("Who does it?"), officials)
DUE = steps.day(
    "due", N_("To be done by"), N_("By which day?"), quick=((N_("7 days"), 7), (N_("15 days"), 15), (N_("30 days"), 30))
)
DOCUMENT = steps.text(
    "document",
    N_("Document"),
    N_("Number and date of the document, if there is one."),
    200,
    is_optional=True,
)
RESULT = steps.text("result", N_("Result expected"), N_("What is to be there in the end? For example: a report."), 300)
