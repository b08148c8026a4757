"""What each sentence of a reply says: yes, no, how many, what it asks, what speaks against it."""

import re
from dataclasses import dataclass

from casework.inflection import fold, is_common_word, is_everyday_word, is_first_name
from casework.languages import Language
from casework.reply_deciding import agreed, decide, mark_phrases, mark_words
from casework.reply_numbers import find_numbers, without_others
from casework.reply_splitting import MONTH, split, without_greeting
from casework.reply_tables import Languages, beginner, finder, languages_of, plain

#: A decision takes no more words. Of longer replies no more is read, and nothing is decided.
MOST_CHARACTERS = 6000
# Without its accent, Swedish and Norwegian "our" is "was". Its other form is not.
_OUR = re.compile(r"\bvår\b", re.I)


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
        _read(sentence, asks, languages, asked) for sentence, asks in without_greeting(split(cut))
    ]
    if len(own) > MOST_CHARACTERS:
        found.append(Signals("", doubt=True))
    return found


def _read(sentence: str, asks: bool, languages: Languages, asked: int | None) -> Signals:
    folded, fraction = without_others(fold(_OUR.sub("våra", sentence)))
    text = " ".join(finder("neutral", languages).sub(" ", plain(folded)).split())
    numbers = find_numbers(text, languages, asked)
    phrases = mark_phrases(numbers.text, languages)
    marked = mark_words(phrases, languages)
    asks_who = bool(finder("who", languages).search(text))
    guesses = _guesses_name(sentence, text)
    yes, no, unsure = decide(marked, numbers, languages)
    asking = asks or bool(beginner("openers").match(text.strip(", ")))
    only_who = asking and asks_who and not yes
    against = _is_undone(text, languages) or (
        _is_hedged(phrases, yes or no, languages) and not only_who
    )
    doubt = (
        unsure
        or fraction
        or (yes and _names_somebody(sentence))
        or numbers.doubtful
        or against
        or (asking and not asks_who and not guesses)
    )
    return Signals(
        sentence=sentence,
        yes=yes and not asking,
        no=no and not asking,
        values=agreed(marked, numbers, languages) if yes else (),
        refused=numbers.refused,
        at_most=numbers.at_most,
        question=asking or doubt,
        doubt=doubt,
        asks_who=asks_who,
        guesses=guesses,
    )


def _is_hedged(phrases: str, decides: bool, languages: Languages) -> bool:
    """Whether it is conditional or unsure; what is said beside the answer may be a remark."""
    if not (decides or "#" in phrases):
        phrases = finder("remarks", languages).sub(" ", phrases)
    return any(finder(kind, languages).search(phrases) for kind in ("conditions", "hedges"))


def _is_undone(text: str, languages: Languages) -> bool:
    """Whether it says what takes back any answer. "No more than" and "none left" do not."""
    for kind in ("limits", "decline"):
        text = finder(kind, languages).sub(" ", text)
    return bool(finder("undone", languages).search(text))


def _guesses_name(sentence: str, text: str) -> bool:
    """Whether somebody is named as the one it may be about."""
    for match in finder("is_it", frozenset(Language)).finditer(text):
        following = text[match.end() :].split()[: 4 if " " in match[0] else 1]
        if any(_is_surely_name(word, sentence) for word in following):
            return True
    return False


def _names_somebody(sentence: str) -> bool:
    """Whether a name is in it, but for one after the last comma: who says or is told it."""
    said = re.sub(r",\s*[^\W\d_]+\s*$", "", sentence)
    words = re.findall(r"[^\W\d_]+", said)[:200]
    known = finder("known", frozenset(Language))
    return not said.isupper() and any(
        word[0].isupper()
        and is_first_name(word)
        and not (is_everyday_word(word) or known.fullmatch(plain(word)))
        for word in words
    )


def _is_surely_name(folded: str, sentence: str) -> bool:
    """Whether a word of the plain text is a name, and written as one."""
    for word in re.findall(r"[^\W\d_]+", sentence):
        if plain(word) == folded:
            return (
                is_first_name(word)
                and not MONTH.match(" " + word)
                and not is_everyday_word(word)
                and (word[0].isupper() or not is_common_word(word))
            )
    return False
