"""Replies that nobody wrote, and replies that are about something else."""

import re

from casework.languages import Language
from casework.reply_tables import finder, plain

_ALL = frozenset(Language)
_REFERENCE = re.compile(r"\bCR-[0-9A-Z]{5}-[0-9A-Z]{6}\b", re.I)
#: Mail systems say at once what they have to say; further down may be what they send back.
_HEAD = 1500


def is_bounce(subject: str, text: str) -> bool:
    """Whether a mail system says that our mail did not arrive."""
    head = plain(text[:_HEAD])
    if finder("bounce_subjects", _ALL).search(plain(_without_ours(subject))):
        return True
    codes = len(re.findall(r"\b5\d\d[ -]5?|\b5\.\d\.\d\b", text[:_HEAD]))
    found = len(set(finder("bounces", _ALL).findall(head)))
    return found > 1 or (found == 1 and (codes > 0 or "mailer daemon" in head))


def is_away_by_subject(subject: str) -> bool:
    """Whether the subject is one that the mail system gives when it answers for somebody."""
    return bool(finder("away_subjects", _ALL).match(plain(_without_ours(subject)).strip(", ")))


def is_away(own: str) -> bool:
    """Whether it is said that somebody is away, as the mail system says it for them."""
    return bool(finder("away", _ALL).search(plain(own[:_HEAD])))


def _without_ours(subject: str) -> str:
    return re.sub(
        r"^\s{0,5}(?:(?:re|sv|vs|fw|fwd|aw|svar|antw)\s?:\s{0,5}){1,9}",
        "",
        subject[:300],
        flags=re.I,
    )


def is_about_another(subject: str, text: str, own: str) -> bool:
    """Whether it is about another matter than the subject's request.

    With no subject that is not known, so it is not said. The reference may be in what is quoted.
    """
    meant = {found.upper() for found in _REFERENCE.findall(subject[:1000])}
    said = {found.upper() for found in _REFERENCE.findall(own)}
    if meant:
        return len(meant | said) > 1
    return len(said) > 1 or (bool(subject.strip()) and not _REFERENCE.search(text[:100_000]))
