"""The documents of a vote as files, filled from what was cast."""

from collections.abc import Sequence

from bot.i18n import _, short_moment, use_language
from bot.messages import Attachment
from bot.work import Work
from models.meetings import Meeting
from models.people import Person, Unit, the_body
from models.votes import Vote, draft_of
from reports import votes as documents
from reports.decree30 import Issuer
from rules.votes import Standing
from services import ballots, people
from services.ballots import Member
from services.letter_heads import signer
from services.notices import tallies, vote_lines, words
from services.regulation import regulation

# So much of the fingerprint is enough to compare two texts by eye.
SHOWN = 12


def opinions(work: Work, vote: Vote, members: Sequence[Member]) -> Attachment:
    content = documents.opinion_list(_facts(work, vote, members))
    return work.attach(f"Tong-hop-y-kien-{vote.key}.docx", content)


def report(work: Work, vote: Vote, members: Sequence[Member]) -> Attachment:
    content = documents.result_report(_facts(work, vote, members))
    return work.attach(f"Bao-cao-ket-qua-{vote.key}.docx", content)


def _facts(work: Work, vote: Vote, members: Sequence[Member]) -> documents.VoteFacts:
    unit, body = work.session.get_one(Unit, vote.unit_id), the_body(work.session)
    draft = draft_of(work.session, vote)
    session = work.session.get(Meeting, vote.session_id) if vote.session_id else None
    rules = regulation(work)
    # Documents of the body are in its own language, whoever asks for them.
    with use_language("vi"):
        return documents.VoteFacts(
            issuer=Issuer(body.name if body else "", unit.name, body.province if body else ""),
            draft=vote.title,
            document=vote.document,
            text=f"số {draft.number}, đăng lúc {short_moment(draft.posted_at)}, mã đối chiếu {draft.digest[:SHOWN]}",
            opened_at=vote.opened_at,
            closed_at=vote.closed_at or work.now,
            tally=tallies.tally_lines(vote, ballots.tally_of(vote, members)),
            opinions=[_opinion(work, member) for member in members],
            signer=signer(work, unit),
            citation=rules.cite("vote_result"),
            session=words.in_sentence(session) if session else "",
        )


def _opinion(work: Work, member: Member) -> documents.Opinion:
    ballot = member.ballot
    apart = {Standing.STALE: _("on a former text"), Standing.LATE: _("late"), Standing.NONE: _("no ballot")}
    said = [vote_lines.choice_words(ballot.choice)] if ballot else []
    known = apart.get(member.standing)
    caster = work.session.get_one(Person, ballot.person_id) if ballot else member.person
    return documents.Opinion(
        name=caster.full_name if caster else "",
        title=people.full_title(member.post, people.unit_of(work, member.post)),
        choice="; ".join([*said, *([known] if known else [])]),
        opinion=ballot.opinion if ballot else "",
        cast_at=short_moment(ballot.cast_at) if ballot else "",
    )
