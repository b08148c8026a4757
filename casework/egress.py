"""Nothing leaves unchecked.

The ticket is built from an allow-list (:mod:`casework.tickets`), in which only the organisation is
typed by hand. People do type an address there, so that field is cleaned before it is even kept.
"""

import re

from casework.request import Details

CUT = "[…]"

#: The most of an organisation's name that is kept, in characters.
_LONGEST_NAME = 300

#: A shorter local part is more likely a word of the organisation's name than a person's.
_SHORTEST_LOCAL_PART = 3

_INSIDE = r"[^\s<>()\[\],;:\"'@]"
#: Tried only where a word begins; otherwise a long text would take time with its square.
_ADDRESS = re.compile(rf"(?<!{_INSIDE}){_INSIDE}+@[^\s<>()\[\],;:\"']+")

_PLAIN_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")


def take_out_addresses(text: str, details: Details) -> str:
    """A name as typed, on one line, without any e-mail address.

    The local part of the client's own address is cut as well where it stands as a whole word,
    however its parts are separated.
    """
    cut = _ADDRESS.sub(CUT, text[:_LONGEST_NAME])
    local_part = details.client_email.partition("@")[0]
    if len(local_part) >= _SHORTEST_LOCAL_PART:
        parts = [re.escape(part) for part in re.split(r"[\W_]+", local_part) if part]
        spelt = r"[\W_]*".join(parts) or re.escape(local_part)
        cut = re.sub(rf"(?<!\w){spelt}(?!\w)", CUT, cut, flags=re.IGNORECASE)
    return " ".join(cut.split())


def says_something(text: str) -> bool:
    """Whether anything is left beside what was cut."""
    return any(character.isalnum() for character in text)


def harmless_id(id: str, details: Details, instead: str) -> str:
    """Another service's id, if it can hold nothing about the client; else what is ours."""
    plain = _PLAIN_ID.fullmatch(id) is not None and take_out_addresses(id, details) == id
    return id if plain else instead
