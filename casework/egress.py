"""Nothing leaves unchecked.

The ticket is built from an allow-list (:mod:`casework.tickets`), in which only the organisation is
typed by hand. People do type an address there, so that field is cleaned before it is even kept.
"""

import re

from casework.request import Details

CUT = "[…]"

_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"']+@[^\s<>()\[\],;:\"']+")


#: A shorter local part is more likely a word of the organisation's name than a person's.
_SHORTEST_LOCAL_PART = 3


def take_out_addresses(organisation: str, details: Details) -> str:
    """The organisation as typed, on one line, without any e-mail address.

    The local part of the client's own address is cut as well where it stands as a whole word.
    """
    text = _ADDRESS.sub(CUT, organisation)
    local_part = details.client_email.partition("@")[0]
    if len(local_part) >= _SHORTEST_LOCAL_PART:
        text = re.sub(rf"(?<!\w){re.escape(local_part)}(?!\w)", CUT, text, flags=re.IGNORECASE)
    return " ".join(text.split())


def says_something(text: str) -> bool:
    """Whether anything is left beside what was cut."""
    return any(character.isalnum() for character in text)
