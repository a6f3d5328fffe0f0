"""The sheet `Chương trình công tác`: items become duties, mistakes stop everything, a second import goes on only."""

from datetime import date

import pytest

from bot.work import Work
from models.duties import Duty, duty_about
from models.programme import ProgrammeItem, item_by_code
from rules.deadlines import named_day
from rules.duties import DutyKind, DutyState
from rules.programme import ItemState
from tests.programme_stage import programme
from tests.services.workbooks import BODY, EVERYBODY, UNITS, load, refused

ITEM = ("CT-1", "Đề án chợ", "KT", "29/11/2026", "UBND", None, None)


def loaded(work: Work, *row: object) -> tuple[ProgrammeItem, Duty | None]:
    load(work, BODY, UNITS, EVERYBODY, programme(row))
    found = item_by_code(work.session, "CT-1")
    assert found is not None
    return found, duty_about(work.session, DutyKind.PROGRAMME, found.key)


def test_an_item_is_owed_by_the_head_until_the_end_of_its_day_even_if_that_is_off(work: Work) -> None:
    item, duty = loaded(work, *ITEM)
    assert (item.state, item.level, item.due_on) == (ItemState.TO_SUBMIT, "UBND", date(2026, 11, 29))
    assert duty is not None and duty.post_id is not None
    # A Sunday: the day was given, so nothing is rolled and nothing is provisional.
    assert (named_day(duty.due_at), duty.is_provisional, duty.rule) == (date(2026, 11, 29), False, None)


def test_what_is_submitted_or_issued_is_not_owed(work: Work) -> None:
    item, duty = loaded(work, *ITEM[:5], None, "20/11/2026")
    assert (item.state, item.submitted_on) == (ItemState.SUBMITTED, date(2026, 11, 20))
    assert duty is not None and duty.state is DutyState.DONE
    item, _duty = loaded(work, *ITEM[:5], "da_ban_hanh", None)
    assert (item.state, item.submitted_on) == (ItemState.ISSUED, date(2026, 11, 20))


def test_a_second_import_moves_the_day_and_never_goes_back(work: Work) -> None:
    loaded(work, *ITEM)
    item, duty = loaded(work, "CT-1", "Đề án chợ đầu mối", "KT", "05/12/2026", "UBND", "phai_trinh", None)
    assert duty is not None
    assert (duty.what, named_day(duty.due_at)) == ("Đề án chợ đầu mối", date(2026, 12, 5))
    loaded(work, *ITEM[:5], "da_trinh", "20/11/2026")
    item, duty = loaded(work, *ITEM)
    assert item.state is ItemState.SUBMITTED
    assert duty is not None and duty.state is DutyState.DONE


@pytest.mark.parametrize(
    ("row", "error"),
    [
        (("CT-1", "Đề án", "XX", "29/11/2026", "", None, None), "C2: There is no unit with the code XX."),
        (("CT-1", "Đề án", "KT", "29/11/2026", "", "phai_trinh", "20/11/2026"), "G2: An item that is still"),
        (("CT-1", "Đề án", "KT", "29/11/2026", "", "xong", None), "F2: xong is not one of"),
        (("CT-1", "Đề án", "KT", None, "", None, None), "D2: Hạn trình is missing."),
    ],
)
def test_a_mistake_is_named_at_its_cell_and_nothing_is_imported(
    work: Work, row: tuple[object, ...], error: str
) -> None:
    errors = refused(work, BODY, UNITS, EVERYBODY, programme(row))
    assert [each for each in errors if f"Chương trình công tác!{error}" in each], errors
    assert item_by_code(work.session, "CT-1") is None
