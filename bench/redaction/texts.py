"""The texts to measure with, read from ``corpus/``; its README says how they are marked up."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"
LANGUAGES = ("is", "en", "da", "sv", "nb")
_MARK = re.compile(r"\{([a-z_]+)\|([^{}|]+)\}")


class Half(StrEnum):
    """Which texts: those to look at, those held back, or the third set that came afterwards."""

    DEVELOPMENT = "development"
    HELD_BACK = "held_back"
    BLIND = "blind"


class Kind(StrEnum):
    """What marked words are. All must go, but those that may go or stay (``EITHER``)."""

    NAME = "name"
    ADDRESS = "address"
    PHONE = "phone"
    NATIONAL_NUMBER = "national_number"
    DATE = "date"
    LINK = "link"
    HANDLE = "handle"
    PLACE = "place"
    NUMBER = "number"
    ORGANISATION = "organisation"
    EITHER = "either"


class Hint(StrEnum):
    """What a text may give away without naming anybody."""

    ROLE = "role"
    PLACE = "place"
    PREGNANCY = "pregnancy"
    FAMILY = "family"
    ONLY_ONE = "only_one"
    GENDER = "gender"
    LANGUAGE = "language"


class BadMarkup(ValueError):
    """A text is marked up in a way that cannot be read."""


@dataclass(frozen=True)
class Part:
    """A stretch of a text; ``kind`` is None where it is harmless. ``repr`` does not show it."""

    words: str = field(repr=False)
    kind: Kind | None


@dataclass(frozen=True)
class Text:
    """One text of the corpus, with what the service would know of the case.

    ``repr`` does not show it, so that a test that fails tells nobody what is held back.
    """

    half: Half
    language: str
    parts: tuple[Part, ...] = field(repr=False)
    client_email: str = field(repr=False)
    client_name: str = field(repr=False)
    professional_email: str = field(repr=False)
    indirect: frozenset[Hint]

    @property
    def plain(self) -> str:
        """What the professional wrote, without the marks."""
        return "".join(part.words for part in self.parts)

    @property
    def identifiers(self) -> list[Part]:
        """The parts that must go."""
        return [part for part in self.parts if part.kind not in {None, Kind.EITHER}]


def read_texts(half: Half, languages: tuple[str, ...] = LANGUAGES) -> Iterator[Text]:
    """Every text of one half, language by language.

    Raises:
        BadMarkup: a text cannot be read.
    """
    for language in languages:
        lines = (CORPUS / half / f"{language}.jsonl").read_text(encoding="utf-8").splitlines()
        for line in lines:
            yield read_text(json.loads(line), half, language)


def read_text(row: dict[str, object], half: Half, language: str) -> Text:
    """One line of the corpus.

    Raises:
        BadMarkup: it cannot be read.
    """
    hints = row["indirect"]
    if not isinstance(hints, list):
        raise BadMarkup("indirect is no list")
    return Text(
        half=half,
        language=language,
        parts=read_markup(str(row["text"])),
        client_email=str(row["client_email"]),
        client_name=str(row["client_name"]),
        professional_email=str(row["professional_email"]),
        indirect=frozenset(Hint(hint) for hint in hints),
    )


def read_markup(marked: str) -> tuple[Part, ...]:
    """A marked text, taken apart in order.

    Raises:
        BadMarkup: a brace is left over, a kind is unknown, or a mark splits a word.
    """
    parts, at = [], 0
    for match in _MARK.finditer(marked):
        before, after = marked[: match.start()][-1:], marked[match.end() :][:1]
        if match[1] not in {kind.value for kind in Kind} or before.isalnum() or after.isalnum():
            raise BadMarkup(f"at character {match.start()}")
        parts += [Part(marked[at : match.start()], None), Part(match[2], Kind(match[1]))]
        at = match.end()
    parts.append(Part(marked[at:], None))
    if any(set(part.words) & set("{|}") for part in parts):
        raise BadMarkup("a brace or bar is left over")
    return tuple(part for part in parts if part.words)
