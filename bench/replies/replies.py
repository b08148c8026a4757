"""The replies to measure with, read from ``corpus/``; its README says how they are labelled."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from casework.understand_reply import Meaning

CORPUS = Path(__file__).parent / "corpus"
LANGUAGES = ("is", "en", "da", "sv", "nb")


class Half(StrEnum):
    """Which half of the replies: the one to look at, or the one held back."""

    DEVELOPMENT = "development"
    HELD_BACK = "held_back"


@dataclass(frozen=True)
class Reply:
    """One reply and its label.

    ``asked_credits``: what the letter asked for; ``None`` where it asked how many. ``meaning``,
    ``credits`` and ``names`` are what a careful colleague would make of it. It does not show its
    text when it is printed, so that a failing test shows none either.
    """

    language: str
    half: Half
    subject: str = field(repr=False)
    text: str = field(repr=False)
    asked_credits: int | None
    meaning: Meaning
    credits: int | None
    names: bool


def read_replies(half: Half, languages: Iterable[str] = LANGUAGES) -> Iterator[Reply]:
    """The replies of one half, in the order of their files.

    Raises:
        KeyError, TypeError, ValueError: a line is not as the README says. It is not quoted.
    """
    for language in languages:
        file = CORPUS / half / f"{language}.jsonl"
        for line in file.read_text(encoding="utf-8").splitlines():
            labelled = json.loads(line)
            meaning = Meaning(labelled.pop("meaning"))
            yield Reply(language=language, half=half, meaning=meaning, **labelled)
