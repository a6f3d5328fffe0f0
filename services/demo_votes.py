"""A vote of the sample body that is open: the chair has given his ballot, the others are waited for."""

from datetime import time

from sqlmodel import select

from bot.work import Work
from models.offices import holders_with_role
from models.people import Role, Unit, person_by_code
from rules.votes import Choice
from rules.workdays import at
from services import votes, voting
from services.notices import votes as notices
from services.regulation import calendar
from services.votes import Draft, NewVote

OFFICE, DRAFTER = "VP01", "SCT"
TITLE = "Quyết định ban hành Quy chế quản lý chợ trên địa bàn tỉnh"
TEXT = (
    "Điều 1. Phạm vi: các chợ hạng 1 và hạng 2.\n"
    "Điều 2. Ban quản lý chợ niêm yết giá dịch vụ và nội quy tại cổng chợ.\n"
    "Điều 3. Quyết định có hiệu lực từ ngày 01 tháng sau."
)
# Working days until it closes, in the afternoon.
DAYS, HOUR = 4, time(16)


def load(work: Work) -> None:
    """Through the same use cases as a real one: the Office asks, the chair answers."""
    drafter = work.session.exec(select(Unit).where(Unit.code == DRAFTER)).one()
    work.actor = person_by_code(work.session, OFFICE)
    new = NewVote(
        title=TITLE,
        unit_id=drafter.key,
        draft=Draft(TEXT),
        post_ids=[post.key for post, _person in votes.members(work)],
        due_at=at(calendar(work).nth_working_day_after(work.today, DAYS), HOUR),
        document="118/TTr-SCT",
    )
    vote = votes.open_vote(work, new)
    chair = work.actor = holders_with_role(work.session, (Role.CHAIR,), work.today)[0]
    voting.cast(work, vote, vote.draft, Choice.WITH_COMMENTS, "Điều 2: bổ sung yêu cầu về phòng cháy.")
    work.notify(chair, notices.ballot_card, vote)
    work.actor = None
