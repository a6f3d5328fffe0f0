"""Pictures of identity cards, which the hotline does not take: it needs none, and keeps nothing of them."""

from bot.work import Work
from models.files import StoredFile
from reports.pictures import qr_texts
from rules import personal_numbers
from rules.errors import N_

REFUSED = N_("The picture was not taken: it shows an identity card, and the hotline needs none.")


def shows_card(work: Work, file_id: int | None, name: str, caption: str) -> bool:
    """By what it is called, by what is written under it, or by the square on the card itself."""
    if personal_numbers.shows_card(name, caption):
        return True
    file = work.session.get(StoredFile, file_id) if file_id else None
    return file is not None and any(map(personal_numbers.is_card_square, qr_texts(work.files.read(file.digest))))
