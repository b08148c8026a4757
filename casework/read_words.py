"""Reads the lists of words ahead of time.

They are read when first asked for, which takes about a second. Whoever stands by has that second;
whoever has just taken over does not.
"""

from casework.identifiers import identifiers_of
from casework.identity import Identity
from casework.redaction import redact
from casework.typed_organisation import clean_organisation

_NOBODY = Identity("someone.unknown@example.org", "Someone Unknown", "practice@example.com")
_WORDS = "Nobody of that name was seen at Nowhere & Sons on Monday the 3rd of May."


def read_words() -> None:
    """Do with nobody's words what is done with everybody's."""
    clean_organisation("Nowhere & Sons", _NOBODY)
    identifiers_of(_NOBODY, "Nowhere & Sons")
    redact(_WORDS, _NOBODY)
