"""The journal is kept for ever, so what people type into it must not name anybody it is about."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from casework.errors import CreditsDeskError
from casework.identity import is_desk
from casework.inflection import fold, is_everyday_word, is_first_name

#: A shorter word of an address, unless it is a name, or number, is more likely any other.
_SHORTEST_WORD = 4
_SHORTEST_NAME = 3
_SHORTEST_NUMBER = 4
#: A shorter piece is left out where a local part is run together: an initial.
_SHORTEST_PIECE = 2
#: A shorter local part is more likely found by chance where words are run together.
_SHORTEST_RUN_TOGETHER = 5

_WORD = re.compile(r"[^\W\d_]+|\d+")


class NamesSomebody(CreditsDeskError):
    """What was to be written into the journal may name a person. The message does not say whom."""

    def __init__(self) -> None:
        super().__init__(
            "--by or --reason holds a word that also stands in an address this is about. The "
            "journal is kept for ever and must not name anybody: put it otherwise, and sign with "
            "initials or a role if it is your name. Nothing was shown or changed"
        )


def check_words(texts: Sequence[str], addresses: Iterable[str]) -> None:
    """Raise :class:`NamesSomebody` where a text holds a word of an address's local part.

    However it is written: in capitals, with or without accents, in one word or several. Words that
    every second text has name nobody, nor do those by which a desk is called, such as "office".
    """
    words = {fold(word) for text in texts for word in _words(text) if _may_name(word)}
    together = ["".join(map(fold, _words(text))) for text in texts]
    for address in addresses:
        pieces = [piece for piece in _pieces(address) if not is_desk(piece)]
        whole = "".join(piece for piece in pieces if len(piece) >= _SHORTEST_PIECE)
        run_together = len(whole) >= _SHORTEST_RUN_TOGETHER and any(
            whole in one for one in together
        )
        if (run_together and _may_name(whole)) or words.intersection(
            [p for p in pieces if _tells(p)]
        ):
            raise NamesSomebody


def _pieces(address: str) -> Iterator[str]:
    return map(fold, _words(address.partition("@")[0]))


def _may_name(word: str) -> bool:
    """Whether it need not be an everyday word: "Helga" is a name, "helga" is to hallow."""
    return not is_everyday_word(word) or (is_first_name(word) and not word.islower())


def _tells(piece: str) -> bool:
    if piece.isdigit():
        return len(piece) >= _SHORTEST_NUMBER
    is_short_name = len(piece) >= _SHORTEST_NAME and is_first_name(piece)
    return len(piece) >= _SHORTEST_WORD or is_short_name


def _words(text: str) -> Iterator[str]:
    return (match[0] for match in _WORD.finditer(unicodedata.normalize("NFKC", text)))
