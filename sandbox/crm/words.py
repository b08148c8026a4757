"""How search takes a text apart."""

from __future__ import annotations

import fnmatch
import re

_TAGS = re.compile(r"<[^>]*>")
_WORD = re.compile(r"\w+")


def words_of(text: str) -> set[str]:
    """The words of a text without markup or letter case; an address falls into its parts."""
    return set(_WORD.findall(_plain(text)))


def contains(held: str, wanted: str) -> bool:
    """Whether a text has every word of another; ``*`` in a word stands for any letters."""
    words = words_of(held)
    whole = {part.strip(".,;:!?()\"'") for part in _plain(held).split()} | words
    return all(
        any(fnmatch.fnmatch(word, part) for word in whole)
        if "*" in part
        else words_of(part) <= words
        for part in wanted.casefold().split()
    )


def _plain(text: str) -> str:
    return _TAGS.sub(" ", text).casefold()
