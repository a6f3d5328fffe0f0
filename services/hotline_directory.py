"""Which hotline a citizen's words belong to, and which procedure they are about."""

import hashlib
import json
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlmodel import col, select

from bot.work import Work
from models.hotline_directory import Hotline, HotlinePlace, Procedure, hotline_of
from models.people import Unit, the_body
from rules import competence
from rules.competence import Competence
from rules.places import PlaceIndex
from rules.topics import TopicIndex, TopicMatch
from rules.words import Certainty

UnitT = TypeVar("UnitT", bound=Hashable)
ProcedureT = TypeVar("ProcedureT", bound=Hashable)

# As many directories are kept in memory: one process serves one body, its tests several.
_KEPT = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit with a hotline, and the place of it that was named, as the workbook writes it."""

    hotline: Hotline
    unit: Unit
    place: str


@dataclass(frozen=True, slots=True)
class PlaceFound:
    """SURE: exactly one candidate. OFFER: one of these perhaps. ASK: none."""

    certainty: Certainty
    candidates: Sequence[Candidate]


@dataclass(frozen=True, slots=True)
class TopicFound:
    """SURE: one procedure, or whose business it is instead. OFFER: up to three of both. ASK: nothing."""

    certainty: Certainty
    procedures: Sequence[Procedure]
    competences: Sequence[Competence]


class Directory(Generic[UnitT, ProcedureT]):
    """Places and topics, ready to be searched; units and procedures are whatever stands for them."""

    def __init__(
        self,
        places: Iterable[tuple[UnitT, str]],
        procedures: Iterable[tuple[ProcedureT, Sequence[str]]],
    ) -> None:
        self.places = PlaceIndex(places)
        matters: list[tuple[ProcedureT | Competence, Sequence[str]]] = [*procedures, *competence.other_bodies().items()]
        self._topics = TopicIndex(matters)

    def topic(self, text: str) -> TopicMatch[ProcedureT | Competence]:
        """What goes before everything else, else procedures and other bodies by what the words say of each."""
        urgent = competence.urgent(text)
        return self._topics.find(text) if urgent is None else TopicMatch(Certainty.SURE, [urgent])


_directories: dict[str, Directory[int, int]] = {}


def find_place(work: Work, text: str) -> PlaceFound:
    """Where somebody is: from a sentence, or from the answer to the question where."""
    match = _directory(work).places.find(text)
    return PlaceFound(match.certainty, [_candidate(work, hit.unit, hit.place) for hit in match.hits])


def find_topic(work: Work, text: str) -> TopicFound:
    """What somebody asks about, the likeliest first."""
    match = _directory(work).topic(text)
    return TopicFound(
        match.certainty,
        [work.session.get_one(Procedure, matter) for matter in match.matters if isinstance(matter, int)],
        [matter for matter in match.matters if isinstance(matter, Competence)],
    )


def competence_of(text: str) -> Competence | None:
    """Whose business it is beside the body's own, by the words alone."""
    return competence.competence_of(text)


def _candidate(work: Work, unit_id: int, place: str) -> Candidate:
    hotline = hotline_of(work.session, unit_id)
    assert hotline is not None  # units without one are not in the directory
    return Candidate(hotline, work.session.get_one(Unit, unit_id), place)


def candidate(work: Work, hotline: Hotline) -> Candidate:
    """A unit that nobody had to find by a place."""
    return Candidate(hotline, work.session.get_one(Unit, hotline.unit_id), "")


def _directory(work: Work) -> Directory[int, int]:
    """Kept in memory under the digest of what it is made from, which every process reads with the body's row."""
    body = the_body(work.session)
    digest = body.directory_digest if body else ""
    if digest not in _directories:
        if len(_directories) >= _KEPT:
            _directories.clear()
        procedures = [(key, [name, *keywords]) for key, name, keywords in _procedures(work)]
        _directories[digest] = Directory(_places(work), procedures)
    return _directories[digest]


def renew(work: Work) -> None:
    """Whoever changed places, procedures or the units' names says so; what is kept of them in memory ends with it."""
    body = the_body(work.session)
    if body is not None:
        content = json.dumps([_places(work), _procedures(work)], ensure_ascii=False)
        body.directory_digest = hashlib.sha256(content.encode()).hexdigest()
        work.session.flush()


def _places(work: Work) -> list[tuple[int, str]]:
    """Every unit with a hotline under its own name and under those of its places."""
    units = select(Unit.id, Unit.name).join(Hotline, col(Hotline.unit_id) == col(Unit.id)).order_by(col(Unit.id))
    places = (
        select(Hotline.unit_id, HotlinePlace.name)
        .join(HotlinePlace, col(HotlinePlace.hotline_id) == col(Hotline.id))
        .order_by(col(HotlinePlace.id))
    )
    rows = [*work.session.exec(units).all(), *work.session.exec(places).all()]
    return [(unit_id, name) for unit_id, name in rows if unit_id is not None]


def _procedures(work: Work) -> list[tuple[int, str, Sequence[str]]]:
    rows = work.session.exec(select(Procedure.id, Procedure.name, Procedure.keywords).order_by(col(Procedure.id))).all()
    return [(procedure_id, name, keywords) for procedure_id, name, keywords in rows if procedure_id is not None]
