"""Which words a text holds by which somebody could be recognised, each in one spelling.

Markup, percent signs, escapes and characters that do not show are seen through.
"""

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from html import unescape
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import unquote

from casework.inflection import fold, is_common_word, is_everyday_word, is_name
from casework.lexicon import listed, spelt

#: At most so many words one after the other make one name.
LONGEST_NAME = 3
#: A longer word is nobody's name, in characters.
LONGEST_WORD = 64
#: No mail is delivered to a longer one, in characters.
LONGEST_ADDRESS = 254
#: A number with fewer digits tells nothing alone, and nothing beside an everyday word.
SHORTEST_NUMBER = 7

#: Our notes name it, and somebody may be called Desk; our mails are so wide, and somebody is Max.
_OURS = re.compile(r"Credits Desk|\bmax-width:")
#: Tried only where one can begin, and never twice, so that a long text takes time with its length.
_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w.-]++")
#: What may stand close to an address and be mistaken for a part of it.
_CLOSE_BY = "._+-"
#: "jona@example.is.The": the address ends at one of so many points.
_MOST_LABELS = 6
_WORD = re.compile(r"[^\W_]+")
_TAG = re.compile(r"<[^<>]{0,200}>")
_BEGINNING = re.compile(r"(?:\A|[.!?:;\n])\W*\Z")
_CODE = re.compile(r"(?<!\\)\\++(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))")
_SHORT_CODE = re.compile(r"(?<!\\)\\++[nrtfb\"'/]")
#: How far back to look for the end of the sentence before, in characters.
_LOOK_BACK = 12
#: So often is a text encoded at most.
_MOST_LAYERS = 3
#: Words and lines that were seen lately.
_WORDS_AT_HAND, _LINES_AT_HAND = 50_000, 2_000
#: The months of a whole date, as :func:`casework.wording.day` writes it.
_MONTHS = frozenset(
    """january february march april may june july august september october november
    december""".split()
)
_DAY_BEFORE, _YEAR_AFTER = re.compile(r"\b[0-9]{1,2} \Z"), re.compile(r" [0-9]{4}\b")


class Spelling(NamedTuple):
    """What a text holds: an address, a word, or words that stand together, folded.

    ``plain``: words in places where they need not be names, and that are none, or that every second
    text has: "will" is not Will, and "is a" is not Ísa. ``everyday``: each word is so, whatever
    stands between them: "ask the" is not the full name Ask Thé. ``repr`` shows nothing.
    """

    folded: str
    plain: bool = False
    everyday: bool = False

    def __repr__(self) -> str:
        return f"Spelling(plain={self.plain})"


class _Known(NamedTuple):
    """What there is to know of a word, wherever it stands."""

    folded: str
    common: bool


def spellings_in(text: str) -> Iterator[Spelling]:
    """Everything in a text that could be somebody's: addresses, words, and words side by side."""
    for reading in dict.fromkeys(_readings_of(text)):
        yield from _of_addresses(reading)
        for piece, border in _pieces_of(reading):
            yield from _of_piece(piece, border)


def addresses_in(text: str) -> Iterator[str]:
    """The addresses in a text, folded, without what only stands close to them."""
    if "@" not in text:
        return
    for match in _ADDRESS.finditer(text):
        if len(match[0]) <= LONGEST_ADDRESS:
            yield from _readings_of_address(fold(match[0]))


def _readings_of_address(found: str) -> Iterator[str]:
    address = found.strip(_CLOSE_BY)
    yield address
    local, _, domain = address.partition("@")
    labels = domain.split(".")
    for count in range(2, min(len(labels), _MOST_LABELS)):
        yield f"{local}@{'.'.join(labels[:count])}"


def run_together(text: str) -> str:
    """Its letters and digits, folded."""
    return "".join(words_of(text))


def words_of(text: str) -> list[str]:
    """Its words, folded."""
    return _WORD.findall(fold(text))


@lru_cache(_WORDS_AT_HAND)
def is_common(folded: str) -> bool:
    """An everyday word, or one that our own texts use, by which nobody is told from others."""
    if len(folded) > LONGEST_WORD:
        return False
    return folded in listed("own.txt") or is_common_word(folded)


def is_everyday(word: str) -> bool:
    """One of the words that every second text has, or ours, and not a name first of all."""
    if fold(word) in listed("own.txt"):
        return True
    return is_everyday_word(word) and spelt(word) not in listed("names_typical.txt")


def _readings_of(text: str) -> Iterable[str]:
    """The text as people read it; where tags may or may not part words, both ways."""
    for one in dict.fromkeys((text, _without_codes(text))):
        shown = _OURS.sub(" · ", _decoded(_whole(one)))
        plain = unicodedata.normalize("NFKC", _invisible().sub("", shown))
        if "<" in plain:
            yield _TAG.sub(" ", plain)
            plain = _TAG.sub("", plain)
        yield plain


def _without_codes(text: str) -> str:
    r"""As it was before it was written as JSON, where "ó" is ``\u00f3``."""
    if "\\" not in text:
        return text
    bare = _CODE.sub(lambda match: chr(int(match[1] or match[2], 16)), text)
    return _SHORT_CODE.sub(" ", bare)


def _whole(text: str) -> str:
    """With the halves of characters put together; what is left of them cannot be written down."""
    if text.isascii():
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _decoded(text: str) -> str:
    """Without percent signs and entities, which may have been written over one another."""
    for _ in range(_MOST_LAYERS):
        further = unescape(unquote(text))
        if further == text:
            break
        text = further
    return text


@cache
def _invisible() -> re.Pattern[str]:
    """One of the characters that do not show."""
    every = map(chr, range(sys.maxunicode + 1))
    found = "".join(one for one in every if unicodedata.category(one) == "Cf")
    return re.compile(f"[{re.escape(found)}]")


def _of_addresses(text: str) -> Iterator[Spelling]:
    for address in addresses_in(text):
        yield Spelling(address)
        yield Spelling(run_together(address.partition("@")[0]))


def _pieces_of(text: str) -> Iterator[tuple[str, int]]:
    """The lines, and where each begins together with the end of what is before it.

    Most lines of our texts are the same each time, so they are looked at once. The number says
    where in a piece the line ends that matters; nothing where it is a line of its own.
    """
    before = ""
    for line in text.split("\n"):
        first, last, has_enough = _ends_of(line)
        if not last:
            continue
        yield line, 0
        if before:
            yield f"{before}\n{first}", len(before)
        before = last if has_enough or not before else _ends_of(f"{before}\n{line}")[1]


@lru_cache(_LINES_AT_HAND)
def _ends_of(line: str) -> tuple[str, str, bool]:
    """Its first and its last words, and whether there are as many as a window and what is round it.

    Empty where there are no words.
    """
    words = list(_WORD.finditer(line))
    if not words:
        return "", "", False
    count = LONGEST_NAME + 1
    first = line[: words[min(count, len(words)) - 1].end()]
    return first, line[words[max(0, len(words) - count)].start() :], len(words) >= count


@lru_cache(_LINES_AT_HAND)
def _of_piece(text: str, border: int) -> frozenset[Spelling]:
    """The words and the windows; with a border, only the windows that stand across it."""
    matches = list(_WORD.finditer(text))
    words = [_word(text, match) for match in matches]
    # Parts of one name stand close: "jó-na" is not two everyday words.
    apart = [_is_apart(text[one.end() : following.start()]) for one, following in pairwise(matches)]
    found = set() if border else set(words)
    for start, first in enumerate(matches):
        for end in range(start + 2, min(start + LONGEST_NAME, len(words)) + 1):
            if not border or first.start() < border < matches[end - 1].start():
                found.add(_together(words[start:end], all(apart[start : end - 1])))
    return frozenset(found)


def _is_apart(gap: str) -> bool:
    """Names of properties are made of whole words as well."""
    return gap in (" ", "_") or any(map(str.isspace, gap))


def _together(words: Sequence[Spelling], apart: bool) -> Spelling:
    return Spelling(
        "".join([word.folded for word in words]),
        apart and all(word.plain for word in words),
        all(word.everyday for word in words),
    )


def _word(text: str, match: re.Match[str]) -> Spelling:
    known = _known(match[0])
    if known.folded in _MONTHS and _is_in_a_date(text, match):
        return Spelling(known.folded, plain=True, everyday=True)
    if known.common and _need_not_be_a_name(text, match):
        return Spelling(known.folded, plain=True, everyday=True)
    return Spelling(known.folded)


@lru_cache(_WORDS_AT_HAND)
def _known(word: str) -> _Known:
    """``common``: excused where it need not be a name. A name is so only if every text has it."""
    folded = run_together(word)
    if word.isdigit():
        return _Known(folded, len(word) < SHORTEST_NUMBER)
    return _Known(folded, is_everyday(word) or (is_common(folded) and not is_name(word)))


def _need_not_be_a_name(text: str, match: re.Match[str]) -> bool:
    """In small letters, at the beginning of a sentence, or "I", which is Danish for you as well."""
    if match[0].islower() or match[0].isdigit() or match[0] == "I":
        return True
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    return _BEGINNING.search(before) is not None


def _is_in_a_date(text: str, match: re.Match[str]) -> bool:
    """A month between a day and a year: people are called April, May, June and August."""
    before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
    return bool(_DAY_BEFORE.search(before) and _YEAR_AFTER.match(text, match.end()))
