"""Which hotline a citizen's words belong to, and which procedure they are about."""

import hashlib
import json
from collections.abc import Sequence

from sqlmodel import col, select

from bot.work import Work
from models.hotline_directory import Hotline, HotlinePlace, Procedure
from models.people import Unit, the_body


def renew(work: Work) -> None:
    """Whoever changed places, procedures or the units' names says so; what is kept of them in memory ends with it."""
    body = the_body(work.session)
    if body is not None:
        content = json.dumps([_places(work), _procedures(work)], ensure_ascii=False)
        body.directory_digest = hashlib.sha256(content.encode()).hexdigest()
        work.session.flush()


def _places(work: Work) -> list[tuple[int, str]]:
    """Every unit with a hotline under its own name and under those of its places."""
    units = select(Unit.id, Unit.name).join(Hotline, col(Hotline.unit_id) == col(Unit.id)).order_by(col(Unit.id))
    places = (
        select(Hotline.unit_id, HotlinePlace.name)
        .join(HotlinePlace, col(HotlinePlace.hotline_id) == col(Hotline.id))
        .order_by(col(HotlinePlace.id))
    )
    rows = [*work.session.exec(units).all(), *work.session.exec(places).all()]
    return [(unit_id, name) for unit_id, name in rows if unit_id is not None]


def _procedures(work: Work) -> list[tuple[int, str, Sequence[str]]]:
    rows = work.session.exec(select(Procedure.id, Procedure.name, Procedure.keywords).order_by(col(Procedure.id))).all()
    return [(procedure_id, name, keywords) for procedure_id, name, keywords in rows if procedure_id is not None]
