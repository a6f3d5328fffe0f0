"""The simulator beside or instead of the platforms: its channels over the sample body, and its pages."""

from datetime import datetime, timedelta

from sqlmodel import Session
from starlette.routing import BaseRoute

from bot.adapters.simulator.channel import CAPABILITIES, SimulatorChannel
from bot.adapters.simulator.pages import Simulator, routes
from bot.app import Application
from bot.building import Product
from bot.channel import Store
from bot.cli import OperatorError
from bot.clock import Clock
from bot.files import FileStore
from bot.work import Work
from models.database import Database
from models.people import the_body


def channels(database: Database, clock: Clock, files: FileStore, product: Product) -> dict[str, SimulatorChannel]:
    """The phones; the sample body is loaded into an empty database."""
    _load_sample(database, clock, files, product)
    return {name: SimulatorChannel(name, database, clock, files) for name in CAPABILITIES}


def _load_sample(database: Database, clock: Clock, files: FileStore, product: Product) -> None:
    """Refuse a database that holds other people, for anybody may play anybody."""

    def load(session: Session) -> None:
        body = the_body(session)
        if body is not None and not body.is_sample:
            raise OperatorError("The simulator runs over the sample body only; this database holds another body.")
        if body is None:
            work = Work(session, clock.now(), files, cause="sample")
            product.load_sample(work)
            work.close()
        else:
            clock.offset = timedelta(seconds=body.clock_offset_seconds)

    database.transact(load)


def pages(application: Application, product: Product, store: Store) -> list[BaseRoute]:
    """What the web server serves on top; `store` keeps what people do there."""
    parts = application.parts

    def next_morning(session: Session) -> datetime:
        return product.next_morning(application.work(session, "simulator"))

    def woken() -> None:
        application.dispatcher.wake()
        application.wake_couriers()

    simulator = Simulator(
        database=parts.database,
        clock=parts.clock,
        files=parts.files,
        routes=parts.routes,
        store=store,
        next_morning=next_morning,
        woken=woken,
    )
    return routes(simulator)
