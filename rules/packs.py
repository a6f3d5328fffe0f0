"""Directive packs: the clauses of a directive, its switches, and the absence policy they make.

A pack stands on the national rules: where its directive is silent, theirs hold and are cited.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from rules.errors import N_, InvalidInputError
from rules.switch_kinds import SwitchValue
from rules.switches import check_switch
from rules.switches import parse_switch as parse_switch  # part of what callers know as packs
from rules.workdays import OfficeHours

NATIONAL = "quoc-gia"
_FOLDER = Path(__file__).parent / "data" / "packs"


@dataclass(frozen=True, slots=True)
class Clause:
    """One rule in its published words; ``is_summary`` where only its sense is known to us."""

    id: str
    label: str
    text: str
    is_summary: bool
    source: str  # how the document is called in a citation


@dataclass(frozen=True, slots=True)
class CheckItem:
    """What a directive wants papers to hold, in its own words, and the clause that says so."""

    id: str
    text: str
    clause: str


@dataclass(frozen=True, slots=True)
class Pack:
    """A directive as data; clauses, topics and switches include the national ones beneath."""

    id: str
    title: str
    number: str
    issued_on: date | None
    issuer: str
    in_force_from: date
    in_force_to: date | None
    version: int
    clauses: Mapping[str, Clause]
    topics: Mapping[str, str]
    switches: Mapping[str, SwitchValue]
    checklist: tuple[CheckItem, ...]


@dataclass(frozen=True, slots=True)
class AbsencePolicy:
    """What a body's pack says about absence; ``clauses`` maps a topic to its clause."""

    asks_consent: bool
    substitute: str
    head_replaceable: str
    document_for: frozenset[str]
    late_needs_consent: bool
    declares_authority: bool
    silent_window: bool
    quiet_from: str
    silence_status: str
    decide_reminders: tuple[str, ...]
    answer_by_working_days: int
    answer_reminders: tuple[str, ...]
    clauses: Mapping[str, str]


def all_packs() -> tuple[Pack, ...]:
    """Every pack, the national one first, then the directives by date."""
    ids = sorted(file.stem for file in _FOLDER.glob("*.toml") if file.stem != NATIONAL)
    local = sorted((load(pack_id) for pack_id in ids), key=lambda pack: pack.in_force_from)
    return (load(NATIONAL), *local)


@cache
def load(pack_id: str) -> Pack:
    """The pack of that id; InvalidInputError names those that exist."""
    file = _FOLDER / f"{pack_id}.toml"
    known = {entry.stem for entry in _FOLDER.glob("*.toml")}
    if pack_id not in known:
        missing = N_("There is no pack “{id}”. Packs: {known}.")
        raise InvalidInputError(missing, id=pack_id, known=", ".join(sorted(known)))
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    return _pack(pack_id, data, None if pack_id == NATIONAL else load(NATIONAL))


def _pack(pack_id: str, data: Mapping[str, Any], base: Pack | None) -> Pack:
    own = {entry["id"]: _clause(entry, data["cited_as"]) for entry in data["clause"]}
    switches = {key: _switch(key, value) for key, value in data["switches"].items()}
    clauses = {**(base.clauses if base else {}), **own}
    topics = {**(base.topics if base else {}), **data["topics"]}
    checklist = tuple(CheckItem(**entry) for entry in data.get("checklist", ()))
    unknown = {*topics.values(), *(item.clause for item in checklist)} - set(clauses)
    if unknown:
        raise ValueError(f"pack {pack_id}: topics or checklist name unknown clauses {sorted(unknown)}")
    return Pack(
        id=pack_id,
        title=data["title"],
        number=data["number"],
        issued_on=data.get("issued_on"),
        issuer=data["issuer"],
        in_force_from=data["in_force_from"],
        in_force_to=data.get("in_force_to"),
        version=data["version"],
        clauses=MappingProxyType(clauses),
        topics=MappingProxyType(topics),
        switches=MappingProxyType({**(base.switches if base else {}), **switches}),
        checklist=checklist,
    )


def _clause(entry: Mapping[str, Any], cited_as: str) -> Clause:
    return Clause(
        id=entry["id"],
        label=entry["label"],
        text=entry["text"],
        is_summary=entry.get("summary", False),
        source=entry.get("cited_as", cited_as),
    )


def _switch(key: str, value: object) -> SwitchValue:
    return check_switch(key, tuple(value) if isinstance(value, list) else value)


def switches(pack: Pack, overrides: Mapping[str, Any]) -> Mapping[str, SwitchValue]:
    """The pack's switches with the body's own on top; InvalidInputError where one does not fit."""
    own = {key: _switch(key, value) for key, value in overrides.items()}
    return MappingProxyType({**pack.switches, **own})


def absence_policy(pack: Pack, overrides: Mapping[str, Any]) -> AbsencePolicy:
    """The typed view of the pack's absence switches under the body's own."""
    values: Mapping[str, Any] = switches(pack, overrides)
    return AbsencePolicy(
        asks_consent=values["absence.asks_consent"],
        substitute=values["absence.substitute"],
        head_replaceable=values["absence.head_replaceable"],
        document_for=frozenset(values["absence.document_for"]),
        late_needs_consent=values["absence.late_needs_consent"],
        declares_authority=values["absence.declares_authority"],
        silent_window=values["absence.silent_window"],
        quiet_from=values["absence.quiet_from"],
        silence_status=values["absence.silence_status"],
        decide_reminders=values["absence.decide_reminders"],
        answer_by_working_days=values["invitation.answer_by_working_days"],
        answer_reminders=values["invitation.answer_reminders"],
        clauses=pack.topics,
    )


def office_hours(pack: Pack, overrides: Mapping[str, Any]) -> OfficeHours:
    """The office and quiet hours that the switches set."""
    values = switches(pack, overrides)
    spans = [_span(str(values[f"hours.{part}"])) for part in ("morning", "afternoon", "quiet")]
    return OfficeHours(*spans)


def _span(text: str) -> tuple[time, time]:
    start, end = text.split("-")
    return time.fromisoformat(start), time.fromisoformat(end)


# Parts of a document that are written with a capital within a sentence too (Decree 30/2020, appendix II).
_CAPITAL = ("Phần", "Mục", "Điều")


def citation(pack: Pack, clause_id: str, adopting: str = "") -> str:
    """The clause as it is quoted, the body's own adopting document first where it has one."""
    clause = pack.clauses[clause_id]
    cited = f"{clause.label}, {clause.source}"
    if not adopting:
        return cited
    return f"{adopting}; {within_sentence(cited)}"


def within_sentence(cited: str) -> str:
    """Điểm a khoản 5 becomes điểm a khoản 5, Điều 15 stays."""
    return cited if cited.startswith(_CAPITAL) else cited[0].lower() + cited[1:]
