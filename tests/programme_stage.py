"""A body with a work programme: its items come from a workbook, as the Office would load them."""

from collections.abc import Sequence
from typing import Any

from bot.work import Work
from models.database import Database
from models.people import the_body
from models.programme import ProgrammeItem, item_by_code
from services import demo
from tests.conversation import Stage
from tests.services.workbooks import Sheet, load

HEADINGS = ("Mã", "Nội dung", "Đơn vị trình", "Hạn trình", "Cấp trình", "Trạng thái", "Ngày trình")
TAN_YEN = "tan-yen-2024"
MARKETS = ("CT-01", "Đề án chỉnh trang chợ", "STC", "30/11/2026", "UBND", "phai_trinh", None)


def programme(*rows: Sequence[object]) -> Sheet:
    return ("Chương trình công tác", [HEADINGS, *rows])


def staged(stage: Stage, pack: str, *rows: Sequence[object]) -> Stage:
    """The sample body under a pack, with these items."""
    stage.act(demo.load_people)

    def begin(work: Work) -> None:
        body = the_body(work.session)
        assert body is not None
        body.pack_id = pack
        load(work, programme(*rows))

    stage.act(begin)
    return stage


def item(database: Database, code: str) -> ProgrammeItem:
    def find(session: Any) -> ProgrammeItem:
        found = item_by_code(session, code)
        assert found is not None, f"no item {code}"
        session.expunge(found)
        return found

    return database.transact(find)
