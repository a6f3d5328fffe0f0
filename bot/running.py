"""The verb `run`, in the order in which it loads: what receives, what handles and delivers, the web server."""

import argparse
import asyncio
import gc
import signal
import sys
from collections.abc import Callable, Coroutine
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from bot import logs
from bot.channel import Channel, Store, WebhookRoute
from bot.cli import OperatorError, Verb
from bot.clock import Clock
from bot.files import FileStore
from bot.listening import Listening, beside
from bot.platforms import platforms
from bot.settings import Settings
from models.database import Database
from models.installation import the_installation
from models.migrations import migrate

if TYPE_CHECKING:
    from starlette.routing import BaseRoute

    from bot.app import Application
    from bot.building import Product

SWITCH_SECONDS = 0.0005


def run_verb(load: Callable[[], "Product"]) -> Verb:
    """`run`, for the program to list among its verbs; `load` loads what makes the platform this product."""

    def run(settings: Settings, _arguments: argparse.Namespace) -> int:
        logs.set_up(settings.log_level)
        process = _Process(settings, load)
        if settings.serves_simulator:
            print(f"Simulator: http://{settings.web_host}:{settings.web_port}", flush=True)
        # The event loop waits this long for a busy database thread at each of its steps; 5 ms would add up.
        sys.setswitchinterval(SWITCH_SECONDS)
        try:
            asyncio.run(process.run())
        finally:
            process.database.close()
        return 0

    return Verb("run", "run the bot: channels, dispatcher, scheduler, courier, web", run)


class _Process:
    """One process of the bot; the database is brought to the newest schema first."""

    def __init__(self, settings: Settings, load: Callable[[], "Product"]) -> None:
        self._settings = settings
        self._load = load
        self._clock = Clock()
        self.database = Database(settings.database_url.get_secret_value())
        migrate(self.database)
        self._channels, self._webhooks = self._receiving()

    def _receiving(self) -> tuple[dict[str, Channel], list[WebhookRoute]]:
        settings = self._settings
        channels, webhooks = platforms(settings, self._clock, self._webhook_secret())
        if settings.serves_simulator:
            # Not loaded where the bot serves real people; the sample is, before anybody plays.
            from bot import simulating

            channels |= simulating.channels(self.database, self._clock, FileStore(settings.data_dir), self._product)
        if not channels:
            raise OperatorError("Nothing to run: there is no token and the simulator is off.")
        return channels, webhooks

    @cached_property
    def _product(self) -> "Product":
        return self._load()

    def _webhook_secret(self) -> str:
        """Of the settings, else the one made at the first start."""
        given = self._settings.webhook_secret.get_secret_value()
        secret = given or self.database.transact(lambda session: the_installation(session).webhook_secret)
        logs.hide([secret])
        return secret

    async def run(self) -> None:
        """Run until a signal stops the process. What comes before it is handled waits in the inbox."""
        stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        listening = Listening(self.database, self._clock, self._channels)
        async with listening.open():
            application = await asyncio.to_thread(self._application)
            listening.hand_to(application.couriers, application.dispatcher.wake)
            async with beside(application.dispatcher.run(), application.parts.schedule(application)):
                serve = await asyncio.to_thread(self._web_server, application, listening.receiver.store)
                # What is loaded stays loaded. To look through it for garbage took 150 ms, in which nobody was answered.
                gc.freeze()
                gc.enable()
                await serve(stop)

    def _application(self) -> "Application":
        from bot.building import build

        return build(self._settings, self._product, self.database, self._clock, self._channels)

    def _web_server(
        self, application: "Application", store: Store
    ) -> Callable[[asyncio.Event], Coroutine[Any, Any, None]]:
        from bot.serving import serve, web

        pages: list[BaseRoute] = []
        if self._settings.serves_simulator:
            from bot import simulating

            pages = simulating.pages(application, self._product, store)
        pages_and_hooks = web(application, store, self._webhooks, pages)
        return partial(serve, pages_and_hooks, self._settings.web_host, self._settings.web_port)
