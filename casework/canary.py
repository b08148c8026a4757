"""The canary: a client who does not exist, sent through everything to see whether anything sings.

Its name and address are made anew each time and are like no other text in the world, so wherever
one of them is found afterwards, a real client's would be too.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from casework.disguises import Needles
from casework.form_fields import Answer, FormField, FormFields
from casework.inflection import fold, is_common_word, is_name

#: What an organisation is called that nobody will take for one.
ORGANISATION = "Credits Desk canary"
_FIRST_NAMES = ("Guðrún", "Sigríður", "Þórunn", "Jóhanna", "Jón", "Sigurður", "Ásgeir", "Þorbjörn")
_CONSONANTS, _VOWELS = "bdfghjklmnprstvx", "aeiouy"
_SYLLABLES = 5
#: The kind of field that belongs to a contact, in the words of forms.
_CONTACT = "0-1"


@dataclass(frozen=True, repr=False)
class Canary:
    """A client who does not exist. ``repr`` shows nothing.

    ``surname`` is the word that stands nowhere else; it is in the name and in the address.
    """

    first_name: str
    surname: str
    domain: str

    def __repr__(self) -> str:
        return "Canary(…)"

    @property
    def name(self) -> str:
        """Both names."""
        return f"{self.first_name} {self.surname}"

    @property
    def local_part(self) -> str:
        """What stands before the @."""
        return fold(f"{self.first_name}.{self.surname}")

    @property
    def email(self) -> str:
        """The address."""
        return f"{self.local_part}@{self.domain}"

    @property
    def words(self) -> Sequence[str]:
        """By what to search where only whole words can be found."""
        return (self.surname, self.email)

    def needles(self) -> Needles:
        """What to look for where bytes can be read."""
        texts = (self.surname, self.email, self.name, self.local_part)
        return Needles(texts, digested=(self.email, self.local_part, self.name))


def invent(domain: str, choose: Callable[[Sequence[str]], str] = secrets.choice) -> Canary:
    """A client with a common first name, and a surname that is no word and nobody's name."""
    while True:
        syllables = (choose(_CONSONANTS) + choose(_VOWELS) for _ in range(_SYLLABLES))
        surname = ("".join(syllables) + choose(_CONSONANTS)).capitalize()
        if not is_common_word(surname) and not is_name(surname):
            return Canary(choose(_FIRST_NAMES), surname, domain)


def answers_for(
    canary: Canary, fields: FormFields, professional_email: str, organisation: str
) -> Sequence[Answer]:
    """The form as a careless professional fills it in: the client is named in every field."""
    answers = [
        _answer(fields.client_email, canary.email),
        _answer(fields.organisation, f"{organisation}, {canary.local_part}"),
        _answer(fields.professional_email, professional_email),
    ]
    if fields.reason:
        reason = f"{canary.name} ({canary.email}) needs more sessions. A test, not a person."
        answers.append(_answer(fields.reason, reason))
    return answers


def _answer(field: FormField, value: str) -> Answer:
    return Answer(field.name, value, field.object_type_id or _CONTACT)
