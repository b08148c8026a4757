"""The letter that staff send to an organisation, and the answer to "is it …?".

Both are templates: nothing that was typed into the form or kept of a person can get in.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from casework.languages import Language
from casework.organisation_texts import OrganisationTexts
from casework.organisation_texts.danish import DANISH
from casework.organisation_texts.english import ENGLISH
from casework.organisation_texts.icelandic import ICELANDIC
from casework.organisation_texts.norwegian import NORWEGIAN
from casework.organisation_texts.swedish import SWEDISH

_TEXTS: Mapping[Language, OrganisationTexts] = {
    Language.IS: ICELANDIC,
    Language.EN: ENGLISH,
    Language.DA: DANISH,
    Language.SV: SWEDISH,
    Language.NB: NORWEGIAN,
}
_REFERENCE = re.compile(r"CR-[0-9A-Z-]{1,20}")


@dataclass(frozen=True)
class OrganisationLetter:
    """A letter, ready to be sent: plain text, its paragraphs on one line each, not yet signed."""

    subject: str
    text: str


def write_letter(language: Language, reference: str, credits: int | None) -> OrganisationLetter:
    """Ask the organisation for that many credits, or, with ``None``, how many it agrees to.

    Raises :class:`ValueError` for what is no reference and for less than one credit.
    """
    texts = _TEXTS[language]
    _check(reference)
    if credits is None:
        question, reply = texts.ask_openly, texts.reply_openly
    else:
        question, reply = texts.ask.format(amount=_amount(texts, credits)), texts.reply
    paragraphs = (
        texts.greeting,
        f"{texts.advice} {question}",
        reply.format(reference=reference),
        texts.unnamed,
        texts.free_to_decline,
        texts.thanks,
        texts.closing,
    )
    return OrganisationLetter(texts.subject.format(reference=reference), _join(paragraphs))


def write_answer(language: Language, reference: str) -> str:
    """What is answered whoever is asked about: it neither confirms nor denies.

    There is no way to tell it whether a guess was made, or was right, so it is always the same.
    Raises :class:`ValueError` for what is no reference.
    """
    texts = _TEXTS[language]
    _check(reference)
    request = texts.only_the_request.format(reference=reference)
    return _join((texts.greeting, texts.neither_nor, request, texts.closing))


def _check(reference: str) -> None:
    """Keep out anything else, which might be a name; so the message does not quote it."""
    if not _REFERENCE.fullmatch(reference):
        raise ValueError("that is no reference")


def _amount(texts: OrganisationTexts, credits: int) -> str:
    if credits < 1:
        raise ValueError("nobody can be asked for less than one credit")
    form = texts.one_credit if texts.singular(credits) else texts.many_credits
    return form.format(credits=credits)


def _join(paragraphs: tuple[str, ...]) -> str:
    return "\n\n".join(paragraphs) + "\n"
