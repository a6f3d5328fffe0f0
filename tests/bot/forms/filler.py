"""A person who fills in a form, by typing and by pressing what he sees."""

from collections.abc import Sequence
from typing import Any

from bot.buttons import parse
from bot.context import Context, Reply
from bot.events import ButtonPressed, TextReceived
from bot.forms import engine
from bot.forms.form import Asking, Attached, Form, Given, Step, Typed
from bot.messages import Message
from bot.work import Work
from models.drafts import Draft, latest_draft
from models.people import ChannelAccount


class Filler:
    """Plays one form made of the given steps; `answers` is what the form was finished with."""

    def __init__(self, work: Work, steps: Sequence[Step]) -> None:
        self.work = work
        self.answers: dict[str, Any] | None = None
        self.account = ChannelAccount(channel="simulator", address="filler", language="en", last_seen_at=work.now)
        work.session.add(self.account)
        work.session.flush()
        self.form = Form("tried", lambda asking: "Tried", steps, self._finish)
        self.shown = engine.start(self._context(), self.form)

    def _finish(self, asking: Asking) -> Reply:
        self.answers = dict(asking.answers)
        return None

    def _context(self, token: str = "") -> Context:
        at = self.work.now
        if token:
            pressed = ButtonPressed(channel="simulator", event_id="1", address="filler", sent_at=at, token=token)
            return Context(pressed, self.work, self.account, None, parse(token))
        typed = TextReceived(channel="simulator", event_id="1", address="filler", sent_at=at, text="")
        return Context(typed, self.work, self.account, None)

    @property
    def draft(self) -> Draft:
        draft = latest_draft(self.work.session, self.account.key)
        assert draft is not None
        return draft

    @property
    def labels(self) -> list[str]:
        return [button.label for row in self.shown.rows for button in row]

    @property
    def sees(self) -> str:
        return str(self.shown.text)

    def says(self, text: str) -> None:
        self.gives(Typed(text))

    def attaches(self, name: str, caption: str = "") -> None:
        self.gives(Attached(1, name, caption))

    def gives(self, given: Given) -> None:
        self._show(engine.give(self._context(), self.form, self.draft, given))

    def presses(self, label: str) -> None:
        self.presses_token(next(b.token for row in self.shown.rows for b in row if b.label == label))

    def presses_token(self, token: str) -> None:
        assert len(token.encode()) <= 64
        context = self._context(token)
        self._show(engine.press(context, self.form, self.draft, context.token.argument))

    def forges(self, argument: str) -> None:
        """Presses a button that was never shown."""
        draft = self.draft
        self.presses_token(f"f:{draft.id}:{draft.version}:{argument}")

    def _show(self, reply: Reply) -> None:
        if isinstance(reply, Message):
            self.shown = reply
