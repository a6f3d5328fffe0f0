"""What the Office or the drafting unit fills in about a vote: open it, give it another text, call it off."""

from dataclasses import replace
from datetime import datetime

from markupsafe import Markup

from bot.context import Reply
from bot.forms import steps
from bot.forms.form import Asking, Form
from bot.forms.steps import Option
from bot.i18n import _
from bot.messages import Message, html, lines
from bot.routes import Route, form
from handlers import meeting_steps, task_steps, vote_view
from models.people import Person, Post
from rules.errors import N_
from services import access, office, people, programme_changes, votes
from services.notices import words
from services.votes import Draft, NewVote

ALL, SOME = "all", "some"


def _is_office(asking: Asking) -> bool:
    return access.is_office(asking.context.work, asking.context.official)


def _units(asking: Asking) -> list[tuple[int, str, str]]:
    return [(unit.key, unit.name, "") for unit in office.units(asking.context.work)]


def _may_be_asked(asking: Asking) -> list[tuple[Post, Person]]:
    """The members; of a body whose workbook marks none, everybody."""
    work = asking.context.work
    return votes.members(work) or [(each.post, each.person) for each in people.officials(work)]


def _whom(asking: Asking) -> list[tuple[str, str]]:
    count = len(votes.members(asking.context.work))
    return [(ALL, _("All {count} members").format(count=count)), (SOME, _("Some members"))]


def _has_members(asking: Asking) -> bool:
    return bool(votes.members(asking.context.work))


def _chooses(asking: Asking) -> bool:
    return asking.answers.get("whom") == SOME or not _has_members(asking)


def _people(asking: Asking) -> list[Option]:
    work = asking.context.work
    return [
        Option(str(post.key), f"{person.full_name}, {people.full_title(post, people.unit_of(work, post))}")
        for post, person in _may_be_asked(asking)
    ]


def _has_no_file(asking: Asking) -> bool:
    return not asking.answers.get("files")


FILES = meeting_steps.papers(
    "files", N_("Files of the draft"), N_("Please send the files of the draft, one after another; then choose “Done”.")
)
TEXT = steps.text(
    "text",
    N_("Text of the draft"),
    N_("There is no file: please type the text of the draft, at most 1000 characters."),
    1000,
    applies=_has_no_file,
)
# Nothing to read in a form that is shown: whoever is bound to secrecy votes on paper (Tân Yên 4.d).
ON_PAPER = N_("Classified drafts are voted on with paper ballots; they are neither taken nor stored here.")


def _draft(asking: Asking) -> Draft:
    files = [file["file_id"] for file in asking.answers.get("files") or ()]
    return Draft(asking.answers.get("text") or "", files)


def _open(asking: Asking) -> Reply:
    work, given = asking.context.work, asking.answers
    chosen = given["people"] if _chooses(asking) else [post.key for post, _person in votes.members(work)]
    new = NewVote(
        title=given["title"],
        unit_id=given.get("unit") or programme_changes.own_unit(work, asking.context.official) or 0,
        draft=_draft(asking),
        post_ids=[int(post_id) for post_id in chosen],
        due_at=datetime.fromisoformat(given["due"]),
        document=given.get("document") or "",
    )
    vote = votes.open_vote(work, new)
    return replace(vote_view.run_card(asking.context, vote), edit=True)


def _notes(asking: Asking) -> Markup:
    cited = words.cite(asking.context.work, "vote")
    return lines(_("Each is asked at once; silence is no vote, and nobody votes for another."), _(ON_PAPER), cited)


OPEN = Form(
    "vote",
    lambda asking: _("Ballot of the members of the committee"),
    (
        steps.text("title", N_("Draft"), N_("On which draft? Its title, in a line."), 300),
        steps.person("unit", N_("Drafted by"), N_("Which unit has drafted it?"), _units, applies=_is_office),
        task_steps.DOCUMENT,
        FILES,
        TEXT,
        steps.choice("whom", N_("To be asked"), N_("Who is asked?"), _whom, applies=_has_members),
        steps.several("people", N_("Members asked"), N_("Whose ballots are asked?"), _people, applies=_chooses),
        steps.moment("due", N_("By"), N_("By when are the ballots to be given?")),
    ),
    _open,
    notes=_notes,
)


def _replace(asking: Asking) -> Reply:
    work, due = asking.context.work, asking.answers.get("due")
    vote = votes.to_run(work, asking.subject_id or 0)
    votes.replace_draft(work, vote, _draft(asking), datetime.fromisoformat(due) if due else None)
    note = html("<i>{note}</i>", note=_("The new text has been sent; who had voted is asked once more."))
    card = vote_view.run_card(asking.context, vote)
    return replace(card, text=lines(note, card.text), edit=True)


REPLACE = Form(
    "vote draft",
    lambda asking: _("Another text of the draft"),
    (
        FILES,
        TEXT,
        steps.moment("due", N_("By"), N_("By when now? Leave it out where the time stays."), is_optional=True),
    ),
    _replace,
    notes=lambda asking: Markup.escape(
        _("Ballots on the present text do not count any more: those who have voted are asked again, nobody else.")
    ),
)


def _cancel(asking: Asking) -> Reply:
    work = asking.context.work
    votes.cancel(work, votes.to_run(work, asking.subject_id or 0), asking.answers["reason"])
    return Message(Markup.escape(_("Called off; those who were asked have been told.")))


CANCEL = Form(
    "vote cancel",
    lambda asking: _("Call the vote off"),
    (steps.text("reason", N_("Reason"), N_("For what reason is the vote called off? Those asked are told."), 500),),
    _cancel,
)

ROUTES: list[Route] = [form(OPEN), form(REPLACE), form(CANCEL)]
