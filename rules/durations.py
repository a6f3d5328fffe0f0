"""How long, as people type it: `90 phút`, `2 tiếng`, `1 tiếng rưỡi`, `1 tiếng 15 phút`.

An hour of the clock is *giờ* just as an hour of time, so *giờ* alone is never taken for a duration.
"""

import re
from datetime import timedelta

from rules.text import fold

_HALF_HOUR = 30
_DURATION = re.compile(r"(?:(\d{1,2}) ?tieng(?: (ruoi))?)?(?: ?(\d{1,3}) ?(?:phut|p))?")


def parse_duration(text: str) -> timedelta | None:
    """None where it is no duration."""
    match = _DURATION.fullmatch(fold(text).strip(" ."))
    if match is None or not match[0]:
        return None
    hours, half, minutes = match.groups()
    return timedelta(hours=int(hours or 0), minutes=(_HALF_HOUR if half else 0) + int(minutes or 0))
