"""The organisation as somebody typed it, cleaned before it is kept, since it goes on the ticket.

People type addresses there, and the client's name. An organisation may well be called after a
person, so only what belongs to this client goes. But where a gap in the organisation's own name
would tell what is missing, the whole name goes: "[…] Connect" is Kara's, to whoever knows the firm.
"""

import re
from collections.abc import Callable

from casework.identifiers import identifiers_of
from casework.identity import Identity
from casework.inflection import is_name
from casework.spellings import spellings_in

CUT = "[…]"
#: Instead of an organisation of which nothing may be shown.
WITHHELD = "(withheld)"
#: In the journal: the organisation as typed could not leave, though the request had to.
ORGANISATION_WITHHELD = "organisation_withheld"

#: Says whether a name as typed is that of a company known from the CRM.
IsCompany = Callable[[str], bool]

#: The most of an organisation's name that is kept, in characters.
_LONGEST_NAME = 300

#: A shorter local part is more likely a word of the organisation's name than a person's.
_SHORTEST_LOCAL_PART = 3

_INSIDE = r"[^\s<>()\[\],;:\"'@]"
#: Tried only where a word begins; otherwise a long text would take time with its square.
_ADDRESS = re.compile(rf"(?<!{_INSIDE}){_INSIDE}+@[^\s<>()\[\],;:\"']+")
_WORD = re.compile(r"[^\W_]+")
#: What parts an organisation's name from what is said beside it, in the form's five languages.
_BESIDE = re.compile(
    r"([<>()\[\],;:\"]|\s[-–—]+\s|(?:\A|\s)(?:c/o|att:?|for|fyrir|vegna|för|til)\s)", re.IGNORECASE
)
# Of private use, so nobody means anything by them: where something was cut.
_ADDRESS_WAS, _NAME_WAS = "\ue000", "\ue001"
_MARKS = re.compile(f"[{_ADDRESS_WAS}{_NAME_WAS}]")


def no_company(_name: str) -> bool:
    """An :data:`IsCompany` that knows none."""
    return False


def clean_organisation(text: str, identity: Identity, is_company: IsCompany = no_company) -> str:
    """A name as typed, on one line, without any address and without the client's own name.

    The local part of the client's own address counts as the name too, however its parts are
    separated. In brackets, or after a comma, a dash or "for", only what was said there is cut. A
    name that would be left with a gap is :data:`WITHHELD`, unless it is as it stands that of a
    company: everybody there goes by it.
    """
    typed = " ".join(_MARKS.sub(" ", text[:_LONGEST_NAME]).split())
    marked = _mark_name(_ADDRESS.sub(_ADDRESS_WAS, typed), identity)
    if marked == typed or (_ADDRESS_WAS not in marked and is_company(typed)):
        return typed
    pieces = _BESIDE.split(marked)
    itself = next((piece for piece in pieces[::2] if piece.strip()), "")
    if _would_show_a_gap(itself):
        return WITHHELD
    pieces[::2] = [CUT if _would_show_a_gap(piece) else piece for piece in pieces[::2]]
    return _MARKS.sub(CUT, "".join(pieces))


def _would_show_a_gap(piece: str) -> bool:
    """Whether it is a name with other words beside it."""
    return _NAME_WAS in piece and says_something(piece)


def _mark_name(text: str, identity: Identity) -> str:
    local_part = identity.client_email.partition("@")[0]
    if len(local_part) >= _SHORTEST_LOCAL_PART:
        parts = [re.escape(part) for part in re.split(r"[\W_]+", local_part) if part]
        spelt = r"[\W_]*".join(parts) or re.escape(local_part)
        text = re.sub(rf"(?<!\w){spelt}(?!\w)", _NAME_WAS, text, flags=re.IGNORECASE)
    return _mark_words(text, identity)


def _mark_words(text: str, identity: Identity) -> str:
    """Mark the words that are the client's name, in whatever case and spelling."""
    names = {one.spelling for one in identifiers_of(identity, organisation="")}

    def keep_or_mark(match: re.Match[str]) -> str:
        spelt = {one.folded for one in spellings_in(match[0])}
        return _NAME_WAS if is_name(match[0]) and not names.isdisjoint(spelt) else match[0]

    return _WORD.sub(keep_or_mark, text)


def says_something(text: str) -> bool:
    """Whether anything is left beside what was cut or withheld."""
    return text != WITHHELD and any(character.isalnum() for character in text)
