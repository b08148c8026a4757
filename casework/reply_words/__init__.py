"""What organisations say in their replies, one file a language: rules to be read and corrected.

Every table is a text of entries with commas between. An entry is a word or a few; ``*`` at its end
stands for any ending. They are compared in small letters and without accents, so each is written
once, as it is spelt. ``!`` before an entry marks a false friend: it counts only where the reply is
in that language ("en" is *but* in Icelandic and *a* in Danish). All others count in every reply.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class ReplyWords:
    """The tables of one language.

    What decides:
    ``yes`` and ``no`` are words that are an answer by themselves. ``approve`` and ``decline`` say
    it in a sentence; ``approve_oddly`` does so with words that elsewhere deny ("no problem"), and
    ``offers`` agree where a number is with them ("we can stretch to").
    ``negations`` turn an ``approve`` around, and ``consent``, which says nothing by itself.
    ``half``, ``one_less`` and ``twice`` are worked out from what was asked; ``limits`` ("at most"),
    ``instead`` and ``out_of`` ("of the" four) go with a number.

    What keeps from deciding:
    ``conditions``, ``hedges`` (not yet, not sure, somebody else), ``undone`` (what takes back an
    answer, whatever its words), ``contrasts`` ("but"), ``openers`` (how a question begins) and
    ``who`` (they want to know who it is); ``remarks``, what is no hedge apart from an answer;
    ``is_it``, what a guessed name follows.

    What means nothing:
    ``neutral`` phrases are taken out before anything is looked for. ``known`` words may stand
    beside an answer. ``telling`` words show which language it is.

    Numbers: ``numbers`` by their words; ``ones``, words for one that are mostly articles or
    pronouns, and ``more``, what makes them numbers; ``credits``, what is counted; ``units``, nouns
    whose number is none of credits, and ``rates`` ("a year"), which make it none.

    Around the text: ``closings``, ``greetings``, ``wrote`` ("On … wrote:"), ``headers`` of quoted
    mail, ``cuts`` (lines above a quoted or forwarded mail), ``sent_from``, ``disclaimers`` (how
    they begin) and ``legal`` (what is in them); ``away`` and ``away_subjects``, ``bounces`` and
    ``bounce_subjects``.
    """

    telling: str
    yes: str
    no: str
    approve: str
    approve_oddly: str
    offers: str
    decline: str
    consent: str
    negations: str
    conditions: str
    hedges: str
    undone: str
    remarks: str
    contrasts: str
    more: str
    openers: str
    who: str
    is_it: str
    neutral: str
    known: str
    half: str
    one_less: str
    twice: str
    out_of: str
    limits: str
    instead: str
    ones: str
    credits: str
    units: str
    rates: str
    closings: str
    greetings: str
    wrote: str
    headers: str
    cuts: str
    sent_from: str
    disclaimers: str
    legal: str
    away: str
    away_subjects: str
    bounces: str
    bounce_subjects: str
    numbers: Mapping[str, int] = field(default_factory=dict)


def each(starts: str, ends: str) -> str:
    """Entries of which each begins with one of the first and ends with one of the others."""
    return ", ".join(
        f"{start.strip()} {end.strip()}" for start in starts.split(",") for end in ends.split(",")
    )


def count(words: str, start: int) -> dict[str, int]:
    """Number words, blanks between, from a first number on; ``/`` parts forms of one number."""
    return {
        form: number
        for number, forms in enumerate(words.split(), start)
        for form in forms.split("/")
    }


def tens(words: str, start: int = 20) -> dict[str, int]:
    """Words for twenty, thirty … as :func:`count` takes them."""
    return {form: start + 10 * (number) for form, number in count(words, 0).items()}


def joined(tens_words: Mapping[str, int], units: Mapping[str, int], pattern: str) -> dict[str, int]:
    """Twenty-one to ninety-nine. ``pattern`` has ``{ten}`` and ``{unit}``."""
    return {
        pattern.format(ten=ten, unit=unit): of_ten + of_unit
        for ten, of_ten in tens_words.items()
        for unit, of_unit in units.items()
        if of_unit < 10
    }
