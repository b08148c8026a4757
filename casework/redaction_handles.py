"""Names that people bear on the net: @name, name#1234, "insta: name", "finnst á fb sem name"."""

import re
from collections.abc import Iterator

from casework.inflection import is_common_word, is_everyday_word
from casework.redaction_kinds import Cut, Span

_PLATFORM = (
    r"(?:insta(?:gram)?|ig|snap(?:chat|ið|pið|in)?|fb|facebook|fésbók\w*|feisbúkk|feis|messenger"
    r"|twitter|tik ?tok|linked ?in|discord|telegram|whats ?app|skype|signal|viber|twitch|reddit"
    r"|youtube|yt|bluesky|bsky|threads|mastodon|steam|psn|xbox|tinder|bumble|hinge|grindr|smitten"
    r"|onlyfans|pinterest|tumblr|bereal|kik|wechat|jodel|soundcloud|strava|roblox|vinted|vk)"
)
_ACCOUNT = (
    r"(?:notendanafn\w*|notandanafn\w*|user ?name|screen ?name|brugernavn\w*|användarnamn\w*"
    r"|brukarnamn\w*|brukernavn\w*|gamer ?tag|handle|nick|nickname|kallenavn|reikning\w*|aðgang\w*"
    r"|account|profil(?:en|e)?|konto(?:en|n)?)"
)
_NAME = r"@?[^\W_][\w.-]{1,40}|@?_[\w.-]{2,40}"
_IS = r"(?:\s*[:=]\s*|\s+[-–]\s+|\s+(?:er|is|är|heter|hedder|heitir)\s+)"
_ON = r"(?:on|via|at|over|á|inn á|i gegnum|í gegnum|på|hos|through)"
_AS = r"(?:as|under|undir|sem|som|named|called)(?:\s+(?:the name|nafninu|namnet|navnet|navn))?"
_CALLED = (
    r"(?:heter|hedder|heitir|er|is|är|called|named|finnst|findes|finns|finnes|goes by|skriver som"
    r"|skrifar sem|póstar sem|postar som|poster som|posts as|known as|kallar sig|kalder sig"
    r"|kaller seg|kallar seg|kallast|undir nafninu|under navnet"
    r"|under namnet|follow|følg|følger|följer)"
)
# Whatever the name looks like.
_CERTAIN = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"(?<![\w@])(@\w[\w.-]*)",
        r"(?<![\w.])([^\W\d_][\w.]{1,31}#\d{3,5})\b",
        rf"\b{_PLATFORM}(?:[- ]?{_ACCOUNT})?\s*[:=]\s*({_NAME})",
        rf"\b{_PLATFORM}/([\w./-]{{3,60}})",
        r"(?<![\w/])/?(u/[\w-]{3,24})\b(?!/)",
    )
)
# Only what is no everyday word: "on instagram as well" names nobody.
_LIKELY = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b{_PLATFORM}(?:[- ]?{_ACCOUNT})?{_IS}({_NAME})",
        rf"\b{_ON}\s+{_PLATFORM}\s+{_AS}\s+({_NAME})",
        rf"\b{_CALLED}\s+({_NAME})\s+{_ON}\s+{_PLATFORM}\b",
        rf"\b{_ON}\s+{_PLATFORM}\s+{_CALLED}\s+({_NAME})",
    )
)
# Only what is no word at all.
_STRANGE = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b{_PLATFORM}\s+(@?[\w.-]{{0,30}}[_\d.][\w.-]{{0,30}}\w)",
        rf"\b{_ACCOUNT}\b\s+(@?[\w.-]{{0,30}}[_\d.][\w.-]{{0,30}}\w)",
        rf"\b{_ACCOUNT}\b{_IS}({_NAME})",
        rf"\b(?:user ?name|brugernavn|brukernavn|användarnamn|notandanafn)\w*\s+({_NAME})",
    )
)
_IS_PLATFORM = re.compile(_PLATFORM, re.I)


def handles(text: str) -> Iterator[Span]:
    """Every name on the net in the text."""
    for pattern in _CERTAIN:
        for match in pattern.finditer(text):
            if not _IS_PLATFORM.fullmatch(match[1]) and not _is_shortened(match[1]):
                yield Span(*match.span(1), Cut.HANDLE)
    # Most texts speak of no such place, and these patterns take their time.
    if _HINT.search(text):
        yield from _likely(text)


_HINT = re.compile(rf"\b(?:{_PLATFORM}|{_ACCOUNT})", re.I)


def _likely(text: str) -> Iterator[Span]:
    for pattern in _LIKELY:
        for match in pattern.finditer(text):
            if not is_everyday_word(match[1]) and not _IS_PLATFORM.fullmatch(match[1]):
                yield Span(*match.span(1), Cut.HANDLE)
    for pattern in _STRANGE:
        for match in pattern.finditer(text):
            if not is_common_word(match[1]) and not _IS_PLATFORM.fullmatch(match[1]):
                yield Span(*match.span(1), Cut.HANDLE)


def _is_shortened(found: str) -> bool:
    """u/medicin is "without medicine", no account."""
    return found[:2].casefold() == "u/" and is_common_word(found[2:])
