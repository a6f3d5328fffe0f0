"""The web server beside a working application."""

import asyncio
from collections.abc import Sequence

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from bot.app import Application
from bot.channel import Store, WebhookRoute
from bot.link_pages import link_pages
from bot.web import Health, web_application


def web(app: Application, store: Store, webhooks: Sequence[WebhookRoute], pages: Sequence[BaseRoute]) -> Starlette:
    """What is served; `pages` come on top of what every application serves."""
    parts = app.parts
    health = Health(parts.database, parts.channels, app.scheduler_is_late)
    return web_application(health, store, webhooks, [*link_pages(parts.database, parts.clock, parts.files), *pages])


async def serve(web: Starlette, host: str, port: int, stop: asyncio.Event) -> None:
    """Serve until told to stop."""
    server = uvicorn.Server(uvicorn.Config(web, host=host, port=port, log_config=None, lifespan="off"))
    serving = asyncio.create_task(server.serve())
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait([serving, stopping], return_when=asyncio.FIRST_COMPLETED)
    server.should_exit = True
    await serving
