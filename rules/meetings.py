"""What can go wrong with a meeting (*cuộc họp*)."""

from rules.errors import N_, DomainError


class MeetingOverError(DomainError):
    """It has started, was cancelled, or the thing asked for has ended."""

    code = "meeting_over"
    msgid = N_("The meeting has started or was cancelled, or this is settled already. Nothing was changed.")


class MeetingDatesError(DomainError):
    """The end is not after the start."""

    code = "meeting_dates"
    msgid = N_("The meeting would end before it starts.")


class MeetingPastError(DomainError):
    code = "meeting_past"
    msgid = N_("The meeting would start in the past. Please choose another time.")
