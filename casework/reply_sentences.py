"""What each sentence of a reply says: yes, no, how many, what it asks, and what speaks against it."""

import re
from dataclasses import dataclass
from functools import cache

from casework.inflection import fold, is_common_word, is_everyday_word, is_first_name, is_name
from casework.languages import Language
from casework.own_words import is_closing
from casework.reply_numbers import OTHER, Numbers, find_numbers, without_others
from casework.reply_tables import (
    Languages,
    beginner,
    finder,
    languages_of,
    plain,
)

#: A decision takes no more words. Of longer replies no more is read, and nothing is decided.
MOST_CHARACTERS = 6000
#: So many words beside an approval and a number in its clause may be such as we do not know.
_MOST_UNKNOWN = 3

_END = re.compile(r"[?!…]+|\n\n+|(?<=[^\s.])\.+(?=\s|$)|\n(?=\s*[-*•]\s)|\n")
_ABBREVIATED = frozenset(
    "kl nr ca hr dr fr frk tlf afd inkl incl evt ev bl t.d m.a e.g i.e pr no max maks mgr mr mrs ms jan feb mar apr "
    "jun jul aug sep sept okt oct nov des dec man tir ons tor fre".split()
)
_MONTH = re.compile(
    r"\s+(?:jan|feb|mar|apr|ma[ijyí]|j[uú]n|j[uú]l|aug|ág|agu|sep|okt|oct|n[oó]v|des|dec|of\b)",
    re.I,
)
_AND = re.compile(r"(?<![a-z])(?:and|og|och|so|svo|sa|,)(?![a-z])")
_YES, _NO, _NOT, _CONSENT = "<y>", "<n>", "<not>", "<c>"
_DENIED_BEFORE = re.compile(
    rf"(?:{_NOT}(?: [a-z#]+){{0,4}}|{_NO}(?: [a-z#]+){{0,2}}) (?:{_YES}|{_CONSENT})"
)
_DENIED_AFTER = re.compile(rf"{_YES}(?: (?!og |och |and |but )[a-z#]+){{0,3}} {_NOT}")
_DENIED_NO = re.compile(rf"{_NOT}(?: [a-z#<>]+){{0,3}} {_NO}")
_TOLD_WITH_YES = re.compile(
    r"(?<![a-z])(?:was|were|did|had|var|blev|ble|hadde|hade|havde|voru|hafdi)(?![a-z])"
)
# With these beside it, a number is told and not agreed to.
_TOLD = re.compile(
    r"(?<![a-z])(?:request[a-z]*|asked|asking|beidni[a-z]*|anmod[a-z]*|foresp[a-z]*|forfrag[a-z]*|begar[a-z]*|ansog[a-z]*|soknad[a-z]*"
    r"|are|eru|have|has|had|har|hafa|hefur|hofum|hafdi|were|was|var|those|these|varding?|regarding"
    r"|(?:for|fyrir|um|om|pa|of|about|a|med|with)(?: [a-z]+)? #)(?![a-z])"
)


@dataclass(frozen=True, repr=False)
class Signals:
    """What one sentence says. ``repr`` shows nothing of it.

    ``doubt``: it has a condition, a hedge, a question that is not about who it is, or anything else
    for which nothing must be proposed. ``question`` as well, but it may be no more than a remark.
    """

    sentence: str
    yes: bool = False
    no: bool = False
    values: tuple[int, ...] = ()
    refused: frozenset[int] = frozenset()
    at_most: bool = False
    question: bool = False
    doubt: bool = False
    asks_who: bool = False
    guesses: bool = False

    def __repr__(self) -> str:
        return "Signals(…)"


def read_sentences(own: str, asked: int | None) -> list[Signals]:
    """What each sentence of the sender's own words says, greetings and farewells left out."""
    cut = own[:MOST_CHARACTERS]
    languages = languages_of(plain(cut))
    found = [
        _read(sentence, asks, languages, asked) for sentence, asks in _without_greeting(split(cut))
    ]
    if len(own) > MOST_CHARACTERS:
        found.append(Signals("", doubt=True))
    return found


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
        return bool(_MONTH.match(own, end.end()))
    return word in _ABBREVIATED or (len(word) == 1 and word.isalpha())


def _is_wrapped(own: str, end: re.Match[str]) -> bool:
    """A line that was broken for its length, or in the middle of a sentence."""
    line = own[own.rfind("\n", 0, end.start()) + 1 : end.start()]
    following = own[end.end() : end.end() + 1]
    return len(line) > 50 or following.islower()


def _without_greeting(sentences: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    kept = []
    for number, (sentence, asks) in enumerate(sentences):
        if number < 2 and not asks:
            sentence = _cut_greeting(sentence)
        if sentence and not (number and is_closing(sentence)):
            kept.append((sentence, asks))
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
        or finder("known", frozenset(Language)).fullmatch(plain(w)) is None
        and w[0].isupper()
        or plain(w) in _ADDRESSED
        for w in found
    )


_ADDRESSED = frozenset(
    "all alle alla everyone team there sir madam and og och oll thid saman igen igjen".split()
)


@cache
def _greeting() -> re.Pattern[str]:
    words = (
        "hi|hello|dear|hey|good (?:morning|afternoon|day|evening)|greetings|hæ ?hæ|hæ|hæhæ|halló|sæl(?:l|ar|ir)?(?: og blessuð| verið þið| öll)?"
        "|kæri|kæra|kæru|góðan dag(?:inn)?|komið þið sæl|blessuð|blessaður|hej(?:san|sa)?|hei(?:sann)?|kære|kära|kjære|bästa|goddag|"
        "go(?:d|’|')? ?(?:morgon|morgen|morgen|dag)|hallo|hallå"
    )
    return re.compile(rf"\s*(?:{words})\b(?P<rest>.*)", re.I | re.S)


def _read(sentence: str, asks: bool, languages: Languages, asked: int | None) -> Signals:
    folded, fraction = without_others(fold(sentence))
    text = finder("neutral", languages).sub(" ", plain(folded))
    numbers = find_numbers(text, languages, asked)
    marked = _mark(numbers.text, languages)
    asks_who = bool(finder("who", languages).search(text))
    guesses = guesses_name(sentence, text, asks)
    yes, no, unsure = _decide(marked, numbers, languages)
    asking = asks or bool(beginner("openers").match(text.strip(", ")))
    against = _speaks_against(marked, languages) and not (asking and asks_who and not yes)
    doubt = (
        unsure
        or fraction
        or numbers.doubtful
        or against
        or (asking and not asks_who and not guesses)
    )
    return Signals(
        sentence=sentence,
        yes=yes and not asking,
        no=no and not asking,
        values=_agreed(marked, numbers, languages) if yes else (),
        refused=numbers.refused,
        at_most=numbers.at_most,
        question=asking or doubt,
        doubt=doubt,
        asks_who=asks_who,
        guesses=guesses,
    )


def _mark(text: str, languages: Languages) -> str:
    """The sentence with a mark for each phrase that agrees, declines or denies."""
    text = finder("approve_oddly", languages).sub(_YES, text)
    text = finder("decline", languages).sub(_NO, text)
    text = finder("approve", languages).sub(_YES, text)
    text = finder("consent", languages).sub(_CONSENT, text)
    return finder("negations", languages).sub(_NOT, text)


def _speaks_against(marked: str, languages: Languages) -> bool:
    return any(finder(kind, languages).search(marked) for kind in ("conditions", "hedges"))


def _decide(marked: str, numbers: Numbers, languages: Languages) -> tuple[bool, bool, bool]:
    """Whether it says yes, whether it says no, and whether that is in doubt."""
    parts = finder("contrasts", languages).split(marked)
    read = [_decide_part(part, numbers, languages) for part in parts if re.search(r"[a-z#<]", part)]
    if not read:
        return False, False, False
    yes, no, unsure = (
        any(y for y, _, _ in read),
        any(n for _, n, _ in read),
        any(u for _, _, u in read),
    )
    if len(read) > 1:
        last = read[-1]
        # "We can't do 6, but 3 is fine": what is said last holds, where it is plain.
        if "#" in parts[-1] and last[0] and not last[1]:
            return True, False, last[2] if _is_denied(parts[0]) else unsure
        return yes, no, unsure or (yes and not no)
    return yes, no, unsure


def _agreed(marked: str, numbers: Numbers, languages: Languages) -> tuple[int, ...]:
    """The numbers that are agreed to: after "not 6, but" only those that follow."""
    parts = finder("contrasts", languages).split(marked)
    said_no = len(parts) > 1 and _is_denied(parts[0])
    follow = parts[-1].count("#")
    return tuple(dict.fromkeys(numbers.figures[-follow:])) if said_no and follow else numbers.values


def _is_denied(part: str) -> bool:
    return _NOT in part or _NO in part


def _decide_part(part: str, numbers: Numbers, languages: Languages) -> tuple[bool, bool, bool]:
    if part.count(_NOT) > 1 or _DENIED_NO.search(part):
        return False, False, True
    no, part = _turned_around(part)
    part = part.replace(_CONSENT, " ")
    clauses, none = _AND.split(part), numbers.values == (0,)
    agrees = any(_agrees(clause, languages) for clause in clauses)
    counts = any(_counts(clause, languages) for clause in clauses)
    opens = bool(finder("yes", languages).match(part.strip(", ¤")))
    yes = agrees or (counts and not none) or (opens and not _unknown(part, languages))
    no = no or _NO in part or any(_denies(clause, none, languages) for clause in clauses)
    if _NOT in part:
        return yes, no, yes or ("#" in part and not no)
    return yes, no, not yes and not no and (opens or "#" in part)


def _turned_around(part: str) -> tuple[bool, str]:
    """Whether an approval is denied, and the sentence without it."""
    part, before = _DENIED_BEFORE.subn(" ", part)
    part, after = _DENIED_AFTER.subn(" ", part)
    return before + after > 0, part


def _agrees(clause: str, languages: Languages) -> bool:
    """Whether an approval is in it, and not much that we do not know."""
    if (
        _YES not in clause
        or finder("no", languages).search(clause)
        or _TOLD_WITH_YES.search(clause)
    ):
        return False
    most = _MOST_UNKNOWN if "#" in clause else _MOST_UNKNOWN - 1
    return len(_unknown(clause, languages)) <= most


def _counts(clause: str, languages: Languages) -> bool:
    """Whether it is a number and nothing that we do not know."""
    if "#" not in clause or _NOT in clause or _TOLD.search(clause):
        return False
    return not _unknown(clause, languages)


def _denies(clause: str, none: bool, languages: Languages) -> bool:
    """Whether it is a no, or the number of credits is none."""
    clause = clause.strip()
    if none and "#" in clause and _YES not in clause:
        return not _unknown(clause, languages)
    return bool(finder("no", languages).match(clause)) and not _unknown(clause, languages)


def _unknown(clause: str, languages: Languages) -> list[str]:
    rest = re.sub(r"<[a-z]+>|#|one¤|¤", " ", clause)
    for kind in ("limits", "yes", "no", "more", "credits", "known"):
        rest = finder(kind, languages).sub(" ", rest)
    return rest.replace(",", " ").split()


def guesses_name(sentence: str, text: str, asks: bool) -> bool:
    """Whether somebody is named as the one it may be about."""
    for match in finder("is_it", frozenset(Language)).finditer(text):
        following = text[match.end() :].split()[: 4 if " " in match[0] else 1]
        if any(_is_surely_name(word, sentence) for word in following):
            return True
    return False


def _is_surely_name(folded: str, sentence: str) -> bool:
    """Whether a word of the plain text is a name, and written as one."""
    for word in re.findall(r"[^\W\d_]+", sentence):
        if plain(word) == folded:
            return (
                is_first_name(word)
                and not _MONTH.match(" " + word)
                and not is_everyday_word(word)
                and (word[0].isupper() or not is_common_word(word))
            )
    return False
