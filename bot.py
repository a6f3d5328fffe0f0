"""The program: hands routes, jobs, sample data and verbs to the platform.

`run` asks the platforms for news first, and loads the product beside that; the other verbs need all of it.
"""

import gc
import sys
from functools import partial
from typing import TYPE_CHECKING

# Nothing that an import makes is garbage: looking for it took a seventh of the start. It rests until all is loaded.
gc.disable()

from bot.cli import Verb, main
from bot.running import run_verb

if TYPE_CHECKING:
    from bot.building import Product
    from bot.work import Work


def load_sample(work: "Work") -> None:
    """The sample body comes through the import of workbooks, which only a simulator needs at the start."""
    from services import demo

    demo.load(work)


def load_product() -> "Product":
    """What makes the platform this product."""
    from bot.building import Product
    from handlers import ROUTES
    from scheduler import JOBS
    from scheduler.runner import schedule
    from services.regulation import next_morning

    return Product(ROUTES, partial(schedule, jobs=JOBS), load_sample, next_morning)


def other_verbs() -> list[Verb]:
    """All but `run`."""
    from bot.operating import OPERATING
    from handlers.console import VERBS
    from handlers.rehearsing import rehearse_verb
    from scheduler import JOBS

    # What is loaded stays: it is not looked through again and again.
    gc.freeze()
    gc.enable()
    return [*OPERATING, *VERBS, rehearse_verb(JOBS)]


if __name__ == "__main__":
    sys.exit(main([run_verb(load_product)], others=other_verbs))
