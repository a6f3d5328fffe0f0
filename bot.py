"""The program: hands routes, jobs, sample data and verbs to the platform."""

import sys
from functools import partial

from bot.cli import main
from bot.operating import OPERATING
from bot.running import Product, run_verb
from handlers import ROUTES
from handlers.console import VERBS
from scheduler import JOBS
from scheduler.runner import schedule
from services import demo
from services.regulation import next_morning

if __name__ == "__main__":
    product = Product(ROUTES, partial(schedule, jobs=JOBS), demo.load, next_morning)
    sys.exit(main([run_verb(product), *OPERATING, *VERBS]))
