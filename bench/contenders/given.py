"""What a contender is told by the environment, who is concerned by a press, and what those without our texts say."""

import os
from dataclasses import dataclass

TOKEN = os.environ.get("BENCH_TOKEN", "")
API = os.environ.get("BENCH_API", "")
DATABASE = os.environ.get("BENCH_DATABASE", "")

# About as long as ours.
DECIDED = (
    "<b>Đã đồng ý lúc 14 giờ 05, thứ Sáu 20/11, đ/c Nguyễn Văn Hưng</b>\nĐ/c Vũ Đình Khải, Trưởng phòng Kinh tế, "
    "xin vắng họp giao ban tuần (14 giờ 00, thứ Năm 26/11).\nNgười dự thay: đ/c Ngô Thị Thu (chưa trả lời)"
)

FIRST_CHAT = 100_000


@dataclass(frozen=True, slots=True)
class Case:
    """Request `number` (from 1) and the chats of the four."""

    number: int

    def chat(self, place: int) -> int:
        return FIRST_CHAT + 4 * (self.number - 1) + 1 + place

    @property
    def chair(self) -> int:
        return self.chat(0)

    @property
    def told(self) -> tuple[int, int, int]:
        return self.chat(1), self.chat(2), self.chat(3)


def case_of(data: str) -> Case:
    """The case that a button's data names."""
    return Case(int(data.split(":")[1]))
