"""Takes out of a professional's free text what could identify the client. All of it or nothing.

Four layers look at the same text: the case's own identifiers, what its shape gives away, names and
places, and every capital that is not known to be harmless. What they find is cut, and the result is
looked at again until nothing more is found. Redaction is the second net: what stays may still point
to somebody for those who know the people, so words that do are counted for staff to weigh.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import chain

from casework.errors import NotRedacted
from casework.identity import Identity
from casework.redaction_identity import OwnWords
from casework.redaction_kinds import Cut, Indirect, Span
from casework.redaction_markers import indirect_marks
from casework.redaction_names import find_names
from casework.redaction_organisations import find_organisations
from casework.redaction_patterns import shapes
from casework.redaction_text import CUT, plain, words

__all__ = ["Cut", "Identity", "Indirect", "NotRedacted", "Redacted", "redact"]

_ROUNDS = 8
# Nobody gives reasons as long as this; the time for them stays below half a second.
_LONGEST = 5_000
# Where two kinds fit the same words, the first is told.
_FIRST_TOLD = (Cut.ADDRESS, Cut.NATIONAL_NUMBER, Cut.DATE, *(k for k in Cut))
# What may stand between two cuts of one kind that are shown as one.
_GLUE = " \t-\u2010\u2011\u2012\u2013.'"


@dataclass(frozen=True, repr=False)
class Redacted:
    """What may be shown of a text: ``text`` with ``[…]`` for what went, and how much of which kind.

    ``indirect`` counts the words of the text, cut or not, that may tell who is meant even without a
    name. ``repr`` shows counts only.
    """

    text: str
    cuts: Mapping[Cut, int]
    indirect: Mapping[Indirect, int]

    def __repr__(self) -> str:
        return f"Redacted(cuts={_told(self.cuts)}, indirect={_told(self.indirect)})"


def _told(counts: Mapping[Cut, int] | Mapping[Indirect, int]) -> str:
    return "{" + ", ".join(f"{kind.value}: {count}" for kind, count in counts.items()) + "}"


def redact(text: str, identity: Identity) -> Redacted:
    """The text without what could identify the person.

    Raises:
        NotRedacted: something went wrong, so nothing of the text may be shown.
    """
    # Raised outside the handler, so that no cause hangs on it: a cause's frames hold the text.
    with suppress(Exception):
        return _redact(text, identity)
    raise NotRedacted("the text could not be redacted") from None


def _redact(text: str, identity: Identity) -> Redacted:
    if len(text) > _LONGEST:
        raise NotRedacted("the text is too long")
    own = OwnWords(identity)
    counts: Counter[Cut] = Counter()
    left = plain(text)
    marks = indirect_marks(left)
    for _ in range(_ROUNDS):
        spans = _merged(left, _found(left, own))
        if not spans:
            return Redacted(left, dict(counts), marks)
        counts.update(span.kind for span in spans)
        left = plain(_without(left, spans))
    raise NotRedacted("the text kept changing")


def _found(text: str, own: OwnWords) -> list[Span]:
    seen = words(text)
    found = (own.find(text, seen), shapes(text), find_names(text, seen))
    return [*chain(*found), *find_organisations(text, seen)]


def _merged(text: str, spans: Iterable[Span]) -> list[Span]:
    """The spans in order, none overlapping; neighbours of one kind are one."""
    merged: list[Span] = []
    for span in sorted(map(partial(_trimmed, text), spans), key=_order):
        if merged and _belongs(text, last := merged[-1], span):
            merged[-1] = last._replace(end=max(last.end, span.end))
        else:
            merged.append(span)
    return merged


def _trimmed(text: str, span: Span) -> Span:
    """Without the full stop, so that a sentence still ends where it did."""
    bare = text[span.start : span.end].rstrip(" \t\n.,;:!?")
    return span._replace(end=span.start + len(bare)) if bare else span


def _order(span: Span) -> tuple[int, int, int]:
    return span.start, -span.end, _FIRST_TOLD.index(span.kind)


def _belongs(text: str, last: Span, span: Span) -> bool:
    if span.start < last.end:
        return True
    return span.kind == last.kind and not text[last.end : span.start].strip(_GLUE)


def _without(text: str, spans: list[Span]) -> str:
    parts, at = [], 0
    for span in spans:
        parts += [text[at : span.start], CUT]
        at = span.end
    return "".join([*parts, text[at:]])
