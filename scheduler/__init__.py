"""What the clock does: a list that one can read. The rows say what is due; nothing is stored here."""

from scheduler.jobs import JOBS

__all__ = ["JOBS"]
