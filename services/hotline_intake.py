"""What a citizen's words say: where, about what, and whether it is something that no team may wait for or read."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.work import Work
from models.hotline import tickets_asked
from models.hotline_directory import Procedure, hotline_of
from rules.competence import Competence, MatterKind, other_bodies, urgent
from rules.hotline import Category
from rules.words import Certainty
from services import hotline_directory
from services.hotline_directory import Candidate, PlaceFound, TopicFound

_READINGS = "hotline readings"


@dataclass(frozen=True, slots=True)
class Reading:
    """`urgent` goes before everything else: an emergency, or a complaint about an official."""

    place: PlaceFound
    topic: TopicFound
    urgent: Competence | None

    @property
    def emergency(self) -> Competence | None:
        """Whom to call at once."""
        return self.urgent if self.urgent is not None and self.urgent.kind is MatterKind.EMERGENCY else None

    @property
    def is_complaint(self) -> bool:
        return self.urgent is not None and self.urgent.kind is MatterKind.COMPLAINT

    @property
    def unit_id(self) -> int | None:
        """The unit, where exactly one is meant."""
        return self.place.candidates[0].unit.key if self.place.certainty is Certainty.SURE else None


def read(work: Work, text: str) -> Reading:
    """Read once in a transaction, however often the steps of a form ask."""
    kept: dict[str, Reading] = work.session.info.setdefault(_READINGS, {})
    if text not in kept:
        kept.clear()
        kept[text] = Reading(
            hotline_directory.find_place(work, text), hotline_directory.find_topic(work, text), urgent(text)
        )
    return kept[text]


def category(procedure: Procedure | None) -> Category:
    """Of what a team answers."""
    return Category.PROCEDURE if procedure is not None else Category.OTHER


def places_named(work: Work, reading: Reading) -> Sequence[Candidate]:
    """Communes that may be meant: those named, else the one that the chat asked last."""
    if reading.place.candidates or work.account is None:
        return reading.place.candidates
    last = tickets_asked(work.session, [work.account.key], 1)
    hotline = hotline_of(work.session, last[0].home_unit_id) if last else None
    return [hotline_directory.candidate(work, hotline)] if hotline else []


def other_body(key: str) -> Competence | None:
    """The body with that id to which such business belongs."""
    return next((body for body in other_bodies() if body.id == key), None)
