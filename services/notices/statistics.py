"""Figures in words: short enough for a telephone, nothing left out that is not zero."""

from markupsafe import Markup

from bot.i18n import _
from bot.messages import html
from bot.work import Work
from models.people import Person, Unit
from rules.scores import Tally
from services.notices import words


def span_words(name: str) -> str:
    return {
        "month": _("This month"),
        "last_month": _("Last month"),
        "quarter": _("This quarter"),
        "year": _("This year"),
    }[name]


def figure_words(name: str) -> str:
    """The heading of one figure."""
    return {
        "expected": _("expected"),
        "present": _("present"),
        "represented": _("by substitute"),
        "excused": _("excused"),
        "unexcused": _("not excused"),
        "undecided": _("not decided"),
        "unanswered": _("not answered"),
        "late": _("late"),
        "late_unexcused": _("late, not excused"),
        "left_early": _("left early"),
        "left_midway": _("left midway"),
        "wrong": _("wrong composition"),
        "online": _("online"),
        "open": _("not classified"),
        "sat_in": _("sat in for others"),
    }[name]


def tally_line(tally: Tally) -> str:
    """mời 60; có mặt 48; dự thay 6; …: what is zero is left out."""
    told = [f"{figure_words(name)} {number}" for name, number in tally.figures().items() if number]
    return words.capital("; ".join(told)) + "."


def unit_line(work: Work, key: int, tally: Tally) -> Markup:
    return html(
        "– {unit}: {figures}", unit=work.session.get_one(Unit, key).name, figures=words.small(tally_line(tally))
    )


def person_line(work: Work, key: int, tally: Tally) -> Markup:
    person = work.session.get_one(Person, key)
    return html("– {who}: {figures}", who=words.named(work, person), figures=words.small(tally_line(tally)))
