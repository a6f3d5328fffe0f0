"""Which rules apply: the body's pack with its own dated switches, its calendar and its office hours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlmodel import Session

from bot.i18n import local_day
from bot.work import Work
from models.absence import AbsenceRequest
from models.people import own_days, switches_on, the_body
from models.recall import recalled
from rules import packs, workdays
from rules.packs import AbsencePolicy, Pack
from rules.switches import SwitchValue
from services.body import PACK


@dataclass(frozen=True, slots=True)
class Regulation:
    """A pack as one body applies it on one day; messages cite the body's own document first."""

    pack: Pack
    policy: AbsencePolicy
    hours: workdays.OfficeHours
    adopting: str
    switches: Mapping[str, Any]

    def clause(self, *topics: str) -> str:
        """The id of the clause that rules the first of the topics that has one; none is better than another's."""
        return next((self.pack.topics[topic] for topic in topics if topic in self.pack.topics), "")

    def rules(self, topic: str) -> bool:
        """Whether the directive, or the national rules beneath it, say anything on a topic."""
        return topic in self.pack.topics

    def cite(self, topic: str) -> str:
        """The clause on a topic, as it is quoted; empty where there is none."""
        return self.cite_clause(self.clause(topic))

    def cite_clause(self, clause_id: str) -> str:
        return packs.citation(self.pack, clause_id, self.adopting) if clause_id else ""


def regulation(work: Work) -> Regulation:
    """What applies today."""
    return _regulation(work.session, "", work.today)


def regulation_of(work: Work, request: AbsenceRequest) -> Regulation:
    """What applied when a request was sent: a later pack never rejudges it."""
    return _regulation(work.session, request.pack_id, local_day(request.submitted_at))


@recalled
def _regulation(session: Session, pack_id: str, day: date) -> Regulation:
    """The given pack, else the one in force on that day, under the body's switches of that day."""
    body = the_body(session)
    rows = switches_on(session, day)
    own = tuple((row.name, row.value) for row in rows if row.name != PACK)
    adopted = [row.value for row in rows if row.name == PACK]
    began_with = body.pack_id if body else packs.NATIONAL
    return _built(pack_id or [began_with, *adopted][-1], own, body.adopting_document if body else "")


@cache
def _built(pack_id: str, own: tuple[tuple[str, str], ...], adopting: str) -> Regulation:
    pack = packs.load(pack_id)
    # Of two values of one switch the later day's stands.
    overrides: dict[str, SwitchValue] = {name: packs.parse_switch(name, value) for name, value in own}
    return Regulation(
        pack,
        packs.absence_policy(pack, overrides),
        packs.office_hours(pack, overrides),
        adopting,
        packs.switches(pack, overrides),
    )


def calendar(work: Work) -> workdays.WorkCalendar:
    """The working calendar with the body's own days."""
    rows = own_days(work.session)
    return _calendar(tuple((row.day, "work" if row.works else "off", "", row.document) for row in rows))


@cache
def _calendar(own: tuple[workdays.OwnEntry, ...]) -> workdays.WorkCalendar:
    return workdays.WorkCalendar(own)


def closing_before(work: Work, moment: datetime, working_days: int) -> datetime:
    """The close of office that many working days before the day of a moment."""
    day = calendar(work).nth_working_day_before(local_day(moment), working_days)
    return regulation(work).hours.closing(day)


def repeats_back(work: Work) -> bool:
    """Whether a decision that is typed, not pressed, is repeated back before it counts."""
    return bool(regulation(work).switches["answers.repeat_decisions"])


def next_morning(work: Work) -> datetime:
    """When the office opens next on a working day."""
    return regulation(work).hours.next_morning(work.now, calendar(work))
