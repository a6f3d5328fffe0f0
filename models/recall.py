"""What one transaction reads again for every message that it words is remembered until it ends.

Such rows by their number always; reads of the standing data (body, posts, chats, open forms, hotlines) until one is
written.
"""

from collections.abc import Callable, Collection, Mapping
from functools import wraps
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar, cast

from sqlalchemy import event
from sqlalchemy.orm import Mapper, SessionTransaction, object_session
from sqlalchemy.orm import Session as AnySession
from sqlmodel import Session

from models.database import of_few_lengths

P = ParamSpec("P")
R = TypeVar("R")

STANDING = frozenset(
    {"body", "switch", "calendarday", "unit", "person", "post", "tenure", "delegation", "channelaccount", "draft"}
    | {"meetingpaper", "hotline", "hotlinemember", "hotlineblock", "hotlineleave"}
)
# Their rows are found by what never changes of them: only that one comes or goes makes a difference.
FOUND_BY_SUBJECT = frozenset({"absencerequest"})
SUBJECTS = STANDING | {"meeting", "invitation", "absencerequest", "installation"}
_MEMORY, _KEPT = "recalled", "kept"


def recalled(read: Callable[Concatenate[Session, P], R]) -> Callable[Concatenate[Session, P], R]:
    """A read whose arguments are plain values."""

    @wraps(read)
    def answer(session: Session, /, *args: P.args, **kwargs: P.kwargs) -> R:
        memory = _memory(session)
        key = (read.__qualname__, *(tuple(arg) if isinstance(arg, list) else arg for arg in args))
        if key not in memory:
            memory[key] = read(session, *args, **kwargs)
        found: R = memory[key]
        return found

    return answer


class recalled_each(Generic[P, R]):
    """A read of many rows by their numbers, called for one of them; `ahead` reads many before they are asked for."""

    def __init__(self, read: Callable[Concatenate[Session, Collection[int], P], Mapping[int, R]]) -> None:
        self._read = read

    def __call__(self, session: Session, key: int, /, *args: P.args, **kwargs: P.kwargs) -> R:
        memory = _memory(session)
        place = (self, key, *args)
        if place not in memory:
            self.ahead(session, [key], *args, **kwargs)
            memory = _memory(session)
        # What is not there is not remembered: it may come.
        return cast("R", memory.get(place))

    def ahead(self, session: Session, keys: Collection[int], /, *args: P.args, **kwargs: P.kwargs) -> None:
        found = self._read(session, of_few_lengths(keys), *args, **kwargs)
        _memory(session).update(((self, key, *args), value) for key, value in found.items())


def _memory(session: Session) -> dict[Any, Any]:
    # That a row goes is told when it is written.
    if session.deleted:
        session.flush()
    memory: dict[Any, Any] = session.info.setdefault(_MEMORY, {})
    return memory


def _forget(session: AnySession | None) -> None:
    if session is not None:
        session.info.pop(_MEMORY, None)


@event.listens_for(Mapper, "mapper_configured")
def _watch(mapper: Mapper[Any], table: type[Any]) -> None:
    if table.__tablename__ in STANDING:
        for attribute in mapper.column_attrs:
            event.listen(getattr(table, attribute.key), "set", _changed)


def _changed(row: Any, *_values: object) -> None:
    _forget(object_session(row))


@event.listens_for(Session, "transient_to_pending")
@event.listens_for(Session, "persistent_to_deleted")
def _came_or_went(session: AnySession, row: Any) -> None:
    if row.__tablename__ in STANDING | FOUND_BY_SUBJECT:
        _forget(session)


@event.listens_for(Session, "loaded_as_persistent")
def _loaded(session: AnySession, row: Any) -> None:
    # The session itself forgets what nobody holds, and would read it anew for the next message.
    if row.__tablename__ in SUBJECTS:
        session.info.setdefault(_KEPT, []).append(row)


@event.listens_for(Session, "after_transaction_end")
def _ended(session: AnySession, transaction: SessionTransaction) -> None:
    # A flush is a transaction within the transaction, and takes nothing back.
    if transaction.nested or transaction.parent is None:
        _forget(session)
    if transaction.parent is None:
        session.info.pop(_KEPT, None)
