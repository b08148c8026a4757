"""The sentences of a reply, without greeting and farewell."""

import re
from functools import cache

from casework.inflection import is_name
from casework.languages import Language
from casework.own_words import is_closing
from casework.reply_tables import finder, plain

_END = re.compile(r"[?!…]+|\n\n+|(?<=[^\s.])\.+(?=\s|$)|\n(?=\s*[-*•]\s)|\n")
_ABBREVIATED = frozenset(
    """kl nr ca hr dr fr frk tlf afd inkl incl evt ev bl t.d m.a e.g i.e pr no max maks mgr mr mrs
    ms jan feb mar apr jun jul aug sep sept okt oct nov des dec man tir ons tor fre""".split()
)
MONTH = re.compile(
    r"\s+(?:jan|feb|mar|apr|ma[ijyí]|j[uú]n|j[uú]l|aug|ág|agu|sep|okt|oct|n[oó]v|des|dec|of\b)",
    re.I,
)


def split(own: str) -> list[tuple[str, bool]]:
    """The sentences, and whether a question mark ends each."""
    found, start = [], 0
    for end in _END.finditer(own):
        if _goes_on(own, end):
            continue
        found.append((own[start : end.start()].strip(), "?" in end[0]))
        start = end.end()
    found.append((own[start:].strip(), False))
    return [(sentence, asks) for sentence, asks in found if re.search(r"\w", sentence)]


def _goes_on(own: str, end: re.Match[str]) -> bool:
    """Whether the sentence goes on: a wrapped line, an abbreviation, a date."""
    if end[0] == "\n":
        return _is_wrapped(own, end)
    if not end[0].startswith("."):
        return False
    before = re.search(r"[\w.]{1,12}$", own[max(0, end.start() - 12) : end.start()])
    word = before[0].casefold() if before else ""
    if word.isdigit():
        return bool(MONTH.match(own, end.end()))
    return word in _ABBREVIATED or (len(word) == 1 and word.isalpha())


def _is_wrapped(own: str, end: re.Match[str]) -> bool:
    """A line that was broken for its length, or in the middle of a sentence."""
    line = own[own.rfind("\n", 0, end.start()) + 1 : end.start()]
    following = own[end.end() : end.end() + 1]
    return len(line) > 50 or following.islower()


def without_greeting(sentences: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Without "Hi Anna," at the head and "Kind regards, Jo" further down."""
    kept = []
    for number, (sentence, asks) in enumerate(sentences):
        rest = _cut_greeting(sentence) if number < 2 and not asks else sentence
        if rest and not (number and is_closing(rest)):
            kept.append((rest, asks))
    return kept


def _cut_greeting(sentence: str) -> str:
    """Without "Hi Anna," at its beginning; without a comma, the names go with the greeting."""
    match = _greeting().match(sentence)
    if not match:
        return sentence
    head, comma, rest = match["rest"].partition(",")
    if comma and len(head.split()) < 5 and _is_address(head):
        return rest.strip()
    return "" if _is_address(match["rest"]) and len(match["rest"].split()) < 5 else match["rest"]


def _is_address(words: str) -> bool:
    found = re.findall(r"[^\W\d_]+", words)
    return all(
        is_name(w)
        or (finder("known", frozenset(Language)).fullmatch(plain(w)) is None and w[0].isupper())
        or plain(w) in _ADDRESSED
        for w in found
    )


_ADDRESSED = frozenset(
    "all alle alla everyone team there sir madam and og och oll thid saman igen igjen".split()
)


@cache
def _greeting() -> re.Pattern[str]:
    words = (
        "hi|hello|dear|hey|good (?:morning|afternoon|day|evening)|greetings|hæ ?hæ|hæ|halló"
        "|sæl(?:l|ar|ir)?(?: og blessuð| verið þið| öll)?|kæri|kæra|kæru|góðan dag(?:inn)?"
        "|komið þið sæl|blessuð|blessaður|hej(?:san|sa)?|hei(?:sann)?|kære|kära|kjære|bästa"
        "|goddag|go(?:d|’|')? ?(?:morgon|morgen|dag)|hallo|hallå"
    )
    return re.compile(rf"\s*(?:{words})\b(?P<rest>.*)", re.I | re.S)
