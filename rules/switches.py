"""The switches of a directive pack: every name, what it takes, and how a typed value is read.

The packs hold the values; the comments beside them name the readings (A1 to A20).
"""

import difflib
from collections.abc import Mapping
from types import MappingProxyType

from rules.deadlines import RUNG
from rules.errors import N_, InvalidInputError
from rules.switch_kinds import (
    Choice,
    Count,
    Flag,
    Pattern,
    Patterns,
    Several,
    SwitchKind,
)
from rules.switch_kinds import SwitchValue as SwitchValue
from rules.text import normalise

_CLOCK = r"([01]\d|2[0-3]):[0-5]\d"
_SPAN = Pattern(rf"{_CLOCK}-{_CLOCK}", "07:30-11:30")
_TIME = Pattern(_CLOCK, "16:00")
_ROLL = Choice({"back": "lùi", "forward": "tiến", "none": "giữ nguyên"})
_UNIT = Choice({"calendar": "ngày", "working": "ngày làm việc"})
_REMINDERS = Patterns(r"next_working_morning|T-[1-9]\d{0,2}h", "next_working_morning, T-24h, T-2h")
_LADDER = Patterns(rf"{RUNG}|opened|last_request", "opened, wd-3, wd-0, wd+1@office")
MEETING_KINDS = MappingProxyType(
    {
        "thuong_ky": "phiên họp thường kỳ",
        "giao_ban": "giao ban",
        "chuyen_de": "chuyên đề",
        "hoi_nghi": "hội nghị",
    }
)
# Whom a report may be asked of: every kind of unit but the leadership.
UNIT_KINDS = MappingProxyType(
    {
        "van_phong": "Văn phòng",
        "noi_vu": "cơ quan nội vụ",
        "chuyen_mon": "cơ quan chuyên môn",
        "su_nghiep": "đơn vị sự nghiệp",
        "xa": "UBND cấp xã",
        "khac": "cơ quan khác",
    }
)

SWITCHES: Mapping[str, SwitchKind] = MappingProxyType(
    {
        "absence.asks_consent": Flag(),
        "absence.substitute": Choice(
            {
                "deputy": "cấp phó",
                "subordinate": "cấp dưới",
                "authorised": "người được giao đủ thẩm quyền",
            }
        ),
        "absence.head_replaceable": Choice({"yes": "được", "after_consent": "sau khi chủ trì đồng ý"}),
        "absence.document_for": Several(MEETING_KINDS),
        "absence.late_needs_consent": Flag(),
        "absence.declares_authority": Flag(),
        "absence.silent_window": Flag(),
        "answers.repeat_decisions": Flag(),
        "absence.quiet_from": Choice({"meeting_day": "từ đầu ngày họp", "T-30m": "30 phút trước giờ họp"}),
        "absence.silence_status": Choice({"no_answer": "chưa phản hồi", "unexcused": "vắng không phép"}),
        "absence.decide_reminders": _REMINDERS,
        "invitation.answer_by_working_days": Count(0, 10),
        "invitation.answer_reminders": _REMINDERS,
        "papers.days": Count(0, 30),
        "papers.days_giao_ban": Count(0, 30),
        "papers.consult_days": Count(0, 30),
        "papers.opinion_lead": Count(0, 10),
        "papers.unit": _UNIT,
        "papers.clear_days": Flag(),
        "papers.count_event_day": Flag(),
        "papers.roll": _ROLL,
        "papers.remind_on": _UNIT,
        "extension.days": Count(0, 30),
        "extension.unit": _UNIT,
        "extension.clear_days": Flag(),
        "extension.count_event_day": Flag(),
        "extension.roll": _ROLL,
        "extension.remind_on": _UNIT,
        "extension.needs_document": Flag(),
        "extension.chat_stops_clock": Flag(),
        "handback.clock": Choice({"assigned": "lúc giao", "read": "lúc đọc"}),
        "handback.late_arrival_cutoff": _TIME,
        "handback.after_cutoff": Choice(
            {"review": "xem xét", "next_wd": "ngày làm việc tiếp theo", "literal": "đúng chữ"}
        ),
        "handback.chief_days": Count(0, 10),
        "joint.n": Count(0, 30),
        "joint.clear_days": Flag(),
        "quarterly.report_day": Count(0, 31),
        "quarterly.compile_day": Count(0, 31),
        "quarterly.roll": _ROLL,
        "quarterly.owed_by": Several(UNIT_KINDS),
        "badges.day": Count(0, 28),
        "weekly.enabled": Flag(),
        "weekly.weekday": Count(2, 8),
        "weekly.roll": _ROLL,
        "weekly.cutoff": _TIME,
        "vote.agree_with_comments_counts": Flag(),
        "vote.quorum_base": Choice({"all": "tổng số thành viên", "voted": "số đã cho ý kiến"}),
        "vote.accept_late": Flag(),
        "vote.reminders": _REMINDERS,
        "booking.days": Patterns(r"[1-9]|[12]\d|3[01]", "10, 25"),
        "booking.windows": Patterns(r"\d{1,2}-\d{1,2}", "16-31, 1-15"),
        "booking.inclusive": Flag(),
        "booking.roll": _ROLL,
        "after_meeting.attendance_days": Count(0, 30),
        "after_meeting.report_days": Count(0, 30),
        "periodic.weekly_at": Pattern(rf"t[2-7] {_CLOCK}|cn {_CLOCK}", "t6 16:00"),
        "periodic.monthly_at": Pattern(r"last_working_day|[1-9]|[12]\d|3[01]", "last_working_day"),
        "periodic.compile_days": Count(0, 30),
        "reminders.threshold": Count(1, 20),
        "reminders.period": Choice({"calendar_year": "năm dương lịch", "rolling_year": "12 tháng"}),
        "reminders.scope": Choice({"person": "cá nhân", "unit": "đơn vị"}),
        "counters.faults": Count(0, 20),
        "counters.failures": Count(0, 20),
        "attendance.card_minutes": Count(0, 120),
        "attendance.grace_minutes": Count(0, 60),
        "attendance.self_check_in": Flag(),
        "attendance.quorum": Pattern(r"-|[1-9]\d?/[1-9]\d?", "2/3"),
        "attendance.objection_days": Count(0, 30),
        "attendance.hand_back_days": Count(0, 30),
        "task.nominate_days": Count(0, 30),
        "task.opinion_days": Count(0, 30),
        "programme.plan_days": Count(0, 60),
        "hotline.take_minutes": Count(5, 480),
        "hotline.silence_minutes": Count(15, 2400),
        "hotline.procedure_hours": Count(1, 200),
        "hotline.other_hours": Count(1, 200),
        "hotline.complaint_hours": Count(1, 400),
        "hotline.close_days": Count(1, 30),
        "hotline.reopen_days": Count(1, 60),
        "hotline.questions_an_hour": Count(1, 100),
        "hotline.retention_days": Count(30, 3650),
        "ladder.papers": _LADDER,
        "ladder.task": _LADDER,
        "ladder.step": _LADDER,
        "ladder.comment": _LADDER,
        "ladder.report": _LADDER,
        "ladder.register": _LADDER,
        "ladder.short": _LADDER,
        "ladder.decide": _LADDER,
        "day.end": Choice({"midnight": "24 giờ", "office_close": "hết giờ làm việc"}),
        "hours.morning": _SPAN,
        "hours.afternoon": _SPAN,
        "hours.quiet": _SPAN,
    }
)


def check_switch(key: str, value: object) -> SwitchValue:
    """The value as it is, or InvalidInputError naming the switch and what it takes."""
    kind = _kind(key)
    if not kind.fits(value):
        raise InvalidInputError(kind.expected, key=key, value=str(value), hint=kind.hint())
    return value  # type: ignore[return-value]


def parse_switch(key: str, text: str) -> SwitchValue:
    """What a person typed in the sheet `Quy định`; InvalidInputError says what is wrong."""
    kind = _kind(key)
    value = kind.read(text)
    if value is None or not kind.fits(value):
        raise InvalidInputError(kind.expected, key=key, value=normalise(text), hint=kind.hint())
    return value


def _kind(key: str) -> SwitchKind:
    try:
        return SWITCHES[key]
    except KeyError:
        near = difflib.get_close_matches(key, SWITCHES, n=1, cutoff=0.5)
        if near:
            unknown = N_("There is no switch “{key}”; did you mean {near}?")
            raise InvalidInputError(unknown, key=key, near=near[0]) from None
        raise InvalidInputError(N_("There is no switch “{key}”."), key=key) from None
