"""The program: hands routes, jobs, sample data and verbs to the platform."""

import gc
import sys
from functools import partial

# Nothing that an import makes is garbage: looking for it took a seventh of the start. What the imports left behind is
# never looked at again either.
gc.disable()

from bot.cli import main
from bot.operating import OPERATING
from bot.running import Product, run_verb
from bot.work import Work
from handlers import ROUTES
from handlers.console import VERBS
from handlers.rehearsing import rehearse_verb
from scheduler import JOBS
from scheduler.runner import schedule
from services.regulation import next_morning

gc.freeze()
gc.enable()


def load_sample(work: Work) -> None:
    """The sample body comes through the import of workbooks, which only a simulator needs at the start."""
    from services import demo

    demo.load(work)


if __name__ == "__main__":
    product = Product(ROUTES, partial(schedule, jobs=JOBS), load_sample, next_morning)
    sys.exit(main([run_verb(product), *OPERATING, *VERBS, rehearse_verb(JOBS)]))
