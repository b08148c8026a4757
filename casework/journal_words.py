"""The journal is kept for ever, so what people type into it must not name anybody it is about."""

import re
from collections.abc import Iterable, Iterator, Sequence

from casework.errors import CreditsDeskError
from casework.inflection import fold

#: A shorter word of an address, or number, is more likely any other.
_SHORTEST_WORD = 2
_SHORTEST_NUMBER = 4
#: A shorter local part is more likely found by chance where words are run together.
_SHORTEST_RUN_TOGETHER = 5


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

    However it is written: in capitals, with or without accents, in one word or several.
    """
    words = {word for text in texts for word in _words(text)}
    together = ["".join(_words(text)) for text in texts]
    for address in addresses:
        parts = [part for part in _words(address.partition("@")[0]) if _tells(part)]
        whole = "".join(parts)
        run_together = len(whole) >= _SHORTEST_RUN_TOGETHER and any(
            whole in one for one in together
        )
        if run_together or words.intersection(parts):
            raise NamesSomebody


def _tells(part: str) -> bool:
    return len(part) >= (_SHORTEST_NUMBER if part.isdigit() else _SHORTEST_WORD)


def _words(text: str) -> Iterator[str]:
    return (match[0] for match in re.finditer(r"[^\W\d_]+|\d+", fold(text)))
