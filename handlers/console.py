"""The verbs by which an operator sets up the body: import, template, invite, pack, calendar.

What reads and writes documents is loaded by the verbs that need it: `run` passes here too, and should start fast.
"""

import argparse
import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.adapters.telegram import TelegramChannel
from bot.cli import OperatorError, Verb
from bot.clock import Clock
from bot.files import FileStore
from bot.settings import Settings
from bot.work import Work
from models.database import Database
from models.migrations import migrate
from rules import packs
from services import body, calendars, linking, people
from services.people import Official
from services.regulation import calendar

if TYPE_CHECKING:
    from reports.qr_slips import Slip

LinkFor = Callable[[str], str]


@contextmanager
def opened(settings: Settings) -> Iterator[Work]:
    """One transaction on the body's database, which is brought to the newest schema first."""
    database = Database(settings.database_url.get_secret_value())
    try:
        migrate(database)
        with database.session() as session, session.begin():
            work = Work(session, Clock().now(), FileStore(settings.data_dir), cause="console")
            yield work
            work.close()
    finally:
        database.close()


def run_import(settings: Settings, arguments: argparse.Namespace) -> int:
    from reports import workbook
    from services import imports

    book = workbook.read(arguments.file)
    with opened(settings) as work:
        result = imports.import_workbook(work, book)
    for sheet, count in result.counts.items():
        print(f"{sheet}\t{count}")
    for line in (*result.ignored, *result.warnings):
        print(line)
    return 0


def run_template(_settings: Settings, arguments: argparse.Namespace) -> int:
    from reports import workbook

    workbook.template(arguments.file)
    print(f"Template written: {arguments.file}")
    return 0


def run_invite(settings: Settings, arguments: argparse.Namespace) -> int:
    from reports import qr_slips

    if arguments.out is not None and arguments.out.suffix.lower() != ".docx":
        raise OperatorError(f"The sheet of slips is a .docx file: {arguments.out}")
    link_for = asyncio.run(_telegram_links(settings))
    with opened(settings) as work:
        slips = [_slip(work, official, link_for) for official in _invited(work, arguments)]
        if arguments.out is not None:
            # Inside the transaction: codes that could not be handed out are not made.
            arguments.out.write_bytes(qr_slips.qr_sheet([slip for _code, slip in slips]))
    for person_code, slip in slips:
        print(f"{person_code}\t{slip.code}\t{slip.link}")
    return 0


def _invited(work: Work, arguments: argparse.Namespace) -> Sequence[Official]:
    officials = people.officials(work)
    if arguments.all:
        return officials
    known = {official.person.code: official for official in officials}
    unknown = [code for code in arguments.person if code not in known]
    if unknown:
        raise OperatorError(f"Nobody in office has this code: {', '.join(unknown)}")
    return [known[code] for code in dict.fromkeys(arguments.person)]


def _slip(work: Work, official: Official, link_for: LinkFor) -> "tuple[str, Slip]":
    from reports.qr_slips import Slip

    code = linking.new_linking_code(work, official.person)
    slip = Slip(
        name=official.person.full_name,
        title=official.title,
        unit=official.unit.name,
        code=code,
        link=link_for(code),
        expires_on=linking.expires_on(work),
    )
    return official.person.code, slip


async def _telegram_links(settings: Settings) -> LinkFor:
    """Links to the Telegram bot; empty ones without a token, or when the platform cannot be asked now."""
    if not settings.telegram_token.get_secret_value():
        return lambda code: ""
    channel = TelegramChannel(settings.telegram_token, settings.telegram_api, Clock())
    await channel.start()
    await channel.stop()
    return channel.link_for


def run_pack(settings: Settings, arguments: argparse.Namespace) -> int:
    if arguments.act == "list":
        with opened(settings) as work:
            present = body.pack_on(work, work.today)
        for pack in packs.all_packs():
            mark = "in force" if pack.id == present else ""
            print("\t".join((pack.id, pack.title, pack.number, pack.in_force_from.isoformat(), mark)).rstrip())
        return 0
    if arguments.act == "show":
        return _show_pack(packs.load(arguments.id))
    with opened(settings) as work:
        body.adopt_pack(work, arguments.id, arguments.day)
    print(f"{arguments.id} applies from {arguments.day.isoformat()}.")
    return 0


def _show_pack(pack: packs.Pack) -> int:
    issued = pack.issued_on.isoformat() if pack.issued_on else ""
    until = pack.in_force_to.isoformat() if pack.in_force_to else ""
    print(f"{pack.id}\t{pack.title}\n{pack.issuer}\t{pack.number}\t{issued}")
    print(f"{pack.in_force_from.isoformat()}\t{until}\tversion {pack.version}")
    for key, value in pack.switches.items():
        print(f"{key}\t{', '.join(value) if isinstance(value, tuple) else value}")
    for clause in pack.clauses.values():
        print(f"{clause.id}\t{packs.citation(pack, clause.id)}\t{clause.text}")
    return 0


def run_calendar(settings: Settings, arguments: argparse.Namespace) -> int:
    if arguments.act == "show":
        with opened(settings) as work:
            known = calendar(work)
        for entry in known.differing_days(arguments.year):
            print(f"{entry.day.isoformat()}\t{entry.word}\t{entry.name}\t{entry.document}")
        state = "is fully announced" if known.is_announced(arguments.year) else "is not fully announced yet"
        print(f"{arguments.year} {state}.")
        return 0
    with opened(settings) as work:
        moved = calendars.set_day(work, arguments.day, works=arguments.word == "work", document=arguments.by)
    print(f"{arguments.day.isoformat()}\t{arguments.word}\t{arguments.by}")
    print(f"{moved} due days have moved; those concerned are told.")
    return 0


def day(text: str) -> date:
    """dd/mm/yyyy or yyyy-mm-dd."""
    try:
        if "/" in text:
            return datetime.strptime(f"{text} +0000", "%d/%m/%Y %z").date()
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"not a date: {text} (dd/mm/yyyy or yyyy-mm-dd)") from None


def _declare_file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE.xlsx")


def _declare_invite(parser: argparse.ArgumentParser) -> None:
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument("--person", nargs="+", action="extend", metavar="CODE", help="codes of persons")
    who.add_argument("--all", action="store_true", help="everybody in office")
    parser.add_argument("--out", type=Path, metavar="FILE.docx", help="a sheet of QR slips to print")


def _declare_pack(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("list")
    acts.add_parser("show").add_argument("id")
    adopt = acts.add_parser("adopt")
    adopt.add_argument("id")
    adopt.add_argument("--from", dest="day", type=day, required=True, metavar="DATE")


def _declare_calendar(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("show").add_argument("year", type=int)
    set_day = acts.add_parser("set")
    set_day.add_argument("day", type=day, metavar="DATE")
    set_day.add_argument("word", choices=["off", "work"])
    set_day.add_argument("--by", required=True, metavar="DOCUMENT", help="the document that says so")


VERBS = [
    Verb("import", "load or update a workbook, all or nothing", run_import, _declare_file),
    Verb("template", "write an empty workbook", run_template, _declare_file),
    Verb("invite", "make one-time linking codes", run_invite, _declare_invite),
    Verb("pack", "list, show and adopt directive packs", run_pack, _declare_pack),
    Verb("calendar", "show the working calendar, set days of the body's own", run_calendar, _declare_calendar),
]
