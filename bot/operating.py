"""The verbs of an operator: migrate, audit, backup, restore, doctor."""

import argparse
import sys
from pathlib import Path

from bot import audit, backups, doctor
from bot.cli import OperatorError, Verb
from bot.clock import Clock
from bot.settings import Settings
from models.database import Database
from models.migrations import migrate


def _database(settings: Settings) -> Database:
    return Database(settings.database_url.get_secret_value())


def run_migrate(settings: Settings, _arguments: argparse.Namespace) -> int:
    database = _database(settings)
    migrate(database)
    database.close()
    print("The database has the newest schema.")
    return 0


def run_audit(settings: Settings, arguments: argparse.Namespace) -> int:
    if arguments.act == "verify" and arguments.file is not None:
        return _tell(audit.verify(audit.exported(arguments.file)))
    database = _database(settings)
    try:
        with database.session() as session, session.begin():
            if arguments.act == "verify":
                return _tell(audit.verify(audit.stored(session)))
            if arguments.file is None:
                raise OperatorError("audit export needs the name of a file.")
            print(f"{audit.export(session, arguments.file)} entries written.")
            return 0
    finally:
        database.close()


def _tell(verdict: audit.Verdict) -> int:
    if verdict.broken is None:
        print(f"The log holds: {verdict.entries} entries.")
        return 0
    print(f"The log is broken at entry {verdict.broken}: {verdict.reason}.", file=sys.stderr)
    return 1


def _declare_audit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("act", choices=["verify", "export"])
    parser.add_argument("file", nargs="?", type=Path)


def run_backup(settings: Settings, arguments: argparse.Namespace) -> int:
    backups.back_up(settings, arguments.file)
    print(f"Backup written: {arguments.file}")
    return 0


def run_restore(settings: Settings, arguments: argparse.Namespace) -> int:
    backups.restore(settings, arguments.file, force=arguments.force)
    print("Restored.")
    return 0


def _declare_backup(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)


def _declare_restore(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path)
    parser.add_argument("--force", action="store_true", help="overwrite a database that is not empty")


def run_doctor(settings: Settings, _arguments: argparse.Namespace) -> int:
    findings = doctor.examine(settings, Clock().now())
    for finding in findings:
        print(finding)
    return 1 if any(finding.is_wrong for finding in findings) else 0


OPERATING = [
    Verb("migrate", "bring the database to the newest schema", run_migrate),
    Verb("audit", "verify or export the tamper-evident log", run_audit, _declare_audit),
    Verb("backup", "write a consistent copy, also while the bot runs", run_backup, _declare_backup),
    Verb("restore", "bring back a copy", run_restore, _declare_restore),
    Verb("doctor", "say what is configured, reachable and due, and what is wrong, with the cure", run_doctor),
]
