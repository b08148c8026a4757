"""What a professional asks for: the submission as it came, and the request we make of it."""

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from casework.identity import Identity
from casework.languages import Language
from casework.stages import Stage

#: Crockford's base 32: no I, L, O or U, so nothing is misread and no word appears by chance.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_RANDOM_CHARACTERS = 10
_REFERENCE = re.compile(r"CR-[0-9A-Z]{5}-[0-9A-Z]{6}")
#: No mail can be sent to a longer address: https://www.rfc-editor.org/errata/eid1690
_LONGEST_ADDRESS = 254


@dataclass(frozen=True)
class Details:
    """What must stay here. ``repr`` shows none of it, so no log line or traceback can."""

    client_email: str
    professional_email: str
    reason: str
    #: As the credits platform tells it, where it does.
    client_name: str = ""

    @property
    def identity(self) -> Identity:
        """By what words the client may be named."""
        return Identity(self.client_email, self.client_name, self.professional_email)

    @property
    def called(self) -> tuple[str, str, str]:
        """By what the people are called: two addresses and a name, empty where there is none."""
        return self.client_email, self.professional_email, self.client_name

    @property
    def complete(self) -> bool:
        """Whether credits can be added, and somebody told."""
        return self.names_client and _is_usable(self.professional_email)

    @property
    def names_client(self) -> bool:
        """Whether credits can be added."""
        return _is_usable(self.client_email)

    def __repr__(self) -> str:
        return "Details(…)"


def _is_usable(address: str) -> bool:
    return "@" in address and len(address) <= _LONGEST_ADDRESS


@dataclass(frozen=True)
class Submission:
    """One filled-in form, as somebody outside told us about it.

    ``listed`` is true when it comes from the list of submissions, which is the truth; a workflow's
    webhook carries the contact's present values, which may belong to a later submission.
    """

    details: Details
    organisation: str
    conversion_id: str | None
    submitted_at: int | None
    listed: bool

    def __repr__(self) -> str:
        return f"Submission(conversion_id={self.conversion_id!r}, listed={self.listed})"


class Role(StrEnum):
    """What somebody is in a request."""

    CLIENT = "client"
    PROFESSIONAL = "professional"


class TicketState(StrEnum):
    """What became of a request's ticket.

    ``merged``: it answers with another request's. ``elsewhere``: in a stage that is not ours.
    """

    THERE = "there"
    MISSING = "missing"
    MERGED = "merged"
    ELSEWHERE = "elsewhere"


class ReasonState(StrEnum):
    """What became of the reason that the professional gave.

    ``held``: it waits for a person to look at it. ``released``: it may be shown, since nothing
    holds it or a person has looked at it. ``shown``: it is on the ticket, redacted.
    """

    NONE = ""
    HELD = "held"
    RELEASED = "released"
    SHOWN = "shown"


@dataclass(frozen=True)
class LetterKey:
    """What the letter to the organisation depends on, beside the reference.

    ``credits``: how many staff mean to ask for, once they have typed it.
    """

    language: Language = Language.EN
    credits: int | None = None

    @classmethod
    def parse(cls, text: str) -> "LetterKey":
        """Read what :meth:`__str__` gives, such as ``is/4`` or ``en/``."""
        language, _, credits_ = text.partition("/")
        return cls(Language(language), int(credits_) if credits_ else None)

    def __str__(self) -> str:
        return f"{self.language}/{self.credits or ''}"


@dataclass(frozen=True)
class CreditRequest:
    """A request as it stands. Nothing in it identifies a person. Times are Unix milliseconds UTC.

    ``confirmed``: the list of submissions has shown it; without that nothing is granted.
    ``opening``: we have once asked the CRM for its ticket, and may not have heard the answer.
    ``move_to``: the stage to which the service still has to move the ticket.
    ``attention``: why it needs a person, or nothing.
    ``writing``: we have once asked the CRM to move the ticket, and may not have heard the answer.
    ``shown_organisation``: what the ticket says about the organisation.
    ``matched``: its organisation has been looked up among the CRM's companies;
    ``candidates`` are the names a person has to choose from.
    ``wishes``: grows with each change to how the ticket should look.
    ``letter``: what the letter on the ticket should be; ``shown_letter``: what was last written.
    ``reason``: what became of the professional's reason.
    ``named``: the credits platform was asked what the client is called.
    ``company_id``: the company it is matched to for certain, by the CRM's id.
    ``credits_to_grant``: what the service fills in when it moves the ticket itself: an approval by
    rule, or what the organisation seems to agree to.
    ``erased``: the client was forgotten, and with that all that was sealed: nothing can be granted.
    ``professional_erased``: the professional was, and nobody can be told.
    ``conversion_id``: the submission that it is, in the CRM's words, where that is known.
    ``on_hold``: somebody said that it is to be kept, whatever its age.
    ``check``: the check value that its ticket should carry; ``shown_check``: what was last written.
    """

    reference: str
    organisation: str
    stage: Stage
    ticket_id: str | None
    confirmed: bool
    opening: bool
    submitted_at: int
    stage_since: int
    writing: bool
    move_to: Stage | None
    attention: str | None
    status_line: str
    shown_organisation: str | None
    wishes: int
    ticket_state: TicketState
    matched: bool
    candidates: str
    letter: LetterKey = field(default_factory=LetterKey)
    shown_letter: str = ""
    reason: ReasonState = ReasonState.NONE
    named: bool = False
    company_id: str | None = None
    credits_to_grant: int | None = None
    erased: bool = False
    professional_erased: bool = False
    conversion_id: str | None = None
    on_hold: bool = False
    check: str = ""
    shown_check: str = ""


def new_reference() -> str:
    """A fresh random reference such as ``CR-7K2M9-QX4TDH``: 50 random bits and a check character.

    It says nothing about the person, the time or the order of requests.
    """
    body = "".join(secrets.choice(_ALPHABET) for _ in range(_RANDOM_CHARACTERS))
    whole = body + _check_character(body)
    return f"CR-{whole[:5]}-{whole[5:]}"


def is_reference(text: str) -> bool:
    """Whether the text is a reference whose check character holds."""
    whole = text.removeprefix("CR-").replace("-", "")
    well_formed = len(whole) == _RANDOM_CHARACTERS + 1 and set(whole) <= set(_ALPHABET)
    return well_formed and text.startswith("CR-") and _check_character(whole[:-1]) == whole[-1]


def references_in(text: str) -> Sequence[str]:
    """The references in a text whose check character holds, in order, each once."""
    return [one for one in dict.fromkeys(_REFERENCE.findall(text)) if is_reference(one)]


def _check_character(body: str) -> str:
    """Luhn's algorithm modulo 32: finds every single mistyped character and most swaps."""
    total = 0
    for position, character in enumerate(reversed(body)):
        value = _ALPHABET.index(character) * (2 if position % 2 == 0 else 1)
        total += value // len(_ALPHABET) + value % len(_ALPHABET)
    return _ALPHABET[-total % len(_ALPHABET)]
