"""What a person sees and presses: the list of all routes."""

from bot.routes import Routes
from handlers import (
    absence,
    attendance,
    attendance_review,
    bookings,
    check_in,
    conclusions,
    decisions,
    delegations,
    duties,
    extensions,
    hand_backs,
    home,
    hotline,
    hotline_answers,
    hotline_ask,
    hotline_rota,
    hotline_team,
    linking,
    meetings,
    office,
    papers,
    periodic,
    programme,
    programme_change,
    reminders,
    roster,
    schedules,
    settings,
    statistics,
    task_forms,
    tasks,
    weeks,
)
from services.regulation import repeats_back

ROUTES = Routes(
    fallback=home.fallback, not_linked=linking.not_linked, file_fallback=home.file_fallback, repeats_back=repeats_back
).add(
    [
        *home.ROUTES,
        *linking.ROUTES,
        *meetings.ROUTES,
        *absence.ROUTES,
        *attendance.ROUTES,
        *bookings.ROUTES,
        *schedules.ROUTES,
        *attendance_review.ROUTES,
        *check_in.ROUTES,
        *conclusions.ROUTES,
        *decisions.ROUTES,
        *delegations.ROUTES,
        *duties.ROUTES,
        *extensions.ROUTES,
        *hand_backs.ROUTES,
        *hotline.ROUTES,
        *hotline_answers.ROUTES,
        *hotline_ask.ROUTES,
        *hotline_rota.ROUTES,
        *hotline_team.ROUTES,
        *office.ROUTES,
        *programme.ROUTES,
        *programme_change.ROUTES,
        *papers.ROUTES,
        *periodic.ROUTES,
        *reminders.ROUTES,
        *roster.ROUTES,
        *settings.ROUTES,
        *statistics.ROUTES,
        *task_forms.ROUTES,
        *tasks.ROUTES,
        *weeks.ROUTES,
    ]
)

__all__ = ["ROUTES"]
