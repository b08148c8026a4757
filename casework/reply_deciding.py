"""Whether a sentence of a reply says yes or no, by the phrases in it and the words between them."""

import re

from casework.reply_numbers import COUNTED, Numbers
from casework.reply_tables import Languages, finder

#: So many words beside an approval and a number in its clause may be such as we do not know.
_MOST_UNKNOWN = 3
_AND = re.compile(r"(?<![a-z])(?:and|og|och|so|svo|sa|,)(?![a-z])")
_YES, _NO, _NOT, _CONSENT, _OFFER = "<y>", "<n>", "<not>", "<c>", "<o>"
_DENIED_BEFORE = re.compile(
    rf"(?:{_NOT}(?: [a-z#]+){{0,4}}|{_NO}(?: [a-z#]+){{0,2}}) (?:{_YES}|{_CONSENT}|{_OFFER})"
)
_DENIED_AFTER = re.compile(rf"(?:{_YES}|{_OFFER})(?: (?!og |och |and |but )[a-z#]+){{0,3}} {_NOT}")
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


def mark_phrases(text: str, languages: Languages) -> str:
    """The sentence with a mark for each phrase that agrees or declines by itself."""
    if finder("no", languages).fullmatch(text.strip(" ,")):
        return _NO
    text = finder("approve_oddly", languages).sub(_YES, text)
    text = finder("decline", languages).sub(_NO, text)
    text = finder("approve", languages).sub(_YES, text)
    return finder("offers", languages).sub(_OFFER, text)


def mark_words(text: str, languages: Languages) -> str:
    """That sentence with a mark for each word that denies, or that may be denied, as well."""
    text = finder("consent", languages).sub(_CONSENT, text)
    return finder("negations", languages).sub(_NOT, text)


def decide(marked: str, numbers: Numbers, languages: Languages) -> tuple[bool, bool, bool]:
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


def agreed(marked: str, numbers: Numbers, languages: Languages) -> tuple[int, ...]:
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
    part = part.replace(_CONSENT, " ").replace(_OFFER, _YES if "#" in part else " ")
    if COUNTED in part and _NO in part:  # "We cover 6 a year, and those are used up."
        part = part.replace(_YES, " ")
    clauses, none = _AND.split(part), numbers.values == (0,)
    if any(_YES in one and finder("no", languages).match(one.strip()) for one in clauses):
        return False, False, True
    agrees = any(_agrees(clause, languages) for clause in clauses)
    counts = any(_counts(clause, languages) for clause in clauses)
    opens = bool(finder("yes", languages).match(part.strip(", ¤")))
    yes = agrees or (counts and not none) or (opens and not _unknown(part, languages))
    no = no or _NO in part or any(_denies(clause, none, languages) for clause in clauses)
    if _NOT in part:
        return yes, no, yes or ("#" in part and not no)
    counted = COUNTED in part and _YES in part
    return yes, no, counted or (not yes and not no and (opens or "#" in part))


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
    most = _MOST_UNKNOWN if "#" in clause else _MOST_UNKNOWN - 2
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
    rest = re.sub(r"<[a-z]+>|#|one¤|¤u?", " ", clause)
    for kind in ("limits", "yes", "no", "more", "credits", "known"):
        rest = finder(kind, languages).sub(" ", rest)
    return rest.replace(",", " ").split()
