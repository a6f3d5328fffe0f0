"""What is played on phones that show text alone."""

from datetime import UTC, datetime, timedelta

from rules.choices import RECENT
from services.demo import Cast
from tests.conversation import Phone, Stage

FRIDAY = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)


def code_of(phone: Phone, *words: str) -> str:
    """The code of the newest message with these words."""
    return next(iter(phone.sees(*words).buttons.values())).rpartition(" ")[2]


def ask_for_absence(stage: Stage) -> Phone:
    """The chair, whom somebody asks; nothing else was said to anybody lately."""
    stage.pass_time(by=RECENT + timedelta(minutes=1))
    head = stage.phone(Cast.FINANCE_HEAD)
    head.presses("Xin vắng", on=head.sees("giải ngân")).presses("Vắng, không cử").presses("Ốm")
    head.presses("Bỏ qua").presses("Gửi").sees_last("Chờ ý kiến chủ trì")
    return stage.phone(Cast.CHAIR)
