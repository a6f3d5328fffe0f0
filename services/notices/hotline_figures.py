"""The hotline's figures in words: a screen of a telephone, nothing hidden behind an average."""

from collections.abc import Mapping
from datetime import date

from markupsafe import Markup

from bot.i18n import _, duration, full_date, one_decimal
from bot.messages import html
from bot.work import Work
from models.hotline_directory import Procedure
from models.offices import holder_of
from models.people import Unit
from rules.hotline_figures import Case, Tally, by, total
from services import hotline_figures
from services.hotline_figures import Hands
from services.notices import statistics, words

SHOWN = 8


def span_words(name: str) -> str:
    return {"week": _("This week"), "last_week": _("Last week")}.get(name) or statistics.span_words(name)


def title(unit: Unit | None, first: date, last: date) -> str:
    """Đường dây nóng, Phường Mẫu Trung, 16/11/2026 đến 22/11/2026."""
    return _("Hotline, {unit}, {first} to {last}").format(
        unit=unit_words(unit), first=full_date(first), last=full_date(last)
    )


def unit_words(unit: Unit | None) -> str:
    return unit.name if unit else _("all communes")


def topic_words(work: Work, topic_id: int | None) -> str:
    topic = work.session.get(Procedure, topic_id) if topic_id else None
    return topic.name if topic else _("no procedure of the list")


def figures(work: Work, unit: Unit | None, first: date, last: date) -> list[str]:
    """The whole of a time, for the message and for the report of Tứ Kỳ 4.1."""
    found = total(hotline_figures.cases(work, first, last, unit.key if unit else None))
    told = [counts(found)]
    if found.received:
        told += [*_answer_line(found), rating_line(found), _minutes_line(found)]
    if unit is None:
        complaints = hotline_figures.complaints(work, first, last)
        told += [_("Complaints, by number only: {count}.").format(count=complaints)] if complaints else []
    return told


def counts(tally: Tally) -> str:
    """Nhận 43: trả lời đúng hạn 30; chậm 5 (tại đơn vị khác 1); chưa trả lời 6 (quá hạn 1)."""
    if not tally.received:
        return _("No question came in.")
    late = _("late {count}").format(count=tally.late)
    if tally.late_elsewhere:
        late += _(" ({count} at another unit)").format(count=tally.late_elsewhere)
    waiting = _("not answered yet {count}").format(count=tally.open)
    if tally.overdue:
        waiting += _(" ({count} overdue)").format(count=tally.overdue)
    closed = _("finished without an answer {count}").format(count=tally.unanswered) if tally.unanswered else ""
    parts = [_("answered in time {count}").format(count=tally.in_time), late, closed, waiting]
    told = "; ".join(part for part in parts if part)
    return _("Received {count}: {parts}.").format(count=tally.received, parts=told)


def _answer_line(tally: Tally) -> list[str]:
    if tally.median_minutes is None:
        return []
    return [_("First answer, median: {time} of working time.").format(time=duration(tally.median_minutes))]


def rating_line(tally: Tally) -> str:
    """Đánh giá: 4,6/5, của 12 trên 43 người được hỏi; 31 người không đánh giá."""
    if tally.rating is None:
        return _("Rating: none; {silent} gave none, of {all}.").format(silent=tally.silent, all=tally.asked_to_rate)
    return _("Rating: {rating} by {count}; {silent} gave none, of {all}.").format(
        rating=one_decimal(tally.rating), count=len(tally.ratings), silent=tally.silent, all=tally.asked_to_rate
    )


def _minutes_line(tally: Tally) -> str:
    spent = tally.minutes
    return _("Working time: commune {unit}; asker {asker}; other units {others}.").format(
        unit=duration(spent.unit), asker=duration(spent.asker), others=duration(spent.others)
    )


def by_unit(work: Work, cases: list[Case]) -> list[Markup]:
    tallies = by(cases, lambda case: work.session.get_one(Unit, case.unit_id).name)
    return _listed(_("By commune"), tallies)


def by_topic(work: Work, cases: list[Case]) -> list[Markup]:
    tallies = by(cases, lambda case: topic_words(work, case.topic_id))
    return _listed(_("By procedure"), tallies)


def _listed(heading: str, tallies: Mapping[str, Tally]) -> list[Markup]:
    shown = list(tallies.items())[:SHOWN]
    more = len(tallies) - len(shown)
    rest = [html(_("and {count} more in the workbook."), count=more)] if more else []
    return [html("<b>{heading}</b>", heading=heading), *(_line(name, tally) for name, tally in shown), *rest]


def _line(name: str, tally: Tally) -> Markup:
    """– Phường Mẫu Trung: nhận 12; trả lời đúng hạn 9; chậm 1; chưa trả lời 2; trung vị 40 phút; đánh giá 4,6 (5/9)."""
    parts = [
        _("received {count}").format(count=tally.received),
        _("answered in time {count}").format(count=tally.in_time),
        _("late {count}").format(count=tally.late) if tally.late else "",
        _("not answered yet {count}").format(count=tally.open) if tally.open else "",
    ]
    if tally.median_minutes is not None:
        parts.append(_("median {time}").format(time=duration(tally.median_minutes)))
    if tally.rating is not None:
        share = _("rating {rating} ({count} of {all})")
        parts.append(share.format(rating=one_decimal(tally.rating), count=len(tally.ratings), all=tally.asked_to_rate))
    return html("– {name}: {parts}", name=name, parts="; ".join(part for part in parts if part))


def open_lines(work: Work, unit: Unit | None, found: list[Hands]) -> list[Markup]:
    """What is open now, for a leader by member, for the Office by commune."""
    groups: dict[str, list[Hands]] = {}
    for one in found:
        groups.setdefault(_whose(work, unit, one), []).append(one)
    whole = _open_words(_("Open questions"), found)
    return [html("{whole}", whole=whole), *(html("– {line}", line=_open_words(*group)) for group in groups.items())]


def _open_words(name: str, found: list[Hands]) -> str:
    overdue = sum(one.is_overdue for one in found)
    line = _("{name}: {count}, overdue {overdue}") if overdue else _("{name}: {count}")
    return line.format(name=name, count=len(found), overdue=overdue)


def _whose(work: Work, unit: Unit | None, one: Hands) -> str:
    if unit is None:
        return work.session.get_one(Unit, one.home_unit_id).name
    if one.unit_id != unit.id:
        return _("handed on to {unit}").format(unit=work.session.get_one(Unit, one.unit_id).name)
    owner = holder_of(work.session, one.post_id, work.today) if one.post_id else None
    return words.named(work, owner) if owner else _("taken by nobody")
