"""What is written to organisations, one file a language.

The only gaps are the reference and the number of credits. Beside them the words must tell nothing:
no gender, role or place of the person, no kind of professional or service, no time, and nothing of
what was asked before. They also keep clear of words that are given names ("will", "grant", "dag"),
so that a letter is never held back because a client bears such a name.
"""

from collections.abc import Callable
from dataclasses import dataclass


def exactly_one(number: int) -> bool:
    """Whether the number takes the singular, as in English."""
    return number == 1


@dataclass(frozen=True)
class OrganisationTexts:
    """The parts of the letter and of the answer in one language, each a paragraph.

    ``{reference}`` stands for the reference, ``{credits}`` for the number of credits, ``{amount}``
    for that number with its noun: ``one_credit`` where ``singular`` says so, else ``many_credits``.
    The question and the way to reply are there twice: with an amount to agree to, and without one.
    ``neither_nor`` and ``only_the_request`` make up the answer to whoever asks about the person.
    """

    subject: str
    greeting: str
    advice: str
    ask: str
    ask_openly: str
    one_credit: str
    many_credits: str
    reply: str
    reply_openly: str
    unnamed: str
    free_to_decline: str
    thanks: str
    closing: str
    neither_nor: str
    only_the_request: str
    singular: Callable[[int], bool] = exactly_one
