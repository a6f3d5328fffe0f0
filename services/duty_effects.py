"""What follows when a duty is finished through *Đã xong*, by its kind."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.work import Work
from models.duties import Duty, DutyEntry
from rules.duties import DutyKind
from services import programme

EFFECTS: Mapping[DutyKind, Callable[[Work, Duty, DutyEntry], None]] = MappingProxyType(
    {DutyKind.PROGRAMME: programme.was_submitted}
)
