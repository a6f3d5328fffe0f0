"""Tasks of the sample body, counted in working days from today: one overdue, one due soon, one with other units."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rules.workdays import WorkCalendar


@dataclass(frozen=True, slots=True)
class SampleTask:
    """A row of the sheet `Nhiệm vụ`; all were received that many working days ago."""

    code: str
    content: str
    doer: str
    result: str
    due_on: date
    responsible: str
    assigner: str
    received_on: date
    units: Sequence[str] = ()
    document: str = ""


def tasks(today: date, calendar: WorkCalendar) -> list[SampleTask]:
    """Nobody is at fault with the first: it comes due on the next working day but one."""
    before, after = calendar.nth_working_day_before, calendar.nth_working_day_after
    return [
        SampleTask(
            "NV-MAU-01", "Tổng hợp số liệu giải ngân vốn đầu tư công đến hết tháng trước", "STC01",
            "Báo cáo kèm bảng số liệu", after(today, 2), "STC01", "CT", before(today, 7), (), "288/UBND-TH",
        ),
        SampleTask(
            "NV-MAU-02", "Rà soát hợp đồng bảo trì thiết bị của các trạm y tế", "SYT01",
            "Danh sách hợp đồng sắp hết hạn", before(today, 2), "SYT01", "PCT3", before(today, 12),
        ),
        SampleTask(
            "NV-MAU-03", "Tham mưu phương án chỉnh trang chợ Mẫu Trung", "SXD01", "Tờ trình kèm phương án",
            after(today, 10), "SXD01", "PCT2", before(today, 1), ("STC", "SCT"), "301/UBND-XD",
        ),
        SampleTask(
            "NV-MAU-04", "Chuẩn bị kế hoạch tuyển dụng viên chức ngành giáo dục", "SGDDT02", "Dự thảo kế hoạch",
            after(today, 15), "SGDDT01", "PCT1", before(today, 3),
        ),
    ]  # fmt: skip
