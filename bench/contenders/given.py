"""What a contender is told by the environment, and what those without our texts say."""

import os

TOKEN = os.environ.get("BENCH_TOKEN", "")
API = os.environ.get("BENCH_API", "")
DATABASE = os.environ.get("BENCH_DATABASE", "")

# About as long as ours.
DECIDED = (
    "<b>Đã đồng ý lúc 14 giờ 05, thứ Sáu 20/11, đ/c Nguyễn Văn Hưng</b>\nĐ/c Vũ Đình Khải, Trưởng phòng Kinh tế, "
    "xin vắng họp giao ban tuần (14 giờ 00, thứ Năm 26/11).\nNgười dự thay: đ/c Ngô Thị Thu (chưa trả lời)"
)
