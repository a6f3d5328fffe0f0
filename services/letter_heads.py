"""Who signs the letters of a unit."""

from bot.work import Work
from models.offices import holders_in
from models.people import Unit
from reports import letters
from reports.decree30 import Signer
from services import people


def signer(work: Work, unit: Unit) -> Signer:
    """Who answers for the unit today; a blank to be filled in where nobody does."""
    held = holders_in(work.session, unit.key, work.today)
    if not held:
        return Signer("Thủ trưởng", "")
    post, person = held[0]
    return letters.signer_of(letters.Official(person.full_name, people.full_title(post, unit)), unit.name)
