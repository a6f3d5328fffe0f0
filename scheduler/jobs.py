"""The jobs, and how often each looks."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.work import Work
from models.absence import AbsenceRequest
from models.agenda import LatePapers
from models.base import Table
from models.bookings import Booking
from models.drafts import Draft
from models.extensions import HandBack
from models.hotline import Ticket
from models.hotline_directory import HotlineMember
from models.hotline_rota import HotlineShift
from models.ready_answers import ReadyAnswer
from services import (
    after_meeting,
    bookings,
    budgets,
    duties,
    explanations,
    failures,
    hand_backs,
    hand_over,
    hand_round,
    head_count,
    hotline_clock,
    hotline_erasure,
    hotline_swaps,
    late_papers,
    periodic,
    personal_data,
    pings,
    reaching,
    ready_answers,
    schedules,
    tasks,
    upkeep,
    vote_results,
    weekly_lists,
)


@dataclass(frozen=True, slots=True)
class Job:
    """`run` does what is due and returns how much it found; it is called again at once while it found a lot.

    `about`: the rows without which there is nothing to do; many a body never has any.
    """

    name: str
    every_seconds: float
    run: Callable[[Work], int]
    about: type[Table] | None = None


JOBS = [
    Job("lapse undecided requests", 1, upkeep.lapse_undecided, about=AbsenceRequest),
    Job("give out received tasks", 1, tasks.give_received),
    Job("fire pings", 1, pings.fire_due),
    Job("hand papers round", 5, hand_round.hand_round),
    Job("ask for reports after meetings", 30, after_meeting.close_meetings),
    Job("lapse undecided papers", 5, late_papers.overtake, about=LatePapers),
    Job("close what a meeting overtakes", 5, duties.close_overtaken),
    Job("close votes", 2, vote_results.close_due),
    Job("bring results of votes before a session", 60, vote_results.follow_sessions),
    Job("show head counts", 2, head_count.show),
    Job("lapse unanswered swaps of shifts", 30, hotline_swaps.lapse_unanswered, about=HotlineShift),
    Job("tell the hotline's teams who has the day", 30, hotline_swaps.tell_shifts, about=HotlineMember),
    Job("turn to the next of the hotline", 2, hotline_clock.climb, about=Ticket),
    Job("finish what askers are silent about", 600, hotline_clock.close_silent, about=Ticket),
    Job("look after ready answers", 60, ready_answers.look_after, about=ReadyAnswer),
    Job("move what cannot go out", 5, reaching.reroute),
    Job("watch budgets", 60, budgets.watch_budgets),
    Job("compile the weekly list", 5, weekly_lists.compile_due),
    Job("pass on what the chief of the Office left", 30, hand_backs.pass_on_unanswered, about=HandBack),
    Job("propose what was not done", 60, failures.propose),
    Job("hand over posts", 60, hand_over.take_up),
    Job("collect explanations", 60, explanations.collect),
    Job("open what is owed once a period", 60, periodic.open_due),
    Job("keep periodic duties with the heads", 60, periodic.follow_posts),
    Job("miss what the next turn has overtaken", 60, periodic.miss_overtaken),
    Job("tell what reports are missing", 60, periodic.tell_missing),
    Job("close registrations", 60, schedules.close_windows),
    Job("lapse working sessions", 60, bookings.lapse, about=Booking),
    Job("expire drafts", 60, upkeep.expire_drafts, about=Draft),
    # A newer release may know days off that were not announced when the duties were opened: looked for at its start.
    Job("count due days again", 24 * 3600, duties.recount),
    Job("forget handled events", 3600, upkeep.forget_events),
    Job("forget expired links", 3600, upkeep.forget_links),
    Job("forget what was exported", 3600, personal_data.forget_exports),
    Job("empty old questions", 3600, hotline_erasure.empty_old, about=Ticket),
    Job("sweep files that nothing names", 3600, upkeep.sweep_files),
]
