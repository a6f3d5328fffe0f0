"""A post changes hands: what is open on it goes to the new holder, who is told at once."""

from collections.abc import Sequence

from sqlalchemy import or_
from sqlmodel import col, select

from bot.work import Work
from models.duties import open_duties_of
from models.people import Person, Post, Tenure
from services.notices import duties as notices


def take_up(work: Work) -> int:
    """Tell each new holder what he takes over; who is the first on his post takes over nothing."""
    found = _begun(work)
    for tenure in found:
        tenure.is_taken_up = True
        # Nothing that he owes in person: only what belongs to the post.
        open_ones = open_duties_of(work.session, 0, [tenure.post_id])
        if open_ones and _had_another(work, tenure):
            person = work.session.get_one(Person, tenure.person_id)
            post = work.session.get_one(Post, tenure.post_id)
            work.notify(person, notices.taken_over, post, open_ones)
            work.record("post.taken_up", post, duties=[duty.id for duty in open_ones])
    return len(found)


def _begun(work: Work) -> Sequence[Tenure]:
    """Tenures in force whose holders have not been told yet."""
    in_force = (col(Tenure.from_on) <= work.today, or_(col(Tenure.to_on).is_(None), col(Tenure.to_on) >= work.today))
    waiting = select(Tenure).where(col(Tenure.is_taken_up).is_(False), *in_force).order_by(col(Tenure.id))
    return work.session.exec(waiting.limit(200)).all()


def _had_another(work: Work, tenure: Tenure) -> bool:
    """Whether somebody else held the post before."""
    earlier = select(Tenure.id).where(
        Tenure.post_id == tenure.post_id,
        Tenure.person_id != tenure.person_id,
        col(Tenure.from_on) < tenure.from_on,
    )
    return work.session.exec(earlier.limit(1)).first() is not None
