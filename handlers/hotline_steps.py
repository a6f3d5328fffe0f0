"""The hotline's own steps: where a question belongs and what it is about, and files that are no identity cards."""

from dataclasses import replace

from markupsafe import Markup

from bot.forms import steps
from bot.forms.form import Answered, Asking, Attached, Browse, Given, Outcome, Picked, Prompt, Step, Typed
from bot.forms.prompts import Applies, always
from bot.i18n import _
from models.hotline_directory import Procedure, hotlines
from models.people import Unit
from rules.competence import Competence
from rules.errors import N_, InvalidInputError, StaleError
from rules.words import Certainty
from services import access, hotline_directory, hotline_intake, hotline_pictures
from services.hotline_directory import Candidate
from services.hotline_intake import Reading
from services.notices import hotline_guide as guides

LISTED = 10
OTHER = "other"
WHERE = N_("Which commune or ward is it about? A hamlet or a former name will do.")
NOT_FOUND = N_("“{text}” was not found. Please type the name of a commune, ward or hamlet, also a former one.")
MOST_ADDED = 1000


def reading(asking: Asking) -> Reading:
    return hotline_intake.read(asking.context.work, asking.answers.get("text", ""))


def unit_id(asking: Asking) -> int:
    """The commune that was chosen, else the only one that the words name."""
    chosen = asking.answers.get("place")
    found = int(chosen) if chosen else reading(asking).unit_id
    if found is None:
        raise StaleError()
    return found


def place(applies: Applies) -> Step:
    """Asked where the words name no commune, or more than one; typed words are searched as the question was."""

    def is_open(asking: Asking) -> bool:
        return applies(asking) and reading(asking).unit_id is None

    def ask(asking: Asking) -> Prompt:
        return Prompt(Markup.escape(_(WHERE)), [[(label, value)] for value, label in _candidates(asking)])

    def read(asking: Asking, given: Given) -> Outcome:
        match given:
            case Picked(value=value) if value in _known(asking):
                return Answered(value)
            case Typed(text=text):
                return _typed(asking, text)
        raise StaleError()

    def shows(asking: Asking, value: str) -> str:
        return asking.context.work.session.get_one(Unit, int(value)).name

    return Step("place", lambda: _("Commune or ward"), ask, read, shows, is_open)


def _typed(asking: Asking, text: str) -> Outcome:
    found = hotline_directory.find_place(asking.context.work, text)
    if found.certainty is Certainty.SURE:
        return Answered(str(found.candidates[0].unit.key))
    if not found.candidates:
        raise InvalidInputError(NOT_FOUND, text=text[:60])
    return Browse({"meant": [[str(one.unit.key), _label(one)] for one in found.candidates]})


def _candidates(asking: Asking) -> list[tuple[str, str]]:
    """What was meant perhaps; else a short list of all."""
    if meant := asking.view.get("meant"):
        return [(value, label) for value, label in meant]
    named = hotline_intake.places_named(asking.context.work, reading(asking))
    first = {str(one.unit.key): _label(one) for one in named}
    if not reading(asking).place.candidates:
        every = hotlines(asking.context.work.session)
        first |= {str(unit.key): unit.name for _hotline, unit in every[:LISTED] if str(unit.key) not in first}
    return list(first.items())


def _known(asking: Asking) -> set[str]:
    return {str(unit.key) for _hotline, unit in hotlines(asking.context.work.session)}


def _label(one: Candidate) -> str:
    """Phường Mẫu Trung (xã Tân Diều): with the name that was written, where that is another."""
    return f"{one.unit.name} ({one.place})" if one.place and one.place != one.unit.name else one.unit.name


def topic(applies: Applies) -> Step:
    """Asked where the words fit more than one matter."""

    def is_open(asking: Asking) -> bool:
        return applies(asking) and reading(asking).topic.certainty is Certainty.OFFER

    def options(asking: Asking) -> list[tuple[str, str]]:
        found = reading(asking).topic
        procedures = [(f"p{one.key}", one.name) for one in found.procedures]
        bodies = [(f"c{one.id}", guides.body_words(one)) for one in found.competences]
        return [*procedures, *bodies, (OTHER, _("Something else"))]

    return steps.choice("topic", N_("Procedure"), N_("Is it about one of these?"), options, applies=is_open)


def matter(asking: Asking) -> Procedure | Competence | None:
    """What it is about: as chosen, else as the words say for sure."""
    chosen = asking.answers.get("topic")
    if chosen is None:
        found = reading(asking).topic
        every: list[Procedure | Competence] = [*found.procedures, *found.competences]
        return every[0] if found.certainty is Certainty.SURE else None
    if chosen.startswith("p"):
        return access.load(asking.context.work, Procedure, int(chosen[1:]))
    return hotline_intake.other_body(chosen[1:]) if chosen != OTHER else None


def attachment(key: str, label: str, prompt: str, applies: Applies = always) -> Step:
    """A file or a picture, but none of an identity card."""
    step = steps.attachment(key, label, prompt, applies=applies)

    def read(asking: Asking, given: Given) -> Outcome:
        if isinstance(given, Attached):
            work = asking.context.work
            if hotline_pictures.shows_card(work, given.file_id, given.name, given.caption):
                raise InvalidInputError(hotline_pictures.REFUSED)
        return step.read(asking, given)

    return replace(step, read=read)


def words_or_file(key: str, label: str, prompt: str) -> Step:
    """What an asker adds, typed or as a file with a few words or none: `text`, and `file_id` if any."""
    typed, sent = steps.text(key, label, prompt, MOST_ADDED), attachment(key, label, prompt)

    def read(asking: Asking, given: Given) -> Outcome:
        step = sent if isinstance(given, Attached) else typed
        outcome = step.read(asking, given)
        if not isinstance(outcome, Answered):
            return outcome
        if isinstance(given, Attached):
            return Answered({**outcome.value, "text": given.caption.strip()})
        return Answered({"text": outcome.value})

    return replace(typed, read=read, shows=lambda asking, value: str(value["text"] or value["name"]))
