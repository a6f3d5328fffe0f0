"""The web server beside a working application."""

import asyncio
from collections.abc import Sequence

import uvicorn
from starlette.routing import BaseRoute

from bot.app import Application
from bot.link_pages import link_pages
from bot.web import Health, web_application


async def serve(app: Application, host: str, port: int, pages: Sequence[BaseRoute], stop: asyncio.Event) -> None:
    """Serve until told to stop; `pages` come on top of what every application serves."""
    parts = app.parts
    health = Health(parts.database, parts.channels, app.scheduler_is_late)
    all_pages = [*link_pages(parts.database, parts.clock, parts.files), *pages]
    web = web_application(health, app.receiver.store, parts.webhooks, all_pages)
    server = uvicorn.Server(uvicorn.Config(web, host=host, port=port, log_config=None, lifespan="off"))
    serving = asyncio.create_task(server.serve())
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait([serving, stopping], return_when=asyncio.FIRST_COMPLETED)
    server.should_exit = True
    await serving
