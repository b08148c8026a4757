"""What was cut that should be, what was lost that should not, and which hints were seen.

Words are runs of two or more letters or digits, compared exactly as written, after Unicode's NFC.

* An identifier counts as **cut** when the output holds none of its words more often than the
  harmless words around it account for: not at its place and not anywhere else. One word of a
  street left, and the street counts as left; a name cut once and left once counts as left twice.
  A piece of a word that was cut in the middle counts as that word. An identifier that has no such
  word (``J.G.``, ``3/4``) is cut when it is not in the output as it was written.
* A harmless word is **lost** when the output holds it less often than the text did outside the
  marks. Where it stands does not matter. Words marked ``either`` are counted neither way.
* A hint is **seen** when it was reported for a text that it is listed for, and **raised** besides
  when it was reported for one that it is not. ``place`` is not asked for where every place and
  address of the text was cut: nothing is left then that could hint at it. Hints that the corpus
  does not list (age, workplace, …) are not counted.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from bench.redaction.texts import Hint, Kind, Part, Text

_WORD = re.compile(r"[^\W_]{2,}")


@dataclass
class Tally:
    """Counts over some texts; adding texts to it is all it is for."""

    texts: int = 0
    identifiers: Counter[Kind] = field(default_factory=Counter)
    cut: Counter[Kind] = field(default_factory=Counter)
    harmless_words: int = 0
    lost_words: int = 0
    clean_texts: int = 0
    clean_texts_kept_whole: int = 0
    hints: Counter[Hint] = field(default_factory=Counter)
    hints_seen: Counter[Hint] = field(default_factory=Counter)
    hints_raised_besides: Counter[Hint] = field(default_factory=Counter)
    milliseconds: float = 0

    def add(
        self, text: Text, output: str, reported: Iterable[str] = (), milliseconds: float = 0
    ) -> None:
        """Count one text, what became of it, the hints reported for it, and the time it took."""
        self.texts += 1
        self.milliseconds += milliseconds
        self.identifiers.update(part.kind for part in text.identifiers if part.kind)
        missed = left_in(text, output)
        self.cut.update(part.kind for part in text.identifiers if part.kind and part not in missed)
        lost = lost_from(text, output).total()
        self.harmless_words += _words_of(text, None).total()
        self.lost_words += lost
        if not text.identifiers:
            self.clean_texts += 1
            self.clean_texts_kept_whole += not lost
        self._add_hints(text, {hint for hint in Hint if hint.value in set(reported)}, missed)

    def _add_hints(self, text: Text, reported: set[Hint], missed: list[Part]) -> None:
        listed = set(text.indirect)
        if _names_a_place(text.identifiers) and not _names_a_place(missed):
            listed.discard(Hint.PLACE)
        self.hints.update(listed)
        self.hints_seen.update(listed & reported)
        self.hints_raised_besides.update(reported - text.indirect)

    @property
    def recall(self) -> float:
        """Share of identifiers that were cut, 0 to 1; 1 where there were none."""
        return _share(self.cut.total(), self.identifiers.total())

    @property
    def mean_milliseconds(self) -> float:
        """How long a text took."""
        return self.milliseconds / self.texts

    @property
    def loss(self) -> float:
        """Share of harmless words that were lost, 0 to 1."""
        return 1 - _share(self.harmless_words - self.lost_words, self.harmless_words)

    @property
    def hint_recall(self) -> float:
        """Share of listed hints that were seen, 0 to 1; 1 where none was listed."""
        return _share(self.hints_seen.total(), self.hints.total())


def left_in(text: Text, output: str) -> list[Part]:
    """The identifiers of a text of which something is left in the output."""
    written = _words(text.plain)
    allowed = _words_of(text, None) + _words_of(text, Kind.EITHER)
    left = set(_words(output) - allowed)
    pieces = left - set(written)
    return [part for part in text.identifiers if _is_left(part, left, pieces, output)]


def _is_left(part: Part, left: set[str], pieces: set[str], output: str) -> bool:
    words = set(_words(part.words))
    if not words:
        return part.words in output
    return bool(words & left) or any(piece in word for piece in pieces for word in words)


def _names_a_place(parts: list[Part]) -> bool:
    return any(part.kind in {Kind.PLACE, Kind.ADDRESS} for part in parts)


def lost_from(text: Text, output: str) -> Counter[str]:
    """The harmless words that the output lacks."""
    return _words_of(text, None) - _words(output)


def _words_of(text: Text, kind: Kind | None) -> Counter[str]:
    return sum((_words(part.words) for part in text.parts if part.kind is kind), Counter())


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(unicodedata.normalize("NFC", text)))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
