"""Days and hours as an official document writes them, in Vietnamese and in the time zone of Vietnam."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

LOCAL_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def weekday(day: date) -> str:
    return _WEEKDAYS[day.weekday()]


def short_day(day: date) -> str:
    """26/11/2026."""
    return f"{day:%d/%m}/{day.year}"


def dateline(day: date | None) -> str:
    """Ngày 05 tháng 02 năm 2026: a zero before days under ten and before the first two months; blanks without a day."""
    if day is None:
        return "ngày …… tháng …… năm ………"
    month = f"{day.month:02}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def moment(at: datetime) -> str:
    """14 giờ 00, thứ Năm, ngày 26/11/2026."""
    local = at.astimezone(LOCAL_ZONE)
    return f"{local:%H} giờ {local:%M}, {weekday(local)}, ngày {short_day(local)}"
