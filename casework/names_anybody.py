"""Whether words that staff typed name anybody at all, whoever that is.

Nobody's own words are looked at here. Were only what names the client taken off a record, typing
names and watching which of them go would tell who the client is.
"""

import re
from functools import lru_cache
from urllib.parse import unquote

from casework.inflection import fold, is_common_word, is_everyday_word, is_first_name, is_name
from casework.lexicon import listed
from casework.redaction_dates import dates
from casework.redaction_kinds import Cut
from casework.redaction_patterns import shapes
from casework.redaction_text import Word, plain, words

#: What gives one person away by its shape. Links, dates and amounts may stay.
_TELLING = frozenset({Cut.ADDRESS, Cut.PHONE, Cut.NATIONAL_NUMBER, Cut.HANDLE})
#: What people call their accounts: letters and then digits, as in sigga1987.
_ACCOUNT = re.compile(r"(?<!\w)[^\W\d_]{3,}[_.-]?\d{2,}(?!\w)")
#: Between the words of JónaGuðrún and of jona_gudrun.
_JOINT = re.compile(r"(?<=[a-zß-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ])|_")
_WORD = re.compile(r"[^\W\d_]+")
#: Texts that were judged lately; most stand on their tickets for days.
_TEXTS_AT_HAND = 1_000


@lru_cache(_TEXTS_AT_HAND)
def names_anybody(typed: str, known: str) -> bool:
    """Whether there is a name, an address, a phone or a national number in ``typed``.

    What ``known`` has as well does not count: our own texts, and the organisation's name.
    """
    text = plain(unquote(typed))
    return _has_telling_shape(text, known) or _has_name(_without_dates(text), known)


def _without_dates(text: str) -> str:
    """People are called May and November, but on a ticket those are months."""
    for date in dates(text):
        text = text[: date.start] + "·" * (date.end - date.start) + text[date.end :]
    return text


def _has_telling_shape(text: str, known: str) -> bool:
    telling = [text[one.start : one.end] for one in shapes(text) if one.kind in _TELLING]
    telling += [match[0] for match in _ACCOUNT.finditer(text)]
    return any(one not in known for one in telling)


def _has_name(text: str, known: str) -> bool:
    may_stand = {*_WORD.findall(fold(known)), *listed("own.txt")}
    parted = words(_JOINT.sub(" ", text))
    return any(fold(word.text) not in may_stand and _is_meant(word) for word in parted)


def _is_meant(word: Word) -> bool:
    """Whether a word is used as somebody's name, as far as its capital and its place tell.

    In small letters, and where every word has a capital, an ordinary word need not be a name; nor
    need it where a sentence begins.
    """
    if not is_name(word.text):
        return False
    common, everyday = is_common_word(word.text), is_everyday_word(word.text)
    if not (common or everyday):
        return True
    if not word.has_capital or word.flat or len(word.text) == 1:
        return False
    return is_first_name(word.text) and not (word.opens and everyday)
