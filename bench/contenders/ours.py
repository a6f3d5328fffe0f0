"""Our whole stack as it is, and, for the echo, with one route in the place of the fallback."""

import sys
from functools import partial

from markupsafe import Markup

from bot.building import Product
from bot.cli import main
from bot.context import Context, Reply
from bot.messages import Message
from bot.routes import Routes
from bot.running import run_verb
from handlers import ROUTES
from scheduler import JOBS
from scheduler.runner import schedule
from services.regulation import next_morning


def echo(context: Context) -> Reply:
    return Message(Markup.escape(context.typed))


if __name__ == "__main__":
    routes = Routes(echo, ROUTES.not_linked, ROUTES.file_fallback).add(ROUTES.by_name.values())
    product = Product(routes, partial(schedule, jobs=JOBS), lambda work: None, next_morning)
    sys.exit(main([run_verb(lambda: product)], ["run"]))
