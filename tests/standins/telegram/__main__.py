"""`python -m tests.standins.telegram --port N`: the stand-in as its own process; prints its port, runs until killed."""

import argparse
import asyncio
import sys

from tests.standins.telegram.server import TOKEN, TelegramStandIn


async def serve(port: int, token: str) -> None:
    telegram = TelegramStandIn(token)
    await telegram.start(port)
    sys.stdout.write(telegram.url.rpartition(":")[2] + "\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--port", type=int, default=0)
    options.add_argument("--token", default=TOKEN)
    arguments = options.parse_args()
    asyncio.run(serve(arguments.port, arguments.token))
