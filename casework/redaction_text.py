"""A text made plain, and its words with what the capitals around them tell."""

import html
import re
import unicodedata
from typing import NamedTuple

CUT = "[…]"

_TAG = re.compile(r"<!--.*?-->|</?[A-Za-z!][^<>]{0,5000}>", re.S)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_SENTENCE_END = re.compile(r"(?:[.!?…:;]|\n)\s*[\"'”“„»«)\]]*\s*|\n")
_OPENING = re.compile(
    r"(?:(?:^|\n)\s*(?:[-*•·–—>#]+|\(?(?:\d{1,2}|[a-z])[.)])\s*)?[\"'“”„«»(\[]*\Z"
)
_INVISIBLE = {"Cf", "Cc", "Co", "Cs", "Cn"}


class Word(NamedTuple):
    """One word of a plain text."""

    text: str
    start: int
    end: int
    opens: bool  # it opens a sentence, a line or a list item, where any word has a capital
    flat: bool  # capitals tell nothing here: all words have one, or none has

    @property
    def is_shouted(self) -> bool:
        """Two letters or more, all of them capitals."""
        return len(self.text) > 1 and self.text.isupper()

    @property
    def has_capital(self) -> bool:
        """The first letter is a capital."""
        return self.text[0].isupper()


def plain(text: str) -> str:
    """The text without HTML, in one form of each letter, without what cannot be seen."""
    for _ in range(5):
        bare = _TAG.sub(" ", html.unescape(text))
        bare = unicodedata.normalize("NFKC", bare.replace("…", "\0")).replace("\0", "…")
        bare = "".join(c for c in bare if c in "\n\t" or unicodedata.category(c) not in _INVISIBLE)
        bare = re.sub(r"[\u2018\u2019\u02bc\u00b4`]", "'", bare).replace("\u00a0", " ")
        if bare == text:
            break
        text = bare
    return text


def words(text: str) -> list[Word]:
    """The words of a plain text, in order."""
    found = []
    without_capitals = _has_none(text)
    for start, end in _sentences(text):
        flat = without_capitals or _has_everywhere(text[start:end])
        for match in _WORD.finditer(text, start, end):
            opens = match.start() == start or _opens(text, match.start())
            found.append(Word(match[0], match.start(), match.end(), opens, flat))
    return found


def _sentences(text: str) -> list[tuple[int, int]]:
    starts = [0, *(m.end() for m in _SENTENCE_END.finditer(text) if not _is_cut(text, m.start()))]
    return [(a, b) for a, b in zip(starts, [*starts[1:], len(text)], strict=True) if a < b]


def _is_cut(text: str, at: int) -> bool:
    return text.startswith(CUT, at - 1)


def _opens(text: str, at: int) -> bool:
    before = text[max(0, at - 40) : at]
    rest = _OPENING.sub("", before.rstrip(" \t")) if before.strip() else ""
    rest = rest.rstrip(" \t")
    if rest.endswith(CUT) or before.rstrip().endswith(CUT):
        return False
    return not rest or rest[-1] in ".!?:;…\n"


def _capitals(text: str) -> tuple[int, int, int]:
    """How many words there are, how many are shouted, how many have a capital (a cut counts)."""
    found = _WORD.findall(text)
    cuts = text.count(CUT)
    shouted = sum(word.isupper() and len(word) > 1 for word in found)
    capital = sum(word[0].isupper() for word in found)
    return len(found) + cuts, shouted + cuts, capital + cuts


def _has_none(text: str) -> bool:
    """Whether no word has a capital; shouted words, such as PTSD, and a lone I do not count."""
    found = (word for word in _WORD.findall(text) if not word.isupper())
    return CUT not in text and not any(word[0].isupper() for word in found)


def _has_everywhere(text: str) -> bool:
    count, shouted, capital = _capitals(text)
    return count >= 4 and (shouted >= 0.7 * count or capital >= 0.8 * count)
