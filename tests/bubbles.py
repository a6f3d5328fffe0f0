"""A message as its reader sees it, with what he can press or type under it."""

import re
from dataclasses import dataclass

from markupsafe import Markup

from bot.adapters.simulator.channel import CAPABILITIES
from models.simulator import SimulatedMessage


@dataclass(frozen=True)
class Bubble:
    """One message as its reader sees it."""

    id: int
    text: str
    buttons: dict[str, str]
    files: list[str]
    is_ours: bool
    picture: str = ""

    def __contains__(self, words: str) -> bool:
        return words in self.text


def bubble_of(row: SimulatedMessage) -> Bubble:
    payload = row.payload
    buttons = {label: token for line in payload["rows"] for label, token, _url, _style in line}
    text = payload["text"]
    if CAPABILITIES[row.channel].buttons:
        text = Markup(re.sub(r"<[^>]+>", "", text)).unescape()
    # Without buttons a choice is a line such as "1 A7K2 – Đồng ý", pressed by typing its number and code.
    buttons |= {label: answer for answer, label in re.findall(r"^(\d+ [A-Z0-9]{4}) – (.+)$", text, re.MULTILINE)}
    # Of lines that are numbered already it says only how to answer.
    for code in re.findall(
        r"^\d+(?:–\d+)? ([A-Z0-9]{4}) – dòng có|dòng và mã, ví dụ: \d+ ([A-Z0-9]{4})$", text, re.MULTILINE
    ):
        listed = re.findall(r"^(\d+)\. (.+)$", text, re.MULTILINE)
        buttons |= {number: f"{number} {''.join(code)}" for number, _words in listed}
        buttons |= {f"{number}. {words}": f"{number} {''.join(code)}" for number, words in listed}
    return Bubble(
        row.key, text, buttons, [file["name"] for file in payload["files"]], row.is_ours, payload.get("picture", "")
    )
