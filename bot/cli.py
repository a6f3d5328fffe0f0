"""The command line: verbs in a list, exit codes as promised, one clear line for a failure."""

import argparse
import logging
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from bot import logs
from bot.settings import Settings
from rules.errors import DomainError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of `python bot.py`. `run` returns the exit code; `declare` adds its arguments."""

    name: str
    help: str
    run: Callable[[Settings, argparse.Namespace], int]
    declare: Callable[[argparse.ArgumentParser], object] = lambda parser: None


class OperatorError(Exception):
    """A failure that the operator can mend; its text is the one line he sees."""


def main(
    verbs: Sequence[Verb],
    arguments: Sequence[str] | None = None,
    *,
    others: Callable[[], Sequence[Verb]] = tuple,
) -> int:
    """Run one verb: 0 success, 1 failure with one line on stderr, 2 wrong usage.

    `others` are loaded only when none of the first `verbs` is asked for.
    """
    arguments = sys.argv[1:] if arguments is None else arguments
    if not {verb.name for verb in verbs}.intersection(arguments[:1]):
        verbs = [*verbs, *others()]
    parser = argparse.ArgumentParser(prog="python bot.py", description="Thư Ký")
    choices = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    by_name = {verb.name: verb for verb in verbs}
    for verb in verbs:
        verb.declare(choices.add_parser(verb.name, help=verb.help, description=verb.help))
    parsed = parser.parse_args(arguments)
    try:
        settings = Settings()
        logs.hide(settings.secrets)
        return by_name[parsed.verb].run(settings, parsed)
    except (OperatorError, DomainError) as error:
        print(logs.redacted(str(error)), file=sys.stderr)
    except ValidationError as error:
        fields = ", ".join("THUKY_" + str(problem["loc"][0]).upper() for problem in error.errors())
        print(f"These settings cannot be read: {fields}", file=sys.stderr)
    except OSError as error:
        print(logs.redacted(f"{error.strerror or type(error).__name__}: {error.filename or ''}"), file=sys.stderr)
    except KeyboardInterrupt:
        return 0
    except Exception as error:
        # Our own fault: the operator gets one line all the same, the log the rest.
        log.debug("verb %s", parsed.verb, exc_info=True)
        print(logs.redacted(f"{type(error).__name__}: {error}".splitlines()[0]), file=sys.stderr)
    return 1
