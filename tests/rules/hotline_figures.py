"""How often citizens' sentences are understood: ``python -m tests.rules.hotline_figures``.

One set is what it was tuned on. One was written before that, and only counted until the end; one was written
afterwards, and not tuned on.

A line holds the sentence, the unit that is meant (several: any of them may be; -: none is named) and the topic: the
code of a procedure or the id of a matter in `rules/data/competence.toml` (`|`: either is right, `+`: both are
asked about; -: none of them).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rules.competence import Competence
from rules.words import Certainty
from services.demo_hotlines import HOTLINES
from services.demo_keywords import KEYWORDS
from services.demo_people import UNITS
from services.demo_procedures import PROCEDURES
from services.hotline_directory import Directory

DATA = Path(__file__).parent / "data"
SETS = {
    "tuned on": "sentences_tuning.tsv",
    "held out": "sentences_held_out.tsv",
    "written afterwards": "sentences_afterwards.tsv",
}
NONE = "-"


@dataclass(frozen=True, slots=True)
class Sentence:
    text: str
    place: str
    topic: str


@dataclass(slots=True)
class Figures:
    """What went wrong, sentence by sentence; a wrong guess is one that was taken for sure."""

    count: int = 0
    places: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    wrong_guesses: list[str] = field(default_factory=list)
    sure_places: int = 0
    sure_topics: int = 0

    @property
    def right_places(self) -> float:
        return 1 - len(self.places) / self.count

    @property
    def right_topics(self) -> float:
        return 1 - len(self.topics) / self.count

    @property
    def guesses(self) -> float:
        return len(self.wrong_guesses) / self.count


def sentences(file: str) -> list[Sentence]:
    lines = (DATA / file).read_text(encoding="utf-8").splitlines()
    return [Sentence(*line.split("\t")) for line in lines if line and not line.startswith("#")]


def sample_directory() -> Directory[str, str]:
    """The hotlines and procedures of the sample body, under their codes."""
    names = {code: name for code, name, _kind in UNITS}
    units = [unit for unit, *_team in HOTLINES]
    places = [(unit, place) for unit, *_team, hamlets in HOTLINES for place in hamlets]
    return Directory(
        [*((unit, names[unit]) for unit in units), *places],
        [(code, [name, *KEYWORDS[code].split(", ")]) for code, name, *_guide in PROCEDURES],
    )


def measure(directory: Directory[str, str], known: Sequence[Sentence]) -> Figures:
    figures = Figures(len(known))
    for sentence in known:
        _measure_place(directory, sentence, figures)
        _measure_topic(directory, sentence, figures)
    return figures


def _measure_place(directory: Directory[str, str], sentence: Sentence, figures: Figures) -> None:
    """One that is meant must be taken for sure, of several each must be offered, and none must be none."""
    meant = set(sentence.place.split("|")) - {NONE}
    match = directory.places.find(sentence.text)
    found = {hit.unit for hit in match.hits}
    is_sure = match.certainty is Certainty.SURE
    figures.sure_places += is_sure
    if not (found == meant and is_sure == (len(meant) == 1)):
        figures.places.append(f"{sentence.text}: {sentence.place}, found {match.certainty} {sorted(found)}")
    if is_sure and found != meant:
        figures.wrong_guesses.append(f"place: {sentence.text}")


def _measure_topic(directory: Directory[str, str], sentence: Sentence, figures: Figures) -> None:
    """Right if it is among the three; where nothing is meant, anything may be offered but nothing taken for sure."""
    match = directory.topic(sentence.text)
    found = [matter.id if isinstance(matter, Competence) else matter for matter in match.matters]
    is_sure = match.certainty is Certainty.SURE
    figures.sure_topics += is_sure
    if "+" in sentence.topic:
        is_right = set(sentence.topic.split("+")) <= set(found)
    else:
        meant = set(sentence.topic.split("|"))
        is_right = bool(meant & set(found)) or (NONE in meant and not is_sure)
    if not is_right:
        figures.topics.append(f"{sentence.text}: {sentence.topic}, found {match.certainty} {found}")
        if is_sure:
            figures.wrong_guesses.append(f"topic: {sentence.text}")


def main() -> None:
    directory = sample_directory()
    for name, file in SETS.items():
        figures = measure(directory, sentences(file))
        print(f"{name}: {figures.count} sentences")
        print(f"  right place         {figures.right_places:7.1%}  (sure in {figures.sure_places})")
        print(f"  right topic         {figures.right_topics:7.1%}  (sure in {figures.sure_topics})")
        print(f"  wrong, though sure  {figures.guesses:7.1%}")
        if name == "tuned on":
            for line in (*figures.places, *figures.topics):
                print(f"    {line}")


if __name__ == "__main__":
    main()
