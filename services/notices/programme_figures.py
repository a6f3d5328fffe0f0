"""How the work programme stands, in words: figures, what is not finished, the request to explain."""

from collections.abc import Sequence

from markupsafe import Markup

from bot.i18n import _, full_date, ngettext, percent, short_date, weekday
from bot.messages import Attachment, Message, column, html, lines
from bot.work import Work
from models.duties import Duty
from models.meetings import Meeting
from models.people import Person
from rules import deadlines
from rules.programme import Figures, Period
from services.notices import duties as duty_notices
from services.notices import duty_lists, words
from services.programme_figures import Report, Unfinished

# A message names so many; the workbook has all.
NAMED = 10


def period_name(period: Period) -> str:
    """tháng 11/2026; năm 2026."""
    if period.month:
        return _("month {month}/{year}").format(month=period.month, year=period.year)
    return _("the year {year}").format(year=period.year)


def figures(found: Figures) -> str:
    """Phải trình 4, đã trình 3, đã ban hành 1, chưa trình 1; tỷ lệ trình 75%, ban hành 25%."""
    text = _("to submit {total}, submitted {submitted}, issued {issued}, not submitted {missing}").format(
        total=found.to_submit, submitted=found.submitted, issued=found.issued, missing=found.not_submitted
    )
    if found.submitted_ratio is None or found.issued_ratio is None:
        return text
    ratios = _("submitted {submitted}, issued {issued}").format(
        submitted=percent(found.submitted_ratio), issued=percent(found.issued_ratio)
    )
    return _("{counts}; ratio: {ratios}").format(counts=text, ratios=ratios)


def report(work: Work, found: Report) -> Markup:
    """The figures of the period, by unit, and what is not finished."""
    units = [html("– {unit}: {figures}", unit=unit.name, figures=figures(each)) for unit, each in found.by_unit[:NAMED]]
    return lines(
        html("<b>{title}</b>", title=_("Work programme, {period}").format(period=period_name(found.period))),
        html("{figures}.", figures=words.capital(figures(found.total))),
        *(units if len(found.by_unit) > 1 else ()),
        *debts(found.unfinished),
        words.cite(work, "programme_figures"),
    )


def debts(unfinished: Sequence[Unfinished]) -> list[Markup]:
    """What is not finished, with the heads' explanations."""
    if not unfinished:
        return [html("{text}", text=_("Nothing that was due is unfinished."))]
    count = len(unfinished)
    title = ngettext("{count} item is not finished:", "{count} items are not finished:", count).format(count=count)
    listed = [
        html(
            _("– {content} ({unit}), due on {day}: {explanation}"),
            content=each.item.content,
            unit=each.unit.name,
            day=full_date(each.item.due_on),
            explanation=each.explanation or _("not explained yet"),
        )
        for each in unfinished[:NAMED]
    ]
    more = count - NAMED
    rest = ngettext("and {count} more in the workbook", "and {count} more in the workbook", more)
    return [
        html("<b>{title}</b>", title=title),
        *listed,
        *([Markup.escape(rest.format(count=more))] if more > 0 else []),
    ]


def for_session(work: Work, person: Person, meeting: Meeting, found: Report, file: Attachment) -> Message:
    """To the Office: figures and list are ready for the papers of the session."""
    title = _("For the papers of {meeting}").format(meeting=words.in_sentence(meeting))
    text = lines(html("<b>{title}</b>", title=title), report(work, found), words.cite(work, "programme_report"))
    return Message(text, files=(file,), card=f"programme:session:{meeting.id}", fresh=True)


def explain(work: Work, person: Person, meeting: Meeting, asked: Sequence[Duty]) -> Message:
    """To a head, before the session: what of his unit is not finished; one line each is asked for."""
    title = _("Please explain what is not finished, before {meeting}").format(meeting=words.in_sentence(meeting))
    listed = [html("– {what}", what=duty.what) for duty in asked]
    text = lines(
        html("<b>{title}</b>", title=title),
        *listed,
        until(asked[0]),
        duty_notices.cite(work, asked[0]),
    )
    buttons = [duty_lists.open_button(number, duty) for number, duty in enumerate(asked, 1)]
    return Message(text, column(*buttons), fresh=True)


def until(duty: Duty) -> Markup:
    """By when, and what for."""
    if duty.rule is None:
        return html("{text}", text=_("Please send it before the session begins."))
    day = deadlines.named_day(duty.due_at)
    text = _("Please send it by the end of {day}; it goes into the papers of the session.")
    return html("{text}", text=text.format(day=f"{weekday(day)} {short_date(day)}"))
