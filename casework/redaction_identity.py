"""The case's own identifiers in a text: in every form, run together, with one slip."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise

from rapidfuzz.distance import OSA

from casework.identity import Identity
from casework.inflection import fold, forms_of, is_common_word, is_everyday_word
from casework.redaction_kinds import Cut, Span
from casework.redaction_text import Word

# From so many letters on, one slip of the keys is allowed for.
_LONG_ENOUGH_FOR_A_SLIP = 5
_PIECE = re.compile(r"[^\W_]+")


class OwnWords:
    """What one person may be called, ready to be looked for in a text's words."""

    def __init__(self, identity: Identity) -> None:
        named = [*identity.name_words(), *identity.domain_words()]
        self._short = frozenset(fold(word) for word in named if len(fold(word)) == 2)
        long = [word for word in named if len(fold(word)) > 2]
        self._forms = frozenset(form for word in long for form in forms_of(word) if len(form) > 2)
        self._loose = frozenset(_loose(form) for form in self._forms)
        self._slips = tuple(f for f in self._forms if len(f) >= _LONG_ENOUGH_FOR_A_SLIP)
        self._numbers = identity.numbers()
        self._initials = _initials_of(identity)
        self._joined = frozenset(
            joined for part in (*identity.local_parts(), identity.client_name)
            if len(joined := _squeezed(part)) > 3
        )  # fmt: skip
        self._wanted = self._joined | {form for form in self._forms if len(form) > 3}
        self._beginnings = frozenset(w[:at] for w in self._wanted for at in range(1, len(w)))

    def find(self, text: str, words: list[Word]) -> Iterator[Span]:
        """Every place of the text that names the person."""
        for word in words:
            if self._is_own(word):
                yield Span(word.start, word.end, Cut.NAME)
        for number in self._numbers:
            for match in re.finditer(re.escape(number), text):
                yield Span(*match.span(), Cut.NUMBER)
        yield from self._in_pieces(text)

    def _is_own(self, word: Word) -> bool:
        folded = fold(word.text)
        bases = {folded, *folded.split("'"), folded.replace("'", "")}
        if bases & self._forms or {_loose(base) for base in bases} & self._loose:
            return True
        if folded in self._short:
            return word.has_capital or not is_everyday_word(word.text)
        if word.is_shouted and folded in self._initials and not word.flat:
            return True
        return self._holds_own(folded) or self._is_slip(word, bases)

    def _holds_own(self, folded: str) -> bool:
        return any(form in folded for form in self._slips) and not (
            is_common_word(folded)
            and not any(form in folded and len(form) > 6 for form in self._slips)
        )

    def _is_slip(self, word: Word, bases: Iterable[str]) -> bool:
        near = any(
            OSA.distance(base, form, score_cutoff=1) <= 1
            for base in bases
            if len(base) >= _LONG_ENOUGH_FOR_A_SLIP - 1
            for form in self._slips
            if -2 < len(base) - len(form) < 2
        )
        return near and not is_common_word(word.text)

    def _in_pieces(self, text: str) -> Iterator[Span]:
        """Names that are spaced out or cut in two: G u ð r ú n, Guð-rún, jona . gudrun."""
        pieces = [(fold(m[0]), m.start(), m.end()) for m in _PIECE.finditer(text)]
        for at, (first, start, _end) in enumerate(pieces):
            grown = first
            for folded, _start, end in islice(pieces, at + 1, None):
                if grown not in self._beginnings:
                    break
                grown += folded
                if grown in self._wanted:
                    yield Span(start, end, Cut.NAME)


def _loose(folded: str) -> str:
    """A spelling in which Aase and Åse, Soeren and Søren, Torunn and Þórunn are the same."""
    if len(folded) < 4:
        return folded
    for written, meant in (
        ("aa", "a"),
        ("oe", "o"),
        ("ae", "a"),
        ("ue", "u"),
        ("th", "t"),
        ("ph", "f"),
    ):
        folded = folded.replace(written, meant)
    return folded


def _squeezed(part: str) -> str:
    return "".join(_PIECE.findall(fold(part)))


def _initials_of(identity: Identity) -> frozenset[str]:
    """JG and JGS for the names in order, two letters or more."""
    parts = [*identity.local_parts(), identity.client_name]
    runs = ["".join(word[0] for word in re.findall(r"[^\W\d_]+", fold(part))) for part in parts]
    pairs = {a + b for run in runs for a, b in pairwise(run)}
    return frozenset({run for run in runs if len(run) > 1} | pairs)
