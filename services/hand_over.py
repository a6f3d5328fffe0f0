"""A post changes hands: what is open on it goes to the new holder, who is told at once."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Date, bindparam, exists, or_, update
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from bot.work import Work
from models.duties import Duty, open_duties_of
from models.people import Person, Post, Tenure
from rules.duties import DutyKind, DutyState
from services import duties
from services.notices import duty_lists

# A task is owed to the leader who gave it, these to whoever heads the unit.
OWED_TO_HEADS = (DutyKind.STEP, DutyKind.COMMENT)


def take_up(work: Work) -> int:
    """Tell each new holder what he takes over; who is the first on his post takes over nothing."""
    _pass_over_firsts(work)
    found = _begun(work)
    for tenure in found:
        tenure.is_taken_up = True
        _follow(work, tenure)
        # Nothing that he owes in person: only what belongs to the post.
        open_ones = open_duties_of(work.session, 0, [tenure.post_id])
        if open_ones:
            person = work.session.get_one(Person, tenure.person_id)
            post = work.session.get_one(Post, tenure.post_id)
            work.notify(person, duty_lists.taken_over, post, open_ones)
            work.record("post.taken_up", post, duties=[duty.id for duty in open_ones])
    return len(found)


def _follow(work: Work, tenure: Tenure) -> None:
    """What others owe to the holder of the post is owed to the new one: steps of his plans, opinions on his drafts."""
    former = select(Tenure.person_id).where(Tenure.post_id == tenure.post_id, Tenure.person_id != tenure.person_id)
    owed = select(Duty).where(
        col(Duty.kind).in_(OWED_TO_HEADS),
        col(Duty.state).in_([DutyState.OPEN, DutyState.SUBMITTED]),
        col(Duty.superior_id).in_(former),
    )
    for duty in work.session.exec(owed).all():
        duty.superior_id = tenure.person_id
        duties.hand_to(work, duty, duty.post_id)


def _pass_over_firsts(work: Work) -> None:
    """At once, because after an import that is everybody."""
    work.session.connection().execute(_FIRSTS, {"today": work.today})


def _begun(work: Work) -> Sequence[Tenure]:
    """Tenures in force whose holders have not been told yet."""
    return work.session.exec(_BEGUN, params={"today": work.today}).all()


def _had_another() -> ColumnElement[bool]:
    """Whether somebody else held the post before."""
    earlier = aliased(Tenure)
    return exists().where(
        col(earlier.post_id) == col(Tenure.post_id),
        col(earlier.person_id) != col(Tenure.person_id),
        col(earlier.from_on) < col(Tenure.from_on),
    )


_TODAY: Any = bindparam("today", type_=Date)
_WAITING = (
    col(Tenure.is_taken_up).is_(False),
    col(Tenure.from_on) <= _TODAY,
    or_(col(Tenure.to_on).is_(None), col(Tenure.to_on) >= _TODAY),
)
# Asked at each look: built once.
_FIRSTS = update(Tenure).where(*_WAITING, ~_had_another()).values(is_taken_up=True)
_BEGUN = select(Tenure).where(*_WAITING).order_by(col(Tenure.id)).limit(200)
