"""Three weeks of the sample year under every pack: what must always hold of reminders holds."""

from datetime import date
from pathlib import Path

import pytest

from rules import packs
from rules.workdays import OfficeHours
from tests.rehearsal.sample_year import live
from tests.rehearsal.watch import Watched, wrongs

# With 24 November, a day swapped at short notice, two days without any process, a blocked chat.
WEEKS = (date(2026, 11, 9), date(2026, 11, 27))


@pytest.mark.parametrize("pack", [pack.id for pack in packs.all_packs()])
def test_no_reminder_is_late_doubled_lost_or_without_its_clause(pack: str, tmp_path: Path) -> None:
    rehearsal, _report = live(tmp_path, pack, *WEEKS, Watched)
    assert wrongs(rehearsal, OfficeHours()) == []
    assert len(rehearsal.sent) > 20
