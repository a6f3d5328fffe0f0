"""*Vì sao?*: the clause in its own words, and how the due day was counted, in one line."""

from datetime import time

from markupsafe import Markup

from bot.i18n import _, short_date, short_moment
from bot.messages import html, lines
from bot.work import Work
from models.duties import Duty
from rules import deadlines, packs
from rules.deadlines import DueRule
from rules.workdays import TIME_ZONE
from services.notices.duties import cite, name, named_day
from services.regulation import calendar


def why(work: Work, duty: Duty) -> Markup:
    """The clause in its own words, where there is one, and how the day was counted in one line."""
    return lines(
        html("<b>{title}</b>", title=name(duty)),
        _quoted(duty) if duty.clause else None,
        cite(work, duty),
        html("{counted}", counted=computation(work, duty)),
    )


def _quoted(duty: Duty) -> Markup:
    clause = packs.load(duty.pack_id).clauses[duty.clause]
    return html(_("In substance: {text}") if clause.is_summary else "“{text}”", text=clause.text)


def computation(work: Work, duty: Duty) -> str:
    """3 ngày làm việc trước 30/11: 27/11, 26/11, 25/11 (28/11, 29/11 không tính): thứ Tư 25/11."""
    due_on = named_day(deadlines.named_day(duty.due_at), work.today)
    if duty.rule is None and duty.due_at.astimezone(TIME_ZONE).time() == time():
        return _("The due day was given: {day}.").format(day=due_on)
    if duty.rule is None:
        return _("The due moment was given: {moment}.").format(moment=short_moment(duty.due_at))
    rule = DueRule.from_json(duty.rule)
    found = deadlines.due(rule, calendar(work))
    text = _counted(rule, found)
    if found.rolled_from is not None:
        text += _("; {day} is no working day").format(day=short_date(found.rolled_from))
    text += f": {due_on}"
    if found.is_provisional:
        text += " " + _("(provisional: the days off are not announced yet)")
    return text


def _counted(rule: DueRule, found: deadlines.Due) -> str:
    anchor = short_date(rule.anchor)
    if rule.days == 0:
        return _("The day itself: {anchor}").format(anchor=anchor)
    working = rule.unit == "working"
    if rule.days < 0:
        frame = _("{count} working days before {anchor}") if working else _("{count} days before {anchor}")
    else:
        frame = _("{count} working days after {anchor}") if working else _("{count} days after {anchor}")
    text = (
        frame.format(count=abs(rule.days), anchor=anchor) + ": " + ", ".join(short_date(day) for day in found.counted)
    )
    if found.passed_over:
        days = ", ".join(short_date(day) for day in sorted(found.passed_over))
        text += " " + _("({days} not counted)").format(days=days)
    return text
