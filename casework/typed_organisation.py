"""The organisation as somebody typed it, cleaned before it is kept, since it goes on the ticket.

People type addresses there, and the client's name. An organisation may well be called after a
person, so only what belongs to this client goes.
"""

import re

from casework.identifiers import identifiers_of, spellings_in
from casework.identity import Identity
from casework.inflection import is_name

CUT = "[…]"

#: The most of an organisation's name that is kept, in characters.
_LONGEST_NAME = 300

#: A shorter local part is more likely a word of the organisation's name than a person's.
_SHORTEST_LOCAL_PART = 3

_INSIDE = r"[^\s<>()\[\],;:\"'@]"
#: Tried only where a word begins; otherwise a long text would take time with its square.
_ADDRESS = re.compile(rf"(?<!{_INSIDE}){_INSIDE}+@[^\s<>()\[\],;:\"']+")
_WORD = re.compile(r"[^\W_]+")


def clean_organisation(text: str, identity: Identity) -> str:
    """A name as typed, on one line, without any address and without the client's own name.

    The local part of the client's own address is cut as well where it stands as a whole word,
    however its parts are separated.
    """
    cut = _ADDRESS.sub(CUT, text[:_LONGEST_NAME])
    local_part = identity.client_email.partition("@")[0]
    if len(local_part) >= _SHORTEST_LOCAL_PART:
        parts = [re.escape(part) for part in re.split(r"[\W_]+", local_part) if part]
        spelt = r"[\W_]*".join(parts) or re.escape(local_part)
        cut = re.sub(rf"(?<!\w){spelt}(?!\w)", CUT, cut, flags=re.IGNORECASE)
    return " ".join(_without_name(cut, identity).split())


def _without_name(text: str, identity: Identity) -> str:
    """Without the words that are the client's name, in whatever case and spelling."""
    names = {one.spelling for one in identifiers_of(identity, organisation="")}

    def keep_or_cut(match: re.Match[str]) -> str:
        spelt = {one.folded for one in spellings_in(match[0])}
        return CUT if is_name(match[0]) and not names.isdisjoint(spelt) else match[0]

    return _WORD.sub(keep_or_cut, text)


def says_something(text: str) -> bool:
    """Whether anything is left beside what was cut."""
    return any(character.isalnum() for character in text)
