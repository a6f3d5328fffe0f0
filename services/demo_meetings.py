"""A month of meetings of the sample body, counted in working days from today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rules.workdays import WorkCalendar
from services.demo_people import COMMUNES, DEPARTMENTS

MONDAY = 0
BRIEFINGS = 4
EVERYBODY = (*DEPARTMENTS, *COMMUNES)
# Rows of the sheet `Nội dung trình`: code, meeting, item, unit that submits, units that are heard first.
AGENDA = (
    ("ND-01", "TK-01", "Kế hoạch phát triển cụm công nghiệp năm 2027", "SCT", ("SXD",)),
    ("ND-02", "TK-01", "Đề án chuyển đổi cơ cấu cây trồng vùng bãi", "SNNMT", ()),
    ("ND-03", "HN-03", "Báo cáo kết quả kiểm tra dạy thêm, học thêm", "SGDDT", ()),
)


@dataclass(frozen=True, slots=True)
class Sample:
    """A row of the sheet `Lịch họp`; `starts` and `ends` are hours of the day."""

    code: str
    title: str
    kind: str
    day: date
    starts: str
    ends: str
    chair: str
    host: str
    invited: Sequence[str]
    place: str = "Phòng họp số 1"
    requires_head: bool = False
    series: str = ""


def meetings(today: date, calendar: WorkCalendar) -> list[Sample]:
    """The nearest is on the next working day; on the second one, two clash for the head of finance."""

    def after(days: int) -> date:
        return calendar.nth_working_day_after(today, days)

    return [*_thematic(after(1), after(2), after(5), after(14)), *_large(after(4), after(8), after(18)),
            _session(after(11), calendar), *_briefings(today, calendar)]  # fmt: skip


def _thematic(first: date, second: date, fifth: date, later: date) -> list[Sample]:
    kind = "chuyen_de"
    return [
        Sample(
            "CD-01", "Họp về tiến độ giải ngân vốn đầu tư công", kind, first, "14:00", "16:30",
            "CT", "STC", ("STC", "SXD", "SNNMT", "SGDDT", "SYT", "MTR", "MDO"), requires_head=True,
        ),
        Sample(
            "CD-02", "Họp nghe báo cáo phương án chỉnh trang chợ Mẫu Trung", kind, second, "08:00", "09:45",
            "PCT2", "SXD", ("SXD", "STC", "SCT", "SNNMT", "MTR"), "Phòng họp số 2", series="CHO-MAU-TRUNG",
        ),
        Sample(
            "CD-03", "Họp thẩm định dự toán mua sắm trang thiết bị y tế", kind, second, "08:30", "10:00",
            "PCT3", "SYT", ("SYT", "STC", "SNV"), "Phòng họp số 3",
        ),
        Sample(
            "CD-04", "Họp về kế hoạch tuyển dụng công chức cấp xã", kind, fifth, "14:00", "16:00",
            "PCT1", "SNV", ("SNV", "STC", "VP", *COMMUNES), "Phòng họp số 2",
        ),
        Sample(
            "CD-05", "Họp tiếp về phương án chỉnh trang chợ Mẫu Trung", kind, later, "14:00", "15:30",
            "PCT2", "SXD", ("SXD", "STC", "SCT", "MTR"), "Phòng họp số 2", series="CHO-MAU-TRUNG",
        ),
    ]  # fmt: skip


def _large(fourth: date, eighth: date, last: date) -> list[Sample]:
    kind = "hoi_nghi"
    return [
        Sample(
            "HN-01", "Hội nghị trực tuyến về phòng, chống thiên tai và tìm kiếm cứu nạn", kind, fourth,
            "14:00", "17:00", "Đồng chí Trưởng đoàn công tác liên ngành trung ương", "SNNMT",
            ("SNNMT", "SXD", "SYT", "SCT", *COMMUNES), "Hội trường lớn",
        ),
        Sample(
            "HN-02", "Hội nghị cải cách hành chính với UBND các xã, phường", kind, eighth, "14:00", "17:00",
            "CT", "VP", ("SNV", *COMMUNES), "Hội trường lớn", requires_head=True,
        ),
        Sample(
            "HN-03", "Hội nghị đánh giá chất lượng dạy và học", kind, last, "14:00", "16:30",
            "PCT3", "SGDDT", ("SGDDT", "SNV", "STC", "MTR", "MTH", "BMA"), "Hội trường lớn",
        ),
    ]  # fmt: skip


def _session(earliest: date, calendar: WorkCalendar) -> Sample:
    """The monthly session, on no Monday, which belongs to the briefing."""
    day = earliest if earliest.weekday() != MONDAY else calendar.next_working_day(earliest)
    return Sample(
        "TK-01", "Phiên họp thường kỳ UBND tỉnh", "thuong_ky", day, "07:30", "11:30", "CT", "VP",
        ("PCT1", "PCT2", "PCT3", *EVERYBODY), "Hội trường UBND tỉnh", requires_head=True, series="THUONG-KY",
    )  # fmt: skip


def _briefings(today: date, calendar: WorkCalendar) -> list[Sample]:
    """Every Monday morning, on the week's next working day where that Monday is off; a week off has none."""
    first = today + timedelta(days=7 - today.weekday())
    mondays = [first + timedelta(weeks=week) for week in range(BRIEFINGS)]
    held = [(monday, calendar.roll(monday, "forward")) for monday in mondays]
    days = [day for monday, day in held if day - monday < timedelta(days=7)]
    return [
        Sample(
            f"GB-{number:02}", "Họp giao ban tuần", "giao_ban", day, "10:00", "11:30",
            "CT", "VP", ("PCT1", "PCT2", "PCT3", *DEPARTMENTS), series="GIAO-BAN",
        )
        for number, day in enumerate(days, start=1)
    ]  # fmt: skip
