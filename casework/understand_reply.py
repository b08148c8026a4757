"""What an organisation's reply proposes. A person decides: this only spares reading.

Rules, not statistics: the tables of ``casework/reply_words`` can be read and corrected. Whatever is
not plain is a question. A wrong proposal costs more than ten that are missing.
"""

from dataclasses import dataclass
from enum import StrEnum

from casework.own_words import own_words
from casework.reply_automatic import is_about_another, is_away, is_away_by_subject, is_bounce
from casework.reply_sentences import Signals, read_sentences

__all__ = ["Meaning", "Understanding", "own_words", "understand"]

_SHOWN = 300


class Meaning(StrEnum):
    """What a reply says."""

    APPROVE = "approve"
    DECLINE = "decline"
    OTHER_NUMBER = "other_number"
    QUESTION = "question"
    WHO_IS_IT = "who_is_it"
    OUT_OF_OFFICE = "out_of_office"
    BOUNCE = "bounce"
    UNCLEAR = "unclear"


@dataclass(frozen=True, repr=False)
class Understanding:
    """What is proposed. ``repr`` shows none of what was written.

    ``credits``: how many, for an approval (as far as is known) and for another number.
    ``sentence``: what it rests on, at most 300 characters; may be empty.
    ``names``: somebody's name is guessed, or it is asked who it is.
    """

    meaning: Meaning
    credits: int | None
    sentence: str
    names: bool

    def __repr__(self) -> str:
        return f"Understanding(meaning={self.meaning!r})"


def understand(subject: str, text: str, asked_credits: int | None) -> Understanding:
    """Read a reply to a letter that asked for that many credits, or, with ``None``, how many.

    Any two texts will do; nothing is raised for what they hold.
    """
    if is_bounce(subject, text):
        return _automatic(Meaning.BOUNCE)
    own = own_words(text)
    sentences = read_sentences(own, asked_credits)
    meaning, amount = _weigh(sentences, asked_credits)
    if is_away_by_subject(subject) or (is_away(own) and meaning not in _DECIDED):
        return _automatic(Meaning.OUT_OF_OFFICE)
    if is_away(own):
        meaning, amount = Meaning.QUESTION, None
    if is_about_another(subject, text, own):
        meaning, amount = Meaning.UNCLEAR, None
    names = any(signals.asks_who or signals.guesses for signals in sentences)
    return Understanding(meaning, amount, _sentence(sentences, meaning), names)


_DECIDED = frozenset({Meaning.APPROVE, Meaning.DECLINE, Meaning.OTHER_NUMBER})


def _automatic(meaning: Meaning) -> Understanding:
    return Understanding(meaning, None, "", names=False)


def _weigh(sentences: list[Signals], asked: int | None) -> tuple[Meaning, int | None]:
    """The meaning of the whole, and the number of credits."""
    who = any(signals.asks_who or signals.guesses for signals in sentences)
    depends = any(signals.doubt for signals in sentences)
    guessed = any(signals.guesses for signals in sentences)
    yes = any(signals.yes for signals in sentences)
    no = any(signals.no for signals in sentences)
    if who and (depends or guessed or not (yes or no)):
        return Meaning.WHO_IS_IT, None
    if depends or (yes and no):
        return Meaning.QUESTION, None
    if no:
        return Meaning.DECLINE, None
    if yes:
        return _number(sentences, asked)
    about = any(signals.question for signals in sentences)
    return (Meaning.QUESTION if about else Meaning.UNCLEAR), None


def _number(sentences: list[Signals], asked: int | None) -> tuple[Meaning, int | None]:
    """Of an approval: for how many."""
    values = {value for signals in sentences for value in signals.values}
    if len(values) > 1 or values & {value for one in sentences for value in one.refused}:
        return Meaning.QUESTION, None
    value = values.pop() if values else asked
    if value is None or value < 1:
        return Meaning.QUESTION, None
    if asked is None or value == asked:
        return Meaning.APPROVE, value
    if value > asked and any(signals.at_most for signals in sentences):
        return Meaning.APPROVE, asked
    return Meaning.OTHER_NUMBER, value


def _sentence(sentences: list[Signals], meaning: Meaning) -> str:
    chosen = [one for one in sentences if _tells(one, meaning)] or sentences
    return " ".join(chosen[0].sentence.split())[:_SHOWN] if chosen else ""


def _tells(signals: Signals, meaning: Meaning) -> bool:
    """Whether the meaning rests on this sentence."""
    match meaning:
        case Meaning.APPROVE:
            return signals.yes
        case Meaning.OTHER_NUMBER:
            return signals.yes and bool(signals.values)
        case Meaning.DECLINE:
            return signals.no
        case Meaning.WHO_IS_IT:
            return signals.asks_who or signals.guesses
        case Meaning.QUESTION:
            return signals.doubt or signals.question
        case _:
            return True
